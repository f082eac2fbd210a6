"""The pages of the counting questions in a browser: by mouse, by key, and without a script."""

from __future__ import annotations

import re
from math import exp

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import assent
from assent.web import pages
from tests.web.doors import library

V, ACT = "us/article-v", "us/act-of-congress"
DAY = "as-of=2026-01-01"
DRIVEN = [
    f"/power/{V}?{DAY}&by=state",
    f"/coalitions/{V}?{DAY}",
    f"/chance/{V}?{DAY}&p=0.7&over=*&world=1",
    f"/plan/{V}?{DAY}",
]


@pytest.mark.parametrize("path", DRIVEN)
def test_a_page_is_accessible_and_never_too_wide(open_, path):
    found = open_(path, bypass_csp=True)
    result = Axe().run(found)
    assert result.violations_count == 0, result.generate_report()
    found.emulate_media(color_scheme="dark")
    result = Axe().run(found, options={"runOnly": ["color-contrast"]})
    assert result.violations_count == 0, result.generate_report()
    for width in (320, 390, 600, 768, 1024, 1440):
        found.set_viewport_size({"width": width, "height": 900})
        assert found.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


# ── what takes long ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_still_worked_out_is_asked_for_again(open_):
    found = open_(f"/chance/{ACT}?{DAY}&p=0.6", allow={"503"})
    asked = []

    def busy(route):
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()
            return
        route.fulfill(status=503, headers={"Retry-After": "1", "Content-Type": "text/html"}, body="<h1>Later</h1>")

    found.route("**/chance/**factor**", busy)
    found.select_option("#f-nation", "nation=0.3")
    expect(found.locator("#live")).to_have_text("Still working it out")
    expect(found.locator(".assumed").first).to_contain_text("nation 0.3")
    assert len(asked) == 2
    assert "factor=nation" in found.url


def test_a_refusal_for_now_can_be_asked_again_without_a_script():
    html = pages.error(503, "Busy", "This takes long to work out.", "Ask again in 10 seconds.")
    assert '<a id="again" href="">' in html
    assert 'id="again"' not in pages.error(400, "No", "No.", "Do.")


def test_regions_may_have_something_in_common(open_):
    found = open_(f"/chance/{V}?{DAY}&p=0.7")
    before = found.locator("#answer .verdict").inner_text()
    found.select_option("#f-region", "region=0.5")
    expect(found.locator("#answer .verdict")).not_to_have_text(before)
    expect(found.locator("#count")).to_contain_text("the four of the Census Bureau")
    expect(found.locator("#f-region")).to_have_value("region=0.5")
    said = library().chance(V, assent.scenario({"*": 0.7}, factors={"region": 0.5}), as_of="2026-01-01")
    assert f"{100 * said.probability:.3g}" in found.locator("#answer .tally").inner_text()
    assert found.locator("#share-command").inner_text() == said.reproduce


# ── the controls ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_belief_is_turned_by_key_and_the_curve_by_mouse(open_):
    found = open_(f"/chance/{ACT}?{DAY}&p=0.6")
    found.focus("#b-everyone-slide")
    found.keyboard.press("ArrowRight")
    expect(found.locator("#b-everyone")).to_have_value("0.61")
    expect(found).to_have_url(re.compile("p=0.61"))
    found.locator("svg.curve").scroll_into_view_if_needed()
    plot = found.locator("svg.curve > svg").bounding_box()
    found.mouse.move(plot["x"] + plot["width"] * 0.4, plot["y"] + plot["height"] / 2)
    expect(found.locator("#curve-said")).to_contain_text("40 in 100 →")
    found.mouse.click(plot["x"] + plot["width"] * 0.4, plot["y"] + plot["height"] / 2)
    expect(found).to_have_url(re.compile("p=0.4(&|$)"))
    found.go_back()
    expect(found.locator("#b-everyone")).to_have_value("0.61")


def test_worlds_follow_each_other(open_):
    found = open_(f"/chance/{V}?{DAY}&p=0.7&world=1")
    expect(found.locator("#world h2")).to_contain_text("World 1")
    found.get_by_role("link", name="Next").click()
    expect(found.locator("#world h2")).to_contain_text("World 2")


def test_a_state_is_asked_for_left_out_and_freed_by_key(open_):
    found = open_(f"/plan/{V}?{DAY}")
    found.focus("#m-CA")
    for part in ("include=CA", "exclude=CA", "^[^A-Z]*$"):
        found.keyboard.press("Space")
        expect(found).to_have_url(re.compile(part))
        assert found.evaluate("document.activeElement.id") == "m-CA"


