"""How long the commands take from a cold shell: each is a fresh process, timed from start to end.

    python benchmarks/time_commands.py [--runs N] [--write FILE]

Prints a Markdown table; writes it to FILE only when asked to.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ASSENT = [sys.executable, "-m", "assent"]
LIMITS = {"--help": 0.3, "status": 0.5, "hinge": 2.0, "replay": 5.0}


def main() -> int:
    """Time every command and print the table."""
    parser = argparse.ArgumentParser(description="How long the commands take from a cold shell.")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="runs of each command (default 7)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table to FILE as well")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    widest, sets = widest_hinge()
    print(f"the widest hinge is {widest}: {sets:,} sets of readings", file=sys.stderr)
    commands = [
        ["--help"],
        ["status", "us/amendment/era"],
        ["status", "us/amendment/14"],
        ["status", "us/amendment/27"],
        ["status", "us/application/balanced-budget"],
        ["hinge", widest],
        ["hinge", "us/amendment/era"],
        ["replay", "us"],
        ["exit", "CA"],
    ]
    rows = [(words, timed(words, options.runs)) for words in commands]
    table = page(rows, options.runs, f"{widest} has {sets:,} sets of readings, the most of any matter on file.")
    print(table)
    if options.write:
        options.write.write_text(table, encoding="utf-8")
    return 0


def widest_hinge() -> tuple[str, int]:
    """The matter whose hinge has the most sets of readings."""
    found = json.loads(output(["matters", "--json"]))
    counts = {row["id"]: json.loads(output(["hinge", row["id"], "--json"]))["sets"] for row in sample(found["matters"])}
    matter = max(counts, key=lambda name: counts[name])
    return matter, counts[matter]


def sample(matters: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every matter of kinds with different questions, and one of each kind whose matters are alike."""
    alike = {"admission", "secession"}
    seen: set[str] = set()
    kept = []
    for row in matters:
        if row["kind"] not in alike or row["kind"] not in seen:
            kept.append(row)
        seen.add(row["kind"])
    return kept


def output(words: list[str]) -> str:
    """What a command prints."""
    return subprocess.run([*ASSENT, *words], check=True, capture_output=True, text=True).stdout


def timed(words: list[str], runs: int) -> list[float]:
    """Seconds of each run; one run before them fills the caches of the disk and of Python."""
    output(words)
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        output(words)
        seconds.append(time.perf_counter() - start)
    return seconds


def page(rows: list[tuple[list[str], list[float]]], runs: int, note: str) -> str:
    """The table with what it was measured on."""
    today = datetime.now(tz=UTC).date()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    lines = [
        "# How long the commands take",
        "",
        f"Seconds of wall clock, a fresh process each: {runs} runs after one that is not counted. {today}, {machine}.",
        note,
        "",
        "| command | min | median | max | limit |",
        "| --- | --: | --: | --: | --: |",
    ]
    for words, seconds in rows:
        limit = LIMITS.get(words[0])
        numbers = (min(seconds), statistics.median(seconds), max(seconds))
        shown = " | ".join(f"{n:.3f}" for n in numbers)
        lines.append(f"| `assent {' '.join(words)}` | {shown} | {limit or '–'} |")
    return "\n".join([*lines, "", "Measure again: `python3 dev.py bench`.", ""])


if __name__ == "__main__":
    sys.exit(main())
