"""The pages of the counting questions: what they say, where their links and forms lead, and what they refuse."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from math import comb
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest

import assent
import assent.api
from assent.render.charts import Bar, Point, bar_file, curve, dot_parts
from assent.render.plots import plot_parts
from assent.web import pages
from assent.web.kinds import option_of
from assent.web.url import read_url
from tests.web.doors import client, library

V, ACT, ARTICLES = "us/article-v", "us/act-of-congress", "us/articles-of-confederation"
DAY = "as-of=2026-01-01"
SHOWN = [
    f"/power/{V}",
    f"/power/{V}?by=state&view=tiles",
    f"/power/{V}?by=member&full=yes",
    f"/power/{V}?index=birnbaum",
    f"/power/{ACT}?index=shapley-shubik&by=party",
    f"/chance/{V}",
    f"/chance/{V}?p=0.66&p=party:Republican=0.4&world=7",
    f"/chance/{ARTICLES}?p=0.9&world=2",
    f"/plan/{V}?include=CA&exclude=TX,NY".replace("TX,NY", "TX"),
    f"/plan/{V}?view=list&goal=block&cost=population",
    f"/plan/{ACT}?cost=persuasion&p=0.4",
    f"/plan/{V}?matter=us/amendment/child-labor",
    f"/coalitions/{V}?member=CA",
    f"/coalitions/{ARTICLES}",
    "/power/us/secession",
    "/chance/us/article-vii",
    "/coalitions/us/admission",
    f"/plan/{V}?as-of=2001-01-01",
    f"/embed/power/{V}?by=state",
    f"/embed/chance/{ARTICLES}?p=0.9",
]


@pytest.fixture(scope="module")
def door():
    with client(pages) as found:
        yield found


def read(door, url):
    """A page; its own address first, where it has another."""
    answer = door.get(url, headers={"Accept": "text/html"})
    if answer.status_code == 308:
        answer = door.get(answer.headers["Location"])
    assert answer.status_code == 200, (url, answer.status_code, answer.text[:2000])
    return answer.text


class Elements(HTMLParser):
    """Elements with their attributes, forms with what they send, and the text of what has an id."""

    def __init__(self, html):
        super().__init__()
        self.found, self.forms = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.found.append((tag, held))
        form = self.forms[-1] if self.forms else None
        if tag == "form":
            self.forms.append({"action": held["action"], "method": held.get("method"), "sends": [], "labels": set()})
        elif tag == "input" and form and "name" in held and held.get("data-plain") != held.get("value", ""):
            form["sends"].append((held["name"], held.get("value", "")))
        elif tag == "select" and form:
            form["sends"].append((held["name"], None))
        elif tag == "option" and form and form["sends"] and held.get("value") is not None:
            name, value = form["sends"][-1]
            if value is None or "selected" in held:
                form["sends"][-1] = (name, held["value"])


def words(html):
    """What a reader sees: the text without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def row(html, name):
    """A row of the ranking."""
    found = re.search(rf'<details id="d-{name}".*?</details>', html, re.DOTALL)
    assert found, name
    return found[0]


def kinds(html, key="m"):
    """Unit → the classes it is drawn with."""
    found = (attrs for _, attrs in Elements(html).found if re.fullmatch(rf"{key}-[A-Z]+", attrs.get("id", "")))
    return {attrs["id"].rpartition("-")[2]: attrs["class"].split() for attrs in found}


def part(share):
    """A share in percent with two decimals, or with two digits where it is small."""
    if share < 1e-5:
        mantissa, _, power = f"{share:.1e}".partition("e-")
        return f"{mantissa} × 10 −{int(power)}"
    return f"{100 * share:.2f} %" if share >= 0.001 else f"{100 * share:.2g} %"


