"""The page on defiance: the map through the years, who lives under it, what the federal side did, and what it shows."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from assent.render.map import Mark
from assent.render.modelled import defiance_plot, furthest
from assent.render.texts import texts
from assent.web.inquiry import inquire
from assent.web.pages.modelled import called, page
from assent.web.pages.plotted import plot
from assent.web.pages.setting import day as told
from assent.web.pages.slider import Slider

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.defiance.defiance import Defiance
    from assent.inquiries.defiance.state_laws import StateRow
    from assent.record.acts import Membership
    from assent.web.address import Address

VIEWS = (("map", "Map"), ("tiles", "Equal tiles"))
FILLS = ("med", "adult")  # how the kinds counted are drawn, the furthest last
EDGE = 4  # per cent of the slider, within which a year is written inwards


class Change(NamedTuple):
    """A day on which something happened: what, and whether a state, the federal side or both did it."""

    on: date
    said: str
    move: str


def defiance_page(ask: Address, library: Library) -> str:
    """Where state law defies federal law.

    Raises
    ------
    QueryError
        A day or a name is wrong.
    """
    every = ask.changed(as_of=None).bare()
    found: Defiance = inquire(library, ask)  # type: ignore[assignment]
    whole: Defiance = inquire(library, every.changed(id=""))  # type: ignore[assignment]
    here: Defiance = found if not ask.id else inquire(library, ask.changed(id=""))  # type: ignore[assignment]
    kinds = [living.kind for living in whole.living]
    marks = _marks(ask, library, here, kinds)
    words = {FILLS[at]: whole.kinds[kind].capitalize() for at, kind in reversed(list(enumerate(kinds[: len(FILLS)])))}
    title = f"Defiance in {found.name}" if found.state else found.title
    return page(
        "defiance.html", ask, library, title=title, method="defiance", found=found, whole=here, nav="exit",
        python=called("defiance", ask.id, {"as_of": ask.as_of or ""}), unit=texts(library.place).unit,
        years_told=whole.by_year[::4], views=VIEWS, kinds=kinds, fills=FILLS,
        board=plot(library, marks, {**words, "none": "Neither"}),
        slider=_slider(ask, whole, found.as_of), chart=defiance_plot(whole, found.as_of),
        row=next((r for r in found.states if found.state and r.state == found.state), None),
        links={m.unit: ask.changed(id=m.unit).url() for m in _roster(library)}, plain=ask.changed(id="").url(),
        hidden_days=tuple((n, v) for n, v in ask.parameters() if n != "as-of"), today=date.today(),
    )  # fmt: skip


def _roster(library: Library) -> tuple[Membership, ...]:
    return library.place.record.rosters.get(library.place.profile.states, ())


def _marks(ask: Address, library: Library, found: Defiance, kinds: list[str]) -> dict[str, Mark]:
    rows = {row.state: row for row in found.states}
    marks = {}
    for member in library.place.record.roster(library.place.profile.states, found.as_of):
        row = rows.get(member.unit)
        said = f"{member.name}: {_said(row)}. Open it"
        far = furthest(found, row, kinds[: len(FILLS)])
        how = FILLS[far] if far >= 0 else "none"
        marks[member.unit] = Mark(member.unit, how, said, ask.changed(id=member.unit).url(), ring=member.unit == ask.id)
    return marks


def _said(row: StateRow | None) -> str:
    if row is None or not row.laws:
        return "no law on file that allows it"
    return "; ".join(f"{law.kind} since {law.adopted}" for law in row.laws)


def _changes(whole: Defiance) -> list[Change]:
    """The days on which a state or the federal side did something; a law of which the year alone is known ends it."""
    found: dict[date, list[tuple[str, str]]] = {}
    for row in whole.states:
        for law in row.laws:
            on = _day(law.adopted)
            if on <= whole.as_of:
                found.setdefault(on, []).append((f"{row.name}: {law.kind}", "up"))
    for posture in whole.postures:
        found.setdefault(posture.date, []).append((posture.title, "down"))
    return [
        Change(on, "; ".join(said for said, _ in several), "up" if any(m == "up" for _, m in several) else "down")
        for on, several in sorted(found.items())
    ]


def _day(said: str) -> date:
    """The last day that a date, a month or a year may mean."""
    year, *rest = (int(part) for part in said.split("-"))
    if len(rest) == 2:
        return date(year, *rest)
    month = rest[0] if rest else 12
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _slider(ask: Address, whole: Defiance, as_of: date) -> Slider | None:
    """The days of the record, as the page of a matter has them."""
    changes = _changes(whole)
    if not changes:
        return None
    first = changes[0].on - timedelta(days=1)
    days = max((date.today() - first).days, 1)
    at = min(max((as_of - first).days, 0), days)
    ticks = "".join(
        f'<line class="t-{c.move}" data-day="{(c.on - first).days}" x1="{x}" x2="{x}" y1="{y}" y2="{y + 8}"/>'
        for c in changes
        for x, y in [(f"{(c.on - first).days / days * 100:.2f}%", 1 if c.move == "up" else 10)]
    )
    years = "".join(
        f'<text x="{x:.2f}%" y="13" class="a-{_side(x)}">{year}</text>'
        for year in range(first.year - first.year % 5 + 5, date.today().year + 1, 5)
        for x in [(date(year, 1, 1) - first).days / days * 100]
    )
    latest = max((c.on for c in changes if c.on <= as_of), default=None)
    rows = "".join(
        f'<tr{" class=here" if c.on == latest else ""}><td class="nowrap">'
        f'<a data-go href="{escape(ask.url(as_of=c.on))}">{told(c.on)}</a></td>'
        f"<td>{escape(c.said)}</td><td>{'states' if c.move == 'up' else 'federal side'}</td></tr>"
        for c in changes
    )
    before = max((c.on for c in changes if c.on < (latest or as_of)), default=None)
    after = min((c.on for c in changes if c.on > as_of), default=None)
    event = next((c.said for c in changes if c.on == latest), "")
    return Slider(
        first, days, at, Markup(ticks), Markup(years), Markup(rows), round(at / days * 100, 2),  # noqa: S704 - escaped
        ask.url(as_of=before) if before else "", ask.url(as_of=after) if after or ask.as_of else "",
        latest, event, len(changes),
    )  # fmt: skip


def _side(along: float) -> str:
    """On which side of its place a year is written, so that it stays on the slider."""
    return "end" if along > 100 - EDGE else "start" if along < EDGE else "middle"
