"""The record of defiance.

Authority: counts of states by Ballotpedia (June 2021 and June 2025), the share of the people that OPEN MINDS printed
for June 2021, the resident population of the fifty states as the Census Bureau gives it, and sums done here by hand.
"""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from assent.errors import LawError, NotApplicable, RecordError, UnknownName
from assent.inquiries.defiance.defiance import defiance
from assent.inquiries.jurisdiction import Jurisdiction
from assent.law.doctrine import read_doctrine
from tests.helpers import US, copy_us, drop_rows, edit

DC = {1990: 606_900, 2000: 572_059, 2010: 601_723, 2020: 689_545}
NATION = {1990: 248_709_873, 2000: 281_421_906, 2010: 308_745_538, 2020: 331_449_281}


@cache
def place() -> Jurisdiction:
    return Jurisdiction("us")


def on(day, state="", by="state", where=None):
    at = where or place()
    return defiance(at, state, by, read_doctrine(at.law, []), date.fromisoformat(day))


def living(found, kind):
    return next(part for part in found.living if part.kind == kind)


@cache
def rows(name):
    with (US / "defiance" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def people(census):
    return {r["state"]: int(r["population"]) for r in rows("census.csv") if int(r["census"]) == census}


@pytest.mark.parametrize("census", NATION)
def test_the_states_of_a_census_sum_to_the_nation_without_the_district(census):
    assert len(people(census)) == 50
    assert sum(people(census).values()) == NATION[census] - DC[census]


@pytest.mark.parametrize(
    ("day", "kind", "states"),
    [
        ("1996-11-04", "medical", 0),
        ("1996-11-05", "medical", 1),
        ("2012-11-05", "recreational", 0),
        ("2012-11-06", "recreational", 2),
        ("2016-11-07", "recreational", 4),
        ("2016-11-08", "recreational", 8),
        ("2021-12-31", "recreational", 18),  # Ballotpedia, June 2021: 18 states; Virginia's day is not on file
        ("2025-06-30", "recreational", 24),  # Ballotpedia, June 2025
        ("2025-06-30", "medical", 39),  # Ballotpedia, June 2025
    ],
)
def test_as_many_states_as_others_count(day, kind, states):
    assert living(on(day), kind).states == states


def test_the_share_that_others_printed_in_2021():
    """OPEN MINDS: about 44 % of the people, 145 million, live in the states that had legalised by June 2021."""
    found = living(on("2021-12-31"), "recreational")
    assert round(100 * found.share) == 44
    assert found.people // 1_000_000 == 145


@pytest.mark.parametrize("year", range(1996, 2026))
def test_every_year_is_the_sum_over_its_states(year):
    """By brute force from the files: the states with a law of the kind or of a later one, at the census that counts."""
    found = next(y for y in on("2026-01-31").by_year if y.year == year)
    census = max(c for c in NATION if c <= year)
    order = {"low-thc": 0, "medical": 1, "recreational": 2}
    assert (found.census, found.of) == (census, NATION[census] - DC[census])
    for part in found.living:
        has = {
            r["state"]
            for r in rows("laws.csv")
            if int(r["year"]) <= year and order[r["kind"]] >= order[part.kind] and r["state"] != "DC"
        }
        total = sum(people(census)[code] for code in has)
        assert (part.states, part.people) == (len(has), total)
        assert part.share == Fraction(total, found.of)
        assert part.percent == round(100 * total / found.of, 2)


def test_the_sum_of_1996_by_hand():
    found = next(y for y in on("1999-01-01").by_year if y.year == 1996)
    assert found.added["medical"] == ("CA",)
    assert living(found, "medical").share == Fraction(29_760_021, 248_102_973)  # California in 1990, of fifty states


def test_a_law_whose_day_is_not_on_file_is_not_counted_before_its_year_is_over():
    row = on("2021-06-01", "Virginia").states[0]
    assert (row.furthest, row.open) == ("medical", ("recreational",))
    assert on("2021-12-31", "VA").states[0].furthest == "recreational"
    assert any("VA (recreational)" in note for note in on("2021-06-01").notes)


def test_the_district_is_shown_and_not_counted():
    found = on("2026-01-31")
    (row,) = [row for row in found.states if not row.member]
    assert (row.state, row.people) == ("DC", None)
    assert sum(r.member and r.furthest == "recreational" for r in found.states) == living(found, "recreational").states


def test_nothing_is_said_of_what_is_not_on_file():
    late = on("2026-11-01")
    assert late.by_year[-1].until == late.complete_through == date(2026, 1, 31)
    assert any("2026-01-31" in note for note in late.notes)
    by_kind = {law.kind: law for law in on("2026-01-31", "CT").states[0].laws}
    assert (by_kind["medical"].process, by_kind["recreational"].yes_percent) == ("", None)
    assert on("2026-01-31", "WY").states == ()


def test_a_share_of_the_votes_is_that_of_its_counts():
    counted = [r for r in rows("laws.csv") if r["yes"] and r["no"]]
    assert len(counted) >= 7
    for r in counted:
        yes, no = int(r["yes"]), int(r["no"])
        assert abs(100 * yes / (yes + no) - float(r["yes_percent"])) < 0.01, r["state"]
        assert r["exact"] == "yes"


def test_every_process_that_is_on_file_fits_its_votes():
    for r in rows("laws.csv"):
        if r["process"] == "legislature":
            assert not r["yes_percent"], r
        if r["chambers"]:
            assert r["process"] == "legislature", r
        assert r["date"][:4] in {"", r["year"]}, r


@pytest.mark.parametrize(
    ("day", "last"),
    [("2013-08-28", "cole-2011"), ("2013-08-29", "cole-2013"), ("2018-01-04", "sessions"), ("2026-01-31", "eo-14370")],
)
def test_postures_are_those_of_the_day(day, last):
    found = on(day).postures
    assert found[-1].id == last
    assert [p.date for p in found] == sorted(p.date for p in found)


def test_nullification_stands_in_its_order_and_with_its_votes():
    (episode,) = [e for e in on("1900-01-01").episodes if e.id == "nullification"]
    assert [str(act.date) for act in episode.acts] == [
        "1832-11-24", "1832-12-10", "1833-03-02", "1833-03-02", "1833-03-15", "1833-03-18",
    ]  # fmt: skip
    assert "136 to 26" in episode.acts[0].what
    assert "153 to 4" in episode.acts[4].what
    assert [len(e.acts) for e in on("1832-12-31").episodes] == [2]


def test_no_court_is_quoted_before_it_spoke():
    early = on("1900-01-01")
    assert {c for said in early.cases for c in said.cite} == {
        "us-const-supremacy", "ableman-v-booth-1859", "texas-v-white-1869, 74 U.S. at 725-726",
    }  # fmt: skip
    assert len(on("2026-01-01").cases) > len(early.cases)


def test_the_ladder_is_that_of_the_standoff():
    """MODELS: s₁ = xF/(1+R+aF), s₂ = ½·xS/(1+aS), s₃ = kF/(p(1+R)+aF) at the defaults."""
    ladder = on("2026-01-01").ladder
    ends = [Fraction(rung.exact_to) for rung in ladder.rungs]
    assert ends == [
        Fraction(3, 100) / Fraction(155, 100),
        Fraction(30, 100) / 2 / Fraction(110, 100),
        Fraction(60, 100) / (Fraction(72, 100) * Fraction(3, 2) + Fraction(5, 100)),
        1,
    ]
    assert [rung.fate for rung in ladder.rungs] == ["tolerated", "deterred", "tolerated", "deterred"]
    assert {p.name: p.fate for p in ladder.placed} == {"a marijuana law": "tolerated", "leaving": "deterred"}
    assert [s for s, told in ladder.numbers.items() if told.endswith("(evidence)")] == ["p"]


def test_readings_are_held_and_told():
    held = defiance(place(), "", "year", read_doctrine(place().law, ["legalisation=licences-fall"]), date(2026, 1, 1))
    assert held.readings["legalisation"] == "licences-fall"
    assert "--by year" in held.reproduce
    assert "--reading legalisation=licences-fall" in held.reproduce


@pytest.mark.parametrize(
    ("state", "by", "day", "error"),
    [
        ("DC", "state", "2026-01-01", NotApplicable),
        ("Atlantis", "state", "2026-01-01", UnknownName),
        ("", "decade", "2026-01-01", UnknownName),
        ("HI", "state", "1950-01-01", NotApplicable),
    ],
)
def test_what_cannot_be_answered_is_refused(state, by, day, error):
    with pytest.raises(error):
        on(day, state, by)


def test_a_state_missing_from_the_census_is_not_zero(tmp_path):
    library = copy_us(tmp_path)
    assert drop_rows(library / "us" / "defiance" / "census.csv", state="CA", census="2010") == 1
    with pytest.raises(RecordError, match=r"census of 2010 lacks CA"):
        on("2016-12-31", where=Jurisdiction("us", library))


@pytest.mark.parametrize(
    ("file", "old", "new", "error", "says"),
    [
        ("laws.csv", "CA,medical,1996,1996-11-05", "CA,medicinal,1996,1996-11-05", RecordError, "kind is 'medicinal'"),
        ("laws.csv", "CA,medical,1996,1996-11-05", "CA,medical,1996,1996-11-31", RecordError, "no date"),
        ("laws.csv", ",5382915,", ",-5382915,", RecordError, "no whole number"),
        ("laws.csv", "state,kind", "state,kin", RecordError, "kin"),
        ("census.csv", "CA,1990,29760021", "CA,1990,NaN", RecordError, "no whole number"),
        ("record.yaml", "subject: marijuana", "subjects: marijuana", LawError, "subjects"),
        ("record.yaml", "date: 2005-06-06", "date: 2005-06-31", LawError, "record.yaml"),
        ("record.yaml", "  medical: medical use\n", "", RecordError, "medical"),
    ],
)
def test_a_slip_in_the_data_is_found_and_named(tmp_path, file, old, new, error, says):
    library = copy_us(tmp_path)
    edit(library / "us" / "defiance" / file, old, new)
    with pytest.raises(error) as caught:
        on("2026-01-01", where=Jurisdiction("us", library))
    assert says in str(caught.value)
