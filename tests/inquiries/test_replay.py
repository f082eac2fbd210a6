"""Every matter on file against its official outcome. Authority: the House Manual's dates, listed by hand below."""

from __future__ import annotations

from datetime import date

import pytest

from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.matter.replay import replay
from assent.law.doctrine import read_doctrine

OFFICIAL = {
    "1-10": "1791-12-15", "11": "1795-02-07", "12": "1804-06-15", "13": "1865-12-06", "14": "1868-07-09",
    "15": "1870-02-03", "16": "1913-02-03", "17": "1913-04-08", "18": "1919-01-16", "19": "1920-08-18",
    "20": "1933-01-23", "21": "1933-12-05", "22": "1951-02-27", "23": "1961-03-29", "24": "1964-01-23",
    "25": "1967-02-10", "26": "1971-07-01", "27": "1992-05-07",
}  # fmt: skip
NOT = {
    "apportionment": "pending", "titles-of-nobility": "pending", "corwin": "pending", "child-labor": "pending",
    "era": "lapsed", "dc-voting-rights": "lapsed",
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    us = Jurisdiction("us")
    return {row.matter: row for row in replay(us, read_doctrine(us.law, []), date(2026, 1, 1)).rows}


@pytest.mark.parametrize(("name", "day"), OFFICIAL.items())
def test_the_eighteen_complete_on_their_official_date(rows, name, day):
    row = rows[f"us/amendment/{name}"]
    assert (row.got.stage, row.got.completed_on) == ("adopted", date.fromisoformat(day))
    assert row.agrees
    assert row.expected == row.got


@pytest.mark.parametrize(("name", "stage"), NOT.items())
def test_the_six_do_not(rows, name, stage):
    assert (rows[f"us/amendment/{name}"].got.stage, rows[f"us/amendment/{name}"].got.completed_on) == (stage, None)


def test_nothing_on_file_disagrees(rows):
    assert len(rows) >= 18 + 6 + 2 + 50
    assert [row.matter for row in rows.values() if not row.agrees] == []
    assert rows["us/constitution"].got.completed_on == date(1788, 6, 21)
    assert rows["us/articles"].got.completed_on == date(1781, 3, 1)


@pytest.mark.parametrize(
    ("name", "reading", "outcome"),
    [
        ("12", "governor-veto=effective", ("adopted", date(1804, 7, 27))),
        ("14", "rescission=effective", ("adopted", date(1868, 7, 21))),
        ("15", "rescission=effective", ("adopted", date(1870, 2, 17))),
        ("19", "tennessee-1920=void", ("pending", None)),  # Connecticut came after the certificate
        ("27", "completion=certification", ("adopted", date(1992, 5, 18))),
    ],
)
def test_a_date_that_rests_on_a_reading_names_it(rows, name, reading, outcome):
    rests = rows[f"us/amendment/{name}"].rests_on[reading]
    assert (rests.stage, rests.completed_on) == outcome


def test_the_27th_is_replayed_as_known_when_it_was_certified(rows):
    row = rows["us/amendment/27"]
    assert row.known_as_of == date(1992, 5, 18)
