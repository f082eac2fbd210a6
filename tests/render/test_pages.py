"""Every result has a page, and each writer sets it."""

import io
import re
import xml.etree.ElementTree as ET
from datetime import date
from html.parser import HTMLParser

import msgspec
import pytest
from rich.console import Console

from assent.api import library, mermaid, svg
from assent.inquiries.filed.show import Shown
from assent.render.html import html
from assent.render.page import Page
from assent.render.pages import RESULTS, page_of
from assent.render.terminal import show
from assent.render.text import text

DAY = date(2026, 11, 22)
ERA = "us/amendment/era"
NO_CLOSE = {"br", "hr", "img", "meta"}


def results():
    us = library()
    return {
        "Acts": us.acts(ERA, "ID"),
        "Chance": us.chance("us/article-v", 0.6, "*", 7, DAY),
        "Checked": us.check(us.place.root / "law" / "admission.yaml"),
        "Cited": us.cite("us-const-art-v"),
        "Coalitions": us.coalitions("us/article-v", "CA", as_of=DAY),
        "Defiance": us.defiance(as_of=DAY),
        "Exit": us.exit("CA", DAY, DAY),
        "Forecast": us.forecast(ERA, as_of="1975-01-01"),
        "Hinge": us.hinge(ERA, DAY, DAY),
        "Matters": us.list_matters(),
        "Petition": us.petition("CA", replay=True, as_of=DAY),
        "Plan": us.plan("us/article-v", as_of=DAY),
        "Polls": us.polls("CA", DAY),
        "Procedures": us.list_procedures(),
        "Power": us.power("us/article-v", as_of=DAY),
        "QuestionShown": us.show("rescission"),
        "Questions": us.list_questions(),
        "RecordChecked": us.check_record(),
        "Referendum": us.referendum("CA", yes=0.52, as_of=DAY),
        "Replay": us.replay(DAY),
        "Shown": us.show("us/article-v/whole", DAY),
        "Standoff": us.standoff("CA", as_of=DAY),
        "Staleness": us.staleness(DAY),
        "Status": us.status(ERA, DAY, DAY),
        "Timeline": us.timeline(ERA, DAY, DAY),
        "Why": us.because(ERA, DAY, DAY),
    }


RESULT = results()


class Balance(HTMLParser):
    """Fails on a tag that is closed out of turn."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in NO_CLOSE:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_kind_of_result_is_tried():
    assert {name for _, name in RESULTS} == set(RESULT)


def test_the_table_of_pages_names_types_that_exist():
    for name, result in RESULT.items():
        assert (type(result).__module__, name) in RESULTS


@pytest.mark.parametrize("name", RESULT)
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_text_keeps_to_its_width(name, width, full):
    said = text(page_of(RESULT[name], library().place, full=full), width).splitlines()
    over = [line for line in said if len(line) > width and not line.startswith("assent ") and " " in line.strip()]
    assert not over


@pytest.mark.parametrize("name", RESULT)
def test_html_is_balanced_and_escaped(name):
    reader = Balance()
    reader.feed(html(page_of(RESULT[name], library().place)))
    assert reader.open == []


@pytest.mark.parametrize("name", RESULT)
def test_a_terminal_shows_the_words_of_the_text(name):
    page = page_of(RESULT[name], library().place)
    out = io.StringIO()
    show(page, Console(file=out, width=80, force_terminal=True, color_system="standard", legacy_windows=False))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert bare.split() == text(page, 80).split()


def test_colours_are_left_out_when_they_are_not_wanted(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    out = io.StringIO()
    show(page_of(RESULT["Status"], library().place), Console(file=out, width=80, force_terminal=True))
    assert "\x1b[3" not in out.getvalue()


def test_every_result_survives_json():
    from assent.render.json import json

    for name, result in RESULT.items():
        found = msgspec.json.decode(json(result))
        assert found, name


def test_what_is_no_result_is_refused():
    with pytest.raises(TypeError, match="no result of Assent"):
        page_of(Page("", ()), library().place)


def test_every_citation_on_a_page_is_listed_and_marked_read_or_recalled():
    said = text(page_of(RESULT["Status"], library().place), 200)
    cited = {int(n) for run in re.findall(r"\[(\d+)(?:–\d+)?\]", said) for n in [run]}
    listed = {int(n) for n in re.findall(r"^\[(\d+)\]", said, re.MULTILINE)}
    assert cited == listed
    sources = [line for line in said.splitlines() if re.match(r"\[\d+\]", line)]
    assert all("[read]" in line or "[recalled]" in line for line in sources)


def test_html_tells_a_count_without_its_drawing():
    said = html(page_of(RESULT["Status"], library().place))
    assert '<meter min="0" max="50" low="38" value="35"' in said


PROCEDURES = library().procedures


@pytest.mark.parametrize("name", PROCEDURES)
def test_every_procedure_can_be_drawn(name):
    us = library()
    shown = us.show(name, DAY)
    assert isinstance(shown, Shown)
    drawing = ET.fromstring(svg(shown))
    space = "{http://www.w3.org/2000/svg}"
    assert drawing.find(f"{space}title").text == shown.title
    assert drawing.find(f"{space}desc").text
    _, _, wide, high = map(float, drawing.get("viewBox").split())
    assert wide <= 800
    boxes = [
        tuple(float(box.get(k)) for k in ("x", "y", "width", "height"))
        for box in drawing.iter(f"{space}rect")
        if box.get("class", "").startswith("box")
    ]
    assert boxes
    for x, y, w, h in boxes:
        assert 0 <= x <= x + w <= wide
        assert 0 <= y <= y + h <= high
    for at, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[at + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y, f"{name}: two boxes overlap"


@pytest.mark.parametrize("name", PROCEDURES)
def test_no_letter_leaves_its_drawing(name):
    from assent.render.diagram import _measure

    us = library()
    drawing = ET.fromstring(svg(us.show(name, DAY)))
    wide = float(drawing.get("viewBox").split()[2])
    sizes = {"head": 17, "title": 14, "quiet": 13}
    for line in drawing.iter("{http://www.w3.org/2000/svg}text"):
        if line.get("text-anchor") != "middle":
            kind = line.get("class")
            assert float(line.get("x")) + _measure(line.text, sizes[kind], bold=kind != "quiet") <= wide


@pytest.mark.parametrize("name", PROCEDURES)
def test_mermaid_is_well_formed(name):
    us = library()
    said = mermaid(us.show(name, DAY)).splitlines()
    assert said[0] == "flowchart TD"
    assert sum(line.strip().startswith("subgraph ") for line in said) == sum(line.strip() == "end" for line in said)
    names = re.findall(r"^\s*(?:subgraph )?([ng]\d+)[\[(]", "\n".join(said), re.MULTILINE)
    assert len(names) == len(set(names))
    for one, two in re.findall(r"^\s*([ng]\d+) \S+ ([ng]\d+)$", "\n".join(said), re.MULTILINE):
        assert {one, two} <= set(names)
