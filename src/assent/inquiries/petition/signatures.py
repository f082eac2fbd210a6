"""Signatures: how likely those filed are enough, and how many it takes."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

from scipy.special import ndtri

from assent.errors import NotApplicable, QueryError
from assent.inquiries.petition.assumed import Assumed, plainly
from assent.inquiries.petition.counties import read_filed
from assent.inquiries.petition.petition import Found
from assent.inquiries.petition.prospects import BreakEven, Chances, CountyShare, Filing, Needed, Outlook, Point, Reserve
from assent.law.citations import told
from assent.models.petition.belief import Believed
from assent.models.petition.certificate import MOST
from assent.models.petition.inverse import enough
from assent.models.petition.outcome import County, Petition, outcome, spread
from assent.models.petition.sample import moments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assent.inquiries.petition.petition import Held
    from assent.models.petition.outcome import Outcome

POINTS, WIDEST, MARGIN = 9, 2, 0.02
FILINGS, FEW_SURE = 41, 3  # points over the number filed, and standard deviations to both sides
MORE = 1.1  # of the requirement, from where no full count is needed
RESERVES = tuple(Fraction(n, 100) for n in (60, 65, 70, 75, 80, 85))
EXACT = "exact law of each certificate (hypergeometric, complete pairs, every rounding)"
SUMMED, BELIEF = ", summed by convolution", "; integrated over a beta law of the share that is valid"
KNOWN_ERROR, BELIEF_ERROR = 1e-11, 5e-5
COUNT = "A full count finds every valid signature, each signer once, and nothing else."
DRAWN = "Each sample is the least that the law asks for, drawn at random."
SMALLER = "Give a smaller one; 0 if it is known."
LEAST, MOST_TARGET = Fraction(1, 1000), Fraction(999, 1000)


def filed(held: Held) -> Found:
    """What may become of signatures that are filed, with what turns it.

    Raises
    ------
    QueryError
        A number or the file is wrong.
    """
    petition, names, left_out = _petition(held)
    sd = float(held.sd)
    believed = _believed(petition, sd)
    result = believed.outcome()
    counted = Assumed(
        "raw", "n", petition.raw, "signatures", "given", "" if held.ask.raw is not None else "The sum of the file."
    )
    mean = petition.validity
    valid = held.believed[0]
    if held.ask.counties and float(held.validity) != mean:
        valid = Assumed(valid.name, valid.symbol, mean, valid.unit, "given", "The mean of the file, by signatures.")
    return Found(
        parameters=(counted, valid, *held.believed[1:], *_spread_told(held)),
        outlook=Outlook(
            petition.raw,
            chances(result),
            result.mean,
            result.sd,
            petition.normal()[1],
            chances(believed.normal()),
        ),
        break_even=_turns(petition),
        curve=_curve(petition, sd),
        over_raw=() if held.ask.counties else tuple(_over_raw(held, sd)),
        counties=tuple(_counties(petition, names)),
        method=_method(held, sd),
        error_bound=_error(petition, sd),
        assumptions=(*left_out, *_assumptions(held, sd)),
    )


def reached(held: Held, target: Fraction) -> Found:
    """How many signatures reach a chance of qualifying.

    Raises
    ------
    QueryError
        The target is no chance that a number of signatures reaches.
    """
    if not LEAST <= target <= MOST_TARGET:
        raise QueryError(
            f"A chance of {plainly(target)} is asked for.",
            where="--target",
            remedy=f"Give one from {plainly(LEAST)} to {plainly(MOST_TARGET)}; none is certain.",
        )
    sd = float(held.sd)
    _believed(_of(held, held.requirement.required * 2), sd)

    def file(raw: int) -> Petition:
        return _of(held, raw)

    try:
        any_way = enough(file, sd, float(target))
    except ValueError as err:
        raise NotApplicable(
            f"{str(err)[:1].upper()}{str(err)[1:]}.",
            where="--target",
            remedy="Ask for a lower chance, or believe in a higher validity or a smaller uncertainty.",
        ) from None
    by_sample = None
    with suppress(ValueError):
        by_sample = enough(file, sd, float(target), without_count=True)
    wanted = Assumed("target", "t", float(target), "probability", "given", "")
    if held.ask.target is None:
        wanted = Assumed("target", "t", float(target), "probability", "assumption", "One failure in twenty.")
    return Found(
        parameters=(wanted, *held.believed, *_spread_told(held)),
        needed=Needed(
            float(target),
            any_way.raw,
            any_way.chance,
            by_sample.raw if by_sample else None,
            by_sample.chance if by_sample else None,
            _closed(held, held.validity, target),
        ),
        reserve=tuple(Reserve(float(v), _closed(held, v, target)) for v in RESERVES),
        method=_method(held, sd) + "; the number by secant, to one in ten thousand",
        error_bound=BELIEF_ERROR if sd else KNOWN_ERROR,
        assumptions=_assumptions(held, sd),
    )


def chances(found: Outcome) -> Chances:
    """Outcomes of the model as they are told."""
    after = found.by_count / found.full if found.full > 0 else None
    return Chances(
        min(found.by_sample, 1.0),
        min(max(found.full, 0.0), 1.0),
        min(found.fails, 1.0),
        None if after is None else min(after, 1.0),
        min(found.qualifies, 1.0),
    )


def weights_of(held: Held) -> tuple[float, ...]:
    """By what signatures are spread over the counties."""
    return tuple(float(people) for people in held.counties.values()) or (1.0,)


def _of(held: Held, raw: int) -> Petition:
    """A petition with so many signatures, spread over the counties."""
    validity, copies = float(held.validity), float(held.duplicates)
    counties = tuple(County(n, validity, copies) for n in spread(raw, weights_of(held)))
    return Petition(counties, held.rule.method(), held.bars)


def _petition(held: Held) -> tuple[Petition, tuple[str, ...], tuple[str, ...]]:
    """The petition that is asked about, its counties' names, and what its file leaves to be told."""
    if not held.ask.counties:
        raw = held.ask.raw or 0
        if not raw:
            raise QueryError("No signatures are filed.", where="--raw", remedy="Give a number above zero.")
        return _of(held, raw), tuple(held.counties) or (held.rule.state,), ()
    rows = read_filed(held.file("--counties", held.ask.counties), held.counties)
    found = []
    for row in rows:
        validity = held.validity if row.validity is None else row.validity
        copies = held.duplicates if row.duplicates is None else row.duplicates
        if 2 * copies > validity:
            raise QueryError(
                f"{row.county}: {plainly(copies)} of the signatures are second ones, and only {plainly(validity)} are "
                "valid.",
                where=held.ask.counties,
                remedy="Each second signature has a first that is valid too: give at most half of the validity.",
            )
        found.append(County(row.raw, float(validity), float(copies)))
    missing = len(held.counties) - len(rows)
    left_out = (f"Nothing is filed in the {missing} counties that the file leaves out.",) if missing else ()
    if sum(county.raw for county in found) > MOST:
        raise QueryError(
            f"More than {MOST:,} signatures are not worked out.", where=held.ask.counties, remedy="Give fewer."
        )
    return Petition(tuple(found), held.rule.method(), held.bars), tuple(row.county for row in rows), left_out


