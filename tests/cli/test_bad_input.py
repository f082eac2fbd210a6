"""Whatever is wrong: exit code 2, one message on stderr that says what to do, nothing on stdout, nothing written."""

import shutil

import pytest

from assent.cli.main import main
from assent.inquiries.jurisdiction import LIBRARY

ERA = "us/amendment/era"


@pytest.fixture
def refused(capsys):
    """Run a command that has to be refused; give its message."""

    def command(*words):
        assert main(words) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("assent: ")
        assert err.count("assent: ") == 1
        assert "Traceback" not in err
        return err

    return command


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["exit", "Kalifornia"], "California"),
        (["exit", "ZZ"], "no state"),
        (["exit", "DC"], "not a state"),
        (["exit", "CA", "--as-of", "1849-01-01"], "1850-09-09"),
        (["status", "us/amendment/99"], "us/amendment/"),
        (["status", "xx/amendment/14"], "us"),
        (["status", ERA, "--as-of", "2020-02-30"], "2020-02-29"),
        (["status", ERA, "--as-of", "1982"], "1982-12-31"),
        (["status", ERA, "--known-as-of", "soon"], "YYYY-MM-DD"),
        (["status", ERA, "--as-of", "1900-01-01"], "1972-03-22"),
        (["status", ERA, "--reading", "recission=effective"], "rescission"),
        (["status", ERA, "--reading", "rescission=efective"], "effective"),
        (["status", ERA, "--reading", "rescission"], "QUESTION=READING"),
        (["status", ERA, "--reading", "rescission=void", "--reading", "rescission=effective"], "Keep one"),
        (["status", ERA, "--reading", "extension=invalid", "--reading", "deadline=not-binding"], "deadline"),
        (["status", ERA, "--window", "0"], "--window"),
        (["status", ERA, "--window", "many"], "--window"),
        (["status", ERA, "--as-off", "2020-01-01"], "--as-of"),
        (["status"], "MATTER"),
        (["status", ERA, "more"], "more"),
        (["statsu", ERA], "status"),
        (["record", "chekc"], "check"),
        (["show", "us/artcle-v"], "us/article-v"),
        (["show", "rescission", "--mermaid"], "procedure"),
        (["matters", "--kind", "amendmnt"], "amendment"),
        (["cite", "dillon-v-gloss"], "dillon-v-gloss-1921"),
        (["schema", "law"], "procedure"),
        (["replay", "uk"], "us"),
        (["check", "no-such-file.yaml"], "no-such-file.yaml"),
        (["status", ERA, "--library", "/no/such/folder"], "/no/such/folder"),
        (["show", "us/article-v", "--svg", "/no/such/folder/x.svg"], "/no/such/folder"),
    ],
)
def test_bad_input_gets_one_message_with_a_remedy(refused, words, told):
    assert told in refused(*words)


def test_json_is_refused_in_the_same_way(refused):
    refused("status", "us/amendment/99", "--json")


PROCEDURE = """\
procedure: us/test
title: A test
rule:
  id: vote
  label: A vote
  tally: {body: us/house, act: pass, threshold: %s, base: voting}
"""


CIRCLE = """\
procedures:
  - {procedure: us/a, title: A, rule: {call: us/b}}
  - {procedure: us/b, title: B, rule: {call: us/a}}
"""


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("above-one.yaml", PROCEDURE % "3/2", "above one"),
        ("decimal.yaml", PROCEDURE % "0.6667", "2/3"),
        ("cite.yaml", PROCEDURE % "2/3" + "cite: [us-const-art-vv]\n", "us-const-art-v"),
        ("field.yaml", PROCEDURE % "2/3" + "tilte: again\n", "tilte"),
        ("not-yaml.yaml", "procedure: [", "not-yaml.yaml:"),
        ("nothing.yaml", "", "nothing.yaml"),
        (
            "circle.yaml",
            CIRCLE,
            "us/a → us/b → us/a",
        ),
        ("call.yaml", "{procedure: us/a, title: A, rule: {call: us/artcle-v}}", "us/article-v"),
        ("question.yaml", "{question: q, title: Q, about: A, default: x, readings: []}", "two readings"),
        ("acts.csv", "id,matter\n1\n", "acts.csv"),
        ("unknown.csv", "id,matter\n1,2\n", "unknown.csv"),
        ("law.txt", "", ".yaml"),
    ],
)
def test_a_broken_file_is_refused_by_place_and_remedy(refused, tmp_path, name, text, told):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    said = refused("check", str(file))
    assert told in said
    assert sorted(tmp_path.iterdir()) == before


def test_a_broken_row_is_refused_by_file_line_field_and_value(refused, tmp_path):
    source = (LIBRARY / "us" / "record" / "acts.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "acts.csv"
    file.write_text("\n".join([*source[:3], source[3].replace(",ratify,", ",ratifies,", 1)]) + "\n", encoding="utf-8")
    said = refused("check", str(file))
    assert "acts.csv:4, field act" in said
    assert "'ratifies'" in said
    assert "ratify" in said


def test_a_library_that_is_broken_is_refused_by_any_command(refused, tmp_path):
    shutil.copytree(LIBRARY / "us", tmp_path / "us")
    law = tmp_path / "us" / "law" / "article-v.yaml"
    law.write_text(law.read_text(encoding="utf-8").replace("threshold: 2/3", "threshold: 4/3", 1), encoding="utf-8")
    assert "article-v.yaml:" in refused("status", ERA, "--library", str(tmp_path))


def test_an_interrupt_is_quiet(monkeypatch, capsys):
    from assent.cli import main as door

    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(door.assent, "main", interrupt)
    assert main(["replay"]) == 130
    assert capsys.readouterr() == ("", "")
