"""Conditions: what can be said of a standoff in closed form, without solving it. The solvers must meet each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from assent.models.standoff.parameters import Number, Parameters


def force_is_credible_below(parameters: Parameters) -> Number:
    """p(1+R)s + aF·s: at its last rung the federal side uses force if kF is below this.

    Examples
    --------
    >>> from assent.models.standoff.literature import BARE
    >>> force_is_credible_below(BARE.having(victory=0.75, precedent_cost=1, federal_audience_cost=0.25))
    1.75
    """
    p = parameters
    return p.victory * (1 + p.precedent_cost) * p.stake + p.federal_audience_cost * p.stake


def state_folds_above(parameters: Parameters) -> Number:
    """(1−p)A + aS·s: where force is credible, the state backs down if kS is above this."""
    p = parameters
    return (1 - p.victory) * p.possession + p.state_audience_cost * p.stake


def lawful_route_pays_above(parameters: Parameters) -> Number | None:
    """mS/(C − D): the lawful route is better than staying if q is above this; ``None`` if no chance is enough."""
    p = parameters
    gain = p.consented - p.settlement
    return p.campaign_cost / gain if gain > 0 and p.campaign_cost <= gain else None


def sanction_beats_yielding_below(parameters: Parameters) -> Number:
    """(1+R+aF)s: if the state would comply, sanctions are better than yielding if xF is below this."""
    p = parameters
    return (1 + p.precedent_cost + p.federal_audience_cost) * p.stake


def sanctions_bite_above(parameters: Parameters) -> Number:
    """2(A + aS·s): where force is not credible, the state complies with sanctions if xS is above this."""
    p = parameters
    return 2 * (p.possession + p.state_audience_cost * p.stake)


class Range(NamedTuple):
    """The shares for the state that both sides prefer to force; empty if ``low`` is above ``high``."""

    low: Number
    high: Number


def bargaining(parameters: Parameters) -> Range:
    """The shares of the stake, for the state, that both sides prefer to a use of force.

    [(1−p)ρ − kS/s, ((1−p)(1+R) + kF/s)/(1 + φR)] while a concession sets a precedent in proportion to its size. It is
    never empty then. If any concession costs φR at once, the upper end is (1−p)(1+R) + kF/s − φR, and it can be empty.
    Ends outside 0 and 1 mean that one side would rather have nothing, or give all.
    """  # noqa: RUF002 - the usual symbol
    p = parameters
    lost = 1 - p.victory
    low = lost * p.recognised - p.state_force_cost / p.stake
    high = lost * (1 + p.precedent_cost) + p.federal_force_cost / p.stake
    cost = p.precedent_on_concession * p.precedent_cost
    return Range(low, high - cost if p.lump_sum else high / (1 + cost))


class Rungs(NamedTuple):
    """The stakes at which ordinary defiance changes its fate (``None`` where nothing would change it)."""

    sanctions: Number | None
    bite_ends: Number | None
    force: Number | None


def rungs(parameters: Parameters) -> Rungs:
    """The stakes s₁ = xF/(1+R+aF), s₂ = ½·xS/(1+aS), s₃ = kF/(p(1+R)+aF) for ordinary defiance (ρ = 1).

    Below s₁ sanctions are not worth imposing; above s₂ they are not worth obeying; above s₃ force is credible.
    """  # noqa: RUF002 - the usual symbol
    p = parameters
    force = p.victory * (1 + p.precedent_cost) + p.federal_audience_cost
    return Rungs(
        p.federal_sanction_cost / (1 + p.precedent_cost + p.federal_audience_cost),
        p.state_sanction_cost / 2 / (1 + p.state_audience_cost),
        p.federal_force_cost / force if hasattr(force, "dtype") or force else None,
    )


class Bluff(NamedTuple):
    """A federal side that may be soft goes to court as if it were tough.

    Attributes
    ----------
    belief
        θ: how sure of a tough federal side the state must be to obey a ruling.
    bluffs
        The chance that a soft federal side litigates.
    defies_below
        The prior of a tough federal side below which the state defies.
    """

    belief: Number
    bluffs: Number
    defies_below: Number


def bluff(parameters: Parameters, prior: Number) -> Bluff | None:
    """The bluff in the game of tolerating or litigating, the court being sure to rule for the federal side.

    θ = (A + aS·s)/(A − W); a soft side litigates with probability π(1−θ)/((1−π)θ); the state defies if
    π < θA/(A + aS·s + lS).

    Parameters
    ----------
    prior
        π: how likely the federal side is to be tough, so that it would use force at the last rung.

    Returns
    -------
    Bluff or None
        ``None`` where the prior is so high that every soft side litigates (π ≥ θ), or the state would fight anyone.
    """
    p = parameters
    back = p.state_audience_cost * p.stake
    span = p.possession - p.fight
    if not span > 0:
        return None
    belief = (p.possession + back) / span
    if not prior < belief <= 1:
        return None
    worth = p.possession + back + p.state_court_cost
    return Bluff(belief, prior * (1 - belief) / ((1 - prior) * belief), belief * p.possession / worth)
