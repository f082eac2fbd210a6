"""Groups and commands: subcommands are imported when they run, and each help text ends in examples."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import click

from assent.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.cli.table import Entry

_EXAMPLES = "Examples\n--------\n"


class _Said:
    """Help whose examples stand as they were written."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description; the examples follow after the options."""
        text, _ = parts(ctx.command)
        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write_text(text)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples."""
        _, examples = parts(ctx.command)
        if examples:
            with formatter.section("Examples"):
                for line in examples:
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def parts(command: click.Command) -> tuple[str, list[str]]:
    """A command's description, and its examples as command lines."""
    text, _, examples = cleandoc(command.help or "").partition(_EXAMPLES)
    return text.strip(), [line.strip().removeprefix("$ ") for line in examples.splitlines() if line.strip()]


class Speaking(_Said, click.Command):
    """A command whose help ends in examples, and which says itself how far it has come."""


class Command(Speaking):
    """A command whose help ends in examples; where it takes long, a terminal is told so until there is an answer."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        from assent.cli.waiting import Waiting

        with Waiting():
            return super().invoke(ctx)


class Group(_Said, click.Group):
    """A group whose commands stand in a table and are imported when one of them runs.

    Parameters
    ----------
    table
        Name → where the command stands, its section and its line of help.
    """

    def __init__(self, *args: Any, table: Mapping[str, Entry] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = dict(table or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names there are, in the order of the table."""
        return [*self.table, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name in self.table:
            entry = self.table[cmd_name]
            found: click.Command = getattr(import_module(f"assent.cli.{entry.module}"), entry.name)
            return found
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which is nearest.

        Raises
        ------
        UnknownName
            There is none of that name.
        """
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise UnknownName(f"command of {ctx.command_path}", args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table, section by section, without importing a command."""
        if not self.table:
            super().format_commands(ctx, formatter)
            return
        for section in dict.fromkeys(entry.section for entry in self.table.values()):
            with formatter.section(section):
                formatter.write_dl([(n, e.line) for n, e in self.table.items() if e.section == section])
