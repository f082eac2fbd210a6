"""Answers on stdout: JSON alone, plain text into a pipe, colours on a terminal. Warnings on stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assent.api import Library
    from assent.cli.options import Asked

PIPED = 80


def answer(library: Library, result: object, asked: Asked) -> None:
    """Print a result.

    Parameters
    ----------
    library
        Where it came from.
    result
        What an inquiry gave.
    asked
        Whether as JSON, with every field; and whether to fold nothing.
    """
    from assent.api import json, page, warnings
    from assent.cli.waiting import Waiting

    Waiting.ends()
    terminal = sys.stdout.isatty()
    if asked.as_json or not terminal:
        for text in warnings(result):
            click.echo(f"assent: note: {text}", err=True)
    if asked.as_json:
        click.echo(json(result))
        return
    found = page(result, full=asked.full, library=library)
    if terminal and os.environ.get("TERM") != "dumb":
        from rich.console import Console

        from assent.render.terminal import show

        show(found, Console())
        return
    from assent.render.text import text as plain

    click.echo(plain(found, PIPED, sys.stdout.encoding or "utf-8"), nl=False, color=False)


def say(text: str, *, err: bool = False) -> None:
    """Print a line, on stdout or on stderr."""
    from assent.cli.waiting import Waiting
    from assent.render.text import encodable

    Waiting.ends()
    click.echo(encodable(text, (sys.stderr if err else sys.stdout).encoding or "utf-8"), err=err)
