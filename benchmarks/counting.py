"""The counting folds beside every peer that can be installed: the same instances, in one run, on the same machine.

The peers live in an environment of their own, made once (they are listed with versions and licences in peers.txt)::

    python3 -m venv .cache/peers
    .cache/peers/bin/python -m pip install -r benchmarks/peers.txt
    .venv/bin/python benchmarks/counting.py --write docs/benchmarks-counting.md

Run it with the Python that has this project's dependencies and numba. Each question to each peer is a process with a
time-out and a memory limit, one at a time; the clock starts after the import. A peer that stops is asked again at half
the size, and half of that, until it answers; where it stopped once, it is asked for no more about the same thing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from time import monotonic
from typing import Any

from instances import Instance, instances
from peers import refused

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
NUMPY, COMPILED = "assent, NumPy", "assent, compiled"
OURS = {NUMPY: "0", COMPILED: "1"}
PATIENCE = 90.0  # seconds that we get at least: compiling counts
IMPORTS = 90.0  # seconds that importing may take
LEAST = 8  # members; below that a peer is not asked again
WIDE = 50  # members above which the fastest peer is to be ten times as slow
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
    """On what terms peers are asked.

    Attributes
    ----------
    stopped
        Peer and family of instances → the least size at which it stopped.
    """

    python: Path
    timeout: float
    again: float
    memory: int
    stopped: dict[tuple[str, str], int] = field(default_factory=dict)

    def ask(self, who: str, instance: Instance, timeout: float) -> dict[str, Any]:
        """Ask one peer in a process of its own."""
        name, python = ("assent", Path(sys.executable)) if who in OURS else (who, self.python)
        why = refused(name, asdict(instance))
        if why:
            return {"cannot": why}
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        environment["ASSENT_COMPILED"] = OURS.get(who, "")
        command = [str(python), str(HERE / "peers.py"), name, str(self.memory)]
        pipe = subprocess.PIPE
        with (
            TemporaryFile("w+") as errors,
            subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=errors, text=True, env=environment) as child,
        ):
            guard = Timer(IMPORTS, child.kill)
            guard.start()
            assert child.stdin  # noqa: S101 - they are pipes
            assert child.stdout  # noqa: S101
            child.stdin.write(json.dumps(asdict(instance)))
            child.stdin.close()
            child.stdin = None
            said = child.stdout.readline()  # "ready", once everything is imported
            guard.cancel()
            try:
                said = child.communicate(timeout=timeout)[0] if said.strip() == "ready" else said
            except subprocess.TimeoutExpired:
                child.kill()
                return {"stopped": f"no answer in {timeout:g} s"}
            child.wait()
            if child.returncode in EXIT_KILLED:
                return {"stopped": "killed, out of memory or crashed"}
            try:
                return dict(json.loads(said.strip().splitlines()[-1]))
            except (IndexError, json.JSONDecodeError):
                errors.seek(0)
                return {"stopped": (errors.read().strip().splitlines() or ["no output"])[-1][:120]}

    def run(self, who: str, instance: Instance) -> Run:
        """Ask, and ask again for less where it stops."""
        if who in OURS:
            return Run(who, self.ask(who, instance, max(self.timeout, PATIENCE)))
        size, key = instance.size, (who, instance.family)
        least = self.stopped.get(key, size + 1)
        answer = {"stopped": f"stopped at {least:,} before"}
        if size < least:
            answer = self.ask(who, instance, self.timeout)
        run = Run(who, answer)
        while "stopped" in run.answer and not run.reached:
            least = min(least, size)
            if size // 2 < LEAST:
                break
            size //= 2
            smaller = instance.shrunk(size)
            answer = self.ask(who, smaller, self.again) if smaller.size < least else {}
            if "cannot" in answer:
                run = Run(who, answer)
            elif "best" in answer:
                run.reached = (smaller.size, answer["best"])
        if "stopped" in run.answer:
            self.stopped[key] = least
        return run


def agreement(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """How far an answer is from ours: the largest relative difference."""
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


def ratio(time: float | None, ours: float | None) -> str:
    """One time over another."""
    return f"{time / ours:,.3g}" if time and ours else "–"


def machine() -> str:
    """The machine, as far as a reader needs it."""
    name = platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    except OSError:
        pass
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def line(instance: Instance, run: Run, ours: dict[str, Run]) -> str:
    """One row of the table."""
    answer, head = run.answer, f"| {instance.title} | {instance.size:,} | {run.who}"
    if run.best is None:
        reached = "answers no smaller size"
        if run.reached:
            reached = f"answers {run.reached[0]:,} in {seconds(run.reached[1])}"
        said = answer.get("stopped", "?")[:70]
        return f"{head} | stops: {said} | – | – | – | {'' if run.who in OURS else reached} |"
    first = f" (first {seconds(answer['first'])})" if answer["first"] > 2 * run.best else ""
    ratios = " | ".join(ratio(run.best, ours[who].best) for who in OURS)
    how = str(answer.get("method", ""))
    if run.who != NUMPY:
        how = "; ".join(filter(None, (how, agreement(ours[NUMPY].answer, answer))))
    more = answer.get("error_bound")
    note = f"error ≤ {more:.0e}" if isinstance(more, float) else "full size"
    return f"{head} | {seconds(run.best)}{first} | {ratios} | {how} | {note} |"


def fastest(results: list[tuple[Instance, dict[str, Run]]]) -> list[str]:
    """For every instance of more than fifty members that a peer answers, the fastest of them beside ours."""
    out = [
        "| instance | members | fastest peer | its time | NumPy | times ours | compiled | times ours |",
        "|---|---:|---|---:|---:|---:|---:|---:|",
    ]
    for instance, runs in results:
        others = [run for run in runs.values() if run.who not in OURS and run.best]
        if instance.size <= WIDE or not others:
            continue
        first = min(others, key=lambda run: run.best or 0.0)
        cells = [
            f"{seconds(runs[w].best)} | {ratio(first.best, runs[w].best)}" if runs[w].best else "– | –" for w in OURS
        ]
        head = f"| {instance.title} | {instance.size:,} | {first.who} | {seconds(first.best or 0.0)}"
        out.append(f"{head} | {' | '.join(cells)} |")
    return out


def table(results: list[tuple[Instance, dict[str, Run]]], terms: Terms, took: float) -> str:
    """The whole report in Markdown."""
    lines = (HERE / "peers.txt").read_text(encoding="utf-8").splitlines()
    versions = [text.partition("#")[0].strip() for text in lines]
    out = [
        "# Counting beside its peers",
        "",
        "Generated by `benchmarks/counting.py`, which says how to make the peers' environment and run it again. One",
        f"run on one machine: {datetime.now(UTC):%Y-%m-%d}, {machine()}; {took / 60:.0f} minutes.",
        "",
        "- The clock starts after the import and stops with the answer; the best of up to seven runs, of more where a",
        "  run takes no time. *First* is the first run, where it took more than twice as long: kernels are loaded.",
        "- One process at a time. A peer has one thread; ours has as many as there are processors where there are many",
        "  columns or residues to share out (Shapley–Shubik, the Fund).",
        f"- A peer has {terms.timeout:g} s and {terms.memory >> 30} GiB. One that stops is asked again at half of the",
        f"  size ({terms.again:g} s), and half of that; where it stopped once, it is not asked for more of the same.",
        "- Everybody is given the question in the form it takes best, made before the clock starts: circuits, arrays.",
        "  Every run has a circuit of its own, so that nothing is kept from the one before; but for *the same circuit",
        "  again*, of which ours keeps the normal form, as it does for whoever moves a slider.",
        "- *NumPy* and *compiled* are this project without and with `ASSENT_COMPILED=1`; the number is how many times",
        "  longer the row took. Agreement is the largest relative difference from our answer on NumPy.",
        f"- Peers: {', '.join(text for text in versions if text)}.",
        "",
        f"## The fastest peer, above {WIDE} members",
        "",
        *fastest(results),
        "",
        "## Every instance",
        "",
        "| instance | members | who | time | × NumPy | × compiled | method, agreement | sizes reached |",
        "|---|---:|---|---|---:|---:|---|---|",
    ]
    without = []
    for instance, runs in results:
        out += [line(instance, run, runs) for run in runs.values() if "cannot" not in run.answer]
        nothing = [f"{run.who} ({run.answer['cannot']})" for run in runs.values() if "cannot" in run.answer]
        if nothing:
            without.append(f"- {instance.title}: {', '.join(nothing)}.")
    return "\n".join([*out, "", "## Who has nothing for a question", "", *without, ""])


def main() -> None:
    """Run what is asked for and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, default=HERE.parent / ".cache" / "peers", help="the peers' environment")
    parser.add_argument("--who", default=",".join(PEERS), help="peers to ask, with commas")
    parser.add_argument("--only", default="", help="instances, with commas; those whose name begins so")
    parser.add_argument("--timeout", type=float, default=15, help="seconds for each answer")
    parser.add_argument("--again", type=float, default=3, help="seconds for each smaller size")
    parser.add_argument("--memory", type=int, default=4, help="GiB for each process")
    parser.add_argument("--write", type=Path, help="write the table to this file")
    args = parser.parse_args()
    terms = Terms(args.peers / "bin" / "python", args.timeout, args.again, args.memory << 30)
    if not terms.python.exists():
        raise SystemExit(
            f"There is no Python at {terms.python}; make the peers' environment as `--help` of this file says."
        )
    results: list[tuple[Instance, dict[str, Run]]] = []
    begin = monotonic()
    for instance in instances():
        if args.only and not instance.name.startswith(tuple(args.only.split(","))):
            continue
        runs = {}
        for who in (*OURS, *filter(None, args.who.split(","))):
            runs[who] = terms.run(who, instance)
            said = {key: value for key, value in runs[who].answer.items() if key in {"best", "stopped", "cannot"}}
            at = f"{monotonic() - begin:.0f} s"
            print(f"{at}: {instance.name}: {who} {said} {runs[who].reached or ''}", file=sys.stderr, flush=True)
        results.append((instance, runs))
        if args.write:  # as far as it has come: a run takes long
            args.write.write_text(table(results, terms, monotonic() - begin), encoding="utf-8")
    if not args.write:
        print(table(results, terms, monotonic() - begin))


if __name__ == "__main__":
    main()