# ── every page ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("url", SHOWN)
def test_a_page_is_whole_and_strict(door, url):
    elements = Elements(read(door, url)).found
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    assert [tag for tag, _ in elements].count("h1") == 1
    assert "answer" in ids
    labelled = {attrs["for"] for tag, attrs in elements if tag == "label" and "for" in attrs}
    for tag, attrs in elements:
        assert "style" not in attrs, (tag, attrs)
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        assert tag not in {"script", "link"} or (attrs.get("src") or attrs["href"]).startswith("/static/")
        for name in ("aria-labelledby", "aria-describedby"):
            assert attrs.get(name, ids[0]) in ids
        if attrs.get("href", "").startswith("#"):
            assert attrs["href"][1:] in ids
        if tag in {"select", "input"} and attrs.get("type") != "hidden":
            assert attrs["id"] in labelled, attrs


@pytest.mark.parametrize("url", SHOWN)
def test_every_link_to_a_page_is_its_own_address(door, url):
    html = read(door, url)
    links = {attrs["href"] for tag, attrs in Elements(html).found if tag == "a" and "href" in attrs}
    asked = {link.partition("#")[0] for link in links if re.match(r"/(embed/)?(power|plan|chance|coalitions)/", link)}
    assert len(asked) > 3
    for link in asked:
        path, _, query = link.partition("?")
        found = read_url(path.encode(), query.encode(), library())
        assert (found.address.file(found.file) if found.file else found.address.url()) == link


@pytest.mark.parametrize("url", SHOWN)
def test_a_form_asks_for_the_same_page_until_it_is_changed(door, url):
    html = read(door, url)
    forms = Elements(html).forms
    assert ("/embed/" in url or "us/admission" in url) != bool(forms)
    for form in forms:
        assert form["method"] == "get"
        sends = [(name, value or "") for name, value in form["sends"] if name != "seats"]
        path, query = form["action"], urlencode(sends, quote_via=quote)
        found = read_url(path.encode(), query.encode(), library()).address
        own, _, said = url.partition("?")
        assert found.url() == read_url(own.encode(), said.encode(), library()).address.url()


def test_every_page_leads_to_the_other_three(door):
    html = read(door, f"/power/{V}?{DAY}")
    for kind in ("plan", "chance", "coalitions"):
        assert f'href="/{kind}/{V}?{DAY}"' in html


def test_a_frame_holds_the_answer_and_the_way_to_the_page(door):
    answer = door.get(f"/embed/plan/{V}?goal=block")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert f'href="/plan/{V}?goal=block" target="_top"' in answer.text
    assert "<form" not in answer.text


# ── power ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_power_is_ranked_as_the_inquiry_ranks_it(door):
    found = library().power(V, by="state", as_of="2026-01-01")
    html = read(door, f"/power/{V}?{DAY}&by=state")
    ranked = [attrs["id"][2:] for tag, attrs in Elements(html).found if tag == "details" and attrs["id"][:2] == "d-"]
    assert ranked == [share.id for share in found.values]
    top = found.values[0].normalized
    for share in found.values:
        own = row(html, share.id)
        assert part(share.normalized) in words(own)
        assert f"a whole number of {len(str(share.swings)):,} digits" in words(own)
        wide = float(re.search(r'<rect width="([0-9.]+)%"', own)[1])
        assert wide == pytest.approx(100 * share.normalized / top, abs=0.01)
    assert found.reproduce in unescape(html)


def test_a_state_is_made_of_its_chambers_and_its_members_of_congress(door):
    chambers = {share.id: share for share in library().power(V, by="chamber", as_of="2026-01-01").values}
    own = words(row(read(door, f"/power/{V}?{DAY}&by=state"), "WY"))
    lower, upper = chambers["WY/lower"], chambers["WY/upper"]
    seats = Fraction(2, 100) * Fraction(chambers["us/senate"].normalized) + Fraction(1, 435) * Fraction(
        chambers["us/house"].normalized
    )
    for share, members in ((lower.normalized, 62), (upper.normalized, 31), (float(seats), 3)):
        assert f"{part(share)} {members} members" in own


def test_the_map_is_shaded_by_the_share(door):
    found = library().power(V, by="state", as_of="2026-01-01")
    drawn = kinds(read(door, f"/power/{V}?{DAY}"))
    for share in found.values:
        shade = 1 + sum(50 * share.normalized > step for step in (0.5, 0.75, 1, 1.5, 2))
        assert f"k-s{shade}" in drawn[share.id], share


