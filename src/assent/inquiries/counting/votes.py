"""Votes: a table of members and their weights that somebody typed, and the quota they vote by, as a circuit."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, NamedTuple

from assent.circuit.nodes import Gate, Leaf
from assent.errors import QueryError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from assent.circuit.nodes import Node

ACT = "vote"
MEMBER, WEIGHT, SECOND, VETO = "member", "weight", "weight2", "veto"
YES, NO = {"yes", "y", "true", "1", "x"}, {"", "no", "n", "false", "0"}
NAMELESS = ""  # a name of its own could be that of a member
MOST_DIGITS = 4000
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
QUOTA = re.compile(r"(?P<strict>>)?\s*(?P<number>\d+(\.\d+)?)\s*(/\s*(?P<below>\d+)|(?P<percent>%))?")
OTHERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
HOW = "Write a number of votes (270), a share (2/3, 65%), or more than a share (>1/2)."


class Row(NamedTuple):
    """One row of a typed table: where it stands, and its cells by column."""

    line: int
    cells: dict[str, str]


class Member(NamedTuple):
    """A member: what it votes with, whether nothing passes without it, and the groups it is in by column."""

    id: str
    weight: Fraction
    second: Fraction | None
    veto: bool
    groups: dict[str, str]


@dataclass(frozen=True, slots=True)
class Votes:
    """A weighted vote.

    Attributes
    ----------
    file
        Where it was typed.
    node
        Its circuit: leaves are ``vote:MEMBER``.
    rules
        The rule in words.
    words
        The options that ask for it on the command line.
    """

    file: Path
    members: tuple[Member, ...]
    node: Node
    rules: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that put members in groups."""
        return tuple(self.members[0].groups)


