"""What the tests of the web door share: a library, pages that are quick to write, and a door that is served."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from functools import cache
from html import escape
from xml.etree import ElementTree as ET

import uvicorn
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader
from starlette.testclient import TestClient

from assent.api import Library, status
from assent.web import app
from assent.web.protocol import Bounded
from assent.web.serve import bound

BASE = "<!doctype html><title>{% block title %}{% endblock %}</title>{% block main %}{% endblock %}"


class Plain:
    """Pages of one line, so that a test of the door is about the door."""

    environment = Environment(
        loader=ChoiceLoader(
            [DictLoader({"base.html": BASE}), FileSystemLoader(app.__file__.replace("app.py", "templates"))]
        ),
        autoescape=True,
    )

    def home(self, library):
        return "<!doctype html><title>Assent</title>"

    def render(self, address, library):
        return f"<!doctype html><title>{escape(address.url())}</title>"

    def error(self, status, title, message, remedy):
        return f"<!doctype html><title>{status}</title><p>{escape(message)}<p>{escape(remedy)}"

    def warm(self, library):
        status("us/amendment/19")


@cache
def library():
    """One library for all tests, as a process has one."""
    return Library()


@contextmanager
def client(pages=None, **more):
    """A client of a door that no socket stands between."""
    with TestClient(app.Door(library(), pages or Plain(), **more), follow_redirects=False) as found:
        yield found


@contextmanager
def served(door):
    """The port at which a door is served, as the command serves it, from a thread."""
    sock = bound("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(door, http=Bounded, ws="none", log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield sock.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        sock.close()


def said(port, sent, *, wait=10.0):
    """The first line and all else that comes back for bytes sent over a socket of one's own."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as sock:
        sock.sendall(sent)
        got = b""
        while part := sock.recv(65536):
            got += part
        return got.partition(b"\r\n")


def drawn(door, url):
    """A drawing that a door gives, as a tree."""
    answer = door.get(url)
    assert answer.status_code == 200, (url, answer.text)
    return ET.fromstring(answer.text)
