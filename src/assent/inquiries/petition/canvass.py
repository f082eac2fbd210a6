"""Canvass: the count while it is under way: certificates county by county, and what those still out may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.errors import QueryError
from assent.inquiries.petition.assumed import Assumed
from assent.inquiries.petition.counties import MOST, read_reports
from assent.inquiries.petition.petition import Found
from assent.inquiries.petition.prospects import Certified, Chances, Differing, Progress
from assent.models.petition.certificate import certificate, check
from assent.models.petition.outcome import spread
from assent.models.petition.progress import (
    FEWEST,
    Ahead,
    Reported,
    Spread,
    ahead,
    sampling_variance,
    spread_between,
)
from assent.models.petition.sample import Part, moments

if TYPE_CHECKING:
    from datetime import date

    from assent.inquiries.petition.counties import Report
    from assent.inquiries.petition.petition import Held
    from assent.models.petition.certificate import Method

WHOLE = "the whole petition"
METHOD = (
    "certificates as the law has them; counties still out normal about the mean of those in, with the spread between "
    "counties by the method of moments (DerSimonian and Laird); a full count normal about the certificate"
)
NORMAL = "Shares certified are normal between counties; those still out are like those that have reported."
FLAT = "What a full count would find is normal about the certificate, as if nothing were known beforehand."
EVERY = "certificate in whole numbers, every rounding as the law has it"


def counted(held: Held) -> Found:
    """One count, certified.

    Raises
    ------
    QueryError
        The numbers cannot be.
    """
    raw, sample, valid, duplicates = held.ask.count
    method = held.rule.method()
    _refused(raw, sample, valid, duplicates, method)
    names = (("raw", "n", raw), ("sample", "m", sample), ("valid", "v", valid), ("duplicates", "d", duplicates))
    return Found(
        parameters=tuple(Assumed(name, symbol, value, "signatures", "given", "") for name, symbol, value in names),
        certificate=_certified(WHOLE, (raw, sample, valid, duplicates), method),
        method=EVERY,
        assumptions=("The error of the sample is told with the sample's own figures put in for the petition's.",),
    )


def under_way(held: Held) -> Found:
    """Where a count stands, from the counties' reports.

    Raises
    ------
    QueryError
        The file is wrong, or leaves out counties without the total being given.
    """
    method = held.rule.method()
    rows = read_reports(held.file("--reports", held.ask.reports), held.counties, method)
    done = [row for row in rows if row.sample is not None]
    out = {row.county: row.raw for row in rows if row.sample is None}
    out |= _left_out(held, rows)
    reports = tuple(_certified(row.county, _numbers(row), method) for row in done)
    progress = progress_of(held, reports, out, None)
    why = "The sum of the file."
    if held.ask.raw is not None:
        why = "The total; counties that the file leaves out have the rest, by people." if out else "The total."
    total = Assumed("raw", "n", progress.raw, "signatures", "given", why)
    copies = (held.believed[2],) if out else ()
    prior = (held.believed[0], held.believed[1]) if out and len(reports) < FEWEST else ()
    return Found(
        parameters=(total, *prior, *copies),
        progress=progress,
        method=METHOD if out else EVERY,
        error_bound=None if not out else 1e-9,
        assumptions=(*((NORMAL,) if out else ()), FLAT),
    )


def progress_of(held: Held, reports: tuple[Certified, ...], out: dict[str, int], on: date | None) -> Progress:
    """Where a count stands, from certificates and from the signatures filed in the counties still out."""
    reported = [Reported(r.raw, r.certified, r.sd**2) for r in reports]
    differing = _differing(held, reported) if out else None
    waiting = waiting_of(held, out, differing.mean if differing else 0.0)
    found = ahead(reported, waiting, _spread(differing), held.bars)
    counted_in = len(reports), sum(r.raw for r in reports), sum(r.certified for r in reports)
    return told(found, on, counted_in, out, differing, reports)


def told(
    found: Ahead,
    on: date | None,
    counted_in: tuple[int, int, int],
    out: dict[str, int],
    differing: Differing | None,
    reports: tuple[Certified, ...] = (),
) -> Progress:
    """What the model says of a count, as it is told; ``counted_in`` is counties, signatures, certified."""
    after = found.by_count / found.full if found.full > 0 else None
    raw_out = sum(out.values())
    return Progress(
        on,
        counted_in[0],
        len(out),
        counted_in[1] + raw_out,
        raw_out,
        counted_in[2],
        out,
        found.share_for_count,
        found.share_to_qualify,
        differing,
        Chances(found.by_sample, found.full, found.fails, after, found.qualifies),
        found.mean,
        found.sd,
        reports,
    )


def waiting_of(held: Held, out: dict[str, int], mean: float) -> list[tuple[int, float]]:
    """Signatures of each county still out, with the sampling variance its certificate will have."""
    method, copies = held.rule.method(), float(held.duplicates)
    return [(raw, variance_of(raw, mean, copies, method)) for raw in out.values()]


def variance_of(raw: int, share: float, copies: float, method: Method) -> float:
    """The sampling variance of a county's certificate, for a share of valid signers and of second signatures."""
    pairs = round(raw * copies)
    valid = min(raw, max(round(raw * share) + pairs, 2 * pairs))
    return moments(Part(raw, method.sample(raw), valid, min(pairs, valid // 2)), corrects=method.corrects).variance


def _differing(held: Held, reported: list[Reported]) -> Differing:
    """How counties differ: from those that have reported, or, while they are few, as assumed."""
    filed = [county for county in reported if county.raw]
    if len(filed) < FEWEST:
        mean, sd = float(held.validity - held.duplicates), float(held.sd)
        return Differing(mean, sd, sd, len(filed), "assumption")
    shares = [county.certified / county.raw for county in filed]
    found = spread_between(shares, [county.variance / county.raw**2 for county in filed])
    return Differing(found.mean, found.error, found.between, found.counties, "evidence")


def _spread(differing: Differing | None) -> Spread | None:
    return None if differing is None else Spread(differing.mean, differing.error, differing.between, differing.counties)


def _left_out(held: Held, rows: tuple[Report, ...]) -> dict[str, int]:
    """The signatures of counties that the file leaves out: what is missing to the total, spread by people."""
    named = {row.county for row in rows}
    missing = {name: people for name, people in held.counties.items() if name not in named}
    filed = sum(row.raw for row in rows)
    if held.ask.raw is None:
        if missing:
            few = ", ".join(list(missing)[:4])
            more = f" and {len(missing) - 4} more" if len(missing) > 4 else ""
            raise QueryError(
                f"{few}{more} are not in the file. Left out is not zero.",
                where=held.ask.reports,
                remedy="Add a row for each with its raw count (0 if nothing was filed), or give the total with --raw.",
            )
        if filed > MOST:
            raise QueryError(f"More than {MOST:,} signatures are not worked out.", where=held.ask.reports,
                             remedy="Correct the raw counts.")  # fmt: skip
        return {}
    rest = held.ask.raw - filed
    if rest < 0 or (rest and not missing):
        raise QueryError(
            f"The counties in the file hold {filed:,} signatures; the total is given as {held.ask.raw:,}.",
            where="--raw",
            remedy="Correct one of them, or leave --raw out.",
        )
    if not rest:
        return {}
    return dict(zip(missing, spread(rest, tuple(map(float, missing.values()))), strict=True))


def _numbers(row: Report) -> tuple[int, int, int, int]:
    return row.raw, row.sample or 0, row.valid or 0, row.duplicates or 0


def _certified(county: str, count: tuple[int, int, int, int], method: Method) -> Certified:
    raw, sample, valid, duplicates = count
    found = certificate(raw, sample, valid, duplicates, method)
    return Certified(
        county,
        raw,
        sample,
        valid,
        duplicates,
        float(found.percent),
        found.uncorrected,
        float(found.value),
        float(found.weight),
        found.estimated,
        found.certified,
        sampling_variance(raw, sample, valid, duplicates, method) ** 0.5,
    )


def _refused(raw: int, sample: int, valid: int, duplicates: int, method: Method) -> None:
    try:
        check(raw, sample, valid, duplicates)
    except ValueError as err:
        raise QueryError(
            f"{str(err)[:1].upper()}{str(err)[1:]}.", where="--count", remedy="Correct RAW,SAMPLE,VALID,DUPLICATES."
        ) from None
    if sample < method.sample(raw):
        raise QueryError(
            f"{sample:,} of {raw:,} signatures were checked; the law asks for {method.sample(raw):,} at least.",
            where="--count",
            remedy="Correct the sample or the raw count.",
        )
