"""Unasked: what a standoff says in short, beside the paths that ask for consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from assent.inquiries.reproduce import command
from assent.inquiries.standoff.branches import Payoffs, path_of, payoffs
from assent.inquiries.standoff.breakeven import BreakEven, closed_of
from assent.inquiries.standoff.entries import FOLDER
from assent.inquiries.standoff.ladder import Placed, placed
from assent.inquiries.standoff.parameters import given_of
from assent.inquiries.standoff.story import Step

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction

KEPT = ("force-is-credible", "state-folds", "lawful-route-pays")


class Unasked(Struct, frozen=True):
    """What would follow if a state went ahead without asking, at the library's defaults.

    Attributes
    ----------
    path, if_defied
        What happens if nobody makes mistakes; and what would follow if the state went ahead all the same.
    payoffs
        What going ahead would be worth, against the status quo.
    break_even
        The values on which it turns.
    known
        What becomes of defiance on the stakes that are known.
    assumed, measured
        How many numbers are assumptions, and the symbols of those that are evidence.
    more
        The command that shows the whole.
    """

    path: tuple[Step, ...]
    if_defied: tuple[Step, ...]
    payoffs: Payoffs
    break_even: tuple[BreakEven, ...]
    known: tuple[Placed, ...]
    assumed: int
    measured: tuple[str, ...]
    more: str


def unasked_of(place: Jurisdiction, code: str, name: str) -> Unasked | None:
    """The standoff in short; ``None`` where the library has no numbers for one."""
    from assent.models.standoff.induction import solve
    from assent.models.standoff.tree import chances, tree_of

    if not (place.root / FOLDER / "parameters.yaml").is_file():
        return None
    given, tree = given_of(place), tree_of()
    found, odds = solve(tree, given.numbers), chances(given.numbers)
    defied = tree.place("defy")
    game = [p for p in given.parameters.values() if p.use == "game"]
    measured = tuple(p.symbol for p in game if p.standing == "evidence")
    return Unasked(
        path_of(found, odds, 0, name),
        path_of(found, odds, defied, name),
        payoffs(found, defied),
        tuple(b for b in closed_of(tree, given, name) if b.id in KEPT),
        placed(tree, given),
        len(game) - len(measured),
        measured,
        command("standoff", code),
    )
