"""House rules about the law and the facts that ship."""

from __future__ import annotations

import csv

import yaml

from tests.house.tree import LIBRARY, name, report, text, under


def rows(file):
    """Line number and cells of each row of a CSV file, its header first."""
    reader = csv.reader(text(file).splitlines(keepends=True))
    return [(reader.line_num, row) for row in reader]


def test_every_table_has_a_header_and_every_row_fits_it():
    found = []
    for file in under(LIBRARY, ".csv"):
        table = rows(file)
        header = table[0][1] if table else []
        if not header or not all(cell.strip() for cell in header) or len(set(header)) < len(header):
            found.append(f"{name(file)}:1: columns without a name, or two of one name")
        found += [
            f"{name(file)}:{line}: {len(row)} cells under {len(header)} columns"
            for line, row in table[1:]
            if len(row) != len(header)
        ]
    assert not found, report(
        "A table is not rectangular.", found, "name every column once; quote a cell that holds a comma."
    )


def test_every_row_says_where_it_comes_from():
    found = []
    for file in under(LIBRARY, ".csv"):
        table = rows(file)
        if not table or "source" not in table[0][1]:
            found.append(f"{name(file)}: no column `source`")
            continue
        at = table[0][1].index("source")
        found += [f"{name(file)}:{line}: no source" for line, row in table[1:] if len(row) <= at or not row[at].strip()]
    assert not found, report(
        "A fact has no source.",
        found,
        "fill the column `source`: work and place, as a reader could look it up.",
    )


def floats(value, path="$"):
    """The place of every number with a decimal point, at any depth."""
    if isinstance(value, float):
        yield f"{path} is {value}"
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from floats(item, f"{path}.{key}")
            yield from floats(key, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from floats(item, f"{path}[{index}]")


def test_the_law_holds_no_float():
    law = [file for file in under(LIBRARY, ".yaml", ".yml") if "law" in file.relative_to(LIBRARY).parts]
    found = []
    for file in law:
        try:
            found += [f"{name(file)}: {place}" for place in floats(yaml.load(text(file), yaml.CSafeLoader))]
        except yaml.YAMLError as error:
            found.append(f"{name(file)}: {' '.join(str(error).split())}")
    assert not found, report(
        "A number of the law is not exact, or its file does not parse.",
        found,
        'write a fraction as text: threshold: "2/3". A float fails 290 of 435.',
    )


def test_floats_are_found_at_any_depth():
    assert list(floats({"rule": [{"threshold": 0.75, "base": 4}]})) == ["$.rule[0].threshold is 0.75"]


def test_every_yaml_file_ends_in_yaml():
    found = [name(file) for file in under(LIBRARY, ".yml")]
    assert not found, report("A file ends in .yml.", found, "rename it to .yaml, so that it is loaded.")
