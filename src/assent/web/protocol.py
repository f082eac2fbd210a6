"""The protocol of HTTP as uvicorn speaks it, with bounds on how long and how slowly a request may begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from assent.web.errors import TITLES

if TYPE_CHECKING:
    from asyncio import TimerHandle

LONGEST_HEAD = 32 * 1024  # bytes
SLOWEST_HEAD = 15.0  # seconds
LAST_WORD = 2.0  # seconds


class Bounded(HttpToolsProtocol):
    """A connection that is closed, with a word, when a request's head is too long (431) or takes too long (408)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting = self._head = 0  # bytes of which no request has come yet; bytes of the head that is being read
        self._refused = False
        self._clock: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, as long as it leads somewhere."""
        if self._refused:
            return
        self._waiting += len(data)
        super().data_received(data)
        if self._waiting > LONGEST_HEAD:
            self._refuse(431)
        elif self._waiting and self._clock is None:
            self._wait()

    def on_message_begin(self) -> None:
        """Begin to count."""
        super().on_message_begin()
        self._head = 0

    def on_url(self, url: bytes) -> None:
        """Count the URL."""
        self._head += len(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header."""
        self._head += len(name) + len(value) + len(b": \r\n")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Have the request answered, if its head is not too long."""
        self._waiting = 0
        self._stop()
        if self._head > LONGEST_HEAD:
            self._refuse(431)
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Read what nobody has asked for."""
        self._waiting = 0
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Be done with a request."""
        self._waiting = 0
        if not self._refused:
            super().on_message_complete()

    def _wait(self) -> None:
        self._clock = self.loop.call_later(SLOWEST_HEAD, self._refuse, 408)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _refuse(self, status: int) -> None:
        """Say why in a line, and close: a little later, so that whoever is still sending comes to read it."""
        self._refused, self._waiting = True, 0
        self._stop()
        if self.transport.is_closing():
            return
        said = f"{TITLES[status]}.\n".encode()
        head = (b"content-type: text/plain; charset=utf-8", b"content-length: %d" % len(said), b"connection: close")
        self.transport.write(b"".join((STATUS_LINE[status], b"\r\n".join(head), b"\r\n\r\n", said)))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LAST_WORD, self.transport.close)
