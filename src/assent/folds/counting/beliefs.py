"""Beliefs: what is said of actors, bodies, units or acts, brought down to runs of leaves of whom the same is believed.

The nearest word counts: a leaf (``ratify:CA/lower/17``), the same actor whatever the act (``CA/lower/17``), the body
(``ratify:CA/lower``, ``CA/lower``), the unit (``ratify:CA``, ``CA``), the act (``ratify``), everybody (``*``).
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from assent.circuit.flat import Alike, Child, Flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Belief = float | Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Runs:
    """The leaves of a circuit in runs: neighbours in one class of whom the same is believed.

    Attributes
    ----------
    classes
        The classes of the circuit.
    starts
        For each class the place of its first run; and one place more, the number of runs.
    members, belief
        For each run, how many there are and what is believed of each.
    """

    classes: tuple[Alike, ...]
    starts: tuple[int, ...]
    members: tuple[int, ...]
    belief: tuple[Any, ...]

    @classmethod
    def of(cls, flat: Flat, belief: Sequence[Any] | None = None) -> Runs:
        """One run for each class; the same is believed of everybody unless it is said what of each class."""
        size = len(flat.classes)
        members = tuple([alike.members for alike in flat.classes])
        return cls(flat.classes, tuple(range(size + 1)), members, tuple(belief) if belief else (None,) * size)

    def each(self) -> Iterator[Alike]:
        """The leaves of each run."""
        for alike, (first, last) in zip(self.classes, pairwise(self.starts), strict=True):
            if last - first == 1:
                yield alike
            else:
                at = 0
                for members in self.members[first:last]:
                    yield alike.part(at, members)
                    at += members

    def divided(self, flat: Flat) -> Flat:
        """The circuit with a class for each run."""
        if len(self.members) == len(flat.classes):
            return flat
        moved = len(self.members) - len(flat.classes)

        def children(child: Child) -> Iterator[Child]:
            if child.node >= len(flat.classes):
                yield child._replace(node=child.node + moved)
            else:
                for run in range(self.starts[child.node], self.starts[child.node + 1]):
                    yield child._replace(node=run)

        gates = tuple(g._replace(children=tuple(chain.from_iterable(map(children, g.children)))) for g in flat.gates)
        root = (
            flat.root + moved
            if flat.root >= len(flat.classes)
            else self.starts[flat.root]
            if flat.root >= 0
            else flat.root
        )
        return Flat(tuple(self.each()), gates, root, flat.exceptions)


def assign(flat: Flat, said: Mapping[str, Belief]) -> Runs:
    """What is said of one member of each run: its probability, or its place in a list of them.

    Parameters
    ----------
    flat
        The circuit.
    said
        Leaf id, actor, body, unit, act or ``*`` → a number; for a body also pairs of a number of members and what is
        said of them, which must add up to the members there are.

    Raises
    ------
    ValueError
        A word names nobody in the circuit, somebody is not named, or members do not add up.

    Examples
    --------
    >>> from assent.circuit.flatten import flatten
    >>> from assent.circuit.nodes import Gate
    >>> senate = Gate("senate", "Senate", 67, act="propose", body="us/senate", members=100)
    >>> runs = assign(flatten(senate), {"us/senate": [(53, 0.9), (47, 0.2)]})
    >>> [(run.id, run.members) for run in runs.each()], runs.belief
    ([('propose:us/senate/1', 53), ('propose:us/senate/54', 47)], (0.9, 0.2))
    """
    near = [next((word for word in words(alike.stem or alike.id) if word in said), None) for alike in flat.classes]
    own = _own(flat, said, {word for word in near if word is not None})
    starts: list[int] = [0]
    members: list[int] = []
    beliefs: list[Any] = []
    for c, (alike, word) in enumerate(zip(flat.classes, near, strict=True)):
        belief = None if word is None else said[word]
        if isinstance(belief, (int, float)) and c not in own:
            members.append(alike.members)
            beliefs.append(belief)
        else:
            for n, p in _merged(_each(alike, belief, own[c], said) if c in own else _pairs(alike, belief)):
                members.append(n)
                beliefs.append(p)
        starts.append(len(members))
    return Runs(flat.classes, tuple(starts), tuple(members), tuple(beliefs))


def words(leaf: str) -> Iterator[str]:
    """What may name a leaf, nearest first."""
    act, _, actor = leaf.partition(":")
    while actor:
        yield f"{act}:{actor}"
        yield actor
        actor = actor.rpartition("/")[0]
    yield act
    yield "*"


def _own(flat: Flat, said: Mapping[str, Belief], used: set[str]) -> dict[int, dict[int, str]]:
    """Class → number of a member of whom something is said by name → that name.

    Raises
    ------
    ValueError
        A name is nobody's.
    """
    found: dict[int, dict[int, str]] = {}
    if len(used) == len(said) and not any(key[-1:].isdecimal() for key in said):
        return found
    stems: dict[str, list[int]] = {}
    for c, alike in enumerate(flat.classes):
        if alike.stem:
            for stem in (alike.stem, alike.stem.partition(":")[2]):
                stems.setdefault(stem, []).append(c)
    known: set[str] = set()
    for key in said:
        stem, _, place = key.rpartition("/")
        here = [c for c in stems.get(stem, ()) if place.isdecimal() and _has(flat.classes[c], int(place))]
        for c in here:
            own = found.setdefault(c, {})
            own[int(place)] = max(key, own.get(int(place), ""), key=len)
        if not here and key not in used:
            known = known or {word for alike in flat.classes for word in (*words(alike.stem or alike.id), alike.id)}
            if key not in known:
                near = get_close_matches(key, known, 1, 0.0)
                raise ValueError(f"{key!r} names nobody in this circuit; did you mean {near[0] if near else '*'}?")
    return found


def _has(alike: Alike, number: int) -> bool:
    return alike.first <= number < alike.first + alike.members


def _pairs(alike: Alike, belief: Belief | None) -> Sequence[tuple[int, float]]:
    """Numbers of members of a class with what is believed of each."""
    name = alike.stem or alike.id
    if belief is None:
        raise ValueError(f"{name}: no probability is given for it, its body, its unit, its act or everybody (*)")
    if isinstance(belief, (int, float)):
        return [(alike.members, belief)]
    if not alike.stem:
        raise ValueError(f"{name}: numbers of members are given for what is one actor")
    numbers = [n for n, _ in belief]
    if sum(numbers) != alike.members or min(numbers, default=0) < 0:
        raise ValueError(f"{name}: {sum(numbers)} members are given; there are {alike.members}")
    return belief


def _each(
    alike: Alike, belief: Belief | None, own: Mapping[int, str], said: Mapping[str, Belief]
) -> Iterator[tuple[int, float]]:
    """The same, member by member, some of whom are named."""
    rest = [] if belief is None else [p for n, p in _pairs(alike, belief) for _ in range(n)]
    for place in range(alike.members):
        number = alike.first + place
        name = f"{alike.stem}/{number}"
        if number not in own:
            yield 1, rest[place] if rest else _pairs(Alike(name), None)[0][1]
        else:
            yield 1, _pairs(Alike(name), said[own[number]])[0][1]


def _merged(pairs: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """Neighbours of whom the same is believed, together."""
    members, last = 0, None
    for n, p in pairs:
        if p == last:
            members += n
        elif n:
            if members:
                yield members, last
            members, last = n, p
    if members:
        yield members, last
