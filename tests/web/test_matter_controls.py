"""The controls of a matter's page beyond the click: two sets of readings, focus, paper, forced colours, what is said.

The counts under each reading are those of the official lists: 35 ratifications by 1980, five of them rescinded.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ERA = "us/amendment/era"
DAY = "as-of=1980-01-01&known-as-of=2026-01-01"
RESCINDED = {"ID", "KY", "NE", "SD", "TN"}
PHONE = {"width": 390, "height": 844}


def at(found):
    return found.evaluate("document.activeElement.id")


def style(found, selector, name):
    return found.locator(selector).first.evaluate(f"e => getComputedStyle(e).{name}")


def said(found):
    return found.locator("#live").text_content().replace("\u00a0", " ")


# ── two sets of readings ────────────────────────────────────────────────────────────────────────────────────────────


def test_two_sets_are_told_apart_in_a_sentence_and_on_the_tiles(open_):
    found = open_(f"/{ERA}?{DAY}&yes=FL")
    found.click("#b-rescission-effective")
    expect(found.locator("#beside .said")).to_have_text("B counts 5 fewer than A: both pending.")
    assert said(found).endswith("B counts 5 fewer than A: both pending.")
    assert at(found) == "beside"
    rings = found.locator("#beside .side:nth-child(2) .ring")
    assert {ring.split("-")[1] for ring in rings.evaluate_all("all => all.map(e => e.id)")} == RESCINDED
    assert style(found, "#beside .ring rect", "strokeDasharray") == "none"
    assert style(found, "#map .rings path", "strokeDasharray") != "none"  # dashed is what is supposed, and only that
    expect(found.locator("#beside .legend")).to_contain_text("Stands differently")
    expect(found.locator("#beside .tally b")).to_have_text(["36", "31"])


def test_the_second_set_is_chosen_reading_by_reading(open_):
    found = open_(f"/{ERA}?{DAY}&against=rescission:effective")
    found.click("#sets summary")
    found.click("#sB-deadline-not-binding")
    expect(found.locator("#sB-deadline-not-binding")).to_have_attribute("aria-current", "true")
    assert "against=deadline:not-binding,rescission:effective" in found.url
    assert at(found) == "sB-deadline-not-binding"
    assert found.evaluate("document.getElementById('sets').open")
    found.click("#sA-rescission-effective")
    expect(found.locator("#beside .said")).to_have_text("A and B both count 30: both pending.")
    expect(found.locator("#answer .tally")).to_have_text("30 of 38")
    expect(found.locator(".switch.apart legend")).to_have_text(
        ["Does a time limit in the proposing clause bind the states?"]
    )
    found.click("#sB-rescission-void")  # back to the default, which is said aloud so that the set stays
    expect(found.locator("#beside .tally b")).to_have_text(["30", "35"])


def test_two_sets_are_chosen_without_a_script(open_):
    found = open_(f"/{ERA}?{DAY}", java_script_enabled=False)
    found.click("#b-rescission-effective")
    found.click("#b-deadline-not-binding")
    assert "against=deadline:not-binding,rescission:effective" in found.url
    found.click("#sets summary")
    found.click("#sA-rescission-effective")
    expect(found.locator("#beside .tally b")).to_have_text(["30", "30"])


def test_two_sets_beside_each_other_are_level(open_):
    found = open_(f"/{ERA}?{DAY}&against=deadline:not-binding,rescission:effective")
    for part in (".tally", ".meter", ".tiles"):
        one, other = (box.bounding_box() for box in found.locator(f"#beside .side {part}").all())
        assert one["y"] == pytest.approx(other["y"], abs=1), part


# ── the focus, and what is said ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "control"),
    [
        ("&yes=FL", "#clear"),
        ("&yes=FL", "#x-FL"),
        ("&yes=FL", "#reset"),
        ("&against=rescission:effective", "#close-beside"),
        ("", "#go-today"),
        ("", "#b-rescission-effective"),
    ],
)
def test_a_control_that_goes_leaves_the_focus_where_it_stood(open_, query, control):
    found = open_(f"/{ERA}?{DAY}{query}")
    part = found.locator(control).evaluate("e => e.closest('[data-live]').id")
    found.focus(control)
    found.keyboard.press("Enter")
    expect(found.locator(control)).to_have_count(0)
    found.wait_for_function("document.activeElement !== document.body")
    assert at(found) in {part, "beside"}


def test_what_looks_like_a_button_answers_to_the_space_bar(open_):
    found = open_(f"/{ERA}?{DAY}")
    for control, shown in (("#r-rescission-effective", "30 of 38"), ("#r-rescission-void", "35 of 38")):
        found.focus(control)
        found.keyboard.press(" ")
        expect(found.locator("#answer .tally")).to_have_text(shown)
        assert at(found) == control[1:]
    found.focus("#step-back")
    found.keyboard.press(" ")
    expect(found.locator("#map-h")).to_contain_text("1979")


def test_every_change_can_be_undone(open_):
    found = open_(f"/{ERA}?{DAY}")
    expect(found.locator("[data-undo]")).to_be_hidden()
    found.click("#r-rescission-effective")
    expect(found.locator("#answer .tally")).to_have_text("30 of 38")
    found.click("[data-undo]")
    expect(found.locator("#answer .tally")).to_have_text("35 of 38")
    expect(found.locator("[data-undo]")).to_be_hidden()


def test_a_day_is_said_with_its_count(open_):
    found = open_(f"/{ERA}?as-of=1979-01-01")
    slide = found.locator("#slide")
    assert slide.get_attribute("aria-valuetext").replace("\u00a0", " ") == "1 January 1979"
    found.focus("#slide")
    found.keyboard.press("ArrowRight")
    expect(slide).to_have_attribute("aria-valuetext", "1\u00a0March\u00a01979")
    expect(found.locator("#live")).to_contain_text("States on 1\u00a0March\u00a01979: 35 of 38.")
    found.click("#m-FL text")
    expect(found.locator("#live")).to_contain_text("36 of 38")
    assert said(found).startswith("36 of 38")  # the day is the same, and not said again


def test_play_is_quiet_until_it_stops(open_):
    found = open_(f"/{ERA}?as-of=1972-03-22")
    found.evaluate(
        "() => { window.told = []; const live = document.getElementById('live');"
        " new MutationObserver(() => window.told.push(live.textContent)).observe(live, {childList: true}); }"
    )
    found.click("#play")
    expect(found.locator("#map-h")).to_contain_text("24\u00a0March\u00a01972")
    assert found.evaluate("window.told") == []
    found.click("#play")
    expect(found.locator("#live")).to_contain_text("of 38")


def test_the_answer_stays_in_sight(open_):
    found = open_(f"/{ERA}?{DAY}")
    brief = found.locator("#brief")
    expect(brief).to_be_hidden()
    found.locator("#r-rescission-effective").scroll_into_view_if_needed()
    expect(brief).to_be_visible()
    expect(brief).to_contain_text("35 of 38")
    found.click("#r-rescission-effective")
    expect(brief).to_contain_text("30 of 38")
    brief.click()
    expect(brief).to_be_hidden()


@pytest.mark.parametrize(("size", "drawn"), [({"width": 1366, "height": 900}, "map"), (PHONE, "tiles")])
def test_the_view_that_is_drawn_is_the_one_marked(open_, size, drawn):
    found = open_(f"/{ERA}", viewport=size)
    expect(found.locator(f"#{drawn}")).to_be_visible()
    assert found.locator("#views [aria-current]").evaluate_all("all => all.map(e => e.id)") == [f"view-{drawn}"]
    plain = {style(found, f"#view-{name}", "backgroundColor") for name in {"map", "tiles", "list"} - {drawn}}
    assert len(plain) == 1
    assert style(found, f"#view-{drawn}", "backgroundColor") not in plain


def test_what_is_taken_elsewhere_leads_back_here(open_, base):
    found = open_(f"/{ERA}?{DAY}&yes=FL")
    assert f" {base}/{ERA}?{DAY}&yes=FL" in found.locator("#share-cite").text_content()
    assert f'src="{base}/embed/{ERA}?' in found.locator("#share-embed").text_content()


def test_a_list_on_a_phone_shows_what_can_be_supposed(open_):
    found = open_(f"/{ERA}?{DAY}&view=list", viewport=PHONE)
    button = found.locator("#l-FL-yes")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box["x"] + box["width"] <= PHONE["width"]
    assert min(box["width"], box["height"]) >= 24  # WCAG 2.2, 2.5.8
    button.click()
    expect(found.locator("#answer .tally")).to_have_text("36 of 38")
    assert 'rowheader "Florida"' in found.locator("#list").aria_snapshot()


@pytest.mark.parametrize("width", [320, 768, 1000, 1100, 1440])
def test_what_explains_a_term_is_in_sight(open_, width):
    found = open_(f"/{ERA}?{DAY}&yes=FL", viewport={"width": width, "height": 900})
    for path in ("", "/"):
        if path:
            found.goto(found.url.partition(f"/{ERA}")[0] + path)
        terms = found.locator(".term:visible")
        for number in range(terms.count()):
            terms.nth(number).locator("a").focus()
            box = terms.nth(number).locator("[role=tooltip]").bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert found.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ── paper, forced colours, and both at once with what is compared ───────────────────────────────────────────────────


def test_what_is_folded_is_printed(open_):
    found = open_(f"/{ERA}?{DAY}", java_script_enabled=False)
    dispute, sources = found.locator("#about-deadline p").first, found.locator("details.cites li").first
    high = "e => e.checkVisibility({contentVisibilityAuto: true}) && e.getBoundingClientRect().height"
    assert not dispute.evaluate(high)
    found.emulate_media(media="print")
    assert dispute.evaluate(high) > 10
    assert sources.evaluate(high) > 10
    for control in ("#play", "#views", "#days", "#days-list", ".beside", "#go-today", ".lede"):
        expect(found.locator(control).first).to_be_hidden()


def test_a_printer_opens_what_is_folded_and_closes_it_again(open_):
    found = open_(f"/{ERA}?{DAY}")
    found.evaluate("document.getElementById('notes').open = true")
    closed = "document.querySelectorAll('details:not([open])').length"
    before = found.evaluate(closed)
    assert before > 10
    found.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert found.evaluate(closed) == 0
    found.evaluate("dispatchEvent(new Event('afterprint'))")
    assert found.evaluate(closed) == before
    assert found.evaluate("document.getElementById('notes').open")


def test_a_dark_choice_does_not_reach_the_paper(open_):
    found = open_(f"/{ERA}?{DAY}", color_scheme="dark")
    light = style(found, "#m-CA path", "fill")
    found.emulate_media(media="print", color_scheme="dark")
    assert style(found, "body", "backgroundColor") == "rgb(255, 255, 255)"
    assert style(found, "#m-CA path", "fill") != light


def test_forced_colours_keep_what_colours_say(open_):
    found = open_(f"/{ERA}?{DAY}&rescission=effective&yes=FL", forced_colors="active")
    assert style(found, "#m-CA path", "fill") != style(found, "#m-ID path", "fill")
    assert style(found, "#view-map", "backgroundColor") != style(found, "#view-tiles", "backgroundColor")
    here, other = (
        style(found, f".top nav a{which}", "borderBottomColor") for which in ("[aria-current]", ":not([aria-current])")
    )
    assert here != other
    dot = "e => getComputedStyle(e, '::before').borderTopWidth"
    held, free = (found.locator(f"#r-rescission-{name}").evaluate(dot) for name in ("effective", "void"))
    assert float(held.removesuffix("px")) > 2 * float(free.removesuffix("px"))
    assert style(found, "#map .rings path", "stroke") == found.evaluate(
        "() => { document.body.style.color = 'CanvasText'; return getComputedStyle(document.body).color; }"
    )


@pytest.mark.parametrize("size", [{"width": 1366, "height": 900}, PHONE])
def test_two_sets_that_are_open_are_accessible(open_, size):
    found = open_(f"/{ERA}?{DAY}&against=deadline:not-binding", viewport=size, bypass_csp=True)
    found.click("#sets summary")
    result = Axe().run(found)
    assert result.violations_count == 0, result.generate_report()
    for width in (320, 390, 768, 1440):
        found.set_viewport_size({"width": width, "height": 900})
        assert found.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_the_tree_of_the_page_is_in_order(open_):
    found = open_(f"/{ERA}?{DAY}")
    levels = found.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))
    told = found.locator("body").aria_snapshot()
    assert [mark for mark in ("- banner:", "- main:", "- contentinfo:") if mark not in told] == []
    for name in ("The answer", "States on", "What the law leaves open", "Why", "What the answer turns on"):
        assert re.search(rf'region "{name}', told), name
    assert 'link "Florida: Has not ratified. Suppose yes"' in told
    assert found.locator("[role=status][aria-live=polite]").count() == 1


# ── other pages of the same half ────────────────────────────────────────────────────────────────────────────────────


def test_a_day_of_the_record_does_not_run_into_its_act(open_):
    found = open_("/record")
    for row in found.locator(".actlist > li").all():
        edge = row.locator(".on b").evaluate(
            "e => { const text = document.createRange(); text.selectNodeContents(e);"
            " return text.getBoundingClientRect().right; }"
        )
        assert edge < row.locator("> div").nth(1).bounding_box()["x"]


def test_the_index_of_law_leads_to_its_parts(open_):
    found = open_("/law")
    links = found.locator(".toc a")
    for at_ in range(links.count()):
        part = found.locator(links.nth(at_).get_attribute("href"))
        expect(part).to_contain_text(links.nth(at_).text_content())
    expect(found.locator("#g-2")).to_have_text("Article V")


def test_the_cards_of_the_front_page_are_level(open_):
    found = open_("/", viewport={"width": 1440, "height": 900})
    for part in (".tally", ".tiles", ".aside"):
        tops = [box.bounding_box()["y"] for box in found.locator(f".stand > li > {part}").all()]
        assert len(tops) > 2
        assert max(tops) - min(tops) <= (1 if part != ".tally" else 2), part


@pytest.mark.parametrize("size", [{"width": 320, "height": 700}, PHONE])
def test_an_answer_of_the_terminal_fits_a_phone(open_, size):
    found = open_(f"/hinge/{ERA}", viewport=size)
    assert found.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_question_leads_to_its_readings_side_by_side(open_):
    found = open_("/question/rescission")
    found.locator("[href*='era?against=']").click()
    expect(found.locator("#beside-h")).to_be_visible()
    expect(found.locator("#beside .tally")).to_have_count(2)


def test_a_column_that_says_nothing_is_not_drawn(open_):
    found = open_("/matters?kind=secession")
    assert "Proposed" not in found.locator("thead").all_text_contents()[0]
    found.goto(found.url.replace("secession", "amendment"))
    expect(found.locator("thead")).to_contain_text("Proposed")
