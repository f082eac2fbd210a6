"""The pages of the counting questions in a browser: by mouse, by key, and without a script."""

from __future__ import annotations

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
