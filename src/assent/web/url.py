"""A URL as sent: its bytes as decoded steps and parameters, or a refusal that says what is wrong with them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from assent.errors import QueryError
from assent.web.errors import Refused
from assent.web.kinds import FILES, WORDS
from assent.web.parameters import read_address

if TYPE_CHECKING:
    from assent.api import Library
    from assent.web.address import Address

LONGEST_PATH = 300
LONGEST_QUERY = 8000
MOST_PARAMETERS = 200
LONGEST_VALUE = 300
_NO_LETTERS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Read(NamedTuple):
    """An address, and the extension of the file beside its page that was asked for; empty for the page."""

    address: Address
    file: str


def read_url(path: bytes, query: bytes, library: Library) -> Read:
    """Read the URL of a page or of a file beside it.

    Parameters
    ----------
    path, query
        As sent: percent-encoded, without the question mark.
    library
        Where matters, states, procedures and questions are looked up.

    Raises
    ------
    Refused
        There is no such page, or the URL is too long.
    QueryError
        A parameter is wrong.

    Examples
    --------
    >>> from assent.api import Library
    >>> read = read_url(b"/exit/California.csv", b"as-of=&rescission=effective", Library())
    >>> read.address.url(), read.file
    ('/exit/CA?rescission=effective', 'csv')
    """
    steps = read_path(path)
    embed = steps[:1] == ["embed"]
    steps = steps[1:] if embed else steps
    steps, file = _split(steps)
    kind, about = _kind(steps)
    return Read(read_address(kind, about, read_query(query), library, embed=embed and not file), file)


def read_path(path: bytes) -> list[str]:
    """The steps of a path, decoded; empty ones, as a slash at the end makes, are left out.

    Raises
    ------
    Refused
        It is too long, cannot be decoded, or climbs.
    """
    if len(path) > LONGEST_PATH:
        said = f"The path has {len(path):,} bytes."
        raise Refused(414, said, where="path", remedy=f"At most {LONGEST_PATH} are read.")
    steps = [step for step in decoded(path, "path").split("/") if step]
    if any(step in {".", ".."} or "\\" in step for step in steps):
        raise Refused(404, "There is no page at this path.", where="path", remedy="The pages begin at /.")
    return steps


def read_query(query: bytes, *, bare: bool = False) -> list[tuple[str, str]]:
    """The parameters of a query, decoded; those without a value, as empty fields of a form, are left out.

    Parameters
    ----------
    query
        As sent.
    bare
        Refuse those without a value instead.

    Raises
    ------
    Refused
        It is too long.
    QueryError
        It cannot be decoded.

    Examples
    --------
    >>> read_query(b"yes=TX&no=&yes=FL")
    [('yes', 'TX'), ('yes', 'FL')]
    """
    if len(query) > LONGEST_QUERY:
        said = f"The parameters have {len(query):,} bytes."
        raise Refused(414, said, where="query", remedy=f"At most {LONGEST_QUERY:,} are read.")
    pieces = [piece for piece in query.split(b"&") if piece]
    if len(pieces) > MOST_PARAMETERS:
        said = f"There are {len(pieces):,} parameters."
        raise QueryError(said, where="query", remedy=f"At most {MOST_PARAMETERS} are read.")
    found = []
    for piece in pieces:
        name, _, value = piece.replace(b"+", b" ").partition(b"=")
        key = decoded(name, "query")
        where = key if len(key) <= LONGEST_VALUE else f"{key[:40]}…"
        said = decoded(value, where).strip()
        if len(said) > LONGEST_VALUE or len(key) > LONGEST_VALUE:
            most = max(len(said), len(key))
            raise QueryError(f"There are {most:,} letters.", where=where, remedy=f"At most {LONGEST_VALUE} are read.")
        if bare and not said:
            raise QueryError("There is no value.", where=where, remedy="Give one, or leave the parameter out.")
        if said:
            found.append((key, said))
    return found


def decoded(sent: bytes, where: str) -> str:
    """Percent-encoded bytes as text.

    Raises
    ------
    QueryError
        They are no UTF-8, or hold characters that control rather than write.

    Examples
    --------
    >>> decoded(b"New%20York", "path")
    'New York'
    """
    try:
        text = unquote_to_bytes(sent).decode()
    except UnicodeDecodeError:
        remedy = "Encode it as UTF-8, then by percent signs."
        raise QueryError("This is no UTF-8.", where=where, remedy=remedy) from None
    if text.isascii() and text.isprintable():
        return text
    bad = next((c for c in text if unicodedata.category(c) in _NO_LETTERS), None)
    if bad is not None:
        raise QueryError(f"There is a control character, U+{ord(bad):04X}.", where=where, remedy="Leave it out.")
    return text


def _split(steps: list[str]) -> tuple[list[str], str]:
    """The steps without the extension of a file, and the extension."""
    if not steps:
        return steps, ""
    stem, dot, ext = steps[-1].rpartition(".")
    if not dot or ext not in FILES:
        return steps, ""
    return ([] if stem == "index" and len(steps) == 1 else [*steps[:-1], stem]), ext


def _kind(steps: list[str]) -> tuple[str, str]:
    """What kind of page the steps lead to, and what it is about."""
    if not steps:
        return "home", ""
    if steps[0] in WORDS:
        return steps[0], "/".join(steps[1:])
    return "matter", "/".join(steps)
