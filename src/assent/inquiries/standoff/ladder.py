"""Ladder: what becomes of defiance as the stake grows, and why what is tolerated at the foot is not at the top."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.inquiries.standoff.breakeven import number
from assent.inquiries.standoff.story import brief

if TYPE_CHECKING:
    from assent.inquiries.standoff.parameters import Given
    from assent.models.standoff.parameters import Parameters
    from assent.models.standoff.tree import Tree

LEAST = Fraction(1, 10**6)
# What is said of a rung by its fate: of the lowest one, and of one whose beginning no closed form explains.
FOOT = {
    "tolerated": "Neither sanctions nor force are worth their cost.",
    "deterred": "Whatever the stake, going ahead would end worse than staying.",
    "settled": "A share of the stake is offered and accepted.",
}
BEGINS = {
    "tolerated": "From here on nothing that would stop it is worth its cost.",
    "deterred": "From here on going ahead would end worse than staying.",
    "settled": "From here on a share of the stake is offered and accepted.",
    "fought": "From here on the state would rather fight than back down.",
    "lawful": "From here on the lawful route is worth its cost.",
}


class Rung(Struct, frozen=True, rename={"from_": "from"}):
    """A range of stakes over which the same becomes of ordinary defiance.

    Attributes
    ----------
    from_, to
        The stakes, as shares of the whole; ``exact_from`` and ``exact_to`` as fractions.
    fate
        ``tolerated``, ``deterred``, ``settled``, ``lawful`` or ``fought``.
    path, defied
        The outcome, by the moves that lead there: from the start, and once the state defies.
    text
        What happens and why.
    begins
        What holds here, and what changed where it begins.
    examples
        The kinds of defiance that stand here.
    """

    from_: float
    to: float
    exact_from: str
    exact_to: str
    fate: str
    path: str
    defied: str
    text: str
    begins: str
    examples: tuple[str, ...]


class Placed(Struct, frozen=True):
    """A known kind of defiance, solved at its own stake."""

    name: str
    stake: float
    statehood: bool
    path: str
    defied: str
    fate: str
    text: str
    why: str


def ladder_of(tree: Tree, given: Given) -> tuple[Rung, ...]:
    """The rungs of ordinary defiance, which nobody has to recognise, all other numbers held."""
    from assent.models.standoff.conditions import rungs
    from assent.models.standoff.turns import turns

    plain = given.numbers.having(statehood=False)
    changes = turns(tree, plain, {"stake": (LEAST, Fraction(1))})
    ends = [Fraction(0), *(turn.at for turn in changes), Fraction(1)]
    known = rungs(plain)
    reasons = {
        known.sanctions: "Sanctions become worth imposing: s₁ = xF/(1+R+aF).",
        known.bite_ends: "Sanctions are no longer worth obeying: s₂ = ½·xS/(1+aS).",
        known.force: "Force becomes credible: s₃ = kF/(p(1+R)+aF).",
    }
    found = []
    for low, high in pairwise(ends):
        path, defied = _outcome(tree, plain.having(stake=(low + high) / 2))
        examples = tuple(e.name for e in given.examples if e.statehood == "no" and low < Fraction(e.stake) <= high)
        found.append(
            Rung(
                float(low),
                float(high),
                str(low),
                str(high),
                fate(path),
                path,
                defied,
                _text(path, defied),
                (reasons.get(low) or BEGINS.get(fate(path), "")) if low else FOOT.get(fate(path), ""),
                examples,
            )
        )
    return tuple(found)


def placed(tree: Tree, given: Given) -> tuple[Placed, ...]:
    """The kinds of defiance that the library knows, each solved at its own stake."""
    found = []
    for example in given.examples:
        stake = Fraction(example.stake)
        path, defied = _outcome(tree, given.numbers.having(stake=stake, statehood=example.statehood == "yes"))
        found.append(
            Placed(
                example.name,
                float(stake),
                example.statehood == "yes",
                path,
                defied,
                fate(path),
                _text(path, defied),
                " ".join(example.why.split()),
            )
        )
    return tuple(found)


def fate(path: str) -> str:
    """What becomes of the state's wish, in one word.

    Examples
    --------
    >>> fate("defy/tolerate"), fate("stay"), fate("defy/negotiate/10%/accept")
    ('tolerated', 'deterred', 'settled')
    """
    if path == "stay":
        return "deterred"
    if path.startswith("petition"):
        return "lawful"
    if path.endswith("/accept"):
        return "settled"
    if path.endswith("/force"):
        return "fought"
    return "tolerated" if path.endswith(("tolerate", "/yield")) else "given up"


def _outcome(tree: Tree, numbers: Parameters) -> tuple[str, str]:
    from assent.models.standoff.induction import solve
    from assent.models.standoff.tree import group

    found = solve(tree, numbers)
    ends = [found.path(start)[-1] for start in (0, tree.place("defy"))]
    return group(tree.nodes, ends[0]), group(tree.nodes, ends[1])


def _text(path: str, defied: str) -> str:
    if path.startswith("defy"):
        return f"Defied: {brief(path)}."
    return f"Not defied; it would be {brief(defied)}." if path == "stay" else f"Goes {brief(path)}."


def extrapolation(rungs: tuple[Rung, ...], known: tuple[Placed, ...]) -> str:
    """Why what becomes of a small defiance says nothing of a large one."""
    small = next((p for p in known if not p.statehood), None)
    large = next((p for p in known if p.statehood), None)
    if small is None or large is None:
        return ""
    if small.fate == large.fate:
        return f"Here {small.name} and {large.name} would end alike, {small.fate}, for different reasons."
    ends = f"{small.name} is {small.fate}, {large.name} is {large.fate}"
    changes = [rung for rung in rungs if rung.from_ > small.stake]
    between = ", ".join(f"{rung.fate} from {number(rung.from_)}" for rung in changes)
    lead = f"With these numbers {ends}. "
    if not changes:
        return f"{lead}What differs is that leaving needs recognition."
    times = "once" if len(changes) == 1 else f"{len(changes)} times"
    lesson = (
        "A small stake is let be because answering costs more than it is worth, which says nothing of a large one."
        if small.fate == "tolerated"
        else "What becomes of a small stake says nothing of a large one."
    )
    return f"{lead}Between the two stakes the answer changes {times}: {between}. {lesson}"
