"""The pages: whole, strict, escaped, the same with and without a script, and driven in a real browser."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assent.web import pages
from assent.web.address import Address
from assent.web.pages.board import Supposing
from assent.web.pages.setting import FOLDER, glossary
from assent.web.pages.turning import hold
from assent.web.static import Static
from tests.web.doors import client, library

ERA = "us/amendment/era"
DAY = "as-of=1980-01-01&known-as-of=2026-01-01"
FIRST_VIEW = 150_000
SHOWN = [
    "/",
    "/matters",
    f"/{ERA}",
    f"/{ERA}?{DAY}&rescission=effective&yes=FL,IL&no=TX&against=rescission:void",
    f"/{ERA}?{DAY}&contemporaneity=required:10&view=list",
    "/us/amendment/14?as-of=1868-07-10",
    "/us/application/balanced-budget",
    "/us/admission/WV",
    "/us/secession/SC",
    f"/embed/{ERA}",
    f"/{ERA}?as-of=yesterday",
    "/power/us/article-v?by=state",
    "/chance/us/article-v?p=0.66&world=7",
    "/plan/us/article-v?include=CA",
    "/coalitions/us/article-v",
]

BOTH = SHOWN[:4]  # held to axe at the width of a telephone too


def page(kind="matter", about=ERA, **given):
    return pages.render(Address(kind, about, **given), library())


class Elements(HTMLParser):
    """The elements of a page, in order, with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


# ── what is written ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("matter", sorted(library().matters))
def test_every_matter_has_its_page(matter):
    html = page(about=matter)
    elements = Elements(html).found
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    assert [tag for tag, _ in elements].count("h1") == 1
    for tag, attrs in elements:
        assert "style" not in attrs, (tag, attrs)
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        assert tag != "script" or attrs.get("src", "").startswith("/static/")
        if attrs.get("href", "").startswith("#"):
            assert attrs["href"][1:] in ids, attrs["href"]
        for name in ("aria-labelledby", "aria-describedby"):
            assert attrs.get(name, ids[0]) in ids


@pytest.mark.parametrize("matter", [ERA, "us/amendment/27", "us/amendment/14", "us/application/balanced-budget"])
def test_the_first_view_is_small(matter):
    own = sum((FOLDER / "static" / name).stat().st_size for name in ("assent.css", "assent.js", "favicon.svg"))
    assert len(page(about=matter).encode()) + own < FIRST_VIEW


def test_nothing_is_loaded_from_elsewhere():
    for file in sorted((FOLDER / "static").iterdir()):
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "//" not in re.sub(r"(?m)^\s*//.*| // .*", "", text), file.name
        assert "@import" not in text


def test_the_page_says_what_the_inquiry_says():
    found = library().status(ERA, "1980-01-01", "2026-01-01", {"rescission": "effective"}, yes=["FL"])
    html = page(as_of=date(1980, 1, 1), known_as_of=date(2026, 1, 1), readings={"rescission": "effective"}, yes=("FL",))
    assert f"<b>{found.count}</b> of {found.required}" in html
    kinds = {
        attrs["id"].removeprefix("m-"): attrs["class"]
        for _, attrs in Elements(html).found
        if attrs.get("id", "").startswith("m-")
    }
    for unit in found.units:
        assert f"k-{unit.how}" in kinds[unit.unit].split(), unit
        assert ("ring" in kinds[unit.unit].split()) == bool(unit.supposed)
    assert found.reproduce in html
    assert found.versions["law"] in html


def test_what_is_said_to_a_page_is_escaped():
    html = pages.error(400, "<b>", "'<script>' is no date.", 'Write "YYYY".')
    assert "<script>'" not in html
    assert "&lt;script&gt;" in html
    with client(pages) as found:
        answer = found.get(f"/{ERA}?as-of=%3Cscript%3Ealert(1)%3C/script%3E")
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("unit", "ways"),
    [("FL", [("FL", "yes"), ("FL", "no"), None]), ("CA", [("CA", "no"), None]), ("TN", [("TN", "no"), None])],
)
def test_one_click_after_another_comes_back_to_the_record(unit, ways):
    ask = Address("matter", ERA, as_of=date(1980, 1, 1), known_as_of=date(2026, 1, 1))
    for way in ways:
        status = library().status(ERA, ask.as_of, ask.known_as_of, yes=ask.yes, no=ask.no)
        position = next(p for p in status.units if p.unit == unit)
        links = Supposing(ask)
        says = links.next(position)
        url = links.url(unit, says)
        ask = ask.changed(yes=(unit,) if says == "yes" else (), no=(unit,) if says == "no" else ())
        assert url == ask.url()
        assert (unit, says) == way if way else says == ""


