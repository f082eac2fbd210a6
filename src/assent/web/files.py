"""The files beside a page: the same answer as JSON, as a table, as a drawing and as a picture."""

from __future__ import annotations

from datetime import date
from re import sub
from typing import TYPE_CHECKING, Any, NamedTuple

from assent.errors import NotApplicable
from assent.web import headers
from assent.web.errors import Refused
from assent.web.inquiry import ALONE, inquire
from assent.web.kinds import KINDS
from assent.web.picture import png

if TYPE_CHECKING:
    from assent.api import Library
    from assent.web.address import Address

MEDIA = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
}


class File(NamedTuple):
    """A body, its media type and the headers that keep it to itself."""

    body: bytes
    media: str
    headers: dict[str, str]


def file_of(address: Address, ext: str, library: Library) -> File:
    """A file beside a page.

    Raises
    ------
    Refused
        The page has no such file.
    QueryError
        It cannot be answered as asked.
    """
    from assent.api import json
    from assent.render.csv import csv

    address = address.answered()
    if not KINDS[address.kind].inquiry or (KINDS[address.kind].about and not address.id and address.kind not in ALONE):
        raise Refused(404, "There is nothing beside this page.", where="path", remedy=f"Ask for {address.url()}.")
    if ext in {"svg", "png"}:
        drawn = drawing(address, library)
        if ext == "png":
            return File(png(drawn), MEDIA[ext], headers.PICTURE)
        return File(drawn.encode(), MEDIA[ext], headers.drawing(drawn))
    result = inquire(library, address)
    written = csv(result, library.place) if ext == "csv" else json(result) + "\n"
    return File(written.encode(), MEDIA[ext], headers.DATA)


def drawing(address: Address, library: Library) -> str:
    """What a page is about, as SVG.

    Raises
    ------
    Refused
        There is no drawing of it.
    """
    none = f"There is no drawing of {address.path()}."
    remedy = f"Ask for {address.file('json')} or {address.file('csv')}."
    draw = DRAWINGS.get(address.kind)
    if draw is None:
        raise Refused(404, none, where="path", remedy=remedy)
    result = inquire(library, address)
    try:
        drawn = draw(result, library, address)
    except NotApplicable:
        raise Refused(404, none, where="path", remedy=remedy) from None
    return sub(r'^(<svg [^>]*?) style="[^"]*"', r"\1", drawn, count=1)  # how wide a page shows it; a file has no page


def _map(result: Any, library: Library, address: Address) -> str:
    from assent.render.atlas import svg

    return svg(result, library.place, address.view or "map")


def _law(result: Any, library: Library, address: Address) -> str:
    from assent.render.diagram import svg

    del library, address
    return svg(result)


def _standoff(result: Any, library: Library, address: Address) -> str:
    from assent.render.regions import svg

    del library, address
    return svg(result.map, f"{result.name} without asking")


def _exit(result: Any, library: Library, address: Address) -> str:
    from assent.render.ways import svg

    del library, address
    return svg(result)


def _counted(result: Any, library: Library, address: Address) -> str:
    from assent.render.charted import svg

    return svg(result, library.place, address.view or "map")


def _defiance(result: Any, library: Library, address: Address) -> str:
    from assent.render.modelled import defiance_svg

    whole: Any = inquire(library, address.changed(id="")) if address.id else result
    return defiance_svg(whole, library.place, address.view or "map", address.id)


def _modelled(result: Any, library: Library, address: Address) -> str:
    from assent.render import modelled

    del library
    drawn: str = getattr(modelled, f"{address.kind}_svg")(result)
    return drawn


def _matters(result: Any, library: Library, address: Address) -> str:
    from assent.render.tallies import tally_file
    from assent.web.tallied import by_kind

    del address
    days = f"As of {date.today()}, under the readings by which the official record was kept."
    notes = [days, "Again: assent status MATTER"]
    return tally_file(by_kind(library, result), f"The matters on file: {library.place.profile.title}", notes)


def _question(result: Any, library: Library, address: Address) -> str:
    from assent.render.tallies import tally_file
    from assent.web.tallied import by_reading

    notes = [
        "Shown are the matters whose answer turns on it, each on the whole record, under each of its readings.",
        f"As of {date.today()}. The default is only the reading by which the official record was kept.",
        f"Again: assent status MATTER --reading {address.id}=READING",
    ]
    return tally_file(by_reading(library, address.id), result.title, notes)


def _record(result: Any, library: Library, address: Address) -> str:
    from assent.render.strips import svg

    del library, address
    return svg(result)


def _about(result: Any, library: Library, address: Address) -> str:
    from assent.render.ages import svg

    del library, address
    return svg(result)


# Kind of page → what draws it, from its result.
DRAWINGS = {
    "matter": _map,
    "law": _law,
    "about": _about,
    "exit": _exit,
    "matters": _matters,
    "question": _question,
    "record": _record,
    "standoff": _standoff,
    "defiance": _defiance,
    **dict.fromkeys(("forecast", "petition", "referendum"), _modelled),
    **dict.fromkeys(("chance", "coalitions", "plan", "power"), _counted),
}
