"""Addresses: each has one URL, which reads back as itself; everything else is led there or refused with a remedy."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assent.errors import AssentError
from assent.web.address import Address
from assent.web.inquiry import INQUIRIES
from assent.web.kinds import KINDS, ORDER, WORDS, option_of
from assent.web.url import read_path, read_query, read_url
from tests.web.doors import client, library


def read(url):
    path, _, query = url.partition("?")
    return read_url(path.encode(), query.encode(), library())


def readings(leave=()):
    asked = {q.question: [r.id for r in q.readings if not r.parameter] for q in library().questions.values()}
    return st.dictionaries(st.sampled_from(sorted(asked)), st.integers(0, 9), max_size=4).map(
        lambda chosen: {q: asked[q][at % len(asked[q])] for q, at in chosen.items() if asked[q] and q not in leave}
    )


@st.composite
def addresses(draw):
    """Addresses of matters and of counts, with whatever they may carry."""
    units = draw(st.lists(st.sampled_from(["TX", "FL", "VA", "NE", "KY", "SD"]), unique=True, max_size=6))
    cut = draw(st.integers(0, len(units)))
    days = st.none() | st.dates(date(1, 1, 1))
    if draw(st.booleans()):
        return Address(
            "matter",
            draw(st.sampled_from(sorted(library().matters))),
            draw(days),
            draw(days),
            yes=tuple(sorted(units[:cut])),
            no=tuple(sorted(units[cut:])),
            view=draw(st.sampled_from(["", "map", "list"])),
            embed=draw(st.booleans()),
        )
    text = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
    options = {"include": tuple(dict.fromkeys(draw(st.lists(text, max_size=3)))), "goal": ("block",)}
    return Address("plan", "us/article-v", draw(days), None, options={k: v for k, v in options.items() if v})


@given(addresses())
def test_an_address_reads_back_from_its_url_as_itself(address):
    found = read(address.url())
    assert found.file == ""
    assert found.address == address
    assert found.address.url() == address.url()


@given(addresses(), st.sampled_from(["json", "csv", "svg", "png"]))
def test_a_file_is_led_to_its_own_url(address, ext):
    url = address.file(ext)
    found = read(url)
    assert found.file == ext
    assert found.address.file(ext) == url


@given(readings())
def test_readings_read_back_or_cannot_be_held_together(chosen):
    address = Address("hinge", "us/amendment/era", readings=chosen)
    try:
        found = read(address.url()).address
    except AssentError:
        with pytest.raises(AssentError):
            library().doctrine(chosen)
        return
    assert found == address


@given(st.binary(max_size=60), st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(path, query):
    try:
        found = read_url(b"/" + path, query, library())
    except AssentError:
        return
    assert read(found.address.url()).address == found.address


@pytest.mark.parametrize(
    ("sent", "url"),
    [
        ("/us/amendment/era?no=TX&yes=VA&yes=NE,KY", "/us/amendment/era?yes=KY,NE,VA&no=TX"),
        ("/us/amendment/era?rescission=void", "/us/amendment/era"),
        ("/us/amendment/era?reading=rescission=effective", "/us/amendment/era?rescission=effective"),
        ("/us/amendment/era?contemporaneity=010", "/us/amendment/era?contemporaneity=required:10"),
        ("/us/amendment/era?as-of=&yes=&against=rescission:void", "/us/amendment/era?against=rescission:void"),
        ("/us/amendment/era?as-of=today", "/us/amendment/era"),
        ("/US/Amendment/ERA", "/us/amendment/era"),
        ("/us%2Famendment/era/", "/us/amendment/era"),
        ("/exit/new%20york", "/exit/NY"),
        ("/power/us/article-v?index=banzhaf&by=state", "/power/us/article-v?by=state"),
        ("/chance/us/article-v?p=0.6&p=party%3ARepublican%3D0.5", "/chance/us/article-v?p=0.6&p=party:Republican=0.5"),
        ("/coalitions/us/article-v?kinds=007", "/coalitions/us/article-v?kinds=7"),
        ("/embed//us/amendment/era?window=9&as-of=now", "/embed/us/amendment/era?window=9"),
    ],
)
def test_other_spellings_are_led_to_the_one_url(sent, url):
    with client() as at:
        answer = at.get(sent)
        assert (answer.status_code, answer.headers["location"]) == (308, url)
        assert at.get(url).status_code == 200


def test_where_readings_are_held_the_default_may_be_held():
    held = read("/hinge/us/amendment/era?rescission=void").address
    assert held.readings == {"rescission": "void"}


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ("/us/amendment/era?as-of=1982-02-30", 400, "1982-02-28"),
        ("/us/amendment/era?as-of=1982-01-01&as-of=1983-01-01", 400, "as-of is given 2 values"),
        ("/us/amendment/era?resission=void", 400, "Did you mean rescission?"),
        ("/us/amendment/era?rescission=efective", 400, "Did you mean effective?"),
        ("/us/amendment/era?yes=TX&no=TX", 400, "both yes and no"),
        ("/us/amendment/era?yes=QQ", 400, "no unit on file"),
        ("/us/amendment/era?yes=%00", 400, "U+0000"),
        ("/us/amendment/era?yes=%E2%80%AE", 400, "U+202E"),
        ("/us/amendment/era?yes=%FF", 400, "no UTF-8"),
        ("/us/amendment/era?against=rescission", 400, "QUESTION:READING"),
        ("/us/amendment/era?against=rescission:maybe", 400, "no reading of rescission"),
        ("/us/amendment/era?contemporaneity=99999999999999999999", 400, "1 to 1000"),
        ("/us/amendment/era?window=-5", 400, "no number of years"),
        ("/us/amendment/era?extension=invalid&deadline=not-binding", 400, "makes sense only with deadline=binding"),
        ("/us/amendment/er", 404, "Did you mean us/amendment/era"),
        ("/us/article-v", 404, "Ask for /law/us/article-v"),
        ("/powr/us/article-v", 404, "no matter"),
        ("/powr", 404, "Did you mean power?"),
        ("/exit/PR", 404, "not a state"),
        ("/exit/ZZ", 404, "no state"),
        ("/cite/none", 404, "no authority"),
        ("/about/this", 404, "Ask for /about"),
        ("/..%2F..%2Fetc%2Fpasswd", 404, "no page"),
        ("/us/%2e%2e/amendment", 404, "no page"),
        ("/us\\amendment", 404, "no page"),
        ("/" + "a" * 400, 414, "300"),
        ("/?" + "a" * 9000, 414, "8,000"),
        ("/us/amendment/era?" + "yes=TX&" * 300, 400, "300 parameters"),
        ("/us/amendment/era?as-of=" + "1" * 400, 400, "400 letters"),
        ("/plan/us/article-v?cost=/etc/passwd", 400, "no value of cost"),
        ("/plan/us/article-v?given=/etc/passwd", 400, "no parameter here"),
        ("/chance/us/article-v?scenario=/etc/passwd", 400, "no parameter here"),
        ("/chance/us/article-v?p=1&world=-1", 400, "no value of world"),
        ("/chance/us/article-v?p=1&world=" + "9" * 30, 400, "no value of world"),
        ("/plan/us/article-v?next=51", 400, "from 0 to 50"),
        ("/plan?matter=us/amendment/x", 400, "no matter on file"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(sent, status, told):
    with client() as at:
        page, problem = at.get(sent), at.get(sent.replace("?", ".json?", 1) if "?" in sent else f"{sent}.json")
    assert page.status_code == problem.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert problem.headers["content-type"] == "application/problem+json"
    said = problem.json()
    assert said["status"] == status
    assert told in said["detail"] + said.get("remedy", "")
    assert "Traceback" not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "sent", ["/<script>alert(1)</script>", "/us/amendment/era?<b>=1", "/exit/CA?as-of=<img%20src=x>"]
)
def test_what_was_sent_is_never_markup(sent):
    with client() as at:
        for found in (at.get(sent), at.get(f"/embed{sent}"), at.get(sent.partition("?")[0])):
            assert not {"<script>", "<b>", "<img"} & set(found.text.split())
            assert "<script" not in found.text
            assert "<img" not in found.text


def test_names_of_parameters_do_not_collide():
    taken = set(ORDER) | {"as-of", "known-as-of", "window", "yes", "no", "against", "reading"}
    assert not taken & set(library().questions)
    assert not WORDS & {library().name, "api", "static", "embed"}
    for name, kind in KINDS.items():
        assert all(option_of(name, option).what for option in (*kind.options, *kind.page))
        assert not kind.inquiry or kind.inquiry in INQUIRIES, name


def test_paths_and_queries_are_decoded_once():
    assert read_path(b"/exit/%2543A") == ["exit", "%43A"]
    assert read_query(b"p=a+b%2Bc") == [("p", "a b+c")]
