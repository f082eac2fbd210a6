"""Forecasts from the record that ships: the published figures, what is looked at and what is not, and refusals."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import date, timedelta
from functools import cache
from math import log
from pathlib import Path

import pytest

from assent.errors import LawError, NotApplicable, QueryError, RecordError, UnknownName
from assent.inquiries.forecast.reference_class import ReferenceClass
from assent.inquiries.library import Library
from assent.models.forecast.baserate import open_share
from assent.models.forecast.score import marks, overall
from tests.house.tree import LIBRARY, ROOT

US = Library("us")
TODAY = date(2026, 11, 1)
LANDMARKS = (1, 90, 180, 365, 548, 730, 1095, 1460, 1825)
ERA, CHILD_LABOR = "us/amendment/era", "us/amendment/child-labor"
IN_1975 = "1975-01-01"


@cache
def official():
    """Id → day of the proposal and days to completion, read past everything that is tested."""
    with (LIBRARY / "us" / "record" / "matters.csv").open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["kind"] == "amendment"]
    found = {}
    for row in rows:
        begun, done = date.fromisoformat(row["proposed_on"]), row["official_completed_on"]
        found[row["id"]] = begun, (date.fromisoformat(done) - begun).days if done else None
    return found


def group(known=TODAY, readings=None):
    return ReferenceClass(US.place, US.doctrine(readings), known)


@cache
def asked(matter=ERA, as_of=IN_1975, **more):
    return US.forecast(matter, as_of=as_of, **{"known_as_of": TODAY, **more})


# -- the score -------------------------------------------------------------------------------------------------------


def test_there_are_twenty_four_of_which_seventeen_were_ratified_in_time():
    found = group().histories
    assert {name: one.done for name, one in found.items()} == {
        name: {"us/amendment/27": 74001}.get(name, done)  # Kentucky's act of 1792 is counted as known today
        for name, (_, done) in official().items()
    }
    assert len(found) == 24
    assert sum(one.in_time for one in found.values()) == 17


def by_hand(score):
    """The base rate's score, by counting in the official list."""
    each = []
    for begun, done in official().values():
        others = [(b, d) for b, d in official().values() if b != begun]
        own = []
        for age in (age for age in LANDMARKS if done is None or done > age):
            still = [d for _, d in others if d is None or d > age]
            share = (sum(d is not None and d < 2556 for d in still) + 0.5) / (len(still) + 1)
            own.append(score(share, done is not None and done < 2556))
        each.append(sum(own) / len(own))
    return sum(each) / len(each)


def test_the_base_rate_scores_what_counting_by_hand_gives_and_what_was_published():
    found = asked().score
    assert found.baseline_brier == pytest.approx(by_hand(lambda p, y: (p - y) ** 2), abs=1e-12)
    assert found.baseline_log == pytest.approx(by_hand(lambda p, y: -log(p if y else 1 - p)), abs=1e-12)
    assert (round(found.baseline_brier, 3), round(found.baseline_log, 3)) == (0.182, 0.549)
    own = tuple(group().histories.values())
    told = marks(own, LANDMARKS, lambda one, others, age, days: open_share(others, age, days), days=True)
    assert len(told) == 132
    assert round(overall(told, "crps")) == 447


def test_the_forecast_beats_the_base_rate_where_the_answer_is_known():
    found = asked().score
    assert found.brier < 0.175 < found.baseline_brier
    assert found.log < found.baseline_log
    assert found.difference == pytest.approx(found.brier - found.baseline_brier)
    assert found.low < found.difference < found.high
    assert (found.events, found.landmarks) == (24, LANDMARKS)


def test_the_document_shows_the_scores_that_come_out():
    page = (ROOT / "docs" / "forecast.md").read_text(encoding="utf-8")
    rows = {cells[1].strip().strip("*"): [cell.strip() for cell in cells[2:]] for line in page.splitlines()
            if len(cells := line.split("|")) == 9}  # fmt: skip
    found = asked().score
    ours = rows["the forecast: model and base rate averaged, sessions"]
    assert ours[:2] == [f"{found.brier:.4f}", f"{found.log:.4f}"]
    numbers = [float(number.replace("−", "-")) for number in re.findall(r"[−+][\d.]+", " ".join(ours[4:]))]
    assert numbers == pytest.approx([found.difference, found.low, found.high], abs=6e-5)
    base = rows["base rate among those still open at that age"]
    assert base[:3] == [f"{found.baseline_brier:.4f}", f"{found.baseline_log:.4f}", "447"]


# -- what is looked at -----------------------------------------------------------------------------------------------


