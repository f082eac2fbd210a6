"""What several test modules share: steady hypothesis settings, the library that ships, and small libraries of our own.

A small library is a real folder (law, questions, authorities, record, facts), so that the loader is tested with it.
"""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import HealthCheck, settings

from assent.inquiries.jurisdiction import LIBRARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

US = LIBRARY / "us"
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
MATTER = "tiny/amendment/1"


def steady(examples: int) -> settings:
    """The same examples in every run, and no clock on any of them."""
    return settings(max_examples=examples, derandomize=True, deadline=None, database=None, suppress_health_check=SLOW)


def copy_us(folder: Path) -> Path:
    """A library folder that holds a copy of the United States (give it to ``Jurisdiction`` as its library)."""
    library = folder / "library"
    shutil.copytree(US, library / "us")
    return library


def edit(file: Path, old: str, new: str) -> None:
    """Replace text in a file, which must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def drop_rows(file: Path, **wanted: str) -> int:
    """Remove the rows of a CSV file whose cells are all as given; how many there were."""
    with file.open(encoding="utf-8", newline="") as handle:
        header, *rows = list(csv.reader(handle))
    at = {name: header.index(name) for name in wanted}
    kept = [row for row in rows if any(row[at[name]] != value for name, value in wanted.items())]
    _write(file, header, kept)
    return len(rows) - len(kept)


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# ── a small library ─────────────────────────────────────────────────────────────────────────────────────────────────

ASSENT = {"none": "given", "refused": "given", "withdrawn": "given", "given": "given"}
LAW: dict[str, Any] = {
    "procedures": [
        {
            "procedure": "tiny/amend",
            "title": "Three fourths of the states ratify",
            "cite": ["charter"],
            "in_force": {"from": "1500-01-01"},
            "transitions": {
                "ratify": {
                    "ratify": ASSENT,
                    "reaffirm": ASSENT,
                    "reject": {"none": "refused", "withdrawn": "refused"},
                    "rescind": {},
                    "revoke-rescission": {"withdrawn": "given"},
                }
            },
            "rule": {
                "clock": {
                    "limit": "matter",
                    "runs_out": "lapsed",
                    "rule": {
                        "seq": [
                            {
                                "id": "propose",
                                "label": "Congress proposes",
                                "closes": "proposed",
                                "assent": {"actor": "tiny/congress", "act": "propose"},
                            },
                            {"call": "tiny/ratify"},
                            {"id": "complete", "event": {"by": "tiny/congress", "slot": "completion"}},
                        ]
                    },
                }
            },
        },
        {
            "procedure": "tiny/ratify",
            "title": "The states ratify",
            "cite": ["charter"],
            "rule": {
                "id": "ratify",
                "label": "Legislatures ratify",
                "cite": ["charter"],
                "units": {
                    "set": "tiny/states",
                    "act": "ratify",
                    "threshold": "3/4",
                    "each": {"assent": {"actor": "{unit}/legislature", "act": "ratify"}},
                },
            },
        },
    ]
}


def question(name: str, readings: Mapping[str, list[dict[str, Any]]], **more: Any) -> dict[str, Any]:
    """A question of law in the file's own words: reading → effects, the first being the default."""
    return {
        "question": name,
        "title": f"What of {name}?",
        "about": "A test asks.",
        "default": next(iter(readings)),
        "readings": [
            {"id": r, "title": r, "standing": "open", "authorities": ["charter"], "effects": effects}
            for r, effects in readings.items()
        ],
        **more,
    }


def questions(seceded: Sequence[str] = (), case_of: str = "") -> list[dict[str, Any]]:
    """The questions SEMANTICS lists for amendments, with their ids, defaults and effects, for a small library.

    ``seceded`` are the units that may leave both counts; ``case_of`` is the unit whose ratification a case is about.
    """
    return [
        question("rescission", {"void": [], "effective": [{"transition": {"rescind": {"given": "withdrawn"}}}]}),
        question("after-rejection", {"counts": [], "void": [{"transition": {"reject": {"none": "barred"}}}]}),
        question(
            "seceded-states", {"counted": [], "excluded": [{"roster": {"exclude": list(seceded)}}] if seceded else []}
        ),
        question("governor-veto", {"ignored": [], "effective": [{"disregard": {"vetoed": True}}]}),
        question(
            "tennessee-1920",
            {"counts": [], "void": [{"disregard": {"actors": [f"{case_of}/legislature"], "acts": ["ratify"]}}]},
        ),
        question(
            "contemporaneity", {"not-required": [], "required": [{"window": {"years": 15, "parameter": "window"}}]}
        ),
        question("deadline", {"binding": [], "not-binding": [{"clock": {"place": "proposing-clause", "drop": True}}]}),
        question(
            "extension", {"valid": [], "invalid": [{"clock": {"extension": "void"}}]}, require={"deadline": "binding"}
        ),
        question(
            "completion",
            {
                "last-ratification": [],
                "certification": [{"use": {"slot": "completion", "value": ["certify"]}}],
                "congress": [{"use": {"slot": "completion", "value": ["accept", "certify"]}}],
            },
        ),
    ]


