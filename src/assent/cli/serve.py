"""Pages and what is kept of them: serve, report, export."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from assent.cli.group import Command, Speaking
from assent.cli.options import Asked, supposing, written
from assent.cli.output import say

LAST_PORT = 65535
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("serve", cls=Speaking)
@click.option("--host", default="127.0.0.1", metavar="HOST",
              help="Where to be found; 127.0.0.1 (default) is for this machine alone.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, LAST_PORT), default=8000, metavar="PORT",
              help="8000 by default; 0 takes any that is free.")  # fmt: skip
@click.option("--library", type=click.Path(path_type=Path), envvar="ASSENT_LIBRARY", metavar="DIR",
              help="The folder of law and record to use, in place of the one that ships.")  # fmt: skip
def serve(host: str, port: int, library: Path | None) -> None:
    """The same answers as pages in a browser, with a map, and as an API.

    Needs no network. Prints the address when it can be opened; Ctrl-C ends it. Nothing of what is asked is kept or
    sent anywhere.

    Examples
    --------
    $ assent serve
    $ assent serve --port 8080
    $ assent serve --host 0.0.0.0 --library my-library
    """
    from assent.api import Library
    from assent.web.serve import bound
    from assent.web.serve import serve as answer

    place = Library(path=library)
    sock = bound(host, port)

    def ready(url: str) -> None:
        click.echo(f"Assent is at {url} (Ctrl-C ends it)")
        sys.stdout.flush()

    done = answer(place, sock, ready)
    click.echo("Assent has stopped.")
    if not done:  # something is still being counted that nobody waits for: do not wait for it either
        sys.stdout.flush()
        os._exit(0)


@click.command("report", cls=Command)
@click.argument("name", metavar="ID")
@click.option("--html", type=_FILE, metavar="FILE", help="Write one HTML file that needs no other.")
@click.option("--pdf", type=_FILE, metavar="FILE", help="Write a tagged PDF, as screen readers want it.")
@supposing
@written
def report(
    asked: Asked, *, name: str, html: Path | None, pdf: Path | None, yes: tuple[str, ...], no: tuple[str, ...]
) -> None:
    """Everything on one thing, to be kept: as one HTML file or as a PDF.

    ID is a matter, a state, a procedure or a question of law. It holds what the pages hold, and no time but the days
    asked about: the same question gives the same file, byte for byte, until the program, the law or the record changes.

    Examples
    --------
    $ assent report us/amendment/era --html era.html
    $ assent report us/amendment/14 --as-of 1868-07-28 --reading rescission=effective --pdf fourteenth.pdf
    $ assent report CA --html california.html --pdf california.pdf
    """
    from assent.api import Library
    from assent.errors import QueryError
    from assent.web.report import Asked as Wanted
    from assent.web.report import report as made

    if html is None and pdf is None:
        raise QueryError("No file is named.", where="--html, --pdf", remedy="Write --html FILE, --pdf FILE, or both.")
    place = Library.of(name, asked.library)
    found = made(place, name, Wanted(asked.as_of, asked.known_as_of, asked.readings, asked.window, yes, no))
    bodies = [(html, found.html().encode())] if html is not None else []
    bodies += [(pdf, found.pdf())] if pdf is not None else []
    for file, body in bodies:
        if file is not None:
            file.write_bytes(body)
            say(f"Wrote {file}.")


@click.command("export", cls=Speaking)
@click.argument("site", type=click.Path(path_type=Path), metavar="SITE")
@click.option("--matter", "matters", multiple=True, metavar="MATTER",
              help="Only this matter. May be given again; every matter unless given.")  # fmt: skip
@written
def export(asked: Asked, *, site: Path, matters: tuple[str, ...]) -> None:
    """A folder of pages that replays dates and readings without a server.

    SITE is a folder that does not exist yet. Each matter gets a page with its map, its dates and its questions of law,
    and the answers under every set of readings that can be held together, worked out now and looked up there. Open
    SITE/index.html, or put the folder on any web server. A reading given with --reading is held on every page.

    Examples
    --------
    $ assent export site --matter us/amendment/27 --as-of 1992-05-20
    """
    from datetime import date

    from assent.api import Library
    from assent.web.export import export as write

    place = Library(path=asked.library)
    today = date.today()
    number = write(
        place,
        site,
        matters,
        doctrine=place.doctrine(asked.readings, asked.window),
        as_of=asked.as_of or today,
        known_as_of=asked.known_as_of or today,
        tell=lambda said: click.echo(f"assent: {said}", err=True),
    )
    click.echo(f"{site}: {number} {'matter' if number == 1 else 'matters'}. Open {site / 'index.html'}")
