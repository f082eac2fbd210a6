"""The description of the API as OpenAPI 3.1, from the table of inquiries, the library and the types of the results."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from inspect import cleandoc, getdoc
from re import findall
from typing import TYPE_CHECKING, Any

import msgspec

from assent import __version__
from assent.web.errors import PROBLEM, TITLES
from assent.web.inquiry import ALONE, INQUIRIES
from assent.web.kinds import DAYS, DRAWN, KINDS, OPTIONS, SUPPOSED, option_of
from assent.web.parameters import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assent.api import Library
    from assent.law.questions import Question
    from assent.web.inquiry import Inquiry
    from assent.web.kinds import Option

    Json = dict[str, Any]

ROOT = "/api/v1"
_ABOUT = """\
Who has to say yes before a constitution changes or a state leaves, and where each of them stands. Every answer is what
the command line prints with --json: it says what was asked, the days and readings it was given under, the versions of
the program, the law and the record, and the command that gives it again. The same URL gives the same bytes; where no
day is named, today counts."""
_LARGE = ("counting.coalitions", "counting.power")  # modules whose results count sets of members, exactly
_WHOLE = "A whole number; as text beyond 4,300 digits."
_DAY = {
    "as-of": "The day asked about; today by default.",
    "known-as-of": "Count only acts that had become known by this day; today by default.",
}
_REFUSED = ("400", "404", "405", "406", "414", "431", "500", "503")


@lru_cache(maxsize=4)
def described(library: Library) -> Json:
    """The document as a mapping.

    Examples
    --------
    >>> from assent.api import Library
    >>> described(Library())["paths"]["/api/v1/questions"]["get"]["summary"]
    'The questions of law on file as a result.'
    """
    schemas, forms = _schemas()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Assent",
            "version": __version__,
            "description": " ".join(_ABOUT.split()),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            path: {"get": _operation(name, inquiry, library, forms, about=bool(about))}
            for name, inquiry in INQUIRIES.items()
            for about in _abouts(name, inquiry)
            for path in [f"{ROOT}/{name}{about}"]
        },
        "components": {
            "schemas": {**schemas, "Problem": _problem()},
            "parameters": dict(_parameters(library)),
            "responses": {f"Refused{status}": _refused(status) for status in _REFUSED},
        },
    }


@lru_cache(maxsize=4)
def document(library: Library) -> bytes:
    """The document as JSON."""
    return msgspec.json.format(msgspec.json.encode(described(library))) + b"\n"


def _abouts(name: str, inquiry: Inquiry) -> tuple[str, ...]:
    about = KINDS[inquiry.kinds[0]].about
    return (("/{id}", "") if name in ALONE else ("/{id}",)) if about else ("",)


def _operation(name: str, inquiry: Inquiry, library: Library, forms: dict[str, Json], *, about: bool) -> Json:
    kind = KINDS[inquiry.kinds[0]]
    summary, _, rest = (getdoc(getattr(library, inquiry.method)) or "").partition("\n")
    summary = summary.partition(" Parameters as for ")[0]
    needs = inquiry.needs if about or not kind.about else ALONE[name]
    given = [_given(one, inquiry, library, needed=one in needs) for one in _asked(inquiry, library)]
    if about:
        given.insert(0, _id(inquiry, library))
    if kind.about and not about:
        summary = f"{summary.rstrip('.')}, by a {' and a '.join(needs)} alone."
    said = rest.strip().partition("\n\n")[0]
    found = [forms[result] for result in inquiry.results]
    return {
        "operationId": name if about or not kind.about else f"{name}-alone",
        "summary": summary,
        **({"description": " ".join(said.split())} if said and "----" not in said else {}),
        "parameters": given,
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {
                    "ETag": {"description": "Send it as If-None-Match to be told 304.", "schema": {"type": "string"}},
                    "Link": {"description": "The canonical URL of the question.", "schema": {"type": "string"}},
                },
                "content": {"application/json": {"schema": found[0] if len(found) == 1 else {"anyOf": found}}},
            },
            "304": {"description": "Not changed since the ETag that was sent."},
            **{status: {"$ref": f"#/components/responses/Refused{status}"} for status in _REFUSED},
        },
    }


def _given(name: str, inquiry: Inquiry, library: Library, *, needed: bool) -> Json:
    """A parameter: that which all share, unless it means something else here, or is needed."""
    if name in KINDS[inquiry.kinds[0]].options:
        option = option_of(inquiry.kinds[0], name)
        if needed or option != OPTIONS.get(name):
            return {**_option(name, option, library), **({"required": True} if needed else {})}
    return {"$ref": f"#/components/parameters/{name}"}


def _asked(inquiry: Inquiry, library: Library) -> Iterator[str]:
    """The names of the parameters that an inquiry takes."""
    kind = KINDS[inquiry.kinds[0]]
    for name in kind.shared:
        if name == "readings":
            yield from library.questions
        elif name not in DRAWN:
            yield name
    yield from (name for name in kind.options if name not in DRAWN)


def _id(inquiry: Inquiry, library: Library) -> Json:
    words = list(dict.fromkeys(KINDS[kind].about for kind in inquiry.kinds))
    known = [name for about in words for name in names(about, library)]
    said = f"The id of a {' or a '.join(words)}; slashes in it may be written as they are."
    return {"name": "id", "in": "path", "required": True, "description": said, "schema": _enum(known)}


def _parameters(library: Library) -> Iterator[tuple[str, Json]]:
    for day in DAYS:
        yield day, _query(day, _DAY[day], {"type": "string", "format": "date"})
    units = sorted(names("unit", library))
    for said in SUPPOSED:
        several = {"type": "array", "items": _enum(units), "uniqueItems": True}
        told = f"Units supposed to say {said} on the day, beside the record and never into it."
        yield said, {**_query(said, told, several), "style": "form", "explode": False}
    window = {"type": "integer", "minimum": 1, "maximum": 1000}
    yield "window", _query("window", "Years for a reading that takes a number of them.", window)
    for name, question in library.questions.items():
        told = f"{question.title} By default {question.default}, which is only a default."
        yield name, {**_query(name, told, _readings(question)), "x-reading": True}
    for name, option in OPTIONS.items():
        if name not in DRAWN:
            yield name, _option(name, option, library)


def _query(name: str, told: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "description": told, "schema": schema}


def _option(name: str, option: Option, library: Library) -> Json:
    schema: Json = {"type": "string", "minLength": 1, "maxLength": 300}
    if option.choices:
        schema = _enum(option.choices)
    elif option.names:
        schema = _enum(sorted(names(option.names, library)))
    elif option.day:
        schema = {"type": "string", "format": "date"}
    elif option.form:
        schema["pattern"] = option.form
    elif option.number:
        schema = {"type": "integer", "minimum": option.number[0], "maximum": option.number[1]}
    if option.default:
        schema["default"] = int(option.default) if option.number else option.default
    if option.many:
        schema = {"type": "array", "items": schema}
    return {**_query(name, option.what, schema), **({"style": "form", "explode": True} if option.many else {})}


def _readings(question: Question) -> Json:
    """What may be said of a question: a reading, or one that takes a number with its number."""
    plain = [r.id for r in question.readings if not r.parameter or r.parameter.years is not None]
    numbered = [r.id for r in question.readings if r.parameter]
    if not numbered:
        return _enum(plain)
    pattern = f"^({'|'.join(numbered)}):([1-9][0-9]{{0,2}}|1000)$"
    return {"anyOf": [_enum(plain), {"type": "string", "pattern": pattern}]}


def _enum(names: Any) -> Json:
    return {"type": "string", "enum": list(names)}


def _refused(status: str) -> Json:
    return {
        "description": TITLES[int(status)],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _problem() -> Json:
    said = {"type": "string"}
    fields = {"type": said, "title": said, "status": {"type": "integer"}, "detail": said, "instance": said}
    return {
        "title": "Problem",
        "description": "A refusal (RFC 9457): what is wrong, where, and what to do.",
        "type": "object",
        "properties": {**fields, "where": said, "remedy": said},
        "required": list(fields),
    }


def _schemas() -> tuple[Json, dict[str, Json]]:
    """The schemas of the results and of what is in them, and of each result the reference to its own."""
    names = list(dict.fromkeys(result for inquiry in INQUIRIES.values() for result in inquiry.results))
    types = [
        getattr(import_module(f"assent.inquiries.{module}"), name) for module, name in (n.rsplit(".", 1) for n in names)
    ]
    refs, parts = msgspec.json.schema_components(
        types, schema_hook=_fraction, ref_template="#/components/schemas/{name}"
    )
    short = {name: _short(name) for name in parts}
    told = {short[name]: _described(_renamed(part, short)) for name, part in parts.items()}
    for module in (import_module(f"assent.inquiries.{name}") for name in _LARGE):
        own = [name for name, kind in vars(module).items() if getattr(kind, "__module__", "") == module.__name__]
        whole = [short[part] for name in own for part in (name, f"{module.__name__}.{name}") if part in parts]
        told |= {name: _whole(told[name]) for name in whole}
    return told, {name: _renamed(ref, short) for name, ref in zip(names, refs, strict=True)}


def _short(name: str) -> str:
    """A name of one word: that of a type, after that of its module where two types share it."""
    steps = name.split(".")
    return steps[0] if len(steps) == 1 else f"{steps[-2].title()}{steps[-1]}"


def _renamed(part: Any, short: dict[str, str]) -> Any:
    if isinstance(part, list):
        return [_renamed(held, short) for held in part]
    if not isinstance(part, dict):
        return part
    found = {name: _renamed(held, short) for name, held in part.items()}
    if "$ref" in found:
        root, _, name = found["$ref"].rpartition("/")
        found["$ref"] = f"{root}/{short[name]}"
    return found


def _whole(part: Json) -> Json:
    """A schema whose whole numbers may be too long to be numbers."""
    for name, field in part.get("properties", {}).items():
        forms = field.get("anyOf", [field])
        if any(form.get("type") == "integer" for form in forms):
            text = {"type": "string", "pattern": "^-?[0-9]+$"}
            part["properties"][name] = {"anyOf": [*forms, text], "description": _WHOLE}
    return part


def _described(part: Json) -> Json:
    """A schema whose description is its first paragraph, and whose fields have what the docstring says of them."""
    text = cleandoc(part.pop("description", ""))
    if text:
        part["description"] = " ".join(text.partition("\n\n")[0].split())
    attributes = text.partition("Attributes\n----------\n")[2].partition("\n\n")[0]
    for heads, said in findall(r"(?m)^(\w[\w, ]*)\n((?:    .*\n?)+)", attributes):
        for name in heads.split(", "):
            field = part.get("properties", {}).get(name)
            if field is not None:
                field["description"] = " ".join(said.split())
    return part


def _fraction(kind: type) -> Json:
    if kind is Fraction:
        return {"type": "string", "pattern": "^-?[0-9]+(/[0-9]+)?$", "description": "An exact fraction."}
    raise TypeError(f"{kind.__name__} has no form in JSON Schema")
