"""The drawings of what is on file: each is held to the files of the record, read here by other means."""

from __future__ import annotations

import re
from collections import Counter
from csv import DictReader
from datetime import date

import pytest

from assent.web import pages
from tests.web.doors import client, drawn, library

SVG = "{http://www.w3.org/2000/svg}"
GREEN, AMBER, RED, TRACK = "#1f6f54", "#d39b2f", "#a63c2e", "#e4e1d8"


@pytest.fixture(scope="module")
def door():
    with client(pages) as found:
        yield found


def titled(root):
    """Each part that says something when pointed at, by what it says."""
    return {
        part.find(f"{SVG}title").text: part for part in root.iter(f"{SVG}g") if part.find(f"{SVG}title") is not None
    }


def rows(name):
    with (library().place.root / "record" / name).open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def year_of(act):
    return int((act["date"] or act["earliest"])[:4])


def test_the_columns_and_the_lanes_of_the_record_count_its_acts(door):
    acts = rows("acts.csv")
    said = titled(drawn(door, "/record.svg"))
    columns = {int(t[:4]): int(re.search(r"(\d+) acts?$", t)[1]) for t in said if re.match(r"\d{4} to \d{4}: ", t)}
    first = min(columns)
    width = int(next(t for t in said if t.startswith(str(first)))[8:12]) - first + 1
    assert columns == Counter(first + (year_of(act) - first) // width * width for act in acts)
    lanes = [int(found[1]) for t in said if (found := re.search(r": ([\d,]+) acts?, \d{4}-", t))]
    assert sum(lanes) == len(acts) == sum(columns.values())
    high = {
        first: part.findall(f"{SVG}rect")
        for first, part in ((int(t[:4]), p) for t, p in said.items() if t[:4].isdigit())
    }
    tall = {year: sum(float(rect.get("height")) for rect in rects) for year, rects in high.items()}
    most = max(columns, key=columns.get)
    for year, number in columns.items():
        assert tall[year] / tall[most] == pytest.approx(number / columns[most], abs=0.01)


def test_the_record_of_one_matter_has_a_lane_for_each_kind_of_act(door):
    kinds = Counter(act["act"].replace("-", " ") for act in rows("acts.csv") if act["matter"] == "us/amendment/era")
    said = titled(drawn(door, "/record.svg?matter=us/amendment/era"))
    lanes = dict(found.groups() for t in said if (found := re.match(r"([a-z ]+): (\d+) acts?, \d{4}-", t)))
    assert {name: int(number) for name, number in lanes.items()} == kinds


def test_a_record_without_an_act_has_no_drawing_and_offers_none(door):
    empty = "/record{}?state=HI&matter=us/amendment/22"  # Hawaii was no state then, and did nothing on it later
    assert not [act for act in rows("acts.csv") if act["matter"] == "us/amendment/22" and act["actor"].startswith("HI")]
    assert door.get(empty.format(".svg")).status_code == 404
    assert door.get(empty.format(".csv")).status_code == 200
    assert "/record.svg" not in door.get(empty.format("")).text


@pytest.mark.parametrize("url", ["/matters.svg", "/index.svg", "/matters.svg?kind=amendment"])
def test_the_tallies_of_matters_end_as_the_official_record_says(door, url):
    root = drawn(door, url)
    said = titled(root)
    known_later = {"us/amendment/27": "1992-05-05"}  # with Kentucky's act of 1792, of which nobody knew in 1992
    amendments = [row for row in rows("matters.csv") if row["kind"] == "amendment"]
    for row in amendments:
        told = next(t for t in said if t.startswith(f"{row['title']}: "))
        completed_on = known_later.get(row["id"], row["official_completed_on"])
        ended = f"{row['official_stage']} {completed_on}".strip()
        assert f"· {ended}, among" in told
        count, required, of = map(int, re.search(r"(\d+) of (\d+) · .*among (\d+)$", told).groups())
        track, *filled = said[told].findall(f"{SVG}rect")
        assert float(filled[0].get("width")) / float(track.get("width")) == pytest.approx(count / of, abs=0.001)
        assert (count >= required) is (row["official_stage"] == "adopted")
        colour = {"adopted": GREEN, "pending": AMBER}.get(row["official_stage"], RED)
        assert (track.get("fill"), filled[0].get("fill")) == (TRACK, colour)
    admitted = sum(row["kind"] == "admission" for row in rows("matters.csv"))
    assert (f"{admitted} matters adopted, " in " ".join(root.itertext())) is ("kind" not in url)


def test_a_question_shows_what_each_reading_makes_of_each_matter(door):
    """Under the one a state's ratification stays, under the other the states that took theirs back are not counted."""
    era = [act for act in rows("acts.csv") if act["matter"] == "us/amendment/era"]
    backed_out = {act["actor"].partition("/")[0] for act in era if act["act"] == "rescind"}
    root = drawn(door, "/question/rescission.svg")
    words = root.find(f"{SVG}desc").text
    kept, less = map(int, re.search(r"Equal Rights Amendment: .*?: (\d+) of 38 .*?: (\d+) of 38", words).groups())
    assert kept - less == len(backed_out) == 5
    readings = library().questions["rescission"].readings
    turning = words.count(readings[0].title)
    assert turning == words.count(readings[1].title) == door.get("/question/rescission").text.count("#q-rescission")
    assert words.count("(default)") == turning


def test_a_question_on_which_nothing_turns_has_no_drawing_and_offers_none(door):
    page = door.get("/question/withholding").text
    assert "#q-withholding" not in page
    assert door.get("/question/withholding.png").status_code == 404
    assert "withholding.svg" not in page
    assert "withholding.csv" in page


def test_the_bars_of_the_data_are_as_long_as_the_data_are_old(door):
    day = date(2026, 11, 28)
    said = titled(drawn(door, f"/about.svg?as-of={day}"))
    longest = {}
    for told, part in said.items():
        if found := re.match(r"(.+): holds as of (\S+), ([\d,]+) days ago", told):
            age = (day - date.fromisoformat(found[2])).days
            assert age == int(found[3].replace(",", ""))
            bar = part.find(f"{SVG}rect")
            longest[found[1]] = (age, float(bar.get("width")))
            assert bar.get("fill") == (AMBER if age > 365 else GREEN)
    with (library().place.root / "facts" / "chambers.csv").open(encoding="utf-8", newline="") as file:
        newest = max(row["as_of"] for row in DictReader(file))
    assert longest["facts/chambers.csv"][0] == (day - date.fromisoformat(newest)).days
    lengths = [width / age for age, width in longest.values()]
    assert max(lengths) == pytest.approx(min(lengths), rel=0.01)
    assert max(act["date"] for act in rows("acts.csv") if len(act["date"]) == 10) == said_last(said, "record/acts.csv")


def said_last(said, file):
    return next(told for told in said if told.startswith(f"{file}: last")).rpartition(" ")[2]


def test_before_the_day_of_a_file_nothing_is_drawn_as_if_it_were_old(door):
    said = titled(drawn(door, "/about.svg?as-of=1950-01-01"))
    aged = {told: part for told, part in said.items() if "holds as of" in told}
    assert aged
    assert all(told.endswith(" days after") and part.find(f"{SVG}rect") is None for told, part in aged.items())
