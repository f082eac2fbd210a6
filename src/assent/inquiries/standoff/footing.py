"""Footing: what each move of a standoff rests on in law, what it needs, and who can stop it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assent.errors import LawError, UnknownName
from assent.inquiries.filed.needs import Census, Need, needs_of, structure
from assent.inquiries.filed.wording import flat
from assent.law.citations import Cite, told
from assent.law.doctrine import Doctrine
from assent.law.loading import convert, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.questions import Question

Side = Literal["federal", "state", "court"]


class Stop(Struct, frozen=True):
    """Somebody who can stop a move, and how."""

    who: str
    how: str
    cite: tuple[str, ...]


class Way(Struct, frozen=True):
    """A procedure by which a move is made, with what it needs under the readings held."""

    procedure: str
    title: str
    needs: tuple[Need, ...]


class Unsettled(Struct, frozen=True):
    """A question of law that a move turns on, the reading held, and its standing."""

    question: str
    title: str
    reading: str
    says: str
    standing: str


class Footing(Struct, frozen=True):
    """What a move rests on in law.

    Attributes
    ----------
    move
        Its name in the standoff: ``tolerate``, ``negotiate``, ``litigate``, ``sanction``, ``force``, ``yield`` on the
        federal side; ``stay``, ``petition``, ``defy``, ``comply``, ``persist`` on the state's; ``ruling`` the court's.
    needs
        What it takes, in sentences.
    who_can_stop
        Who can stop it, and how.
    procedure
        The procedures it can go by that were in force on the day, with their needs in numbers.
    unsettled
        The questions of law it turns on, each with the reading held.
    cite, cites
        The authorities by id (as the pages number them), and in a reader's words.
    """

    move: str
    side: Side
    title: str
    needs: tuple[str, ...]
    who_can_stop: tuple[Stop, ...]
    procedure: tuple[Way, ...]
    unsettled: tuple[Unsettled, ...]
    cite: tuple[str, ...]
    cites: tuple[str, ...]


class _Stop(Struct, frozen=True, forbid_unknown_fields=True):
    who: str
    how: str
    cite: tuple[str | Cite, ...] = ()
    since: date | None = None


class _Move(Struct, frozen=True, forbid_unknown_fields=True):
    move: str
    side: Side
    title: str
    needs: tuple[str, ...]
    who_can_stop: tuple[_Stop, ...] = ()
    procedures: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    cite: tuple[str | Cite, ...] = ()


class _Moves(Struct, frozen=True, forbid_unknown_fields=True):
    moves: tuple[_Move, ...]


def footing(
    place: Jurisdiction,
    *,
    as_of: date | None = None,
    doctrine: Doctrine | None = None,
    moves: Iterable[str] = (),
    state: str = "",
) -> tuple[Footing, ...]:
    """What each move of a standoff rests on in law, in the order of the file.

    Parameters
    ----------
    place
        The jurisdiction.
    as_of
        The day asked about, today unless given; procedures not in force that day are left out.
    doctrine
        The readings held; the defaults unless given.
    moves
        Only these moves; all unless given.
    state
        Code of the state that leaves, where one is asked about.

    Raises
    ------
    UnknownName
        No such move on file.
    LawError
        The file names a procedure, a question or an authority that is not on file.

    Examples
    --------
    >>> from assent.inquiries.jurisdiction import Jurisdiction
    >>> [f.move for f in footing(Jurisdiction("us"), moves=("force",))]
    ['force']
    """
    file = place.root / "standoff" / "moves.yaml"
    on_file = convert(read_yaml(file), _Moves, file).moves
    wanted = tuple(moves)
    known = {move.move for move in on_file}
    for name in wanted:
        if name not in known:
            raise UnknownName("move on file", name, known)
    day = as_of or date.today()
    held = doctrine or Doctrine(place.law)
    census = Census(place, day)
    expand = structure(census, held, {"state": state} if state else {"state": "{state}"})

    def way(name: str) -> Way:
        root = expand.of(name)
        return Way(name, place.law.procedure(name).title, needs_of(census, root) if root is not None else ())

    return tuple(
        Footing(
            move.move,
            move.side,
            flat(move.title),
            tuple(flat(said) for said in move.needs),
            tuple(
                Stop(flat(s.who), flat(s.how), told(s.cite))
                for s in move.who_can_stop
                if s.since is None or s.since <= day
            ),
            tuple(way(name) for name in _known(place, move, file) if place.law.procedure(name).in_force.holds(day)),
            tuple(_unsettled(place.law.question(name), held) for name in move.questions),
            told(move.cite),
            tuple(place.law.cited(cite) for cite in move.cite),
        )
        for move in on_file
        if not wanted or move.move in wanted
    )


def _known(place: Jurisdiction, move: _Move, file: Path) -> tuple[str, ...]:
    """The procedures a move names, if all its names are on file."""
    where = f"{file}, move {move.move}"
    for kind, names, on_file in (
        ("procedure on file", move.procedures, place.law.procedures),
        ("question of law", move.questions, place.law.questions),
    ):
        for name in names:
            if name not in on_file:
                missing = UnknownName(kind, name, on_file)
                raise LawError(missing.what, where=where, remedy=missing.remedy)
    for cite in (*move.cite, *(c for stop in move.who_can_stop for c in stop.cite)):
        place.law.authority(cite)
    return move.procedures


def _unsettled(question: Question, doctrine: Doctrine) -> Unsettled:
    held = question.reading(doctrine.reading(question.question))
    return Unsettled(question.question, question.title, held.id, held.title, held.standing)
