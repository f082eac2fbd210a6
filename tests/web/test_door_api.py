"""The API: its description is right, and nobody who goes by it, or against it, finds a fault."""

from __future__ import annotations

import inspect
import re

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from assent.api import Library
from assent.errors import QueryError
from assent.web.api import ROOT
from assent.web.app import Door
from assent.web.inquiry import INQUIRIES
from assent.web.kinds import KINDS
from assent.web.openapi import described
from tests.web.doors import Plain, client, library

EXAMPLES, SLOW = 8, 4  # of each operation; of those that take long
FIRST = {
    "matter": "us/amendment/19", "procedure": "us/article-v/propose", "state": "CA", "question": "rescission",
    "authority": "us-const-art-v",
}  # fmt: skip
SCHEMA = schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", Door(library(), Plain()))
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.fixture(scope="module")
def at():
    with client() as found:
        yield found


def test_the_description_is_openapi_and_its_schemas_are_schemas():
    SCHEMA.validate()
    for schema in described(library())["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_inquiry_is_described_and_every_reading_may_be_given():
    document = described(library())
    asked = {way["get"]["operationId"] for way in document["paths"].values()}
    assert set(INQUIRIES) <= asked
    parameters = document["components"]["parameters"]
    for name, question in library().questions.items():
        allowed = str(parameters[name]["schema"])
        assert all(repr(r.id) in allowed or f"({r.id})" in allowed for r in question.readings), name


@pytest.mark.parametrize("name", INQUIRIES)
def test_every_inquiry_answers_as_its_schema_says(at, name):
    kind = KINDS[INQUIRIES[name].kinds[0]]
    query = {"p": "0.6"} if "p" in INQUIRIES[name].needs else {}
    if name == "forecast":
        query["as-of"] = "1920-01-01"  # while it was open
    at.app.slow.patience = 120  # however slow the machine
    answer = at.get("/".join(filter(None, [ROOT, name, FIRST.get(kind.about, "")])), params=query)
    assert answer.status_code == 200, answer.text
    document = described(library())
    path = f"{ROOT}/{name}/{{id}}" if kind.about else f"{ROOT}/{name}"
    form = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(answer.json(), {**form, "components": document["components"]})
    assert answer.headers["link"].startswith(f"<{ROOT}/{name}")


@pytest.mark.parametrize("name", INQUIRIES)
def test_every_inquiry_takes_what_its_method_takes(name):
    """What the library can be asked, the API can be asked, but for files on the asker's own machine."""
    kind = KINDS[INQUIRIES[name].kinds[0]]
    taken = set(inspect.signature(getattr(Library, INQUIRIES[name].method)).parameters) - {"self"}
    words = {"sizes": "seats", "procedure": "", "name": "", "authority": "", "counties": "", "reports": ""}
    words |= {"ranges": "range", "ask": "goal" if name == "plan" else "map"}
    words |= {"scenario": "p"} if "p" in kind.options else {}
    words |= {kind.about: ""} if kind.about else {}
    asked = {option.replace("-", "_") for option in (*kind.shared, *kind.options)} | {""}
    assert {words.get(one, one) for one in taken} <= asked


def test_slashes_in_an_id_may_be_written_either_way(at):
    one, other = at.get(f"{ROOT}/timeline/us/amendment/19"), at.get(f"{ROOT}/timeline/us%2Famendment%2F19")
    assert one.content == other.content
    assert one.headers["link"] == other.headers["link"] == f'<{ROOT}/timeline/us/amendment/19>; rel="canonical"'


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("status/us/amendment/er", 404, "Did you mean us/amendment/era"),
        ("statu/us/amendment/era", 404, "Did you mean status"),
        ("status", 404, "/api/v1/status/"),
        ("status/us/amendment/era?view=map", 400, "no parameter here"),
        ("status/us/amendment/era?as-of=", 400, "no value"),
        ("status/us/amendment/era?rescission=both", 400, "no reading of rescission"),
        ("status/us/amendment/14?as-of=1850-01-01", 400, "1866"),
        ("chance/us/article-v", 400, "probabilities"),
        ("plan", 400, "Name a procedure or a matter"),
        ("openapi.json?x=1", 400, "no parameter"),
        ("../v2/status", 404, ""),
    ],
)
def test_a_refusal_is_a_problem_document_with_a_remedy(at, path, status, told):
    answer = at.get(f"{ROOT}/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    found = answer.json()
    assert {"type", "title", "status", "detail", "instance", "remedy"} <= set(found)
    assert told in found["detail"] + found["remedy"]
    schema = described(library())["components"]["schemas"]["Problem"]
    jsonschema.validate(found, schema)


def test_a_refusal_says_what_the_library_says(at):
    with pytest.raises(QueryError) as refused:
        library().status("us/amendment/14", as_of="1850-01-01")
    found = at.get(f"{ROOT}/status/us/amendment/14?as-of=1850-01-01").json()
    assert found["detail"] == refused.value.what


def test_the_page_for_people_shows_every_question_and_needs_no_network(at):
    page = at.get("/api").text
    for path in described(library())["paths"]:
        assert f"GET {path}<" in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_the_root_says_what_there_is(at):
    found = at.get(ROOT).json()
    assert set(found["inquiries"]) == set(INQUIRIES)
    assert at.get(found["openapi"]).json()["openapi"] == "3.1.0"


MEANING = [positive_data_acceptance]  # well-formed questions may still have no answer: those are refused with 400
LONG = 414  # what is longer than we read is refused as too long, not as wrong


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation", OPERATIONS, ids=[found.label for found in OPERATIONS])
def test_schemathesis_finds_no_fault(operation, mode):
    if mode is GenerationMode.NEGATIVE and not operation.query and not operation.path_parameters:
        pytest.skip("nothing can be wrong with a question that takes nothing")
    found = []

    slow = any(f"/{name}/" in f"{operation.path}/" for name in ("exit", "forecast", "replay"))

    @settings(max_examples=SLOW if slow else EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case):
        answer = case.call()
        found.append(answer.status_code)
        length = [negative_data_rejection] if answer.status_code == LONG else []
        case.validate_response(answer, excluded_checks=[*MEANING, *length])

    ask()
    assert found
    assert 500 not in found
