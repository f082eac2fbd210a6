"""The page on the commands, from the commands themselves: ``python -m assent.cli.reference > docs/commands.md``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from assent.cli.group import parts
from assent.cli.main import assent
from assent.cli.table import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
<!-- Written by `python -m assent.cli.reference`. Change the commands, not this page. -->

# Commands

Every question can be asked as of a day (`--as-of`), as known on a day (`--known-as-of`) and under readings of the
law (`--reading QUESTION=READING`). Answers are for people; with `--json` stdout holds JSON and nothing else. Both
days default to today, and the command printed under each answer pins them.

Exit codes: 0 when there is an answer, 2 when the input is bad (one message on stderr says what, where, and what to
do), 130 when interrupted.
"""


def reference() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, *_commands()]) + "\n"


def _commands() -> Iterator[str]:
    root = click.Context(assent, info_name="assent")
    section = ""
    for name, entry in COMMANDS.items():
        if entry.section != section:
            section = entry.section
            yield f"## {section}\n"
        command = assent.get_command(root, name)
        if command is not None:
            yield from _command(command, click.Context(command, info_name=name, parent=root))


def _command(command: click.Command, ctx: click.Context) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            if below is not None:
                yield from _command(below, click.Context(below, info_name=name, parent=ctx))
        return
    text, examples = parts(command)
    usage = " ".join(command.collect_usage_pieces(ctx)[1:])
    yield f"### {ctx.command_path}\n"
    yield f"`{f'{ctx.command_path} {usage}'.strip()}`\n"
    yield f"{text}\n"
    yield "```console"
    yield from (f"$ {line}" for line in examples)
    yield "```\n"
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        yield "| option | |"
        yield "| --- | --- |"
        for option in options:
            metavar = f" {option.metavar}" if option.metavar else ""
            yield f"| `{'`, `'.join(option.opts)}{metavar}` | {option.help} |"
        yield ""


if __name__ == "__main__":
    sys.stdout.write(reference())
