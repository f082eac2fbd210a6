"""The API: every inquiry as JSON under ``/api/v1``, exactly what its command prints with ``--json``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from assent.errors import UnknownName
from assent.web import headers
from assent.web.errors import Refused, not_here
from assent.web.files import MEDIA, File
from assent.web.inquiry import ALONE, INQUIRIES
from assent.web.kinds import KINDS
from assent.web.openapi import ROOT, document
from assent.web.parameters import read_address
from assent.web.url import read_path, read_query

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.api import Library
    from assent.web.address import Address

DOCUMENT = f"{ROOT}/openapi.json"


class Fixed(NamedTuple):
    """Something below the root that is no inquiry: its URL, and what makes it."""

    url: str
    make: Callable[[], File]


def read_inquiry(path: bytes, query: bytes, library: Library) -> Address | Fixed:
    """What a URL below the root of the API asks.

    Raises
    ------
    Refused
        There is no such inquiry, or nothing of that name.
    QueryError
        A parameter is wrong; one without a value is, too.

    Examples
    --------
    >>> from assent.api import Library
    >>> read_inquiry(b"/api/v1/show/rescission", b"", Library()).kind
    'question'
    """
    steps = read_path(path)
    given = read_query(query, bare=True)
    if steps[:2] != ["api", "v1"]:
        raise Refused(404, "There is no such version of the API.", where="path", remedy=f"Ask below {ROOT}.")
    name, about = (steps[2] if len(steps) > 2 else ""), "/".join(steps[3:])
    if name in {"", "openapi.json"} and not about:
        if given:
            raise Refused(400, f"{given[0][0]!r} is no parameter here.", where=given[0][0], remedy="Leave it out.")
        return Fixed(DOCUMENT, partial(_document, library)) if name else Fixed(ROOT, _index)
    if name not in INQUIRIES:
        raise not_here(UnknownName("inquiry", name, INQUIRIES, where="path"))
    kinds = INQUIRIES[name].kinds
    kind = next((k for k in kinds if KINDS[k].about == "question" and about in library.questions), kinds[0])
    if KINDS[kind].about and not about and name not in ALONE:
        remedy = f"Write {ROOT}/{name}/ and the id of a {KINDS[kind].about}."
        raise Refused(404, f"{ROOT}/{name} names no {KINDS[kind].about}.", where="path", remedy=remedy)
    return read_address(kind, about, given, library, page=False)


def _document(library: Library) -> File:
    return File(document(library), MEDIA["json"], headers.DATA)


def _index() -> File:
    """What there is below the root: each inquiry with its URL."""
    found = {
        "documentation": "/api",
        "openapi": DOCUMENT,
        "inquiries": {name: f"{ROOT}/{name}" for name in INQUIRIES},
    }
    return File(msgspec.json.format(msgspec.json.encode(found)) + b"\n", MEDIA["json"], headers.DATA)
