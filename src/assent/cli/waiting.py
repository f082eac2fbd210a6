"""Waiting: a line on stderr that says that work goes on, where somebody looks on and it takes long."""

from __future__ import annotations

import sys
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

PATIENCE = 2.0  # seconds without a word
EVERY = 1.0  # seconds from one word to the next
CLEAR = "\r\x1b[K"


class Waiting:
    """Says how long it has taken, on a terminal, until there is something to print.

    Parameters
    ----------
    patience, every
        Seconds until it says something, and from then on between two times.
    """

    _now: Waiting | None = None

    def __init__(self, patience: float = PATIENCE, every: float = EVERY) -> None:
        self.patience, self.every, self.begun = patience, every, monotonic()
        self.over = Event()
        self.thread = Thread(target=self._tell, daemon=True)

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            Waiting._now = self
            self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    @classmethod
    def ends(cls) -> None:
        """Whoever is waiting has an answer: take the line away before it is printed."""
        if cls._now:
            cls._now.end()

    def end(self) -> None:
        """Say nothing more, and leave nothing of what was said."""
        self.over.set()
        if self.thread.is_alive():
            self.thread.join()
        if Waiting._now is self:
            Waiting._now = None

    def _tell(self) -> None:
        said = False
        while not self.over.wait(self.every if said else self.patience):
            said = True
            print(f"{CLEAR}working, {monotonic() - self.begun:.0f} s (Ctrl-C stops it)", end="", file=sys.stderr)  # noqa: T201
            sys.stderr.flush()
        if said:
            print(CLEAR, end="", file=sys.stderr, flush=True)  # noqa: T201 - the line is the door's own
