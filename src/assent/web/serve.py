"""Serving: one process that answers at one address until it is told to stop."""

from __future__ import annotations

import errno
import gc
import logging
import socket
import sys
from typing import TYPE_CHECKING

import uvicorn

from assent.errors import QueryError
from assent.web.app import Door
from assent.web.protocol import Bounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.api import Library
    from assent.web.app import Pages

BACKLOG = 2048
FILES = 8192  # as many connections as this may be open, where the system lets us
GARBAGE = (20_000, 20, 50)  # a page makes many small objects and no cycles: look for those less often


def bound(host: str, port: int) -> socket.socket:
    """A socket at a host and port.

    Raises
    ------
    QueryError
        The port is taken or not allowed, or there is no such host.

    Examples
    --------
    >>> with bound("127.0.0.1", 0) as sock:
    ...     url_of(sock).startswith("http://127.0.0.1:")
    True
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        remedy = "Give this machine's name or address; 127.0.0.1 is for this machine alone."
        raise QueryError(f"There is no host {host!r}.", where="--host", remedy=remedy) from None
    family, kind, proto, _, where = found[0]
    sock = socket.socket(family, kind, proto)
    if sys.platform != "win32":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(where)
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        raise _unbound(error, host, port) from None
    sock.setblocking(False)  # noqa: FBT003 - the standard library's own name for it
    return sock


def _unbound(error: OSError, host: str, port: int) -> QueryError:
    if error.errno == errno.EADDRINUSE:
        remedy = f"Stop what uses it, or give another: --port {port + 1 if port < 65535 else 8000}."
        return QueryError(f"Port {port} of {host} is in use.", where="--port", remedy=remedy)
    if error.errno == errno.EACCES:
        remedy = "Give a port from 1024 on, as --port 8000."
        return QueryError(f"Port {port} may not be used without rights.", where="--port", remedy=remedy)
    remedy = "Give an address of this machine; 127.0.0.1 is for this machine alone."
    return QueryError(f"{host} cannot be served: {error.strerror or error}.", where="--host", remedy=remedy)


def url_of(sock: socket.socket) -> str:
    """The address that a socket is found at."""
    host, port = sock.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - said, not chosen: every address of this machine
        host = socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def serve(
    library: Library,
    sock: socket.socket,
    ready: Callable[[str], None],
    pages: Pages | None = None,
) -> bool:
    """Answer until the process is interrupted.

    Parameters
    ----------
    library
        What is asked.
    sock
        Where, as ``bound`` gives it.
    ready
        Told the address when the first request can be answered.
    pages
        Who writes the pages.

    Returns
    -------
    bool
        Whether all that was begun is done.
    """
    _more_files()
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # what strangers send is not this terminal's concern
    door = Door(library, pages, ahead=ahead)
    config = uvicorn.Config(
        door,
        http=Bounded,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=3,
        backlog=BACKLOG,
    )
    try:
        _Server(config, lambda: ready(url_of(sock))).run(sockets=[sock])
    except KeyboardInterrupt:
        pass
    finally:
        sock.close()
    return not door.working


def ahead(door: Door) -> None:
    """Work out what first readers would wait for, then have the collector of garbage leave alone what is there now."""
    door.pages.warm(door.library)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)


class _Server(uvicorn.Server):
    """A server that says when it has started."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def _more_files() -> None:
    """Raise how many files may be open as far as we may; each reader is one."""
    try:
        import resource
    except ImportError:  # not on this system
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
