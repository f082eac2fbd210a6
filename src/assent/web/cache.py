"""Answers of HTTP and a cache of them, bounded in bytes: what was asked and answered today under the same library."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from hashlib import sha1
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Pairs = list[tuple[bytes, bytes]]
    Said = tuple[int, Pairs, bytes]

MOST_BYTES = 64 * 2**20
WORTH_PACKING = 600  # bytes; below, gzip makes a body hardly shorter
BITE = 2000  # bytes; of more at once hashlib lets other threads go first, and a page would wait to get its turn back
LEVEL = 1  # of gzip: three times as fast as 5, for a body a tenth larger


class Answer:
    """A body with its headers, ready to be sent: as it is, packed, or as "not changed".

    Parameters
    ----------
    body
        What is sent.
    media
        Its media type.
    headers
        Others beside those that every body has.
    status
        Of HTTP.
    asks
        Whether only those get it who accept its media type; a file is named by its extension, whatever is accepted.
    """

    __slots__ = ("_packed", "_plain", "_unchanged", "asks", "body", "etag", "media", "packed", "status")

    def __init__(
        self, body: bytes, media: str, headers: Mapping[str, str], status: int = 200, *, asks: bool = False
    ) -> None:
        self.body, self.status, self.asks = body, status, asks
        self.media = media.partition(";")[0].encode()
        self.packed = b""
        self.etag = b'W/"%s"' % _digest(body)[:18].encode()
        own = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        own.append((b"vary", b"Accept-Encoding, Accept"))
        if status == 200:
            own.append((b"etag", self.etag))
        self._unchanged = own
        self._plain = [*own, (b"content-type", media.encode()), (b"content-length", b"%d" % len(body))]
        self._packed: Pairs = []

    @property
    def size(self) -> int:
        """How many bytes it takes to keep at most, about; the packed body is the smaller one."""
        return 2 * len(self.body) + 2000

    def pack(self) -> None:
        """Make the packed body, if that is worth it."""
        if not self.packed and len(self.body) >= WORTH_PACKING:
            self.packed = gzip.compress(self.body, LEVEL, mtime=0)
            length = b"%d" % len(self.packed)
            same = [pair for pair in self._plain if pair[0] != b"content-length"]
            self._packed = [*same, (b"content-encoding", b"gzip"), (b"content-length", length)]

    def said(self, headers: Iterable[tuple[bytes, bytes]]) -> Said | None:
        """Status, headers and body for a request with these headers; nothing if its media type is not accepted.

        Examples
        --------
        >>> page = Answer(b"35 of 38", "text/plain", {}, asks=True)
        >>> page.said([(b"if-none-match", page.etag)])[0]
        304
        >>> page.said([(b"accept", b"image/png")])
        """
        packs = same = False
        for name, value in headers:
            if name == b"if-none-match":
                same = self.status == 200 and (value == b"*" or self.etag[2:] in value)
            elif name == b"accept-encoding":
                packs = takes_gzip(value)
            elif name == b"accept" and self.asks and not accepts(value, self.media):
                return None
        if same:
            return 304, self._unchanged, b""
        if packs:
            self.pack()
            if self.packed:
                return self.status, self._packed, self.packed
        return self.status, self._plain, self.body


def _digest(body: bytes) -> str:
    """What tells bodies apart; SHA-1 is the fastest at hand everywhere."""
    digest, view = sha1(usedforsecurity=False), memoryview(body)
    for at in range(0, len(view), BITE):
        digest.update(view[at : at + BITE])
    return digest.hexdigest()


def takes_gzip(value: bytes) -> bool:
    """Whether a header of accepted encodings allows gzip.

    Examples
    --------
    >>> takes_gzip(b"gzip, deflate, br"), takes_gzip(b"gzip;q=0, br")
    (True, False)
    """
    for part in value.split(b","):
        name, _, weight = part.strip().partition(b";")
        if name.strip() == b"gzip":
            return not _never(weight)
    return False


def accepts(value: bytes, media: bytes) -> bool:
    """Whether a header of accepted media types allows one.

    Examples
    --------
    >>> accepts(b"text/html, */*;q=0.1", b"text/csv"), accepts(b"image/*", b"text/html")
    (True, False)
    """
    if b"*/*" in value and b"q=0" not in value:
        return True
    wanted = {media, media.partition(b"/")[0] + b"/*", b"*/*"}
    for part in value.split(b","):
        name, _, weight = part.strip().partition(b";")
        if name.strip().lower() in wanted and not _never(weight):
            return True
    return not value.strip()


def _never(weight: bytes) -> bool:
    """Whether a weight is zero: not wanted at all."""
    said = weight.replace(b" ", b"")
    return said.startswith(b"q=0") and not said.strip(b"q=0.")


class Cache:
    """The answers used last, as many as fit.

    Parameters
    ----------
    most
        Bytes; an answer that would take more than an eighth of them is not kept.

    Examples
    --------
    >>> kept = Cache(20_000)
    >>> for name in range(40):
    ...     kept.keep(b"/%d" % name, Answer(b"x", "text/plain", {}))
    >>> kept.size <= 20_000, kept.get(b"/0") is None, kept.get(b"/39") is None
    (True, True, False)
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most, self.size = most, 0
        self._held: OrderedDict[bytes, tuple[Answer, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: bytes) -> Answer | None:
        """What is kept under a key."""
        found = self._held.get(key)
        if found is None:
            return None
        self._held.move_to_end(key)
        return found[0]

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep an answer, and drop those used longest ago until all fit."""
        self.drop(key)
        size = answer.size + len(key)
        if size > self.most // 8:
            return
        self._held[key] = answer, size
        self.size += size
        while self.size > self.most:
            _, (_, gone) = self._held.popitem(last=False)
            self.size -= gone

    def drop(self, key: bytes) -> None:
        """Forget what is kept under a key."""
        if key in self._held:
            self.size -= self._held.pop(key)[1]

    def clear(self) -> None:
        """Forget everything."""
        self._held.clear()
        self.size = 0
