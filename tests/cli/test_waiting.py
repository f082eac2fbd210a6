"""A terminal is told that work goes on; nothing of it is left when there is an answer, and a pipe never sees it."""

from __future__ import annotations

import io
import time

import pytest

from assent.cli import waiting
from assent.cli.waiting import CLEAR, Waiting


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def stderr(monkeypatch):
    def put(stream):
        monkeypatch.setattr(waiting.sys, "stderr", stream)
        return stream

    return put


def told(stream):
    """Wait until something is said, which must come."""
    while "working" not in stream.getvalue():
        time.sleep(0.005)


def test_long_work_is_told_of_and_cleared_away(stderr):
    stream = stderr(Terminal())
    with Waiting(patience=0.0, every=0.01):
        told(stream)
        assert "Ctrl-C" in stream.getvalue()
        Waiting.ends()
        said = stream.getvalue()
        assert said.endswith(CLEAR), "an answer must find an empty line"
        time.sleep(0.05)
        assert stream.getvalue() == said
    assert stream.getvalue() == said


def test_short_work_says_nothing(stderr):
    stream = stderr(Terminal())
    with Waiting(patience=60.0):
        pass
    assert not stream.getvalue()


def test_a_pipe_is_told_nothing(stderr):
    stream = stderr(io.StringIO())
    with Waiting(patience=0.0, every=0.001):
        time.sleep(0.05)
    assert not stream.getvalue()


def test_a_refusal_finds_an_empty_line(stderr):
    stream = stderr(Terminal())

    def refused():
        told(stream)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"), Waiting(patience=0.0, every=0.01):
        refused()
    assert stream.getvalue().endswith(CLEAR)
