"""A broken law file is refused by file, line, field, value and remedy.

Each case breaks one line of a law that is right.
"""

from __future__ import annotations

import re

import pytest

from assent.errors import LawError
from assent.law.library import Law

LAW = """\
procedure: tiny/amend
title: Three fourths of the states ratify
cite: [charter]
in_force: {from: 1800-01-01}
rule:
  seq:
    - id: propose
      tally: {body: us/house, act: propose, threshold: 2/3, base: voting, quorum: 1/2}
    - id: ratify
      units:
        set: tiny/states
        act: ratify
        threshold: 3/4
        each:
          assent: {actor: "{unit}/legislature", act: ratify}
    - call: tiny/seal
"""
SEAL = """\
procedure: tiny/seal
title: Somebody seals it
rule:
  event: {by: us/officer, what: certify}
"""
QUESTION = """\
question: rescission
title: May it be taken back?
about: A question.
default: void
readings:
  - id: void
    title: No.
    standing: prevailing
  - id: effective
    title: Yes.
    standing: open
    authorities: [charter]
    effects:
      - transition: {rescind: {given: withdrawn}}
"""
CHARTER = """\
authorities:
  - {id: charter, kind: constitution, title: The charter, citation: art. 1, standing: recalled}
"""


@pytest.fixture
def root(tmp_path):
    for folder, name, text in (
        ("law", "amend.yaml", LAW), ("law", "seal.yaml", SEAL), ("law/questions", "rescission.yaml", QUESTION),
        ("authorities", "charter.yaml", CHARTER),
    ):  # fmt: skip
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    return tmp_path


def refusal(root, file: str, old: str, new: str) -> LawError:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LawError) as caught:
        Law(root).check()
    return caught.value


def test_the_law_that_is_broken_below_is_right(root):
    law = Law(root)
    law.check()
    assert set(law.procedures) == {"tiny/amend", "tiny/seal"}
    assert law.questions["rescission"].default == "void"


