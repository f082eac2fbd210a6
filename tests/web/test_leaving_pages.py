"""The pages on leaving: they say what the inquiries say, every cell leads where it says, and a reader can use them."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assent.errors import QueryError
from assent.inquiries.counting.scenario import read_scenario
from assent.inquiries.standoff.parameters import given_of
from assent.inquiries.standoff.standoff import Ask
from assent.inquiries.standoff.story import brief
from assent.models.standoff.induction import solve
from assent.models.standoff.tree import group, tree_of
from assent.web import pages
from assent.web.address import Address
from assent.web.parameters import read_address
from tests.web.doors import client, library

EXIT = "/exit/CA"
ASKED = f"{EXIT}?consent-of-the-states=congress-and-state&against=consent-of-the-states:unanimous&p=0.6&world=3"
STANDOFF = "/standoff/CA"
SET = f"{STANDOFF}?set=kF=1.3&map=kF,s&private=yes&without=negotiate"


def asked(url):
    path, query = urlsplit(url).path, urlsplit(url).query
    _, kind, *about = path.split("/")
    return read_address(kind, "/".join(about), parse_qsl(query, keep_blank_values=True), library())


@cache
def page(url):
    return pages.render(asked(url), library())


class Elements(HTMLParser):
    """The elements of a page, in order, with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(url):
    return Elements(page(url)).found


# ── what is written ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("url", ["/exit", EXIT, ASKED, "/exit/WY?as-of=1950-01-01", STANDOFF, SET])
def test_a_page_is_whole_and_strict(url):
    found = elements(url)
    ids = [attrs["id"] for _, attrs in found if "id" in attrs]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    assert [tag for tag, _ in found].count("h1") == 1
    for tag, attrs in found:
        assert "style" not in attrs, (tag, attrs)
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        if attrs.get("href", "").startswith("#"):
            assert attrs["href"][1:] in ids, attrs["href"]
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert attrs.get(name, ids[0]) in ids, attrs
        if tag == "a" and "data-go" in attrs:
            assert "id" in attrs, attrs


@pytest.mark.parametrize("url", [EXIT, ASKED, STANDOFF, SET])
def test_every_link_of_a_page_is_a_canonical_address(url):
    for tag, attrs in elements(url):
        href = attrs.get("href", "")
        if tag == "a" and href.startswith(("/exit/", "/standoff/")) and "." not in urlsplit(href).path:
            bare = href.partition("#")[0]
            assert asked(bare).url() == bare


def test_the_page_says_what_the_inquiry_says():
    found = library().exit("CA")
    html = page(EXIT)
    text = unescape(re.sub(r"<[^>]+>", "", html))
    assert f"<b>{sum(p.lawful_here for p in found.paths)}</b> of {len(found.paths)} ways" in html
    ratify = found.paths[0].needs[-1]
    assert f"{ratify.block.chambers} chambers in {ratify.block.states} states" in text
    assert f"{100 * ratify.block.population_share:.1f}\u00a0% of the people" in text
    for path in found.paths:
        assert path.title in text
    for claim in found.claims:
        assert claim.finds in text
    for precedent in found.precedents:
        assert precedent.shows in text
    for wording in found.polls:
        assert wording.asks in text
    for step in found.without_asking.break_even:
        assert step.text in text
    assert found.reproduce in text


def test_blockers_on_the_tiles_are_those_of_the_inquiry():
    marked = {
        a["id"].rpartition("-")[2] for _, a in elements(EXIT) if {"u", "k-barred"} <= set(a.get("class", "").split())
    }
    assert marked == set(library().exit("CA").paths[0].needs[-1].block.population_of)


@pytest.mark.parametrize("reading", ["amendment", "congress-and-state", "unanimous"])
def test_a_reading_chosen_changes_which_ways_are_lawful(reading):
    held = {} if reading == "amendment" else {"consent-of-the-states": reading}
    found = library().exit("CA", readings=held)
    query = "" if not held else f"?consent-of-the-states={reading}"
    classes = [a["class"].split()[1] for tag, a in elements(EXIT + query) if a.get("id", "").startswith("way-")]
    assert classes == ["lawful" if path.lawful_here else "unlawful" for path in found.paths]


def test_each_way_to_make_a_path_lawful_leads_to_where_it_is():
    held = {}
    for _, a in elements(EXIT):
        if a.get("id", "").startswith("hold-"):
            held.setdefault(a["href"], []).append(int(a["id"].split("-")[1]))
    assert sum(map(len, held.values())) > 7
    for url, ways in list(held.items())[::2]:
        paths = library().exit("CA", readings=dict(asked(url).readings)).paths
        assert all(paths[at - 1].lawful_here for at in ways), url


