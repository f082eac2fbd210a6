#!/usr/bin/env python3
"""One command for everything. Needs nothing but Python 3.11 and its standard library.

    python3 dev.py run [ARGS]   set up what running needs, then `assent ARGS` (by default: assent exit CA)
    python3 dev.py serve [ARGS] the same with `assent serve`: the pages, at http://127.0.0.1:8000/
    python3 dev.py test [ARGS]  set up everything, then every check and every test (ARGS go to pytest)
    python3 dev.py check        the checks without the tests: style, types, layers
    python3 dev.py fmt          put the code into the house style
    python3 dev.py setup        set up everything in .venv, and stop there
    python3 dev.py bench [ARGS] time the commands
    python3 dev.py lock         resolve the dependencies anew and write requirements/*.txt
    python3 dev.py help         this page

The environment is .venv beside this file. It holds what requirements/run.txt or dev.txt lists, each file by
its hash, and the package itself as an editable install. What is in place already is not done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
STAMP = VENV / "assent-setup.json"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCKS = {"run": "requirements/run.txt", "dev": "requirements/dev.txt"}

CHECKS = {
    "style (ruff check)": [BIN / "ruff", "check", "."],
    "format (ruff format --check)": [BIN / "ruff", *"format --check --output-format concise .".split()],
    "types (mypy --strict)": [PYTHON, "-m", "mypy", "--strict"],
    "layers (import-linter)": [BIN / "lint-imports", "--no-logo", "--cache-dir", ".cache/import-linter"],
}


class Stop(Exception):
    """A step could not be done. Its text says which and what to do; ``code`` is the exit code."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


def say(line: str) -> None:
    """Progress goes to stderr, so that `dev.py run … --json` leaves nothing but JSON on stdout."""
    print(line, file=sys.stderr, flush=True)


def call(argv: Sequence[object], *, aside: bool = False, cwd: Path | None = ROOT) -> int:
    """Run a command and return its exit code; with ``aside``, its stdout goes to stderr."""
    words, out = [str(word) for word in argv], sys.stderr.fileno() if aside else None
    with subprocess.Popen(words, cwd=cwd, stdout=out) as process:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # the command was told too: let it end in its own way
            code = process.wait()
            if code:
                raise
    return code if code >= 0 else 128 - code  # killed by a signal: say it as a shell does


def step(name: str, argv: Sequence[object], *, aside: bool = False, last: bool = False) -> None:
    """Run one named step, say how long it took, and stop everything if it fails.

    The ``last`` step has the last word: nothing is printed after it when it succeeds.
    """
    say(f"==> {name}")
    start = time.monotonic()
    try:
        code = call(argv, aside=aside)
    except OSError as error:
        raise Stop(f"step failed: {name}\n  {argv[0]} does not start: {error.strerror}", 127) from None
    seconds = time.monotonic() - start
    if code:
        raise Stop(f"step failed: {name} (exit code {code}, after {seconds:.1f} s)", code)
    if not last:
        say(f"    done in {seconds:.1f} s")


def works(*argv: object) -> bool:
    """Whether a command exists and succeeds, without a word."""
    try:
        return not subprocess.run([str(word) for word in argv], capture_output=True, check=False).returncode
    except OSError:
        return False


def apt_install(missing: str, packages: Sequence[str]) -> None:
    """Install Debian packages, or stop and say what to install by hand.

    Parameters
    ----------
    missing
        What is missing and what for, as a sentence without its full stop.
    packages
        The packages that bring it.
    """
    say(f"{missing}.")
    apt, names = shutil.which("apt-get"), " ".join(packages)
    if apt is None or os.geteuid() != 0:
        raise Stop(
            f"{missing}.\n"
            f"  On Debian or Ubuntu: sudo apt-get update && sudo apt-get install {names}\n"
            "  Elsewhere: install the same by your system's means. Then run this command again."
        )
    quietly = ["env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"]
    try:
        step("refresh the package lists (apt-get update)", [*quietly, "update"], aside=True)
    except Stop as stop:
        say(f"{stop}\n    trying the install all the same")  # one list out of order need not matter
    install = [*quietly, "install", "-y", "--no-install-recommends", *packages]
    step(f"install {names} (apt-get install)", install, aside=True)


def need_venv_support() -> None:
    """See that Python can make environments; Debian ships that part apart, as python3-venv."""
    probe = (sys.executable, "-c", "import ensurepip, venv")  # a fresh process sees what was just installed
    if works(*probe):
        return
    apt_install(f"{sys.executable} has no ensurepip, so no environment can be made", ["python3-venv"])
    if not works(*probe):
        raise Stop(
            f"python3-venv is installed, but {sys.executable} still has no ensurepip.\n"
            "  It is not the system's Python. Try: /usr/bin/python3 dev.py"
        )


def need_browser() -> None:
    """See that the pages can be tested in a real browser; Playwright drives it through a node that wants libatomic."""
    if not any(shutil.which(name) for name in BROWSERS):
        apt_install(
            "No Chromium is installed, in which the pages are tested", ["chromium", "fonts-dejavu-core", "libatomic1"]
        )