def test_the_pages_work_without_a_script(open_):
    found = open_(f"/chance/{ACT}?{DAY}", java_script_enabled=False)
    found.select_option("#b-everyone", "0.6")
    found.get_by_role("button", name="Work it out").click()
    assert "p=0.6" in found.url
    expect(found.locator("#answer .tally")).to_be_visible()
    found.goto(found.url.partition("/chance")[0] + f"/power/{V}?{DAY}")
    found.get_by_role("link", name="State", exact=True).click()
    expect(found.locator("#answer .tally")).to_contain_text("California")


def test_the_drawing_that_fits_the_width_is_marked(open_):
    found = open_("/power/us/article-v?by=state", viewport={"width": 1440, "height": 900})
    expect(found.locator("#view-map")).to_have_attribute("aria-current", "true")
    found.set_viewport_size({"width": 390, "height": 800})
    expect(found.locator("#view-tiles")).to_have_attribute("aria-current", "true")
    expect(found.locator("#view-map")).not_to_have_attribute("aria-current", "true")


# ── on paper ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_believed_and_the_curve_reach_paper(open_):
    url = f"/chance/{V}/propose?{DAY}&p=0.66&p=party:Republican=0.615&over=*=0:1:100"
    found = open_(url, java_script_enabled=False)
    said = found.locator(".believed")
    expect(said).to_be_hidden()
    expect(found.locator("#points tbody tr")).to_have_count(101)
    believed = {"*": 0.66, "party:Republican": 0.615}
    curve = library().chance(f"{V}/propose", believed, as_of="2026-01-01", over="*=0:1:100").curve
    found.emulate_media(media="print")
    assert said.locator("dt").all_inner_texts() == ["Everyone else", "Republican", "What moves them together"]
    assert said.locator("dd").all_inner_texts() == ["66 in 100", "61.5 in 100", "nothing"]
    expect(found.locator(".curve .cur-line")).to_be_visible()
    rows = [row for row in found.locator("#points tbody tr").all() if row.is_visible()]
    at = [float(row.get_attribute("data-at")) for row in rows]
    assert at == [point.at for point in curve.points if round(100 * point.at) % 10 == 0 or point.at == 0.66]
    expect(found.get_by_text("every tenth of 101 points, and the one that stands")).to_be_visible()
    for control in ("#believe", "#world", "#day-form"):
        expect(found.locator(control)).to_be_hidden()


def test_a_wave_reaches_paper_and_a_short_curve_whole(open_):
    found = open_(f"/chance/{V}/propose?{DAY}&p=0.66&factor=nation=0.3&over=*=0.6:0.7:4&world=3")
    found.emulate_media(media="print")
    expect(found.locator(".believed")).to_contain_text("Everybody together by 0.3: even odds become 43 to 57 in 100")
    found.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(found.locator("#points tbody tr:visible")).to_have_count(5)
    expect(found.get_by_text("Printed: every tenth")).to_have_count(0)
    believed = assent.scenario({"*": 0.66}, factors={"nation": 0.3})
    world = library().chance(f"{V}/propose", believed, as_of="2026-01-01", world=3).world
    even = 100 / (1 + exp(-world.shifts["nation"]))
    expect(found.locator("#world")).to_contain_text(f"makes {even:.3g} in 100 of even odds")


def test_a_plan_on_paper_asks_nobody_to_click(open_):
    found = open_(f"/plan/{V}?{DAY}&include=CA")
    found.emulate_media(media="print")
    expect(found.get_by_text("must be in").first).to_be_visible()
    for text in ("Click a state", "ask for it", "At most, at least so many"):
        assert not any(one.is_visible() for one in found.get_by_text(text).all()), text


# ── the look ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_choices_that_take_two_rows_fill_both(open_):
    found = open_(f"/power/{V}?{DAY}&by=member", viewport={"width": 390, "height": 844}, color_scheme="dark")
    choices = found.locator(".views:has(#by-member), .views:has-text('Member')").first
    whole = choices.bounding_box()
    rows = {}
    for box in (link.bounding_box() for link in choices.locator("a").all()):
        rows.setdefault(round(box["y"]), []).append(box)
    assert len(rows) == 2
    for row in rows.values():
        assert min(box["x"] for box in row) - whole["x"] <= 2
        assert whole["x"] + whole["width"] - max(box["x"] + box["width"] for box in row) <= 2
    expect(found.locator("#answer .tally")).to_contain_text("Senate (each of 100)")


def test_choices_stand_apart_in_forced_colours(open_):
    found = open_(f"/power/{V}?{DAY}&by=state", forced_colors="active")
    seen = "e => getComputedStyle(e).backgroundColor"
    choices = found.locator(".views").first
    link, held = choices.locator("a:not([aria-current])").first, choices.locator("a[aria-current]").first
    assert len({choices.evaluate(seen), link.evaluate(seen), held.evaluate(seen)}) == 3
