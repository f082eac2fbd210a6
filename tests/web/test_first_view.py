"""The first view of a page: few requests, few bytes, and nothing from elsewhere."""

from __future__ import annotations

import pytest

from assent.web.static import Static

MOST_REQUESTS, MOST_BYTES = 5, 150_000
PAGES = [
    "/exit",
    "/exit/CA",
    "/standoff/CA",
    "/power/us/article-v?by=state",
    "/coalitions/us/article-v",
    "/chance/us/article-v?p=0.8&world=1",
    "/plan/us/article-v",
    "/petition/CO?raw=150000",
    "/referendum/CA?yes=0.56",
    "/defiance",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_first_view_takes_few_requests_and_bytes(base, browser, path):
    context = browser.new_context()
    found = context.new_page()
    wire = context.new_cdp_session(found)
    asked, came = [], []
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    found.goto(base + path, wait_until="networkidle")
    context.close()
    asked = [url for url in asked if not url.startswith("data:")]  # the browser's own icon of a field for dates
    assert len(asked) <= MOST_REQUESTS, asked
    assert [url for url in asked if not url.startswith(base)] == []
    assert sum(came) < MOST_BYTES
    assert len(came) >= len(asked) > 2


def test_files_of_a_kind_come_as_one_and_nothing_else_does():
    files = Static()
    joined = files.get(files.url("assent.css+counting.css"))
    alone = [files.get(files.url(name)) for name in ("assent.css", "counting.css")]
    assert joined.body == alone[0].body + b"\n" + alone[1].body
    assert joined.media == alone[0].media
    start = files.url("assent.css").removesuffix("assent.css")
    assert Static().get(f"{start}counting.css+assent.css").body.startswith(alone[1].body)  # asked of another process
    for wrong in (
        "assent.css+assent.css",
        "assent.css+assent.js",
        "assent.css+",
        "+",
        "assent.css+../app.py",
        "none.css",
    ):
        assert files.get(start + wrong) is None, wrong
