"""Numbers of every size as a reader can take them in: shares, chances of 1e-1000, counts of thousands of digits."""

from __future__ import annotations

from math import floor, isfinite

EXACT_DIGITS = 21
NEAR = 0.9999
NBSP = "\u00a0"


def share(value: float, log10: float | None = None, rest: float | None = None) -> str:
    """A share in percent, or as a power of ten where that says more; near all of it, what is left (``rest``).

    Examples
    --------
    >>> share(0.50711).replace("\u00a0", " "), share(0.00011).replace("\u00a0", " "), share(0.0, -31.24)
    ('50.71 %', '0.011 %', '5.8e-32')
    """
    if value > NEAR and rest is not None:
        return "1" if rest == 0 else f"1 − {power(rest)}"
    if value >= 0.001:
        return f"{100 * value:.2f}{NBSP}%"
    if value >= 1e-5:
        return f"{100 * value:.2g}{NBSP}%"
    return power(value, log10) if value or log10 is not None else f"0{NBSP}%"


def power(value: float, log10: float | None = None, digits: int = 2) -> str:
    """A small or large number as a power of ten; from its logarithm where a float cannot hold it.

    Examples
    --------
    >>> power(5.34e-32), power(0.0, -1403.3), power(0.25), power(12.5), power(0.0)
    ('5.3e-32', '5.0e-1404', '0.25', '12', '0')
    """
    if 1e-300 < abs(value) < 1e300:
        if 1e-4 <= abs(value) < 1e6:
            return f"{value:.{digits}g}" if abs(value) < 100 else f"{value:,.0f}"
        return f"{value:.{digits - 1}e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
    if log10 is None or not isfinite(log10):
        return "0"
    whole = floor(log10)
    return f"{10 ** (log10 - whole):.{digits - 1}f}e{whole}"


def count(number: int) -> str:
    """A whole number in full, or its size where it has too many digits to read.

    Examples
    --------
    >>> count(88_072), count(2**7921)
    ('88,072', 'about 2.9e2384')
    """
    size = number.bit_length()
    if size < 3.32 * EXACT_DIGITS:
        return f"{number:,}"
    shift = size - 60
    from math import log10

    return f"about {power(float('inf'), log10(number >> shift) + shift * log10(2))}"


def digits(number: int) -> int:
    """How many digits a whole number has, to one."""
    return int(number.bit_length() * 0.30103) + 1


def bound(error: float | None) -> str:
    """What is said of the error of a number."""
    return "each value is an exact fraction, rounded once" if error is None else f"relative error below {error:.1e}"
