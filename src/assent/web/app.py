"""The web door: an ASGI application that answers from its cache what it can, and has the rest made on threads."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import msgspec
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from assent.web import api, headers
from assent.web.cache import Answer, Cache, accepts, takes_gzip
from assent.web.errors import PROBLEM, Refused, problem, refusal
from assent.web.files import MEDIA, File, file_of
from assent.web.kinds import DAYS, FILES, KINDS
from assent.web.reference import reference
from assent.web.static import Static
from assent.web.url import read_url
from assent.web.work import Lane

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from jinja2 import Environment
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from assent.api import Library
    from assent.web.address import Address
    from assent.web.cache import Said

READS = ("GET", "HEAD")
LONGEST_ECHO = 300
log = logging.getLogger("assent.web")


class Pages(Protocol):
    """Who writes the pages: the module ``assent.web.pages``."""

    environment: Environment

    def home(self, library: Library) -> str:
        """Write the page at /."""

    def render(self, address: Address, library: Library) -> str:
        """Write any other page."""

    def warm(self, library: Library) -> None:
        """Work out ahead what first readers would wait for."""

    def error(self, status: int, title: str, message: str, remedy: str) -> str:
        """Write the page of a refusal."""


class Asked(NamedTuple):
    """What a request asks for.

    Attributes
    ----------
    url
        Its canonical URL.
    media
        The type of what is made.
    make
        Makes it.
    slow
        Whether that may take long.
    settled
        Whether its days are fixed, so that tomorrow's answer is the same.
    asks
        Whether it is refused to those who do not accept its type.
    """

    url: str
    media: str
    make: Callable[[], File]
    slow: bool
    settled: bool
    asks: bool


class Door:
    """The web door to a library.

    Parameters
    ----------
    library
        What is asked.
    pages
        Who writes the pages; the module ``assent.web.pages`` unless given.
    most_bytes
        Of the cache.
    today
        The day that counts where an address names none.
    ahead
        Done on a thread when the door is opened.
    """

    def __init__(
        self,
        library: Library,
        pages: Pages | None = None,
        *,
        most_bytes: int = 64 * 2**20,
        today: Callable[[], date] = date.today,
        ahead: Callable[[Door], None] | None = None,
    ) -> None:
        self.library, self.static = library, Static()
        self.pages = pages if pages is not None else _pages(self.static)
        self.cache = Cache(most_bytes)
        self._today, self._day, self._ahead = today, today(), ahead
        self.quick = Lane[Answer]("assent-page", threads=1, most=1000, patience=20)
        self.slow = Lane[Answer]("assent-count", threads=2, most=40, patience=25)
        routes = [
            Route("/static/{name:path}", self._file),
            Route("/favicon.ico", self._file),
            Route("/api", self._reference),
            Route("/api/{rest:path}", self._inquiry),
            Route("/{rest:path}", self._page),
        ]
        self._routes = Starlette(routes=routes, lifespan=self._life, exception_handlers={404: self._nowhere})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: from the cache, if the same URL was answered today."""
        if scope["type"] == "http":
            if scope["method"] not in READS:
                said = f"{scope['method'][:20]} is not answered: nothing here can be changed."
                error = Refused(405, said, where="method", remedy="Use GET.", headers={"Allow": ", ".join(READS)})
                await _send(self._refusal(error, scope), scope, send)
                return
            today = self._today()
            if today != self._day:
                self._day = today
                self.cache.clear()
            kept = self.cache.get(b"%b?%b" % (scope["raw_path"], scope["query_string"]))
            if kept is not None and (found := kept.said(scope["headers"])) is not None:
                await _send(found, scope, send)
                return
        await self._routes(scope, receive, send)

    @property
    def working(self) -> bool:
        """Whether something is still being worked out."""
        return self.quick.working or self.slow.working

    @asynccontextmanager
    async def _life(self, _: Starlette) -> AsyncIterator[None]:
        if self._ahead is not None:
            self.slow.begin("ahead", partial(self._ahead, self))
        yield
        self.quick.close()
        self.slow.close()

    # ── what there is ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _page(self, request: Request) -> ASGIApp:
        return await self._answered(request.scope, self._read_page)

    async def _inquiry(self, request: Request) -> ASGIApp:
        return await self._answered(request.scope, self._read_inquiry)

    async def _reference(self, request: Request) -> ASGIApp:
        return await self._answered(request.scope, self._read_reference)

    async def _file(self, request: Request) -> ASGIApp:
        found = self.static.get(request.scope["path"])
        said = found.said(request.scope["headers"]) if found is not None else None
        if said is None:
            error = Refused(404, "There is no such file.", where="path", remedy="Load the page again.")
            said = self._refusal(error, request.scope)
        return partial(_reply, said)

    async def _nowhere(self, request: Request, error: Exception) -> Response:
        """What is no path at all, as the * of OPTIONS."""
        del error
        status, pairs, body = self._refusal(Refused(404, "This is no path.", where="path"), request.scope)
        response = Response(body, status)
        response.raw_headers = pairs
        return response

    def _read_page(self, path: bytes, query: bytes) -> Asked:
        address, ext = read_url(path, query, self.library)
        kind = KINDS[address.kind]
        settled = not kind.daily and all(
            getattr(address, day.replace("-", "_")) is not None for day in DAYS if day in kind.shared
        )
        if ext:
            make = partial(file_of, address, ext, self.library)
            slow = kind.slow or ext == "png" or (ext == "svg" and kind.daily)  # every matter is asked about
            return Asked(address.file(ext), MEDIA[ext], make, slow, settled, asks=False)
        return Asked(address.url(), MEDIA["html"], partial(self._write, address), kind.slow, settled, asks=True)

    def _write(self, address: Address) -> File:
        home = address.kind == "home" and not address.embed
        page = self.pages.home(self.library) if home else self.pages.render(address, self.library)
        own = headers.EMBED if address.embed else headers.PAGE
        canonical = address.url(embed=False)
        return File(page.encode(), MEDIA["html"], {**own, "Link": f'<{canonical}>; rel="canonical"'})

    def _read_inquiry(self, path: bytes, query: bytes) -> Asked:
        found = api.read_inquiry(path, query, self.library)
        if isinstance(found, api.Fixed):
            return Asked(found.url, MEDIA["json"], found.make, slow=True, settled=True, asks=True)
        kind, url = KINDS[found.kind], found.api()
        settled = all(getattr(found, day.replace("-", "_")) is not None for day in DAYS if day in kind.shared)

        def make() -> File:
            made = file_of(found, "json", self.library)
            return made._replace(headers={**made.headers, "Link": f'<{url}>; rel="canonical"'})

        return Asked(url, MEDIA["json"], make, kind.slow, settled, asks=True)

    def _read_reference(self, path: bytes, query: bytes) -> Asked:
        del path, query
        return Asked("/api", MEDIA["html"], self._write_reference, slow=True, settled=True, asks=True)

    def _write_reference(self) -> File:
        return File(reference(self.library, self.pages.environment).encode(), MEDIA["html"], headers.PAGE)

    # ── how it is answered ──────────────────────────────────────────────────────────────────────────────────────────

    async def _answered(self, scope: Scope, read: Callable[[bytes, bytes], Asked]) -> ASGIApp:
        try:
            return partial(_reply, await self._said(scope, read))
        except Exception as error:  # noqa: BLE001 - whatever happens, a reader gets a page and never a traceback
            return partial(_reply, self._refusal(error, scope))

    async def _said(self, scope: Scope, read: Callable[[bytes, bytes], Asked]) -> Said:
        path, query = scope["raw_path"], scope["query_string"]
        asked = read(path, query)
        url = asked.url.encode()
        if url != (b"%b?%b" % (path, query) if query else path) and not path.startswith(b"/api/"):
            return _moved(asked.url)
        given = dict(scope["headers"])
        if asked.asks and not accepts(given.get(b"accept", b""), asked.media.partition(";")[0].encode()):
            raise _not_accepted(asked.media)
        key = url if b"?" in url else url + b"?"
        answer = self.cache.get(key)
        if answer is None:
            day = self._day
            packs = takes_gzip(given.get(b"accept-encoding", b""))
            lane = self.slow if asked.slow else self.quick
            answer = await lane.make(key, partial(_made, asked, packs=packs))
            if day == self._day:
                self.cache.keep(key, answer)
        said = answer.said(scope["headers"])
        if said is None:
            raise _not_accepted(asked.media)
        return said

    def _refusal(self, error: Exception, scope: Scope) -> Said:
        """A refusal: a problem document to programs, a page to people."""
        refused = refusal(error)
        path: bytes = scope["raw_path"]
        if refused.status >= 500 and not isinstance(error, Refused):
            log.error("%s could not be answered", path[:LONGEST_ECHO].decode("ascii", "replace"), exc_info=error)
        if path.startswith(b"/api/") or path.rpartition(b".")[2].decode("ascii", "replace") in FILES:
            instance = path[:LONGEST_ECHO].decode("ascii", "replace")
            body, media, own = msgspec.json.encode(problem(refused, instance)), PROBLEM, headers.DATA
        else:
            where = f" ({refused.where})" if refused.where not in {"", "path"} else ""
            page = self.pages.error(refused.status, refused.title, f"{refused.what}{where}", refused.remedy)
            body, media, own = page.encode(), MEDIA["html"], headers.PAGE
        every = {**own, "Cache-Control": headers.NEVER, **refused.headers}
        said = Answer(body, media, every, refused.status).said(scope["headers"])
        assert said is not None  # noqa: S101 - it is sent whatever is accepted
        return said


