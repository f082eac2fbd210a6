"""What is kept: reports, the same byte for byte, and a folder that replays what the library answers."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise, product
from random import Random

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assent.cli.main import main
from assent.errors import NotApplicable, QueryError, UnknownName
from assent.inquiries.matter.sheet import NEVER, sheet
from assent.render.diagram import svg
from assent.render.page import Bar, Branch, Heading, Item, Items, Para, Picture, Table, Tree, Typed, say, strong
from assent.render.typst import blocks, drawing, heading, pdf
from assent.web.export import export
from assent.web.report import Asked, report
from tests.web.doors import library

DAY = date(2020, 2, 1)
PINNED = Asked(DAY, DAY)
ERA = "us/amendment/era"


# ── reports ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [ERA, "us/article-v/propose", "rescission", "us/secession/SC"])
def test_a_report_is_the_same_byte_for_byte_and_needs_nothing_else(name):
    one, other = report(library(), name, PINNED), report(library(), name, PINNED)
    assert one.html() == other.html()
    assert one.pdf() == other.pdf()
    page = one.html()
    assert not re.findall(r"""(?:src|href)=["'](?!data:|#)""", page)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))
    assert "<script" not in page
    assert "url(" not in page
    assert str(date.today()) not in page


def test_a_report_says_what_the_library_says():
    page = report(library(), ERA, PINNED).html()
    found = library().status(ERA, DAY, DAY)
    assert f"{found.count} of {found.of}" in page
    assert found.reproduce.replace("'", "&#x27;") in page
    for unit in found.units:
        assert f"<td>{unit.name}</td><td>{'yes' if unit.counts else 'no'}</td>" in page
        assert f"<td>{unit.name}: " not in page  # its name has a column of its own


