"""Assent says who has to say yes before a constitution changes or a state leaves, and where each of them stands.

The house, from the ground up; a room may import only from those above it in this list::

    errors      what can go wrong: what, where, and the remedy
    values      dates, exact fractions, places in a file
    law         the language of tests, process and norms; questions of law; citations; loading
    record      dated acts, claims, rosters, completeness; the data dictionary; audit
    circuit     law and record of one matter on one day, compiled to thresholds over (act, actor) leaves
    folds       verdict, because, coalitions, power, chance, plan: questions to one circuit, which know no law or record
    models      standoff, petition, forecast: what no rule decides; numbers in, numbers out
    inquiries   status, timeline, hinge, replay, exit, show, the counting questions, and the models asked with the facts
    render      a result as a page, and the page as text, on a terminal, as HTML; diagrams, maps, charts
    api         the Python door     cli, web   the command line, the pages     library/   the law and record that ship

>>> import assent
>>> assent.status("us/amendment/19", as_of="1920-08-26").completed_on
datetime.date(1920, 8, 18)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assent.api import (
        Library,
        because,
        chance,
        coalitions,
        defiance,
        exit,  # noqa: A004 - the word of the domain
        forecast,
        hinge,
        html,
        library,
        mermaid,
        petition,
        plan,
        polls,
        power,
        referendum,
        replay,
        scenario,
        show,
        standoff,
        status,
        svg,
        text,
        timeline,
        votes,
    )
    from assent.errors import (
        AssentError,
        BadDate,
        LawError,
        LibraryError,
        NotApplicable,
        QueryError,
        ReadingConflict,
        RecordError,
        UnknownName,
    )

__version__ = "0.1.0"

__all__ = [
    "AssentError",
    "BadDate",
    "LawError",
    "Library",
    "LibraryError",
    "NotApplicable",
    "QueryError",
    "ReadingConflict",
    "RecordError",
    "UnknownName",
    "because",
    "chance",
    "coalitions",
    "defiance",
    "exit",
    "forecast",
    "hinge",
    "html",
    "library",
    "mermaid",
    "petition",
    "plan",
    "polls",
    "power",
    "referendum",
    "replay",
    "scenario",
    "show",
    "standoff",
    "status",
    "svg",
    "text",
    "timeline",
    "votes",
]

_ERRORS = {name for name in __all__ if name[0].isupper()} - {"Library"}


def __getattr__(name: str) -> Any:
    """Fetch a public name when it is first asked for, so that ``import assent`` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name in _ERRORS:
        return getattr(import_module("assent.errors"), name)
    api = import_module("assent.api")
    import_module("assent.render.notebook").register(api.text, api.html)
    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
