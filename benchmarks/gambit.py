"""The standoff beside pygambit: the games that tests hold, solved by somebody else's program at fixed precisions.

Development only: pygambit (GPL) is never imported by Assent, nor beside it. It lives in an environment of its own and
answers in a process of its own::

    python3 -m venv .cache/gambit
    .cache/gambit/bin/python -m pip install pygambit==16.7.0
    python benchmarks/gambit.py --write tests/models/standoff/gambit

Without ``--write`` it compares and prints; with it, it also writes the games and pygambit's answers, to which the tests
hold the solvers of Assent on any machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PYTHON = HERE.parent / ".cache" / "gambit" / "bin" / "python"
PRECISIONS = (1.0, 5.0, 30.0)
# What runs over there: read a game, say what was read, and solve it at each precision.
SCRIPT = """
import json, platform, sys, time
import pygambit
from pygambit import qre
game = pygambit.read_efg(sys.argv[1])
said = {
    "players": {player.label: len(player.infosets) for player in game.players},
    "outcomes": len(game.outcomes),
    "perfect_recall": bool(game.is_perfect_recall),
    "answers": {}, "seconds": {}, "reached": {},
}
for precision in json.loads(sys.argv[2]):
    start = time.perf_counter()
    found = qre.logit_solve_lambda(game, precision)[0]
    said["seconds"][f"{precision:g}"] = time.perf_counter() - start
    said["reached"][f"{precision:g}"] = found.lam
    at, rows = 0, {}
    for player in game.players:
        for infoset in player.infosets:
            for action in infoset.actions:
                rows[" | ".join((player.label, infoset.label, action.label))] = found[at]
                at += 1
    said["answers"][f"{precision:g}"] = rows
said["version"], said["python"] = pygambit.__version__, platform.python_version()
print(json.dumps(said))
"""


def main() -> int:
    """Solve every game in both programs, and print how far apart they are."""
    parser = argparse.ArgumentParser(description="The standoff beside pygambit.")
    parser.add_argument("--python", type=Path, default=PYTHON, metavar="FILE", help="the Python that has pygambit")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the games and the answers there")
    options = parser.parse_args()
    if not options.python.exists():
        print(__doc__, file=sys.stderr)
        return 2
    sys.path.insert(0, str(HERE.parent))
    from tests.models.standoff.games import GAMES, answers_of, text_of

    held: dict[str, Any] = {}
    print(f"{'game':<14} {'Λ':>4} {'difference':>11} {'pygambit':>10} {'Assent':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for name, game in GAMES.items():
            file = Path(folder) / f"{name}.efg"
            file.write_text(text_of(game, name), encoding="utf-8")
            call = [str(options.python), "-c", SCRIPT, str(file), json.dumps(PRECISIONS)]
            said = json.loads(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
            held[name] = said
            for precision in PRECISIONS:
                key = f"{precision:g}"
                start = time.perf_counter()
                ours = answers_of(game, precision)
                spent = time.perf_counter() - start
                apart = max(abs(p - ours[place]) for place, p in said["answers"][key].items())
                print(f"{name:<14} {key:>4} {apart:>11.1e} {said['seconds'][key]:>9.3f}s {spent:>9.4f}s")
            if options.write:
                (options.write / file.name).write_text(text_of(game, name), encoding="utf-8")
    if options.write:
        _write(options.write / "answers.json", held)
    return 0


def _write(file: Path, held: dict[str, Any]) -> None:
    first = next(iter(held.values()))
    for said in held.values():
        said["answers"] = {at: {k: round(p, 10) for k, p in rows.items()} for at, rows in said["answers"].items()}
    made = {
        "by": f"pygambit {first['version']} (logit_solve_lambda) on Python {first['python']}",
        "on": datetime.now(UTC).date().isoformat(),
        "games": {name: {k: v for k, v in said.items() if k in {"players", "outcomes", "perfect_recall", "answers"}}
                  for name, said in held.items()},
    }  # fmt: skip
    file.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
