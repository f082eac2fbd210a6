"""Answers: what is sent beside a page, how it is kept, and how it keeps to itself."""

from __future__ import annotations

import csv
import gzip
import json
import struct
import subprocess
import sys
from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assent.web.cache import Answer, Cache, accepts, takes_gzip
from assent.web.headers import ALWAYS
from assent.web.static import Static
from tests.web.doors import Plain, client

DAYS = "as-of=2020-02-01&known-as-of=2020-02-01"
ERA = f"/us/amendment/era?{DAYS}"


@pytest.fixture(scope="module")
def at():
    with client() as found:
        yield found


def table(text):
    return list(csv.DictReader(StringIO(text)))


def test_json_is_what_the_command_prints(at):
    words = "status us/amendment/era --as-of 2020-02-01 --known-as-of 2020-02-01 --reading rescission=effective --json"
    done = subprocess.run([sys.executable, "-m", "assent", *words.split()], capture_output=True, text=True, check=True)
    asked = f"us/amendment/era{{}}?{DAYS}&rescission=effective"
    assert at.get("/" + asked.format(".json")).text == done.stdout
    assert at.get("/api/v1/status/" + asked.format("")).text == done.stdout


@pytest.mark.parametrize(
    ("url", "rows", "says"),
    [
        (f"/us/amendment/era.csv?{DAYS}", 50, {"unit": "NE", "counts": "yes", "matter": "us/amendment/era"}),
        (
            "/timeline/us/amendment/19.csv?as-of=1920-08-26",
            None,
            {"on": "1920-08-18", "stage": "adopted", "count": "36"},
        ),
        ("/because/us/amendment/19.csv?as-of=1920-08-26", None, {"depth": "0", "verdict": "pass"}),
        ("/exit/CA.csv?as-of=2026-11-01", None, {"need": "290", "of": "435", "fraction": "2/3"}),
        ("/power/us/article-v/propose.csv?as-of=2026-11-01", 2, {"id": "us/senate", "members": "100"}),
        ("/plan/us/article-v.csv?goal=block&next=0", 1, {"way": "1", "members": "34", "proof": "optimal"}),
        ("/chance/us/article-v/propose.csv?p=0.7&over=*=0.5:0.7:2", 3, {"over": "*", "at": "0.7"}),
        ("/coalitions/us/article-v/propose.csv", None, {"goal": "block", "size": "34"}),
        ("/law/us/article-v/propose.csv", None, {"id": "house", "kind": "tally"}),
        ("/question/rescission.csv", None, {"reading": "effective", "default": "no"}),
        ("/questions.csv", None, {"question": "rescission", "reading": "void", "default": "yes"}),
        ("/matters.csv?kind=founding", 2, {"id": "us/constitution", "stage": "adopted"}),
        ("/replay.csv?as-of=1800-01-01", None, {"matter": "us/amendment/11", "agrees": "yes"}),
        ("/petition/CA.csv?replay=yes", 6, {"outcome": "failed", "agrees": "yes"}),
        ("/petition/CA.csv?count=24034,722,516,2", 1, {"certified": "15028"}),
        ("/referendum/CA.csv?replay=yes", None, {"territory": "Texas", "by_rule": "met"}),
        ("/polls/CA.csv", None, {"wording": "withdraw", "place": "CA"}),
        ("/defiance/CA.csv", 2, {"kind": "medical", "adopted": "1996-11-05"}),
        ("/standoff/CA.csv", None, {"symbol": "p", "standing": "evidence"}),
        ("/record.csv?matter=us/amendment/19", None, {"act": "ratify", "matter": "us/amendment/19"}),
        ("/cite/us-const-art-v.csv", None, {"id": "us-const-art-v", "standing": "read"}),
    ],
)
def test_a_table_has_a_row_for_each_thing_and_a_source_in_each_row(at, url, rows, says):
    answer = at.get(url)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/csv")
    found = table(answer.text)
    assert rows is None or len(found) == rows
    assert any(says.items() <= row.items() for row in found), found[:3]
    assert all(row["source"] for row in found)
    assert not any(None in row for row in found)


