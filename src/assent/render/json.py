"""A result as JSON: every field under its own name, dates as ISO text, fractions as text.

Whole numbers stay numbers up to 4,300 digits, the most that Python and others read by default; longer ones are text.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

MOST_BITS = 14283  # of a whole number of 4,300 digits


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
    try:
        encoded = msgspec.json.encode(result, enc_hook=_plain)
    except ValueError:
        encoded = msgspec.json.encode(_readable(msgspec.to_builtins(result, enc_hook=_plain)))
    return msgspec.json.format(encoded, indent=2).decode()


def _readable(value: Any) -> Any:
    """The same with whole numbers of too many digits as text."""
    if isinstance(value, dict):
        return {key: _readable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_readable(held) for held in value]
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return str(Decimal(value))
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
