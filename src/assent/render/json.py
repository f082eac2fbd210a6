"""A result as JSON: every field under its own name, dates as ISO text, fractions as text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec


def json(result: object) -> str:
    """A result as indented JSON.

    Examples
    --------
    >>> from datetime import date
    >>> print(json({"on": date(1868, 7, 9), "share": Fraction(3, 4)}))
    {
      "on": "1868-07-09",
      "share": "3/4"
    }
    """
    return msgspec.json.format(msgspec.json.encode(result, enc_hook=_plain), indent=2).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