def test_a_table_and_the_json_say_the_same(at):
    units = at.get(f"/us/amendment/era.json?{DAYS}").json()["units"]
    rows = table(at.get(f"/us/amendment/era.csv?{DAYS}").text)
    assert [(u["unit"], u["how"], u["counts"]) for u in units] == [
        (row["unit"], row["how"], row["counts"] == "yes") for row in rows
    ]


def test_a_picture_is_the_drawing_twice_as_large_the_same_every_time(at):
    drawing, picture = at.get("/law/us/article-v.svg"), at.get("/law/us/article-v.png")
    assert drawing.headers["content-type"].startswith("image/svg+xml")
    width, height = (float(n) for n in drawing.text.partition('viewBox="0 0 ')[2].partition('"')[0].split())
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    wide, high = struct.unpack(">II", picture.content[16:24])
    assert (wide, high) == pytest.approx((2 * width, 2 * height), abs=2)
    with client() as other:
        assert other.get("/law/us/article-v.png").content == picture.content


@pytest.mark.parametrize("url", ["/exit.csv", "/law.svg", "/procedures.svg", "/questions.svg"])
def test_what_has_no_file_says_so(at, url):
    answer = at.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


# ── headers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def policy(answer):
    return {d.split()[0]: d.split()[1:] for d in answer.headers["content-security-policy"].split("; ")}


@pytest.mark.parametrize("url", ["/", ERA, "/exit/ZZ", "/api", f"/us/amendment/era.json?{DAYS}", "/api/v1", "/none"])
def test_every_answer_keeps_to_itself(at, url):
    answer = at.get(url)
    assert {name.lower() for name in ALWAYS} <= set(answer.headers)
    found = policy(answer)
    assert found["default-src"] == ["'none'"]
    assert found["frame-ancestors"] == ["'none'"]
    assert not [word for words in found.values() for word in words if "unsafe" in word or word == "*" or ":" in word]
    assert "server" not in answer.headers
    assert "set-cookie" not in answer.headers


def test_only_what_is_to_be_embedded_may_be_framed(at):
    answer = at.get(f"/embed{ERA}")
    assert policy(answer)["frame-ancestors"] == ["*"]
    assert "x-frame-options" not in answer.headers
    assert answer.headers["link"] == f'<{ERA}>; rel="canonical"'
    refused = at.get("/embed/exit/ZZ")
    assert policy(refused)["frame-ancestors"] == ["'none'"]


def test_a_drawing_allows_its_own_styles_by_digest(at):
    assert policy(at.get("/law/us/article-v.svg"))["style-src"][0].startswith("'sha256-")