def test_links_of_a_what_if_are_canonical():
    ask = Address("matter", ERA, date(1980, 1, 1), None, {"rescission": "effective"}, None, ("FL",), ("TX",),
                  {"rescission": "void"}, "tiles")  # fmt: skip
    for says, yes, no in (("yes", ("FL", "GA"), ("TX",)), ("no", ("FL",), ("GA", "TX")), ("", ("FL",), ("TX",))):
        assert Supposing(ask).url("GA", says) == ask.url(yes=yes, no=no)
    assert Supposing(Address("matter", ERA)).url("GA", "") == f"/{ERA}"


@pytest.mark.parametrize("matter", [ERA, "us/amendment/14", "us/application/balanced-budget", "us/constitution"])
def test_every_switch_leads_to_readings_that_can_be_held(matter):
    us = library()
    held = {}
    for name in us.status(matter).readings:
        for reading in us.questions[name].readings:
            to = hold(Address("matter", matter, readings=held), us, us.questions[name], reading)
            assert us.doctrine(to.readings, to.window).reading(name) == reading.id
        held = to.readings  # the last reading of each question, and go on from there


@pytest.mark.parametrize("days", [(1975, 2026), (1990, 2020)])
@pytest.mark.parametrize(
    "held", [{}, {"rescission": "effective", "deadline": "not-binding"}, {"contemporaneity": "required:9"}]
)
@pytest.mark.parametrize(
    ("against", "rest"),
    [
        ({}, {}),
        ({"rescission": "void"}, {"yes": ("FL", "TX"), "view": "tiles"}),
        ({"contemporaneity": "required:12", "rescission": "effective"}, {"no": ("VA",), "window": 8}),
        ({"deadline": "not-binding"}, {"view": "list"}),
    ],
)
def test_every_switch_leads_to_its_reading_and_leaves_the_rest_as_it_is(days, held, against, rest):
    us = library()
    as_of, known_as_of = (date(year, 1, 1) for year in days)
    ask = Address("matter", ERA, as_of, known_as_of, held, against=against, **rest)
    hrefs = {attrs.get("id"): attrs.get("href") for _, attrs in Elements(pages.render(ask, us)).found}
    for name in us.status(ERA).readings:
        question = us.questions[name]
        here = held.get(name, question.default).partition(":")[0]
        there = against.get(name, question.default).partition(":")[0]
        for reading in question.readings:
            to = hold(ask, us, question, reading)
            other = hold(ask.changed(readings=against or held), us, question, reading).readings
            beside = f"{ask.url(against={**other, name: other.get(name, reading.id)})}#beside"
            offered = reading.id != there if against else reading.id != here
            assert hrefs[f"r-{name}-{reading.id}"] == to.url()
            assert hrefs.get(f"b-{name}-{reading.id}") == (beside if offered else None)
            assert hrefs.get(f"sA-{name}-{reading.id}") == (f"{to.url()}#beside" if against else None)
            assert hrefs.get(f"sB-{name}-{reading.id}") == (beside if against else None)