def _pages(static: Static) -> Pages:
    """The module that writes the pages, told where the files stand that they load."""
    pages: Any = import_module("assent.web.pages")
    pages.environment.globals["static"] = static.url
    written: Pages = pages
    return written


def _made(asked: Asked, *, packs: bool) -> Answer:
    """Make what is asked for, on a thread."""
    file = asked.make()
    every = {**file.headers, "Cache-Control": headers.fresh(settled=asked.settled)}
    answer = Answer(file.body, file.media, every, asks=asked.asks)
    if packs:
        answer.pack()
    return answer


def _not_accepted(media: str) -> Refused:
    said = f"This comes as {media.partition(';')[0]}, which is not accepted."
    return Refused(406, said, where="Accept", remedy="Accept it, or ask for .json, .csv, .svg or .png.")


def _moved(url: str) -> Said:
    every = {**headers.DATA, "Cache-Control": headers.fresh(settled=True), "Location": url, "Content-Length": "0"}
    return 308, [(name.lower().encode(), value.encode()) for name, value in every.items()], b""


async def _reply(said: Said, scope: Scope, receive: Receive, send: Send) -> None:
    del receive
    await _send(said, scope, send)


async def _send(said: Said, scope: Scope, send: Send) -> None:
    status, pairs, body = said
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
