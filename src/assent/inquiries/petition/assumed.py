"""Assumed: a number that an answer rests on, as it was given or as the library holds it, with its unit and standing."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.errors import QueryError
from assent.law.citations import told

if TYPE_CHECKING:
    from assent.inquiries.petition.law import Default

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(%|\s%)?")
LONGEST = 40
GIVEN = "given"


class Assumed(Struct, frozen=True):
    """A number that an answer rests on.

    Attributes
    ----------
    symbol
        What it is called in formulas.
    value
        The number, or a word.
    standing
        ``law``, ``evidence``, ``assumption``, or ``given`` by who asked.
    """

    name: str
    symbol: str
    value: float | int | str
    unit: str
    standing: str
    why: str
    cite: tuple[str, ...] = ()


def assumed(name: str, symbol: str, unit: str, given: Fraction | None, default: Default) -> tuple[Fraction, Assumed]:
    """A number as given, or the library's default, and how it is told."""
    if given is not None:
        return given, Assumed(name, symbol, float(given), unit, GIVEN, "")
    value = Fraction(default.value)
    why = " ".join(default.why.split())
    return value, Assumed(name, symbol, float(value), unit, default.standing, why, told(default.cite))


def share_of(said: object, where: str, *, low: int = 0, high: int = 1) -> Fraction:
    """A share as an exact number: ``0.76``, ``.76`` or ``76%``.

    Raises
    ------
    QueryError
        It is no number, or not from ``low`` to ``high``.

    Examples
    --------
    >>> share_of("76%", "--validity"), share_of(0.005, "--duplicates")
    (Fraction(19, 25), Fraction(1, 200))
    """
    number = _number(said, where, "share")
    if not low <= number <= high:
        percent = f" If percent is meant, write {str(said).strip()}%." if 1 < number <= 100 else ""
        raise QueryError(
            f"{str(said).strip()} is not from {low} to {high}.",
            where=where,
            remedy=f"Give a number from {low} to {high}.{percent}",
        )
    return number


def whole_of(said: object, where: str, most: int) -> int:
    """A whole number, zero or more.

    Raises
    ------
    QueryError
        It is none, below zero, or more than is worked out.

    Examples
    --------
    >>> whole_of("1,000,000", "--raw", 10**8)
    1000000
    """
    text = str(said).strip()
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        text = text.replace(",", "")
    number = _number(text, where, "whole number")
    if number.denominator != 1 or "%" in text:
        raise QueryError(f"{str(said).strip()} is no whole number.", where=where, remedy="Write digits alone.")
    if number < 0:
        raise QueryError(f"{str(said).strip()} is below zero.", where=where, remedy="Give zero or more.")
    if number > most:
        raise QueryError(f"{int(number):,} is more than is worked out.", where=where, remedy=f"Give up to {most:,}.")
    return int(number)


def plainly(value: Fraction | float) -> str:
    """A number as it is typed: ``0.76``."""
    return f"{float(value):.12g}"


def _number(said: object, where: str, what: str) -> Fraction:
    text = str(said).strip()
    if isinstance(said, bool) or not NUMBER.fullmatch(text) or len(text) > LONGEST:
        shown = repr(text) if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        try:
            number = Fraction(text)  # a float of Python's may be written 1e-05
        except (ValueError, ZeroDivisionError):
            number = None
        if isinstance(said, int | float) and not isinstance(said, bool) and number is not None:
            return number
        raise QueryError(
            f"{shown} is no {what}." if text else f"No {what} is given.",
            where=where,
            remedy="Write digits, with a point for decimals.",
        )
    return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)
