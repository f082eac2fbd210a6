"""Literature: results of others that bear on a standoff, in the form in which they were published.

References
----------
Fearon, J. D. (1995), Rationalist Explanations for War, International Organization 49(3), 379-414.
Kreps, D. M. and Wilson, R. (1982), Reputation and Imperfect Information, Journal of Economic Theory 27(2), 253-279.
Walter, B. F. (2009), Reputation and Civil War: Why Separatist Conflicts Are So Violent, Cambridge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assent.models.standoff.parameters import Parameters

if TYPE_CHECKING:
    from assent.models.standoff.parameters import Number

# Everything zero but the stake, which is the whole: a standoff to start from.
BARE = Parameters(1, *(0,) * 19, statehood=False)


def fearon_range(victory: Number, federal_cost: Number, state_cost: Number) -> tuple[Number, Number]:
    """The shares for the federal side that both prefer to war: (p − kF, p + kS).

    Examples
    --------
    >>> fearon_range(0.5, 0.25, 0.125)
    (0.25, 0.625)
    """
    return victory - federal_cost, victory + state_cost


class Gamble(NamedTuple):
    """The best demand of one who does not know the other's cost of war, and the chance of war that it takes."""

    demand: Number
    war: Number


def risk_return(victory: Number, cost: Number, most: Number) -> Gamble:
    """The risk-return trade-off: the other's cost of war is uniform between nothing and ``most``.

    A higher demand brings more if it is accepted and is refused more often. The best one is p + (C − cF)/2, refused
    with probability (1 − cF/C)/2.

    Parameters
    ----------
    victory, cost
        The chance that the one who demands prevails, and its own cost of war, as a share of the stake.
    most
        C, as a share of the stake; above zero.

    Examples
    --------
    >>> risk_return(0.5, 0.125, 0.25)
    Gamble(demand=0.5625, war=0.25)
    """
    margin = (most - cost) / 2
    margin = margin if margin > 0 else 0 * margin
    return Gamble(victory + margin, margin / most)


def power_shift(later: Number, now: Number, cost: Number, discount: Number) -> bool:
    """Whether the declining side attacks now, whatever is offered now: δ·p₂ − p₁ > c(1−δ)².

    Parameters
    ----------
    later, now
        p₂, p₁: the chance that the rising side prevails, in the next period and in this one.
    cost
        c: what war costs the declining side, once.
    discount
        δ: what a period later is worth; between 0 and 1.

    Examples
    --------
    >>> power_shift(0.75, 0.25, 0.5, 0.5), power_shift(0.9, 0.25, 0.5, 0.875)
    (False, True)
    """
    return bool(discount * later - now > cost * (1 - discount) ** 2)


def shift_needed(now: Number, cost: Number, discount: Number) -> Number:
    """The chance of the rising side in the next period above which the declining side attacks now.

    Above 1 there is none.
    """
    return (now + cost * (1 - discount) ** 2) / discount


def deterred_above(worth: Number, followers: int) -> Number:
    """b^N: the prior of resolve above which the first of N challengers is deterred.

    A government that may be soft fights the first challengers as if it were tough, for the sake of its name.

    Parameters
    ----------
    worth
        b: what an unopposed challenge is worth, if a challenge that is fought costs 1 − b.
    followers
        N: how many could challenge, the first one counted.

    Examples
    --------
    >>> deterred_above(0.5, 1), deterred_above(0.5, 3)
    (0.5, 0.125)
    """
    return worth**followers
