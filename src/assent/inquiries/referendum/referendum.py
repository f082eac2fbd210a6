"""Referendum: what a vote on leaving has to meet, who wins by which rule, how likely, and what it is worth."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from assent.errors import QueryError
from assent.inquiries.petition.assumed import Assumed, assumed, plainly, share_of
from assent.inquiries.referendum.law import referendum_law
from assent.inquiries.referendum.past import Held, held_votes
from assent.inquiries.referendum.polls import Wording, wordings_of
from assent.inquiries.reproduce import command
from assent.inquiries.states import find_state
from assent.law.citations import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.referendum.law import ReferendumLaw, ReferendumRule
    from assent.models.referendum.chance import Belief
    from assent.models.referendum.conditions import Shares

METHOD = "beta laws of turnout and of yes, joined by a normal copula, integrated by Gauss-Legendre quadrature"
EXACT = "exact fractions"
ERROR = 1e-6
SMALLER = "Give a smaller one; 0 if it is known."
CURVE = tuple(Fraction(n, 100) for n in range(40, 72, 3))
PARTS = ("turnout", "turnout_sd", "yes_sd", "correlation", "blank")


class AskedVote(Struct, frozen=True):
    """What is asked of a vote; ``None`` is left to the library's defaults, ``yes`` to nobody's."""

    rule: str = ""
    turnout: Fraction | None = None
    turnout_sd: Fraction | None = None
    yes: Fraction | None = None
    yes_sd: Fraction | None = None
    correlation: Fraction | None = None
    blank: Fraction | None = None
    replay: bool = False

    def words(self) -> list[str]:
        """The options that ask for it."""
        found = ["--rule", self.rule] if self.rule else []
        for option, value in (("--turnout", self.turnout), ("--turnout-sd", self.turnout_sd), ("--yes", self.yes),
                              ("--yes-sd", self.yes_sd), ("--correlation", self.correlation),
                              ("--blank", self.blank)):  # fmt: skip
            found += [] if value is None else [option, plainly(value)]
        return [*found, *(["--replay"] if self.replay else [])]


def asked_vote(given: Mapping[str, Any]) -> AskedVote:
    """What is asked, from options as they are typed.

    Raises
    ------
    QueryError
        A share is none, or not allowed.
    """
    shares = {}
    for name in ("turnout", "turnout_sd", "yes", "yes_sd", "correlation", "blank"):
        low = -1 if name == "correlation" else 0
        said = given[name]
        shares[name] = None if said is None else share_of(said, f"--{name.replace('_', '-')}", low=low)
    if given["replay"] and (given["rule"] or any(share is not None for share in shares.values())):
        raise QueryError(
            "The votes on file were held under rules of their own.",
            where="--replay",
            remedy="Leave the rule and the shares out, or leave --replay out.",
        )
    return AskedVote(given["rule"], replay=bool(given["replay"]), **shares)


class Judged(Struct, frozen=True):
    """One condition held against a vote: the share it asks about, and whether that meets it."""

    text: str
    share: float
    met: bool


class RuleShown(Struct, frozen=True):
    """A rule.

    Attributes
    ----------
    asks
        What it asks for, in words.
    binds, binding
        Whether a vote under it binds, and why.
    starts
        What a vote that meets it starts.
    least_support, boycotted_support, certain_support
        Yes votes of those entitled that can be enough; that are needed when opponents stay at home; that are enough
        whatever the others do.
    least_yes
        Yes, of yes and no, needed at the turnout believed; ``None`` where none is enough.
    passes, judged
        For the vote asked about, taken as known: whether it passes, and by which condition.
    probability
        The chance that it passes under what is believed; ``None`` where no share of yes was given.
    """

    id: str
    title: str
    where: str
    asks: str
    binds: str
    binding: str
    starts: str
    note: str
    cite: tuple[str, ...]
    least_support: float
    boycotted_support: float
    certain_support: float
    least_yes: float | None
    passes: bool | None
    judged: tuple[Judged, ...]
    probability: float | None


class PassPoint(Struct, frozen=True):
    """The chance that the first rule is met if this share says yes, on average."""

    yes: float
    probability: float


class Referendum(Struct, frozen=True):
    """A vote on leaving.

    Attributes
    ----------
    rules
        Those of the state, or the one asked for.
    elsewhere
        Rules of other places, to compare with.
    electorate
        Those entitled to vote; ``None`` where it is not on file.
    curve
        Over the share of yes, for the first rule.
    """

    state: str
    name: str
    rules: tuple[RuleShown, ...]
    elsewhere: tuple[RuleShown, ...]
    electorate: int | None
    electorate_is: str
    parameters: tuple[Assumed, ...]
    curve: tuple[PassPoint, ...]
    polls: tuple[Wording, ...]
    held: tuple[Held, ...]
    method: str
    error_bound: float | None
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    as_of: date
    versions: dict[str, str]
    reproduce: str


def referendum_of(place: Jurisdiction, state: str, ask: AskedVote, as_of: date) -> Referendum:
    """What a vote on leaving would have to meet, and whether it would.

    Raises
    ------
    UnknownName
        No such state or rule.
    QueryError
        A share cannot be.
    """
    code, name = find_state(place, state, as_of)
    law = referendum_law(place)
    own = law.of_state(code, as_of)
    asked = (law.rule(ask.rule),) if ask.rule else own
    vote = _Vote(law, code, ask)
    first = (asked or law.elsewhere())[0]
    electorate = law.electorate(code)
    notes = () if own else (f"No law of {name} on such a vote is on file; the rules are those of other places.",)
    return Referendum(
        state=code,
        name=name,
        rules=() if ask.replay else tuple(vote.shown(rule) for rule in asked),
        elsewhere=() if ask.replay else tuple(vote.shown(r) for r in law.elsewhere() if r not in asked),
        electorate=electorate.value if electorate else None,
        electorate_is=electorate.what if electorate else "",
        parameters=() if ask.replay else vote.parameters,
        curve=() if ask.replay else vote.curve(first),
        polls=() if ask.replay else wordings_of(place, code, as_of),
        held=held_votes(place, law, as_of) if ask.replay else (),
        method=EXACT if ask.replay or vote.known else METHOD,
        error_bound=None if ask.replay or vote.known else ERROR,
        assumptions=() if ask.replay else vote.assumptions(first),
        notes=() if ask.replay else notes,
        as_of=as_of,
        versions=place.versions,
        reproduce=command("referendum", code, *ask.words(), as_of=as_of),
    )


class _Vote:
    """A vote as it is believed to go."""

    def __init__(self, law: ReferendumLaw, code: str, ask: AskedVote) -> None:
        self.ask = ask
        found: dict[str, Fraction] = {}
        told: list[Assumed] = []
        for name in PARTS:
            unit = {"turnout": "share of the electorate", "turnout_sd": "share of the electorate",
                    "yes_sd": "share of yes and no", "correlation": "correlation",
                    "blank": "share of votes cast"}[name]  # fmt: skip
            found[name], said = assumed(
                name.replace("_", "-"), name[0], unit, getattr(ask, name), law.default(code, name)
            )
            told.append(said)
        self.values = found
        if ask.yes is not None:
            told.insert(2, Assumed("yes", "y", float(ask.yes), "share of yes and no", "given", ""))
        self.parameters = tuple(told)
        if abs(found["correlation"]) >= 1:
            raise QueryError(
                f"The correlation is {plainly(found['correlation'])}.",
                where="--correlation",
                remedy="Give a number above -1 and below 1.",
            )
        self.turnout = self._belief(found["turnout"], found["turnout_sd"], "--turnout-sd")
        if ask.yes is not None:
            self._belief(ask.yes, found["yes_sd"], "--yes-sd")

    @property
    def known(self) -> bool:
        """Whether nothing about it is uncertain."""
        return self.ask.yes is not None and not self.values["turnout_sd"] and not self.values["yes_sd"]

    def shown(self, rule: ReferendumRule) -> RuleShown:
        """A rule, held against the vote."""
        from assent.models.referendum.conditions import least_yes, passes, support

        conditions = rule.model()
        held = support(conditions)
        least = least_yes(conditions, self.values["turnout"], self.values["blank"])
        vote = self._known()
        return RuleShown(
            rule.id,
            rule.title,
            rule.where,
            rule.text,
            rule.binds,
            " ".join(rule.binding.split()),
            " ".join(rule.starts.split()),
            " ".join(rule.note.split()),
            told(rule.cite),
            float(held.least),
            float(held.boycotted),
            float(held.certain),
            None if least is None else float(least),
            None if vote is None else bool(passes(conditions, vote)),
            () if vote is None else tuple(
                Judged(asks.text, float(vote.share(c)), c.met(vote.share(c)))
                for asks, c in zip(rule.conditions, conditions, strict=True)
            ),
            None if self.ask.yes is None else self._chance(rule, self.ask.yes),
        )  # fmt: skip

    def curve(self, rule: ReferendumRule) -> tuple[PassPoint, ...]:
        """The chance over the share of yes; nothing where yes is known, for then it is certain or impossible."""
        if not self.values["yes_sd"]:
            return ()
        return tuple(PassPoint(float(yes), self._chance(rule, yes)) for yes in CURVE)

    def assumptions(self, rule: ReferendumRule) -> tuple[str, ...]:
        """What the chances rest on besides."""
        found = [
            "Turnout and the share of yes are uncertain by their standard deviations (beta laws), correlated as given.",
            f"The curve is of the rule {rule.id}.",
        ]
        if self.ask.yes is None:
            found.append("No share of yes is assumed; the chances are over a range of it.")
        return tuple(found)

    def _known(self) -> Shares | None:
        from assent.models.referendum.conditions import Shares

        if self.ask.yes is None:
            return None
        return Shares(self.values["turnout"], self.ask.yes, self.values["blank"])

    def _chance(self, rule: ReferendumRule, yes: Fraction) -> float:
        from assent.models.referendum.chance import chance

        sd = self.values["yes_sd"]
        belief = self._belief(yes, sd, "--yes-sd")
        conditions = rule.model()
        return chance(conditions, self.turnout, belief, float(self.values["correlation"]), self.values["blank"])

    @staticmethod
    def _belief(mean: Fraction, sd: Fraction, where: str) -> Belief:
        from assent.models.referendum.chance import Belief

        try:
            return Belief(mean, float(sd))
        except ValueError as err:
            said = str(err)
            raise QueryError(f"{said[:1].upper()}{said[1:]}.", where=where, remedy=SMALLER) from None
