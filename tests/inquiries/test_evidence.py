"""The evidence on past exits. Authority: the votes on file, counts by hand, and the Jeffreys interval by scipy."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

import pytest
from scipy.stats import beta

from assent.errors import LawError, RecordError
from assent.inquiries.exit.evidence import evidence_of
from assent.inquiries.jurisdiction import Jurisdiction
from tests.helpers import US, copy_us, edit

DAY = date(2026, 1, 1)
AGREED = {
    "iceland-1944-05", "eritrea-1993-04", "east-timor-1999", "montenegro-2006-05", "south-sudan-2011-01",
    "bougainville-2019-11",
}  # fmt: skip


@cache
def found():
    return evidence_of(Jurisdiction("us"), DAY)


def votes():
    with (US / "exit" / "referendums.csv").open(encoding="utf-8", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def test_the_universe_is_what_it_says():
    """Every vote on leaving with a majority for it is coded, or left out with a reason."""
    won = {name for name, row in votes().items() if row["kind"] == "exit" and float(row["share"]) > 50}
    coded = {r.vote for r in found().responses}
    assert coded | {out.vote for out in found().left_out} == won
    assert not coded & {out.vote for out in found().left_out}
    assert all(out.why for out in found().left_out)


def test_the_groups_by_hand():
    """Carried out: five of the five that are decided with consent; Norway and four from the USSR of 14 without."""
    assert {r.vote for r in found().responses if r.prior_consent} == AGREED
    without = {r.vote for r in found().responses if not r.prior_consent and r.implemented == "yes"}
    assert without == {
        "norway-1905-08", "lithuania-1991-02", "estonia-1991-03", "latvia-1991-03", "ukraine-1991-12",
    }  # fmt: skip
    assert [(s.implemented, s.decided, s.pending, s.forced) for s in found().splits] == [
        (5, 5, 1, 0), (5, 14, 0, 6), (1, 10, 0, 4),
    ]  # fmt: skip


def test_every_case_says_what_it_was_checked_against():
    assert all(r.source and r.checked in {"text", "row"} for r in found().responses)
    assert all(bool(r.consent) == r.prior_consent for r in found().responses)
    assert sum(r.checked == "text" for r in found().responses) >= 10


@pytest.mark.parametrize("rate", found().rates, ids=lambda rate: rate.id)
def test_an_interval_is_that_of_its_counts(rate):
    ends = [float(beta.ppf(q, rate.k + 0.5, rate.n - rate.k + 0.5)) for q in (0.025, 0.975)]
    digits = 5 if rate.bears_on == "amendment" else 3
    assert [rate.low, rate.high] == pytest.approx(ends, abs=0.6 * 10**-digits)
    assert rate.low < rate.share < rate.high
    assert rate.universe
    assert rate.caution
    assert rate.source


def test_the_standoff_takes_the_chance_of_victory_from_here():
    from assent.inquiries.standoff.parameters import given_of

    (rate,) = [r for r in found().rates if r.id == "state-prevails"]
    given = given_of(Jurisdiction("us"))
    assert float(given.fraction("victory")) == round(float(rate.share), 2)
    drawn = given.parameters["victory"].range
    assert (drawn.low, drawn.high) == (round(rate.low, 2), round(rate.high, 2))


def test_the_conflicts_of_2016_are_not_about_leaving():
    about = {c.id: (c.about_leaving, c.deaths_low, c.deaths_high) for c in found().conflicts}
    assert about["turkey-2016"] == (False, 265, 265)
    assert about["colombia-1958"] == (False, 218_094, 220_000)
    assert about["united-states-1861"][0]


@pytest.mark.parametrize(
    ("day", "count"), [("1861-02-22", 0), ("1861-12-31", 3), ("1990-12-31", 7), ("2026-01-01", 20)]
)
def test_nothing_is_known_before_it_happened(day, count):
    early = evidence_of(Jurisdiction("us"), date.fromisoformat(day))
    assert len(early.responses) == count
    assert sum(s.decided + s.pending for s in early.splits[:2]) == count


@pytest.mark.parametrize(
    ("file", "old", "new", "error", "says"),
    [
        ("responses.csv", "norway-1905-08,", "norway-1905-09,", RecordError, "norway-1905-09"),
        ("responses.csv", ",negotiate,yes", ",negociate,yes", RecordError, "negociate"),
        ("responses.csv", ",negotiate,yes", ",negotiate,perhaps", RecordError, "perhaps"),
        ("base_rates.csv", ",52,86,", ",52,-86,", RecordError, "whole number"),
        ("base_rates.csv", ",0.499,", ",half,", RecordError, "no number"),
        ("evidence.yaml", "lead: >", "leads: >", LawError, "leads"),
    ],
)
def test_a_slip_in_the_data_is_found_and_named(tmp_path, file, old, new, error, says):
    library = copy_us(tmp_path)
    edit(library / "us" / "exit" / file, old, new)
    with pytest.raises(error) as caught:
        evidence_of(Jurisdiction("us", library), DAY)
    assert says in str(caught.value)
