"""Switch: whether sweeps are worked out by NumPy, or by machine code that numba makes of the same methods.

Nothing is compiled unless somebody asks for it: ``use()``, or ``ASSENT_COMPILED=1`` in the environment. Loading numba
takes longer than almost any one question, so it pays for many questions in one process: scenarios, a server, a study.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, TypeVar, cast

from assent.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ASKED = "ASSENT_COMPILED"
F = TypeVar("F", bound="Callable[..., Any]")


class _Switch:
    """On, off, or as the environment says."""

    wanted: bool | None = None


def use(wanted: bool | None = True) -> bool:  # noqa: FBT001, FBT002 - a switch is on or off
    """Let machine code do the counting from here on, or NumPy again; what the environment says with ``None``.

    The first time on a machine compiling takes half a minute; what is compiled is kept in the user's cache folder.

    Raises
    ------
    QueryError
        The optional package is not installed.
    """
    if wanted and find_spec("numba") is None:
        raise QueryError(
            "Compiled counting needs numba, which is not installed.",
            where=ASKED if os.environ.get(ASKED) else "",
            remedy="Install assent[fast], or leave it out: NumPy gives the same numbers.",
        )
    _Switch.wanted = wanted
    return on()


def on() -> bool:
    """Whether sweeps are compiled."""
    if _Switch.wanted is None:
        said = os.environ.get(ASKED, "")
        if said not in {"", "0", "1"}:
            raise QueryError(f"{said!r} is neither 0 nor 1.", where=ASKED, remedy="Write 1 for compiled counting.")
        return use(wanted=said == "1")
    return _Switch.wanted


def folder() -> Path:
    """Where compiled code is kept: the user's cache folder, never the package's own."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "assent" / "compiled"


@lru_cache(maxsize=1)
def _digest() -> str:
    """What the kernels are, in few letters: numba does not see that one calls another that has changed."""
    found = sha256()
    for file in sorted((Path(__file__).parent / "kernels").glob("*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


@contextmanager
def _kept(numba: Any) -> Iterator[bool]:
    """Let numba keep what it compiles in that folder, unless it was told another; whether it can be kept."""
    before = numba.config.CACHE_DIR
    place = Path(before or folder()) / _digest()
    try:
        place.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=place):
            pass
    except OSError:
        yield False
        return
    numba.config.CACHE_DIR = str(place)
    try:
        yield True
    finally:
        numba.config.CACHE_DIR = before


def jit(function: F) -> F:
    """A function as machine code, made when it is first called."""
    numba: Any = import_module("numba")
    with _kept(numba) as cache:
        return cast("F", numba.njit(cache=cache, nogil=True, error_model="numpy")(function))
