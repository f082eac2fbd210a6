"""The petition model on this machine: how long each answer takes, and how far the normal law is from simulated counts.

Run it with the Python that has this project's dependencies::

    python3 benchmarks/petition.py [--counts 20000]

Counts are simulated at the size of California's 58 counties, with a fixed seed; a tail is told with its standard error.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assent import library
from assent.models.petition.bars import bars
from assent.models.petition.belief import Believed
from assent.models.petition.certificate import Method
from assent.models.petition.inverse import enough
from assent.models.petition.outcome import County, Petition, by_normal, outcome, spread
from tests.models.petition.counts import simulate

if TYPE_CHECKING:
    from collections.abc import Callable

METHOD = Method(500, Fraction(3, 100), 500, percent_places=2)
BARS = bars(874_641, Fraction(95, 100), Fraction(110, 100), at_fails=False, at_qualifies=False)
DESIGNS = ((1_170_000, 0.74, 0.03), (1_160_000, 0.74, 0.03), (1_150_000, 0.74, 0.03), (1_140_000, 0.74, 0.03),
           (1_272_000, 0.76, 0.005), (1_266_000, 0.76, 0.005))  # fmt: skip
DAY = date(2026, 11, 1)


@cache
def people() -> tuple[float, ...]:
    """The people of each county."""
    return tuple(float(row["population"]) for row in library().place.rows("petition/counties.csv"))


def filed(raw: int, validity: float, duplicates: float) -> Petition:
    """A petition spread over the counties by population."""
    return Petition(tuple(County(n, validity, duplicates) for n in spread(raw, people())), METHOD, BARS)


def tails(counts: int) -> None:
    """The smaller of two outcomes: simulated, exact, and by the normal law."""
    print(f"| signatures | valid | duplicates | outcome | {counts:,} counts | exact | normal |")
    print("|---|---|---|---|---|---|---|")
    for raw, validity, duplicates in DESIGNS:
        held = filed(raw, validity, duplicates)
        drawn = simulate([(p.raw, p.sample, p.valid, p.pairs) for p in held.parts()], counts, 1)
        high = float((drawn >= BARS.qualifies_from).mean())
        low = float((drawn < BARS.counted_from).mean())
        full = 1 - high - low
        shown = {"by_sample": high, "full": full, "fails": low}
        name = min((n for n in shown if getattr(outcome(held), n) > 1e-4), key=lambda n: getattr(outcome(held), n))
        seen = shown[name]
        error = (seen * (1 - seen) / counts) ** 0.5
        exact, normal = getattr(outcome(held), name), getattr(by_normal(held), name)
        print(
            f"| {raw:,} | {validity} | {duplicates} | {name} | {seen:.5f} ± {error:.5f} | {exact:.5f} | {normal:.5f} |"
        )


def timed(what: str, run: Callable[[], object], times: int = 5) -> None:
    """The best of several times."""
    found = []
    for _ in range(times):
        start = perf_counter()
        run()
        found.append(perf_counter() - start)
    print(f"| {what} | {1000 * min(found):,.0f} ms |")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--counts", type=int, default=20_000)
    counts = parser.parse_args().counts
    tails(counts)
    held = filed(1_200_000, 0.76, 0.03)
    print("\n| answer | best of 5, after import |\n|---|---|")
    timed("outcome, validity known, to the unit", lambda: outcome(held))
    timed("outcome, validity known, coarse grid", lambda: outcome(held, step=held.step()))
    timed("outcome, validity uncertain", lambda: Believed(held, 0.02).outcome())
    timed("how many for 95 %, one way or the other", lambda: enough(lambda n: filed(n, 0.76, 0.03), 0.05, 0.95))
    timed("how many for 95 %, by the sample",
          lambda: enough(lambda n: filed(n, 0.76, 0.03), 0.05, 0.95, without_count=True))  # fmt: skip
    timed("assent petition CA --replay", lambda: library().petition("CA", replay=True, as_of=DAY))
    parts = [(p.raw, p.sample, p.valid, p.pairs) for p in held.parts()]
    timed(f"{counts:,} simulated counts", lambda: np.mean(simulate(parts, counts, 1)), 2)


if __name__ == "__main__":
    main()
