"""Pages as text: wrapping, tables, trees, bars, plainer marks."""

import pytest

from assent.render.page import Bar, Branch, Heading, Item, Items, Page, Para, Table, Tree, Typed, plain, say, strong
from assent.render.text import encodable, lines, text, wrapped


def set_(*blocks, width=40):
    return text(Page("", blocks), width).splitlines()


def test_words_wrap_and_hang():
    found = [plain(line) for line in wrapped(say("one two three four"), 12, "- ", "  ")]
    assert found == ["- one two", "  three four"]


def test_an_unbroken_space_holds():
    assert [plain(line) for line in wrapped(say("aaa 35\u00a0of\u00a050"), 9)] == ["aaa", "35 of 50"]


@pytest.mark.parametrize("width", range(6, 30))
def test_no_text_is_lost_whatever_the_width(width):
    said = "congress-without-southern-seats=invalid and rescission=effective, 38\u00a0of\u00a050"
    found = "".join(plain(line).strip() for line in wrapped(say(said), width, "> ", "  "))
    assert found.replace(" ", "").removeprefix(">") == said.replace("\u00a0", "").replace(" ", "")


def test_a_long_word_is_cut_at_its_joints():
    found = [plain(line) for line in wrapped(say("seceded-states=excluded"), 12)]
    assert found == ["seceded-", "states=", "excluded"]


def test_roles_survive_wrapping():
    found = wrapped(say("a ", strong("b c"), " d"), 3)
    assert {span.text for line in found for span in line if span.role == "strong"} >= {"b", "c"}


def test_a_tree_keeps_its_lines():
    tree = Tree((Branch(say("root"), (Branch(say("one"), (Branch(say("deep")),)), Branch(say("two")))),))
    assert set_(tree) == ["root", "├ one", "│ └ deep", "└ two"]


def test_a_bar_ticks_where_enough_begins():
    (line,) = set_(Bar(2, 3, 4, say("2 of 4"), say("3 needed")))
    assert line == "  2 of 4  ▓▓░│░  3 needed"


def test_a_full_bar_has_no_tick_beyond_its_end():
    (line,) = set_(Bar(4, 4, 4, say("4 of 4"), say("4 needed")))
    assert "▓▓▓▓" in line
    assert "│" not in line


def test_a_table_gives_way_where_it_may():
    table = Table(("A", "B"), ((say("x" * 10), say("one two three four five six")),), wrap=frozenset({1}))
    found = set_(table, width=40)
    assert len(found) == 2
    narrow = text(
        Page("", (Table(("A", "B"), ((say("x" * 30), say("one two three four")),), wrap=frozenset({1})),)), 44
    )
    assert max(len(line) for line in narrow.splitlines()) <= 44


def test_a_term_wider_than_its_column_stands_above():
    items = Items((Item(say("short"), say("one")), Item(say("a-term-that-is-much-too-wide"), say("two"))), widest=8)
    assert set_(items) == ["short  one", "a-term-that-is-much-too-wide", "       two"]


def test_a_command_is_never_broken():
    said = "assent status " + "x" * 100
    assert set_(Typed(said)) == [said]


def test_blocks_are_set_apart_and_headings_stay_with_what_follows():
    page = Page("", (Para(say("a")), Heading("H"), Para(say("b")), Para(say("c"), indent=2)))
    assert [plain(line) for line in lines(page, 40)] == ["a", "", "H", "b", "  c"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "no-such-encoding"])
def test_any_encoding_can_be_served(encoding):
    said = encodable("✓ ✗ ● ○ ▓ ░ │ ├ └ → – — … ‘ ’ “ ” × § é ☃", encoding)
    said.encode("ascii" if encoding == "no-such-encoding" else encoding)


def test_an_encoding_that_has_every_mark_gets_every_mark():
    assert encodable("✓ § é", "utf-8") == "✓ § é"
