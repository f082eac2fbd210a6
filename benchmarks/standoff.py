"""How long the standoff takes: each solver, after import, on the library's default numbers.

    python benchmarks/standoff.py [--write FILE]

Prints a Markdown table with the limit of each; writes it to FILE only when asked to. Exit code 1 if one is missed.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from assent.api import library
from assent.inquiries.standoff.parameters import given_of
from assent.inquiries.standoff.prediction import prediction_of
from assent.inquiries.standoff.resolve import types_of
from assent.models.standoff import branch, induction, private, quantal
from assent.models.standoff.regions import regions
from assent.models.standoff.tree import tree_of
from assent.models.standoff.turns import turns

if TYPE_CHECKING:
    from collections.abc import Callable

ENOUGH, FEWEST = 1.0, 5  # seconds of repeated runs, and how many at least


def main() -> int:
    """Time every solver and print the table."""
    parser = argparse.ArgumentParser(description="How long the standoff takes.")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table to FILE as well")
    options = parser.parse_args()
    rows = [(name, timed(run), limit) for name, run, limit in questions()]
    table = page(rows)
    print(table)
    if options.write:
        options.write.write_text(table, encoding="utf-8")
    missed = [name for name, seconds, limit in rows if limit and statistics.median(seconds) > limit]
    for name in missed:
        print(f"{name} misses its limit", file=sys.stderr)
    return 1 if missed else 0


def questions() -> list[tuple[str, Callable[[], object], float | None]]:
    """What is asked, and within how many seconds it has to be answered."""
    place = library().place
    given, hidden = given_of(place), given_of(place, {"firm-chance": "0.5", "tough-chance": "0.2"})
    tree, numbers = tree_of(), given.numbers
    columns = [Fraction(3 * at, 2 * 39) for at in range(40)]
    rows = [Fraction(6 * at, 5 * 19) for at in range(20)]
    spans = {name.replace("-", "_"): span for name, span in given.spans.items()}
    return [
        ("exact solution, in fractions", lambda: induction.solve(tree, numbers), 1e-3),
        ("quantal response at Λ = 10", lambda: quantal.solve(tree, numbers, 10.0), 1e-3),
        ("private types, one side (26 information sets), to the limit",
         lambda: branch.follow(private.Private(tree, numbers, *types_of(given.parameters))), 1.0),
        ("private types, both sides (34 information sets), to the limit",
         lambda: branch.follow(private.Private(tree, hidden.numbers, *types_of(hidden.parameters))), 1.0),
        ("map of 800 cells",
         lambda: regions(tree, numbers, ("federal_force_cost", columns), ("state_force_cost", rows)), 0.5),
        ("all turning points, 20 parameters", lambda: turns(tree, numbers, spans), None),
        ("4,000 draws and what drives them", lambda: prediction_of(tree, given), None),
        ("the whole answer, law included", lambda: library().standoff("CA", as_of="2026-11-23"), None),
    ]  # fmt: skip


def timed(run: Callable[[], object]) -> list[float]:
    """Seconds of each run; the first is not counted."""
    run()
    seconds: list[float] = []
    while len(seconds) < FEWEST or sum(seconds) < ENOUGH:
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return seconds


def page(rows: list[tuple[str, list[float], float | None]]) -> str:
    """The table with what it was measured on."""
    today = datetime.now(tz=UTC).date()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    lines = [
        "# How long the standoff takes",
        "",
        f"Milliseconds after import, within one process. {today}, {machine}.",
        "",
        "| | min | median | limit |",
        "| --- | --: | --: | --: |",
    ]
    for name, seconds, limit in rows:
        best, middle = 1000 * min(seconds), 1000 * statistics.median(seconds)
        lines.append(f"| {name} | {best:.3g} | {middle:.3g} | {f'{1000 * limit:g}' if limit else '–'} |")
    return "\n".join([*lines, "", "Measure again: `python benchmarks/standoff.py`.", ""])


if __name__ == "__main__":
    sys.exit(main())