def test_the_matter_itself_is_left_out_and_those_of_its_day():
    found = asked().reference_class
    assert ERA not in found.matters
    assert found.left_out == (f"{ERA}: the matter itself",)
    first = asked("us/amendment/1-10", "1790-06-01")
    assert first.events == 21
    assert {text.partition(":")[0] for text in first.reference_class.left_out} == {
        "us/amendment/1-10",
        "us/amendment/27",
        "us/amendment/apportionment",
    }


def test_the_base_rate_is_the_count_of_those_still_open():
    found = asked()
    age = (date(1975, 1, 1) - date(1972, 3, 22)).days
    still = [done for name, (_, done) in official().items() if name != ERA and (done is None or done > age)]
    in_time = sum(done is not None and done < 2556 for done in still)
    assert (found.reference_class.open_then, found.reference_class.open_in_time) == (len(still), in_time)
    assert found.baseline == pytest.approx((in_time + 0.5) / (len(still) + 1))


def test_what_was_not_known_is_not_used():
    then = asked(known_as_of=IN_1975)
    assert "us/amendment/dc-voting-rights" not in then.reference_class.matters
    assert "us/amendment/26" not in then.reference_class.matters  # its seven years ran until 1978
    assert then.score.events == 21
    assert any("Hindsight" in text and "dc-voting-rights" in text for text in asked().notes)
    assert not any("Hindsight" in text for text in then.notes)


def test_acts_after_the_day_asked_about_change_nothing(tmp_path):
    library = copied(tmp_path)
    acts = library / "us" / "record" / "acts.csv"
    lines = acts.read_text(encoding="utf-8").splitlines(keepends=True)
    later = [line for line in lines if not re.match(r"era-.*-ratify-(1975|1976|1977)", line)]
    assert len(later) < len(lines)
    acts.write_text("".join(later), encoding="utf-8")
    without = Library("us", library).forecast(ERA, as_of=IN_1975, known_as_of=TODAY)
    assert (without.probability, without.curve) == (asked().probability, asked().curve)


def test_readings_decide_which_acts_count():
    held = {"rescission": "effective"}
    found = US.forecast(ERA, as_of="1975-01-01", known_as_of=TODAY, readings=held)
    assert found.count == 31  # Nebraska and Tennessee had taken theirs back
    assert found.probability < asked().probability
    assert found.readings["rescission"] == "effective"
    assert "rescission=effective" in found.reproduce


def test_what_is_supposed_counts_beside_the_record():
    found = US.forecast(ERA, as_of=IN_1975, known_as_of=TODAY, yes=["FL", "IL"])
    assert (found.count, len(found.supposed)) == (35, 2)
    assert found.probability > asked().probability


def test_known_later_by_the_record_is_known_later_here():
    then, now = (group(day).histories["us/amendment/1-10"] for day in (date(2004, 1, 1), TODAY))
    assert len(then.given(2000)) == len(now.given(2000)) - 1  # Kentucky's act came to light in 2005


# -- the answer ------------------------------------------------------------------------------------------------------


def test_the_curve_ends_in_the_probability():
    found = asked(by="1977-12-31")
    assert found.curve[-1].on == found.horizon.on == date(1979, 3, 22)
    assert (found.curve[-1].probability, found.curve[-1].baseline) == (found.probability, found.baseline)
    chances = [point.probability for point in found.curve]
    assert chances == sorted(chances)
    assert found.by in found.curve
    assert found.low < found.probability < found.high
    assert 0 <= found.error_bound < 1e-4
    assert all(
        point.probability == pytest.approx((point.model + point.baseline) / 2, abs=1e-12) for point in found.curve
    )


def test_by_the_day_asked_about_nothing_more_has_happened():
    assert asked(by=IN_1975).by.probability == 0


def test_no_chance_grows_after_a_limit_that_binds():
    found = asked(by="1985-01-01")
    assert found.limit == date(1979, 3, 22)
    assert found.by.probability == found.probability
    assert any("1979-03-22" in text for text in found.notes)
    open_ = US.forecast(ERA, "1985-01-01", IN_1975, TODAY, {"deadline": "not-binding"})
    assert open_.by.probability > open_.probability == found.probability


def test_after_the_seventh_year_there_is_one_rate_and_no_score():
    found = US.forecast(CHILD_LABOR, "2036-11-01", TODAY, TODAY)
    years = completed = 0
    for name, (begun, done) in official().items():
        if name == CHILD_LABOR or (done is not None and done < 2556):
            continue
        seventh = date(begun.year + 7, begun.month, begun.day)
        limit = {ERA: date(1982, 6, 30), "us/amendment/dc-voting-rights": date(1985, 8, 22)}.get(name, TODAY)
        done_on = begun + timedelta(days=done) if done else None
        last = min(day for day in (limit, done_on) if day)
        years += (last - seventh).days / 365.25
        completed += last == done_on
    assert (found.reference_class.late, completed) == (1, 1)
    assert found.reference_class.late_years == pytest.approx(years, abs=0.01)
    rate = found.parameters[0].value
    assert rate == pytest.approx(1.5 / years, rel=1e-4)
    days = (found.by.on - TODAY).days
    assert found.by.probability == pytest.approx(1 - 2.718281828459045 ** (-rate * days / 365.25), rel=1e-9)
    assert found.score is None
    assert found.probability == found.baseline
    assert any("cannot be scored" in text for text in found.notes)