def wanted() -> dict[str, str]:
    """What a finished environment holds, each part by a digest of what made it."""
    made_of = {kind: (ROOT / lock).read_bytes() for kind, lock in LOCKS.items()}
    made_of |= {"place": bytes(VENV), "package": (ROOT / "pyproject.toml").read_bytes()}
    return {part: hashlib.sha256(source).hexdigest() for part, source in made_of.items()}


def present() -> dict[str, str]:
    """What the environment holds by its own stamp; nothing if there is none or its Python is broken."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if works(PYTHON, "-c", "import pip") else {}


def setup(kind: str) -> None:
    """Bring .venv to what the lock of this kind asks; ``dev`` holds all of ``run``.

    An environment that was moved, or holds an older lock, is made anew: it holds what is listed and no more.
    """
    want, have = wanted(), present()
    if "place" not in have or any(have[part] != want[part] for part in ("place", *LOCKS) if part in have):
        need_venv_support()
        step("make .venv", [sys.executable, "-m", "venv", "--clear", VENV], aside=True)
        have = {"place": want["place"]}
    pip = [PYTHON, *"-m pip --disable-pip-version-check install --quiet --progress-bar off".split()]
    if kind not in have and "dev" not in have:
        step(f"install {LOCKS[kind]}", [*pip, "--require-hashes", "-r", LOCKS[kind]], aside=True)
        have[kind] = want[kind]
        STAMP.write_text(json.dumps(have), encoding="utf-8")
    if have.get("package") != want["package"]:
        step("install assent", [*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT], aside=True)
        have["package"] = want["package"]
        STAMP.write_text(json.dumps(have), encoding="utf-8")


def run(args: list[str]) -> int:
    """Set up and run `assent`, in the caller's folder, with the caller's stdin and stdout."""
    setup("run")
    return call([BIN / "assent", *(args or ["exit", "CA"])], cwd=None)


def serve(args: list[str]) -> int:
    """Set up and run `assent serve`: the pages, until interrupted."""
    return run(["serve", *args])


def check(_args: list[str]) -> int:
    """Every check that is not a test."""
    setup("dev")
    for name, argv in CHECKS.items():
        step(name, argv)
    return 0


def test(args: list[str]) -> int:
    """Every check, then every test; pytest's closing line comes last."""
    check([])
    need_browser()
    step("tests (pytest)", [PYTHON, "-m", "pytest", *args], last=True)
    return 0


def fmt(_args: list[str]) -> int:
    """Mend what can be mended by machine, then format."""
    setup("dev")
    step("mend (ruff check --fix-only)", [BIN / "ruff", "check", "--fix-only", "."])
    step("format (ruff format)", [BIN / "ruff", "format", "."])
    return 0


def setup_all(_args: list[str]) -> int:
    """Set up everything, and stop there."""
    setup("dev")
    say(f"ready: {VENV}")
    return 0


def bench(args: list[str]) -> int:
    """Time the commands."""
    setup("dev")
    step("time the commands", [PYTHON, "benchmarks/time_commands.py", *args], last=True)
    return 0


def lock(args: list[str]) -> int:
    """Resolve anew, for every system at once, with uv: from PATH, or in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if uv is None:
            need_venv_support()
            tools = Path(folder) / BIN.name
            step("make an environment for uv", [sys.executable, "-m", "venv", folder], aside=True)
            step("install uv", [tools / "python", *"-m pip install --quiet uv".split()], aside=True)
            uv = str(tools / "uv")
        how = "pip compile --quiet --universal --generate-hashes --no-header --upgrade --python-version 3.11"
        within = ["--constraint", LOCKS["dev"]]  # run is resolved second, to the versions that are tested
        for kind, groups in {"dev": "--group build --group dev", "run": "--group build"}.items():
            bounds = within if kind == "run" else []
            argv = [uv, *how.split(), *groups.split(), *bounds, *args, "-o", LOCKS[kind], "pyproject.toml"]
            step(f"resolve {LOCKS[kind]}", argv, aside=True)
    return 0


COMMANDS = {"run": run, "test": test, "check": check, "fmt": fmt, "setup": setup_all, "bench": bench}
COMMANDS |= {"serve": serve, "lock": lock}


def main(argv: list[str]) -> int:
    """Do one command; return its exit code."""
    name, args = (argv[0], argv[1:]) if argv else ("help", [])
    if name in {"help", "-h", "--help"}:
        print(__doc__)
        return 0
    if name not in COMMANDS:
        say(f"dev.py: there is no command {name!r}. There are: {', '.join(COMMANDS)}, help.")
        return 2
    if sys.version_info < (3, 11):
        say(f"dev.py: Assent needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")
        return 1
    try:
        return COMMANDS[name](args)
    except Stop as stop:
        say(f"dev.py: {stop}")
        return stop.code
    except OSError as error:
        say(f"dev.py: {error.filename or name}: {error.strerror or error}")
        return 1
    except KeyboardInterrupt:
        say("dev.py: interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