def test_birnbaum_without_beliefs_has_no_number_and_with_even_ones_is_banzhaf(door):
    unsaid = read(door, f"/power/{V}?index=birnbaum")
    assert 'class="tally' not in unsaid
    assert "Nothing is believed yet" in unsaid
    even = read(door, f"/power/{V}?{DAY}&p=0.5&index=birnbaum&by=chamber&full=yes")
    for share in library().power(V, by="chamber", as_of="2026-01-01").values:
        assert part(share.normalized) in words(row(even, share.id.replace("/", "-")))


def test_one_member_against_another(door):
    each = {s.id: Fraction(s.swings, s.members) for s in library().power(V, by="chamber", as_of="2026-01-01").values}
    low, high = min(each, key=each.get), max(each, key=each.get)
    html = words(read(door, f"/power/{V}?{DAY}"))
    assert (high, low) == ("us/senate", "KS/lower")
    times = f"{float(each[high] / each[low]):,.0f}"
    assert f"One member of the Senate weighs as much as {times} members of the KS House" in html


# ── chance ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_believed_that_is_not_said(door):
    html = read(door, f"/chance/{V}")
    assert 'class="tally' not in html
    assert 'class="dots"' not in html
    assert [attrs for _, attrs in Elements(html).found if attrs.get("name") == "p" and attrs.get("value")] == []
    assert "Nothing is believed of 3,605" not in words(html)
    some = words(read(door, f"/chance/{V}?p=party:Republican=0.4"))
    assert re.search(r"Nothing is believed of [0-9,]+ members", some)


@pytest.mark.parametrize(("p", "hundred"), [("0.9", "25.4"), ("0.95", "51.3"), ("1", "1")])
def test_the_chance_that_thirteen_agree(door, p, hundred):
    html = read(door, f"/chance/{ARTICLES}?{DAY}&p={p}")
    assert f'<p class="tally"><b>{hundred}</b>' in html
    chance = float(p) ** 13
    assert html.count('class="d-yes"') == round(100 * chance)
    assert html.count("<circle class=") == 101  # the dots, and the point on the curve
    assert f"Believed: everyone says yes with {p} (each of 13 members)." in unescape(html)
    assert "--p" not in words(html[: html.index('id="share"')])


def test_the_curve_in_numbers_is_the_curve(door):
    html = read(door, f"/chance/{ARTICLES}?{DAY}&p=0.9")
    rows = re.findall(r'<tr data-at="([0-9.]+)".*?<td>([0-9.]+)&nbsp;|<tr data-at="([0-9.]+)"', html)
    assert len(rows) == 101
    found = dict(re.findall(r'data-at="(0\.[6-9]5)" data-said="[^"]*→ ([0-9.]+)\u00a0%"', html))
    assert found == {at: f"{100 * float(at) ** 13:.2f}" for at in found}
    assert len(found) >= 3
    path = re.search(r'class="cur-line" points="([^"]+)"', html)[1].split()
    x, y = map(float, path[95].split(","))
    assert (x, y) == pytest.approx((95, 100 * (1 - 0.95**13)), abs=0.01)
    assert '<tr data-at="0.9"' in html
    assert re.search(r'<tr data-at="0.9"[^>]*class="here"', html)


def test_a_small_chance_is_one_in_so_many(door):
    chance = 1 / sum(comb(435, k) for k in range(290, 436)) * 2**435  # of a House alone, as a check of the size
    found = library().chance("us/article-v/propose", 0.5, as_of="2026-01-01")
    html = words(read(door, f"/chance/us/article-v/propose?{DAY}&p=0.5"))
    assert 1 / found.probability > chance
    size = f"{1 / found.probability:.1e}".replace("e+", "e")
    mantissa, _, power = size.partition("e")
    assert f"1 in {mantissa} × 10 {int(power)}" in html
    assert "most likely none would pass" in html


