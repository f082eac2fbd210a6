"""Libraries: each read once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assent.inquiries.library import Library

if TYPE_CHECKING:
    from pathlib import Path


@lru_cache(maxsize=8)
def library(name: str = "", path: str | Path | None = None) -> Library:
    """The library of a jurisdiction, read once.

    Examples
    --------
    >>> library().name
    'us'
    """
    return Library(name, path)
