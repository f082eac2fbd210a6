"""A folder of pages that replays dates and readings without a server: what is looked up was worked out before.

The script holds no law. It finds the set of readings and the day in a sheet (``assent.inquiries.matter.sheet``) and
shows the answer that stands there.
"""

from __future__ import annotations

from itertools import dropwhile, takewhile
from pathlib import Path
from shutil import move
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from markupsafe import Markup

from assent.errors import NotApplicable, QueryError
from assent.inquiries.matter.sheet import sheet
from assent.render.atlas import atlas, counted_act
from assent.render.map import HIGH, WIDE, Mark, map_parts
from assent.render.page import Heading, Tree
from assent.render.pages import page_of
from assent.render.texts import VERDICTS, texts
from assent.render.tiles import size, tile_parts
from assent.web.address import Address
from assent.web.files import file_of
from assent.web.static import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from assent.api import Library
    from assent.inquiries.matter.sheet import Sheet
    from assent.inquiries.matter.status import Status
    from assent.law.doctrine import Doctrine

LOADED = ("assent.css", "favicon.svg", "replay.js")
FEWEST = 3  # a tally of fewer says nothing that its stage does not


class Row(NamedTuple):
    """A matter in the list of the folder."""

    id: str
    title: str
    kind: str
    url: str
    stage: str
    completed_on: date | None
    tally: str


def export(
    library: Library,
    site: Path,
    matters: Iterable[str] = (),
    *,
    doctrine: Doctrine,
    as_of: date,
    known_as_of: date,
    tell: Callable[[str], None] = lambda _: None,
) -> int:
    """Write the folder.

    Parameters
    ----------
    library
        What is asked.
    site
        A folder that does not exist yet, or is empty.
    matters
        Their ids; every matter that had been proposed by the day unless given.
    doctrine
        Readings that are held on every page; the others can be changed there.
    as_of, known_as_of
        The last day that can be shown, and the day of knowledge.
    tell
        Told of each matter when its pages are written.

    Returns
    -------
    int
        How many matters were written.

    Raises
    ------
    QueryError
        The folder is not empty, a name is unknown, or there are too many sets of readings.
    """
    if site.exists() and (not site.is_dir() or any(site.iterdir())):
        remedy = "Give a folder that does not exist yet, or an empty one."
        raise QueryError(f"{site} is there already.", where="SITE", remedy=remedy)
    chosen = [library.place.record.matter(name).id for name in matters]
    with TemporaryDirectory(prefix=".assent-", dir=site.absolute().parent) as scratch:
        folder = Path(scratch) / "site"
        folder.mkdir()
        rows = list(_written(library, folder, chosen, doctrine, as_of, known_as_of, tell))
        for name in LOADED:
            (folder / name).write_bytes((FOLDER / name).read_bytes())
        page = _page("replays.html", "", rows=rows, as_of=as_of, said=library.place.versions)
        (folder / "index.html").write_text(page, encoding="utf-8")
        folder.chmod(0o755)
        if site.exists():
            site.rmdir()
        move(folder, site)
    return len(rows)


def _written(
    library: Library,
    folder: Path,
    chosen: list[str],
    doctrine: Doctrine,
    as_of: date,
    known_as_of: date,
    tell: Callable[[str], None],
) -> Iterable[Row]:
    for name in chosen or library.matters:
        try:
            found = sheet(library.place, name, doctrine, as_of, known_as_of)
        except NotApplicable:
            if chosen:
                raise
            continue  # it had not been proposed
        yield _matter(library, folder, found, doctrine)
        held = sum(course >= 0 for course in found.sets)
        tell(f"{name}: {_many(held, 'set')} of readings, {_many(len(found.days), 'day')}")


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else f'{noun}s'}"


def _matter(library: Library, folder: Path, found: Sheet, doctrine: Doctrine) -> Row:
    """Write the page of a matter, its data, and the files beside it."""
    from assent.inquiries.matter.status import status as status_of

    status = status_of(library.place, found.matter, doctrine, found.as_of, found.known_as_of)
    place = folder / found.matter
    place.parent.mkdir(parents=True, exist_ok=True)
    root = "../" * found.matter.count("/")
    data = msgspec.json.encode(_data(library, found, status)).replace(b"<", b"\\u003c")
    place.with_name(f"{place.name}.js").write_bytes(b"window.assentSheet = " + data + b";\n")
    address = Address("matter", found.matter, found.as_of, found.known_as_of, dict(doctrine.chosen))
    for ext in ("json", "csv", "svg") if status.units else ("json", "csv"):
        place.with_name(f"{place.name}.{ext}").write_bytes(file_of(address, ext, library).body)
    page = _page("replay.html", root, **_context(library, found, status))
    place.with_name(f"{place.name}.html").write_text(page, encoding="utf-8")
    kind = texts(library.place).kind(library.matters[found.matter].kind).many
    tally = f"{status.count} of {status.required}" if _tallied(status) else ""
    return Row(found.matter, status.title, kind, f"{found.matter}.html", status.stage, status.completed_on, tally)