def test_a_world_is_drawn_from_its_seed(door):
    url = f"/chance/{V}?{DAY}&p=0.66&world=7"
    world = library().chance(V, 0.66, world=7, as_of="2026-01-01").world
    html = read(door, url)
    drawn = kinds(html)
    own = {body.state: body.met for body in world.bodies if body.state and body.id == f"{body.state}/chambers"}
    assert len(own) == 50
    assert {unit: "k-yes" in said for unit, said in drawn.items()} == own
    assert f"it {'passes' if world.met else 'does not pass'}" in words(html)
    assert url.replace("world=7", "world=8") in unescape(html)
    assert url.replace("world=7", "world=6") in unescape(html)


def test_a_factor_asks_for_its_curve(door):
    plain = read(door, f"/chance/us/article-v/propose?{DAY}&p=0.66&factor=nation=0.3")
    assert "cur-line" not in plain
    link = unescape(re.search(r'id="curve-draw" data-go href="([^"]+)"', plain)[1])
    assert read(door, link).count("<tr data-at=") == 11
    assert "normal shifts of their log-odds" in words(plain)


# ── plan ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_state_is_asked_for_then_left_out_then_free_again(door):
    url, seen = f"/plan/{V}?{DAY}", []
    for _ in range(3):
        html = read(door, url)
        number = re.search(r'<p class="tally"><b>([0-9,]+)</b> members', html)[1]
        seen.append((url.partition("&")[2], number, [k for k in kinds(html)["CA"] if k != "u"]))
        link = re.search(r'<a id="m-CA"[^>]*? href="([^"]+)"', html)[1]
        url = unescape(link)
    assert seen == [
        ("", "2,797", ["k-take"]),
        ("include=CA", "2,797", ["k-take", "ring"]),
        ("exclude=CA", "2,829", ["k-out", "ring"]),
    ]
    assert url == f"/plan/{V}?{DAY}"


def test_a_plan_names_whom_it_takes_and_the_next_best(door):
    found = library().plan(V, "block", assent.api.Ask(cost="population"), as_of="2026-01-01")
    html = read(door, f"/plan/{V}?{DAY}&goal=block&cost=population")
    drawn = kinds(html)
    assert {unit for unit in drawn if "k-take" in drawn[unit]} == {won.state for won in found.members}
    text = words(html)
    assert f"{found.cost:,.2f} people represented" in text
    assert "Proven: no cheaper set of members does it." in text
    for way in found.next_best:
        assert f"{way.size:,} members" in text
    order = re.findall(r'<th scope="row">([^<]+)</th><td>[^<]*</td><td class="right">([0-9,.]+)</td>', html)
    prices = [float(price.replace(",", "")) for _, price in order]
    assert prices == sorted(prices)
    assert sum(prices) == pytest.approx(found.cost, abs=0.5)


def test_a_plan_goes_on_from_where_a_matter_stands(door):
    day = "as-of=2026-01-01&known-as-of=2026-01-01"
    readings = {"deadline": "not-binding", "rescission": "effective"}
    status = library().status("us/amendment/era", "2026-01-01", "2026-01-01", readings)
    html = read(door, f"/plan?{day}&deadline=not-binding&rescission=effective&matter=us/amendment/era")
    drawn = kinds(html)
    assert {unit for unit in drawn if "k-have" in drawn[unit]} == {p.unit for p in status.units if p.counts}
    assert sum("k-take" in said for said in drawn.values()) == 38 - status.count
    assert f"{status.count} of 38" in words(html)
    for question in ("deadline", "rescission", "state-supermajority"):
        assert f'id="q-{question}"' in html


def test_what_cannot_be_done_says_why(door):
    html = words(read(door, f"/plan/{V}?include=CA&at-most=20:CA/lower"))
    assert "It cannot be done" in html
    assert "must be in" in html
    assert "At most 20:CA/lower" in html or "at most 20:CA/lower" in html


