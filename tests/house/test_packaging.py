"""House rules about what is installed and what ships."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

from tests.house.tree import PACKAGE, ROOT, name, report, under

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {"run": ROOT / "requirements" / "run.txt", "dev": ROOT / "requirements" / "dev.txt"}
AGAIN = "run `python3 dev.py lock` and commit what it writes; a lock is never edited by hand."


def plain(requirement: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement).group()).lower()


def locked(kind: str) -> dict[str, tuple[str, list[str]]]:
    """Each requirement of a lock: its name, with its version and hashes."""
    joined = LOCKS[kind].read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {
        plain(entry): (
            entry.split()[0].partition("==")[2],
            re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry),
        )
        for entry in entries
    }


@pytest.mark.parametrize("kind", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(kind):
    found = [f"{entry}" for entry, (version, hashes) in locked(kind).items() if not version or not hashes]
    assert locked(kind)
    assert not found, report(f"requirements/{kind}.txt has a line without a version or a hash.", found, AGAIN)


@pytest.mark.parametrize("kind", LOCKS)
def test_a_lock_names_no_address(kind):
    lines = LOCKS[kind].read_text(encoding="utf-8").splitlines()
    found = [
        line for line in lines if "://" in line or line.lstrip().startswith(("--index", "--extra", "--find", "-i "))
    ]
    assert not found, report(f"requirements/{kind}.txt holds an address.", found, AGAIN)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("run", PROJECT["project"]["dependencies"]),
        ("run", PROJECT["build-system"]["requires"]),
        ("dev", PROJECT["project"]["dependencies"]),
        ("dev", PROJECT["dependency-groups"]["build"]),
        ("dev", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_what_the_project_asks_for_is_in_the_lock(kind, asked):
    found = [requirement for requirement in asked if plain(requirement) not in locked(kind)]
    assert not found, report(f"pyproject.toml asks for what requirements/{kind}.txt does not hold.", found, AGAIN)


def test_what_runs_is_what_was_tested():
    dev = locked("dev")
    found = [
        f"{entry} {version}" for entry, (version, _) in locked("run").items() if dev.get(entry, ("",))[0] != version
    ]
    assert not found, report("The lock for running and the lock for testing differ.", found, AGAIN)


def test_the_build_backend_is_locked_as_it_is_asked_for():
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["build"], (
        "build-system.requires and the dependency group `build` differ.\nWhat to do: write the same in both."
    )


def test_a_wheel_holds_the_library_and_the_schema(tmp_path):
    built = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(built, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    found = [name(file) for file in under(PACKAGE) if file.relative_to(ROOT / "src").as_posix() not in packed]
    assert not found, report(
        "A file of the package is missing from the wheel.",
        found,
        "see .gitignore: what git ignores is not packed.",
    )
    assert any(entry.endswith("licenses/LICENSE") for entry in packed)


def test_the_checks_run_the_one_command():
    runner = ROOT / ".ci" / "run"
    assert os.access(runner, os.X_OK), "What to do: chmod +x .ci/run"
    assert runner.read_text(encoding="utf-8").rstrip().endswith("exec python3 dev.py test")
