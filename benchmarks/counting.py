"""The counting folds beside every peer that can be installed: the same instances, in one run, on the same machine.

The peers live in an environment of their own, made once (they are listed with versions and licences in peers.txt)::

    python3 -m venv .cache/peers
    .cache/peers/bin/python -m pip install -r benchmarks/peers.txt
    python3 benchmarks/counting.py --write FILE

Run it with the Python that has this project's dependencies. Each question to each peer is a process with a time-out
and a memory limit, one at a time; the clock starts after the import. A peer that stops is asked again at half the size,
and half of that, until it answers. The ratio is the peer's best time over ours; the agreement is the largest relative
difference from our answer.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from instances import Instance, instances

HERE = Path(__file__).resolve().parent
PEERS = (
    "powerindex",
    "powerindices",
    "tucoopy",
    "fast-poibin",
    "fast-poibin (dp)",
    "pysdd",
    "dd",
    "relibmss",
    "problog",
    "shapiq",
)
OURS = "assent"
PATIENCE = 60.0  # seconds that we get at least
IMPORTS = 5.0  # seconds that importing may take
LEAST = 8  # members; below that a peer is not asked again
EXIT_KILLED = (-9, -11, -6, 137, 139)


@dataclass
class Run:
    """What one peer did with one instance.

    Attributes
    ----------
    answer
        What ``peers.py`` printed.
    reached
        The largest size at which it answered, when it stopped at the full one, with the seconds.
    """

    who: str
    answer: dict[str, Any]
    reached: tuple[int, float] | None = None

    @property
    def best(self) -> float | None:
        """Seconds, if it answered."""
        return self.answer.get("best")


@dataclass(frozen=True)
class Terms:
    """On what terms peers are asked."""

    python: Path
    timeout: float
    again: float
    memory: int

    def ask(self, who: str, instance: Instance, timeout: float) -> dict[str, Any]:
        """Ask one peer in a process of its own."""
        python = Path(sys.executable) if who == OURS else self.python
        command = [str(python), str(HERE / "peers.py"), who, str(self.memory)]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        try:
            done = subprocess.run(
                command,
                input=json.dumps(asdict(instance)),
                capture_output=True,
                text=True,
                timeout=timeout + IMPORTS,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"stopped": f"no answer in {timeout:g} s"}
        if done.returncode in EXIT_KILLED:
            return {"stopped": "killed, out of memory or crashed"}
        try:
            return dict(json.loads(done.stdout.strip().splitlines()[-1]))
        except (IndexError, json.JSONDecodeError):
            return {"stopped": (done.stderr.strip().splitlines() or ["no output"])[-1][:120]}

    def run(self, who: str, instance: Instance) -> Run:
        """Ask, and ask again for less where it stops."""
        run = Run(who, self.ask(who, instance, max(self.timeout, PATIENCE) if who == OURS else self.timeout))
        size = instance.size
        while "stopped" in run.answer and who != OURS and size // 2 >= LEAST and not run.reached:
            size //= 2
            smaller = instance.shrunk(size)
            answer = self.ask(who, smaller, self.again)
            if "best" in answer:
                run.reached = (smaller.size, answer["best"])
        return run


def agreement(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """How far a peer's answer is from ours: the largest relative difference."""
    if "count" in theirs and "count" in ours:
        same = theirs["count"] == ours["count"]
        return "the same integer" if same else f"{_apart([int(theirs['count']) / int(ours['count'])], [1.0]):.0e}"
    parts = []
    if "value" in theirs and ours.get("value") is not None:
        parts.append(_said(_apart([theirs["value"]], [ours["value"]])))
    for key in ("values", "gradients"):
        if key in theirs and ours.get(key):
            said = _said(_apart(theirs[key], ours[key]))
            parts.append(f"gradients {said}" if key == "gradients" else said)
    if "gradients" in ours and "gradients" not in theirs:
        parts.append("no gradients")
    return ", ".join(parts) or "–"


def _said(apart: float) -> str:
    return f"{apart:.0e}" if apart else "equal"


def _apart(theirs: list[float], ours: list[float]) -> float:
    return max((abs(a - b) / abs(b) if b else abs(a) for a, b in zip(theirs, ours, strict=True)), default=0.0)