@pytest.mark.parametrize("name", sorted(library().procedures))
def test_a_drawing_fits_a_page(name):
    drawn = svg(library().show(name, DAY))
    wide, high = map(float, re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', drawn).groups())
    set_ = int(re.search(r"width: ([0-9]+)pt", drawing("a", "A", wide, high))[1])
    assert set_ <= 170 / 25.4 * 72 + 1  # what A4 leaves between the margins
    assert set_ * high / wide < 253 / 25.4 * 72 - 100  # the same downwards, less the headings


def test_a_report_is_tagged_for_those_who_hear_it():
    made = report(library(), ERA, PINNED).pdf()
    assert made.startswith(b"%PDF-")
    for said in (b"/MarkInfo", b"/Marked true", b"/StructTreeRoot", b"/Lang", b"/Title", b"pdfuaid"):
        assert said in made, said
    assert b"/CreationDate" not in made
    assert b"/ModDate" not in made


def test_every_block_can_be_typeset_whatever_is_in_it():
    odd = '#let x = "y" \\ * _ $ @ < > ` [ ] { } // ~'
    page = (
        Heading(odd),
        Para(say(odd, strong(odd)), 4),
        Typed(odd),
        Bar(3, 4, 5, say(odd), say(odd)),
        Tree((Branch(say(odd), (Branch(say(odd)),)),)),
        Items((Item(say(odd), say(odd)),)),
        Table(("", odd), ((say(odd), say("1")),), frozenset({1})),
        Picture((say(odd), say("b")), odd),
    )
    assert pdf(heading(odd, 1) + blocks(page, 2), odd, {})[:5] == b"%PDF-"


def test_what_no_report_can_be_about_is_told():
    with pytest.raises(UnknownName, match="no matter, state, procedure or question"):
        report(library(), "nothing", PINNED)
    with pytest.raises(QueryError, match="matter alone"):
        report(library(), "CA", Asked(yes=("TX",)))
    with pytest.raises(NotApplicable):
        report(library(), "us/amendment/14", Asked(as_of=date(1850, 1, 1)))


def test_the_command_writes_all_or_nothing(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    days = ["--as-of", "2020-02-01", "--known-as-of", "2020-02-01"]
    assert main(["report", ERA, "--html", "a.html", "--pdf", "a.pdf", *days]) == 0
    assert capsys.readouterr().out == "Wrote a.html.\nWrote a.pdf.\n"
    assert (tmp_path / "a.html").read_text() == report(library(), ERA, PINNED).html()
    assert main(["report", ERA]) == 2
    assert main(["report", "us/amendment/14", "--html", "b.html", "--as-of", "1850-01-01"]) == 2
    assert main(["report", ERA, "--html", "no/such/folder.html"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.pdf"]


# ── the folder ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("matter", ["us/amendment/27", "us/amendment/child-labor", "us/admission/WV", "us/articles"])
def test_a_sheet_answers_as_the_library_does_on_any_day_under_any_readings(matter):
    until = date(2026, 11, 1)
    found = sheet(library().place, matter, library().doctrine(), until, until)
    pick = Random(7)
    choices = list(product(*(question.readings for question in found.questions)))
    assert len(found.sets) == len(choices)
    held = [at for at, course in enumerate(found.sets) if course != NEVER]
    assert held
    days = sorted({*found.days, *(date.fromordinal(day.toordinal() - 1) for day in found.days[1:]), until})
    for at in pick.sample(held, min(6, len(held))):
        readings = {q.id: r.id for q, r in zip(found.questions, choices[at], strict=True)}
        course = found.courses[found.sets[at]]
        for day in pick.sample(days, min(8, len(days))):
            began = [answer for on, answer in course if found.days[on] <= day]
            if not began:
                continue
            said = found.answers[began[-1]]
            status = library().status(matter, day, until, readings)
            assert (said.stage, said.completed_on, said.count, said.required, said.of, said.limit) == (
                status.stage, status.completed_on, status.count, status.required, status.of, status.limit
            ), (readings, day)  # fmt: skip
            letters = dict(zip((unit.id for unit in found.units), said.units, strict=True))
            hows = {unit: found.hows[letter] for unit, letter in letters.items() if letter != "."}
            assert hows == {unit.unit: unit.how for unit in status.units}, (readings, day)


def test_readings_that_are_given_are_held():
    held = library().doctrine({"completion": "certification"})
    found = sheet(library().place, "us/amendment/21", held, DAY, DAY)
    assert "completion" not in [question.id for question in found.questions]
    assert found.readings["completion"] == "certification"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "site"
    matters = ["us/amendment/27", "us/secession/SC", "us/admission/CO"]
    told = []
    asked = {"doctrine": library().doctrine(), "as_of": DAY, "known_as_of": DAY}
    assert export(library(), folder, matters, **asked, tell=told.append) == 3
    assert [line.partition(":")[0] for line in told] == matters
    return folder


def test_a_folder_stands_alone_and_its_links_lead_somewhere(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 4
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r'(?:src|href)="([^"#]+)"', text):
            assert not link.startswith(("/", "http:", "https:", "//")), link
            assert (page.parent / link).is_file(), (page.name, link)
        assert not re.findall(r"<script>|\son\w+=|style=", text)


def test_a_page_shows_its_answer_without_a_script(site):
    text = (site / "us/amendment/27.html").read_text(encoding="utf-8")
    found = library().status("us/amendment/27", DAY, DAY)
    assert f'<b id="count">{found.count}</b> of <span id="required">{found.required}</span>' in text
    assert found.reproduce in text
    assert json.loads((site / "us/amendment/27.json").read_text())["count"] == found.count


def test_the_script_looks_up_what_the_library_answers(site, browser):
    """In a real browser, from the disk: each state by its address, each control, and back."""
    page_of = f"{(site / 'us/amendment/27.html').as_uri()}"
    page = browser.new_page(viewport={"width": 390, "height": 800})
    faults = []
    page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for day, readings in (
        ("1992-05-07", {}),
        ("1992-05-06", {}),
        ("1992-05-05", {"contemporaneity": "required"}),
        ("1792-06-27", {}),
        ("2020-01-01", {"completion": "certification"}),
    ):
        page.goto("about:blank")
        page.goto("&".join([f"{page_of}#{day}", *(f"{q}={r}" for q, r in readings.items())]))
        found = library().status("us/amendment/27", day, DAY, readings)
        expect(page.locator("#tally")).to_have_text(f"{found.count} of {found.required}")
        hows = {unit.unit: unit.how for unit in found.units}
        drawn = page.locator("#tiles .u").evaluate_all("all => all.map(u => [u.id.slice(2), u.className.baseVal])")
        assert {unit: kind for unit, kind in drawn if kind != "u k-absent"} == {
            unit: f"u k-{how}" for unit, how in hows.items()
        }
        assert found.reproduce.removeprefix("assent ") in page.locator("#command").inner_text()
    page.goto(f"{page_of}#1992-05-07")
    page.get_by_label("Yes. Only ratifications within a period").check()
    expect(page.locator("#tally")).not_to_have_text("38 of 38")
    page.locator("#back").click()
    assert page.url.endswith("&contemporaneity=required")
    page.go_back()
    page.go_back()
    expect(page.locator("#day")).to_have_text("7 May 1992")
    page.locator("#reset").click()
    expect(page.locator("#day")).to_have_text("1 February 2020")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []


def test_the_slider_of_a_folder_has_a_tick_where_the_answer_changed_and_goes_to_any_day(site, browser):
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.goto(f"{(site / 'us/amendment/27.html').as_uri()}#1900-01-01")
    moments = [m for m in library().timeline("us/amendment/27", DAY, DAY).moments if m.on <= DAY]
    drawn = page.locator("#ticks [data-day]").evaluate_all("all => all.map(t => [t.dataset.day, t.getAttribute('x1')])")
    changed = {str(m.on) for before, m in pairwise(moments) if (before.count, before.stage) != (m.count, m.stage)}
    assert len(changed) > 30
    assert changed <= {day for day, _ in drawn}
    first = date.fromisoformat(drawn[0][0])
    length = int(page.locator("#slide").get_attribute("max"))
    assert first.toordinal() + length <= DAY.toordinal()
    for day, x in drawn:
        gone = (date.fromisoformat(day) - first).days
        assert float(x.rstrip("%")) == pytest.approx(100 * gone / length, abs=0.01)
    assert page.locator("#years text").all_text_contents() == ["1800", "1850", "1900", "1950", "2000"]
    expect(page.locator("#tally")).to_have_text(f"{library().status('us/amendment/27', '1900-01-01', DAY).count} of 34")
    page.locator("#slide").press("ArrowRight")
    later = min(day for day, _ in drawn if day > "1900-01-01")
    assert page.url.endswith(f"#{later}")
    page.locator("#slide").press("ArrowLeft")
    assert page.url.endswith(f"#{max(day for day, _ in drawn if day < later)}")
    box = page.locator("#slide").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    day = page.url.partition("#")[2]
    assert abs((date.fromisoformat(day) - first).days - length / 2) < length / 50
    assert day not in {on for on, _ in drawn}
    found = library().status("us/amendment/27", day, DAY)
    expect(page.locator("#tally")).to_have_text(f"{found.count} of {found.required}")
    page.locator("#slide").press("End")
    assert page.url.endswith(f"#{DAY}")


def test_a_page_of_a_folder_has_its_reasons_and_says_when_they_are_of_another_day(site, browser):
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.goto((site / "us/amendment/27.html").as_uri())
    why, apart = page.locator("#why"), page.locator("#why-apart")
    found = library().status("us/amendment/27", DAY, DAY)
    assert f"{found.count} of {found.of}; {found.required} needed" in why.inner_text()
    assert "Constitution of the United States, Article V" in why.inner_text()
    expect(apart).to_be_hidden()
    page.locator("#back").click()
    expect(apart).to_be_visible()
    seen = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert seen.violations_count == 0, seen.generate_report()
    page.locator("#reset").click()
    expect(apart).to_be_hidden()
    page.get_by_label("Yes. Only ratifications within a period").check()
    expect(apart).to_be_visible()


def test_the_same_folder_is_written_again(site, tmp_path):
    export(
        library(), tmp_path / "again", ["us/amendment/27"], doctrine=library().doctrine(), as_of=DAY, known_as_of=DAY
    )
    for name in ("27.html", "27.js", "27.csv", "27.svg"):
        assert (tmp_path / "again/us/amendment" / name).read_bytes() == (site / "us/amendment" / name).read_bytes()


def test_a_folder_is_never_half_written_and_nothing_is_overwritten(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "empty").mkdir()
    assert main(["export", "full"]) == 2
    assert "empty one" in capsys.readouterr().err
    assert main(["export", "new", "--matter", "us/secession/SC", "--matter", "us/none"]) == 2
    assert main(["export", "new", "--matter", "us/amendment/21", "--as-of", "1800-01-01"]) == 2
    assert main(["export", "empty", "--matter", "us/secession/SC"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "full"]
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]
    assert (tmp_path / "empty/index.html").is_file()
