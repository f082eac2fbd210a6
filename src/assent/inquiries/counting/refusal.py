"""Refusal: what a fold cannot do with a circuit, said as every other refusal is said."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from assent.errors import NotApplicable

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def counting() -> Iterator[None]:
    """Run a fold; its ``ValueError`` becomes a refusal.

    Raises
    ------
    NotApplicable
        The fold refused.

    Examples
    --------
    >>> with counting():
    ...     raise ValueError("the weights have too many sums")
    Traceback (most recent call last):
    assent.errors.NotApplicable: The weights have too many sums.
      do:    Ask about a part of it, by another index or goal, or with large weights in thousands, rounded.
    """
    try:
        yield
    except ValueError as err:
        said = str(err).strip()
        said = said[:1].upper() + said[1:]
        raise NotApplicable(
            said if said.endswith((".", "?")) else f"{said}.",
            remedy="Ask about a part of it, by another index or goal, or with large weights in thousands, rounded.",
        ) from err