def test_few_proposals_get_so_far_and_it_is_said():
    found = US.forecast(CHILD_LABOR, as_of=TODAY, known_as_of=TODAY).introduced
    assert (found.introduced, found.sent) == (11985, 33)
    assert sum(10 if name.endswith("1-10") else 1 for name in official()) == found.sent
    assert asked().introduced is None


def test_a_convention_amendment_is_forecast_with_a_note():
    found = US.forecast("us/amendment/21", as_of="1933-06-01", known_as_of=TODAY)
    assert found.procedure == "us/article-v/conventions"
    assert any("conventions" in text for text in found.notes)


# -- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matter", "more", "error", "told"),
    [
        ("us/article-v", {}, NotApplicable, "nothing has been proposed.*11,985.*33"),
        (ERA, {"as_of": "1970-01-01"}, NotApplicable, "proposed on 1972-03-22"),
        (ERA, {}, NotApplicable, "ran out on 1982-06-30"),
        (ERA, {"as_of": "1982-06-30"}, NotApplicable, "ran out on 1982-06-30"),
        (ERA, {"readings": ["deadline=not-binding"]}, NotApplicable, "complete on 2020-01-27"),
        ("us/amendment/19", {}, NotApplicable, "complete on 1920-08-18"),
        ("us/admission/VT", {}, NotApplicable, "none of the amendments"),
        ("us/constitution", {"as_of": "1788-01-01"}, NotApplicable, "none of the amendments"),
        ("us/amendment/28", {}, UnknownName, "no matter"),
        (ERA, {"as_of": "1975-01-01", "by": "1974-12-31"}, QueryError, "is before"),
        ("us/amendment/12", {"as_of": "1804-01-01", "known_as_of": "1804-01-01"}, NotApplicable, "8 or more"),
        (ERA, {"as_of": "1975-01-01", "yes": ["FL", "IL", "MO", "VA", "NC"]}, NotApplicable, "complete on 1975-01-01"),
        (ERA, {"as_of": "1975-01-01", "yes": ["XX"]}, UnknownName, "no unit"),
        (ERA, {"as_of": "1975-02-30"}, QueryError, "no date"),
    ],
)
def test_there_is_a_reason_where_there_is_no_forecast(matter, more, error, told):
    with pytest.raises(error, match=told) as caught:
        US.forecast(matter, **{"as_of": TODAY, "known_as_of": TODAY, **more})
    assert "do:" in str(caught.value)


def copied(folder: Path) -> Path:
    """A copy of the library that can be broken."""
    return Path(shutil.copytree(LIBRARY, folder / "library"))


@pytest.mark.parametrize(
    ("name", "old", "new", "error", "told"),
    [
        ("reference.yaml", 'value: "1/2"', 'value: "3/2"', LawError, "temper is 3/2"),
        ("reference.yaml", 'value: "8"', 'value: "17/2"', LawError, "whole number"),
        ("reference.yaml", "name: draws", "name: least", LawError, "Give each once"),
        ("reference.yaml", "years: 7", "years: seven", LawError, "years"),
        ("reference.yaml", "{through}", "{until}", LawError, "may name"),
        ("reference.yaml", "landmarks: [1,", "landmarks: [0,", LawError, "above zero"),
        ("sittings.csv", "1832,24,21,3,0", "1832,24,21,9,0", LawError, "do not add up"),
        ("sittings.csv", "1832,24,21,3,0", "1832,24,-21,3,0", RecordError, "no whole number"),
        ("weeks.csv", "1,9,50", "1,0,50", LawError, "nobody sits"),
        ("introduced.csv", "2025-01-03,11985", "2025-01-03,many", RecordError, "introduced"),
    ],
)
def test_a_broken_file_is_refused_by_name_and_place(tmp_path, name, old, new, error, told):
    file = copied(tmp_path) / "us" / "forecast" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(error, match=told) as caught:
        Library("us", tmp_path / "library").forecast(CHILD_LABOR, as_of=TODAY, known_as_of=TODAY)
    assert name in str(caught.value)


def test_a_library_without_a_reference_class_says_so(tmp_path):
    library = copied(tmp_path)
    shutil.rmtree(library / "us" / "forecast")
    with pytest.raises(NotApplicable, match="no reference class"):
        Library("us", library).forecast(ERA, as_of=IN_1975)
