"""Petitions in California and Colorado: the law as data, what was published, and what the model makes of it."""

from datetime import date
from fractions import Fraction
from math import ceil

import pytest

from assent import LawError, NotApplicable, QueryError, UnknownName, library
from assent.inquiries.petition.law import read_rule, requirement_of, rule_of

DAY = date(2026, 11, 1)
PLACE = library().place


def ask(state="CA", **given):
    return library().petition(state, as_of=DAY, **given)


@pytest.fixture
def table(tmp_path):
    """Write a CSV file and give its path."""

    def write(text, name="counties.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write


# ── the law ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_requirements_are_the_published_ones_wherever_both_are_known():
    rule = rule_of(PLACE, "CA", "California")
    rows = [row for row in PLACE.rows("petition/requirements.csv") if row["votes"]]
    both = [(row["votes"], rule_.share, row[rule_.id]) for row in rows for rule_ in rule.kinds
            if row["state"] == "CA" and row[rule_.id]]  # fmt: skip
    assert len(both) >= 9
    assert all(ceil(votes * share) == published for votes, share, published in both)


@pytest.mark.parametrize(
    ("day", "statute", "amendment"),
    [("2003-01-01", 373_816, 598_105), ("2014-09-12", 504_760, 807_615), ("2017-02-01", 365_880, 585_407),
     ("2025-07-22", 546_651, 874_641)],
)  # fmt: skip
def test_requirements_by_day(day, statute, amendment):
    found = library().petition("CA", "statute", count="1,1,1,0", as_of=day)
    assert (found.requirement.required, found.others[0].required) == (statute, amendment)


def test_a_quarter_is_what_the_secretary_of_state_prints():
    # Elections Code 9034, as the page on pending signature verification has it
    found = ask(kind="statute", count="1,1,1,0")
    quarter = [ceil(Fraction(n, 4)) for n in (found.requirement.required, found.others[0].required)]
    assert quarter == [136_663, 218_661]


def test_after_an_election_whose_vote_is_not_on_file_it_says_so():
    found = library().petition("CA", count="1,1,1,0", as_of="2026-11-23")
    assert found.requirement.election == date(2022, 11, 8)
    assert any("2026-11-03 is not on file" in note for note in found.notes)
    assert not any("2026-11-03" in note for note in ask(count="1,1,1,0").notes)


def test_before_the_first_requirement_it_is_refused():
    with pytest.raises(NotApplicable, match="1990-01-01 is not on file"):
        library().petition("CA", as_of="1990-01-01")


def test_a_state_without_a_rule_names_those_with_one():
    with pytest.raises(NotApplicable, match="Texas") as refused:
        ask("Texas")
    assert "CA, CO" in refused.value.remedy
    with pytest.raises(UnknownName):
        ask("Atlantis")
    with pytest.raises(UnknownName, match="recall"):
        ask(kind="recall")


def test_the_rule_of_another_state_is_a_file(tmp_path):
    shipped = (PLACE.root / "petition" / "rules" / "CA.yaml").read_text(encoding="utf-8")
    file = tmp_path / "XX.yaml"
    file.write_text(shipped.replace("share: 3/100, all_up_to: 500", "share: 5/100, all_up_to: 500")
                    .replace("example:", "unused:"), encoding="utf-8")  # fmt: skip
    with pytest.raises(LawError, match="unknown field `unused`"):
        read_rule(file)
    file.write_text(shipped.replace("certified: 15028", "certified: 15029"), encoding="utf-8")
    with pytest.raises(LawError, match="15,028, not 15,029"):
        read_rule(file)
    file.write_text(shipped.replace("default_kind: amendment", "default_kind: recall"), encoding="utf-8")
    with pytest.raises(LawError, match="default_kind"):
        read_rule(file)
    file.write_text(shipped, encoding="utf-8")
    assert read_rule(file).method().sample(24_034) == 722


def test_fifty_eight_counties_and_every_result_names_one_of_them():
    counties = {row["county"] for row in PLACE.rows("petition/counties.csv")}
    assert len(counties) == 58
    assert sum(row["population"] for row in PLACE.rows("petition/counties.csv")) == 39_512_223  # Census, 2019
    results = PLACE.rows("petition/county_results.csv")
    assert {row["county"] for row in results} < counties
    for row in results:
        if row["sample"] and row["certified_percent"] and row["method"] == "full":
            assert row["certified_percent"] == pytest.approx(100 * row["valid"] / row["sample"], abs=0.05)


def test_the_first_four_reports_add_up_as_told():
    # 1,208 of 1,708 signatures checked in Sierra, Solano, Sonoma and Sutter, told on 31 July 2014
    first = [r for r in PLACE.rows("petition/county_results.csv") if r["reported_on"] == date(2014, 7, 31)]
    assert (len(first), sum(r["valid"] for r in first), sum(r["sample"] for r in first)) == (4, 1_208, 1_708)


# ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_given_asks_how_many_reach_ninety_five_percent():
    found = ask()
    assert found.asked == "needed"
    assert found.needed.target == 0.95
    assert found.needed.chance >= 0.95
    assert found.needed.raw > found.requirement.required
    assert found.needed.raw_by_sample > found.needed.raw
    assert found.needed.raw == pytest.approx(found.needed.closed_form, rel=0.02)
    assert {p.standing for p in found.parameters} == {"assumption"}
    assert all(p.why for p in found.parameters)


def test_what_is_filed_comes_out_as_what_is_needed():
    belief = {"validity": 0.74, "validity_sd": "2%", "duplicates": 0.01}
    needed = ask(target=0.9, **belief).needed
    found = ask(raw=needed.raw, **belief).outlook
    assert found.chances.qualifies == pytest.approx(0.9, abs=5e-4)
    assert sum((found.chances.by_sample, found.chances.full_count, found.chances.fails)) == pytest.approx(1)
    assert found.chances.qualifies == pytest.approx(
        found.chances.by_sample + found.chances.full_count * found.chances.after_full_count
    )


def test_where_it_turns_is_where_the_curve_turns():
    found = ask(raw=1_200_000, validity=0.76, validity_sd=0.02, duplicates=0.005)
    turns = {turn.what: turn.validity for turn in found.break_even}
    assert turns["a full count finds enough"] == pytest.approx(874_641 / 1_200_000 + 0.005)
    for point in found.curve:
        if point.chances.after_full_count is not None:
            assert point.chances.after_full_count == (point.validity >= turns["a full count finds enough"])
    assert found.curve[0].chances.fails == pytest.approx(1)
    assert found.curve[-1].chances.by_sample == pytest.approx(1)


def test_by_county_as_by_the_whole_where_the_file_says_the_same(table):
    whole = ask(raw=1_200_000, validity=0.75, validity_sd=0, duplicates=0.01)
    from assent.models.petition.outcome import spread

    people = {r["county"]: float(r["population"]) for r in PLACE.rows("petition/counties.csv")}
    rows = zip(people, spread(1_200_000, tuple(people.values())), strict=True)
    file = table("county,raw\n" + "".join(f"{name},{raw}\n" for name, raw in rows))
    same = ask(counties=file, validity=0.75, validity_sd=0, duplicates=0.01)
    assert same.outlook.chances == whole.outlook.chances
    assert same.assumptions == whole.assumptions


def test_a_county_of_its_own_kind_moves_the_whole(table):
    text = "county,raw,validity,duplicates\nLos Angeles,700000,0.8,0\nsan diego county,600000,,\nMarin,100,60%,0.1\n"
    found = ask(counties=table(text), validity=0.7, validity_sd=0.01, duplicates=0)
    told = {p.name: p.value for p in found.parameters}
    assert told["raw"] == 1_300_100
    assert told["validity"] == pytest.approx((700_000 * 0.8 + 600_000 * 0.7 + 100 * 0.6) / 1_300_100)
    assert "55 counties" in found.assumptions[0]


def test_one_count_figure_by_figure():
    found = ask(count=[24_034, 722, 516, 2]).certificate
    assert (found.percent, found.value, found.weight) == (71.47, 33.2881, 1074.8095)
    assert (found.uncorrected, found.estimated_duplicates, found.certified) == (17_178, 2_150, 15_028)


# ── the count under way ─────────────────────────────────────────────────────────────────────────────────────────────

REPORTS = """county,raw,sample,valid,duplicates
Los Angeles,311924,,,
Fresno,38382,1152,870,1
Orange,52217,1567,1090,1
San Diego,97450,2924,2100,2
Alpine,8,8,5,0
Yuba,3720,500,307,8
Inyo,616,616,497,
"""


def test_reports_under_way(table):
    found = ask(reports=table(REPORTS), raw=1_200_000)
    progress = found.progress
    yuba = next(r for r in progress.reports if r.county == "Yuba")
    assert round(yuba.certified / 37.20, 1) == 51.1
    assert progress.counties_in == 6
    assert progress.counties_out == 52
    assert progress.raw == 1_200_000
    assert progress.certified == sum(r.certified for r in progress.reports)
    assert progress.out["Los Angeles"] == 311_924
    needed = (progress.raw_out * progress.needed_for_count) + progress.certified
    assert needed == pytest.approx(found.requirement.counted_from)
    assert progress.differing.standing == "evidence"
    chances = progress.chances
    assert chances.by_sample + chances.full_count + chances.fails == pytest.approx(1)


def test_the_last_report_decides(table):
    people = [r["county"] for r in PLACE.rows("petition/counties.csv")]

    def all_in(valid):
        rows = "".join(f"{name},20000,600,{valid},0\n" for name in people)
        return ask(kind="amendment", reports=table(f"county,raw,sample,valid,duplicates\n{rows}")).progress

    # 58 counties of 20,000, each certified at 20,000 times a percentage: 830,909 and 962,106 are the bars
    assert all_in(429).chances.fails == 1  # 71.5 percent, 829,400
    assert all_in(430).chances.full_count == 1  # 71.67 percent, 831,372
    assert all_in(498).chances.by_sample == 1  # 83 percent, 962,800
    assert 0 < all_in(452).chances.qualifies < 1  # 75.33 percent, 873,828, just short of 874,641
    assert all_in(430).counties_out == 0
    assert all_in(430).needed_for_count is None


def test_two_reports_do_not_tell_how_counties_differ(table):
    text = "county,raw,sample,valid,duplicates\nFresno,38382,1152,870,1\nOrange,52217,1567,1090,1\n"
    found = ask(reports=table(text), raw=1_200_000)
    assert found.progress.differing.standing == "assumption"
    assert [p.name for p in found.parameters] == ["raw", "validity", "validity-sd", "duplicates"]


@pytest.mark.parametrize(
    ("rows", "where", "told"),
    [
        ("Atlantis,10,,,", ":2, column county", "no county"),
        ("Fresno,10,,,\nfresno county,20,,,", ":3, column county", "given twice; first on line 2"),
        ("Fresno,-5,,,", ":2, column raw", "below zero"),
        ("Fresno,x,,,", ":2, column raw", "no whole number"),
        ("Fresno,10.5,,,", ":2, column raw", "no whole number"),
        ("Fresno,,,,", ":2, column raw", "No whole number"),
        ("Fresno,nan,,,", ":2, column raw", "no whole number"),
        ("Fresno,1e5,,,", ":2, column raw", "no whole number"),
        ("Fresno,1000,2000,5,0", ":2, column sample", "larger than the 1,000"),
        ("Fresno,40000,500,400,0", ":2, column sample", "1,200 at least"),
        ("Fresno,1000,500,499,2", ":2, column valid", "more than the 500 checked"),
        ("Fresno,1000,500,0,2", ":2, column duplicates", "nobody who signed"),
        ("Fresno,1000,500,400,", ":2, column duplicates", "no number of duplicates"),
        ("Fresno,1000,500,,0", ":2, column valid", "no valid"),
        ("Fresno,1000,,400,0", ":2, column sample", "no sample"),
        ("Fresno,1000,500,400", ":2", "4 cells under 5 columns"),
    ],
)
def test_wrong_reports_are_refused_by_line(table, rows, where, told):
    file = table(f"county,raw,sample,valid,duplicates\n{rows}\n")
    with pytest.raises(QueryError, match=told) as refused:
        ask(reports=file, raw=10_000_000)
    assert str(refused.value.args[0]).count(f"{file}{where}") == 1
    assert refused.value.remedy


def test_counties_that_are_left_out_are_not_zero(table):
    file = table("county,raw,sample,valid,duplicates\nFresno,1000,500,400,0\n")
    with pytest.raises(QueryError, match=r"and 53 more are not in the file\. Left out is not zero"):
        ask(reports=file)
    with pytest.raises(QueryError, match="hold 1,000 signatures; the total is given as 900"):
        ask(reports=file, raw=900)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("county,raw\n", "header and no rows"),
        ("", "empty"),
        ("county,signatures\nFresno,5\n", "no column 'raw'"),
        ("county,raw,colour\nFresno,5,red\n", "'colour' means nothing"),
        ("county,raw,validity\nFresno,5,1.2\n", "1.2 is not from 0 to 1"),
        ("county,raw,validity,duplicates\nFresno,5,0.5,0.3\n", "at most half"),
        ("county,raw\nFresno,0\n", "No signature is filed"),
    ],
)
def test_wrong_files_of_counties_are_refused(table, text, told):
    with pytest.raises(QueryError) as refused:
        ask(counties=table(text))
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"raw": 0}, "No signatures"),
        ({"raw": -1}, "below zero"),
        ({"raw": 10**9}, "more than is worked out"),
        ({"raw": "many"}, "no whole number"),
        ({"raw": float("nan")}, "no whole number"),
        ({"raw": float("inf")}, "no whole number"),
        ({"raw": True}, "no whole number"),
        ({"raw": 10**6, "validity": 1.2}, "write 1.2%"),
        ({"raw": 10**6, "validity": 76}, "write 76%"),
        ({"raw": 10**6, "validity": "-0.1"}, "not from 0 to 1"),
        ({"raw": 10**6, "validity": "nan"}, "no share"),
        ({"raw": 10**6, "validity_sd": 0.6}, "No share from 0 to 1"),
        ({"raw": 10**6, "validity": 0.5, "duplicates": 0.3}, "at most half"),
        ({"raw": 10**6, "duplicates": ""}, "No share"),
        ({"target": 0}, "none is certain"),
        ({"target": 1}, "none is certain"),
        ({"target": 0.99, "validity": 0.1, "validity_sd": 0.05, "duplicates": 0.05}, "No number of signatures"),
        ({"raw": 5, "target": 0.5}, "different things"),
        ({"count": "1,1,1,0", "replay": True}, "different things"),
        ({"count": "1,2"}, "2 numbers"),
        ({"count": "100,200,5,0"}, "larger than"),
        ({"count": "24034,500,400,0"}, "722 at least"),
        ({"count": "24034,722,720,5"}, "more than the sample"),
        ({"reports": "nowhere.csv"}, "nowhere.csv"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(given, told):
    with pytest.raises(QueryError) as refused:
        ask(**given)
    assert told in str(refused.value)
    assert refused.value.remedy


def test_a_state_with_one_sample_takes_no_counties(table):
    with pytest.raises(QueryError, match="one sample of the whole petition"):
        ask("CO", counties=table("county,raw\nDenver,5\n"))


# ── the past ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_petition_with_a_number_ended_as_the_law_says():
    for state, known in (("CA", 3), ("CO", 4)):
        past = ask(state, replay=True).past
        told = [p for p in past if p.agrees is not None]
        assert len(told) == known
        assert all(p.agrees for p in told)


def test_what_is_not_known_of_the_calexits_is_not_made_up():
    past = {p.id: p for p in ask(replay=True).past}
    for name, required in (("CA/calexit-2017", 585_407), ("CA/calexit-2025", 546_651)):
        assert past[name].required == required
        assert (past[name].raw, past[name].certified, past[name].by_rule, past[name].agrees) == (None, None, "", None)
    six = past["CA/six-californias"]
    assert (six.raw, six.certified, six.by_rule) == (1_137_844, 752_685, "failed")
    assert six.percent == pytest.approx(66.15, abs=0.005)


def test_six_californias_on_the_way():
    history = {at.on: at for at in ask(replay=True).history}
    day = history[date(2014, 9, 10)]
    # as told that day: five counties out, Los Angeles needs 66.6 percent alone and 65.7 with all of the other four
    others = sum(raw for name, raw in day.out.items() if name != "Los Angeles")
    short = 767_235 - day.certified
    assert sorted(day.out) == ["Inyo", "Los Angeles", "Mariposa", "San Benito", "Trinity"]
    assert 100 * short / day.out["Los Angeles"] == pytest.approx(66.6, abs=0.05)
    assert 100 * (short - others) / day.out["Los Angeles"] == pytest.approx(65.7, abs=0.06)
    assert 0.4 < day.chances.full_count < 0.8
    assert day.chances.by_sample < 1e-5
    assert history[date(2014, 9, 12)].chances.fails == 1
    for at in history.values():
        assert at.counties_in + at.counties_out == 58


def test_on_a_day_in_the_middle_later_reports_are_not_known():
    found = library().petition("CA", replay=True, as_of="2014-09-05")
    assert [at.on for at in found.history] == [date(2014, 8, 28), date(2014, 9, 3), date(2014, 9, 5)]
    assert {p.id for p in found.past} == {"CA/hospital-fees/sample", "CA/hospital-fees/count"}


def test_colorados_projections_come_out():
    past = {p.id: p for p in ask("CO", replay=True).past}
    assert past["CO/initiative-30"].projected == past["CO/initiative-30"].certified == 88_719
    assert past["CO/initiative-46/sample"].projected == past["CO/initiative-46/sample"].certified - 1
    assert past["CO/initiative-46/count"].certified == 82_246


def test_requirements_of_a_kind_that_is_not_published_are_worked_out():
    rule = rule_of(PLACE, "CA", "California")
    statute = requirement_of(PLACE, rule, rule.kind("statute"), date(2018, 1, 1))
    assert (statute.votes, statute.required) == (7_317_581, 365_880)


def test_county_by_county_the_law_has_so_many_checked():
    found = ask(raw=1_200_000)
    assert sum(c.raw for c in found.counties) == 1_200_000
    for county in found.counties:
        assert county.sample == (county.raw if county.raw <= 500 else max(500, ceil(Fraction(3 * county.raw, 100))))
        assert (county.sampling_sd == 0) == (county.sample == county.raw)
    luck = sum(county.sampling_sd**2 for county in found.counties) ** 0.5
    assert luck == pytest.approx(found.outlook.sampling_sd)
