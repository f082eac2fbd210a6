"""The answer of this project to an instance of the counting benchmark: the circuit, then one fold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from assent.circuit.nodes import Gate, Leaf
from assent.folds.chance import Chance, Tail, at_least, chance, scenarios
from assent.folds.power import count_winning, power

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.circuit.nodes import Node

Answer = dict[str, Any]
MADE: dict[str, Gate] = {}  # circuits that are asked about again


def circuit(asked: dict[str, Any]) -> Gate:
    """The circuit of an instance; members of a crowd and of a tree are alike and stand as numbers where they are."""
    said = asked["said"]
    if asked["form"] == "tree":
        bodies = iter(range(1_000_000))

        def tree(node: dict[str, Any]) -> Gate:
            name = f"b{next(bodies)}"
            if "members" in node:
                return Gate(name, name, node["need"], act="vote", body=name, members=node["members"])
            return Gate(name, name, node["need"], tuple(tree(child) for child in node["of"]))

        return tree(said["tree"])
    if asked["form"] == "crowd":
        return Gate("crowd", "", said["need"], act="vote", body="crowd", members=said["members"])
    leaves = tuple(Leaf("vote", f"m{i}") for i in range(len(said["criteria"][0]["weights"])))
    votes = tuple(
        Gate(f"v{i}", "", one["need"], leaves, weights=() if set(one["weights"]) == {1} else tuple(one["weights"]))
        for i, one in enumerate(said["criteria"])
    )
    root = votes[0] if len(votes) == 1 else Gate("all", "", len(votes), votes)
    if "block" not in said:
        return root
    return Gate("or", "", 1, (root, Gate("block", "", len(leaves) - said["block"] + 1, leaves)))


def members(node: Node) -> list[str]:
    """Every leaf once, in order."""
    if isinstance(node, Leaf):
        return [node.id]
    assert isinstance(node, Gate)  # noqa: S101 - instances hold nothing else
    own = [f"{node.act}:{node.body}/{place}" for place in range(1, node.members + 1)]
    return list(dict.fromkeys([*own, *(leaf for child in node.children for leaf in members(child))]))


def beliefs(said: dict[str, Any]) -> dict[str, Any]:
    """What is believed of the members: of each, or of all the same."""
    if "probabilities" in said:
        return {"vote:crowd": [(1, p) for p in said["probabilities"]]}
    return {"vote": said.get("probability", 0.5)}


def question(asked: dict[str, Any]) -> Callable[[], Callable[[], Answer]]:
    """The question put to the folds; what comes back is written out by a second call.

    The circuit is made anew, unless the question is about one that is asked about again.
    """
    said = asked["said"]
    node = MADE.get(asked["name"]) or circuit(asked)
    if said.get("again"):
        MADE[asked["name"]] = node
    if asked["ask"] == "count":

        def count() -> Callable[[], Answer]:
            many = count_winning(node)
            return lambda: {"count": str(many), "method": "exact integers"}

        return count
    every = asked["ask"] == "gradients"
    if asked["ask"] == "scenarios":
        many = {"vote": np.array(said["scenarios"])}

        def worlds() -> Callable[[], Answer]:
            found = scenarios(node, many)
            return lambda: {"values": found.probability.tolist(), "method": found.method}

        return worlds
    if "probabilities" in said and "named" not in said:
        chances = np.array(said["probabilities"])

        def tail() -> Callable[[], Answer]:
            found = at_least(said["need"], chances, gradients=every)
            return lambda: _told(found, found.gradients.tolist())

        return tail
    if every or asked["ask"] == "chance":
        given = beliefs(said)

        def probability() -> Callable[[], Answer]:
            found = chance(node, given, gradients=every)
            return lambda: _told(found, _slopes(node, found) if every else [])

        return probability

    def index() -> Callable[[], Answer]:
        found = power(node, asked["ask"])
        return lambda: {
            "values": _each(node, {leaf: value.normalized for value in found.values for leaf in value.ids()}),
            "method": found.method,
            "error_bound": found.error_bound,
        }

    return index


def _told(found: Chance | Tail, gradients: list[float]) -> Answer:
    answer = {"value": found.probability, "method": found.method, "error_bound": found.error_bound}
    return answer | ({"gradients": gradients} if gradients else {})


def _slopes(node: Node, found: Chance) -> list[float]:
    return _each(node, {leaf: one.value for one in found.gradients for leaf in one.ids()})


def _each(node: Node, values: dict[str, float]) -> list[float]:
    return [float(values[leaf]) for leaf in members(node)]
