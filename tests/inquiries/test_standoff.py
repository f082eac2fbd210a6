"""The standoff as a library is asked it: parameters and their standing, what follows, and what is refused."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from assent.errors import LawError, QueryError
from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.library import Library
from assent.inquiries.standoff.parameters import given_of
from assent.inquiries.standoff.standoff import Ask, efg_of
from assent.inquiries.standoff.unasked import unasked_of
from assent.models.standoff import conditions
from assent.models.standoff.parameters import NUMBERS
from assent.render.html import html
from assent.render.pages import page_of
from tests.helpers import copy_us, edit
from tests.models.standoff.crowd import DEFAULTS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "standoff.md"
DAY = "2026-11-01"
FEW = Ask(draws=400)
# The table of parameters: symbol, default, standing. Kept apart from the library's file, which must say the same.
TABLE = {
    "s": ("1", "assumption"), "p": ("0.72", "evidence"), "kF": ("0.6", "assumption"), "kS": ("0.8", "assumption"),
    "lF": ("0.003", "assumption"), "lS": ("0.003", "assumption"), "xF": ("0.03", "assumption"),
    "xS": ("0.3", "assumption"), "aF": ("0.05", "assumption"), "aS": ("0.1", "assumption"), "R": ("0.5", "assumption"),
    "φ": ("0.4", "assumption"), "η": ("0.15", "assumption"), "j": ("0.995", "assumption"),
    "q": ("0.001", "assumption"), "rc": ("0.98", "assumption"), "ru": ("0.05", "assumption"),
    "u": ("0.35", "assumption"), "mS": ("0.02", "assumption"), "D": ("0.05", "assumption"),
}  # fmt: skip


@pytest.fixture(scope="module")
def us():
    return Library("us")


@pytest.fixture(scope="module")
def found(us):
    return us.standoff("CA", ask=FEW, as_of=DAY)


def test_the_defaults_are_those_of_the_table_and_only_one_is_evidence(found):
    held = {p.symbol: p for p in found.parameters}
    for symbol, (value, standing) in TABLE.items():
        assert Fraction(held[symbol].exact) == Fraction(value)
        assert held[symbol].value == float(value)
        assert held[symbol].standing == standing
    assert [p.symbol for p in found.parameters if p.standing == "evidence"] == ["p"]
    assert all(p.unit and p.why and p.source and p.label for p in found.parameters)
    assert held["Λ"].value is None
    assert held["p"].range.low == 0.63
    assert given_of(Jurisdiction("us")).numbers == DEFAULTS


def test_the_document_shows_the_same_defaults():
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([\d., ]+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    shown = {}
    for symbols, values in rows:
        names, numbers = symbols.split(", "), values.split(", ")
        shown |= dict(zip(names, numbers if len(numbers) > 1 else numbers * len(names), strict=True))
    assert {symbol: Fraction(value) for symbol, value in shown.items()} == {
        symbol: Fraction(value) for symbol, (value, _) in TABLE.items()
    }


def test_a_notebook_shows_the_map_as_a_picture_that_can_be_read_out(us, found):
    said = html(page_of(found, us.place))
    assert '<pre role="img" aria-label="What happens over chance that the federal side prevails by force' in said
    assert found.map.rows[-1][:20] in said


def test_every_number_of_the_model_has_an_entry(us):
    given = given_of(us.place)
    assert {name.replace("_", "-") for name in NUMBERS} <= set(given.parameters)
    assert all(p.range or p.unit == "choice" or p.use != "game" or p.name == "stake" for p in given.parameters.values())


def test_at_the_defaults_the_state_stays_because_defiance_would_end_in_court(found):
    assert [step.move for step in found.path] == ["stay"]
    assert found.if_defied.best_reply == "litigate"
    assert [step.move for step in found.if_defied.path] == ["litigate", "for-federal", "comply"]
    assert found.if_defied.path[1].probability == 0.995
    assert found.if_defied.payoffs.federal == pytest.approx(-0.008375)
    assert found.if_defied.payoffs.state == pytest.approx(-0.097565)
    assert found.if_defied.path[0].margin == pytest.approx(0.021625)
    assert not found.ties
    assert not found.others


def test_break_even_values_are_exact_and_come_with_their_formula(found):
    held = {b.id: b for b in found.break_even if b.formula}
    credible = held["force-is-credible"]
    assert (credible.symbol, credible.relation, credible.exact, credible.holds) == ("kF", "below", "113/100", True)
    assert "only if force costs it less than 1.13 federal units" in credible.text
    assert held["state-folds"].exact == "2071/10000"
    assert held["lawful-route-pays"].exact == "20/937"
    assert held["force-is-credible-by-odds"].exact == "11/30"
    turns = {(b.symbol, b.exact) for b in found.break_even if b.id == "turn"}
    assert {("kF", "113/100"), ("p", "11/30"), ("s", "60/113"), ("q", "20/937")} <= turns
    distances = [abs(b.value - b.here) / max(abs(b.here), 1e-9) for b in found.break_even if b.id == "turn"]
    assert distances == sorted(distances)


def test_the_ladder_shows_why_tolerance_does_not_extrapolate(found):
    assert [(rung.fate, rung.exact_from) for rung in found.ladder] == [
        ("tolerated", "0"), ("deterred", "3/155"), ("tolerated", "3/22"), ("deterred", "60/113"),
    ]  # fmt: skip
    assert [rung.begins.partition(":")[2].strip().rstrip(".") for rung in found.ladder[1:]] == [
        "s₁ = xF/(1+R+aF)", "s₂ = ½·xS/(1+aS)", "s₃ = kF/(p(1+R)+aF)",
    ]  # fmt: skip
    assert [(k.name, k.fate) for k in found.known] == [("a marijuana law", "tolerated"), ("leaving", "deterred")]
    assert "a marijuana law is tolerated, leaving is deterred" in found.extrapolation
    assert "3 times" in found.extrapolation


def test_responses_and_errors_agree_with_each_other(found):
    answers = found.responses
    assert [name for name in answers.__struct_fields__ if getattr(answers, name).best] == ["litigate"]
    assert answers.force.payoffs.federal == pytest.approx(-0.6 - 0.28 * 1.5)
    assert [c.precision for c in answers.force.chances] == [3, 5, 10, 20, 30] == [e.precision for e in found.quantal]
    for at, one in enumerate(found.quantal):
        assert one.stays + one.petitions + one.defies == pytest.approx(1)
        total = sum(getattr(answers, name).chances[at].probability for name in answers.__struct_fields__)
        assert total == pytest.approx(1)
        assert one.force > answers.force.chances[at].probability
    forces = [one.force for one in found.quantal]
    assert forces == sorted(forces, reverse=True)


def test_the_tree_is_whole_and_every_node_has_its_payoffs(found):
    by_id = {branch.id: branch for branch in found.tree}
    assert len(by_id) == len(found.tree) == 62
    for branch in found.tree[1:]:
        assert branch.parent in by_id
        assert branch.text
        below = [b for b in found.tree if b.parent == branch.parent]
        if branch.probability is not None:
            assert sum(b.probability for b in below) == pytest.approx(1)
        else:
            assert sum(b.chosen for b in below) == 1
        assert all(sum(b.odds[at] for b in below) == pytest.approx(1) for at in range(5))
    names = {law.move for law in found.footing}
    assert {"force", "litigate", "sanction", "defy"} <= names
    assert by_id["defy/force"].footing == "force"
    assert {b.footing for b in found.tree} - {""} <= names


def test_the_map_marks_where_we_are_and_its_regions_fill_it(found):
    drawn = found.map
    assert (drawn.x.symbol, drawn.y.symbol) == ("p", "kF")
    assert len(drawn.rows) * len(drawn.rows[0]) == 800
    assert sum(region.share for region in drawn.regions) == pytest.approx(1)
    assert set("".join(drawn.rows)) == {region.letter for region in drawn.regions}
    (here,) = [region for region in drawn.regions if region.here]
    assert (here.path, here.defied) == (found.outcome, found.if_defied.outcome)
    for region in drawn.regions:
        count = sum(row.count(region.letter) for row in drawn.rows)
        assert count / 800 == pytest.approx(region.share)


def test_a_map_over_any_two_parameters(us):
    found = us.standoff("VT", ask=Ask("stake=0.2:1:9,R=0:3:7", draws=400), as_of=DAY)
    assert found.map.asked == "stake=0.2:1:9,precedent-cost=0:3:7"
    assert "--map stake=0.2:1:9,precedent-cost=0:3:7" in found.reproduce
    assert found.map.x.values[0] == 0.2
    assert [len(row) for row in found.map.rows] == [9] * 7


def test_what_drives_the_chance_of_force_is_errors_and_then_what_force_costs_the_state(us):
    found = us.standoff("CA", as_of=DAY)
    force = next(one for one in found.sensitivity if one.of == "force")
    assert [driver.symbol for driver in force.drivers[:2]] == ["Λ", "kS"]
    assert force.drivers[0].at_low > force.drivers[0].at_high
    assert any(note.startswith("The chance of force depends mainly on Λ") for note in found.notes)
    assert {one.of for one in found.sensitivity} == {"defies", "tolerate", "negotiate", "litigate", "sanction", "force"}
    assert all(one.low <= one.median <= one.high for one in found.sensitivity)


def test_draws_are_the_same_for_the_same_seed_and_hold_what_was_set(us):
    one, same, other = (
        us.standoff("CA", {"kF": "0.7"}, ask=Ask(draws=400, seed=seed), as_of=DAY) for seed in (1, 1, 2)
    )
    assert one == same
    assert one.sensitivity != other.sensitivity
    drawn = one.prior_predictive
    assert "federal-force-cost" not in drawn.ranges
    assert drawn.ranges["victory"] == (0.63, 0.8, "even")
    assert sum(share.share for share in drawn.path) == pytest.approx(1)
    assert drawn.draws == 400


def test_numbers_can_be_set_by_name_and_symbol_and_say_so(us):
    found = us.standoff("CA", ["kF=13/10", "unrecognised-worth=40%", "lambda=7", "statehood=no"], ask=FEW, as_of=DAY)
    held = {p.name: p for p in found.parameters}
    assert held["federal-force-cost"].exact == "13/10"
    assert held["unrecognised-worth"].exact == "2/5"
    assert held["precision"].value == 7
    assert held["federal-force-cost"].given == "--set"
    assert held["federal-force-cost"].range is None
    assert [one.precision for one in found.quantal] == [7]
    assert us.standoff("CA", {"kF": 1.3}, ask=FEW, as_of=DAY).if_defied.best_reply == "negotiate"


def test_evidence_that_was_set_is_an_assumption(us):
    found = us.standoff("CA", {"p": "0.72"}, ask=FEW, as_of=DAY)
    assert {p.standing for p in found.parameters} == {"assumption"}
    assert "every number is an assumption" in found.notes[0]


def test_a_tie_is_told_with_the_other_equilibria(us):
    found = us.standoff("CA", {"kF": "1.13"}, ask=FEW, as_of=DAY)
    assert any(tie.moves == ("yield", "force") for tie in found.ties)
    assert "stay" in {found.outcome, *found.others}
    assert "defy/negotiate/50%/accept" in {found.outcome, *found.others}


def test_a_lump_sum_precedent_can_leave_no_bargain(us):
    found = us.standoff("CA", scenario="no-bargain", ask=FEW, as_of=DAY)
    assert found.bargaining.shares is None
    assert "No share" in found.bargaining.text
    assert found.scenario == "Any concession is a precedent"
    assert {b.fate for b in found.ladder} >= {"fought"}
    assert us.standoff("CA", ask=FEW, as_of=DAY).bargaining.shares == (0.0, pytest.approx(0.85))


def test_every_scenario_that_ships_can_be_asked(us):
    for file in (us.place.root / "standoff" / "scenarios").glob("*.yaml"):
        found = us.standoff("CA", scenario=file.stem, ask=FEW, as_of=DAY)
        assert found.scenario
        assert found.about
        assert f"--scenario {file.stem}" in found.reproduce


def test_a_scenario_of_ones_own_goes_before_the_defaults_and_after_what_is_set(us, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("title: Mine\nset: {kF: 0.9, p: 0.5}\nranges: {kS: {from: 0.1, to: 2, spread: log}}\n")
    found = us.standoff("CA", {"p": "0.6"}, scenario=str(file), ask=FEW, as_of=DAY)
    held = {p.symbol: p for p in found.parameters}
    assert (held["kF"].exact, held["p"].exact) == ("9/10", "3/5")
    assert held["kF"].given == "mine.yaml"
    assert found.prior_predictive.ranges["state-force-cost"] == (0.1, 2.0, "log")


def test_private_types_give_the_bluff_of_the_closed_form(us):
    ask = Ask(private=True, draws=400, without=("negotiate", "sanction"))
    found = us.standoff("CA", {"j": "1", "pi": "0.2"}, ask=ask, as_of=DAY)
    resolve = found.resolve
    assert resolve.sequential
    assert resolve.information_sets == 6
    assert resolve.bluff.bluffs == pytest.approx(float(conditions.bluff(DEFAULTS, Fraction(1, 5)).bluffs))
    assert resolve.responses["soft"]["litigate"] == pytest.approx(resolve.bluff.bluffs, abs=1e-4)
    assert resolve.responses["tough"]["litigate"] == pytest.approx(1, abs=1e-4)
    assert resolve.defies == pytest.approx(1, abs=1e-4)
    court = next(one for one in resolve.play if one.node == "defy/litigate/for-federal")
    assert court.believes["tough"] == pytest.approx(resolve.bluff.belief, abs=1e-4)
    assert found.responses.negotiate is None
    assert "--without negotiate --without sanction --private" in found.reproduce


def test_private_types_of_both_sides_at_a_precision(us):
    found = us.standoff("CA", {"piS": "0.5", "Lambda": "8"}, ask=Ask(private=True, draws=400), as_of=DAY).resolve
    assert (found.precision, found.sequential, found.information_sets) == (8, False, 34)
    assert found.residual < 1e-9
    assert [kind.name for kind in found.types] == ["tough", "soft", "firm", "weak"]
    assert 0 < found.force < 1


def test_the_lawful_route_can_come_from_assent_chance(us):
    found = us.standoff("CA", ask=FEW, as_of="2026-11-23", q_from="0.6")
    q = next(p for p in found.parameters if p.symbol == "q")
    chance = us.chance("us/exit/article-v", 0.6, as_of="2026-11-23", state="CA")
    assert q.value == chance.probability
    assert "assent chance us/exit/article-v" in q.why
    assert "--q-from 0.6" in found.reproduce


def test_the_game_is_written_for_gambit_as_it_was_asked(us):
    found = us.standoff("CA", {"pi": "0.2"}, ask=Ask(private=True, draws=400, without=("sanction",)), as_of=DAY)
    text = efg_of(found)
    assert text.startswith('EFG 2 R "California: without asking" { "state" "federal" }')
    assert '"tough" 1/5 "soft" 4/5' in text
    assert '"sanction"' not in text
    assert '"prevails" 18/25 "fails" 7/25' in text


def test_readings_and_days_go_through_to_the_law_of_each_move(us):
    question = us.questions["force-without-congress"]
    other = next(reading.id for reading in question.readings if reading.id != question.default)
    found = us.standoff("CA", ask=FEW, as_of=DAY, readings={question.question: other})
    assert found.readings[question.question] == other
    force = next(law for law in found.footing if law.move == "force")
    assert other in {unsettled.reading for unsettled in force.unsettled}
    assert f"--reading {question.question}={other}" in found.reproduce
    assert {"assent", "law", "record", "standoff"} == set(found.versions)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"p": 1.2}, "is no share or probability"),
        ({"p": -0.1}, "is no share or probability"),
        ({"kF": -1}, "is no cost"),
        ({"kF": float("nan")}, "is no number"),
        ({"kF": float("inf")}, "is no number"),
        ({"kF": "1e400"}, "is no cost"),
        ({"kF": ""}, "is no number"),
        ({"kF": True}, "is no number"),
        ({"kF": None}, "is no number"),
        ({"kF": "1/0"}, "is no number"),
        ({"kF": "0.5.5"}, "is no number"),
        ({"s": 0}, "is no stake"),
        ({"s": 1.5}, "is no stake"),
        ({"N": 2.5}, "is no count"),
        ({"delta": 1}, "is no discount"),
        ({"Lambda": -3}, "is no precision"),
        ({"statehood": "perhaps"}, "is no value of statehood"),
        ({"resolve": 1}, "is no parameter of a standoff"),
        (["kF"], "sets nothing"),
        (["=1"], "sets nothing"),
    ],
)
def test_wrong_numbers_are_refused_with_the_place_and_a_remedy(us, settings, told):
    with pytest.raises(QueryError, match=told) as refused:
        us.standoff("CA", settings, ask=FEW, as_of=DAY)
    assert refused.value.where.startswith("--set")
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (Ask("kF"), "no two parameters"),
        (Ask("kF,kF"), "both sides"),
        (Ask("kF,Lambda"), "cannot be drawn"),
        (Ask("kF=1:0,kS"), "no range"),
        (Ask("kF=0:1:200,kS=0:1:200"), "40,000 cells"),
        (Ask(draws=3), "draws"),
        (Ask(draws=10**9), "draws"),
        (Ask(seed=-1), "seed"),
        (Ask(without=("plead",)), "no response"),
        (Ask(without=("tolerate", "negotiate", "litigate", "sanction", "force")), "left"),
    ],
)
def test_wrong_questions_are_refused(us, ask, told):
    with pytest.raises(QueryError, match=told):
        us.standoff("CA", ask=ask, as_of=DAY)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "empty"),
        ("title: t\nset: {kF: -1}\n", "no cost"),
        ("title: t\nsets: {kF: 1}\n", "unknown field"),
        ("title: t\nset: {zz: 1}\n", "no parameter"),
        ("title: t\nset: [kF]\n", "Expected"),
        ("title: t\nranges: {kF: {from: 2, to: 1}}\n", "no range"),
        ("title: t\nset: {kF: .nan}\n", "no number"),
        ("a: [\n", "Not YAML"),
    ],
)
def test_wrong_scenarios_are_refused_with_file_and_line(us, tmp_path, text, told):
    file = tmp_path / "wrong.yaml"
    file.write_text(text)
    with pytest.raises(QueryError, match=told) as refused:
        us.standoff("CA", scenario=str(file), ask=FEW, as_of=DAY)
    assert "wrong.yaml" in refused.value.where


def test_a_library_whose_own_numbers_are_wrong_is_refused(tmp_path):
    library = copy_us(tmp_path)
    edit(library / "us" / "standoff" / "parameters.yaml", 'value: "0.72"', 'value: "1.72"')
    with pytest.raises(LawError, match="no share or probability") as refused:
        given_of(Jurisdiction("us", library))
    assert "parameter victory" in refused.value.where


def test_scenarios_say_only_numbers_that_there_are(us):
    for file in (us.place.root / "standoff" / "scenarios").glob("*.yaml"):
        held = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert set(held) <= {"title", "about", "set", "ranges"}


def test_the_ways_out_show_the_standoff_in_short(us):
    found = unasked_of(us.place, "CA", "California")
    assert [step.move for step in found.path] == ["stay"]
    assert [b.id for b in found.break_even] == ["force-is-credible", "state-folds", "lawful-route-pays"]
    assert found.measured == ("p",)
    assert found.more == "assent standoff CA"
