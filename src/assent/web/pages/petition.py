"""The page on a petition: numbers to turn, three ends, how many signatures are enough, and what became of others."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assent.errors import NotApplicable
from assent.inquiries.petition.assumed import whole_of
from assent.inquiries.petition.counties import MOST
from assent.render.modelled import petition_plot
from assent.web.pages.modelled import called, dial, dotted, page, per_cent

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.petition.petition import Petition
    from assent.inquiries.petition.prospects import Chances
    from assent.render.plots import Plot
    from assent.web.address import Address
    from assent.web.pages.modelled import Dial

TARGETS = ("0.5", "0.8", "0.9", "0.95", "0.99")
USUAL = "0.95"
LABELS = {
    "validity": ("Valid, of those filed (second ones counted)", (0.4, 1.0, 0.005)),
    "validity-sd": ("How uncertain that is (standard deviation)", (0.0, 0.15, 0.005)),
    "duplicates": ("Second signatures of somebody, of those filed", (0.0, 0.1, 0.0025)),
}
ABOVE = 1.35  # signatures for each one required, shown where no number reaches the chance wanted


class Part(NamedTuple):
    """One end of a petition, and its chance."""

    kind: str
    label: str
    value: float


class Row(NamedTuple):
    """A point of the curve, and the page that stands on it."""

    at: int
    said: str
    url: str
    qualifies: str
    by_sample: str
    fails: str
    here: bool


class Curve(NamedTuple):
    """The chances over the number filed."""

    plot: Plot
    says: str
    rows: tuple[Row, ...]


class Kind(NamedTuple):
    """A kind of measure, and the page about it."""

    title: str
    required: int
    url: str
    held: bool


def petition_page(ask: Address, library: Library) -> str:
    """Will it qualify?

    Raises
    ------
    QueryError
        A number is wrong.
    """
    day = ask.as_of or date.today()
    shares = tuple((n, ask.option(n)) for n in ("kind", "validity", "validity-sd", "duplicates") if ask.option(n))
    target = ask.option("target") or USUAL
    name = dict(_states(library)).get(ask.id, ask.id)
    try:
        wanted = _asked(library, ask.id, (*shares, ("target", target)), day)
        why = ""
    except NotApplicable as error:
        if error.where != "--target":
            return page(
                "petition.html", ask, library, title=f"A petition in {name}", method="petition", found=None,
                gap=error, nav="exit", others=_on_file(library, ask, day),
            )  # fmt: skip
        wanted, why = None, error.what
    said = ask.option("raw")
    filed = whole_of(said, "raw", MOST) if said else None
    if filed is not None:
        raw = filed
    elif wanted is not None and wanted.needed is not None:
        raw = wanted.needed.raw
    else:
        raw = int(_asked(library, ask.id, (*shares, ("replay", True)), day).requirement.required * ABOVE)
    found = _asked(library, ask.id, (*shares, ("raw", raw)), day)
    assert found.outlook is not None  # noqa: S101 - it is what a number of signatures is asked for
    chances = found.outlook.chances
    dots, counts = dotted([(part.kind, part.value) for part in _ends(chances)])
    past = _asked(library, ask.id, (("replay", True),), day)
    given = {**{n.replace("-", "_"): v for n, v in shares}, "raw": raw, "as_of": ask.as_of or ""}
    return page(
        "petition.html", ask.changed(raw=str(raw), target="", replay="", count=""), library,
        title=f"A petition in {found.name}", method="petition", found=found, nav="exit", gap=None,
        python=called("petition", ask.id, given), here=ask, raw=raw, filed=filed,
        wanted=wanted.needed if wanted else None, why=why, target=target, targets=TARGETS,
        number=_in_hundred(chances.qualifies), ends=_ends(chances), dots=dots, counts=counts,
        curve=_curve(ask, found, raw, wanted), kinds=_kinds(ask, found), dials=_dials(ask, found), past=past.past,
        spread=next((p for p in found.parameters if p.name == "spread"), None), most=_most(found),
    )  # fmt: skip


@lru_cache(maxsize=128)
def _asked(library: Library, state: str, given: tuple[tuple[str, Any], ...], day: date) -> Petition:
    return library.petition(state, **{name.replace("-", "_"): said for name, said in given}, as_of=day)


def _states(library: Library) -> list[tuple[str, str]]:
    return [(m.unit, m.name) for m in library.place.record.rosters.get(library.place.profile.states, ())]


@lru_cache(maxsize=4)
def _counting(library: Library, day: date) -> tuple[tuple[str, str], ...]:
    """The states whose way of counting is on file."""
    found = []
    for code, name in _states(library):
        try:
            library.petition(code, replay=True, as_of=day)
        except NotApplicable:
            continue
        found.append((code, name))
    return tuple(found)


def _on_file(library: Library, ask: Address, day: date) -> list[tuple[str, str]]:
    return [(name, ask.__class__("petition", code).url()) for code, name in _counting(library, day)]


def _in_hundred(value: float) -> str:
    whole = round(100 * value)
    if 0 < whole < 100:
        return f"{whole} in 100"
    return "under 1 in 100" if not whole else "over 99 in 100"


def _ends(found: Chances) -> tuple[Part, ...]:
    return (
        Part("yes", "qualifies by the sample alone", found.by_sample),
        Part("mid", "comes to a full count", found.full_count),
        Part("no", "fails by the sample", found.fails),
    )


def _dials(ask: Address, found: Petition) -> tuple[Dial, ...]:
    known = {p.name: p for p in found.parameters}
    return tuple(dial(known[name], label, span, ask.option(name)) for name, (label, span) in LABELS.items())


def _kinds(ask: Address, found: Petition) -> tuple[Kind, ...]:
    every = sorted((found.requirement, *found.others), key=lambda one: one.required)
    return tuple(Kind(one.title, one.required, ask.url(kind=one.kind), one.kind == found.kind) for one in every)


def _most(found: Petition) -> int:
    """To where the slider of signatures goes."""
    return max((f.raw for f in found.over_raw), default=found.requirement.required * 2)


def _curve(ask: Address, found: Petition, raw: int, wanted: Petition | None) -> Curve | None:
    if not found.over_raw:
        return None
    rows = tuple(
        Row(
            f.raw,
            f"{f.raw:,} signatures: {per_cent(f.chances.qualifies)} qualify one way or the other",
            ask.url(raw=str(f.raw)),
            per_cent(f.chances.qualifies),
            per_cent(f.chances.by_sample),
            per_cent(f.chances.fails),
            f.raw == raw,
        )
        for f in found.over_raw
    )
    says = "The chance of qualifying over the number of signatures filed: " + "; ".join(row.said for row in rows[::10])
    return Curve(petition_plot(found, wanted.needed if wanted else None), says, rows)
