"""The procedures that decision records write on paper are read by the loader that reads the law."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assent.errors import LawError
from assent.law.loading import convert
from assent.law.procedures import Procedure
from assent.values.yaml import parse

ROOT = Path(__file__).resolve().parents[2]
HARD = ROOT / "docs" / "decisions" / "0003-five-hard-cases.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", HARD.read_text(encoding="utf-8"), re.DOTALL)


def test_there_are_five() -> None:
    """The issue names five cases; a sixth would need its own heading."""
    ids = [parse(block)["procedure"] for block in BLOCKS]
    first = ["de/basic-law/29-3", "it/constitution/75", "be/constitution/195"]
    assert ids == [*first, "ca/constitution-act-1982/38", "eu/teu/50"]


@pytest.mark.parametrize("block", BLOCKS, ids=[parse(block)["procedure"] for block in BLOCKS])
def test_each_is_in_the_grammar(block: str) -> None:
    """Every block converts to a procedure, strictly: an unknown field or two primitives in a node would be refused."""
    procedure = convert(parse(block), Procedure, HARD)
    assert procedure.rule.kind in {"unless", "seq", "register", "clock"}


def test_the_grammar_is_strict_about_them(tmp_path: Path) -> None:
    """The check above can fail: a misspelt primitive is refused, with its line."""
    file = tmp_path / "misspelt.yaml"
    file.write_text(BLOCKS[1].replace("- tally:", "- tale:", 1), encoding="utf-8")
    with pytest.raises(LawError, match=r"misspelt\.yaml:\d+, field rule\.seq\[0\]"):
        convert(parse(file.read_text(encoding="utf-8")), Procedure, file)
