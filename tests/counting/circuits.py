"""Random circuits, and every index by looking at every coalition: slow, plain, and independent of the package."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from assent.circuit.nodes import Except, Gate, Leaf


def random_circuit(rng, *, actors=10, shared=False, exceptions=False, heavy=False):
    """A circuit of at most so many leaves; with ``shared``, leaves may occur in more than one place."""
    names = [Leaf("vote", f"x{i}") for i in range(actors)]
    used = [0]

    def leaf():
        if shared and used[0] and rng.random() < 0.5:
            return names[rng.randrange(used[0])]
        used[0] += 1
        return names[used[0] - 1]

    def grow(depth):
        left = actors - used[0]
        if depth == 0 or left <= 1 or rng.random() < 0.2:
            if left >= 3 and rng.random() < 0.3:
                size = rng.randint(2, min(5, left))
                used[0] += size
                names[used[0] - size : used[0]] = [Leaf("vote", f"x{used[0]}-gone")] * size
                return Gate(f"b{used[0]}", "", rng.randint(1, size), act="vote", body=f"b{used[0]}", members=size)
            if left <= 0:
                return names[0] if shared else None
            return leaf()
        children = []
        for _ in range(rng.randint(2, 4)):
            child = grow(depth - 1) if actors - used[0] > 0 or shared else None
            if child is not None:
                children.append(child)
        if not children:
            return None
        if exceptions and len(children) == 2 and rng.random() < 0.3:
            return Except("unless", "", children[0], children[1])
        weights = ()
        if rng.random() < 0.5:
            weights = tuple(rng.randint(0, 10**6 if heavy else 6) for _ in children)
        total = sum(weights) if weights else len(children)
        return Gate(f"g{used[0]}", "", rng.randint(1, max(1, total)), tuple(children), weights=weights)

    return grow(rng.randint(1, 3)) or names[0]


def ids_of(node):
    """Every leaf id once, members one by one, in the order of the circuit."""
    found = {}

    def walk(n):
        if isinstance(n, Leaf):
            found.setdefault(n.id)
        elif isinstance(n, Except):
            walk(n.rule)
            walk(n.exception)
        elif n.members:
            for i in range(n.members):
                found.setdefault(f"{n.act}:{n.body}/{i + 1}")
        else:
            for child in n.children:
                walk(child)

    walk(node)
    return list(found)


def met(node, yes):
    """Whether the circuit is met by a set of leaf ids."""
    if isinstance(node, Leaf):
        return node.id in yes
    if isinstance(node, Except):
        return met(node.rule, yes) and not met(node.exception, yes)
    if node.members:
        return sum(f"{node.act}:{node.body}/{i + 1}" in yes for i in range(node.members)) >= node.need
    return sum(node.weight(i) for i, c in enumerate(node.children) if met(c, yes)) >= node.need


class Brute:
    """Every coalition of a circuit, and what the definitions make of them, in exact fractions."""

    def __init__(self, node):
        self.ids = ids_of(node)
        n = len(self.ids)
        self.wins = [met(node, {x for i, x in enumerate(self.ids) if s >> i & 1}) for s in range(1 << n)]
        self.winning = sum(self.wins)

    def critical(self, i):
        bit = 1 << i
        return [s for s, win in enumerate(self.wins) if s & bit and win and not self.wins[s ^ bit]]

    def swings(self):
        return {x: len(self.critical(i)) for i, x in enumerate(self.ids)}

    def probability(self, p):
        total = Fraction(0)
        for s, win in enumerate(self.wins):
            if win:
                part = Fraction(1)
                for i, x in enumerate(self.ids):
                    part *= p[x] if s >> i & 1 else 1 - p[x]
                total += part
        return total

    def index(self, name, p=None):
        n = len(self.ids)
        crit = {x: self.critical(i) for i, x in enumerate(self.ids)}
        losing = (1 << n) - self.winning
        if name == "banzhaf":
            return {x: Fraction(len(c), 1 << (n - 1)) for x, c in crit.items()}
        if name == "coleman-initiate":
            return {x: Fraction(len(c), losing) if losing else Fraction(0) for x, c in crit.items()}
        if name == "coleman-prevent":
            return {x: Fraction(len(c), self.winning) if self.winning else Fraction(0) for x, c in crit.items()}
        if name == "shapley-shubik":
            w = [Fraction(factorial(s - 1) * factorial(n - s), factorial(n)) if s else 0 for s in range(n + 1)]
            return {x: sum((w[s.bit_count()] for s in c), Fraction(0)) for x, c in crit.items()}
        if name == "birnbaum":
            return {x: self.probability({**p, x: Fraction(1)}) - self.probability({**p, x: Fraction(0)}) for x in crit}
        number = {}
        for c in crit.values():
            for s in c:
                number[s] = number.get(s, 0) + 1
        least = {s for s, k in number.items() if k == s.bit_count()}
        if name == "johnston":
            return {x: sum((Fraction(1, number[s]) for s in c), Fraction(0)) for x, c in crit.items()}
        if name == "holler":
            return {x: Fraction(sum(s in least for s in c)) for x, c in crit.items()}
        assert name == "deegan-packel"
        every = len(least)
        return {x: sum((Fraction(1, s.bit_count()) for s in c if s in least), Fraction(0)) / (every or 1)
                for x, c in crit.items()}  # fmt: skip