def test_the_chance_is_that_of_the_library_with_its_assumptions():
    found = library().chance("us/exit/article-v/convention", read_scenario(["0.58"], None, []), state="CA")
    text = unescape(re.sub(r"<[^>]+>", "", page(f"{EXIT}?path=us/exit/article-v/convention&p=0.58")))
    assert found.probability > 0.01
    assert f"{100 * found.probability:.3g} in 100" in text
    assert "each of 14,822 members" in text
    bare = page(EXIT)
    assert 'class="dots"' not in bare  # no number without something supposed
    assert 'class="curve"' in bare


def test_a_path_that_cannot_be_counted_says_why():
    assert "is not on file" in page(f"{EXIT}?path=us/exit/convention-1787&p=0.6")
    with pytest.raises(QueryError, match="us/article-v"):
        page(f"{EXIT}?path=us/article-v")


@pytest.mark.parametrize("url", [EXIT, STANDOFF, f"{STANDOFF}?map=kF,s", f"{STANDOFF}?map=kS=0:1:60,xS=0:1:60"])
def test_every_cell_of_a_map_leads_to_what_it_says(url):
    """The oracle is the game itself, solved in fractions at the two numbers that the cell's own address sets."""
    tree = tree_of()
    cells = [a for _, a in elements(url) if a.get("id", "").startswith("g-")]
    assert 300 < len(cells) <= 900
    assert sum(a["tabindex"] == "0" for a in cells) == 1
    for cell in cells[:: len(cells) // 60]:
        found = solve(tree, given_of(library().place, asked(cell["href"]).every("set")).numbers)
        outcome = group(tree.nodes, found.path(0)[-1])
        told = f"goes ahead: {brief(outcome)}" if outcome.startswith("defy") else brief(outcome)
        assert cell["aria-label"].partition(": ")[2].startswith(told), cell


def test_the_map_marks_the_cell_where_one_stands():
    for said in ("", "?set=p=0.2", "?set=kF=1.4&set=p=0.9"):
        here = next(a for _, a in elements(STANDOFF + said) if a.get("tabindex") == "0" and "data-x" in a)
        found = library().standoff("CA", asked(STANDOFF + said).every("set"))
        assert here["aria-label"].endswith(next(region.text for region in found.map.regions if region.here))


def test_every_value_that_the_form_offers_is_allowed():
    offered = [a["value"] for tag, a in elements(f"{STANDOFF}?private=yes") if tag == "option" and "=" in a["value"]]
    assert len(offered) > 300
    names = {said.partition("=")[0] for said in offered}
    assert len(names) == len(library().standoff("CA").parameters)
    for said in offered[::5]:
        given = given_of(library().place, [said]).parameters.values()
        value = said.partition("=")[2]
        number = next(p for p in given if p.given)
        assert str(number.value) == value or number.value == pytest.approx(float(value))


def test_the_standoff_page_says_what_the_inquiry_says():
    found = library().standoff("CA", {"kF": 1.3})
    html = page(f"{STANDOFF}?set=kF=1.3")
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
    for even in found.break_even:
        assert " ".join((even.text if even.formula else even.text.partition(": ")[2]).split()) in text
    for parameter in found.parameters:
        if parameter.use == "game":
            assert f"{parameter.label} {parameter.unit}; {parameter.standing}" in text
    for law in found.footing:
        assert all(said in text for said in law.needs)
    for rung in found.ladder:
        assert rung.begins in text
    assert html.count('class="move') == len(found.tree) - 1
    assert '<option value="kF=1.3" selected>' in html
    with_map = library().standoff("CA", {"kF": 1.3}, ask=Ask(map="victory=0:1:41,federal-force-cost=0:1.5:21"))
    assert with_map.reproduce in text


def test_the_python_of_a_page_gives_its_answer():
    import assent

    html = page(f"{STANDOFF}?set=kF=1.3&map=s,kS")
    code = unescape(re.search(r'<pre id="share-python"[^>]*>(.*?)</pre>', html, re.DOTALL)[1])
    names = {}
    exec(code.replace("assent.standoff(", "found = assent.standoff("), names)
    assert names["found"].map.x.symbol == "s"
    assert names["found"].if_defied.best_reply == assent.standoff("CA", {"kF": 1.3}).if_defied.best_reply


def test_what_is_said_to_a_page_is_refused_or_escaped():
    with client(pages) as found:
        for query in ("set=%3Cb%3E=1", "set=kF=-1", "map=p", "map=p,zz", "path=%3Cscript%3E", "p=2", "set=kF=nan"):
            for path in (EXIT, STANDOFF):
                answer = found.get(f"{path}?{query}")
                assert answer.status_code == 400, (path, query)
                assert "<b>=" not in answer.text
                assert "<script>" not in answer.text.replace("<script src", "")


def test_the_page_of_every_state_is_there():
    for row in elements("/exit"):
        href = row[1].get("href", "")
        assert not href.startswith("/exit/") or Address("exit", href.removeprefix("/exit/")).url() == href
    linked = {a["href"] for _, a in elements("/exit") if a.get("href", "").startswith("/exit/")}
    assert len(linked) == 50


# ── in a browser ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("path", "scheme"), [("/exit", "dark"), (ASKED, "light"), (SET, "dark")])
def test_a_page_is_accessible_and_never_too_wide(open_, path, scheme):
    found = open_(path, color_scheme=scheme, reduced_motion="reduce")
    found.evaluate("for (const box of document.querySelectorAll('.fold > details')) box.open = true")
    results = Axe().run(found)
    assert results.violations_count == 0, results.generate_report()
    for width in (320, 768, 1920):
        found.set_viewport_size({"width": width, "height": 800})
        wide = found.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (width, wide)


def test_a_state_is_chosen_on_the_map(open_):
    found = open_("/exit")
    found.locator("#m-TX").focus()
    found.keyboard.press("Enter")
    expect(found.locator("h1")).to_have_text("How Texas could leave")
    found.locator("#other-states > summary").click()
    found.locator("#st-VT rect").first.click()
    expect(found.locator("h1")).to_have_text("How Vermont could leave")


def test_the_map_is_pointed_at_by_mouse_and_by_keys(open_):
    found = open_(STANDOFF)
    found.evaluate("window.mine = true")
    expect(found.locator("#answer .stage")).to_have_text("Stays")
    found.locator("#g-4-18").click()
    expect(found.locator("#answer .stage")).to_contain_text("Offered 50")
    assert found.evaluate("window.mine")
    assert "set=p=0.1" in found.url
    found.locator("#g-4-18").focus()
    found.keyboard.press("ArrowRight")
    assert found.evaluate("document.activeElement.id") == "g-5-18"
    expect(found.locator("#readout")).to_contain_text("p 0.125, kF 1.35")
    found.keyboard.press("Enter")
    expect(found.locator("#v-victory")).to_have_value("p=0.125")
    found.go_back()
    found.go_back()
    expect(found.locator("#answer .stage")).to_have_text("Stays")


def test_a_number_is_set_by_its_slider(open_):
    found = open_(STANDOFF)
    found.locator("#v-federal-force-cost-slide").evaluate(
        "e => { e.value = e.max; e.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(found.locator("#answer .stage")).to_contain_text("Offered 50")  # ahead of the change
    assert "set=" not in found.url
    found.locator("#v-federal-force-cost-slide").evaluate(
        "e => e.dispatchEvent(new Event('change', { bubbles: true }))"
    )
    expect(found.locator("#drop-federal-force-cost")).to_be_attached()
    assert "set=kF=1.5" in found.url


def test_the_page_on_leaving_follows_readings_beliefs_and_the_map(open_):
    found = open_(EXIT)
    found.evaluate("window.mine = true")
    found.locator("#r-consent-of-the-states-unanimous").click()
    expect(found.locator("#answer .tally").first).to_contain_text("1 of 10")
    found.locator("#begin-60").click()
    expect(found.locator("#curve .dots")).to_be_visible()
    found.locator("#g-2-14").click()
    expect(found.locator("#unasked .story").first).to_contain_text("goes ahead")
    assert found.evaluate("window.mine")
    for part in ("consent-of-the-states=unanimous", "p=0.6", "set=p="):
        assert part in found.url


def test_a_link_within_the_page_opens_what_is_folded(open_):
    found = open_(f"{EXIT}#claims", reduced_motion="reduce")
    expect(found.locator("#claims-fold")).to_have_attribute("open", "")
    assert found.locator("#before-fold").get_attribute("open") != ""
    found.locator("nav.toc a[href='#before']").click()
    expect(found.locator("#before-fold")).to_have_attribute("open", "")
    assert found.evaluate("document.activeElement.parentElement.id") == "before-fold"


def test_without_a_script_all_is_links_and_forms(open_):
    found = open_(STANDOFF, java_script_enabled=False)
    found.locator("#v-federal-force-cost").select_option("kF=1.35")
    found.locator("#numbers-form button[type=submit]").click()
    expect(found.locator("#answer .stage")).to_contain_text("Offered 50")
    found.locator(".places a").first.click()
    expect(found.locator("#answer .stage")).to_have_text("Stays")
    assert "set=" in found.url


def test_the_boxes_of_a_way_stand_in_a_row(open_):
    found = open_(EXIT)
    for way in (1, 3):
        boxes = [box.bounding_box() for box in found.locator(f"#way-{way} .gate").all()]
        assert len({(round(box["y"]), round(box["height"])) for box in boxes}) == 1, boxes


def test_steps_of_which_one_will_do_are_legible_on_a_phone(open_):
    found = open_(EXIT, viewport={"width": 390, "height": 844})
    boxes = found.locator(".chain .either .gate")
    assert boxes.count() > 1
    assert all(box.bounding_box()["width"] > 200 for box in boxes.all())


@pytest.mark.parametrize("path", [EXIT, STANDOFF])
def test_a_printed_page_is_as_wide_as_its_paper(open_, path):
    found = open_(path)
    found.emulate_media(media="print")
    for width in (720, 1047, 1440):  # upright, across, and as a screen is wide
        found.set_viewport_size({"width": width, "height": 1000})
        whole, part = (found.locator(one).first.bounding_box()["width"] for one in ("main", ".sections"))
        assert part > 0.85 * whole, width


@pytest.mark.parametrize("path", [EXIT, STANDOFF, "/about", "/referendum/CA", "/petition/CA", "/defiance"])
def test_no_table_is_wider_than_its_paper(open_, path):
    found = open_(path, viewport={"width": 720, "height": 1000})
    found.emulate_media(media="print")
    found.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert found.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ── the tree, what happened before and what is claimed: by key, and without a script ────────────────────────────────


@pytest.mark.parametrize("script", [True, False])
def test_the_tree_is_read_by_keys(open_, script):
    found = open_(STANDOFF, java_script_enabled=script)
    tree = library().standoff("CA").tree
    expect(found.locator(".gametree .move")).to_have_count(sum(bool(node.id) for node in tree))
    folded = found.locator(".gametree details:not([open]) > summary").first
    name = folded.inner_text()
    folded.focus()
    found.keyboard.press("Enter")
    assert found.evaluate("document.activeElement.parentElement.open")
    assert found.evaluate("document.activeElement.innerText") == name
    found.keyboard.press("Tab")
    assert found.evaluate("document.activeElement.closest('.gametree details[open]') !== null")
    law = found.locator(".gametree a.chip").first
    law.focus()
    to = law.get_attribute("href")
    found.keyboard.press("Enter")
    expect(found).to_have_url(re.compile(f"{re.escape(to)}$"))
    expect(found.locator(f"{to} > summary")).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("fold", ["before", "claims", "evidence"])
def test_what_is_folded_on_the_page_on_leaving_is_opened_by_key(open_, fold, script):
    found = open_(EXIT, java_script_enabled=script, viewport={"width": 390, "height": 844})
    whole = found.locator(f"#{fold}-fold")
    summary = whole.locator(":scope > summary")
    summary.focus()
    assert found.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid" or not script
    found.keyboard.press("Enter")
    expect(whole).to_have_attribute("open", "")
    if fold == "before":
        one = library().exit("CA").precedents[0]
        found.keyboard.press("Tab")
        found.keyboard.press("Enter")
        expect(whole.get_by_text(one.shows).first).to_be_visible()
    if fold == "claims":
        claim = library().exit("CA").claims[0]
        expect(whole.get_by_text(claim.finds.strip()[:60]).first).to_be_visible()
    mark, title = summary.evaluate(
        "e => [e.getBoundingClientRect().height, e.querySelector('h2').getBoundingClientRect().height]"
    )
    assert mark < title + 60  # the sign stands beside the title, not on a line of its own
    assert found.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_precedent_is_reached_by_its_link_without_a_script(open_):
    found = open_(EXIT, java_script_enabled=False)
    way = found.locator(".path > details:has(a[href^='#p-'])").first
    way.locator("summary").first.click()
    link = way.locator("a[href^='#p-']").first
    to = link.get_attribute("href")
    link.click()
    expect(found.locator(to)).to_be_in_viewport()
