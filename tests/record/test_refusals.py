"""A broken row is refused by file, line, field, value and remedy.

Each case breaks one cell of a record that is right.
"""

from __future__ import annotations

import csv

import pytest

from assent.errors import AssentError, RecordError, UnknownName
from assent.record.record import Record
from tests.helpers import MATTER, act, build, edit

ROSTER = [("AA", "1800-01-01", None), ("BB", "1800-01-01", None)]


@pytest.fixture
def root(tmp_path):
    acts = [
        act("propose", "tiny/congress", "propose", "1900-01-01"),
        act("AA-1", "AA/legislature", "ratify", "1901-01-01"),
        act("AA-2", "AA/legislature", "rescind", "1902-01-01"),
        act("AA-3", "AA/governor", "veto", "1902-01-05", of_act="AA-2"),
    ]
    return build(
        tmp_path, roster=ROSTER, acts=acts, matter={"proposed_on": "1900-01-01"}, complete={"ratify": "1950-01-01"}
    )


def load(root) -> Record:
    record = Record(root)
    assert record.matters
    assert record.acts
    assert record.rosters
    assert record.completeness
    assert record.facts("people.csv")
    return record


def rewrite(file, line: int, **cells: str) -> None:
    """Change cells of one line (1 is the header)."""
    with file.open(encoding="utf-8", newline="") as handle:
        table = list(csv.reader(handle))
    for name, value in cells.items():
        table[line - 1][table[0].index(name)] = value
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(table)


def test_the_record_that_is_broken_below_is_right(root):
    record = load(root)
    assert [a.id for a in record.acts[MATTER]] == ["propose", "AA-1", "AA-2", "AA-3"]
    assert [m.unit for m in record.rosters["tiny/states"]] == ["AA", "BB"]


@pytest.mark.parametrize(
    ("file", "line", "cells", "field", "value", "remedy"),
    [
        ("acts.csv", 3, {"date": "1901-02-30"}, "date", "1901-02-30", "YYYY-MM-DD"),
        ("acts.csv", 3, {"date": "1 Jan 1901"}, "date", "1 Jan 1901", "YYYY-MM-DD"),
        ("acts.csv", 3, {"date": "1901-13"}, "date", "1901-13", "YYYY-MM"),
        ("acts.csv", 3, {"date": "19010101"}, "date", "19010101", "YYYY-MM-DD"),
        ("acts.csv", 3, {"date": "1901"}, "date", "1901", "."),  # precision says day
        ("acts.csv", 3, {"date": ""}, "date", "", "."),
        ("acts.csv", 3, {"act": "ratifed"}, "act", "ratifed", "Did you mean ratify?"),
        ("acts.csv", 3, {"act": ""}, "act", "", "Fill it"),
        ("acts.csv", 3, {"matter": "tiny/amendment/2"}, "matter", "tiny/amendment/2", MATTER),
        ("acts.csv", 3, {"recorded_on": "1900-12-31"}, "recorded_on", "1900-12-31", "."),
        ("acts.csv", 3, {"precision": "year", "date": "1901", "earliest": "1902-01-01"}, "date", "1901", "."),
        ("acts.csv", 3, {"yes": "4O"}, "yes", "4O", "digits"),
        ("acts.csv", 3, {"yes": "-4"}, "yes", "-4", "digits"),
        ("acts.csv", 3, {"confidence": "certain"}, "confidence", "certain", "high, medium, low"),
        ("acts.csv", 3, {"source": ""}, "source", "", "Fill it"),
        ("acts.csv", 4, {"id": "AA-1"}, "id", "AA-1", "key of its own"),
        ("acts.csv", 5, {"of_act": "AA-9"}, "of_act", "AA-9", "Did you mean"),
        ("matters.csv", 2, {"proposed_on": "1900-02-29"}, "proposed_on", "1900-02-29", "YYYY-MM-DD"),
        ("matters.csv", 2, {"kind": "amendement"}, "kind", "amendement", "Did you mean amendment?"),
        ("matters.csv", 2, {"clock_place": "clause"}, "clock_place", "clause", "Did you mean proposing-clause?"),
        ("matters.csv", 2, {"official_stage": "done"}, "official_stage", "done", "adopted"),
        ("rosters.csv", 2, {"from": "1800"}, "from", "1800", "YYYY-MM-DD"),
        ("rosters.csv", 3, {"unit": "AA"}, "roster, unit, from", "tiny/states", "key of its own"),
        ("rosters.csv", 2, {"to": "1799-12-31"}, "to", "1799-12-31", "."),
        ("completeness.csv", 2, {"through": "soon"}, "through", "soon", "YYYY-MM-DD"),
        ("completeness.csv", 2, {"matter": "tiny/amendment/2"}, "matter", "tiny/amendment/2", MATTER),
    ],
)  # fmt: skip
def test_a_bad_cell_is_refused_with_its_place_and_a_remedy(root, file, line, cells, field, value, remedy):
    rewrite(root / "record" / file, line, **cells)
    with pytest.raises(RecordError) as caught:
        load(root)
    error = caught.value
    said = str(error)
    assert f"{root / 'record' / file}:{line}, field {field}" in said, said
    assert (value in said) if value else "empty" in said or "''" in said, said
    assert error.remedy
    assert remedy in said, said


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("AA/legislature,ratify,1901", "AA/legislature,ratify,,1901", 3, "cells"),
        ("AA/legislature,ratify,1901-01-01,day", "AA/legislature,ratify,1901-01-01", 3, "cells"),
        ("AA/legislature,ratify,1901", 'AA/legislature,"rat"ify,1901', 3, "CSV"),
    ],
)
def test_a_row_of_the_wrong_shape_is_refused_with_its_line(root, old, new, line, said):
    edit(root / "record" / "acts.csv", old, new)
    with pytest.raises(RecordError) as caught:
        load(root)
    assert f"acts.csv:{line}" in str(caught.value)
    assert said in str(caught.value)
    assert caught.value.remedy


