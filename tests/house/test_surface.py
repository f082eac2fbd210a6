"""House rules about what the package shows: its names, and its commands."""

from __future__ import annotations

import importlib
import importlib.util
import re

from tests.house.tree import ROOT, report, text


def shown():
    """What `from assent import *` gives."""
    return list(getattr(importlib.import_module("assent"), "__all__", ()))


def rank(word):
    """Constants, then types, then functions, each by the alphabet: the order ruff sorts `__all__` into."""
    return (0 if word.isupper() else 1 if word[:1].isupper() else 2, word)


def test_the_public_names_are_sorted_and_named_once():
    names = shown()
    assert names == sorted(set(names), key=rank), (
        "assent.__all__ is not sorted, or names something twice.\nWhat to do: python3 dev.py fmt"
    )


def test_every_public_name_leads_somewhere():
    assent = importlib.import_module("assent")
    found = [word for word in shown() if not hasattr(assent, word)]
    assert not found, report("assent.__all__ promises what is not there.", found, "export it, or take it out.")


def commands():
    """The names of the commands of the command line."""
    if importlib.util.find_spec("assent.cli.main") is None:
        return []
    import click

    door = importlib.import_module("assent.cli.main").main
    return door.list_commands(click.Context(door)) if isinstance(door, click.Group) else []


def test_every_command_is_documented():
    page = ROOT / "docs" / "commands.md"
    said = text(page) if page.is_file() else None
    found = [c for c in commands() if said is not None and not re.search(rf"\bassent {re.escape(c)}\b", said)]
    assert not found, report(
        "A command is missing from docs/commands.md.", found, "add a heading and an example: `assent NAME …`."
    )
