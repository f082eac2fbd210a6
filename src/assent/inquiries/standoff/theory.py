"""Theory: results of the literature on bargaining and reputation, with the numbers of a standoff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from assent.inquiries.standoff.breakeven import number

if TYPE_CHECKING:
    from assent.inquiries.standoff.parameters import Given

FOLLOWING = (1, 2, 5, 10)


class Bargaining(Struct, frozen=True):
    """The shares of the stake, for the state, that both sides prefer to a use of force.

    Attributes
    ----------
    low, high
        The ends as they come out; ``None`` of ``shares`` where none between 0 and 1 is left.
    shares
        The part of the range between 0 and 1.
    """

    low: float
    high: float
    shares: tuple[float, float] | None
    text: str
    formula: str


class Theory(Struct, frozen=True):
    """A result of the literature with these numbers.

    Attributes
    ----------
    id
        ``fearon-range``, ``risk-return``, ``power-shift`` or ``reputation``.
    value
        The number it gives, if it gives one here.
    """

    id: str
    title: str
    text: str
    value: float | None
    formula: str
    cite: tuple[str, ...]


def bargaining_of(given: Given) -> Bargaining:
    """The bargaining range."""
    from assent.models.standoff.conditions import bargaining

    numbers = given.numbers
    low, high = (float(end) for end in bargaining(numbers))
    least = "(1−p)ρ − kS/s"  # noqa: RUF001 - the usual symbol
    most = "(1−p)(1+R) + kF/s − φR" if numbers.lump_sum else "((1−p)(1+R) + kF/s)/(1 + φR)"
    formula = f"[{least}, {most}]"
    shares = (max(low, 0.0), min(high, 1.0)) if low <= high and high >= 0 and low <= 1 else None
    if shares is None:
        text = "No share of the stake is better than force for both sides."
    else:
        text = f"Any share for the state from {number(shares[0])} to {number(shares[1])} is better than force for both."
        if low <= 0:
            text += " It would rather have nothing than fight."
        if high >= 1:
            text += " The federal side would rather give all than fight."
    return Bargaining(low, high, shares, text, formula)


def theory_of(given: Given) -> tuple[Theory, ...]:
    """Fearon's range, risk-return trade-off and power shift; Kreps and Wilson's threshold of reputation."""
    return (*_fearon(given), _reputation(given))


def _fearon(given: Given) -> tuple[Theory, ...]:
    from assent.models.standoff.literature import fearon_range, risk_return, shift_needed

    n = given.numbers
    cost, other = n.federal_force_cost / n.stake, n.state_force_cost / n.stake
    low, high = fearon_range(n.victory, cost, other)
    drawn = given.parameters["state-force-cost"].range
    most = drawn.high if drawn else 2 * float(n.state_force_cost)
    gamble = risk_return(float(n.victory), float(cost), most / float(n.stake)) if most else None
    discount = given.fraction("discount")
    shift = shift_needed(1 - n.victory, cost, discount)
    if shift < 1:
        said = (
            f"If a period later is worth {number(discount)} of this one, the federal side would attack now if the "
            f"state's chance to prevail were to grow from {number(1 - n.victory)} to more than {number(shift)}."
        )
    else:
        said = "No growth of the state's chance to prevail would make the federal side attack early."
    risk = (
        f"If force cost the state anything from nothing to {number(most)}, the best demand would be refused, and "
        f"fought over, with probability {number(gamble.war)}."
        if gamble
        else "Force costs the state nothing."
    )
    return (
        Theory("fearon-range", "The bargaining range without precedent or recognition",
               f"The federal side's share could be anything from {number(max(low, 0))} to {number(min(high, 1))}.",
               None, "(p − kF/s, p + kS/s)", ("fearon-1995",)),
        Theory("risk-return", "Demanding more and risking war",
               risk, float(gamble.war) if gamble else None, "(1 − cF/C)/2", ("fearon-1995",)),
        Theory("power-shift", "Attacking before the other grows", said, float(shift) if shift < 1 else None,
               "δ·p₂ − p₁ > kF/s·(1−δ)²", ("fearon-1995",)),
    )  # fmt: skip


def _reputation(given: Given) -> Theory:
    from assent.models.standoff.literature import deterred_above

    n = given.numbers
    fight, followers = n.fight, int(given.fraction("followers"))
    cite = ("kreps-wilson-1982", "walter-2009")
    title = "Fighting the first to deter the rest"
    if fight >= 0:
        said = "Fighting is not worse for a challenger than staying, so no reputation deters it."
        return Theory("reputation", title, said, None, "b^N", cite)
    worth = n.possession / (n.possession - fight)
    each = "; ".join(f"{number(float(deterred_above(worth, count)))} with {count}" for count in FOLLOWING)
    least = float(deterred_above(worth, followers))
    said = (
        f"Unopposed, a challenge is worth b = {number(worth)} of what separates it from being fought. With {followers} "
        f"possible challengers the first is deterred if the prior of a tough federal side is above {number(least)} "
        f"(above {each})."
    )
    return Theory("reputation", title, said, least, "b^N, b = A/(A − W)", cite)