def test_an_unknown_column_is_refused_with_the_nearest(root):
    edit(root / "record" / "acts.csv", "recorded_on", "recorded")
    with pytest.raises(RecordError, match="Did you mean recorded_on") as caught:
        load(root)
    assert "acts.csv:1, field recorded" in str(caught.value)


def test_a_column_twice_is_refused(root):
    """Of two cells for one column the record could keep only one."""
    edit(root / "record" / "rosters.csv", "admitted,read", "admitted,admitted,read")
    edit(root / "record" / "rosters.csv", "how,standing", "how,how,standing")
    with pytest.raises(RecordError, match=r"rosters\.csv:1"):
        load(root)


@pytest.mark.parametrize(("column", "needed"), [("actor", True), ("instrument", False)])
def test_a_column_left_out_is_refused_if_it_is_needed_and_empty_if_not(root, column, needed):
    file = root / "record" / "acts.csv"
    with file.open(encoding="utf-8", newline="") as handle:
        table = list(csv.reader(handle))
    at = table[0].index(column)
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([row[:at] + row[at + 1 :] for row in table])
    if needed:
        with pytest.raises(RecordError, match=rf"'{column}' is missing[\s\S]*acts\.csv:1"):
            load(root)
    else:
        assert load(root).act_by_id["AA-1"].instrument == ""


def test_a_file_that_is_missing_or_no_text_is_refused(root):
    (root / "record" / "acts.csv").write_bytes(b"id\n\xff\xfe\n")
    with pytest.raises(RecordError, match=r"acts\.csv[\s\S]*UTF-8"):
        load(root)
    (root / "record" / "acts.csv").unlink()
    with pytest.raises(RecordError, match=r"acts\.csv cannot be read"):
        load(root)


def test_a_fact_file_is_held_to_its_dictionary_too(root):
    edit(root / "facts" / "people.csv", "BB,100", "BB,many")
    with pytest.raises(RecordError) as caught:
        load(root)
    assert "people.csv:3, field people" in str(caught.value)
    assert "many" in str(caught.value)
    with pytest.raises(RecordError, match="not described"):
        Record(root).facts("nothing.csv")


def test_a_dictionary_that_is_wrong_is_refused(root):
    edit(root / "facts" / "dictionary.yaml", '"type": "integer"', '"type": "number"')
    with pytest.raises(RecordError) as caught:
        load(root)
    assert "dictionary.yaml" in str(caught.value)
    assert "'number'" in str(caught.value)
    assert "type" in str(caught.value)


def test_an_unknown_matter_is_named_with_the_nearest(root):
    with pytest.raises(UnknownName, match=f"Did you mean {MATTER}") as caught:
        load(root).matter("tiny/amendmnt/1")
    assert isinstance(caught.value, AssentError)
    assert caught.value.nearest == MATTER


def test_what_is_empty_is_neither_nought_nor_no(root):
    found = load(root).act_by_id["AA-1"]
    assert (found.yes, found.no, found.limit) == (None, None, None)
    rewrite(root / "record" / "acts.csv", 3, yes="0", no="0")
    assert (load(root).act_by_id["AA-1"].yes, load(root).act_by_id["AA-1"].no) == (0, 0)


@pytest.mark.parametrize(
    ("cells", "bounds"),
    [
        ({"precision": "year", "date": "1901"}, ("1901-01-01", "1901-12-31")),
        ({"precision": "month", "date": "1904-02"}, ("1904-02-01", "1904-02-29")),
        ({"precision": "none", "date": ""}, ("1900-01-01", None)),
        ({"precision": "none", "date": "", "latest": "1910-01-01"}, ("1900-01-01", "1910-01-01")),
        ({"precision": "year", "date": "1901", "earliest": "1901-03-02"}, ("1901-03-02", "1901-12-31")),
    ],
)
def test_a_date_known_in_part_is_bounded(root, cells, bounds):
    rewrite(root / "record" / "acts.csv", 3, **cells)
    found = load(root).act_by_id["AA-1"]
    assert (found.earliest.isoformat(), found.latest and found.latest.isoformat()) == bounds
    assert not found.dated
