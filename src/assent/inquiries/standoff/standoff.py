"""Standoff: what follows if a state leaves, or defies federal law, without asking; under stated assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import QueryError, UnknownName
from assent.inquiries.reproduce import command, shown
from assent.inquiries.standoff.branches import Branch, Payoffs, Tie, branches_of, path_of, payoffs, ties_of
from assent.inquiries.standoff.breakeven import BreakEven, break_even_of
from assent.inquiries.standoff.entries import FOLDER
from assent.inquiries.standoff.footing import Footing, footing
from assent.inquiries.standoff.ladder import Placed, Rung, extrapolation, ladder_of, placed
from assent.inquiries.standoff.parameters import LAWFUL, Given, Parameter, numbers_of
from assent.inquiries.standoff.prediction import DRAWS, Prediction, Sensitivity, prediction_of
from assent.inquiries.standoff.regions import RegionMap, map_of
from assent.inquiries.standoff.resolve import Resolve, resolve_of, types_of
from assent.inquiries.standoff.story import Step, brief
from assent.inquiries.standoff.theory import Bargaining, Theory, bargaining_of, theory_of
from assent.inquiries.states import find_state

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.law.doctrine import Doctrine
    from assent.models.standoff.induction import Solved
    from assent.models.standoff.quantal import Quantal
    from assent.models.standoff.tree import Tree


class Chance(Struct, frozen=True):
    """A probability with errors, at one precision Λ."""

    precision: float
    probability: float


class Response(Struct, frozen=True):
    """What the federal side can answer, once the state has gone ahead.

    Attributes
    ----------
    best
        Whether it is the best reply, everybody doing what is best afterwards.
    short_by
        By how much it falls short of the best reply, in federal units.
    payoffs
        What it is worth to both sides.
    leads_to, text
        The outcome, by the moves that lead there, and in words.
    chances
        The probability of the response with errors, at each precision.
    """

    best: bool
    short_by: float
    payoffs: Payoffs
    leads_to: str
    text: str
    chances: tuple[Chance, ...]


class Responses(Struct, frozen=True):
    """The five responses; ``None`` for one that was taken off the menu."""

    tolerate: Response | None
    negotiate: Response | None
    litigate: Response | None
    sanction: Response | None
    force: Response | None


class IfDefied(Struct, frozen=True):
    """What follows if the state goes ahead all the same."""

    best_reply: str
    path: tuple[Step, ...]
    payoffs: Payoffs
    outcome: str
    text: str


class Errs(Struct, frozen=True):
    """What happens with errors at one precision: what the state does, and whether force is used if it goes ahead."""

    precision: float
    stays: float
    petitions: float
    defies: float
    force: float


class Standoff(Struct, frozen=True):
    """What follows if a state goes ahead without asking.

    Attributes
    ----------
    path
        What happens if everybody does what is best (subgame perfection); ``payoffs`` is what it is worth.
    others
        The outcomes of further equilibria, where somebody is indifferent.
    if_defied
        What follows if the state goes ahead, whether or not it should.
    break_even
        The values at which somebody would choose otherwise.
    map
        What happens over two parameters.
    responses
        The federal side's possible answers.
    quantal
        The same game with errors, at each precision.
    ladder, known, extrapolation
        What becomes of ordinary defiance as the stake grows; where known kinds stand; what follows from that.
    sensitivity, prior_predictive
        Over the ranges of the parameters: what drives each probability, and how often each outcome comes about.
    bargaining
        The shares that both sides prefer to force.
    theory
        Results of the literature with these numbers.
    resolve
        The game with private types, if it was asked for.
    tree
        Every node with its payoffs and probabilities.
    footing
        What each move rests on in law.
    """

    state: str
    name: str
    as_of: date
    readings: dict[str, str]
    scenario: str
    about: str
    parameters: tuple[Parameter, ...]
    path: tuple[Step, ...]
    outcome: str
    text: str
    payoffs: Payoffs
    ties: tuple[Tie, ...]
    others: tuple[str, ...]
    if_defied: IfDefied
    break_even: tuple[BreakEven, ...]
    map: RegionMap
    responses: Responses
    quantal: tuple[Errs, ...]
    ladder: tuple[Rung, ...]
    known: tuple[Placed, ...]
    extrapolation: str
    bargaining: Bargaining
    sensitivity: tuple[Sensitivity, ...]
    prior_predictive: Prediction
    theory: tuple[Theory, ...]
    resolve: Resolve | None
    tree: tuple[Branch, ...]
    footing: tuple[Footing, ...]
    method: str
    notes: tuple[str, ...]
    versions: dict[str, str]
    reproduce: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a standoff beside its parameters.

    Attributes
    ----------
    map
        Two parameters, with ranges or without; empty for the library's choice.
    private
        Whether to solve it with private types too.
    draws, seed
        How many draws out of the ranges, and what they begin with.
    without
        Responses to take off the federal side's menu.
    """

    map: str = ""
    private: bool = False
    draws: int = DRAWS
    seed: int = 1
    without: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The options that say so."""
        said = [*(word for name in self.without for word in ("--without", name))]
        said += ["--private"] if self.private else []
        said += ["--draws", str(self.draws)] if self.draws != DRAWS else []
        said += ["--seed", str(self.seed)] if self.seed != 1 else []
        return tuple(said)


def standoff_of(place: Jurisdiction, state: str, given: Given, ask: Ask, doctrine: Doctrine, as_of: date) -> Standoff:
    """What follows if a state goes ahead without asking.

    Parameters
    ----------
    given
        The parameters.
    ask
        The map, the draws, private types.
    doctrine, as_of
        The readings and the day under which the law of each move is told.

    Raises
    ------
    QueryError
        No such state, or what is asked is out of bounds.
    """
    from assent.models.standoff.induction import outcomes, solve
    from assent.models.standoff.quantal import solve as err
    from assent.models.standoff.tree import chances, group

    code, name = find_state(place, state, as_of)
    tree = tree_for(ask)
    numbers = given.numbers
    found = solve(tree, numbers)
    erring = tuple(err(tree, numbers, precision) for precision in given.precisions)
    odds, defied = chances(numbers), tree.place("defy")
    ends = {start: group(tree.nodes, found.path(start)[-1]) for start in (0, defied)}
    drawn = map_of(tree, given, ask.map)
    predicted, sensitivity = prediction_of(tree, given, ask.draws, ask.seed)
    rungs, known = ladder_of(tree, given), placed(tree, given)
    laws = footing(place, as_of=as_of, doctrine=doctrine, state=code)
    asked = {u.question for law in laws for u in law.unsettled} | set(doctrine.chosen)
    words = (*given.words, *(("--map", drawn.asked) if drawn.asked else ()), *ask.words)
    others = {group(tree.nodes, way.passed[-1]) for way in outcomes(tree, numbers)} - {ends[0]}
    fixed = given.parameters["precision"].value is not None
    return Standoff(
        code,
        name,
        as_of,
        shown(doctrine, {q: doctrine.reading(q) for q in sorted(asked)}),
        given.title,
        given.about,
        tuple(given.parameters.values()),
        path_of(found, odds, 0, name),
        ends[0],
        brief(ends[0]),
        payoffs(found, 0),
        ties_of(found, name),
        tuple(sorted(others)),
        IfDefied(
            tree.nodes[defied].moves[found.choice[defied]],
            path_of(found, odds, defied, name),
            payoffs(found, defied),
            ends[defied],
            brief(ends[defied]),
        ),
        break_even_of(tree, given, name),
        drawn,
        _responses(found, erring),
        tuple(_errs(tree, one) for one in erring),
        rungs,
        known,
        extrapolation(rungs, known),
        bargaining_of(given),
        sensitivity,
        predicted,
        theory_of(given),
        resolve_of(tree, given, given.precisions[0] if fixed else None) if ask.private else None,
        branches_of(found, erring, name, {law.move for law in laws}),
        laws,
        "backward induction in exact fractions; logit choice in one backward pass; the map and the draws in floating "
        "point, every close comparison of the map again in fractions",
        _notes(given, predicted, sensitivity, name),
        {**place.versions, "standoff": _digest(place)},
        command("standoff", code, *words, doctrine=doctrine, as_of=as_of),
    )


def tree_for(ask: Ask) -> Tree:
    """The tree of the menu that is left.

    Raises
    ------
    UnknownName
        No such response.
    QueryError
        Nothing is left.
    """
    from assent.models.standoff.tree import RESPONSES, Menu, tree_of

    for name in ask.without:
        if name not in RESPONSES:
            raise UnknownName("response of the federal side", name, RESPONSES, where="--without")
    left = tuple(name for name in RESPONSES if name not in ask.without)
    if not left:
        raise QueryError("No response is left.", where="--without", remedy="Leave one on the menu.")
    return tree_of(Menu(left))


def efg_of(found: Standoff) -> str:
    """The game as a file for Gambit; with private types if it was solved with them."""
    from assent.models.standoff.efg import efg

    parameters = {parameter.name: parameter for parameter in found.parameters}
    gone = tuple(name for name in found.responses.__struct_fields__ if getattr(found.responses, name) is None)
    types = types_of(parameters) if found.resolve else ((), ())
    title = f"{found.name}: {found.scenario or 'without asking'}"
    return efg(tree_for(Ask(without=gone)), numbers_of(parameters), title, *types)


def _responses(found: Solved, erring: tuple[Quantal, ...]) -> Responses:
    from assent.models.standoff.tree import RESPONSES, group

    tree = found.tree
    defied = tree.place("defy")
    node = tree.nodes[defied]
    best = found.values[defied][0]
    made: dict[str, Response | None] = dict.fromkeys(RESPONSES)
    for place, move in enumerate(node.moves):
        below = node.below[place]
        end = group(tree.nodes, found.path(below)[-1])
        made[move] = Response(
            found.choice[defied] == place,
            float(best - found.values[below][0]),
            payoffs(found, below),
            end,
            brief(end),
            tuple(Chance(one.precision, one.odds[defied][place]) for one in erring),
        )
    return Responses(**made)


def _errs(tree: Tree, one: Quantal) -> Errs:
    stays, petitions, defies = one.odds[0]
    return Errs(one.precision, stays, petitions, defies, one.given(tree.place("defy"), "force"))


def _notes(given: Given, predicted: Prediction, sensitivity: tuple[Sensitivity, ...], name: str) -> tuple[str, ...]:
    measured = [p.symbol for p in given.parameters.values() if p.standing == "evidence" and p.use == "game"]
    rest = f"every default but {', '.join(measured)} is an assumption" if measured else "every number is an assumption"
    said = [
        f"These are consequences of assumptions, not a forecast: {rest}.",
        f"Nothing here is measured for {name}: the defaults are the same for every state.",
        "Λ, the precision of choice, is a rate of error that nothing on file identifies.",
        *(_mainly(one) for one in sensitivity if one.of == "force" and one.drivers),
        "Logit choice is sensitive to duplicated options, so each real option stands in the tree once.",
    ]
    lawful = given.parameters[LAWFUL]
    if lawful.given == "--q-from":
        said.append(f"{lawful.symbol} = {lawful.value:.4g}. {lawful.why}")
    if not predicted.force_on_path:
        said.append(
            "In none of the draws does anybody who makes no mistakes use force: what works is the threat of it. Force "
            "comes from errors, or from what one side hides (--private)."
        )
    return tuple(said)


def _mainly(force: Sensitivity) -> str:
    """What the chance of force hangs on."""
    parts = [f"{one.symbol} ({100 * one.share:.0f} % of its variance over the draws)" for one in force.drivers[:2]]
    return f"The chance of force depends mainly on {' and then on '.join(parts)}."


def _digest(place: Jurisdiction) -> str:
    """The version of the parameters and scenarios: the first 12 digits of their SHA-256."""
    digest = sha256()
    for file in sorted((place.root / FOLDER).rglob("*.yaml")):
        digest.update(file.relative_to(place.root).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
