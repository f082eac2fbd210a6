"""The files of the house, as the house rules see them."""

from __future__ import annotations

import ast
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "assent"
LIBRARY = PACKAGE / "library"


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, committed; in a copy without git, all but what dot-folders hold."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        out = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout
        found = [ROOT / name for name in out.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = []
        for folder, below, names in os.walk(ROOT):
            below[:] = [b for b in below if b == ".ci" or not b.startswith((".", "__pycache__"))]
            found += [Path(folder, name) for name in names]
    return tuple(sorted(f for f in found if f.is_file()))


@cache
def text(file: Path) -> str:
    """What a file says; nothing if it is not text."""
    raw = file.read_bytes()
    return "" if b"\0" in raw else raw.decode("utf-8")


def under(folder: Path, *endings: str) -> list[Path]:
    """The files of the house below a folder, with one of these endings."""
    return [f for f in files() if f.is_relative_to(folder) and f.suffix in (endings or {f.suffix})]


def name(file: Path) -> str:
    """A file as a reader would say it: its path from the root of the project."""
    return file.relative_to(ROOT).as_posix()


def lines_with(pattern, where) -> list[str]:
    """`file:line: text` of every line in which a pattern is found."""
    return [
        f"{name(file)}:{number}: {line.strip()[:120]}"
        for file in where
        for number, line in enumerate(text(file).splitlines(), 1)
        if pattern.search(line)
    ]


def literals(source: str) -> Iterator[tuple[int, str]]:
    """The line and value of each string a program works with: every literal that is not a docstring."""
    tree = ast.parse(source)
    said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def report(rule: str, found: list[str], remedy: str) -> str:
    """A failure that says the rule, where it is broken, and what to do."""
    shown = [f"  {line}" for line in found[:20]] + [f"  … and {len(found) - 20} more"] * (len(found) > 20)
    return "\n".join([rule, *shown, f"What to do: {remedy}"])
