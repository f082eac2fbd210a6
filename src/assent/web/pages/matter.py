"""A matter's page: where it stands, drawn and counted, and what changes if a day, a reading or a yes does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from assent.render.texts import texts
from assent.web.pages.board import Board, Kind, Supposing, board
from assent.web.pages.setting import day, environment
from assent.web.pages.share import share
from assent.web.pages.slider import slider
from assent.web.pages.tree import BecauseTree
from assent.web.pages.turning import turning

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.matter.status import Status
    from assent.inquiries.matter.supposing import Supposed
    from assent.web.address import Address

VIEWS = (("map", "Map"), ("tiles", "Equal tiles"), ("list", "List"))
FEWEST = 3  # a tally of fewer says nothing that its sentence does not


class Side(NamedTuple):
    """One of two sets of readings, and what it gives."""

    name: str
    status: Status
    board: Board
    verdict: str
    readings: tuple[tuple[str, str, str, bool], ...]
    url: str


class Difference(NamedTuple):
    """A unit that stands otherwise under the second set of readings."""

    name: str
    one: str
    other: str
    hows: tuple[str, str]


class Beside(NamedTuple):
    """Two sets of readings side by side."""

    sides: tuple[Side, Side]
    differences: tuple[Difference, ...]
    said: str
    legend: tuple[Kind, ...]
    swap: str
    close: str


def matter_page(ask: Address, library: Library) -> str:
    """Where a matter stands, and every way to ask what if.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    status = _status(ask, library, dict(ask.readings))
    matter = library.matters[ask.id]
    said = texts(library.place)
    turns = turning(ask, library, status.readings)
    tallied = bool(status.units) and status.of >= FEWEST
    drawn = board(ask, library, status)
    context = {
        "kind": "matters",
        "ask": ask,
        "matter": matter,
        "status": status,
        "kind_text": said.kind(matter.kind),
        "unit": said.unit,
        "verdict": verdict(status, library),
        "tallied": tallied,
        "board": drawn,
        "views": tuple((view, label, ask.url(view=view)) for view, label in VIEWS),
        "slider": slider(ask, library, status.as_of, tallied=tallied),
        "turns": turns,
        "because": BecauseTree(library).whole(status.because),
        "supposed": _supposed(ask, status) if status.supposed else (),
        "beside": beside(ask, library, status) if ask.against else None,
        "share": share(
            ask,
            title=status.title,
            method="status",
            command=status.reproduce,
            versions=status.versions,
            drawn=bool(drawn.tiles),
        ),
        "plain": {
            "without": ask.url(yes=(), no=()),
            "today": ask.url(as_of=None),
            "reset": ask.url(as_of=None, known_as_of=None, readings={}, window=None, yes=(), no=(), against={}),
            "hinge": ask.__class__("hinge", ask.id, as_of=ask.as_of, known_as_of=ask.known_as_of).url(),
            "record": ask.__class__("record").changed(matter=ask.id).url(),
            "law": ask.__class__("law", status.procedure).url(),
            "before": _before(ask, status),
        },
        "hidden": tuple((n, v) for n, v in ask.parameters() if n not in {"as-of", "known-as-of"}),
        "days": tuple((n, v) for n, v in ask.parameters() if n in {"as-of", "known-as-of"}),
        "today": date.today(),
    }
    return environment.get_template("embed.html" if ask.embed else "matter.html").render(context)


def verdict(status: Status, library: Library) -> str:
    """The plain sentence on where a matter stands."""
    short = max(status.required - status.count, 0)
    stage = "pending-enough" if status.stage == "pending" and status.units and not short else status.stage
    return texts(library.place).verdict(library.matters[status.matter].kind, stage).format(
        completed_on=day(status.completed_on), limit=day(status.limit), as_of=day(status.as_of), short=short
    )  # fmt: skip


def _status(ask: Address, library: Library, readings: dict[str, str]) -> Status:
    return library.status(ask.id, ask.as_of, ask.known_as_of, readings, ask.window, yes=ask.yes, no=ask.no)


def _supposed(ask: Address, status: Status) -> tuple[tuple[Supposed, str, str], ...]:
    """What is supposed, where a click drops it, and what it does."""
    links = Supposing(ask)
    return tuple((one, links.url(one.unit, ""), _effect(status, one.unit)) for one in status.supposed)


def _effect(status: Status, unit: str) -> str:
    found = next((p for p in status.units if p.unit == unit), None)
    return ("counts" if found.counts else "does not count") if found else "is not counted"


def _before(ask: Address, status: Status) -> str:
    """Where a reader may still suppose something: the last day before it was complete or its time ran out."""
    ended = status.completed_on or (status.limit if status.limit and status.as_of > status.limit else None)
    if ended is None:
        return ""
    last = ended if not status.completed_on else date.fromordinal(ended.toordinal() - 1)
    begun = next(iter(sorted(p.on for p in status.units if p.on)), None)
    return ask.url(as_of=last) if begun and begun <= last else ""


def beside(ask: Address, library: Library, status: Status) -> Beside:
    """The answer under a second set of readings beside the first, with what differs marked."""
    other = _status(ask, library, dict(ask.against))
    theirs = {p.unit: p for p in other.units}
    hows = texts(library.place).hows(board(ask, library, status).act)
    both = [(p, theirs[p.unit]) for p in sorted(status.units, key=lambda p: p.name) if p.unit in theirs]
    apart = [(p, q) for p, q in both if (p.how, p.counts) != (q.how, q.counts)]
    units = frozenset(p.unit for p, _ in apart) | ({p.unit for p in status.units} ^ set(theirs))
    marked = units or frozenset({""})
    sides = tuple(
        Side(
            name,
            one,
            board(ask, library, one, key, marked),
            verdict(one, library),
            _readings(library, one, two),
            ask.url(readings=held, against={}),
        )
        for name, key, one, two, held in (
            ("A", "a", status, other, dict(ask.readings)),
            ("B", "b", other, status, dict(ask.against)),
        )
    )
    return Beside(
        (sides[0], sides[1]),
        tuple(Difference(p.name, hows[p.how], hows[q.how], (p.how, q.how)) for p, q in apart),
        told_apart(status, other),
        tuple({kind.how: kind for side in sides for kind in side.board.legend}.values()),
        ask.url(readings=dict(ask.against), against=_said(ask, library)),
        ask.url(against={}),
    )


def told_apart(one: Status, other: Status) -> str:
    """What two sets of readings come to, in one sentence."""
    ends = [f"{s.stage} on {day(s.completed_on)}" if s.completed_on else s.stage for s in (one, other)]
    outcome = f"both {ends[0]}" if ends[0] == ends[1] else f"A {ends[0]}, B {ends[1]}"
    if one.of < FEWEST:
        return f"{outcome[0].upper()}{outcome[1:]}."
    if one.count == other.count:
        return f"A and B both count {one.count}: {outcome}."
    apart = other.count - one.count
    return f"B counts {abs(apart)} {'more' if apart > 0 else 'fewer'} than A: {outcome}."


def _said(ask: Address, library: Library) -> dict[str, str]:
    """The readings of the page, defaults said where the second set has a say."""
    return {**{q: library.questions[q].default for q in ask.against}, **ask.readings}


def _readings(library: Library, one: Status, other: Status) -> tuple[tuple[str, str, str, bool], ...]:
    """The readings of one set that the other does not hold, with their words."""
    return tuple(
        (q, r, library.questions[q].reading(r.partition(":")[0]).title, True)
        for q, r in one.readings.items()
        if other.readings.get(q) != r
    )
