"""A count on a page: one certificate figure by figure, or where a count under way stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.numbers import share
from assent.render.page import Block, Heading, Item, Items, Para, Table, quiet, say
from assent.render.words import many

if TYPE_CHECKING:
    from assent.inquiries.petition.prospects import Certified, Chances, Progress

NBSP = "\u00a0"
MOST = 12
RARE = 5e-4
PROGRESS = 1e-6  # finer than anybody knows how counties differ


def percent(value: float) -> str:
    """A share in percent, to a tenth.

    Examples
    --------
    >>> percent(0.08).replace(NBSP, " "), percent(0.8796).replace(NBSP, " ")
    ('8 %', '88.0 %')
    """
    hundredths = 100 * value
    return f"{hundredths:.0f}{NBSP}%" if abs(hundredths - round(hundredths)) < 1e-9 else f"{hundredths:.1f}{NBSP}%"


def chance(value: float, error: float | None) -> str:
    """A chance, not finer than it is known.

    Examples
    --------
    >>> [chance(p, 5e-5).replace(NBSP, " ") for p in (0.5, 1e-9, 1.0)], chance(1.0, None).replace(NBSP, " ")
    (['50.00 %', 'below 0.005 %', 'above 99.995 %'], '100 %')
    """
    if error and value < error:
        return f"below {100 * error:.2g}{NBSP}%"
    if error and 1 - value < error:
        return f"above {100 - 100 * error:.12g}{NBSP}%"
    return f"{100 * value:.0f}{NBSP}%" if value in {0.0, 1.0} else share(value)


def chances_table(found: Chances, error: float | None, normal: Chances | None = None) -> Table:
    """The ways a petition may end, with what the normal law would say of them."""
    after = "" if found.after_full_count is None or found.full_count < RARE else (
        f", and qualifies by it with {chance(found.after_full_count, error)}"
    )  # fmt: skip
    rows = [
        ("qualifies by the sample alone", found.by_sample, normal and normal.by_sample),
        (f"comes to a full count{after}", found.full_count, normal and normal.full_count),
        ("fails by the sample", found.fails, normal and normal.fails),
        ("qualifies, one way or the other", found.qualifies, normal and normal.qualifies),
    ]
    if normal is None:
        return Table(("It", "Chance"), tuple((say(what), say(chance(p, error))) for what, p, _ in rows), frozenset({1}),
                     frozenset({0}))  # fmt: skip
    lines = tuple((say(what), say(chance(p, error)), say(quiet(share(other or 0.0)))) for what, p, other in rows)
    return Table(("It", "Chance", "By a normal law"), lines, frozenset({1, 2}), frozenset({0}))


def count_blocks(count: Certified) -> list[Block]:
    """A certificate, figure by figure."""
    steps = [
        ("Valid in the sample", f"{count.valid:,} of {count.sample:,}, {count.percent:g}{NBSP}%"),
        ("Before duplicates", f"{count.raw:,} × {count.percent:g}{NBSP}%, {count.uncorrected:,}"),
    ]
    if count.weight:
        steps += [
            ("A signature stands for", f"{count.raw:,} / {count.sample:,}, {count.value:.4f}"),
            ("A duplicate weighs", f"{count.value:.4f} × {count.value - 1:.4f}, {count.weight:,.4f}"),
            ("Duplicates", f"{count.duplicates:,} × {count.weight:,.4f}, {count.estimated_duplicates:,}"),
        ]
    steps.append(
        ("Certified", f"{count.uncorrected:,} − {count.estimated_duplicates:,}, {count.certified:,} signatures")
    )
    steps.append(("Error of the sample", f"{count.sd:,.0f} signatures (one standard deviation)"))
    return [Heading("Figure by figure"), Items(tuple(Item(say(name), say(value)) for name, value in steps))]


def progress_blocks(at: Progress, *, full: bool = False) -> list[Block]:
    """Where a count stands: what is in, what is out, and what may come of it."""
    told = f"{many(at.counties_in, 'county', 'counties')} in with {at.raw - at.raw_out:,} signatures"
    in_share = at.certified / max(at.raw - at.raw_out, 1)
    blocks: list[Block] = [Heading("Where the count stands")]
    blocks.append(Para(say(f"{told}, {percent(in_share)} of them certified.", _needs(at))))
    if at.counties_out:
        blocks.append(chances_table(at.chances, PROGRESS))
        blocks.append(Para(say(_expected(at))))
        shown = sorted(at.out.items(), key=lambda pair: -pair[1])
        rest = len(shown) - MOST
        listed = ", ".join(f"{name} {raw:,}" for name, raw in (shown if full else shown[:MOST]))
        more = f" and {rest} more (--full)" if rest > 0 and not full else ""
        blocks.append(Para(say(quiet("Still out: "), listed, more, ".")))
    if at.reports:
        blocks += _reports(at, full=full)
    return blocks


def _needs(at: Progress) -> str:
    if at.needed_for_count is None or at.needed_to_qualify is None:
        return ""
    for_count = "is sure" if at.needed_for_count <= 0 else f"takes {_of_rest(at.needed_for_count)}"
    qualify = "is sure" if at.needed_to_qualify <= 0 else f"takes {_of_rest(at.needed_to_qualify)}"
    return f" A full count {for_count}; to qualify without one {qualify}."


def _of_rest(needed: float) -> str:
    return f"{percent(needed)} of those still out" if needed <= 1 else "more than all of those still out"


def _expected(at: Progress) -> str:
    told = f"Expected in the end: {at.total:,.0f} certified, give or take {at.sd:,.0f}."
    if at.differing is None:
        return told
    d = at.differing
    how = f"from {d.counties} counties" if d.standing == "evidence" else "assumed, since fewer than three have reported"
    return (
        f"{told} Counties certify {percent(d.mean)} on average ({how}), ± {percent(d.error)} for that mean, and differ "
        f"by {percent(d.between)} beyond the luck of sampling."
    )


def _reports(at: Progress, *, full: bool) -> list[Block]:
    held = sorted(at.reports, key=lambda r: -r.raw)
    rows = tuple(
        (
            say(r.county),
            say(f"{r.raw:,}"),
            say("all" if r.sample >= r.raw else f"{r.sample:,}"),
            say(f"{r.valid:,}"),
            say(f"{r.duplicates:,}"),
            say(f"{r.certified:,}"),
            say(percent(r.certified / r.raw) if r.raw else quiet("–")),
        )
        for r in (held if full else held[:MOST])
    )
    head = ("County", "Raw", "Checked", "Valid", "Dup.", "Certified", "Share")
    blocks: list[Block] = [Table(head, rows, frozenset({1, 2, 3, 4, 5, 6}), frozenset({0}))]
    if len(held) > MOST and not full:
        blocks.append(Para(say(quiet(f"{len(held) - MOST} more counties; --full lists them."))))
    return blocks
