"""Work: answers are made on a few threads, each of them once, with a bound on how many may wait."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from assent.web.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Made = TypeVar("Made")


class Lane(Generic[Made]):
    """Threads for work of one kind.

    Whoever asks for what is already being made waits for the same work. What takes longer than anybody waits for goes
    on, so that the one who asks again finds it.

    Parameters
    ----------
    name
        Of the threads.
    threads
        How many.
    most
        How many pieces of work may be waiting or under way.
    patience
        Seconds after which whoever waits is asked to come again.
    """

    def __init__(self, name: str, threads: int, most: int, patience: float) -> None:
        self.most, self.patience = most, patience
        self._name, self._number = name, threads
        self._threads: ThreadPoolExecutor | None = None
        self._under_way: dict[Hashable, asyncio.Future[Any]] = {}

    async def make(self, key: Hashable, work: Callable[[], Made]) -> Made:
        """Do a piece of work, or wait for it where somebody has asked for it already.

        Raises
        ------
        Refused
            Too much is waiting (503), or it takes longer than anybody waits.
        """
        future = self._under_way.get(key)
        if future is None:
            if len(self._under_way) >= self.most:
                raise busy("More is being asked at once than can be answered.", 2)
            future = self.begin(key, work)
        await asyncio.wait((future,), timeout=self.patience)
        if not future.done():
            raise busy("This takes long to work out, and is still being worked out.", 10)
        made: Made = future.result()
        return made

    def begin(self, key: Hashable, work: Callable[[], Any]) -> asyncio.Future[Any]:
        """Begin a piece of work, whoever waits for it."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._number, thread_name_prefix=self._name)
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        self._under_way[key] = future
        future.add_done_callback(lambda done: self._done(key, done))
        return future

    def _done(self, key: Hashable, future: asyncio.Future[Any]) -> None:
        self._under_way.pop(key, None)
        if not future.cancelled():
            future.exception()  # seen, even where nobody waits any more

    @property
    def working(self) -> bool:
        """Whether something is waiting or under way."""
        return bool(self._under_way)

    def close(self) -> None:
        """Drop what has not been begun; the threads end with what they are at."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            self._threads = None


def busy(what: str, seconds: int) -> Refused:
    """A refusal of one who may come again."""
    return Refused(503, what, remedy=f"Ask again in {seconds} seconds.", headers={"Retry-After": str(seconds)})
