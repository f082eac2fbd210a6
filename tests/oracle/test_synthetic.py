"""Status on random records against an independent oracle: Article V with its readings as an answer-set program."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from assent.circuit.case import Case, Shelf
from assent.inquiries.matter.standing import standing
from assent.law.doctrine import Doctrine
from assent.law.library import Law
from assent.record.record import Record
from tests.helpers import MATTER
from tests.oracle.oracle import OPTIONS, ask
from tests.oracle.records import YEARS, draw, look, written

RECORDS = 24


@pytest.mark.parametrize("seed", range(RECORDS))
def test_status_is_what_the_oracle_says_under_every_set_of_readings(seed, tmp_path):
    random = Random(seed)
    matter, given = draw(random)
    as_of, known = look(random)
    root = written(tmp_path, given)
    law, record, shelf = Law(root), Record(root), Shelf()
    law.check()
    answers = ask(matter, as_of, known)
    assert len(answers) > 100
    for readings, said in answers.items():
        doctrine = Doctrine(law, dict(readings), {"window": YEARS})
        found = standing(Case(law, record, record.matter(MATTER), doctrine, known, shelf), as_of)
        got = (found.stage, found.completed_on, found.count, found.required, found.of)
        assert got == tuple(said), f"seed {seed}, as of {as_of}, known {known}, {dict(readings)}"


def test_the_random_records_reach_every_stage_and_every_question_decides_somewhere():
    stages: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for seed in range(RECORDS):
        random = Random(seed)
        matter, _ = draw(random)
        answers = ask(matter, *look(random))
        stages.update(answer.stage for answer in answers.values())
        for question in matter.vary:
            apart: dict[frozenset[tuple[str, str]], set[object]] = {}
            for readings, answer in answers.items():
                rest = frozenset(pair for pair in readings if pair[0] != question)
                apart.setdefault(rest, set()).add(answer[:2])
            decided[question] += any(len(endings) > 1 for endings in apart.values())
    assert set(stages) == {"adopted", "lapsed", "failed", "pending"}
    assert set(decided) == set(OPTIONS)
    assert min(decided.values()) > 0, decided
