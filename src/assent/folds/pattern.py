"""Pattern: what every minimal coalition looks like, threshold by threshold, where they are too many to list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assent.folds.game import Options, Take, game
from assent.folds.modules import Module, modules

if TYPE_CHECKING:
    from assent.circuit.nodes import Node
    from assent.folds.game import Game


@dataclass(frozen=True, slots=True)
class Pattern:
    """A threshold with what it is made of.

    Attributes
    ----------
    name
        Of the gate, or of the alike leaves.
    need, of
        So much of so much. The thresholds are those of the game: what blocks has its own.
    parts
        With the weight of a unit of each; empty for alike leaves.
    shared
        Parts are shared between gates inside: ``need`` and ``of`` do not describe it.
    alike
        Names of the gates that differ from it only in who is in them.
    """

    name: str
    need: int
    of: int
    parts: tuple[tuple[int, Pattern], ...] = ()
    shared: bool = False
    alike: tuple[str, ...] = ()

    def text(self) -> str:
        """The pattern on one line."""
        if not self.parts:
            return self.name if self.of == 1 else f"{self.need} of {self.name}"
        below = [(weight, part, part.text()) for weight, part in self.parts]
        if self.shared:
            return f"of {self.of} parts that share gates: " + "; ".join(text for _, _, text in below)
        if self.need == self.of:
            return ", ".join(text for _, _, text in below)
        weighed = any(weight > 1 for weight, _ in self.parts)
        told = []
        for weight, part, text in below:
            names = ", ".join(name for name in (part.name, *part.alike) if name)
            said = f"{names}: {text}" if part.parts and names else text
            told.append(f"{said} ({weight} each)" if weighed else said)
        return f"{self.need} of {self.of} {{{'; '.join(told)}}}"


def pattern(node: Node, goal: Literal["meet", "block"] = "meet") -> Pattern | None:
    """What every minimal coalition looks like.

    Returns
    -------
    Pattern or None
        ``None`` if the circuit is decided.

    Raises
    ------
    ValueError
        The circuit is not monotone.

    Examples
    --------
    >>> from assent.circuit.nodes import Gate
    >>> states = tuple(Gate(s, "", 2, act="v", body=f"{s}/upper", members=3, unit=s) for s in ("X", "Y", "Z"))
    >>> law = Gate("law", "", 2, (Gate("house", "", 5, act="v", body="house", members=9), Gate("r", "", 2, states)))
    >>> pattern(law).text()
    '5 of v:house, 2 of 3 {2 of v:X/upper; 2 of v:Y/upper; 2 of v:Z/upper}'
    """
    made = game(node, Options(dual=goal == "block"))
    top = modules(made)
    if isinstance(top, bool):
        return None
    names: dict[int, str] = {}
    for name, refs in sorted(made.named.items(), key=lambda pair: (":" in pair[0], len(pair[0]), pair[0])):
        for ref in refs:
            if not isinstance(ref, bool):
                names.setdefault(ref, name)
    return _pattern(made, top, names)


def _pattern(made: Game, module: Module, names: dict[int, str]) -> Pattern:
    name = names.get(module.row + len(made.classes), "")
    first, size = module.parts[0], module.sizes[0]
    if len(module.parts) == 1 and not isinstance(first, Module):
        return Pattern(Take(made.classes[first], size).name, module.need, size)
    found: dict[object, tuple[int, Pattern]] = {}
    for place, (part, many) in enumerate(zip(module.parts, module.sizes, strict=True)):
        weight = 1 if module.knot else module.weights[place]
        if not isinstance(part, Module):
            found[place] = weight, Pattern(Take(made.classes[part], many).name, many, many)
            continue
        below = _pattern(made, part, names)
        same = (weight, part.shape) if below.parts and below.name else place
        if same in found:
            weight, before = found[same]
            alike = (*before.alike, below.name)
            below = Pattern(before.name, before.need, before.of, before.parts, before.shared, alike)
        found[same] = weight, below
    of = len(module.parts) if module.knot else module.total
    return Pattern(name, module.need, of, tuple(found.values()), module.knot)
