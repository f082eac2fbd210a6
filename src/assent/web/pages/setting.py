"""How pages are set: the templates, the filters and the names that every template knows."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assent.law.loading import read_yaml
from assent.web.address import Address, Links
from assent.web.pages.stacked import stacked

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import date

FOLDER = Path(__file__).resolve().parent.parent
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_MONTH = re.compile(r"\bin (\d{4})-(\d\d)\b")


@lru_cache(maxsize=4096)
def day(when: date | None) -> str:
    r"""A day as people write it.

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2020, 1, 27))
    '27\xa0January\xa02020'
    """
    return f"{when.day}\u00a0{MONTHS[when.month - 1]}\u00a0{when.year}" if when else ""


@lru_cache(maxsize=8192)
def days(text: str) -> str:
    r"""A text with its ISO dates as people write them.

    Examples
    --------
    >>> days("moved to 1982-06-30; vetoed in 1978-03")
    'moved to 30\xa0June\xa01982; vetoed in March\xa01978'
    """

    def month(number: str) -> str:
        return MONTHS[int(number) - 1] if 1 <= int(number) <= len(MONTHS) else number

    text = _DAY.sub(lambda m: f"{int(m[3])}\u00a0{month(m[2])}\u00a0{m[1]}", text)
    return _MONTH.sub(lambda m: f"in {month(m[2])}\u00a0{m[1]}", text)


@lru_cache(maxsize=1)
def glossary() -> dict[str, str]:
    """The terms that pages explain: term → what it means."""
    said: dict[str, str] = read_yaml(FOLDER / "glossary.yaml")
    return {term: " ".join(text.split()) for term, text in said.items()}


@lru_cache(maxsize=512)
def term(name: str, shown: str = "", at: str = "") -> Markup:
    """A term with its explanation, shown on hover and focus; a click leads to the list of terms.

    ``at`` tells apart two places on a page where one term is explained.
    """
    key = name.replace(" ", "-")
    tip = f"tip-{key}{f'-{at}' if at else ''}"
    return Markup(
        '<span class="term"><a href="{}" aria-describedby="{}">{}</a><span role="tooltip" id="{}">{}</span></span>'
    ).format(f"{Address('about').url()}#term-{key}", tip, shown or name, tip, glossary()[name])


@lru_cache(maxsize=1024)
def kept(macro: Callable[..., Markup], *given: Hashable) -> Markup:
    """What a macro writes of what it is given; a macro that is imported knows nothing else."""
    return macro(*given)


class Stencil:
    """HTML that is the same on many pages but for what its links share: written once, and filled page by page.

    It is written with signs where the links of a page will lead, each with a control character, which is in no text.

    Examples
    --------
    >>> cut = Stencil(f'<a id="no" href="{Stencil.links().to("no=TX")}">no</a>')
    >>> cut.filled(shared(Links.of(Address("matter", "us/amendment/era", window=9), "yes", "no")))
    Markup('<a id="no" href="/us/amendment/era?window=9&amp;no=TX">no</a>')
    """

    SIGN = "\x01"  # before the number of what stands there

    def __init__(self, html: str) -> None:
        first, *rest = html.split(self.SIGN)
        self._holes = [int(part[0]) for part in rest]
        self._pieces = [first]
        for part in rest:
            self._pieces += ("", part[1:])

    @classmethod
    def links(cls, number: int = 0) -> Links:
        """The first or second links of a page, as signs."""
        return Links(*(f"{cls.SIGN}{3 * number + at}" for at in range(3)))

    def filled(self, shared: Sequence[str]) -> Markup:
        """The whole, with what the links of a page share in place of the signs."""
        pieces = self._pieces.copy()
        pieces[1::2] = [shared[hole] for hole in self._holes]
        return Markup("".join(pieces))  # noqa: S704 - written by a macro, filled with what is escaped


def shared(*links: Links) -> list[Markup]:
    """What a page's links share, for any number of stencils: the first links' and the second's."""
    return [escape(text) for one in links for text in one]


def sized(number: int) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,}"


NAV = (
    (Address("matters"), "Matters"),
    (Address("exit"), "Leaving"),
    (Address("law"), "Law"),
    (Address("record"), "Record"),
    (Address("about"), "About"),
)


def setting() -> Environment:
    """The environment of the templates."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    made.filters |= {
        "day": day, "days": days, "sized": sized, "stacked": stacked, "plainly": lambda text: escape(days(text)),
    }  # fmt: skip
    names: dict[str, Any] = {
        "static": lambda name: f"/static/{name}",
        "term": term,
        "kept": kept,
        "nav": [(address.kind, address.url(), said) for address, said in NAV],
        "kind": "",
    }
    made.globals |= names
    return made


environment = setting()
