"""Beliefs: what is said of actors, bodies, units or acts, brought down to each class of leaves.

The nearest word counts: a leaf (``ratify:CA/lower/17``), the same actor whatever the act (``CA/lower/17``), the body
(``ratify:CA/lower``, ``CA/lower``), the unit (``ratify:CA``, ``CA``), the act (``ratify``), everybody (``*``).
"""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from assent.circuit.flat import Alike, Child, Flat

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Belief = float | Sequence[tuple[int, float]]


def resolve(flat: Flat, said: Mapping[str, Belief]) -> tuple[Flat, list[float]]:
    """The probability of one member of each class; classes are divided where their members differ.

    Parameters
    ----------
    flat
        The circuit.
    said
        Leaf id, actor, body, unit, act or ``*`` → probability; for a body also pairs of a number of members and their
        probability, which must add up to the members there are.

    Returns
    -------
    tuple
        The circuit with its classes divided, and a probability for each class.

    Raises
    ------
    ValueError
        A probability is no number from 0 to 1, names nobody in the circuit, is missing, or members do not add up.

    Examples
    --------
    >>> from assent.circuit.flat import flatten
    >>> from assent.circuit.nodes import Gate
    >>> senate = Gate("senate", "Senate", 67, act="propose", body="us/senate", members=100)
    >>> divided, p = resolve(flatten(senate), {"us/senate": [(53, 0.9), (47, 0.2)]})
    >>> [(c.id, c.members) for c in divided.classes], p
    ([('propose:us/senate/1', 53), ('propose:us/senate/54', 47)], [0.9, 0.2])
    """
    for key, belief in said.items():
        for value in [belief] if isinstance(belief, (int, float)) else [p for _, p in belief]:
            if not 0.0 <= value <= 1.0:
                raise ValueError(f"{key}: {value!r} is no probability; it must be from 0 to 1")
    return assign(flat, said)


def assign(flat: Flat, said: Mapping[str, Belief]) -> tuple[Flat, list[float]]:
    """The same for any number in place of a probability (its place in a list, say)."""
    _all_known(flat, said)
    parts = [_parts(alike, said) for alike in flat.classes]
    return _divided(flat, [[alike for alike, _ in part] for part in parts]), [p for part in parts for _, p in part]


def words(leaf: str) -> Iterator[str]:
    """What may name a leaf, nearest first."""
    act, _, actor = leaf.partition(":")
    while actor:
        yield f"{act}:{actor}"
        yield actor
        actor = actor.rpartition("/")[0]
    yield act
    yield "*"


def _all_known(flat: Flat, said: Mapping[str, Belief]) -> None:
    known = {"*"}
    for alike in flat.classes:
        known.update(words(alike.stem or alike.id))
        if not alike.stem:
            known.add(alike.id)
    for key in said:
        if key in known or _member(flat, key):
            continue
        close = get_close_matches(key, known, 1, 0.0)
        raise ValueError(f"{key!r} names nobody in this circuit; did you mean {close[0] if close else '*'}?")


def _member(flat: Flat, key: str) -> bool:
    stem, _, place = key.rpartition("/")
    if not place.isdecimal():
        return False
    return any(
        c.stem and stem in (c.stem, c.stem.partition(":")[2]) and c.first <= int(place) < c.first + c.members
        for c in flat.classes
    )


def _parts(alike: Alike, said: Mapping[str, Belief]) -> list[tuple[Alike, float]]:
    """A class in runs of members of whom the same is believed."""
    name = alike.stem or alike.id
    found = next((said[w] for w in words(name) if w in said), None)
    if not alike.stem:
        return [(alike, _one(name, found))]
    actor = name.partition(":")[2]
    last = alike.first + alike.members
    own = {}
    for word in (actor, name):
        if any(key.startswith(word + "/") for key in said):
            own.update({i: said[f"{word}/{i}"] for i in range(alike.first, last) if f"{word}/{i}" in said})
    if found is None or isinstance(found, (int, float)):
        runs = [(alike.members, found)]
    else:
        runs = list(found)
        if sum(n for n, _ in runs) != alike.members or any(n < 0 for n, _ in runs):
            raise ValueError(f"{name}: {sum(n for n, _ in runs)} members are given; there are {alike.members}")
    if not own:
        pairs = [(n, _one(name, p)) for n, p in runs if n]
    else:
        each = [p for n, p in runs for _ in range(n)]
        pairs = [(1, _one(f"{name}/{alike.first + i}", own.get(alike.first + i, p))) for i, p in enumerate(each)]
    out: list[tuple[Alike, float]] = []
    at = alike.first
    for n, p in pairs:
        if out and out[-1][1] == p:
            before = out.pop()[0]
            out.append((replace(before, members=before.members + n), p))
        else:
            out.append((Alike(f"{alike.stem}/{at}", n, alike.stem, at), p))
        at += n
    return out


def _one(name: str, belief: Belief | None) -> float:
    if belief is None:
        raise ValueError(f"{name}: no probability is given for it, its body, its unit, its act or everybody (*)")
    if isinstance(belief, (int, float)):
        return float(belief)
    raise ValueError(f"{name}: numbers of members are given for what is one actor")


def _divided(flat: Flat, parts: list[list[Alike]]) -> Flat:
    """The circuit with each class in parts."""
    if all(len(part) == 1 for part in parts):
        return flat
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part)
    moved = at - len(parts)

    def children(child: Child) -> list[Child]:
        if child.node >= len(parts):
            return [replace(child, node=child.node + moved)]
        return [replace(child, node=starts[child.node] + i) for i in range(len(parts[child.node]))]

    gates = tuple(
        replace(gate, children=tuple(c for child in gate.children for c in children(child))) for gate in flat.gates
    )
    root = flat.root + moved if flat.root >= len(parts) else starts[flat.root] if flat.root >= 0 else flat.root
    return Flat(tuple(alike for part in parts for alike in part), gates, root, flat.exceptions)
