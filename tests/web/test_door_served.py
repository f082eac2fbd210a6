"""The door as it is served: over sockets, to many at once, to the slow and to those who send anything."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from datetime import date

import pytest

from assent.api import Library, json
from assent.errors import QueryError
from assent.web import protocol
from assent.web.app import Door
from assent.web.serve import _more_files, bound, url_of
from tests.web.doors import Plain, client, library, said, served

MANY = 1000


@pytest.fixture(scope="module")
def port():
    with served(Door(library(), Plain())) as found:
        yield found


async def one(port, path, *, gate):
    """The status and the headers that one reader gets."""
    await gate.wait()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET %b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % path)
    got = await reader.read()
    writer.close()
    head = got.partition(b"\r\n\r\n")[0].lower()
    return int(got.split(b" ", 2)[1]), b"retry-after: " in head


async def crowd(port, paths):
    gate = asyncio.Event()
    waiting = [asyncio.create_task(one(port, path, gate=gate)) for path in paths]
    await asyncio.sleep(0)
    gate.set()
    return await asyncio.wait_for(asyncio.gather(*waiting), 60)


def test_a_thousand_readers_at_once_all_get_their_page():
    _more_files()
    paths = [b"/matters?kind=%b" % kind for kind in (b"amendment", b"founding", b"admission")]
    with served(Door(library(), Plain())) as port:
        found = asyncio.run(crowd(port, [paths[at % 3] for at in range(MANY)]))
    assert Counter(status for status, _ in found) == {200: MANY}


def test_answers_made_at_once_are_those_made_one_by_one():
    days = [date(1972 + at, 6, 30) for at in range(24)]
    held = [{}, {"rescission": "effective"}, {"contemporaneity": "required:10"}]
    asked = [(day, readings) for day in days for readings in held]
    alone = Library()

    async def get(port, day, readings):
        said = "&".join([f"as-of={day}", "known-as-of=2020-01-01", *(f"{q}={r}" for q, r in readings.items())])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET /us/amendment/era.json?{said} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        got = await reader.read()
        writer.close()
        return got.partition(b"\r\n\r\n")[2].decode()

    async def all_of(port):
        return await asyncio.gather(*(get(port, *one) for one in asked))

    with served(Door(Library(), Plain())) as port:
        found = asyncio.run(all_of(port))
    for (day, readings), body in zip(asked, found, strict=True):
        assert body == json(alone.status("us/amendment/era", day, "2020-01-01", readings)) + "\n"


class Held(Plain):
    """Pages that are not finished before somebody says so."""

    def __init__(self):
        self.go = threading.Event()

    def render(self, address, library):
        assert self.go.wait(30)
        return super().render(address, library)


def test_who_cannot_be_answered_is_asked_to_come_again():
    _more_files()
    pages = Held()
    door = Door(library(), pages)
    door.quick.most = 100
    days = [b"/law/us/article-v?as-of=%d-01-01" % year for year in range(1800, 1800 + MANY // 4)]

    async def both(port):
        waiting = asyncio.create_task(crowd(port, days * 4))
        for _ in range(200):  # all have come, and wait
            await asyncio.sleep(0.02)
            if door.quick.working and len(door.quick._under_way) == door.quick.most:
                break
        pages.go.set()
        return await waiting

    with served(door) as port:
        found = asyncio.run(both(port))
        again = asyncio.run(crowd(port, days[:20]))
    counted = Counter(found)
    assert set(counted) <= {(200, False), (503, True)}
    assert counted[200, False] >= 400
    assert counted[503, True] > 0
    assert {status for status, _ in again} == {200}


def test_readers_are_answered_while_something_long_is_worked_out():
    pages = Held()
    with served(Door(library(), pages)) as port:

        async def both():
            gate = asyncio.Event()
            gate.set()
            slow = [asyncio.create_task(one(port, b"/exit/%b" % s, gate=gate)) for s in (b"CA", b"TX", b"VT")]
            await asyncio.sleep(0.1)
            quick = await asyncio.wait_for(one(port, b"/questions.json", gate=gate), 20)
            assert not any(task.done() for task in slow)
            pages.go.set()
            return quick, await asyncio.gather(*slow)

        quick, slow = asyncio.run(both())
    assert quick == (200, False)
    assert {status for status, _ in slow} == {200}


def test_what_takes_longer_than_anybody_waits_goes_on():
    pages = Held()
    door = Door(library(), pages)
    door.slow.patience = 0.05
    with served(door) as port:
        gate = asyncio.Event()
        gate.set()
        first = asyncio.run(one(port, b"/exit/CA", gate=gate))
        pages.go.set()
        door.slow.patience = 20
        then = asyncio.run(one(port, b"/exit/CA", gate=gate))
    assert first == (503, True)
    assert then == (200, False)


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", b"431"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 400_000, b"431"),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 9_000 + b"\r\n", b"431"),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"414"),
        (b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
        (b"GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /exit/%E0%A4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", b"400"),
        (b"GET /exit/texas HTTP/1.0\r\n\r\n", b"308"),
        (b"NONSENSE\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 300, b"400"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 9\r\n\r\nsome body", b"405"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n", b"200"),
    ],
)
def test_whatever_is_sent_gets_an_answer_and_the_next_reader_too(port, sent, line):
    first, _, rest = said(port, sent)
    assert first.split()[1] == line
    assert b"Traceback" not in rest
    first, _, _ = said(port, b"GET /about HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert first.split()[1] == b"200"


def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(protocol, "SLOWEST_HEAD", 0.2)
    with served(Door(library(), Plain())) as port:
        assert said(port, b"")[0].split()[1] == b"408"
        assert said(port, b"GET / HTTP/1.1\r\nHost: x\r\n")[0].split()[1] == b"408"


def test_requests_on_one_connection_are_answered_in_order(port):
    paths = (b"/about", b"/exit/ZZ", b"/questions.json", b"/about")
    sent = b"".join(b"GET %b HTTP/1.1\r\nHost: x\r\n\r\n" % path for path in paths[:-1])
    sent += b"GET %b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % paths[-1]
    line, _, rest = said(port, sent)
    whole = line + b"\r\n" + rest
    assert [part[:3] for part in whole.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404", b"200", b"200"]


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_port_in_use_is_told_with_another():
    with bound("127.0.0.1", 0) as sock:
        taken = sock.getsockname()[1]
        with pytest.raises(QueryError, match=f"Port {taken} of 127.0.0.1 is in use") as refused:
            bound("127.0.0.1", taken)
    assert f"--port {taken + 1}" in refused.value.remedy


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7", "a" * 300, "..", "\x00"])
def test_a_host_that_is_not_ours_is_told(host):
    with pytest.raises(QueryError, match=r"no host|cannot be served"):
        bound(host, 0)


def test_the_address_is_one_that_can_be_opened():
    with bound("127.0.0.1", 0) as sock:
        assert url_of(sock) == f"http://127.0.0.1:{sock.getsockname()[1]}/"
    if socket.has_ipv6:
        with bound("::1", 0) as sock:
            assert url_of(sock).startswith("http://[::1]:")


def test_the_command_says_its_address_answers_and_ends_when_interrupted():
    command = [sys.executable, "-m", "assent", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline()
            assert line.startswith("Assent is at http://127.0.0.1:"), line + process.stderr.read()
            port = int(line.split()[3].rpartition(":")[2].strip("/"))
            asked = b"GET /api/v1/questions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            assert said(port, asked)[0].split()[1] == b"200"
            taken = [*command[:-1], str(port)]
            other = subprocess.run(taken, capture_output=True, text=True, check=False, timeout=30)
            assert (other.returncode, other.stdout) == (2, "")
            assert "in use" in other.stderr
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (process.returncode, out, err) == (0, "Assent has stopped.\n", "")


def test_what_first_readers_would_wait_for_is_made_ahead():
    done = threading.Event()
    with client(ahead=lambda door: done.set() if door.library is library() else None):
        assert done.wait(10)