@pytest.mark.parametrize("rest", [{}, {"yes": ("FL", "TX")}, {"no": ("TN",), "readings": {"rescission": "effective"}}])
def test_units_are_drawn_and_linked_as_they_stand_on_each_day_whatever_was_drawn_before(rest):
    us, known = library(), date(2026, 1, 1)
    acts = [moment.on for moment in us.timeline(ERA, known, known, rest.get("readings")).moments]
    days = [acts[5], acts[5] + timedelta(days=1), acts[-1], acts[5], date(1999, 1, 1), date(1999, 1, 2), acts[9]]
    for day in days:
        ask = Address("matter", ERA, day, known, **rest)
        status = us.status(ERA, day, known, ask.readings, yes=ask.yes, no=ask.no)
        html = pages.render(ask, us)
        drawn = {attrs.get("id"): attrs for _, attrs in Elements(html).found}
        for unit in status.units:
            ways = ["", *unit.could]
            says = ways[(ways.index(unit.supposed) + 1) % len(ways)] if unit.supposed in ways else ways[1 % len(ways)]
            yes, no = ([one for one in said if one != unit.unit] for said in (ask.yes, ask.no))
            to = ask.url(yes=(*yes, *[unit.unit] * (says == "yes")), no=(*no, *[unit.unit] * (says == "no")))
            for one in (drawn[f"m-{unit.unit}"], drawn[f"t-{unit.unit}"]):
                assert one["class"] == f"u k-{unit.how}{' ring' if unit.supposed else ''}"
                assert one.get("href") == (to if unit.could or unit.supposed else None)
                assert one["aria-label"].startswith(f"{unit.name}: ")
        rows = re.findall(r'<tr( class="here")?><td><a data-go href="([^"]+)"', html)
        assert [unescape(href) for _, href in rows] == [ask.changed(as_of=on).query() for on in acts]
        assert [on for on, (here, _) in zip(acts, rows, strict=True) if here] == ([day] if day in acts else [])


def test_terms_are_explained_where_they_stand():
    for tag, attrs in Elements(page()).found:
        if tag == "a" and "#term-" in attrs.get("href", ""):
            assert attrs["href"].partition("#term-")[2].replace("-", " ") in glossary()


def test_every_static_file_has_an_address():
    for name in ("assent.css", "assent.js", "favicon.svg", "front.css"):
        assert Static().get(Static().url(name)) is not None


# ── in a browser ────────────────────────────────────────────────────────────────────────────────────────────────────


def tally(found):
    return found.locator("#answer .tally")


def at(found):
    return found.evaluate("document.activeElement.id")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", SHOWN)
def test_a_page_is_accessible_and_never_too_wide(open_, path, scheme):
    found = open_(path, allow=("400",), color_scheme=scheme, bypass_csp=True)
    contrast = {"runOnly": ["color-contrast"]}  # what else there is does not depend on the colours
    phone = ((360, None),) if path in BOTH else ()
    for width, options in (*phone, (1366, None)) if scheme == "light" else ((1366, contrast),):
        found.set_viewport_size({"width": width, "height": 900})
        result = Axe().run(found, options=options)
        assert result.violations_count == 0, result.generate_report()
    for width in (320, 414, 599, 600, 768, 1024, 1400):
        found.set_viewport_size({"width": width, "height": 900})
        assert found.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_a_first_view_takes_few_requests(base, browser):
    context = browser.new_context()
    found = context.new_page()
    asked = []
    found.on("request", lambda request: asked.append(request.url))
    found.goto(f"{base}/{ERA}", wait_until="networkidle")
    context.close()
    assert len(asked) <= 4
    assert all(url.startswith(base) for url in asked)


def test_a_click_supposes_and_back_takes_it_back(open_):
    found = open_(f"/{ERA}?{DAY}")
    expect(tally(found)).to_have_text("35 of 38")
    found.click("#m-FL text")
    expect(tally(found)).to_have_text("36 of 38")
    assert found.url.endswith(f"?{DAY}&yes=FL")
    assert at(found) == "m-FL"
    expect(found.locator("#live")).to_contain_text("36 of 38. 2 more needed")
    expect(found.locator("#m-FL")).to_have_class(re.compile(r"\bring\b"))
    expect(found.locator("#map .rings path")).to_have_count(1)
    found.click("#m-IL text")
    expect(tally(found)).to_have_text("37 of 38")
    found.click("[data-undo]")
    expect(tally(found)).to_have_text("36 of 38")
    found.go_back()
    expect(tally(found)).to_have_text("35 of 38")
    found.go_forward()
    expect(tally(found)).to_have_text("36 of 38")
    found.click("#clear")
    expect(tally(found)).to_have_text("35 of 38")
    assert found.url.endswith(f"?{DAY}")


def test_the_map_is_worked_by_keys(open_):
    found = open_(f"/{ERA}?{DAY}")
    assert found.locator("#map .u[tabindex='0']").count() == 1
    found.focus("#m-AL")
    found.keyboard.press("ArrowRight")
    assert at(found) == "m-GA"
    found.keyboard.press("ArrowDown")
    assert at(found) == "m-FL"
    found.keyboard.press("Enter")
    expect(tally(found)).to_have_text("36 of 38")
    assert at(found) == "m-FL"
    found.keyboard.press(" ")
    expect(tally(found)).to_have_text("35 of 38")
    assert found.url.endswith("&no=FL")


