"""Published tables of voting power: the games they are about as circuits, and what their sources say of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from assent.circuit.nodes import Gate, Leaf
from tests.counting import brute, crowds
from tests.counting.brute import Brute
from tests.counting.crowds import Crowds
from tests.counting.halves import Halves
from tests.counting.sums import Sums

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.circuit.nodes import Node

FOLDER = Path(__file__).parent / "published"
ACT = "vote"
FEW = 16  # so many leaves are tried world by world


def circuit(rule: str | dict[str, Any], name: str = "rule") -> Node:
    """The circuit of a rule as a table writes it; the same name is the same leaf everywhere."""
    if isinstance(rule, str):
        return Leaf(ACT, rule, rule)
    if "quota" in rule:
        below = tuple(Leaf(ACT, member, member) for member in rule["weights"])
        return Gate(name, name, rule["quota"], below, weights=tuple(rule["weights"].values()))
    if "members" in rule:
        return Gate(name, name, rule["need"], act=ACT, body=rule["body"], members=rule["members"])
    kind = next(key for key in ("all", "any", "of") if key in rule)
    children = tuple(circuit(child, f"{name}.{place}") for place, child in enumerate(rule[kind]))
    need = {"all": len(children), "any": 1}.get(kind) or rule["need"]
    return Gate(name, name, need, children)


@dataclass(frozen=True)
class Game:
    """One game of a file."""

    file: str
    said: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What a test calls it."""
        return f"{self.file}-{self.said['id']}"

    @property
    def tables(self) -> list[dict[str, Any]]:
        """What sources print of its power."""
        return list(self.said.get("tables", ()))

    @property
    def facts(self) -> dict[str, Any]:
        """What sources say of it otherwise."""
        return dict(self.said.get("facts", {}))

    @property
    def node(self) -> Node:
        """Its circuit."""
        return circuit(self.said["rule"])

    def leaf(self, member: str) -> str:
        """The id of a member as a table names it; of a crowd, that of its first."""
        found = f"{ACT}:{member}"
        return f"{found}/1" if crowds.kinds(self.node).get(found, 1) > 1 else found


@cache
def games() -> tuple[Game, ...]:
    """Every game of every file."""
    files = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.yaml"))}
    return tuple(Game(stem, said) for stem, file in files.items() for said in file["games"])


@dataclass(frozen=True)
class Printed:
    """A number as a source prints it: a fraction, or a decimal with so many digits."""

    text: str
    per: int = 1

    @property
    def exact(self) -> bool:
        """Whether nothing was rounded."""
        return "." not in self.text

    def is_of(self, value: Fraction, slack: float = 0.0) -> bool:
        """Whether the value is what is printed, to the digits printed."""
        if self.exact:
            return abs(value * self.per - Fraction(self.text)) <= slack * abs(Fraction(self.text))
        digit = Fraction(10) ** Decimal(self.text).as_tuple().exponent
        return abs(value * self.per - Fraction(self.text)) <= digit / 2 + Fraction(slack)


class Oracle:
    """Exact answers about a game from whichever oracle can hold it, by leaf id."""

    def __init__(self, game: Game) -> None:
        self.node = game.node
        self.leaves = brute.ids(self.node)
        self.kinds = crowds.kinds(self.node)
        self.by_kind = False
        rule = game.said["rule"]
        self.of: Any
        if len(self.leaves) <= FEW:
            self.of = Brute(self.node)
        elif max(self.kinds.values()) > 1:
            self.of, self.by_kind = Crowds(self.node), True
        elif "quota" in rule:
            self.of = Sums(rule["quota"], {f"{ACT}:{name}": weight for name, weight in rule["weights"].items()})
        else:
            self.of = _halves(self.node, self.leaves)

    def _by_leaf(self, found: Mapping[str, Any]) -> dict[str, Any]:
        if not self.by_kind:
            return dict(found)
        return {f"{kind}/1" if self.kinds[kind] > 1 else kind: value for kind, value in found.items()}

    def values(self, index: str, *, absolute: bool) -> dict[str, Fraction]:
        """Leaf → value; of a crowd, its first member only."""
        return self._by_leaf(self.of.value(index) if absolute else self.of.normalized(index))

    def swings(self) -> dict[str, int]:
        """Leaf → swings; of a crowd, its first member only."""
        return self._by_leaf(self.of.swings() if callable(self.of.swings) else self.of.swings)

    @property
    def winning(self) -> int:
        """How many coalitions win."""
        return int(self.of.winning)


def _halves(node: Node, leaves: tuple[str, ...]) -> Halves:
    lists: list[Gate] = []

    def collect(node: Node) -> None:
        assert isinstance(node, Gate)
        if all(isinstance(child, Leaf) for child in node.children):
            lists.append(node)
        else:
            for child in node.children:
                collect(child)

    collect(node)
    weights = tuple(
        tuple(
            next(
                (gate.weight(place) for place, child in enumerate(gate.children) if getattr(child, "id", "") == leaf), 0
            )
            for leaf in leaves
        )
        for gate in lists
    )

    def rule(*sums):
        left = iter(sums)

        def met(node):
            if all(isinstance(child, Leaf) for child in node.children):
                return next(left) >= node.need
            return sum(met(child).astype(int) for child in node.children) >= node.need

        return met(node)

    return Halves(leaves, weights, rule)
