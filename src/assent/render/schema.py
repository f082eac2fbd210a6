"""The JSON Schema of law files, from the types into which they are loaded."""

from __future__ import annotations

from fractions import Fraction
from inspect import cleandoc
from typing import Any

import msgspec

from assent.errors import UnknownName
from assent.law.citations import AuthorityFile
from assent.law.procedures import LawFile, Procedure
from assent.law.questions import Question

KINDS: dict[str, tuple[Any, ...]] = {
    "authorities": (AuthorityFile,),
    "procedure": (Procedure, LawFile),
    "question": (Question,),
}
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of a kind of file.

    Raises
    ------
    UnknownName
        There is no such kind.
    """
    if kind not in KINDS:
        raise UnknownName("kind of law file", kind, KINDS)
    forms, parts = msgspec.json.schema_components(KINDS[kind], schema_hook=_fraction, ref_template="#/$defs/{name}")
    for part in parts.values():
        if "description" in part:
            part["description"] = cleandoc(part["description"])
    form = forms[0] if len(forms) == 1 else {"anyOf": list(forms)}
    return {"$schema": DRAFT, "title": f"Assent: {kind}", **form, "$defs": parts}


def _fraction(kind: type) -> dict[str, Any]:
    if kind is Fraction:
        return {
            "description": "An exact fraction, as 2/3; never a decimal.",
            "anyOf": [{"type": "string", "pattern": r"^\s*\d+\s*(/\s*\d+\s*)?$"}, {"type": "integer", "minimum": 0}],
        }
    raise TypeError(f"{kind.__name__} has no form in JSON Schema")