def test_what_has_not_changed_is_not_sent_again(at):
    first = at.get(ERA, headers={"Accept-Encoding": "identity"})
    tag = first.headers["etag"]
    for sent in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = at.get(ERA, headers={"If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert at.get(ERA, headers={"If-None-Match": '"other"'}).status_code == 200
    assert at.get(f"{ERA}&rescission=effective").headers["etag"] != tag


def test_days_that_are_fixed_may_be_kept_for_a_while(at):
    assert "max-age=300" in at.get(ERA).headers["cache-control"]
    assert "must-revalidate" in at.get("/us/amendment/era").headers["cache-control"]
    assert "must-revalidate" in at.get("/").headers["cache-control"]


def test_head_is_get_without_a_body(at):
    for url in (ERA, "/law/us/article-v.png", "/exit/ZZ", "/api/v1/questions"):
        whole, head = at.get(url), at.head(url)
        assert head.status_code == whole.status_code
        assert head.content == b""
        names = ("content-length", "content-type", "etag", "cache-control")
        assert [head.headers.get(n) for n in names] == [whole.headers.get(n) for n in names]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("url", [ERA, "/api/v1/questions", "/static/x"])
def test_nothing_can_be_changed(at, method, url):
    answer = at.request(method, url)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_what_is_not_accepted_is_not_sent(at):
    for _ in range(2):  # made, then kept
        assert at.get(ERA, headers={"Accept": "application/json"}).status_code == 406
        assert at.get(ERA, headers={"Accept": "text/*;q=0.5"}).status_code == 200
    refused = at.get("/api/v1/questions", headers={"Accept": "text/html"})
    assert (refused.status_code, refused.headers["content-type"]) == (406, "application/problem+json")
    assert at.get(f"/us/amendment/era.csv?{DAYS}", headers={"Accept": "text/html"}).status_code == 200


def test_bodies_are_packed_for_those_who_take_it(at):
    url = f"/us/amendment/era.json?{DAYS}"
    plain = at.get(url, headers={"Accept-Encoding": "identity"})
    packed = at.get(url, headers={"Accept-Encoding": "br, gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 5
    assert packed.content == plain.content
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding, Accept"


@pytest.mark.parametrize(
    ("value", "media", "found"),
    [(b"", b"text/html", True), (b"text/html;q=0", b"text/html", False), (b"*/*", b"image/png", True),
     (b"*/*;q=0", b"text/html", False), (b"text/html;q=0.0, */*;q=0.1", b"text/csv", True),
     (b"application/*", b"application/json", True), (b"nonsense", b"text/html", False)],
)  # fmt: skip
def test_accepted_types(value, media, found):
    assert accepts(value, media) is found
    assert takes_gzip(b"gzip;q=1.0") is True
    assert takes_gzip(b"deflate, gzip;q=0.000") is False


# ── what is kept ────────────────────────────────────────────────────────────────────────────────────────────────────


class Counted(Plain):
    """Pages that count how often they are written."""

    def __init__(self):
        self.written = []

    def render(self, address, library):
        self.written.append(address.url())
        return super().render(address, library)


def test_a_page_is_written_once_a_day():
    pages, today = Counted(), [date(2026, 1, 1)]
    with client(pages, today=lambda: today[0]) as at:
        assert at.get("/about").text == at.get("/about").text
        assert pages.written == ["/about"]
        today[0] += timedelta(days=1)
        at.get("/about")
        assert pages.written == ["/about"] * 2


def test_refusals_are_not_kept():
    with client() as at:
        for _ in range(3):
            at.get("/exit/ZZ")
            at.get("/us/amendment/era?as-of=x")
        assert len(at.app.cache) == 0


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3000)), max_size=60), st.integers(5_000, 40_000))
def test_the_cache_keeps_to_its_bytes_and_forgets_the_oldest(asked, most):
    kept = Cache(most)
    order = []
    for name, size in asked:
        key = b"/%d" % name
        kept.keep(key, Answer(b"x" * size, "text/plain", {}))
        order = [k for k in order if k != key]
        if kept.get(key) is not None:
            order.append(key)
        assert kept.size <= most
    alive = [k for k in order if kept.get(k) is not None]
    assert alive == order[len(order) - len(alive) :]
    assert len(kept) == len(alive)


def test_static_files_are_named_by_what_is_in_them(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "page.css").write_text("p{}")
    (tmp_path / "deep" / "a.js").write_text("1")
    (tmp_path / "secret.py").write_text("1")
    first = Static(tmp_path)
    answer = first.get(first.url("deep/a.js"))
    assert answer.body == b"1"
    assert "immutable" in dict(answer.said([])[1])[b"cache-control"].decode()
    assert first.get(first.url("page.css").replace("page.css", "secret.py")) is None
    (tmp_path / "deep" / "a.js").write_text("2")
    second = Static(tmp_path)
    assert second.url("page.css") != first.url("page.css")
    assert second.get(first.url("page.css")) is None


def test_a_fault_is_told_without_its_insides(caplog):
    class Broken(Plain):
        def render(self, address, library):
            raise ZeroDivisionError("secret")

    with client(Broken()) as at:
        page, other = at.get("/about"), at.get("/questions.json")
    assert page.status_code == 500
    assert "secret" not in page.text
    assert "fault of Assent" in page.text
    assert other.status_code == 200
    assert "secret" in caplog.text  # in the terminal, for whoever runs it


def test_gzip_is_the_same_every_time():
    answers = [Answer(b"35 of 38 " * 200, "text/plain", {}) for _ in range(2)]
    for answer in answers:
        answer.pack()
    assert answers[0].packed == answers[1].packed
    assert gzip.decompress(answers[0].packed) == answers[0].body


def test_problem_documents_are_json_whatever_is_in_them(at):
    for url in ("/exit/%22%5C.json", "/exit/%E2%9C%93.json"):
        assert json.loads(at.get(url).content)["status"] == 404
