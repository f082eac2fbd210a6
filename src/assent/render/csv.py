"""A result as one flat table: a row for each thing it lists, with what was asked before it and its source after it.

Cells hold what the JSON holds under the same name: dates and fractions as text, several values with semicolons, nothing
where something is not known. What was worked out names the command and the versions as its source.
"""

from __future__ import annotations

import csv as comma
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assent.render.json import MOST_BITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from assent.inquiries.jurisdiction import Jurisdiction

    Row = dict[str, Any]
    Rows = Callable[[Any, Jurisdiction], Iterable[Row]]

ASKED = (
    "jurisdiction",
    "matter",
    "procedure",
    "question",
    "state",
    "index",
    "goal",
    "as_of",
    "known_as_of",
    "readings",
)
SOURCE = "source"


def csv(result: object, place: Jurisdiction) -> str:
    """A result as a table of comma-separated values.

    Parameters
    ----------
    result
        What any question gave.
    place
        Where it came from; the sources of acts are looked up there.

    Raises
    ------
    TypeError
        It is no result.

    Examples
    --------
    >>> from assent import library
    >>> us = library("us")
    >>> print(csv(us.timeline("us/articles", as_of="1778-07-09"), us.place).splitlines()[0])
    matter,as_of,known_as_of,readings,on,events,acts,stage,count,required,of,source
    """
    if not isinstance(result, Struct):
        raise TypeError(f"{type(result).__name__} is no result of Assent")
    rows = list(_rows(result, place))
    asked = {name: held for name in ASKED if isinstance(held := getattr(result, name, None), str | date | dict)}
    columns = list(dict.fromkeys([*asked, *(name for row in rows for name in row if name != SOURCE), SOURCE]))
    written = StringIO()
    table = comma.writer(written, lineterminator="\n")
    table.writerow(columns)
    origin = _origin(result)
    for row in rows:
        full = {**asked, **row, SOURCE: row.get(SOURCE) or origin}
        table.writerow([cell(full.get(name)) for name in columns])
    return written.getvalue()


