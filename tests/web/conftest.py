"""A door that is served, and a browser that looks at it: one of each for a file of tests."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from assent.web.app import Door
from tests.web.doors import library, served

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def base():
    """The address of a door that is served as the command serves it."""
    with served(Door(library())) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser():
    """A real browser."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "There is no Chromium. What to do: python3 dev.py test brings it."
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_(base, browser):
    """Open a page; neither then nor at the end may anything be said on the console, but what holds a part allowed."""
    contexts, said, allowed = [], [], set()

    def wrong():
        return [text for text in said if not any(part in text for part in allowed)]

    def opened(path, *, allow=(), **more):
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 900}, **more})
        contexts.append(context)
        allowed.update(allow)
        found = context.new_page()
        found.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
        found.on("pageerror", lambda error: said.append(str(error)))
        found.goto(base + path)
        assert not wrong()
        return found

    yield opened
    for context in contexts:
        context.close()
    assert not wrong()
