"""Break-even: the values at which somebody in a standoff would choose otherwise, in closed form and by search."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from assent.inquiries.standoff.regions import words

if TYPE_CHECKING:
    from assent.inquiries.standoff.parameters import Given
    from assent.models.standoff.parameters import Parameters
    from assent.models.standoff.tree import Tree
    from assent.models.standoff.turns import Turn

BELOW, ABOVE = "below", "above"
NEGATED = {"it would": "it would not", "it backs down": "it does not", "they are": "they are not", "it is": "it is not"}
PLACES = 4  # significant digits of a number in a sentence


class BreakEven(Struct, frozen=True):
    """A value at which somebody would choose otherwise, all others held.

    Attributes
    ----------
    id
        What it is about: ``force-is-credible``, … or ``turn`` for a change of the outcome.
    text
        What holds on which side of it.
    parameter, symbol, unit
        Of which number.
    relation
        What is said holds ``below`` or ``above`` the value.
    value, exact
        The value, and as an exact fraction where it is one (empty where it is only known closely).
    here, holds
        The number in this standoff, and whether what is said holds.
    formula
        In symbols; empty for a change found by search.
    before, after
        For a change: the outcome below the value, and above it.
    """

    id: str
    text: str
    parameter: str
    symbol: str
    relation: str
    value: float
    exact: str
    here: float
    holds: bool
    unit: str
    formula: str
    before: str
    after: str


class _Form(NamedTuple):
    """A condition in closed form: about which response, what is said of which number, what follows if it holds."""

    id: str
    about: str
    parameter: str
    relation: str
    value: Fraction | None
    formula: str
    said: str
    then: str


def break_even_of(tree: Tree, given: Given, state: str) -> tuple[BreakEven, ...]:
    """The conditions in closed form, then the changes of the outcome, the nearest to this standoff first.

    Parameters
    ----------
    state
        The state's name.
    """
    from assent.models.standoff.turns import turns

    closed = closed_of(tree, given, state)
    spans = {name.replace("-", "_"): _span(given, name) for name in given.spans}
    found = [_turn(turn, given, state) for turn in turns(tree, given.numbers, spans)]
    return (*closed, *sorted(found, key=_far))


def closed_of(tree: Tree, given: Given, state: str) -> tuple[BreakEven, ...]:
    """The conditions in closed form, about what is on the federal side's menu."""
    forms = _forms(given.numbers, state)
    menu = set(tree.menu.responses)
    return tuple(_closed(form, given) for form in forms if form.value is not None and form.about in {"", *menu})


def _forms(numbers: Parameters, state: str) -> tuple[_Form, ...]:
    from assent.models.standoff.conditions import (
        force_is_credible_below,
        lawful_route_pays_above,
        sanction_beats_yielding_below,
        sanctions_bite_above,
        state_folds_above,
    )

    n = numbers
    odds = (n.federal_force_cost / n.stake - n.federal_audience_cost) / (1 + n.precedent_cost)
    return (
        _Form("force-is-credible", "force", "federal-force-cost", BELOW, force_is_credible_below(n), "p(1+R)s + aF·s",
              "The federal side uses force at its last rung only if force costs it less than", "it would"),
        _Form("force-is-credible-by-odds", "force", "victory", ABOVE, odds if 0 < odds < 1 else None,
              "(kF/s − aF)/(1+R)", "At its cost here, it does so only if its chance to prevail is above", "it would"),
        _Form("state-folds", "force", "state-force-cost", ABOVE, state_folds_above(n), "(1−p)A + aS·s",
              f"Facing force, {state} backs down if force costs it more than", "it backs down"),
        _Form("sanctions-are-worth-it", "sanction", "federal-sanction-cost", BELOW, sanction_beats_yielding_below(n),
              "(1+R+aF)s",
              "If they are obeyed, sanctions are better than yielding if they cost the federal side less than",
              "they are"),
        _Form("sanctions-bite", "sanction", "state-sanction-cost", ABOVE, sanctions_bite_above(n), "2(A + aS·s)",
              f"Without a threat of force behind them, {state} gives in to sanctions only if they cost it more than",
              "it would"),
        _Form("lawful-route-pays", "", "lawful-chance", ABOVE, lawful_route_pays_above(n), "mS/(C − D)",
              f"For {state} the lawful route is better than staying only if its chance is above", "it is"),
    )  # fmt: skip


def _closed(form: _Form, given: Given) -> BreakEven:
    value = form.value or Fraction(0)
    parameter = given.parameters[form.parameter]
    here = given.fraction(form.parameter)
    holds = here < value if form.relation == BELOW else here > value
    then = form.then if holds else NEGATED[form.then]
    unit = "" if parameter.unit in {"probability", "share"} else f" {parameter.unit}"
    text = f"{form.said} {number(value)}{unit}. Here {number(here)}: {then}."
    return BreakEven(
        form.id, text, form.parameter, parameter.symbol, form.relation, float(value), str(value), float(here), holds,
        parameter.unit, form.formula, "", "",
    )  # fmt: skip


def _turn(turn: Turn, given: Given, state: str) -> BreakEven:
    name = turn.name.replace("_", "-")
    parameter = given.parameters[name]
    here = given.fraction(name)
    relation, other = (ABOVE, turn.above) if here <= turn.at else (BELOW, turn.below)
    text = f"{relation.capitalize()} {parameter.symbol} = {number(turn.at)}: {state} {words(*other)}."
    return BreakEven(
        "turn", text, name, parameter.symbol, relation, float(turn.at), str(turn.at) if turn.exact else "", float(here),
        here > turn.at if relation == ABOVE else here < turn.at, parameter.unit, "", "|".join(turn.below),
        "|".join(turn.above),
    )  # fmt: skip


def _span(given: Given, name: str) -> tuple[Fraction, Fraction]:
    """The span of a parameter, widened to hold the number that it has here."""
    low, high = given.spans[name]
    here = given.fraction(name)
    return min(low, here), max(high, here)


def _far(found: BreakEven) -> float:
    """How far a value is from the number that holds here, as a share of it."""
    return abs(found.value - found.here) / max(abs(found.here), 1e-9)


def number(value: Fraction | float) -> str:
    """A number in a sentence, to four significant digits.

    Examples
    --------
    >>> number(Fraction(113, 100)), number(0.0213447), number(0)
    ('1.13', '0.02134', '0')
    """
    return f"{float(value):.{PLACES}g}"
