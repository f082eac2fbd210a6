"""How many pages a second the web door answers: rendered anew, from its cache, and unchanged.

    .venv/bin/python benchmarks/web.py [--seconds 5] [--readers 32] [--json FILE]

The door is served as ``assent serve`` serves it, by one process, over loopback; the readers are a second process's
connections that are kept open and ask again as soon as they are answered. Every rendered page is another URL: another
day, and every other time a what-if. ``server ms`` is what the server computed for each by the system's own count: where
other work shares the machine, it says what the rate does not. What it takes to be a reader is measured too, so that a
slow reader is not taken for a slow door: the limit of this machine stands in the last row.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import time
from datetime import date, timedelta
from itertools import count, cycle
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

GZIP = b"Accept-Encoding: gzip\r\n"
FIXED = "as-of=2020-02-01&known-as-of=2020-02-01"
TARGETS = {"page, rendered": 300, "page, cached": 5000}


class Measured(NamedTuple):
    """What was measured of one kind of request."""

    name: str
    per_second: float
    median_ms: float
    slowest_ms: float
    requests: int
    bytes_each: float
    refused: int
    server_ms: float


class Reader(asyncio.Protocol):
    """A connection that asks for one thing after another and notes how long each took."""

    def __init__(self, asked: Iterator[bytes], until: float) -> None:
        self.asked, self.until = asked, until
        self.took: list[float] = []
        self.bytes = self.refused = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._got = b""
        self._missing = -1
        self._sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = transport
        self._ask()

    def _ask(self) -> None:
        self._sent = time.perf_counter()
        if self._sent >= self.until:
            self.transport.close()
            return
        self.transport.write(next(self.asked))  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Count what came; ask again when it is whole."""
        self.bytes += len(data)
        if self._missing < 0:
            self._got += data
            head, end, body = self._got.partition(b"\r\n\r\n")
            if not end:
                return
            status = int(head[9:12])
            self.refused += status not in {200, 304}
            at = head.find(b"content-length: ")
            length = 0 if status == 304 or at < 0 else int(head[at + 16 : head.find(b"\r", at) % (len(head) + 1)])
            self._missing = length - len(body)
        else:
            self._missing -= len(data)
        if self._missing <= 0:
            self.took.append(time.perf_counter() - self._sent)
            self._got, self._missing = b"", -1
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        """Be done."""
        del exc
        if not self.done.done():
            self.done.set_result(None)


def get(path: str, *, more: bytes = GZIP) -> bytes:
    """A request."""
    return b"GET %b HTTP/1.1\r\nHost: 127.0.0.1\r\n%b\r\n" % (path.encode(), more)


def rendered(first: date, more: bytes) -> Iterator[bytes]:
    """A page that nobody has asked for before, each time: another day, and every other time a what-if."""
    units = ("AL", "AZ", "AR", "FL", "GA", "IL", "LA", "MS", "MO", "NV", "NC", "OK", "SC", "UT", "VA")
    for at in count():
        day = first + timedelta(days=(at * 37) % 19_000)
        supposed = f"&yes={units[at % len(units)]}" if at % 2 else ""
        yield get(f"/us/amendment/era?as-of={day}{supposed}", more=more)


def api() -> Iterator[bytes]:
    """An answer of the API that nobody has asked for before."""
    first = date(1972, 4, 1)
    for at in count():
        yield get(f"/api/v1/status/us/amendment/era?as-of={first + timedelta(days=(at * 41) % 19_000)}")


async def crowd(port: int, asked: Iterator[bytes], readers: int, seconds: float) -> list[Reader]:
    """Readers who ask for so long."""
    loop = asyncio.get_running_loop()
    until = time.perf_counter() + seconds
    made = [await loop.create_connection(lambda: Reader(asked, until), "127.0.0.1", port) for _ in range(readers)]
    found = [reader for _, reader in made]
    await asyncio.gather(*(reader.done for reader in found))
    return found


def measure(name: str, server: Server, asked: Iterator[bytes], readers: int, seconds: float) -> Measured:
    """Ask for so long, and count."""
    before, start = used(server.process.pid), time.perf_counter()
    found = _runner().run(crowd(server.port, asked, readers, seconds))
    lasted = time.perf_counter() - start
    took = sorted(one for reader in found for one in reader.took)
    sent = sum(reader.bytes for reader in found)
    refused = sum(reader.refused for reader in found)
    ms = [1000 * took[int(share * (len(took) - 1))] for share in (0.5, 0.99)]
    each = 1000 * (used(server.process.pid) - before) / len(took)
    return Measured(name, len(took) / lasted, ms[0], ms[1], len(took), sent / len(took), refused, each)


