"""Files: record check, check, schema."""

from __future__ import annotations

from pathlib import Path

import click

from assent.cli.group import Command, Group
from assent.cli.options import Asked, output
from assent.cli.output import answer, raw


@click.group("record", cls=Group)
def record() -> None:
    """The record, held against itself and against the official list.

    Examples
    --------
    $ assent record check
    """


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

    raw(written(kind))
