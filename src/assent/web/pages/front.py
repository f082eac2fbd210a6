"""The front page: what Assent is, and where to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.texts import texts
from assent.web.pages.board import board
from assent.web.pages.matter import verdict
from assent.web.pages.setting import environment
from assent.web.pages.share import beside

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.matter.status import Status
    from assent.web.address import Address
    from assent.web.pages.board import Board


LEAVING = ("exit", "standoff", "petition", "referendum")
COUNTING = ("power", "coalitions", "chance", "plan")


def home_page(ask: Address, library: Library) -> str:
    """What Assent is, the matters it leads with, and every way in."""
    said = texts(library.place)
    cards: list[tuple[str, Status, str, str, Board]] = []
    for featured in said.featured:
        status = library.status(featured.matter)
        at = ask.__class__("matter", featured.matter)
        drawn = board(at, library, status, key=f"c{len(cards)}")
        cards.append((at.url(), status, verdict(status, library), featured.says, drawn))
    counts = {kind: sum(m.kind == kind for m in library.matters.values()) for kind in said.kinds}
    leaving = said.leaving
    context = {
        "kind": "home",
        "said": said,
        "cards": cards,
        "kinds": [
            (said.kind(kind), number, ask.__class__("matters").changed(kind=kind).url())
            for kind, number in counts.items()
            if number
        ],
        "leaving": leaving,
        "leaving_name": _name(library, leaving.state) if leaving else "",
        "leaving_links": {k: ask.__class__(k, leaving.state).url() for k in LEAVING} if leaving else {},
        "defiance_url": ask.__class__("defiance").url(),
        "exits_url": ask.__class__("exit").url(),
        "counting_links": {k: ask.__class__(k, said.counting.procedure).url() for k in COUNTING}
        if said.counting
        else {},
        "questions": len(library.questions),
        "acts": sum(len(acts) for acts in library.place.record.acts.values()),
        "authorities": len(library.place.law.authorities),
        "read": sum(a.standing == "read" for a in library.place.law.authorities.values()),
        "files": beside(ask),
        "on_file": library.place.versions,
        "links": {
            "matters": ask.__class__("matters").url(),
            "law": ask.__class__("law").url(),
            "record": ask.__class__("record").url(),
            "about": ask.__class__("about").url(),
            "questions": ask.__class__("questions").url(),
        },
    }
    return environment.get_template("home.html").render(context)


def _name(library: Library, unit: str) -> str:
    rows = (m for members in library.place.record.rosters.values() for m in members)
    return next((m.name for m in rows if m.unit == unit), unit)
