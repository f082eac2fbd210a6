"""The page at /api: how to ask, written from the document that describes the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from assent.web.openapi import ROOT, described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from assent.api import Library

    Json = dict[str, Any]

MOST_NAMED = 10


class Parameter(NamedTuple):
    """A parameter: what it may be and does, whether it is a reading, is needed, or is the same wherever it is taken."""

    name: str
    allowed: str
    what: str
    reading: bool
    needed: bool
    shared: bool


class Gives(NamedTuple):
    """A type of results: its first sentence, and each field with what is said of it."""

    name: str
    what: str
    fields: tuple[tuple[str, str], ...]


class Question(NamedTuple):
    """Something that can be asked."""

    name: str
    path: str
    summary: str
    what: str
    own: tuple[Parameter, ...]
    shared: tuple[str, ...]
    readings: bool
    gives: tuple[Gives, ...]


def reference(library: Library, environment: Environment) -> str:
    """How to ask, as a page."""
    document = described(library)
    parts = document["components"]
    refusals = [(name.removeprefix("Refused"), told["description"]) for name, told in parts["responses"].items()]
    shared = [_parameter(given, shared=True) for given in parts["parameters"].values()]
    return environment.get_template("api.html").render(
        about=document["info"]["description"],
        root=ROOT,
        questions=list(questions(document)),
        shared=[given for given in shared if not given.reading],
        readings=[given for given in shared if given.reading],
        refusals=refusals,
    )


def questions(document: Json) -> Iterator[Question]:
    """What can be asked, in the order of the document.

    Examples
    --------
    >>> from assent.api import Library
    >>> [question.name for question in questions(described(Library()))][:2]
    ['status', 'because']
    """
    parts = document["components"]
    for path, ways in document["paths"].items():
        asked = ways["get"]
        given = [_whole(one, parts["parameters"]) for one in asked["parameters"]]
        schema = asked["responses"]["200"]["content"]["application/json"]["schema"]
        forms = [form["$ref"].rpartition("/")[2] for form in schema.get("anyOf", [schema])]
        yield Question(
            asked["operationId"],
            path,
            asked["summary"],
            asked.get("description", ""),
            tuple(one for one in given if not one.shared),
            tuple(one.name for one in given if one.shared and not one.reading),
            any(one.reading for one in given),
            tuple(_gives(name, parts["schemas"][name]) for name in forms),
        )


def _whole(given: Json, shared: Json) -> Parameter:
    if "$ref" in given:
        return _parameter(shared[given["$ref"].rpartition("/")[2]], shared=True)
    return _parameter(given, shared=False)


def _parameter(given: Json, *, shared: bool) -> Parameter:
    reading, needed = given.get("x-reading", False), given.get("required", False)
    return Parameter(given["name"], _allowed(given), given["description"], reading, needed, shared)


def _gives(name: str, schema: Json) -> Gives:
    fields = tuple((field, said.get("description", "")) for field, said in schema["properties"].items())
    return Gives(name, schema.get("description", ""), fields)


def _allowed(given: Json) -> str:
    """What a parameter may be, in words."""
    schema = given["schema"]
    several = schema.get("type") == "array"
    schema = schema["items"] if several else schema
    forms = schema.get("anyOf", [schema])
    names = [name for form in forms for name in form.get("enum", ())]
    if len(names) > MOST_NAMED:
        said = f"{', '.join(names[:3])} … ({len(names)} in all)"
    elif names:
        said = ", ".join(names)
    elif schema.get("type") == "integer":
        said = f"a whole number from {schema['minimum']} to {schema['maximum']}"
    else:
        said = "YYYY-MM-DD" if schema.get("format") == "date" else "text"
    if len(forms) > 1:
        said += f", or one with a number of years, as {forms[-1]['pattern'].partition('(')[2].partition(')')[0]}:20"
    if not several:
        return said
    return f"{said}; several with commas" if given.get("explode") is False else f"{said}; may be given again"