def cell(value: Any) -> str:
    """A value as the text of a cell.

    Examples
    --------
    >>> cell(("TX", "FL")), cell({"rescission": "void"}), cell(None), cell(True)
    ('TX; FL', 'rescission=void', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value if value.bit_length() <= MOST_BITS else Decimal(value))
    if isinstance(value, dict):
        return "; ".join(f"{name}={cell(held)}" for name, held in value.items())
    if isinstance(value, tuple | list | set | frozenset):
        return "; ".join(cell(held) for held in value)
    if isinstance(value, Struct):
        return " ".join(f"{name}={said}" for name, held in flat(value).items() if (said := cell(held)))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def flat(struct: Struct, *, leave: Iterable[str] = ()) -> Row:
    """The fields of a struct as columns; those of a struct inside it carry its name before theirs."""
    row: Row = {}
    without = set(leave)
    for name in struct.__struct_fields__:
        if name in without:
            continue
        value = getattr(struct, name)
        if isinstance(value, Struct):
            row |= {f"{name}_{own}": held for own, held in flat(value).items()}
        else:
            row[name] = value
    if row.get("cite"):
        row[SOURCE] = row.pop("cite")
    return row


def _rows(result: Struct, place: Jurisdiction) -> Iterable[Row]:
    own = _TABLES.get((type(result).__module__.rpartition(".")[2], type(result).__name__))
    return own(result, place) if own else _plain(result)


def _origin(result: Struct) -> str:
    """How what was worked out is worked out again."""
    versions: Mapping[str, str] = getattr(result, "versions", {})
    made = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"{getattr(result, 'reproduce', '')} ({made})" if made else str(getattr(result, "reproduce", ""))


def _plain(result: Struct) -> Iterator[Row]:
    """Any result: its first list of structs; without one, each field beside its value."""
    lists = (getattr(result, name) for name in result.__struct_fields__)
    found = next((held for held in lists if isinstance(held, tuple) and held and isinstance(held[0], Struct)), None)
    if found is not None:
        yield from (flat(held) for held in found)
        return
    leave = {*ASKED, "versions", "reproduce"}
    yield from ({"field": name, "value": held} for name, held in flat(result, leave=leave).items())


def _sources(acts: Iterable[str], place: Jurisdiction) -> tuple[str, ...]:
    known = place.record.act_by_id
    return tuple(dict.fromkeys(known[act].source for act in acts if act in known))


def _reasons(node: Any, place: Jurisdiction, depth: int = 0) -> Iterator[Row]:
    """A tree of reasons as rows, each with how deep it stands."""
    source = (*node.cite, *_sources(node.acts, place), *node.facts)
    yield {"depth": depth, **flat(node, leave=("cite", "children")), SOURCE: source}
    for child in node.children:
        yield from _reasons(child, place, depth + 1)


def _status(result: Any, place: Jurisdiction) -> Iterator[Row]:
    leave = {*ASKED, "because", "units", "supposed", "notes", "knowledge", "title", "versions", "reproduce"}
    stands = flat(result, leave=leave)
    for unit in result.units:
        row = flat(unit)
        yield {**stands, **row, SOURCE: _sources(unit.acts, place)}
    if not result.units:
        yield stands


def _timeline(result: Any, place: Jurisdiction) -> Iterator[Row]:
    return ({**flat(moment), SOURCE: _sources(moment.acts, place)} for moment in result.moments)


def _hinge(result: Any, _: Jurisdiction) -> Iterator[Row]:
    for ending in result.outcomes:
        yield from ({**flat(ending, leave=("when",)), "when": when} for when in ending.when)


def _exit(result: Any, _: Jurisdiction) -> Iterator[Row]:
    for path in result.paths:
        stands = {"path": path.id, "path_title": path.title, "lawful": path.lawful, "lawful_here": path.lawful_here}
        for need in path.needs:
            yield {**stands, **flat(need)}
        if not path.needs:
            yield {**stands, SOURCE: path.cite}


def _shown(result: Any, _: Jurisdiction) -> Iterator[Row]:
    def steps(step: Any, depth: int) -> Iterator[Row]:
        yield {"depth": depth, **flat(step, leave=("below",))}
        for below in step.below:
            yield from steps(below, depth + 1)

    return steps(result.rule, 0)


def _question(result: Any, _: Jurisdiction) -> Iterator[Row]:
    for reading in result.readings:
        row = flat(reading, leave=("authorities", "against"))
        cited = {name: [said for said, _ in getattr(reading, name)] for name in ("authorities", "against")}
        yield {**{("reading" if name == "id" else name): held for name, held in row.items()}, **cited,
               SOURCE: [said for named in cited.values() for said in named]}  # fmt: skip


def _questions(result: Any, _: Jurisdiction) -> Iterator[Row]:
    for question in result.questions:
        for reading in question.readings:
            row = {"question": question.id, "question_title": question.title, "require": question.require}
            yield {**row, **{("reading" if n == "id" else n): held for n, held in flat(reading).items()}}


def _plan(result: Any, _: Jurisdiction) -> Iterator[Row]:
    best = {"way": 1, "way_cost": result.cost, "proof": result.proof, "gap": result.gap}
    yield from ({**best, **flat(won)} for won in result.members)
    for at, way in enumerate(result.next_best, 2):
        head = {"way": at, "way_cost": way.cost, "proof": "", "gap": way.gap}
        yield from ({**head, **flat(won)} for won in way.members)


def _chance(result: Any, _: Jurisdiction) -> Iterator[Row]:
    held = {"assumptions": result.assumptions, "method": result.method, "error_bound": result.error_bound}
    if result.curve is None:
        names = ("probability", "complement", "log10", "log10_complement")
        yield {**{name: getattr(result, name) for name in names}, **held}
        return
    yield from ({"over": result.curve.over, **flat(point), **held} for point in result.curve.points)


def _coalitions(result: Any, _: Jurisdiction) -> Iterator[Row]:
    for goal, minimal in (("pass", result.minimal), ("block", result.minimal_blocking)):
        for at, kind in enumerate(minimal.listed, 1):
            head = {"goal": goal, "kind": at, "size": kind.size, "stands_for": kind.stands_for}
            yield from ({**head, **flat(taken)} for taken in kind.members)


def _cited(result: Any, _: Jurisdiction) -> Iterator[Row]:
    authority = flat(result.authority)
    for user in result.cited_by or ("",):
        yield {**authority, "as_cited": result.as_cited, "cited_by": user, SOURCE: result.authority.where}


def _first(*names: str) -> Rows:
    """The first of these fields that holds anything: a list of structs, or one."""

    def rows(result: Any, _: Jurisdiction) -> Iterator[Row]:
        found = next((held for name in names if (held := getattr(result, name))), ())
        return (flat(held) for held in (found if isinstance(found, tuple) else (found,)))

    return rows


def _defiance(result: Any, _: Jurisdiction) -> Iterator[Row]:
    """A row for each law of each state."""
    for state in result.states:
        own = {"state": state.state, "name": state.name, "furthest": state.furthest, "people": state.people}
        yield from ({**own, **flat(law)} for law in state.laws)


def _polls(result: Any, _: Jurisdiction) -> Iterator[Row]:
    for wording in result.wordings:
        own = {"wording": wording.id, **flat(wording, leave=("id", "polls"))}
        yield from ({**own, **flat(poll)} for poll in wording.polls)


def _replay(result: Any, _: Jurisdiction) -> Iterator[Row]:
    return (flat(row) for row in result.rows)


# Module and name of a result's type → its rows. A result that is not here has its first list as its table.
_TABLES: dict[tuple[str, str], Rows] = {
    ("chance", "Chance"): _chance,
    ("coalitions", "Coalitions"): _coalitions,
    ("defiance", "Defiance"): _defiance,
    ("exit", "Exit"): _exit,
    ("hinge", "Hinge"): _hinge,
    ("listing", "Cited"): _cited,
    ("listing", "Questions"): _questions,
    ("petition", "Petition"): _first("past", "certificate", "curve", "reserve"),
    ("plan", "Plan"): _plan,
    ("polls", "Polls"): _polls,
    ("referendum", "Referendum"): _first("held", "rules"),
    ("replay", "Replay"): _replay,
    ("show", "QuestionShown"): _question,
    ("show", "Shown"): _shown,
    ("status", "Status"): _status,
    ("timeline", "Timeline"): _timeline,
    ("why", "Why"): lambda result, place: _reasons(result.because, place),
}