# ── coalitions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_fewest_and_the_smallest_share_of_the_people(door):
    found = library().coalitions(V, as_of="2026-01-01")
    html = read(door, f"/coalitions/{V}?{DAY}")
    for key, people in (("win", found.population_to_win), ("block", found.population_to_block)):
        drawn = kinds(html, f"{key}t")
        assert {unit for unit in drawn if "k-take" in drawn[unit]} == set(people.who)
        assert f"{people.people:,} of {people.of:,} people" in words(html)
        assert part(people.people / people.of) in words(html)
    assert "<b>34</b> can block" in html
    assert "It takes at least 2,797 members of 7,921 to pass it" in words(html)
    assert f"a whole number of {len(str(found.winning)):,} digits" in words(html)


def test_unanimity_by_counting_on_fingers(door):
    text = words(read(door, f"/coalitions/{ARTICLES}?{DAY}&member=NJ/legislature"))
    assert "Pass it 1 Stop it 8,191 Of all 2 13" in text
    assert "the chance that it passes would be 1 in 8,192" in text
    assert "in every minimal coalition: without it nothing works" in text


# ── what is missing, and what is refused ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["power", "plan", "chance", "coalitions"])
def test_what_is_missing_is_asked_for(door, kind):
    believes = "?p=0.9" if kind == "chance" else "?"
    html = read(door, f"/{kind}/us/secession{believes}")
    assert 'class="tally' not in html
    assert '<select id="state" name="state" required>' in html
    assert "us/secession is about one state" in words(html)
    seats = read(door, f"/{kind}/us/article-vii{believes}")
    assert 'name="seats"' in seats
    link = unescape(re.search(r'id="seats-1" data-go href="([^"]+)"', seats)[1])
    assert 'class="tally' in read(door, link)
    early = read(door, f"/{kind}/{V}{believes}&as-of=2001-01-01")
    assert "Not on file for this day" in early
    assert f'href="/{kind}/{V}' in early
    none = read(door, f"/{kind}/us/admission{believes}")
    assert "This cannot be counted" in none
    assert "<form" not in none


