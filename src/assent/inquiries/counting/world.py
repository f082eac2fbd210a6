"""World: one sampled world to look at: who says yes in each body, and which tests are met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.nodes import Gate, Leaf
from assent.inquiries.counting.beliefs import regions_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.circuit.nodes import Node
    from assent.inquiries.counting.beliefs import Beliefs
    from assent.inquiries.counting.game import Game, Seat


class Body(Struct, frozen=True):
    """How one body, or one set of units, decides in a world."""

    id: str
    label: str
    yes: int
    need: int
    of: int
    met: bool
    state: str = ""


class World(Struct, frozen=True):
    """One world drawn at random under the assumptions.

    Attributes
    ----------
    seed
        The same seed gives the same world.
    met
        Whether it passes there.
    shifts
        What everybody's log-odds were moved by, by level and unit.
    bodies
        Every test of the procedure, the widest first.
    """

    seed: int
    met: bool
    shifts: dict[str, float]
    bodies: tuple[Body, ...]


def world_of(game: Game, held: Beliefs, seed: int) -> World:
    """A world drawn with a seed."""
    import numpy as np

    draw = np.random.default_rng(seed)
    sizes = held.scenario.factors
    regions = regions_of(game, held.scenario) if any(sizes.values()) else {}
    shifts: dict[str, float] = {}

    def shift(key: str, level: str) -> float:
        if key not in shifts:
            shifts[key] = float(draw.normal(0.0, sizes[level]))
        return shifts[key]

    def moved(p: float, unit: str) -> float:
        by = shift("nation", "nation") if sizes.get("nation") else 0.0
        if sizes.get("region") and unit in regions:
            by += shift(f"region:{regions[unit]}", "region")
        if sizes.get("state") and unit:
            by += shift(f"state:{unit}", "state")
        if not by or p in {0.0, 1.0}:
            return p
        return float(1.0 / (1.0 + (1.0 - p) / p * np.exp(-by)))

    said: dict[str, int] = {}
    persons: dict[str, bool] = {}
    for seat in game.seats:
        unit = seat.unit if game.doctrine else seat.actor
        said[seat.stem] = 0
        for belief, n, _ in held.runs[seat.stem]:
            took = int(draw.binomial(n, moved(belief.p, unit)))
            said[seat.stem] += took
            if belief.kind == "actor":
                persons[belief.name] = took > 0
    tests: list[Body] = []
    met = _met(game, game.node, _voice(game, said, persons), said, tests)
    return World(seed, met, shifts, tuple(tests))


def _voice(game: Game, said: dict[str, int], persons: dict[str, bool]) -> Callable[[Leaf], bool]:
    def voice(leaf: Leaf) -> bool:
        name = leaf.id if leaf.id in persons else leaf.actor
        if name in persons:
            return persons[name]
        if leaf.id in said:
            return said[leaf.id] > 0
        seat: Seat = game.of_stem[leaf.id.rpartition("/")[0]]
        return int(leaf.id.rpartition("/")[2]) <= said[seat.stem]

    return voice


def _met(
    game: Game, node: Node, voice: Callable[[Leaf], bool], said: dict[str, int], tests: list[Body], unit: str = ""
) -> bool:
    if isinstance(node, Leaf):
        return voice(node)
    if not isinstance(node, Gate):
        rule = _met(game, node.rule, voice, said, tests, unit)
        return not _met(game, node.exception, voice, said, tests, unit) and rule
    place = len(tests)
    unit = node.unit if node.unit in game.states else unit
    if node.members:
        yes = said[f"{node.act}:{node.body}"]
    else:
        met = [_met(game, child, voice, said, tests, unit) for child in node.children]
        yes = sum(node.weight(i) for i, ok in enumerate(met) if ok)
    if node.members or node.act or node.weights:
        name = node.body or node.id
        seat = game.of_stem.get(f"{node.act}:{node.body}")
        test = Body(name, game.named(name) or node.label, yes, node.need, node.of, yes >= node.need,
                    seat.unit if seat else unit)  # fmt: skip
        tests.insert(place, test)
    return yes >= node.need