def seconds(value: float) -> str:
    """A time, to two digits."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value / 1e-9:.2g} ns"


def machine() -> str:
    """The machine, as far as a reader needs it."""
    name = platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    except OSError:
        pass
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def line(instance: Instance, run: Run, ours: Run) -> str:
    """One row of the table."""
    answer, size = run.answer, f"{instance.size:,}"
    if run.best is None:
        reached = (
            f"answers {run.reached[0]:,} in {seconds(run.reached[1])}" if run.reached else "answers no smaller size"
        )
        if run.who == OURS:
            reached = ""
        return (
            f"| {instance.title} | {size} | {run.who} | stops: {answer.get('stopped', '?')[:70]} | – | – | {reached} |"
        )
    first = f" (first {seconds(answer['first'])})" if answer["first"] > 2 * run.best else ""
    ratio = "1" if run is ours else f"{run.best / ours.best:,.3g}" if ours.best else "–"
    how = f"{answer.get('method', '')}" if run is ours else agreement(ours.answer, answer)
    more = answer.get("error_bound")
    note = f"error ≤ {more:.0e}" if isinstance(more, float) and run is ours else "full size"
    return f"| {instance.title} | {size} | {run.who} | {seconds(run.best)}{first} | {ratio} | {how} | {note} |"


def table(results: list[tuple[Instance, list[Run]]], terms: Terms) -> str:
    """The whole report in Markdown."""
    versions = [
        text.partition("#")[0].strip() for text in (HERE / "peers.txt").read_text(encoding="utf-8").splitlines()
    ]
    out = [
        "# Counting: beside the peers",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {machine()}. Time after import, best of up to seven runs; one process at a",
        f"time, one thread, {terms.timeout:g} s and {terms.memory >> 30} GiB each; who stops is asked again at",
        f"half the size ({terms.again:g} s), and half of that. Ratio: the peer's time over ours. Agreement: the",
        "largest relative difference from our answer.",
        f"Peers: {', '.join(text for text in versions if text)}.",
        "",
        "| instance | members | who | time | ratio | method or agreement | sizes reached |",
        "|---|---:|---|---|---:|---|---|",
    ]
    without = []
    for instance, runs in results:
        ours = runs[0]
        out += [line(instance, run, ours) for run in runs if "cannot" not in run.answer]
        nothing = [f"{run.who} ({run.answer['cannot']})" for run in runs if "cannot" in run.answer]
        if nothing:
            without.append(f"- {instance.title}: {', '.join(nothing)}.")
    return "\n".join([*out, "", "Peers that have nothing for a question:", "", *without, ""])


def main() -> None:
    """Run what is asked for and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, default=HERE.parent / ".cache" / "peers", help="the peers' environment")
    parser.add_argument("--who", default=",".join(PEERS), help="peers to ask, with commas")
    parser.add_argument("--only", default="", help="instances, with commas; those whose name begins so")
    parser.add_argument("--timeout", type=float, default=60, help="seconds for each answer")
    parser.add_argument("--again", type=float, default=10, help="seconds for each smaller size")
    parser.add_argument("--memory", type=int, default=4, help="GiB for each process")
    parser.add_argument("--write", type=Path, help="write the table to this file")
    args = parser.parse_args()
    terms = Terms(args.peers / "bin" / "python", args.timeout, args.again, args.memory << 30)
    if not terms.python.exists():
        raise SystemExit(
            f"There is no Python at {terms.python}; make the peers' environment as `--help` of this file says."
        )
    results = []
    for instance in instances():
        if args.only and not instance.name.startswith(tuple(args.only.split(","))):
            continue
        runs = []
        for who in (OURS, *filter(None, args.who.split(","))):
            runs.append(terms.run(who, instance))
            said = {key: value for key, value in runs[-1].answer.items() if key in {"best", "stopped", "cannot"}}
            print(f"{instance.name}: {who} {said} {runs[-1].reached or ''}", file=sys.stderr, flush=True)
        results.append((instance, runs))
        if args.write:  # as far as it has come: a run takes long
            args.write.write_text(table(results, terms), encoding="utf-8")
    if not args.write:
        print(table(results, terms))


if __name__ == "__main__":
    main()
