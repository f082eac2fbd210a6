"""The house rule that nothing about any country is written in Python."""

from __future__ import annotations

import ast
import csv
import re
from functools import cache

import pytest

from tests.house.tree import LIBRARY, PACKAGE, literals, name, report, text, under

# What the rosters do not hold: the institutions and texts of the law that ships first.
WORDS = (
    r"United States|U\.S\.|U\.S\.A\.|USA|America\w*|Congress\w*|House of Representatives|"
    r"Article (?:V|IV|VII|XIII)\b|article-v\w*|Articles of Confederation|Calexit|Washington|Brexit"
)
MANY = 3  # so many unit codes in one literal, or in one list, are a roster


@cache
def jurisdictions() -> list[str]:
    """The folders of the library: `us` and whatever comes beside it."""
    return sorted({file.relative_to(LIBRARY).parts[0] for file in under(LIBRARY) if file.parent != LIBRARY})


@cache
def roster() -> dict[str, str]:
    """Every unit the library's facts name: code to name, read from each states.csv."""
    units = {}
    for file in under(LIBRARY, ".csv"):
        if file.name == "states.csv":
            for row in csv.DictReader(text(file).splitlines()):
                code = row.get("state") or row.get("unit") or row.get("code") or ""
                units[code] = row.get("state_name") or row.get("name") or ""
    return {code: said for code, said in units.items() if code and said}


@cache
def words() -> re.Pattern[str]:
    """What no literal may hold: the names of a country's units and institutions, and ids of its library."""
    names = "|".join(re.escape(said) for said in sorted(roster().values()))
    ids = "|".join(re.escape(folder) for folder in jurisdictions())
    return re.compile(
        "|".join(rf"\b(?:{part})" for part in (WORDS, names and rf"(?:{names})\b", ids and rf"(?:{ids})/") if part)
    )


def offences(source: str) -> list[tuple[int, str]]:
    """The line and the offence of each country-bound literal of a program."""
    codes = set(roster())
    found = []
    for line, value in literals(source):
        hit = words().search(value)
        if hit:
            found.append((line, f"{hit.group()!r} in a string"))
        elif len(codes & set(re.findall(r"\b[A-Z]{2,3}\b", value))) >= MANY:
            found.append((line, f"a roster in a string: {value[:40]!r}"))
    for node in ast.walk(ast.parse(source)):
        held = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
        strings = {item.value for item in held if isinstance(item, ast.Constant)}
        if len(codes & strings) >= MANY:
            found.append((node.lineno, "a roster in a list"))
    return found


def test_no_country_is_written_in_python():
    found = [
        f"{name(file)}:{line}: {what}"
        for file in under(PACKAGE, ".py")
        if not file.is_relative_to(LIBRARY)
        for line, what in offences(text(file))
    ]
    assert not found, report(
        "A program knows a country.",
        found,
        "move the name, id or list into the library (law as YAML, facts as CSV) and read it from there;"
        " examples belong in docstrings.",
    )


def test_the_library_is_data():
    found = [name(file) for file in under(LIBRARY, ".py") if literals_or_code(text(file))]
    assert not found, report(
        "The library holds code.", found, "state it as law or facts; code belongs in the rooms above."
    )


def literals_or_code(source: str) -> bool:
    return any(not isinstance(node, ast.Expr) for node in ast.parse(source).body)


def test_the_roster_was_found():
    assert len(roster()) > MANY, "no states.csv with units under src/assent/library: this rule reads names from it"


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ('ID = "us/' + 'amendment/14"', True),
        ('BODY = f"{x} of California"', True),
        ('STATES = ("AL", "CA", "TX")', True),
        ('STATES = "AL CA TX".split()', True),
        ('SEATS = {"AL": 7, "CA": 52, "TX": 38}', True),
        ('def f():\n    """Say us/' + 'amendment/14 of California."""', False),
        ('JOIN = "OR"', False),
        ('TEXT = "status/of a bus/train"', False),
    ],
)
def test_the_rule_on_countries_sees_what_it_should(source, seen):
    assert bool(offences(source)) is seen
