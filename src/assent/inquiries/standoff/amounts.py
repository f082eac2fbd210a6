"""Amounts: the numbers that a parameter may have, read exactly from text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from assent.errors import QueryError

MOST_COST, MOST_PRECISION, MOST_COUNT = 100, 10_000, 1000
LONGEST, SHOWN = 1000, 40  # characters of a number that are read, and that are said again
SMALLEST, LARGEST = -300, 9  # powers of ten
HUGE = Fraction(10_000_000_000)  # stands for whatever is too large for any unit
DOMAINS: dict[str, tuple[Fraction, Fraction, str]] = {
    "stake": (Fraction(1, 10**6), Fraction(1), "a number above 0 (one millionth at least), up to 1"),
    "share": (Fraction(0), Fraction(1), "a number from 0 to 1"),
    "cost": (Fraction(0), Fraction(MOST_COST), f"a number from 0 to {MOST_COST:,}"),
    "discount": (Fraction(1, 1000), Fraction(999, 1000), "a number from 0.001 to 0.999"),
    "precision": (Fraction(0), Fraction(MOST_PRECISION), f"a number from 0 to {MOST_PRECISION:,}"),
    "count": (Fraction(1), Fraction(MOST_COUNT), f"a whole number from 1 to {MOST_COUNT:,}"),
}
CALLED = {"stake": "stake", "share": "share or probability", "cost": "cost", "discount": "discount",
          "precision": "precision", "count": "count"}  # fmt: skip


def number_of(said: object, domain: str, where: str) -> Fraction:
    """An exact number from text as 0.4, 3/8, 40 % or 1e-6, within a domain.

    Parameters
    ----------
    said
        What was given.
    domain
        One of ``DOMAINS``.
    where
        Where it was given, for the refusal.

    Raises
    ------
    QueryError
        It is no number, or not allowed.

    Examples
    --------
    >>> number_of("40%", "share", "--set p=40%")
    Fraction(2, 5)
    """
    least, most, allowed = DOMAINS[domain]
    exact = read_number(said)
    if exact is None:
        raise QueryError(f"{shown_number(said)} is no number.", where=where, remedy=f"Give {allowed}.")
    if not least <= exact <= most or (domain == "count" and exact.denominator != 1):
        percent = " A share in percent is written 40%." if domain == "share" and 1 < exact <= 100 else ""
        raise QueryError(
            f"{shown_number(said)} is no {CALLED[domain]}.", where=where, remedy=f"Give {allowed}.{percent}"
        )
    return exact


def shown_number(said: object) -> str:
    """What was given, cut where it is too long to say again."""
    text = str(said).strip()
    return (text if len(text) <= SHOWN else f"{text[:SHOWN]}…") or "An empty value"


def read_number(said: object) -> Fraction | None:
    """An exact number from ``0.4``, ``3/8``, ``40%`` or ``1e-6``; ``None`` if it is none.

    What is too large for any unit is given as ten thousand million, so that it is refused as too large.

    Examples
    --------
    >>> read_number("0.4"), read_number("82/114"), read_number("40 %"), read_number("nan"), read_number("1e999999")
    (Fraction(2, 5), Fraction(41, 57), Fraction(2, 5), None, Fraction(10000000000, 1))
    """
    if isinstance(said, Fraction):
        return said
    text = str(said).strip()
    over = text.removesuffix("%").strip()
    parts = [over] if over != text else text.split("/")
    if isinstance(said, bool) or len(text) > LONGEST or not text.isascii() or "_" in text or len(parts) > 2:
        return None
    try:
        numbers = [Decimal(part.strip()) for part in parts]
    except InvalidOperation:
        return None
    if not all(n.is_finite() and (not n or n.adjusted() >= SMALLEST) for n in numbers) or not all(numbers[1:]):
        return None
    if any(n.adjusted() > LARGEST for n in numbers):
        return -HUGE if numbers[0] < 0 else HUGE
    whole, *below = (Fraction(number) for number in numbers)
    divisor = Fraction(100) if over != text else below[0] if below else Fraction(1)
    return Fraction(whole / divisor)
