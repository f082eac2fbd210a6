"""The drawings beside the pages of the models: each shows what its page answers, and nothing runs out of it."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from assent.web import pages
from assent.web.pages.modelled import per_cent
from tests.web.doors import client, drawn, library

SVG = "{http://www.w3.org/2000/svg}"
FULL, HALF, REST = "#1f6f54", "#a9cfbe", "#e4e1d8"
DRAWN = [
    "/petition/CO.svg?raw=150000",
    "/petition/CO.svg",
    "/petition/CA.svg?count=1000,1000,700,0",
    "/petition/CA.svg?replay=yes",
    "/referendum/CA.svg",
    "/referendum/CA.svg?turnout=0.6&yes=0.56",
    "/referendum/CA.svg?replay=yes",
    "/referendum/TX.svg",
    "/defiance.svg?as-of=2016-12-31",
    "/defiance.svg?as-of=1950-01-01",
    "/defiance.svg?by=year",
    "/defiance/CO.svg?as-of=2016-12-31&view=tiles",
    "/forecast/us/amendment/era.svg?as-of=1975-03-22",
    "/forecast/us/amendment/child-labor.svg?as-of=2020-01-01",
    "/chance/us/article-v.svg?p=0.7&over=*",
    "/power/us/article-v.svg?by=state",
    "/plan/us/article-v/propose.svg",
    "/plan/us/article-v.svg?view=tiles",
    "/plan/us/article-v.svg?goal=block",
    "/coalitions/us/article-v.svg",
    "/exit/TX.svg",
    "/us/amendment/era.svg",
    "/us/application/balanced-budget.svg",
    "/matters.svg",
    "/question/completion.svg",
    "/question/union.svg",
    "/record.svg",
    "/record.svg?matter=us/amendment/era",
    "/record.svg?matter=us/admission/HI",
    "/record.svg?matter=us/admission/WV",
    "/about.svg",
    "/about.svg?as-of=1950-01-01",
]


@pytest.fixture(scope="module")
def door():
    with client(pages) as found:
        yield found


@pytest.mark.parametrize("url", DRAWN)
def test_nothing_runs_out_of_a_drawing(open_, url):
    found = open_(url)
    out = found.evaluate(
        """() => {
          const whole = document.documentElement.getBoundingClientRect();
          return [...document.querySelectorAll("text, rect, circle")].filter((part) => {
            const box = part.getBoundingClientRect();
            return box.left < whole.left - 1 || box.right > whole.right + 1 || box.bottom > whole.bottom + 1;
          }).map((part) => part.textContent || part.outerHTML);
        }"""
    )
    assert out == []


@pytest.mark.parametrize("url", [DRAWN[0], DRAWN[5], DRAWN[8], DRAWN[12]])
def test_a_drawing_has_words_and_a_picture(door, url):
    root = drawn(door, url)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text
    picture = door.get(url.replace(".svg", ".png"))
    assert picture.content.startswith(b"\x89PNG")
    assert int.from_bytes(picture.content[16:20], "big") >= 2 * float(root.get("viewBox").split()[2])
    page = door.get(url.replace(".svg", "", 1)).text
    for ext in ("svg", "png"):
        link = re.search(rf'<a href="([^"]+)">{ext.upper()}</a>', page)[1].replace("&amp;", "&")
        assert door.get(link).status_code == 200


def test_the_dots_and_the_curve_of_a_petition_are_its_chances(door):
    chances = library().petition("CO", raw=150000).outlook.chances
    root = drawn(door, DRAWN[0])
    dots = Counter(dot.get("fill") for dot in root.iter(f"{SVG}circle") if dot.get("r") == "4.6")
    assert sum(dots.values()) == 100
    assert abs(dots[FULL] - 100 * chances.by_sample) <= 1
    assert abs(dots[REST] - 100 * chances.fails) <= 1
    point = next(dot for dot in root.iter(f"{SVG}circle") if dot.get("r") == "6")
    assert (88 - float(point.get("cy").rstrip("%"))) / 83 == pytest.approx(chances.qualifies, abs=1e-3)


def test_the_bars_of_a_petition_are_as_long_as_their_numbers(door):
    needed = library().petition("CO").needed
    root = drawn(door, "/petition/CO.svg")
    bars = [float(bar.get("width")) for bar in root.iter(f"{SVG}rect") if bar.get("fill") == FULL]
    assert bars[1] / bars[2] == pytest.approx(needed.raw / needed.raw_by_sample, abs=0.01)
    assert f"{needed.raw:,}" in "".join(root.itertext())


def test_the_map_of_defiance_is_the_list_of_states(door):
    """Any use by adults at the end of 2016: Colorado and Washington, Alaska and Oregon, and four more that November."""
    root = drawn(door, "/defiance.svg?as-of=2016-12-31")
    named = {
        path.find(f"{SVG}title").text.partition(":")[0]
        for path in root.iter(f"{SVG}path")
        if path.get("fill") == FULL and path.find(f"{SVG}title") is not None
    }
    assert named == {
        "Colorado", "Washington", "Alaska", "Oregon", "California", "Nevada", "Maine", "Massachusetts",
    }  # fmt: skip
    medical = sum(p.get("fill") == HALF and p.find(f"{SVG}title") is not None for p in root.iter(f"{SVG}path"))
    living = {one.kind: one.states for one in library().defiance(as_of="2016-12-31").living}
    assert sorted(living.values()) == [len(named), len(named) + medical]


def test_the_point_of_a_forecast_is_its_chance(door):
    found = library().forecast("us/amendment/child-labor", as_of="2020-01-01")
    root = drawn(door, "/forecast/us/amendment/child-labor.svg?as-of=2020-01-01")
    point = next(dot for dot in root.iter(f"{SVG}circle") if dot.get("r") == "6")
    assert (88 - float(point.get("cy").rstrip("%"))) / 83 == pytest.approx(found.probability, abs=1e-3)
    dots = sum(dot.get("fill") == FULL and dot.get("r") == "4.6" for dot in root.iter(f"{SVG}circle"))
    assert dots == round(100 * found.probability)


def test_a_vote_is_drawn_with_its_rule(door):
    found = library().referendum("CA", turnout="0.6", yes="0.56")
    words = drawn(door, "/referendum/CA.svg?turnout=0.6&yes=0.56").find(f"{SVG}desc").text
    assert found.rules[0].asks in words
    assert per_cent(found.rules[0].probability).replace("\u00a0", " ") in words.replace("\u00a0", " ")


def test_the_ways_out_are_drawn_with_what_each_takes_and_where_it_stops(door):
    found = library().exit("TX")
    root = drawn(door, "/exit/TX.svg")
    words = " ".join(text.text for text in root.iter(f"{SVG}text"))
    for at, path in enumerate(found.paths, 1):
        assert f"{at}. {path.title}" in words
    counts = Counter(f"{need.need:,} of {need.of:,}" for p in found.paths for need in p.needs if (need.of or 0) > 1)
    assert Counter(re.findall(r"\d+ of \d+", words)) == counts
    lawful = sum(path.lawful_here for path in found.paths)
    assert 0 < lawful == words.count("✓ lawful here") < len(found.paths)
    assert words.count("✗ not lawful here") == len(found.paths) - lawful
    other = ET.tostring(drawn(door, "/exit/TX.svg?consent-of-the-states=congress-and-state"), encoding="unicode")
    assert other.count("✓ lawful here") != lawful
