"""The pages of the models and of what is on file: they say what the inquiries say, and are driven in a browser."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assent.errors import QueryError, UnknownName
from assent.render.charts import hundred
from assent.render.plots import round_ticks
from assent.render.text import text
from assent.web import pages
from assent.web.pages.modelled import per_cent
from assent.web.pages.setting import glossary
from assent.web.url import read_url
from tests.web.doors import client, library

PETITION = "/petition/CO?raw=150000"  # one sample of the whole state: quick to work out
LATE = "/forecast/us/amendment/child-labor?as-of=2020-01-01"  # after the model's time: the base rate alone
SHOWN = [
    PETITION,
    "/petition/TX",
    "/referendum/CA?turnout=0.6&yes=0.52",
    "/referendum/TX",
    "/defiance?as-of=2016-12-31",
    "/defiance/CO",
    "/defiance?as-of=1950-01-01",
    LATE,
    "/forecast/us/amendment/era",
    "/law",
    "/procedures",
    "/law/us/article-v",
    "/law/us/exit/none",
    "/question/rescission",
    "/record?matter=us/amendment/era",
    "/record?act=rescind&state=TX",
    "/about",
    "/contradictions",
]
DRIVEN = [PETITION, "/referendum/CA?turnout=0.6&yes=0.52", "/defiance/CO", "/law/us/article-v", "/record"]


def page(url):
    path, _, query = url.partition("?")
    return pages.render(read_url(path.encode(), query.encode(), library()).address, library())


class Elements(HTMLParser):
    """The elements of a page, in order, with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


# ── what is written ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("url", SHOWN)
def test_a_page_is_whole(url):
    elements = Elements(page(url)).found
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    assert [tag for tag, _ in elements].count("h1") == 1
    for tag, attrs in elements:
        assert "style" not in attrs, (tag, attrs)
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        if attrs.get("href", "").startswith("#"):
            assert attrs["href"][1:] in ids, attrs["href"]
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert attrs.get(name, ids[0]) in ids, attrs
        if tag == "a" and attrs.get("href", "").startswith(("/law/", "/question/", "/cite/", "/defiance", "/record")):
            read_url(attrs["href"].partition("?")[0].partition("#")[0].encode(), b"", library())


def test_the_petition_says_what_the_inquiry_says():
    found = library().petition("CO", raw=150000)
    html = page(PETITION)
    chances = found.outlook.chances
    for value in (chances.by_sample, chances.full_count, chances.fails, chances.qualifies):
        assert per_cent(value) in html
    counts = [html.count(f'<circle class="d-{kind}" cx') - 1 for kind in ("yes", "mid", "no")]  # one each in the legend
    assert sum(counts) == 100
    assert all(
        abs(n - 100 * v) <= 1
        for n, v in zip(counts, (chances.by_sample, chances.full_count, chances.fails), strict=True)
    )
    assert f"{library().petition('CO').needed.raw:,}" in html
    assert found.reproduce in html


def test_the_curve_over_signatures_meets_the_exact_law_where_both_are_known():
    found = library().petition("CO", raw=150000)
    near = min(found.over_raw, key=lambda filing: abs(filing.raw - 150000))
    exact = library().petition("CO", raw=near.raw).outlook.chances
    assert abs(near.chances.qualifies - exact.qualifies) < 0.02
    assert [f.chances.qualifies for f in found.over_raw] == sorted(f.chances.qualifies for f in found.over_raw)


