"""Past petitions: what became of those on file, what the law makes of their numbers, and how it looked on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assent.inquiries.petition.canvass import METHOD, NORMAL, told, variance_of, waiting_of
from assent.inquiries.petition.law import FOLDER
from assent.inquiries.petition.petition import Found
from assent.inquiries.petition.prospects import Differing, Past, Progress
from assent.models.petition.certificate import certificate
from assent.models.petition.outcome import spread
from assent.models.petition.progress import Reported, Spread, ahead, spread_between

if TYPE_CHECKING:
    from datetime import date

    from assent.inquiries.petition.petition import Held
    from assent.models.petition.bars import Bars

SAMPLE, NOT_FILED = "sample", "not-filed"
PUBLISHED = (
    "On the way: the share certified statewide as then published; counties still out, with their last corrections, by "
    "the days of their reports; how counties differ from the percentages published until then. Signatures of counties "
    "that are not on file are taken by people, for the error of their samples alone."
)


def replayed(held: Held, as_of: date) -> Found:
    """The petitions on file decided by a day, and their counts on the way."""
    place, state = held.place, held.rule.state
    rows = [row for row in place.rows(f"{FOLDER}/petitions.csv") if row["state"] == state]
    past = tuple(_past(held, row) for row in rows if row["date"] <= as_of.isoformat())
    snapshots = [row for row in place.rows(f"{FOLDER}/snapshots.csv") if row["date"] <= as_of]
    history = tuple(
        found
        for row in snapshots
        for petition in rows
        if petition["id"] == row["petition"] and (found := _snapshot(held, petition, row)) is not None
    )
    return Found(
        parameters=(held.believed[2],) if history else (),
        past=past,
        history=history,
        method=METHOD if history else "the law's bars, in whole signatures",
        error_bound=1e-9 if history else None,
        assumptions=(NORMAL, PUBLISHED) if history else (),
    )


def _past(held: Held, row: dict[str, Any]) -> Past:
    required, certified, raw = row["required"], row["certified"], row["raw"]
    projected, percent = None, row["certified_percent"]
    if raw and row["sample"] and row["valid"] is not None:
        method = held.rule.method()
        projected = certificate(raw, row["sample"], row["valid"], row["duplicates"] or 0, method).certified
    if percent is None and raw and certified is not None:
        percent = 100 * certified / raw
    by_rule = ""
    if required and certified is not None:
        bars = held.rule.bars(required)
        by_rule = _sampled(certified, bars) if row["stage"] == SAMPLE else _in_full(certified, bars)
    return Past(
        row["id"],
        row["title"],
        row["kind"],
        row["stage"],
        row["date"],
        required,
        raw,
        certified,
        percent,
        projected,
        row["outcome"],
        by_rule,
        by_rule == row["outcome"] if by_rule else None,
        row["note"],
        row["source"],
    )


def _sampled(certified: int, bars: Bars) -> str:
    if certified < bars.counted_from:
        return "failed"
    return "qualified" if certified >= bars.qualifies_from else "full-count"


def _in_full(found: int, bars: Bars) -> str:
    return "qualified" if found >= bars.required else "failed"


def _snapshot(held: Held, petition: dict[str, Any], row: dict[str, Any]) -> Progress | None:
    """How a count stood on a day; ``None`` where the counties that were out are not all on file."""
    results = [r for r in held.place.rows(f"{FOLDER}/county_results.csv") if r["petition"] == row["petition"]]
    late = [r for r in results if r["reported_on"] > row["date"]]
    if len(late) != row["out"] or any(r["raw"] is None for r in late):
        return None
    out = {r["county"]: r["raw"] for r in late}
    raw_in = row["raw"] - sum(out.values())
    certified = round(raw_in * row["certified_percent"] / 100)
    if not out and row["projected"] is not None:
        certified = row["projected"]
    differing = _differing(held, [r for r in results if r["reported_on"] <= row["date"]], row["raw"])
    bars = held.rule.bars(petition["required"])
    found = ahead(
        [Reported(raw_in, certified, _noise(held, raw_in, certified))],
        waiting_of(held, out, differing.mean),
        Spread(differing.mean, differing.error, differing.between, differing.counties),
        bars,
    )
    counties = len(held.counties) - row["out"]
    return told(found, row["date"], (counties, raw_in, certified), out, differing if out else None)


def _differing(held: Held, results: list[dict[str, Any]], raw: int) -> Differing:
    """How the counties on file that had reported differ, as published."""
    method, copies = held.rule.method(), float(held.duplicates)
    people = dict(zip(held.counties, spread(raw, tuple(map(float, held.counties.values()))), strict=True))
    shares, variances = [], []
    for r in results:
        if r["certified_percent"] is None:
            continue
        share = r["certified_percent"] / 100
        filed = r["raw"] or people[r["county"]]
        shares.append(share)
        variances.append(0.0 if r["method"] == "full" else variance_of(filed, share, copies, method) / filed**2)
    found = spread_between(shares, variances)
    return Differing(found.mean, found.error, found.between, found.counties, "evidence")


def _noise(held: Held, raw: int, certified: int) -> float:
    """The sampling variance of what the counties in have certified, spread by people."""
    parts = spread(raw, tuple(map(float, held.counties.values())))
    share, copies, method = certified / raw, float(held.duplicates), held.rule.method()
    return sum(variance_of(part, share, copies, method) for part in parts)
