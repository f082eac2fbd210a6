"""Authorities and citations: what a rule or a reading rests on, and whether its text was read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


class Authority(Struct, frozen=True, forbid_unknown_fields=True):
    """A text somebody may cite: a clause, a case, an opinion, a statute, a book.

    ``standing`` is *read* when the text itself was before the author (``where`` says where), else *recalled*.
    """

    id: str
    kind: str
    title: str
    standing: Literal["read", "recalled"]
    citation: str = ""
    body: str = ""
    year: int | None = None
    date: dt.date | None = None
    where: str = ""
    says: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.standing == "read" and not self.where:
            raise ValueError(f"{self.id}: a text marked read must say where it was read (field where)")


class Cite(Struct, frozen=True, forbid_unknown_fields=True, rename={"for_": "for"}):
    """One citation: an authority, the place in it, and what it is cited for."""

    authority: str
    at: str = ""
    for_: str = ""


class AuthorityFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of authorities."""

    authorities: tuple[Authority, ...]


def as_cite(cite: str | Cite) -> Cite:
    """A bare authority id is a citation of the whole of it.

    Examples
    --------
    >>> as_cite("us-const-art-v")
    Cite(authority='us-const-art-v', at='', for_='')
    """
    return cite if isinstance(cite, Cite) else Cite(authority=cite)


def told(cites: Iterable[str | Cite]) -> tuple[str, ...]:
    """Citations as ``authority-id``, or ``authority-id, pinpoint``.

    Examples
    --------
    >>> told(["us-const-art-v", Cite("dillon-v-gloss-1921", at="256 U.S. at 375")])
    ('us-const-art-v', 'dillon-v-gloss-1921, 256 U.S. at 375')
    """
    return tuple(f"{c.authority}, {c.at}" if c.at else c.authority for c in map(as_cite, cites))
