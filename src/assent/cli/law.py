"""What is on file: show, matters, procedures, questions, cite."""

from __future__ import annotations

from pathlib import Path

import click

from assent.cli.group import Command
from assent.cli.options import Asked, on_day, output
from assent.cli.output import answer, say


@click.command("show", cls=Command)
@click.argument("name", metavar="PROCEDURE|QUESTION")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a diagram to FILE.")
@click.option("--mermaid", is_flag=True, help="Print the diagram as Mermaid text.")
@on_day
def show(asked: Asked, name: str, svg: Path | None, *, mermaid: bool) -> None:
    """The law in plain words, and as a diagram.

    For a procedure: what has to happen in which order, each fraction with its base and quorum, what is assumed, what
    may not be touched, and the questions of law that bear on it. For a question: its readings with who held them, on
    what authority, and what each changes.

    Examples
    --------
    $ assent show us/article-v
    $ assent show us/article-v/whole --svg article-v.svg
    $ assent show us/admission --mermaid
    $ assent show rescission
    """
    from assent.api import Library
    from assent.api import mermaid as mermaid_of
    from assent.api import svg as draw

    place = Library.of(name, asked.library)
    shown = place.show(name, asked.as_of, asked.readings, asked.window)
    if svg is not None:
        svg.write_text(draw(shown), encoding="utf-8")
        say(f"assent: wrote {svg}", err=True)
    elif mermaid:
        say(mermaid_of(shown))
    else:
        answer(place, shown, asked)


@click.command("matters", cls=Command)
@click.option("--kind", default="", metavar="KIND", help="Only matters of this kind.")
@output
def matters(asked: Asked, kind: str) -> None:
    """The matters on file, with their official outcomes.

    Examples
    --------
    $ assent matters
    $ assent matters --kind amendment
    $ assent matters --json
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.list_matters(kind), asked)


@click.command("procedures", cls=Command)
@output
def procedures(asked: Asked) -> None:
    """The procedures on file, each with what it is about.

    Examples
    --------
    $ assent procedures
    $ assent procedures --json
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.list_procedures(), asked)


@click.command("questions", cls=Command)
@output
def questions(asked: Asked) -> None:
    """The questions of law on file, each with its readings and its default.

    A default is only the reading by which the official record was kept, not the one that is right.

    Examples
    --------
    $ assent questions
    $ assent questions --json
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.list_questions(), asked)


@click.command("cite", cls=Command)
@click.argument("authority")
@output
def cite(asked: Asked, authority: str) -> None:
    """An authority in full: what it says, whether its text was read or is recalled, and what on file cites it.

    Examples
    --------
    $ assent cite dillon-v-gloss-1921
    $ assent cite us-const-art-v --json
    """
    from assent.api import Library

    place = Library(path=asked.library)
    answer(place, place.cite(authority), asked)
