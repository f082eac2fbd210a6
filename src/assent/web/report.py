"""A report: everything that is known of one thing, to be kept: as one HTML file, or as a tagged PDF.

It holds what the pages hold, and no address and no time but the days asked about: the same question gives the same
bytes, until the program, the law or the record changes.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from re import compile as compile_
from typing import TYPE_CHECKING

from assent.errors import NotApplicable, QueryError, UnknownName
from assent.inquiries.states import find_state
from assent.render import typst
from assent.render.html import html as set_html
from assent.render.page import Page, Para, Table, code, plain, quiet, say
from assent.render.pages import page_of
from assent.render.texts import texts
from assent.values.dates import LAST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from assent.api import Library
    from assent.inquiries.filed.show import Shown
    from assent.inquiries.matter.status import Status

_STYLE = """\
:root{color-scheme:light dark;--ink:light-dark(#1c2130,#eceae4);--soft:light-dark(#5a5f6e,#a8adba);
--line:light-dark(#dcd8ce,#333743);--link:light-dark(#1d4f8c,#8ab4f0)}
body{font:1rem/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
background:light-dark(#fbfaf7,#14161c);color:var(--ink)}
h1,h2{line-height:1.2;text-wrap:balance}h1{font-size:2rem;margin:0 0 .4rem}
h2{font-size:1.4rem;margin:2.6rem 0 .8rem;border-top:1px solid var(--line);padding-top:1.2rem}
a{color:var(--link)}nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;padding:0;margin:0}
figure{margin:1rem 0}img{max-width:100%;height:auto;border-radius:8px}
.assent{max-width:none}main .assent .quiet{opacity:1;color:var(--soft)}
.assent li,.assent dd,.assent p,.assent code{overflow-wrap:anywhere}.assent pre{overflow-x:auto}
.assent li{padding:.1em 0 .1em 1.3em;text-indent:-1.3em}.assent li>*{text-indent:0}
.assent li>ul{padding-left:.3em;border-left:2px solid var(--line);margin-left:-1em}
.assent table{width:100%;font-size:.92em}.assent th{color:var(--soft);font-size:.92em}
main .assent td,main .assent th{border-bottom:1px solid var(--line);padding:.3em .9em .3em 0}
@media(min-width:40.01rem){.assent td.right,.assent td:first-child{white-space:nowrap}}
@media(max-width:40rem){.assent dl{display:block}.assent dt{margin-top:.5em}.assent table{font-size:.85em}
main .assent td,main .assent th{padding-right:.35em;overflow-wrap:anywhere}}
@media print{:root{color-scheme:light}body{margin:0;max-width:none;font-size:10pt;background:none}
nav{display:none}h2,h3,thead{break-after:avoid}tr,img,dd{break-inside:avoid}img{max-height:22cm;width:auto}}"""
_SIZE = compile_(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for: the days, the readings and what is supposed, as the commands take them."""

    as_of: date | None = None
    known_as_of: date | None = None
    readings: tuple[str, ...] = ()
    window: int | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: a page, and a drawing with what it says to those who do not see it."""

    title: str
    page: Page
    drawing: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report before it is set."""

    title: str
    sections: tuple[Section, ...]

    def html(self) -> str:
        """One file that needs no other: no script, no font, no picture from anywhere."""
        parts = "\n".join(_section(at, section) for at, section in enumerate(self.sections, 1))
        listed = "".join(f'<li><a href="#s{at}">{escape(s.title)}</a></li>' for at, s in enumerate(self.sections, 1))
        contents = f'<nav aria-label="Contents"><ul>{listed}</ul></nav>\n' if len(self.sections) > 1 else ""
        return (
            f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(self.title)}</title>\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1>{escape(self.title)}</h1>\n"
            f"{contents}{parts}\n</main>\n</body>\n</html>\n"
        )

    def pdf(self) -> bytes:
        """A tagged PDF (PDF/UA-1)."""
        source, drawings = [typst.heading(self.title, 1)], {}
        for at, section in enumerate(self.sections):
            source.append(typst.heading(section.title, 2))
            if section.drawing:
                drawings[f"drawing{at}"] = section.drawing
                source.append(typst.drawing(f"drawing{at}", section.told, *_size(section.drawing)))
            source.append(typst.blocks(section.page.blocks))
        return typst.pdf("\n\n".join(source), self.title, drawings)


def _section(at: int, section: Section) -> str:
    drawn = f"<figure>{_image(section)}</figure>\n" if section.drawing else ""
    return f'<section>\n<h2 id="s{at}">{escape(section.title)}</h2>\n{drawn}{set_html(section.page)}\n</section>'


def _size(drawing: str) -> tuple[float, float]:
    wide, high = (float(said) for said in _SIZE.search(drawing).groups())  # type: ignore[union-attr]  # ours
    return wide, high


def _image(section: Section) -> str:
    """A drawing as an image, so that its styles and its names stay its own."""
    wide, high = _size(section.drawing)
    data = b64encode(section.drawing.encode()).decode()
    size = f'width="{wide:.0f}" height="{high:.0f}"'
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(section.told)}" {size}>'


def report(library: Library, name: str, asked: Asked) -> Report:
    """The report on a matter, a state, a procedure or a question of law.

    Parameters
    ----------
    library
        What is asked.
    name
        The id of a matter, a procedure or a question, or the code or name of a state.
    asked
        Days, readings and suppositions.

    Raises
    ------
    UnknownName
        There is nothing of that name.
    QueryError
        It cannot be answered as asked.

    Examples
    --------
    >>> from assent.api import Library
    >>> [section.title for section in report(Library(), "us/amendment/19", Asked()).sections]
    ['Where it stands', 'Where each stands', 'When the answer changed', 'On what the answer turns']
    """
    if name in library.matters:
        return _matter(library, name, asked)
    if asked.yes or asked.no:
        raise QueryError("Something can be supposed of a matter alone.", where="--yes, --no", remedy="Leave them out.")
    if name in library.procedures or name in library.questions:
        return _law(library, name, asked)
    try:
        find_state(library.place, name, LAST)
    except UnknownName:
        known = (*library.matters, *library.procedures, *library.questions)
        raise UnknownName("matter, state, procedure or question on file", name, known, where="ID") from None
    return _exit(library, name, asked)


def _matter(library: Library, name: str, asked: Asked) -> Report:
    place = library.place
    held = (name, asked.as_of, asked.known_as_of, asked.readings, asked.window)
    status = library.status(*held, yes=asked.yes, no=asked.no)
    timeline, hinge = library.timeline(*held), library.hinge(*held, yes=asked.yes, no=asked.no)
    drawn, told = _map(status, library)
    sections = [Section("Where it stands", page_of(status, place, full=True), drawn, told)]
    if status.units:
        sections.append(Section("Where each stands", _units(status, texts(place).unit.one.capitalize())))
    sections.append(Section("When the answer changed", page_of(timeline, place, full=True)))
    sections.append(Section("On what the answer turns", page_of(hinge, place, full=True)))
    return Report(status.title, tuple(sections))


def _map(status: Status, library: Library) -> tuple[str, str]:
    from assent.render.atlas import svg

    try:
        drawn = svg(status, library.place)
    except NotApplicable:
        return "", ""
    return drawn, f"Map of {status.title}: {status.count} of {status.of} on {status.as_of}; the table says each."


def _units(status: Status, unit_is: str) -> Page:
    head = (unit_is, "Counts", "Stands", "Acts")
    rows = tuple(
        (
            say(unit.name),
            say("yes" if unit.counts else "no"),
            say(unit.text.removeprefix(f"{unit.name}: ")),
            say(quiet(", ".join(unit.acts))),
        )
        for unit in sorted(status.units, key=lambda unit: unit.name)
    )
    return Page("", (Table(head, rows, wrap=frozenset({2, 3})),))


def _exit(library: Library, name: str, asked: Asked) -> Report:
    found = library.exit(name, asked.as_of, asked.known_as_of, asked.readings, asked.window)
    page = page_of(found, library.place, full=True)
    sections = [Section("The answer", page)]
    for path in found.paths:
        shown = library.show(path.id, asked.as_of, asked.readings, asked.window)
        sections.append(_drawn(f"Drawn: {path.title}", shown, Page("", (Para(say(code(path.id))),))))
    return Report(page.title, tuple(sections))


def _law(library: Library, name: str, asked: Asked) -> Report:
    shown = library.show(name, asked.as_of, asked.readings, asked.window)
    page = page_of(shown, library.place, full=True)
    sections = [_drawn("In plain words", shown, page)]
    counts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("Which coalitions there are", lambda: library.coalitions(name, readings=asked.readings, as_of=asked.as_of)),
        ("Who weighs how much", lambda: library.power(name, by="body", readings=asked.readings, as_of=asked.as_of)),
    )
    if name in library.procedures:
        sections += _counted(library, counts)
    return Report(page.title or shown.title, tuple(sections))


def _counted(library: Library, counts: tuple[tuple[str, Callable[[], object]], ...]) -> Iterator[Section]:
    """What can be counted of a procedure; one that cannot be counted says why."""
    for title, count in counts:
        try:
            yield Section(title, page_of(count(), library.place, full=True))
        except QueryError as error:
            yield Section(title, Page("", (Para(say(error.what)),)))


def _drawn(title: str, shown: Shown | object, page: Page) -> Section:
    from assent.render.diagram import svg

    try:
        drawn = svg(shown)  # type: ignore[arg-type]  # a question of law is refused, and has no drawing
    except NotApplicable:
        return Section(title, page)
    return Section(title, page, drawn, f"Diagram: {plain(say(title))}")
