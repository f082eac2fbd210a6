"""Covers: in how many minimal ways parts of different weight meet a need.

In falling weight the last unit taken is the one that meets it. The ways to every sum below the need are the
coefficients of a product of polynomials, one for each part. All coefficients are held in one Python integer, so many
bits each, and multiplied at once (Kronecker 1882); for weights of millions they are counted by residues.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from assent.folds.knots import STATES, TooManyStates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Groups = dict[int, list[Sequence[int]]]

BITS = 1 << 31
LONG, LONGEST = 50_000, 20_000_000  # needs whose sums are counted by residues


def covers(need: int, parts: Sequence[tuple[int, Sequence[int]]], *, bundled: bool = False) -> int | None:
    """The sum over all minimal covers of a need of the products of their coefficients.

    Parameters
    ----------
    parts
        The weight of a unit, and in how many ways 0, 1, … units can be taken.
    bundled
        Whether some parts are several that can only be counted together.

    Returns
    -------
    int or None
        ``None`` where there are too many sums, and the parts are better gone through one by one.

    Raises
    ------
    TooManyStates
        There are too many sums, and the parts can only be counted together.

    Examples
    --------
    >>> covers(3, [(2, (1, 1)), (1, (1, 3, 3, 1))])  # the heavy one with one of three, or three light ones
    4
    """
    if LONG < need <= LONGEST and all(_simple(row) for _, row in parts):
        return _by_residues(need, sorted(parts, key=lambda part: -part[0]))
    groups: Groups = {}
    for weight, row in parts:
        groups.setdefault(weight, []).append(row)
    if need * _width(prod(sum(row) for _, row in parts)) <= BITS:
        return _covers(need, groups)
    return _sparse_covers(need, groups) if bundled else None


def binomials(size: int) -> list[int]:
    """In how many ways 0, 1, … of so many can be taken."""
    row = [1]
    for n in range(size):
        row.append(row[-1] * (size - n) // (n + 1))
    return row


def _width(most: int) -> int:
    """Bits, in whole bytes, that hold a coefficient, where all of them together are no more than this."""
    return (most.bit_length() + 8) // 8 * 8


def _times(packed: int, row: Sequence[int], step: int, width: int, slots: int) -> int:
    """A packed polynomial times a row of coefficients, so many slots apart; what lies beyond the slots is dropped."""
    if len(row) == 2:
        kept = packed if row[0] == 1 else packed * row[0]
        if step >= slots:
            return kept
        made = kept + ((packed if row[1] == 1 else packed * row[1]) << step * width)
        return made if made.bit_length() <= width * slots else made & ((1 << (width * slots)) - 1)
    top = min(len(row) - 1, (slots - 1) // step)
    factor = int.from_bytes(b"".join(n.to_bytes(step * width // 8, "little") for n in row[: top + 1]), "little")
    return (packed * factor) & ((1 << (width * slots)) - 1)


def _summed(packed: int, slots: int, width: int) -> int:
    """The sum of so many slots."""
    while slots > 1:
        half = (slots + 1) // 2
        packed = (packed & ((1 << (half * width)) - 1)) + (packed >> (half * width))
        slots = half
    return packed


def _covers(need: int, groups: Groups) -> int:
    """The sum over all minimal covers of a need: in falling weight, the last unit taken is the one that meets it."""
    width = _width(prod(sum(row) for rows in groups.values() for row in rows))
    packed, total = 1, 0
    for weight, row, tail in _falling(need, groups):
        for n in range(1, len(row)):
            low, high = max(0, need - n * weight), min(need, need - (n - 1) * weight)
            if row[n] and tail and low < high:
                window = packed >> (low * width)
                if high < need:
                    window &= (1 << ((high - low) * width)) - 1
                total += tail * row[n] * _summed(window, high - low, width)
        packed = _times(packed, row, weight, width, need)
    return total


def _sparse_covers(need: int, groups: Groups) -> int:
    """The same, one sum at a time: for weights too large to give each sum a slot."""
    ways, total = {0: 1}, 0
    for weight, row, tail in _falling(need, groups):
        later: dict[int, int] = {}
        for met, number in ways.items():
            for n, coef in enumerate(row):
                now = met + n * weight
                if now >= need:
                    total += number * coef * tail
                    break
                later[now] = later.get(now, 0) + number * coef
        ways = {met: number for met, number in later.items() if number}
        if len(ways) > STATES:
            raise TooManyStates(f"the weights have more than {STATES} sums")
    return total


def _falling(need: int, groups: Groups) -> Iterator[tuple[int, list[int], int]]:
    """Each weight, heavy ones first, with the coefficients of its units and the coefficient of taking none lighter."""
    order = sorted(groups, reverse=True)
    none = [prod(row[0] for row in groups[weight]) for weight in order]
    for place, weight in enumerate(order):
        yield weight, _product(groups[weight], -(-need // weight)), prod(none[place + 1 :])


def _product(rows: list[Sequence[int]], most: int) -> list[int]:
    """The product of some polynomials up to a degree."""
    result = [1]
    for row in rows:
        size = min(most, len(result) + len(row) - 2) + 1
        made = [0] * size
        for i, one in enumerate(result):
            if one:
                for j in range(min(len(row), size - i)):
                    made[i + j] += one * row[j]
        result = made
    return result


def _simple(row: Sequence[int]) -> bool:
    """Whether a row is that of alike members, of whom one may be given, or of kinds of them."""
    first = next((n for n, coef in enumerate(row) if coef), 0)
    rest = list(row[first:])
    return rest in ([1] * len(rest), binomials(len(rest) - 1))


def _by_residues(need: int, parts: list[tuple[int, Sequence[int]]]) -> int:
    """The same by residues, for weights of millions: only sums that what is left can still bring to the need."""
    from assent.folds.counting.residues import Sums, by_residues

    left, tails = [0], [1]  # the weight of all further parts, and in how many ways none of them is taken
    for weight, row in reversed(parts):
        left.append(left[-1] + weight * (len(row) - 1))
        tails.append(tails[-1] * row[0])
    left.reverse()
    tails.reverse()

    def count(modulus: int) -> list[int]:
        sums, found = Sums(need, modulus), 0
        for place, (weight, row) in enumerate(parts):
            for n in range(1, len(row)) if tails[place + 1] else ():
                met = sums.between(need - n * weight, need - (n - 1) * weight)
                found = (found + tails[place + 1] * row[n] * met) % modulus
            given = next(n for n, coef in enumerate(row) if coef)
            for _ in range(given):
                sums.move(weight)
            many = len(row) - 1 - given
            if sum(row) == many + 1:
                sums.add(weight, many)
            else:
                for _ in range(many):
                    sums.add(weight)
            sums.cut(need - left[place + 1])
        return [found]

    most = prod(sum(row) for _, row in parts)
    return by_residues(most.bit_length(), sum(min(need, rest) for rest in left), count)[0]
