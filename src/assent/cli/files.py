"""Files: record check, check, schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from assent.cli.group import Command, Group
from assent.cli.options import Asked, dated, output
from assent.cli.output import answer, say


@click.group("record", cls=Group)
def record() -> None:
    """The record: its acts with their sources, how old it is, and where it contradicts itself.

    Examples
    --------
    $ assent record acts --matter us/amendment/era --state ID
    $ assent record staleness
    $ assent record check
    """


@record.command("acts", cls=Command)
@click.option("--matter", default="", metavar="MATTER", help="Only acts on this matter.")
@click.option("--state", default="", metavar="STATE", help="Only acts of this state.")
@click.option("--act", default="", metavar="KIND", help="Only acts of this kind: ratify, rescind, reject …")
@click.option("--since", metavar="DATE", help="Only acts that may have happened on this day or later.")
@click.option("--until", metavar="DATE", help="Only acts that may have happened by this day.")
@click.option("--disputed", is_flag=True, help="Only acts of which sources give more than one day.")
@output
def record_acts(asked: Asked, **given: Any) -> None:
    """What was done, by whom, on which day, and on whose word.

    Where sources differ both days are told. Without --full: the latest acts alone.

    Examples
    --------
    $ assent record acts --matter us/amendment/era --state ID
    $ assent record acts --act rescind
    $ assent record acts --disputed --full
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.acts(**given), asked)


@record.command("staleness", cls=Command)
@dated
def record_staleness(asked: Asked) -> None:
    """How old is each file of data, through which day is it complete, and what was only recalled?

    Examples
    --------
    $ assent record staleness
    $ assent record staleness --full
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.staleness(asked.as_of), asked)


@record.command("check", cls=Command)
@output
def record_check(asked: Asked) -> None:
    """Read the whole record, and say where it or the official list contradicts itself.

    A row that is wrong is refused by file, line, field and value. Contradictions between sources are told and kept.

    Examples
    --------
    $ assent record check
    $ assent record check --full
    $ assent record check --json
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.check_record(), asked)


@click.command("check", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@output
def check(asked: Asked, file: Path) -> None:
    """Is a file of law or record right, and if not, where not?

    FILE is law (.yaml: procedures, a question, authorities) or a table of the record or the facts (.csv). References
    are looked up in the library. Exit code 2 when something is wrong.

    Examples
    --------
    $ assent check my-procedure.yaml
    $ assent check acts.csv
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.check(file), asked)


@click.command("schema", cls=Command)
@click.argument("kind", default="procedure", metavar="[procedure|question|authorities]")
def schema(kind: str) -> None:
    """The JSON Schema in which law is written.

    Examples
    --------
    $ assent schema
    $ assent schema question
    """
    from assent.api import schema as written

    say(written(kind))