def _believed(petition: Petition, sd: float) -> Believed:
    try:
        return Believed(petition, sd)
    except ValueError as err:
        said = str(err)
        raise QueryError(f"{said[:1].upper()}{said[1:]}.", where="--validity-sd", remedy=SMALLER) from None


def _turns(petition: Petition) -> tuple[BreakEven, ...]:
    """The shares at which the expected total meets a bar, or a full count finds just enough."""
    copies = sum(county.raw * county.duplicates for county in petition.counties) / petition.raw
    off = copies if petition.method.corrects else 0.0
    bars = petition.bars
    found = (
        ("a full count finds enough", bars.required / petition.raw + copies),
        ("the expected total comes to a full count", bars.counted_from / petition.raw + off),
        ("the expected total qualifies without one", bars.qualifies_from / petition.raw + off),
    )
    return tuple(BreakEven(what, validity) for what, validity in found)


def _curve(petition: Petition, sd: float) -> tuple[Point, ...]:
    """What would come of a share of valid signatures, if it were known: around what is believed and what turns it."""
    mean, step = petition.validity, petition.step()
    turns = [turn.validity for turn in _turns(petition)]
    low = max(min(mean - WIDEST * sd, turns[0] - MARGIN, turns[1] - MARGIN), 0.02)
    high = min(max(mean + WIDEST * sd, *(turn + MARGIN for turn in turns)), 0.99)
    if low >= high:
        return ()
    at = dict.fromkeys(round(low + (high - low) * n / (POINTS - 1), 2) for n in range(POINTS))
    return tuple(Point(v, chances(outcome(petition, step=step, shift=v - mean))) for v in at)


def _over_raw(held: Held, sd: float) -> Iterator[Filing]:
    """The chances over the number filed: from where nearly none qualifies to where nearly every one does."""
    required, share = held.requirement.required, float(held.validity - held.duplicates)
    spread_ = FEW_SURE * max(sd, MARGIN)
    low, high = required / min(share + spread_, 1.0), required * MORE / max(share - spread_, share / 2)
    unit = 10 ** max(len(str(int(low))) - 3, 0)
    for part in range(FILINGS):
        raw = round((low + (high - low) * part / (FILINGS - 1)) / unit) * unit
        yield Filing(raw, chances(_believed(_of(held, raw), sd).normal()))


def _counties(petition: Petition, names: tuple[str, ...]) -> Iterator[CountyShare]:
    """County by county, what the law has checked."""
    for name, county, part in zip(names, petition.counties, petition.parts(), strict=True):
        if county.raw:
            sd = moments(part, corrects=petition.method.corrects).variance ** 0.5
            yield CountyShare(name, county.raw, part.sample, county.raw / part.sample, sd)


def _closed(held: Held, validity: Fraction, target: Fraction) -> int | None:
    """Requirement over what the share of valid signers is at least, with the chance wanted."""
    share = float(validity - held.duplicates) - float(ndtri(float(target))) * float(held.sd)
    return None if share <= 0 else int(held.requirement.required / share) + 1


def _spread_told(held: Held) -> tuple[Assumed, ...]:
    """How signatures are spread over the counties, where no file says it."""
    default = held.rule.defaults.get("spread")
    if default is None or held.ask.counties:
        return ()
    why = " ".join(default.why.split())
    return (Assumed("spread", "w", default.value, "weights", default.standing, why, told(default.cite)),)


def _error(petition: Petition, sd: float) -> float | None:
    """By how much a chance may be off; nothing is where too few are filed to be checked at all."""
    if petition.raw < petition.bars.required:
        return None
    return BELIEF_ERROR if sd else KNOWN_ERROR


def _method(held: Held, sd: float) -> str:
    return EXACT + (SUMMED if held.counties else "") + (BELIEF if sd else "")


def _assumptions(held: Held, sd: float) -> tuple[str, ...]:
    unit = "county" if held.counties else "petition"
    found = [f"Nobody signs more than twice, and who signs twice does so in one {unit}.", COUNT, DRAWN]
    if sd:
        said = "The share that is valid is known up to its standard deviation, the same shift"
        found.insert(0, f"{said} in every {unit}." if held.counties else f"{said.partition(',')[0]}.")
    return tuple(found)
