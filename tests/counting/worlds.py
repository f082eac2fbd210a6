"""Random monotone circuits, and what is true of each of them in every world: the oracle of coalitions and plans."""

from __future__ import annotations

import random
from functools import reduce

import numpy as np

from assent.circuit.names import whole
from assent.circuit.nodes import Gate, Leaf
from assent.folds.game import members, parts

MOST = 14


def circuit(seed: int, most: int = MOST) -> Gate:
    """A random circuit of leaves and bodies, with and without weights and shared leaves."""
    draw = random.Random(seed)
    shared = draw.random() < 0.6
    number = iter(range(100))

    def grow(depth):
        if depth == 0 or draw.random() < 0.25:
            if draw.random() < 0.35:
                size = draw.randint(1, 4)
                body = "common" if shared and draw.random() < 0.4 else f"body{next(number)}"
                return Gate("", "", draw.randint(1, size), act="v", body=body, members=size)
            if shared and draw.random() < 0.6:
                return Leaf("v", draw.choice("abcde"))
            return Leaf("v", f"x{next(number)}")
        children = tuple(grow(depth - 1) for _ in range(draw.randint(1, 4)))
        if draw.random() < 0.5:
            weights = tuple(draw.randint(0, 5) for _ in children)
            return Gate("", "", draw.randint(0, sum(weights) + 1), children, weights=weights)
        return Gate("", "", draw.randint(1, len(children)), children)

    while True:
        made = grow(draw.randint(1, 3))
        if isinstance(made, Gate) and 1 <= len(ids(made)) <= most:
            return made


def chambers(seed: int) -> Gate:
    """A random circuit of a few gates with names, one of whose members may stand beside them."""
    draw = random.Random(seed)
    made = []
    for i in range(draw.randint(1, 3)):
        size = draw.randint(2, 6)
        own = tuple(Leaf("v", f"leaf{i}_{j}") for j in range(size))
        kind = {"act": "v", "body": f"B{i}", "members": size} if draw.random() < 0.6 else {"children": own}
        made.append(Gate(f"G{i}", "", draw.randint(1, size), unit=f"U{i}", **kind))
    if made[0].members and draw.random() < 0.5:
        made.append(Leaf("v", "B0/1"))
    node = Gate("top", "", draw.randint(1, len(made)), tuple(made))
    return node if len(ids(node)) <= 12 else chambers(seed + 10_000)


def ids(node) -> list[str]:
    """Every leaf once."""
    found = {}
    for part in parts(node):
        if isinstance(part, Leaf):
            found[part.id] = None
        elif isinstance(part, Gate):
            found |= dict.fromkeys(whole(*member) for member in members(part))
    return list(found)


class Worlds:
    """All worlds of a circuit, one bit for each leaf."""

    def __init__(self, node) -> None:
        self.node, self.ids = node, ids(node)
        self.size = len(self.ids)
        every = np.arange(1 << self.size)
        self.leaf = {leaf: (every >> i & 1).astype(bool) for i, leaf in enumerate(self.ids)}
        self.wins = self.met(node)

    def met(self, node, fixed=None):
        """Whether a node is met, in every world; gates in ``fixed`` (by unit) are settled."""
        if isinstance(node, Leaf):
            return self.leaf[node.id]
        if fixed and node.unit in fixed:
            return np.full(1 << self.size, fixed[node.unit])
        if node.members:
            total = sum(self.leaf[whole(*m)].astype(int) for m in members(node))
        else:
            zero = np.zeros(1 << self.size, int)
            total = sum((node.weight(i) * self.met(c, fixed) for i, c in enumerate(node.children)), zero)
        return total >= node.need

    def dual(self, table):
        """Whether something is blocked when those in the world say no and all others yes."""
        return ~table[::-1]

    def minimal(self, table):
        """Worlds in the table of which no smaller world is in the table."""
        below = table.astype(np.int64)
        for i in range(self.size):
            below = below.reshape(-1, 2, 1 << i)
            below[:, 1, :] += below[:, 0, :]
            below = below.reshape(-1)
        return table & (below == 1)

    def sum(self, weights):
        """The weight of those who say yes, in every world."""
        zero = np.zeros(1 << self.size, int)
        return reduce(lambda a, b: a + b, (self.leaf[leaf] * w for leaf, w in weights.items()), zero)

    def who(self, world: int) -> frozenset[str]:
        """Who says yes in a world."""
        return frozenset(leaf for i, leaf in enumerate(self.ids) if world >> i & 1)
