"""Commands and outputs shown in the documents are run, and must come out as shown.

``ASSENT_WRITE_DOCS=1 pytest tests/docs`` writes what comes out now into the documents instead.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [  # docs/commands.md has a test of its own, in tests/cli
    ROOT / "README.md",
    *sorted(page for page in (ROOT / "docs").glob("*.md") if page.name != "commands.md"),
]
BLOCK = re.compile(r"(```console\n)(.*?)(```)", re.DOTALL)
DIGEST = re.compile(r"\b[0-9a-f]{12}\b")
CASES = [(p, m.group(2)) for p in DOCUMENTS for m in BLOCK.finditer(p.read_text(encoding="utf-8"))]


def run(block: str) -> str:
    """The block with the output that its commands have now."""
    shown = []
    for line in block.splitlines():
        if line.startswith("$ "):
            words = shlex.split(line[2:])
            assert words[0] == "assent", f"{line}: only assent commands are run in the documents"
            env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
            call = [sys.executable, "-m", "assent", *words[1:]]
            done = subprocess.run(call, capture_output=True, text=True, env=env, check=False)
            said = DIGEST.sub("…", done.stdout + done.stderr)  # every change of the data changes these
            shown += [line, *(row.rstrip() for row in said.rstrip().splitlines())]
    return "\n".join(shown) + "\n"


@pytest.mark.parametrize(("document", "block"), CASES, ids=[f"{p.name}-{i}" for i, (p, _) in enumerate(CASES)])
def test_shown_output_is_what_comes_out(document: Path, block: str) -> None:
    """A shown answer that has changed fails here, with the remedy."""
    now = run(block)
    if os.environ.get("ASSENT_WRITE_DOCS"):
        document.write_text(document.read_text(encoding="utf-8").replace(block, now), encoding="utf-8")
        return
    remedy = "run ASSENT_WRITE_DOCS=1 pytest tests/docs and read the diff"
    assert now == block, f"{document.name} shows an old answer; {remedy}"


def test_the_readme_shows_an_answer() -> None:
    """The list of cases cannot be empty by a slip of the pattern."""
    assert any(document.name == "README.md" for document, _ in CASES)
