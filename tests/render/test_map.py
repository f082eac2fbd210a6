"""The map and the tiles: legible, complete, escaped, and one link for each unit."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from assent.inquiries.library import Library
from assent.render.atlas import atlas, svg
from assent.render.map import ROOM, Mark, Outline, map_parts
from assent.render.palette import DARK, LIGHT, contrast
from assent.render.texts import HOWS, texts
from assent.render.tiles import Tile, size, tile_parts

SPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def us():
    return Library()


@pytest.mark.parametrize("paints", [LIGHT, DARK])
@pytest.mark.parametrize("kind", LIGHT)
def test_every_label_is_legible_on_its_fill(paints, kind):
    assert contrast(paints[kind].fill, paints[kind].ink) >= 4.5


def test_contrast_is_that_of_the_standard():
    # the example pairs of WCAG 2.2: #767676 on white is the lightest grey that passes
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") < 4.5


def test_every_kind_has_a_paint_and_a_word():
    assert set(LIGHT) == set(DARK) == set(HOWS)


def test_the_style_sheet_paints_as_the_palette_says(us):
    from assent.web.static import FOLDER

    sheet = (FOLDER / "assent.css").read_text(encoding="utf-8")
    names = {"not-recorded": "silent"}
    for kind, light in LIGHT.items():
        name, dark = names.get(kind, kind), DARK[kind]
        if kind == "yes-despite":
            continue  # painted as yes, with stripes
        for letter, pair in (("f", (light.fill, dark.fill)), ("i", (light.ink, dark.ink))):
            one, other = ("#fff" if colour == "#ffffff" else colour for colour in pair)
            said = one if one == other else f"light-dark({one},{other})"
            assert f"--{letter}-{name}:{said};" in sheet, (kind, letter)


def test_outlines_and_tiles_hold_every_state_once(us):
    states = {m.unit for m in us.place.record.rosters["us/states"]}
    found = atlas(us.place)
    assert {o.unit for o in found.outlines} == {t.unit for t in found.tiles} == states
    assert len(found.outlines) == len(found.tiles) == len(states)
    assert len({(t.x, t.y) for t in found.tiles}) == len(states)


def test_a_label_stands_inside_its_outline(us):
    for outline in atlas(us.place).outlines:
        assert any(_inside(outline.x * 10, outline.y * 10, ring) for ring in _rings(outline.path)), outline.unit


def test_callouts_are_for_those_without_room(us):
    small = {o.unit for o in atlas(us.place).outlines if o.radius < ROOM}
    assert small == {"CT", "DE", "HI", "MA", "MD", "NH", "NJ", "RI", "VT"}


def test_callouts_do_not_cover_each_other(us):
    parts = map_parts(atlas(us.place).outlines, {})
    boxes = [tuple(map(float, found)) for found in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)"', parts)]
    assert len(boxes) == 9
    for at, (x, y) in enumerate(boxes):
        assert all(abs(x - a) >= 36 or abs(y - b) >= 20 for a, b in boxes[at + 1 :])


def test_a_unit_is_one_link_and_what_is_said_is_escaped():
    square = Outline("AA", "M0 0h900v900h-900z", 45, 45, 40)
    parts = map_parts([square], {"AA": Mark("AA", "yes", 'A "quoted" <name>', "/x?a=1&b=2", ring=True)})
    whole = ET.fromstring(f"<g>{parts}</g>")
    (link,) = whole.findall(".//a")
    assert link.get("href") == "/x?a=1&b=2"
    assert link.get("aria-label") == 'A "quoted" <name>'
    assert link.get("class") == "u k-yes ring"
    assert len(whole.findall(".//g[@class='rings']/path")) == 1


def test_a_unit_that_leads_nowhere_is_no_link():
    (tile,) = ET.fromstring(f"<g>{tile_parts([Tile('AA', 0, 0)], {})}</g>")
    assert tile.get("href") is None
    assert tile.get("class") == "u k-absent"


def test_tiles_are_as_large_as_their_last():
    assert size([Tile("AA", 0, 0), Tile("BB", 9, 4)]) == (476, 236)


@pytest.mark.parametrize("view", ["map", "tiles"])
def test_a_file_draws_each_state_as_it_stands(us, view):
    status = us.status("us/amendment/era", "2020-02-01", "2026-01-01", {"rescission": "effective"}, no=["TX"])
    drawn = svg(status, us.place, view)
    whole = ET.fromstring(drawn)
    assert "style" not in drawn
    titles = {t.text for t in whole.iter(f"{SPACE}title")}
    assert {p.text for p in status.units} <= titles
    told = [t.text for t in whole.iter(f"{SPACE}text")]
    for said in ("Ratified, counts", "Ratified, took it back", "Ratified too late", "Has not ratified"):
        assert said in told
    assert "Ratified, took it back, counts" not in told
    assert drawn.count("stroke-dasharray") == 1  # Texas alone is supposed


def test_texts_name_matters_that_are_on_file(us):
    said = texts(us.place)
    assert said.featured
    for featured in said.featured:
        assert featured.matter in us.matters
    assert set(said.kinds) == {m.kind for m in us.matters.values()}
    assert said.leaving.state in {m.unit for m in us.place.record.rosters["us/states"]}


def _rings(path):
    for part in path.split("M")[1:]:
        numbers = [int(n) for n in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        ring = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        yield ring


def _inside(x, y, ring):
    found = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found
