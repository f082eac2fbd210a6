"""House rules about what no file may say."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import PACKAGE, files, lines_with, literals, name, report, text, under

MACHINE = re.compile(r"(?<![\w.~-])/(?:(?:home|Users|opt|mnt|farm)/\w|(?:work|tmp|root)(?![\w-]))|\b[A-Z]:\\Users\b")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(?:com|org)|crates\.io|proxy\.golang"
    r"|https?://\S*(?:/simple/|\.whl\b|\.tgz\b|\.tar\.gz\b|\.deb\b)"
    r"|(?:index-url|find-links)[ =]+\S*:/",
    re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|NotImplementedError)\b")  # house: the words, where they are looked for
MOST_LINES = 400


def test_no_file_names_a_place_on_one_machine():
    found = lines_with(MACHINE, files())
    assert not found, report(
        "A path of one machine stands in a file that others will read.",
        found,
        "write it relative to the root of the project; in tests, take tmp_path.",
    )


def test_no_file_holds_the_address_of_a_package_registry():
    found = lines_with(REGISTRY, files())
    assert not found, report(
        "The address of a package registry, or of a package file, stands in the project.",
        found,
        "name the package and its version; where packages come from is each machine's own setting.",
    )


def test_nothing_in_the_source_is_left_for_later():
    found = lines_with(UNFINISHED, under(PACKAGE))
    assert not found, report(
        "The source holds a mark of unfinished work.",
        found,
        "finish it, or refuse the case with an AssentError that says what to do; plans belong in an issue.",
    )


def test_every_file_is_utf8_with_plain_line_ends():
    found = []
    for file in files():
        try:
            said = text(file)
        except UnicodeDecodeError as error:
            found.append(f"{name(file)}: not UTF-8 ({error.reason} at byte {error.start})")
            continue
        if "\r" in said:
            found.append(f"{name(file)}: carriage returns")
    assert not found, report("A text file is not plain UTF-8.", found, "save it as UTF-8 with LF line ends.")


def test_a_module_is_one_noun():
    long = {f: len(text(f).splitlines()) for f in under(PACKAGE, ".py")}
    found = [f"{name(f)}: {lines} lines" for f, lines in long.items() if lines > MOST_LINES]
    assert not found, report(
        f"A module has more than {MOST_LINES} lines.",
        found,
        "ask whether it is two nouns of the domain, and give each its own module.",
    )


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("see /" + "work/main", True),
        ("cd /" + "tmp", True),
        ("file:///" + "opt/files", True),
        ('"/' + 'home/ann/acts.csv"', True),
        ("law.cornell.edu/work/text", False),
        ("https://example.org/home/", False),
        ('<a href="/">home</a>', False),
        ("amendment/ratify and /working", False),
    ],
)
def test_the_rule_on_machine_paths_sees_what_it_should(line, seen):
    assert bool(MACHINE.search(line)) is seen


def test_docstrings_are_no_literals():
    source = '"""Said."""\nx = "held"\ndef f():\n    "said"\n    return f"{x} too"\n'
    assert [value for _, value in literals(source)] == ["held", " too"]