def used(pid: int) -> float:
    """Seconds of processor time that a process has used; 0 where the system does not say."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    ticks = stat.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _runner() -> asyncio.Runner:
    try:
        import uvloop
    except ImportError:
        return asyncio.Runner()
    return asyncio.Runner(loop_factory=uvloop.new_event_loop)


def tag(port: int, path: str) -> bytes:
    """The ETag of a page."""
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return str(answer.headers["ETag"]).encode()


def machine() -> str:
    """What this was measured on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    kind = named[0] if named else platform.processor() or platform.machine()
    return (
        f"{len(named) or '?'} cores of {kind}, {platform.system()}, Python {platform.python_version()}, {date.today()}"
    )


def idle(server: Server) -> None:
    """Wait until the server has worked out ahead what it does when it has started."""
    last = -1.0
    for _ in range(120):
        now = used(server.process.pid)
        if now - last < 0.02:  # one tick in half a second is nothing
            return
        last = now
        time.sleep(0.5)


FLOOR = """
import asyncio, uvloop
SAID = b"HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\nok"
class P(asyncio.Protocol):
    def connection_made(self, t): self.t = t
    def data_received(self, d): self.t.write(SAID)
async def main():
    server = await asyncio.get_running_loop().create_server(P, "127.0.0.1", 0)
    print("x x x at:%d" % server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
uvloop.run(main())
"""


class Server(NamedTuple):
    """A server under measurement."""

    process: subprocess.Popen[str]
    port: int


def started(command: list[str]) -> Server:
    """A server, once it says its port."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline() if process.stdout else ""
    return Server(process, int(line.split()[3].rpartition(":")[2].strip("/")))


def run(readers: int, seconds: float) -> list[Measured]:
    """Every measurement."""
    era = f"/us/amendment/era?{FIXED}"
    found = []
    server = started([sys.executable, "-m", "assent", "serve", "--port", "0"])
    try:
        known = tag(server.port, era)
        idle(server)
        for name, asked in (
            ("page, rendered", rendered(date(1972, 4, 1), b"")),
            ("page, rendered and packed", rendered(date(1972, 4, 2), GZIP)),
            ("API, worked out", api()),
            ("page, cached", cycle([get(era)])),
            ("page, cached, not packed", cycle([get(era, more=b"")])),
            ("page, not changed (304)", cycle([get(era, more=b"If-None-Match: %b\r\n" % known)])),
        ):
            measure(name, server, asked, readers, 0.5)
            found.append(measure(name, server, asked, readers, seconds))
    finally:
        server.process.terminate()
        server.process.wait()
    server = started([sys.executable, "-c", FLOOR])
    try:
        found.append(measure("limit of the readers", server, cycle([get("/")]), readers, seconds))
    finally:
        server.process.kill()
    return found


def main() -> int:
    """Measure, print, and say whether the targets are met."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=float, default=5.0, help="for each measurement")
    ask.add_argument("--readers", type=int, default=32, help="connections at once")
    ask.add_argument("--json", type=Path, help="also write the figures here")
    asked = ask.parse_args()
    found = run(asked.readers, asked.seconds)
    print(f"{asked.readers} readers, {asked.seconds:g} s each; {machine()}\n")
    print(f"{'':26} {'a second':>9} {'median ms':>10} {'99 % ms':>9} {'bytes':>8} {'refused':>8} {'server ms':>9}")
    for row in found:
        target = TARGETS.get(row.name, 0)
        goal = f"  target {target:,}: {'met' if row.per_second >= target else 'MISSED'}" if target else ""
        print(
            f"{row.name:26} {row.per_second:9,.0f} {row.median_ms:10.2f} {row.slowest_ms:9.2f}"
            f" {row.bytes_each:8,.0f} {row.refused:8} {row.server_ms:9.3f}{goal}"
        )
    if asked.json:
        rows = [row._asdict() for row in found]
        asked.json.write_text(json.dumps({"machine": machine(), "measured": rows}, indent=2) + "\n", encoding="utf-8")
    return 0 if all(row.per_second >= TARGETS.get(row.name, 0) for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
