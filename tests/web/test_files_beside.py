"""The files beside a page: every one that a page offers is there."""

from __future__ import annotations

import re
from csv import DictReader
from html import unescape
from urllib.request import urlopen

import pytest

ERA = "/us/amendment/era?as-of=2020-02-01&known-as-of=2020-02-01"
PICTURES = {"svg", "png"}
DRAWN = [
    ERA,
    "/exit/CA",
    "/power/us/article-v/propose",
    "/coalitions/us/article-v/propose",
    "/chance/us/article-v/propose?p=0.7",
    "/plan/us/article-v/propose",
    "/plan?matter=us/application/balanced-budget",
    "/standoff/CA",
    "/petition/CA",
    "/referendum/CA",
    "/defiance",
    "/forecast/us/amendment/era?as-of=1975-01-01",
    "/law/us/article-v/propose",
]
LISTS = [
    "/plan?matter=us/amendment/27",
    "/question/withholding",
    "/law",
    "/procedures",
    "/polls/CA",
    "/hinge/us/amendment/27",
]
AT = {  # where the files stand that have another name than their page
    "/": "/index",
    "/plan?matter=us/application/balanced-budget": "/plan/us/article-v/call",
    "/plan?matter=us/amendment/27": "/plan/us/article-v",
}


@pytest.mark.parametrize("path", [*DRAWN, *LISTS])
def test_every_file_that_a_page_offers_is_there(base, path):
    with urlopen(base + path) as page:
        offered = {unescape(url) for url in re.findall(r'href="([^"]+)"', page.read().decode())}
    bare = AT.get(path, path.partition("?")[0])
    files = {
        url: found[1] for url in offered if (found := re.match(rf"{re.escape(bare)}\.(json|csv|svg|png)($|\?)", url))
    }
    assert {"json", "csv"} <= set(files.values())
    assert set(files.values()) >= PICTURES if path in DRAWN else not PICTURES & set(files.values())
    for url in files:
        with urlopen(base + url) as file:  # raises where there is none
            assert file.read(1)


def test_beside_a_page_that_is_a_list_stands_what_it_lists(base):
    """The links of the page are the rows of its table."""
    for path, file, column in (("/law", "/law.csv", "/law/"), ("/matters", "/index.csv", "/")):
        with urlopen(base + path) as page:
            linked = set(re.findall(rf'href="{column}(us/[^"?]+)"', page.read().decode()))
        with urlopen(base + file) as table:
            rows = list(DictReader(table.read().decode().splitlines()))
        assert {row["id"] for row in rows} == linked
        assert all(row["title"] for row in rows)
