"""The Python door: the same questions as on the command line, with frozen results.

Each question is a method of ``Library`` too, asked of the one that its id names; ``library`` gives one to keep, which
may stand in any folder.
"""

from __future__ import annotations

from typing import Any

from assent.api.counting import scenario, votes
from assent.api.libraries import library
from assent.api.output import html, json, mermaid, page, schema, svg, text, warnings
from assent.api.questions import (
    because,
    chance,
    coalitions,
    defiance,
    exit,  # noqa: A004 - the word of the domain
    forecast,
    hinge,
    petition,
    plan,
    polls,
    power,
    referendum,
    replay,
    show,
    standoff,
    status,
    timeline,
)
from assent.inquiries.library import Library

__all__ = [
    "Ask",
    "Library",
    "Votes",
    "because",
    "chance",
    "coalitions",
    "defiance",
    "exit",
    "forecast",
    "hinge",
    "html",
    "json",
    "library",
    "mermaid",
    "page",
    "petition",
    "plan",
    "polls",
    "power",
    "referendum",
    "replay",
    "scenario",
    "schema",
    "show",
    "standoff",
    "status",
    "svg",
    "text",
    "timeline",
    "votes",
    "warnings",
]


def __getattr__(name: str) -> Any:
    """Types of the counting questions, imported when they are first asked for."""
    homes = {"Ask": "assent.inquiries.counting.plan", "Votes": "assent.inquiries.counting.votes"}
    if name not in homes:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(homes[name]), name)