def _tallied(status: Status) -> bool:
    return bool(status.units) and status.of >= FEWEST


def _data(library: Library, found: Sheet, status: Status) -> dict[str, Any]:
    """What the script looks up."""
    said = texts(library.place)
    hows = said.hows(counted_act(status, library.place))
    kind = library.matters[found.matter].kind
    events = library.timeline(found.matter, found.as_of, found.known_as_of, status.readings).moments
    return {
        "matter": found.matter,
        "asOf": found.as_of,
        "knownAsOf": found.known_as_of,
        "held": {q: r for q, r in found.readings.items() if r != library.questions[q].default},
        "questions": [{"id": q.id, "readings": [r.id for r in q.readings]} for q in found.questions],
        "units": [unit.id for unit in found.units],
        "names": [unit.name for unit in found.units],
        "hows": found.hows,
        "words": {how: its for how, its in hows.items() if how in {*found.hows.values(), "absent"}},
        "verdicts": {stage: said.verdict(kind, stage) for stage in VERDICTS},
        "events": {moment.on.isoformat(): "; ".join(moment.events) for moment in events if moment.events},
        "days": found.days,
        "answers": [msgspec.structs.astuple(answer) for answer in found.answers],
        "courses": found.courses,
        "sets": found.sets,
    }


def _context(library: Library, found: Sheet, status: Status) -> dict[str, Any]:
    said = texts(library.place)
    hows = said.hows(counted_act(status, library.place))
    drawn = atlas(library.place)
    marks = {unit.unit: Mark(unit.unit, unit.how, f"{unit.name}: {hows[unit.how]}") for unit in status.units}
    wide, high = size(drawn.tiles) if drawn.tiles else (0, 0)
    shown = bool(status.units and drawn.outlines)
    first = found.courses[found.sets[0]] if found.sets[0] >= 0 else ()
    return {
        "status": status,
        "kind_text": said.kind(library.matters[found.matter].kind),
        "unit": said.unit,
        "tallied": _tallied(status),
        "map": Markup(map_parts(drawn.outlines, marks)) if shown else "",  # noqa: S704 - escaped there
        "map_size": f"0 0 {WIDE} {HIGH}",
        "tiles": Markup(tile_parts(drawn.tiles, marks)) if shown else "",  # noqa: S704 - escaped there
        "tiles_size": f"-3 -3 {wide + 6} {high + 6}",
        "rows": [(unit.name, hows[unit.how], unit.how) for unit in sorted(status.units, key=lambda u: u.name)],
        "verdict": _verdict(library, status),
        "why": _why(library, found),
        "questions": found.questions,
        "days": [(found.days[day], found.answers[answer]) for day, answer in first],
        "data": f"{found.matter.rpartition('/')[2]}.js",
        "files": [
            f"{found.matter.rpartition('/')[2]}.{ext}" for ext in (("json", "csv", "svg") if shown else ("json", "csv"))
        ],
    }


def _why(library: Library, found: Sheet) -> Markup:
    """The reasons on the last day, under the readings that are held, with their sources."""
    from assent.web.pages.answer import blocks

    because = library.because(found.matter, found.as_of, found.known_as_of, found.readings)
    page = page_of(because, library.place)
    tree = dropwhile(lambda block: not isinstance(block, Tree), page.blocks)
    return blocks(takewhile(lambda block: block != Heading("Reproduce"), tree))


def _verdict(library: Library, status: Status) -> str:
    from assent.web.pages.matter import verdict

    return verdict(status, library)


def _page(name: str, root: str, **context: Any) -> str:
    """A page from a template; its files stand in the folder, ``root`` above it."""
    from assent.web.pages import environment

    return environment.get_template(name).render(root=root, static=lambda file: f"{root}{file}", **context)
