"""The footing of each move. Authority: the texts of Article I, 10 U.S.C. 251-254 and 50 U.S.C. 1622, by hand."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from assent.errors import LawError, UnknownName
from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.standoff.footing import footing
from assent.law.doctrine import read_doctrine
from tests.helpers import copy_us, edit

DAY = date(2026, 1, 1)
FEDERAL = ("tolerate", "negotiate", "litigate", "sanction", "force", "yield")
STATE = ("stay", "petition", "defy", "comply", "persist")


@cache
def place() -> Jurisdiction:
    return Jurisdiction("us")


def of(move, *readings, day=DAY):
    doctrine = read_doctrine(place().law, readings)
    return footing(place(), as_of=day, doctrine=doctrine, moves=(move,), state="CA")[0]


def needs(found, procedure):
    """What a way needs, as (label, so many, of so many), in order."""
    (way,) = [way for way in found.procedure if way.procedure == procedure]
    return [(need.label, need.need, need.of) for need in way.needs]


def test_every_move_of_the_game_has_its_footing():
    found = footing(place(), as_of=DAY)
    assert {(f.move, f.side) for f in found} >= {(m, "federal") for m in FEDERAL} | {(m, "state") for m in STATE}
    assert all(f.needs and f.cite and len(f.cites) == len(f.cite) for f in found)
    assert all(f.who_can_stop for f in found if f.side == "federal")
    assert all(place().law.cited(c.partition(", ")[0]) for f in found for s in f.who_can_stop for c in s.cite)


def test_the_moves_that_the_model_has_are_those_on_file():
    from assent.models.standoff.tree import RESPONSES

    assert set(RESPONSES) <= {f.move for f in footing(place(), as_of=DAY) if f.side == "federal"}


def test_force_takes_no_vote_unless_a_reading_asks_for_one():
    name = "us/force/obstruction"
    plain = needs(of("force"), name)
    assert [need[0] for need in plain] == [
        "the President considers that the laws cannot be enforced by the courts",
        "the President orders the insurgents to disperse",
        "he calls out the forces",
    ]
    asked = needs(of("force", "force-without-congress=congress-only"), name)
    assert [n for n in asked if n not in plain] == [
        ("the House of Representatives", 218, 435),
        ("the Senate", 51, 100),
        ("the President signs", 1, 1),
        ("the House of Representatives", 290, 435),
        ("the Senate", 67, 100),
    ]
    reviewed = needs(of("force", "insurrection-judge=courts-review"), name)
    assert [n[0] for n in reviewed if n not in plain] == ["no court finds that the conditions were not met"]


@pytest.mark.parametrize(
    ("day", "there", "not_there"),
    [
        (date(1794, 8, 4), {"us/force/obstruction/1792"}, {"us/force/obstruction", "us/force/rights"}),
        (date(1833, 3, 2), {"us/force/obstruction", "us/force/by-congress"}, {"us/force/obstruction/1792"}),
        (date(1861, 4, 15), {"us/force/obstruction", "us/force/war-in-fact"}, {"us/force/rights", "us/force/guard"}),
        (date(1957, 9, 24), {"us/force/rights", "us/force/guard"}, {"us/force/obstruction/1792"}),
    ],
)
def test_only_the_law_of_the_day_is_shown(day, there, not_there):
    found = {way.procedure for way in of("force", day=day).procedure}
    assert there <= found
    assert not not_there & found


def test_a_judge_had_to_notify_the_president_in_1794():
    found = of("force", day=date(1794, 8, 4))
    (way,) = [way for way in found.procedure if way.procedure == "us/force/obstruction/1792"]
    assert way.needs[0].label == "a federal judge notifies the President"


def test_congress_stops_force_by_law_or_one_house_by_keeping_its_purse():
    found = needs(of("force"), "us/force/end")
    assert ("the House of Representatives", 218, 435) in found
    # A tie defeats a bill: half of the House (218 of 435) or of the Senate (50 of 100) refuses the money.
    assert found[-2:] == [("the House of Representatives", 218, 435), ("the Senate", 50, 100)]


def test_emergency_powers_reach_a_state_only_under_a_reading():
    name = "us/sanction/emergency"
    assert [n[0] for n in needs(of("sanction"), name)] == [
        "the President declares one over a foreign power that helps the state"
    ]
    wide = needs(of("sanction", "emergency-reach=reaches-a-seceding-state"), name)
    assert wide[0][0] == "the President declares an emergency over the state"
    assert name not in {w.procedure for w in of("sanction", day=date(1976, 1, 1)).procedure}


def test_withholding_takes_congress_on_the_prevailing_reading_alone():
    name = "us/sanction/withholding"
    assert [n[0] for n in needs(of("sanction"), name)][:2] == [
        "the President orders it",
        "the House of Representatives",
    ]
    assert needs(of("sanction", "withholding=executive-may"), name) == [("the President orders it", 1, 1)]


def test_the_bar_from_office_is_lifted_by_two_thirds_of_each_house():
    found = needs(of("litigate"), "us/litigate/disqualification/removal")
    assert [n[1:] for n in found] == [(290, 435), (67, 100)]


def test_the_reading_held_is_told_with_its_standing():
    (held,) = [
        u for u in of("force", "insurrection-judge=courts-review").unsettled if u.question == "insurrection-judge"
    ]
    assert (held.reading, held.standing) == ("courts-review", "open")


def test_an_unknown_move_is_refused_with_the_nearest():
    with pytest.raises(UnknownName, match="force"):
        footing(place(), moves=("farce",))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[us/tolerate/decline, us/tolerate/rider]", "[us/tolerate/declin]", "us/tolerate/decline"),
        ("questions: [duty-to-enforce]", "questions: [duty]", "duty-to-enforce"),
        ("cite: [us-const-impeachment, us-const-take-care]", "cite: [us-const-impechment]", "us-const-impeachment"),
        ("    side: federal\n    title: Leave", "    side: federl\n    title: Leave", "federl"),
        ("    side: federal\n    title: Leave", "    sid: federal\n    title: Leave", "sid"),
    ],
)
def test_a_slip_in_the_file_is_found_and_named(tmp_path, old, new, says):
    library = copy_us(tmp_path)
    edit(library / "us" / "standoff" / "moves.yaml", old, new)
    with pytest.raises(LawError) as caught:
        footing(Jurisdiction("us", library))
    assert says in str(caught.value)
    assert "moves.yaml" in str(caught.value) or "authorities" in str(caught.value)