def test_counties_add_up_and_check_what_the_law_asks():
    found = library().petition("CA", raw=1_200_000, validity_sd="0")
    assert sum(county.raw for county in found.counties) == 1_200_000
    for county in found.counties:
        assert county.sample == (county.raw if county.raw <= 500 else max(500, -(-county.raw * 3 // 100)))
    total = sum(county.sampling_sd**2 for county in found.counties) ** 0.5
    assert total == pytest.approx(found.outlook.sampling_sd)


def test_a_vote_passes_or_fails_as_the_inquiry_says():
    html = page("/referendum/CA?turnout=0.6&yes=0.52")
    found = library().referendum("CA", turnout="0.6", yes="0.52")
    assert ("It passes" if found.rules[0].passes else "It fails") in html
    for rule in (*found.rules, *found.elsewhere):
        assert f'id="rule-{rule.id}"' in html
        assert per_cent(rule.probability) in html
    other = page("/referendum/CA?turnout=0.6&yes=0.52&rule=ca-2018")
    assert "It passes" in other


def test_the_map_of_defiance_goes_through_the_years():
    for year in (1995, 2012, 2016):
        found = library().defiance(as_of=f"{year}-12-31")
        kinds = [
            a["class"]
            for _, a in Elements(page(f"/defiance?as-of={year}-12-31")).found
            if a.get("id", "").startswith("m-")
        ]
        medical, adult = (
            next(p.states for p in found.living if p.kind == kind) for kind in ("medical", "recreational")
        )
        assert sum("k-adult" in kind for kind in kinds) == adult
        assert sum("k-med" in kind for kind in kinds) == medical - adult


def test_a_forecast_is_refused_with_its_reason():
    html = page("/forecast/us/amendment/era")
    assert "No forecast" in html
    assert "its time ran out on 30\u00a0June\u00a01982" in html
    with pytest.raises(QueryError):
        library().forecast("us/amendment/era")


def test_a_forecast_has_its_base_rate_and_its_class_beside_it():
    found = library().forecast("us/amendment/child-labor", as_of="2020-01-01")
    html = page(LATE)
    for said in (per_cent(found.probability), per_cent(found.baseline), f"{found.events} of them", "cannot be scored"):
        assert said in html


def test_every_term_has_its_anchor():
    ids = [attrs.get("id") for _, attrs in Elements(page("/about")).found]
    assert all(f"term-{term.replace(' ', '-')}" in ids for term in glossary())


# ── the record ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_record_is_filtered_and_counted():
    us = library()
    every = us.acts()
    assert every.total == sum(len(acts) for acts in us.place.record.acts.values())
    some = us.acts("us/amendment/era", act="rescind")
    assert {row.matter for row in some.acts} == {"us/amendment/era"}
    assert {row.act for row in some.acts} == {"rescind"}
    assert some.total == some.kinds["rescind"] == us.acts("us/amendment/era").kinds["rescind"]
    assert sum(us.acts(act="rescind").matters.values()) == us.acts(act="rescind").total
    early = us.acts(until="1800-01-01")
    assert all(row.earliest <= date(1800, 1, 1) for row in early.acts)
    assert early.total + us.acts(since="1800-01-02").total >= every.total
    disputed = us.acts(disputed=True)
    assert disputed.total == every.disputed == sum(row.disputed for row in every.acts)
    with pytest.raises(UnknownName):
        us.acts(act="ratfy")
    with pytest.raises(QueryError):
        us.acts(since="2000-01-01", until="1999-01-01")


def test_every_act_stands_on_some_page_of_the_record():
    found = library().acts(act="rescind")
    assert found.total <= 40
    html = page("/record?act=rescind")
    assert html.count('<div class="on">') == found.total
    last = -(-library().acts().total // 40)
    assert page(f"/record?page={last}").count('<div class="on">') == (library().acts().total - 1) % 40 + 1
    assert page(f"/record?page={last + 5}").count('<div class="on">') == page(f"/record?page={last}").count(
        '<div class="on">'
    )


def test_staleness_counts_days():
    found = library().staleness("2026-08-15")
    chambers = next(file for file in found.files if file.file == "facts/chambers.csv")
    assert (chambers.newest, chambers.age) == (date(2026, 8, 5), 10)
    assert {one.act for one in found.complete} >= {"ratify", "rescind"}
    assert all(
        not any((gap.matter, act) in library().place.record.completeness for act in gap.acts) for gap in found.gaps
    )
    recalled = [a for a in library().place.law.authorities.values() if a.standing == "recalled"]
    assert len(found.recalled) == len(recalled)


@pytest.mark.parametrize(
    "found", [lambda: library().acts("us/amendment/era"), lambda: library().staleness("2026-01-01")]
)
@pytest.mark.parametrize("full", [False, True])
def test_the_terminal_says_it_too(found, full):
    from assent.render.pages import page_of

    said = text(page_of(found(), library().place, full=full))
    assert "Reproduce" in said
    assert max(map(len, said.splitlines())) <= 200


# ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "shares", [(0.335, 0.335, 0.33), (1.0, 0.0, 0.0), (0.004, 0.993, 0.003), (1 / 3, 1 / 3, 1 / 3)]
)
def test_a_hundred_dots_are_a_hundred(shares):
    dots, counts = hundred([(str(at), share) for at, share in enumerate(shares)])
    assert sum(counts) == 100
    assert dots.count("<circle") == 100
    assert all(abs(count - 100 * share) < 1 for count, share in zip(counts, shares, strict=True))


@pytest.mark.parametrize(("low", "high"), [(991_000, 1_700_000), (95_000, 280_000), (12, 87), (0, 10)])
def test_ticks_are_round_and_inside(low, high):
    ticks = round_ticks(low, high)
    assert 2 <= len(ticks) <= 6
    assert all(low <= tick <= high for tick in ticks)
    assert len({b - a for a, b in pairwise(ticks)}) == 1


@pytest.mark.parametrize(
    "url",
    ["/petition/CA?validity=2", "/petition/CA?raw=x", "/petition/CO?raw=0",
     "/referendum/CA?yes=1.5", "/referendum/CA?rule=zz", "/record?act=zz",
     "/record?since=x", "/forecast/us/amendment/era?by=1%3C", "/defiance/ZZ", "/about?as-of=13"],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_never_a_traceback(url):
    with client(pages) as found:
        answer = found.get(url, headers={"accept": "text/html"})
    assert answer.status_code in {400, 404}
    assert "Traceback" not in answer.text


def test_files_beside_the_pages():
    with client(pages) as found:
        for url in (
            "/record.csv?act=rescind",
            "/about.json",
            "/defiance.json",
            "/law/us/article-v.svg",
            "/petition/CO.json",
        ):
            answer = found.get(url)
            assert answer.status_code == 200, url
        assert found.get("/record.csv?act=rescind").text.count("\n") >= library().acts(act="rescind").total


# ── in a browser ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", DRIVEN)
def test_a_page_is_accessible_and_never_too_wide(open_, path):
    found = open_(path, bypass_csp=True)
    result = Axe().run(found)
    assert result.violations_count == 0, result.generate_report()
    found.emulate_media(color_scheme="dark")
    result = Axe().run(found, options={"runOnly": ["color-contrast"]})
    assert result.violations_count == 0, result.generate_report()
    for width in (320, 600, 768, 1400):
        found.set_viewport_size({"width": width, "height": 900})
        assert found.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_a_number_is_turned_by_slider_field_and_key(open_):
    found = open_(PETITION)
    first = found.locator("#answer .verdict").inner_text()
    found.fill("#d-validity", "0.9")
    found.press("#d-validity", "Enter")
    expect(found.locator("#answer .verdict")).not_to_have_text(first)
    assert "validity=0.9" in found.url
    assert "raw=150000" in found.url
    found.focus("#d-validity-slide")
    found.keyboard.press("ArrowLeft")
    expect(found.locator("#d-validity")).to_have_value("0.895")
    expect(found.locator("#numbers")).to_contain_text("89.5")
    assert found.evaluate("document.activeElement.id") == "d-validity-slide"
    found.click("#reset")
    expect(found.locator("#d-validity")).to_have_value("")
    found.go_back()
    expect(found.locator("#d-validity")).to_have_value("0.895")


def test_the_years_are_worked_by_slider_and_map(open_):
    found = open_("/defiance?as-of=2012-11-01")
    expect(found.locator("#map-h")).to_contain_text("2012")
    found.focus("#slide")
    found.keyboard.press("ArrowRight")
    expect(found.locator("#answer .tally")).to_have_text("2 states")
    found.click("#m-CO text")
    expect(found.locator("h1")).to_contain_text("Colorado")
    assert re.search(r"/defiance/CO\?as-of=2012-11-0\d$", found.url)


def test_pages_work_without_a_script(open_):
    found = open_(PETITION, java_script_enabled=False)
    found.fill("#d-validity", "0.9")
    found.click("#numbers button")
    assert "validity=0.9" in found.url
    found.goto(found.url.partition("/petition")[0] + "/record")
    found.select_option("#f-act", "rescind")
    found.click("#filter button")
    assert found.url.endswith("/record?act=rescind")
    expect(found.locator(".actlist > li")).to_have_count(library().acts(act="rescind").total)


@pytest.mark.parametrize("width", [320, 390])
def test_the_names_of_rules_can_be_read_on_a_phone(open_, width):
    found = open_("/referendum/CA?yes=0.56", viewport={"width": width, "height": 844})
    names = [row.bounding_box() for row in found.locator("#rules th[scope=row]").all()]
    assert min(box["width"] for box in names) >= 150
    assert max(box["height"] for box in names) < 400
    assert found.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_assumed_and_how_it_is_checked_reach_paper(open_):
    found = open_("/petition/CO")
    found.emulate_media(media="print")
    expect(found.locator("#d-raw")).to_be_visible()
    expect(found.locator("section:has(#law-h) ol li").first).to_be_visible()
    expect(found.locator("#numbers input[type=range]").first).to_be_hidden()


# ── wide tables on a phone ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize(
    "path",
    [
        "/about",
        "/referendum/CA?yes=0.56",
        "/petition/CO",
        "/exit/CA?p=0.6",
        "/standoff/CA",
        "/petition/CA",
        "/polls/CA",
        "/replay",
        "/forecast/us/amendment/child-labor?as-of=1930-01-01",
    ],
)
def test_no_table_is_scrolled_sideways_on_a_phone(open_, path, width):
    found = open_(path, viewport={"width": width, "height": 844})
    found.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    tables = found.locator("table.stacked").all()
    assert tables
    for table in tables:
        assert (
            table.evaluate("""(table) => [table, ...table.querySelectorAll('tbody *'), table.parentElement].filter(
          (e) => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1).length""")
            == 0
        )
        assert table.evaluate("""(table) => {
          const edge = table.parentElement.getBoundingClientRect().right + 1;
          return [...table.querySelectorAll('tbody *')].every((e) => e.getBoundingClientRect().right <= edge);
        }""")


@pytest.mark.parametrize("path", ["/us/amendment/era", "/us/amendment/14", "/defiance"])
def test_the_list_of_days_fits_a_phone(open_, path):
    found = open_(path, viewport={"width": 360, "height": 780})
    found.click("#days-list > summary")
    assert found.locator("#days-list .scroll").evaluate("e => e.scrollWidth <= e.clientWidth")
    if path == "/defiance":
        found.click("#years-all > summary")
        assert found.locator("#years-all .scroll").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_a_table_shown_row_by_row_is_still_a_table_to_those_who_listen(open_):
    found = open_("/referendum/CA?yes=0.56", viewport={"width": 390, "height": 844})
    rules = found.locator("#rules").get_by_role("table")
    expect(rules.get_by_role("columnheader")).to_have_count(7)
    first = rules.get_by_role("row").nth(1)
    expect(first.get_by_role("rowheader")).to_have_count(1)
    cells = first.get_by_role("cell")
    expect(cells).to_have_count(6)
    names = rules.get_by_role("columnheader").all_inner_texts()
    assert [cell.get_attribute("data-of") for cell in cells.all()] == names[1:]
    shown = cells.nth(1).evaluate("e => getComputedStyle(e, '::before').content")
    assert shown.startswith('"Chance"')
    found.set_viewport_size({"width": 1200, "height": 900})
    assert cells.nth(1).evaluate("e => getComputedStyle(e, '::before').content") == "none"
    assert len({round(cell.bounding_box()["y"]) for cell in cells.all()}) == 1


def test_a_cell_with_nothing_in_it_keeps_its_place(open_):
    found = open_("/about", viewport={"width": 390, "height": 844})
    rows = found.locator("#files tbody tr")
    empty = found.locator("#files td:empty")
    assert empty.count() > 0
    assert empty.first.bounding_box()["width"] <= 1
    assert {rows.nth(at).get_by_role("cell").count() for at in range(rows.count())} == {6}


@pytest.mark.parametrize("path", ["/polls/CA", "/replay"])
def test_a_plain_table_is_named_and_has_no_empty_heading(open_, path):
    found = open_(path, bypass_csp=True, viewport={"width": 390, "height": 844})
    result = Axe().run(found)
    assert result.violations_count == 0, result.generate_report()
    names = [one.get_attribute("aria-label") for one in found.locator("main [role=region]").all()]
    assert names == [f"Table {at}" for at in range(1, len(names) + 1)]
    assert "&lt;" not in found.locator("thead").first.inner_html()
