"""Past votes: the referendums on file, held against the rule that each was held under."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from assent.inquiries.petition.law import FOLDER

if TYPE_CHECKING:
    from datetime import date

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.referendum.law import ReferendumLaw, ReferendumRule
    from assent.models.referendum.conditions import Condition, Count

MET, NOT_MET, UNKNOWN, NO_RULE = "met", "not met", "not recorded", "no rule on file"
CAST = "ballots cast"


class Held(Struct, frozen=True):
    """A vote that was held.

    Attributes
    ----------
    yes, turnout
        Shares, worked out from the counts where they are on file, else as printed; ``None`` where neither is.
    by_rule
        ``met``, ``not met``, ``not recorded`` where the figures do not tell, or ``no rule on file``.
    recorded
        Whether it met its rule, as the record has it.
    agrees
        Whether both say the same; ``None`` where one is silent.
    """

    id: str
    territory: str
    on: str
    kind: str
    question: str
    rule: str
    asks: str
    yes: float | None
    turnout: float | None
    by_rule: str
    recorded: str
    agrees: bool | None
    implemented: str
    legal_status: str
    source: str


def held_votes(place: Jurisdiction, law: ReferendumLaw, as_of: date) -> tuple[Held, ...]:
    """The votes on file up to a day, in order."""
    counts = {row["id"]: row for row in place.rows(f"{FOLDER}/referendum_counts.csv")}
    rows = sorted(place.rows("exit/referendums.csv"), key=lambda row: str(row["date"]))
    return tuple(_held(law, row, counts.get(row["id"], {})) for row in rows if row["date"] <= as_of.isoformat())


def _held(law: ReferendumLaw, row: dict[str, Any], more: dict[str, Any]) -> Held:
    from assent.models.referendum.conditions import Condition, Count

    rule = law.rule(more["rule"], f"{FOLDER}/referendum_counts.csv") if more.get("rule") else None
    count = Count(row["yes"], row["no"], more.get("cast"), more.get("electorate"))
    by_rule = NO_RULE if rule is None else _judged(rule, row, count)
    recorded = {"yes": MET, "no": NOT_MET}.get(row["passed_by_rule"], UNKNOWN)
    turnout = _told(count.share(Condition("cast", "electorate", Fraction(1, 2))), row["turnout"])
    yes = _told(count.share(Condition("yes", "valid", Fraction(1, 2))), row["share"])
    return Held(
        row["id"],
        row["territory"],
        row["date"],
        row["kind"],
        row["question"],
        rule.id if rule else "",
        rule.text if rule else row["rule"],
        yes,
        turnout,
        by_rule,
        recorded,
        by_rule == recorded if by_rule in {MET, NOT_MET} and recorded in {MET, NOT_MET} else None,
        row["implemented"],
        row["legal_status"],
        row["source"],
    )


def _told(counted: Fraction | None, percent: float | None) -> float | None:
    """A share from the counts, else as printed."""
    if counted is not None:
        return float(counted)
    return None if percent is None else percent / 100


def _judged(rule: ReferendumRule, row: dict[str, Any], count: Count) -> str:
    """Whether every condition is met, by counts first, else by what is printed and far enough from the bar."""
    met = [_met(condition, row, count) for condition in rule.model()]
    if False in met:
        return NOT_MET
    return UNKNOWN if None in met else MET


def _met(condition: Condition, row: dict[str, Any], count: Count) -> bool | None:
    share = count.share(condition)
    if share is not None:
        return condition.met(share)
    turnout, yes = _printed(row["turnout"]), _printed(row["share"])
    if condition.of == "cast":
        return _surely(condition, turnout, turnout)
    if condition.base == "electorate":
        return None
    # Of the ballots cast: at least as much of yes and no, and perhaps more.
    of_cast = row["base"] == CAST
    return _surely(condition, yes, _Printed(Fraction(1), Fraction(0)) if of_cast and condition.base == "valid" else yes)


def _surely(condition: Condition, low: _Printed | None, high: _Printed | None) -> bool | None:
    """Whether a share between two printed ones is sure to meet a condition, or sure not to."""
    if low is None or high is None:
        return None
    least, most = condition.met(low.share - low.half), condition.met(high.share + high.half)
    return least if least == most else None


class _Printed(NamedTuple):
    """A printed percentage as a share, and half of its last digit."""

    share: Fraction
    half: Fraction


def _printed(percent: float | None) -> _Printed | None:
    if percent is None:
        return None
    digits = str(percent).partition(".")[2].rstrip("0")
    return _Printed(Fraction(str(percent)) / 100, Fraction(1, 200 * 10 ** len(digits)))
