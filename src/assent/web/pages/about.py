"""The page about the data: how old each file is, what is missing, what was only recalled, terms, citing, licences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assent.web.inquiry import inquire
from assent.web.pages.modelled import called, page
from assent.web.pages.setting import glossary

if TYPE_CHECKING:
    from datetime import date

    from assent.api import Library
    from assent.inquiries.filed.staleness import Staleness
    from assent.web.address import Address

OLD = 365  # days after which a reader is told so


class Through(NamedTuple):
    """A day through which silence on some matters means no, and the matters."""

    through: date
    age: int
    act: str
    matters: tuple[tuple[str, str], ...]


def about_page(ask: Address, library: Library) -> str:
    """About the data.

    Raises
    ------
    QueryError
        The day is wrong.
    """
    found: Staleness = inquire(library, ask)  # type: ignore[assignment]
    at = ask.__class__
    groups: dict[tuple[date, str], list[tuple[str, str]]] = {}
    for one in found.complete:
        groups.setdefault((one.through, one.act), []).append((one.title, at("matter", one.matter).url()))
    through = tuple(
        Through(day, (found.as_of - day).days, act, tuple(matters))
        for (day, act), matters in sorted(groups.items(), key=lambda pair: (pair[0][0], pair[0][1]), reverse=True)
    )
    return page(
        "about.html", ask, library, title="About the data", method="staleness", found=found, nav="about",
        python=called("staleness", "", {"as_of": ask.as_of or ""}), rows=sum(f.rows for f in found.files), old=OLD,
        through=through, terms=sorted((name, name.replace(" ", "-"), said) for name, said in glossary().items()),
        gaps=tuple((gap, at("matter", gap.matter).url()) for gap in found.gaps),
        recalled=tuple((one, at("cite", one.id).url()) for one in found.recalled),
        oldest=max((f for f in found.files if f.age is not None), key=lambda f: f.age or 0, default=None),
        versions_said=", ".join(f"{name} {version}" for name, version in found.versions.items()),
    )  # fmt: skip