def typed_rows(file: Path, required: Sequence[str]) -> list[Row]:
    """The rows of a CSV file that a user typed; its header must hold the columns required.

    Raises
    ------
    QueryError
        It cannot be read, is empty, lacks a column, or a row has more or fewer cells than the header.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as err:
        raise QueryError(f"The file is not UTF-8: {err.reason}.", where=str(file), remedy="Save it as UTF-8.") from None
    except OSError as err:
        raise QueryError(
            f"{file} cannot be read: {err.strerror}.", remedy="Give the path of a CSV file that exists."
        ) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    head: list[str] = []
    rows: list[Row] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not head:
                head = [cell.strip().casefold() for cell in cells]
                _check_head(file, reader.line_num, head, required)
            elif len(cells) != len(head):
                raise QueryError(
                    f"The row has {len(cells)} cells under {len(head)} columns.",
                    where=f"{file}:{reader.line_num}",
                    remedy="Quote a cell that holds a comma, and write numbers without thousands separators.",
                )
            else:
                rows.append(Row(reader.line_num, {c: v.strip() for c, v in zip(head, cells, strict=True)}))
    except csv.Error as err:
        raise QueryError(f"The file is no CSV: {err}.", where=f"{file}:{reader.line_num}", remedy="Mend it.") from None
    if not rows:
        raise QueryError(
            "The file is empty." if not head else "The file has a header and no rows.",
            where=str(file),
            remedy=f"Write a header ({', '.join(required)}) and one row each.",
        )
    return rows


def _check_head(file: Path, line: int, head: list[str], required: Sequence[str]) -> None:
    for column in required:
        if column not in head:
            if len(head) == 1 and (other := next((mark for mark in OTHERS if mark in head[0]), None)):
                raise QueryError(
                    f"The cells stand between {OTHERS[other]}, not commas.",
                    where=f"{file}:{line}",
                    remedy="Save it with commas between the cells and points in decimals (CSV, UTF-8).",
                )
            near = nearest(column, head)
            raise QueryError(
                f"The header has no column {column!r}.",
                where=f"{file}:{line}",
                remedy=f"It has: {', '.join(head)}. Name the columns {', '.join(required)}"
                + (f"; did you mean {near} to be {column}?" if near else "."),
            )
    twice = next((c for c in head if head.count(c) > 1), None)
    if twice is not None:
        raise QueryError(
            f"The column {twice!r} stands in the header twice.", where=f"{file}:{line}", remedy="Keep one of them."
        )


def typed_number(file: Path, row: Row, column: str, what: str = "weight") -> Fraction:
    """A cell as an exact number, zero or more.

    Raises
    ------
    QueryError
        It is no number, not finite, or below zero.
    """
    said = row.cells[column]
    where = f"{file}:{row.line}, column {column}"
    if not NUMBER.fullmatch(said) or len(said) > MOST_DIGITS:
        shown = repr(said) if len(said) <= 40 else f"{said[:40]}…"
        problem = f"The {what} is missing." if not said else f"The {what} is {shown}, which is no number."
        raise QueryError(problem, where=where, remedy="Write digits, with a point for decimals, and nothing else.")
    number = Fraction(said)
    if number < 0:
        raise QueryError(f"The {what} is {said}, which is below zero.", where=where, remedy="Write zero or more.")
    return number


def read_votes(
    file: Path, quota: str | float, quota2: str | float | None = None, block_at_least: int | None = None
) -> Votes:
    r"""A weighted vote from a CSV file: ``member, weight[, weight2][, veto]`` and columns of groups.

    Parameters
    ----------
    file
        The table.
    quota
        What the weights of those for it must reach: ``270``, ``2/3``, ``65%``, ``>1/2``.
    quota2
        The same of the second weights, both being needed.
    block_at_least
        A blocking minority needs at least so many members: it passes too when fewer are against it.

    Raises
    ------
    QueryError
        A row or the rule is wrong, with file, line, value and remedy.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "firm.csv")
    ...     _ = file.write_text("member,weight\na,50\nb,49\nc,1\n")
    ...     read_votes(file, ">1/2").node.need
    51
    """
    members = tuple(_members(file))
    if block_at_least is not None and not 1 <= block_at_least <= len(members):
        raise QueryError(
            f"A blocking minority of at least {block_at_least} is asked for, of {len(members)} members.",
            where="--block-at-least",
            remedy=f"Give a number from 1 to {len(members)}.",
        )
    leaves = tuple(Leaf(ACT, m.id) for m in members)
    first, said = _gate(file, "--quota", str(quota), leaves, [m.weight for m in members])
    node: Node = first
    rules = [f"Weights must reach {said}."]
    words = ["--votes", str(file), "--quota", str(quota)]
    second = [m.second for m in members if m.second is not None]
    if quota2 is not None and not second:
        raise QueryError(
            "A second quota is given and the file has no second weights.",
            where="--quota2",
            remedy=f"Add a column {SECOND}, or leave --quota2 out.",
        )
    if quota2 is None and second:
        raise QueryError(
            f"The file has second weights ({SECOND}) and no second quota is given.",
            where=str(file),
            remedy=f"Give --quota2, or rename the column {SECOND}.",
        )
    if quota2 is not None:
        other, said = _gate(file, "--quota2", str(quota2), leaves, second)
        node = Gate(NAMELESS, "Both quotas", 2, (first, other))
        rules.append(f"Second weights must reach {said}, too.")
        words += ["--quota2", str(quota2)]
    if block_at_least is not None:
        few = Gate(NAMELESS, "Too few against it", len(members) - block_at_least + 1, leaves)
        node = Gate(NAMELESS, "The quota, or too few against it", 1, (node, few))
        rules.append(f"It passes too when fewer than {block_at_least} are against it.")
        words += ["--block-at-least", str(block_at_least)]
    vetoes = tuple(leaf for leaf, m in zip(leaves, members, strict=True) if m.veto)
    if vetoes:
        node = Gate(NAMELESS, "Nobody with a veto against it", len(vetoes) + 1, (node, *vetoes))
        rules.append(f"Nothing passes without {', '.join(leaf.actor for leaf in vetoes)}.")
    return Votes(file, members, node, tuple(rules), tuple(words))


def _members(file: Path) -> Iterator[Member]:
    seen: dict[str, int] = {}
    for row in typed_rows(file, (MEMBER, WEIGHT)):
        name = row.cells[MEMBER]
        where = f"{file}:{row.line}, column {MEMBER}"
        if not name:
            raise QueryError("The member has no name.", where=where, remedy="Name every member once.")
        if name.startswith(f"{ACT}:"):
            raise QueryError(
                f"{name!r} would be taken for the vote of {name.removeprefix(f'{ACT}:')!r}.",
                where=where,
                remedy=f"Give the member a name that does not begin with {ACT}:",
            )
        if name in seen:
            raise QueryError(
                f"{name!r} is given twice; first on line {seen[name]}.", where=where, remedy="Keep one of the rows."
            )
        seen[name] = row.line
        veto = row.cells.get(VETO, "").casefold()
        if veto not in YES | NO:
            raise QueryError(
                f"The veto of {name} is {row.cells[VETO]!r}.",
                where=f"{file}:{row.line}, column {VETO}",
                remedy="Write yes or no.",
            )
        second = typed_number(file, row, SECOND) if SECOND in row.cells else None
        groups = {c: v for c, v in row.cells.items() if c not in {MEMBER, WEIGHT, SECOND, VETO}}
        yield Member(name, typed_number(file, row, WEIGHT), second, veto in YES, groups)


def _gate(
    file: Path, option: str, quota: str, leaves: tuple[Leaf, ...], weights: Sequence[Fraction]
) -> tuple[Gate, str]:
    """A weighted threshold in whole units, and its quota in words."""
    total = sum(weights, Fraction(0))
    if not total:
        raise QueryError(
            "All weights are zero: nobody could ever reach a quota.", where=option, remedy="Give some members weight."
        )
    least, strict = _quota(quota, option, total)
    if least > total or (strict and least == total):
        raise QueryError(
            f"The quota is {'more than ' if strict else ''}{_said(least)}; all weights together are {_said(total)}.",
            where=f"{option} {quota}, {file}",
            remedy=f"Give a quota of at most {_said(total)}, or correct the weights.",
        )
    unit = lcm(least.denominator, *(w.denominator for w in weights))
    need = int(least * unit) + (1 if strict else 0)
    whole = [int(w * unit) for w in weights]
    shared = gcd(*whole)  # nothing but their multiples can be reached
    said = f"{'more than ' if strict else ''}{_said(least)} of {_said(total)}"
    gate = Gate(NAMELESS, f"Quota: {said}", -(-need // shared), leaves, weights=tuple(w // shared for w in whole))
    return gate, said


def _quota(quota: str, option: str, total: Fraction) -> tuple[Fraction, bool]:
    found = QUOTA.fullmatch(quota.strip())
    if found is None or len(quota) > MOST_DIGITS or (found["below"] and not int(found["below"])):
        raise QueryError(f"{quota!r} is no quota.", where=option, remedy=HOW)
    number = Fraction(found["number"])
    if found["below"]:
        share = number / int(found["below"])
    elif found["percent"]:
        share = number / 100
    else:
        if 0 < number < 1 and total > 1:
            raise QueryError(
                f"{quota} is less than one vote of {_said(total)}.",
                where=option,
                remedy=f"If a share is meant, write it as {number} or {_said(number * 100)}%.",
            )
        share = number / total
    if share <= 0:
        raise QueryError(f"A quota of {quota} is met even if nobody is for it.", where=option, remedy=HOW)
    return share * total, bool(found["strict"])


def _said(number: Fraction) -> str:
    """A number as a reader would write it."""
    if number.denominator == 1:
        return f"{int(number):,}"
    digits = f"{float(number):,.6f}".rstrip("0")
    return digits if Fraction(digits.replace(",", "")) == number else str(number)