AMEND, ASKED = "law/amend.yaml", "law/questions/rescission.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "field", "value", "remedy"),
    [
        # unknown fields
        (AMEND, "title: Three", "titel: x\ntitle: Three", 2, "field (file|titel)", "titel", "Did you mean title"),
        (
            AMEND,
            "        act: ratify\n",
            "        act: ratify\n        actt: x\n",
            13,
            r"rule\.seq.?1.*units",
            "actt",
            "Did you mean act",
        ),
        (ASKED, "about: A", "abuot: x\nabout: A", 3, "field (file|abuot)", "abuot", "Did you mean about"),
        # a node that is two things, or none
        (
            AMEND,
            "    - call: tiny/seal",
            "    - {call: tiny/seal, assent: {actor: a, act: b}}",
            16,
            "rule.seq[2]",
            "call",
            "exactly one|schema",
        ),
        (AMEND, "    - call: tiny/seal", "    - {id: nothing}", 16, "rule.seq[2]", "none", "exactly one|schema"),
        # thresholds
        (AMEND, "threshold: 3/4", "threshold: 5/4", 10, "rule.seq[1].units", "5/4", "Nearest valid value: 1"),
        (AMEND, "threshold: 3/4", "threshold: 0.75", 13, "threshold", "0.75", "3/4"),
        (AMEND, "threshold: 3/4", 'threshold: "0/4"', 10, "rule.seq[1].units", "zero", "."),
        (AMEND, "threshold: 3/4", "threshold: 3/4\n        k: 3", 10, "rule.seq[1].units", "threshold.*k", "."),
        (AMEND, "quorum: 1/2", "quorum: 3/2", 8, "rule.seq[0].tally", "3/2", "Nearest valid value: 1"),
        (AMEND, "threshold: 2/3, ", "", 8, "rule.seq[0].tally", "threshold", "own_rule"),
        (AMEND, "threshold: 2/3, ", "threshold: 1, strict: true, ", 8, "rule.seq[0].tally", "more than all", "."),
        (AMEND, "base: voting", "base: votes", 8, "base", "votes", "schema|voting"),
        # calls
        (AMEND, "call: tiny/seal", "call: tiny/seel", None, "call", "tiny/seel", "Did you mean tiny/seal"),
        (
            "law/seal.yaml",
            "event: {by: us/officer, what: certify}",
            "call: tiny/amend",
            None,
            "call",
            "tiny/amend → tiny/seal → tiny/amend",
            "Remove",
        ),
        (
            "law/seal.yaml",
            "event: {by: us/officer, what: certify}",
            "call: tiny/seal",
            None,
            "call",
            "tiny/seal → tiny/seal",
            "Remove",
        ),
        # missing things
        (AMEND, "title: Three fourths of the states ratify\n", "", 1, "field (file|title)", "title", "Add"),
        (ASKED, "default: void\n", "", 1, "field (file|default)", "default", "Add"),
        (ASKED, "default: void", "default: vioid", 1, "field (file|default)", "vioid.*void, effective", "."),
        (
            ASKED,
            "    standing: open",
            "    standing: opne",
            11,
            r"readings\[\.\.\.\]\.standing|readings\[1\]\.standing",
            "opne",
            ".",
        ),
        (
            ASKED,
            "{given: withdrawn}}",
            "{given: withdrawn}}\n        roster: {exclude: [AA]}",
            14,
            "effects",
            "exactly one",
            ".",
        ),
        # dates
        (AMEND, "from: 1800-01-01", "from: 1800-02-30", 4, "", "1800-02-30|day is out of range|date", "."),
        (AMEND, "from: 1800-01-01", 'from: "January 1800"', 4, "in_force.from", "January 1800|ISO|date", "."),
        # YAML
        (AMEND, "  seq:", "\tseq:", 6, "", "tab|cannot start any token|\\\\t", "indentation"),
        (AMEND, "cite: [charter]", "cite: [charter", 4, "", "expected", "indentation"),
        (AMEND, "title: Three", "title: Another\ntitle: Three", 3, "", "title.*twice|twice.*title|duplicate", "."),
        # references
        (AMEND, "cite: [charter]", "cite: [chartre]", None, "", "chartre", "Did you mean charter"),
        (
            AMEND,
            "    - id: propose\n",
            "    - id: propose\n      when: {recission: void}\n",
            None,
            "when",
            "recission",
            "Did you mean rescission",
        ),
        (
            AMEND,
            "    - id: propose\n",
            "    - id: propose\n      when: {rescission: viod}\n",
            None,
            "when",
            "viod",
            "Did you mean void",
        ),
        (
            ASKED,
            "default: void",
            "default: void\nrequire: {deadline: binding}",
            None,
            "require",
            "deadline=binding",
            "Name a question",
        ),
    ],
)
def test_it_is_refused_with_its_place_and_a_remedy(root, *, file, old, new, line, field, value, remedy):
    error = refusal(root, file, old, new)
    said = str(error)
    name = file.rpartition("/")[2]
    assert name in said or line is None, said
    if line is not None:
        assert f"{root / file}:{line}" in said, said
    assert field in said or re.search(field, said), said
    assert re.search(value, said), said
    assert error.remedy, said
    assert re.search(remedy, said), said
    assert "Traceback" not in said
    assert "msgspec" not in said


def test_a_file_that_is_no_text_is_refused(root):
    (root / AMEND).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LawError, match=r"amend\.yaml.*UTF-8"):
        Law(root).check()


@pytest.mark.parametrize("text", ["", "[]", "12", "procedures: 3", "- procedure: x"])
def test_a_file_that_holds_something_else_is_refused(root, text):
    (root / AMEND).write_text(text, encoding="utf-8")
    with pytest.raises(LawError) as caught:
        Law(root).check()
    assert "amend.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("folder", "name"), [("law", "seal.yaml"), ("law/questions", "rescission.yaml"), ("authorities", "charter.yaml")]
)
def test_one_name_for_two_things_is_refused(root, folder, name):
    text = (root / folder / name).read_text(encoding="utf-8")
    (root / folder / "again.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LawError, match="defined twice") as caught:
        Law(root).check()
    assert "again.yaml" in str(caught.value) or name in str(caught.value)
    assert caught.value.remedy
