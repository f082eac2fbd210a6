"""The Python door."""

import json
import subprocess
import sys
import types
from datetime import date
from fractions import Fraction

import jsonschema
import pytest

import assent
from assent.api import Library, library, schema, svg
from assent.values.yaml import parse

ERA = "us/amendment/era"


def test_importing_assent_costs_nothing():
    code = "import sys, assent; print(sorted({'yaml', 'msgspec', 'assent.api', 'datetime'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:  # the package is on the path by way of site-packages alone
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names_are_sorted_documented_and_found():
    assert sorted(assent.__all__) == sorted(set(assent.__all__))
    for name in assent.__all__:
        assert getattr(assent, name).__doc__
    assert set(assent.__all__) <= set(dir(assent))
    with pytest.raises(AttributeError, match="nothing"):
        assent.nothing  # noqa: B018 - the look-up is the test


def test_dates_and_readings_may_be_given_in_either_form():
    day = date(2020, 1, 27)
    found = assent.status(ERA, as_of=day, known_as_of=day, readings={"deadline": "not-binding"})
    assert found == assent.status(ERA, "2020-01-27", "2020-01-27", ["deadline=not-binding"])
    assert found == assent.status(ERA, "2020-01-27", "2020-01-27", "deadline=not-binding")
    assert found.stage == "adopted"


def test_both_days_default_to_today_and_are_pinned():
    found = assent.status(ERA)
    assert found.as_of == found.known_as_of == date.today()
    assert f"--as-of {date.today()} --known-as-of {date.today()}" in found.reproduce


def test_a_library_says_what_it_holds():
    us = library()
    assert us is assent.library()
    assert ERA in us.matters
    assert "rescission" in us.questions
    assert "us/article-v" in us.procedures
    assert repr(us).startswith("Library('us'")


def test_module_functions_are_those_of_the_library():
    us = library()
    day = "2000-01-01"
    assert assent.because(ERA, day, day) == us.because(ERA, day, day)
    assert assent.timeline(ERA, day, day) == us.timeline(ERA, day, day)
    assert assent.hinge(ERA, day, day) == us.hinge(ERA, day, day)
    assert assent.replay("us", day) == us.replay(day)
    assert assent.exit("CA", day, day) == us.exit("CA", day, day)
    assert assent.show("rescission") == us.show("rescission")


def test_results_are_frozen():
    with pytest.raises(AttributeError):
        assent.status(ERA).stage = "adopted"


def test_a_bad_question_raises_what_it_is():
    with pytest.raises(assent.UnknownName) as caught:
        assent.status("us/amendment/99")
    assert caught.value.nearest.startswith("us/amendment/")
    with pytest.raises(assent.BadDate):
        assent.status(ERA, as_of="1982-13-01")
    with pytest.raises(assent.QueryError):
        Library(path="/no/such/folder")
    with pytest.raises(assent.NotApplicable):
        svg(assent.show("rescission"))


def test_text_and_html():
    found = assent.status(ERA)
    assert "35 of 50" in assent.text(found)
    assert max(len(line) for line in assent.text(found, width=60).splitlines() if not line.startswith("assent ")) <= 60
    assert "<meter" in assent.html(found)


def test_a_notebook_shows_results_as_pages(monkeypatch):
    shown = {}

    class Formatter:
        def __init__(self, kind):
            self.kind = kind

        def for_type_by_name(self, module, name, function):
            shown[self.kind, module, name] = function

    formatters = {kind: Formatter(kind) for kind in ("text/html", "text/plain")}
    shell = types.SimpleNamespace(display_formatter=types.SimpleNamespace(formatters=formatters))
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    from assent.render.notebook import register

    assert register(assent.text, assent.html)
    found = assent.status(ERA)
    assert "35 of 50" in shown["text/html", "assent.inquiries.matter.status", "Status"](found)
    out = []
    shown["text/plain", "assent.inquiries.matter.status", "Status"](found, types.SimpleNamespace(text=out.append), None)
    assert "35 of 50" in out[0]


def test_without_a_notebook_nothing_is_registered(monkeypatch):
    from assent.render.notebook import register

    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert not register(assent.text, assent.html)


def plain(value):
    """YAML's dates as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [plain(below) for below in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize(
    ("kind", "files"),
    [("procedure", "law/*.yaml"), ("question", "law/questions/*.yaml"), ("authorities", "authorities/*.yaml")],
)
def test_all_law_that_ships_meets_the_published_schema(kind, files):
    reader = jsonschema.Draft202012Validator(json.loads(schema(kind)))
    found = list(library().place.root.glob(files))
    assert found
    for file in found:
        reader.validate(plain(parse(file.read_text(encoding="utf-8"))))


def test_the_schema_refuses_what_the_loader_refuses():
    reader = jsonschema.Draft202012Validator(json.loads(schema("procedure")))
    good = {"procedure": "p", "title": "P", "rule": {"tally": {"body": "b", "act": "pass", "threshold": "2/3"}}}
    assert reader.is_valid(good)
    assert not reader.is_valid({**good, "tilte": "again"})
    assert not reader.is_valid({**good, "rule": {"tally": {"body": "b", "act": "pass", "threshold": 0.6667}}})


def test_fractions_are_exact_in_json():
    from assent.render.json import json as written

    assert written({"share": Fraction(2, 3)}) == '{\n  "share": "2/3"\n}'