def test_time_is_worked_by_slider_steps_and_play(open_):
    found = open_(f"/{ERA}?as-of=1979-01-01")
    found.focus("#slide")
    found.keyboard.press("ArrowRight")
    expect(found.locator("#map-h")).to_have_text("States on 1\u00a0March\u00a01979")
    assert at(found) == "slide"
    expect(found.locator(".event")).to_contain_text("South Dakota rescinded")
    found.click("#step-back")
    expect(found.locator("#map-h")).to_contain_text("1978")
    for _ in range(4):
        found.focus("#slide")
        found.keyboard.press("End")
    expect(found.locator("#map-h")).to_contain_text(str(date.today().year))
    assert "as-of" not in found.url
    found.click("#play")
    expect(found.locator("#map-h")).to_contain_text("22\u00a0March\u00a01972")
    expect(found.locator("#map-h")).to_contain_text("23\u00a0March\u00a01972")
    found.click("#play")
    expect(found.locator("#play")).to_have_text("▶ Play")


def test_a_date_is_typed_and_the_rest_of_the_address_is_kept(open_):
    found = open_(f"/{ERA}?as-of=1980-01-01&rescission=effective&yes=FL")
    found.fill("#as-of", "1975-05-05")
    found.click("#days button")
    expect(found.locator("#map-h")).to_have_text("States on 5\u00a0May\u00a01975")
    assert found.url.endswith("?as-of=1975-05-05&rescission=effective&yes=FL")


def test_what_was_known_is_asked_apart_from_what_was_done(open_):
    found = open_("/us/amendment/27?as-of=1992-05-20")
    expect(found.locator(".verdict").first).to_contain_text("5\u00a0May\u00a01992")
    found.fill("#known-as-of", "1992-05-20")
    found.click("#days button")
    expect(found.locator(".verdict").first).to_contain_text("7\u00a0May\u00a01992")


def test_a_reading_is_switched_and_compared(open_):
    found = open_(f"/{ERA}?{DAY}")
    found.click("#r-rescission-effective")
    expect(tally(found)).to_have_text("30 of 38")
    assert found.url.endswith("&rescission=effective")
    found.click("#b-rescission-void")
    expect(found.locator("#beside .tally").nth(0)).to_have_text("30 of 38")
    expect(found.locator("#beside .tally").nth(1)).to_have_text("35 of 38")
    expect(found.locator("#beside tbody tr")).to_have_count(5)
    expect(found.locator("#beside .tiles").nth(0).locator(".ring")).to_have_count(5)
    found.click("#close-beside")
    expect(found.locator("#beside .tally")).to_have_count(0)
    found.click("#r-rescission-void")
    expect(tally(found)).to_have_text("35 of 38")
    assert found.url.endswith(f"?{DAY}")


def test_a_number_of_years_is_given(open_):
    found = open_("/us/amendment/27?as-of=2000-01-01")
    expect(found.locator(".verdict").first).to_contain_text("Complete on")
    found.click("#r-contemporaneity-required")
    expect(found.locator(".verdict").first).to_contain_text("more needed")
    found.fill("input[name=window]", "300")
    found.click(".years-form button")
    expect(found.locator(".verdict").first).to_contain_text("Complete on")


def test_the_views_show_the_same(open_):
    found = open_(f"/{ERA}?{DAY}&yes=FL")
    found.click("#view-tiles")
    expect(found.locator("#t-FL")).to_be_visible()
    expect(found.locator("#map")).to_have_count(0)
    found.click("#view-list")
    expect(found.locator("#list tbody tr")).to_have_count(50)
    found.click("#l-FL-no")
    expect(tally(found)).to_have_text("35 of 38")
    found.click("#l-FL-record")
    expect(found.locator("#list .ring")).to_have_count(0)


def test_a_phone_shows_tiles_unless_asked(open_):
    found = open_(f"/{ERA}?{DAY}", viewport={"width": 360, "height": 780})
    expect(found.locator("#t-FL")).to_be_visible()
    expect(found.locator("#m-FL")).to_be_hidden()
    box = found.locator("#t-FL rect").bounding_box()
    assert min(box["width"], box["height"]) >= 24  # WCAG 2.2, 2.5.8
    found.click("#t-FL")
    expect(tally(found)).to_have_text("36 of 38")
    found.click("#view-map")
    expect(found.locator("#m-FL")).to_be_visible()