AUTHORITIES = {
    "authorities": [
        {"id": "charter", "kind": "constitution", "title": "The charter", "citation": "art. 1", "standing": "recalled"}
    ]
}
FACTS = {
    "files": {
        "people.csv": {
            "about": "People by state.",
            "key": ["code"],
            "columns": {
                "code": {"type": "code", "required": True, "meaning": "the state"},
                "people": {"type": "integer", "meaning": "how many"},
            },
        }
    }
}
MATTER_COLUMNS = (
    "id", "kind", "title", "subject", "unit", "procedure", "proposed_on", "signed_on", "clock_limit", "clock_place",
    "official_stage", "official_completed_on", "official_note", "certified_on", "known_on", "count_phrase",
    "standing", "source",
)  # fmt: skip
ACT_COLUMNS = (
    "id", "matter", "actor", "act", "date", "precision", "earliest", "latest", "recorded_on", "yes", "no",
    "present", "absent", "of_act", "limit", "instrument", "confidence", "resolution", "alt_dates", "note",
    "standing", "source",
)  # fmt: skip
ROSTER_COLUMNS = ("roster", "unit", "name", "from", "to", "how", "standing", "source")
COMPLETE_COLUMNS = ("matter", "act", "through", "note", "standing", "source")


def act(name: str, actor: str, kind: str, day: object, **more: object) -> dict[str, object]:
    """A row of acts.csv."""
    return {
        "id": name, "matter": MATTER, "actor": actor, "act": kind, "date": day, "precision": "day",
        "confidence": "high", "standing": "read", "source": "a test", **more,
    }  # fmt: skip


def build(
    folder: Path,
    *,
    roster: Sequence[tuple[str, object, object]],
    acts: Sequence[dict[str, object]],
    matter: dict[str, object],
    complete: Mapping[str, object],
    law: dict[str, Any] | None = None,
    asked: Sequence[dict[str, Any]] = (),
) -> Path:
    """Write a jurisdiction called ``tiny`` and give back its folder; a day may be a date or ISO text."""
    root = folder / "tiny"
    for part in ("law/questions", "authorities", "record", "facts"):
        (root / part).mkdir(parents=True, exist_ok=True)
    dump(root / "law" / "tiny.yaml", law or LAW)
    dump(root / "authorities" / "charter.yaml", AUTHORITIES)
    for one in asked or questions():
        dump(root / "law" / "questions" / f"{one['question']}.yaml", one)
    dump(root / "facts" / "dictionary.yaml", FACTS)
    _write(root / "facts" / "people.csv", ("code", "people"), [(unit, 100) for unit, _, _ in roster])
    shutil.copy(US / "record" / "dictionary.yaml", root / "record" / "dictionary.yaml")
    given: dict[str, object] = {
        "id": MATTER, "kind": "amendment", "title": "The amendment", "subject": "tests", "procedure": "tiny/amend",
        "official_stage": "pending", "standing": "read", "source": "a test", **matter,
    }  # fmt: skip
    _table(root / "record" / "matters.csv", MATTER_COLUMNS, [given])
    _table(root / "record" / "acts.csv", ACT_COLUMNS, acts)
    members = [
        {"roster": "tiny/states", "unit": unit, "name": f"State {unit}", "from": since, "to": until, "how": "admitted",
         "standing": "read", "source": "a test"}
        for unit, since, until in roster
    ]  # fmt: skip
    _table(root / "record" / "rosters.csv", ROSTER_COLUMNS, members)
    rows = [
        {"matter": MATTER, "act": kind, "through": through, "standing": "read", "source": "a test"}
        for kind, through in complete.items()
    ]
    _table(root / "record" / "completeness.csv", COMPLETE_COLUMNS, rows)
    return root


def dump(file: Path, value: Any) -> None:
    """Write YAML with every string quoted, so that 1500-01-01 and 3/4 stay what they are."""
    file.write_text(
        yaml.safe_dump(value, default_style='"', sort_keys=False).replace('!!bool "true"', "true"), encoding="utf-8"
    )


def _table(file: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    cells = [["" if row.get(c) is None else row.get(c, "") for c in columns] for row in rows]
    _write(file, columns, cells)