HOSTILE = [
    f"/power/{V}?index=<script>alert(1)</script>",
    f"/power/{V}?by=nobody",
    f"/power/{V}?index=birnbaum&p=1.5",
    f"/power/{V}?index=birnbaum&p=nan",
    f"/power/{V}?state=ZZ",
    f"/power/{V}?seats=a",
    f"/power/{V}?goal=block",
    f"/power/{V}?rescission=maybe",
    f"/chance/{V}?p=-1",
    f"/chance/{V}?p=1e999",
    f"/chance/{V}?p=0.5&p=0.6",
    f"/chance/{V}?p=party:<b>=0.5",
    f"/chance/{V}?p=0.5&factor=planet=1",
    f"/chance/{V}?p=0.5&factor=nation=-1",
    f"/chance/{V}?p=0.5&over=*=1:0",
    f"/chance/{V}?p=0.5&over=*=0:1:99999",
    f"/chance/{V}?p=0.5&world=-1",
    f"/plan/{V}?goal=win",
    f"/plan/{V}?cost=/etc/passwd.csv",
    f"/plan/{V}?include=../../etc",
    f"/plan/{V}?at-most=x:CA",
    f"/plan/{V}?at-least=5:party:<i>",
    f"/plan/{V}?matter=us/amendment/none",
    f"/plan/{V}?next=51",
    "/plan",
    f"/coalitions/{V}?member=nobody/1",
    f"/coalitions/{V}?kinds=1001",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_what_is_wrong_gets_a_page_that_says_so(door, url):
    path, _, query = url.partition("?")
    sent = "&".join("=".join(map(quote, said.split("=", 1))) for said in query.split("&"))
    answer = door.get(f"{path}?{sent}" if sent else path)
    if answer.status_code == 308:
        answer = door.get(answer.headers["Location"])
    assert answer.status_code == 400
    assert "What to do:" in answer.text
    assert not re.search(r"<(script>|b>=|i>)alert|<b>=0\.5|Traceback|File &#34;", answer.text)
    assert answer.headers["Cache-Control"] == "no-store"


# ── to take away ────────────────────────────────────────────────────────────────────────────────────────────────────

SAME = [
    f"/power/{V}?{DAY}&by=state&index=shapley-shubik",
    f"/power/{ACT}?{DAY}&p=0.6&index=birnbaum",
    f"/chance/{V}?{DAY}&p=0.66&p=party:Republican=0.4&world=7",
    f"/chance/us/article-v/propose?{DAY}&p=0.66&factor=nation=0.3",
    f"/plan/{V}?{DAY}&known-as-of=2026-01-01&goal=block&include=CA&exclude=us/senate&next=1",
    f"/plan/{V}?{DAY}&known-as-of=2026-01-01&state-supermajority=majority&matter=us/amendment/child-labor",
    f"/coalitions/us/exit/congress-and-state?{DAY}&state=CA&member=us/president",
]


@pytest.mark.parametrize("url", SAME)
def test_the_python_of_a_page_gives_what_its_file_says(door, url):
    html = read(door, url)
    code = unescape(re.search(r'<pre id="share-python"[^>]*>(.*?)</pre>', html, re.DOTALL)[1])
    assert code.startswith("import assent\n")
    held = {}
    exec(code.replace("\n\nassent.", "\n\nfound = assent."), held)
    link = unescape(re.search(r'<a href="([^"]+)">JSON</a>', html)[1])
    assert door.get(link).text == assent.api.json(held["found"]) + "\n"
    assert held["found"].reproduce in unescape(html)


@pytest.mark.parametrize("url", [*SAME, f"/coalitions/{V}?{DAY}", f"/plan/{V}?{DAY}&view=tiles"])
def test_the_drawing_beside_a_page_has_words(door, url):
    path, _, query = url.partition("?")
    drawing = ET.fromstring(read(door, f"{path}.svg?{query}"))
    space = "{http://www.w3.org/2000/svg}"
    assert drawing.find(f"{space}title").text
    assert drawing.get("role") == "img"
    assert len(list(drawing.iter())) > 5


def test_a_pinned_link_is_a_page_of_its_own(door):
    html = read(door, f"/power/{V}")
    pinned = unescape(re.search(r'<a href="([^"]+)">Link that pins', html)[1])
    assert pinned == f"/power/{V}?as-of={date.today()}"
    assert read(door, pinned)


def test_the_default_of_an_option_needs_no_words(door):
    answer = door.get(f"/plan/{V}?goal=pass&cost={option_of('plan', 'cost').default}&next=3")
    assert (answer.status_code, answer.headers["Location"]) == (308, f"/plan/{V}")


# ── charts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("filled", [0, 1, 37, 100])
def test_a_hundred_dots(filled):
    drawn = ET.fromstring(f"<svg>{dot_parts(filled)}</svg>")
    places = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in drawn]
    assert len(set(places)) == 100
    assert all(0 < x < 120 and 0 < y < 120 for x, y in places)
    assert [dot.get("class") for dot in drawn] == ["d-yes"] * filled + ["d-no"] * (100 - filled)


def test_a_curve_stands_where_its_points_are():
    parts = plot_parts(curve([Point(0.2, 0), Point(0.6, 1)], Point(0.4, 0.25), 0.2, 0.6))
    drawn = ET.fromstring(f"<svg>{parts}</svg>")
    point = drawn.find("circle")
    assert (point.get("cx"), point.get("cy")) == ("53.5%", "67.25%")  # halfway from 9 to 98, a quarter up from 88 to 5
    assert drawn.find(".//polyline").get("points") == "0.00,100.00 100.00,0.00"
    away = plot_parts(curve([Point(0.2, 0), Point(0.6, 1)], Point(0.9, 0.25), 0.2, 0.6))
    assert "circle" not in away


def test_a_name_cannot_leave_its_bar():
    drawn = bar_file([Bar("<b>&", 0.5, "50 %"), Bar("none", 0.0, "0 %")], "A & B", ["x" * 300])
    root = ET.fromstring(drawn)
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert "<b>&" in texts
    assert "A & B" in texts
    assert all(len(text) <= 104 for text in texts)
    bars = [float(r.get("width")) for r in root.iter() if r.tag.endswith("rect")][1:]
    assert bars[0] > 300
    assert bars[1] == 0
