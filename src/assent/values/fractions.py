"""Exact fractions: read from text, and turned into the whole number of votes they ask for.

A float never decides a threshold: 0.6666666666666667 x 435 is above 290, so a float fails a House vote of 290.
"""

from __future__ import annotations

from fractions import Fraction


def read_fraction(text: object) -> Fraction:
    """Read an exact fraction written as ``2/3`` or ``1``.

    Raises
    ------
    ValueError
        The text is no fraction, or is a decimal (which would not be exact).

    Examples
    --------
    >>> read_fraction("2/3")
    Fraction(2, 3)
    """
    if isinstance(text, int) and not isinstance(text, bool):
        return Fraction(text)
    if isinstance(text, str):
        head, slash, tail = text.partition("/")
        if head.strip().isdigit() and (tail.strip().isdigit() if slash else True) and tail.strip() not in {"0", "00"}:
            return Fraction(int(head), int(tail) if slash else 1)
    raise ValueError(f"{text!r} is no exact fraction; write it as {_nearest(text)}")


def _nearest(text: object) -> str:
    """The simple fraction nearest to what was written, or an example."""
    try:
        near = Fraction(str(text)).limit_denominator(100)
    except (ValueError, ZeroDivisionError):
        near = Fraction(2, 3)
    return str(near if 0 < near <= 1 else Fraction(2, 3))


def votes_needed(threshold: Fraction, base: int, *, strict: bool = False) -> int:
    """The least whole number of a base that meets a threshold.

    Parameters
    ----------
    threshold
        Share of the base, exact.
    base
        How many there are (members, votes, states).
    strict
        ``True`` for "more than", ``False`` for "at least".

    Examples
    --------
    >>> votes_needed(Fraction(2, 3), 435), votes_needed(Fraction(3, 4), 50)
    (290, 38)
    >>> votes_needed(Fraction(1, 2), 100, strict=True)
    51
    """
    exact = threshold * base
    whole = exact.numerator // exact.denominator
    if strict:
        return whole + 1
    return whole if whole * exact.denominator == exact.numerator else whole + 1


def words(threshold: Fraction, *, strict: bool = False) -> str:
    """A threshold in words, as a reader would say it.

    Examples
    --------
    >>> words(Fraction(3, 4)), words(Fraction(1, 2), strict=True), words(Fraction(11, 20))
    ('three fourths', 'more than half', '11/20')
    """
    said = _WORDS.get(threshold, f"{threshold.numerator}/{threshold.denominator}")
    return f"more than {said}" if strict else said


_WORDS = {
    Fraction(1): "all",
    Fraction(1, 2): "half",
    Fraction(2, 3): "two thirds",
    Fraction(3, 4): "three fourths",
    Fraction(3, 5): "three fifths",
}