def test_everything_works_without_a_script(open_):
    found = open_(f"/{ERA}?{DAY}", java_script_enabled=False)
    expect(found.locator("#slide")).to_be_hidden()
    expect(found.locator("#play")).to_be_hidden()
    found.click("#m-FL text")
    expect(tally(found)).to_have_text("36 of 38")
    found.click("#r-rescission-effective")
    expect(tally(found)).to_have_text("31 of 38")
    found.click("#step-back")
    expect(found.locator("#map-h")).to_contain_text("1979")
    found.fill("#as-of", "1975-05-05")
    found.click("#days button")
    expect(found.locator("#map-h")).to_have_text("States on 5\u00a0May\u00a01975")
    found.click("#clear")
    assert "yes=" not in found.url
    found.click("#view-list")
    expect(found.locator("#list")).to_be_visible()


def test_terms_are_explained_on_focus_and_go_away(open_):
    found = open_(f"/{ERA}")
    tip = found.locator("#tip-reading")
    expect(tip).to_be_hidden()
    found.focus(".lede .term a")
    expect(tip).to_be_visible()
    found.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_the_focus_is_seen(open_):
    found = open_(f"/{ERA}?{DAY}")
    found.keyboard.press("Tab")
    assert at(found) == ""
    assert found.evaluate("document.activeElement.className") == "skip"
    found.keyboard.press("Tab")
    assert found.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    found.focus("#m-AL")
    found.keyboard.press("ArrowRight")
    width = found.evaluate("getComputedStyle(document.activeElement.querySelector('path')).strokeWidth")
    assert float(width.removesuffix("px")) >= 3


def test_a_choice_of_colours_is_kept_without_a_cookie(open_):
    found = open_(f"/{ERA}", color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = found.evaluate(ground)
    found.click("#theme")
    dark = found.evaluate(ground)
    assert dark != light
    found.reload()
    assert found.evaluate(ground) == dark
    assert found.context.cookies() == []


def test_a_link_is_copied(open_):
    found = open_(f"/{ERA}?{DAY}&yes=FL", permissions=["clipboard-read", "clipboard-write"])
    found.click("[data-copy-link]")
    expect(found.locator("[data-copy-link]")).to_have_text("Copied")
    assert found.evaluate("navigator.clipboard.readText()") == found.url
    found.click("[data-copy=share-command]")
    expect(found.locator("[data-copy=share-command]")).to_have_text("Copied")
    assert "--yes FL" in found.evaluate("navigator.clipboard.readText()")


def test_no_movement_for_those_who_ask_for_none(open_):
    found = open_(f"/{ERA}", reduced_motion="reduce")
    assert found.evaluate("getComputedStyle(document.querySelector('#m-FL path')).transitionDuration") == "0s"


def test_it_prints(open_):
    found = open_(f"/{ERA}?{DAY}")
    found.emulate_media(media="print")
    expect(found.locator("#slide")).to_be_hidden()
    expect(found.locator("#map")).to_be_visible()
    expect(tally(found)).to_be_visible()


def test_the_front_page_is_made_again_and_again():
    first = pages.home(library())
    assert "<h1>Who has to say yes?</h1>" in first
    assert pages.home(library()) == first == pages.render(Address("home"), library())


PROBE = """() => [...document.styleSheets].flatMap(s => [...s.cssRules]).filter(r => r.selectorText === ':root')
  .flatMap(r => [...r.style].filter(n => CSS.supports('color', r.style.getPropertyValue(n).trim()))).map(n => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(${n})`;
    const seen = getComputedStyle(probe).color;
    probe.remove();
    return `${n} ${seen}`;
  })"""


@pytest.mark.parametrize("path", ["/power/us/article-v", "/exit/TX", "/petition/CO"])
def test_no_colour_of_a_dark_theme_reaches_paper(open_, path):
    found = open_(path)
    light = found.evaluate(PROBE)
    assert len(light) > 40
    found.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert found.evaluate(PROBE) != light
    found.emulate_media(media="print", color_scheme="dark")
    assert found.evaluate(PROBE) == light
