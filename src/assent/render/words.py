"""What all pages share: marks, citations numbered in order, readings, and the foot of a page."""

from __future__ import annotations

from itertools import pairwise
from shlex import split
from typing import TYPE_CHECKING

from assent.law.citations import Cite
from assent.render.page import Block, Heading, Item, Items, Line, Para, Role, Span, Typed, code, quiet, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from assent.law.library import Law

MARKS: dict[str, Span] = {
    "pass": Span("✓", "pass"),
    "fail": Span("✗", "fail"),
    "open": Span("?", "open"),
}
STAGES: dict[str, Role] = {"adopted": "pass", "failed": "fail", "lapsed": "fail", "pending": "open"}


class Sources:
    """The citations of a page, numbered in the order in which they first occur."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._numbers: dict[str, int] = {}

    def mark(self, cites: Iterable[str]) -> Span:
        """The numbers of some citations, as ``[1–3][7]``, led by a space ("" for none)."""
        numbers = sorted({self._numbers.setdefault(cite, len(self._numbers) + 1) for cite in cites})
        runs: list[list[int]] = []
        for n in numbers:
            if runs and runs[-1][-1] == n - 1:
                runs[-1].append(n)
            else:
                runs.append([n])
        said = "".join(f"[{run[0]}]" if len(run) == 1 else f"[{run[0]}–{run[-1]}]" for run in runs)
        return quiet(f"\u00a0{said}" if said else "")

    def blocks(self) -> list[Block]:
        """The list of what was cited, each read or recalled."""
        if not self._numbers:
            return []
        items = tuple(Item((quiet(f"[{n}]"),), say(self.cited(cite))) for cite, n in self._numbers.items())
        return [Heading("Sources"), Items(items), Para(say(quiet("assent cite ID shows an authority in full.")))]

    def cited(self, cite: str) -> Line:
        """A citation in full, then its id."""
        name, _, at = cite.partition(", ")
        return say(self.law.cited(Cite(name, at)), " ", quiet(name))


def joined(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence.

    Examples
    --------
    >>> joined(["a", "b", "c"]), joined(["a", "b"], "or"), joined(["a"])
    ('a, b and c', 'a or b', 'a')
    """
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def many(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    Examples
    --------
    >>> many(1, "matter"), many(0, "matter"), many(2, "body", "bodies")
    ('1 matter', '0 matters', '2 bodies')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def staged(stage: str, on: date | None) -> Line:
    """A stage with its day."""
    return say(Span(f"{stage} {on}" if on else stage, STAGES.get(stage, "")))


def readings(law: Law, held: Mapping[str, str], reproduce: str) -> list[Block]:
    """The readings an answer was given under: those chosen first, then the defaults."""
    if not held:
        return []
    chosen = chosen_in(reproduce)
    order = sorted(held, key=lambda name: (name not in chosen, name))
    items = []
    for name in order:
        reading = held[name]
        about = law.question(name).reading(reading.partition(":")[0])
        taken = name in chosen
        mark = Span("●", "strong") if taken else quiet("○")
        said = "chosen" if taken else "default"
        items.append(
            Item(say(mark, " ", code(f"{name}={reading}")), say(about.title, " ", quiet(f"({said}; {about.standing})")))
        )
    told = "● chosen  ○ default, which is only the reading by which the official record was kept"
    return [Heading("Readings"), Items(tuple(items), widest=34), Para(say(quiet(told)))]


def chosen_in(reproduce: str) -> set[str]:
    """The questions for which a command line chooses a reading.

    Examples
    --------
    >>> chosen_in("assent status M --reading rescission=effective")
    {'rescission'}
    """
    parts = split(reproduce)
    return {said.partition("=")[0] for flag, said in pairwise(parts) if flag == "--reading"}


def notes(said: Iterable[str]) -> list[Block]:
    """Assumptions and remarks."""
    items = tuple(Item(quiet_mark, say(" ".join(text.split()))) for text in said)
    return [Heading("Notes"), Items(items)] if items else []


quiet_mark: Line = (quiet("·"),)


def dated(as_of: date, known_as_of: date) -> Line:
    """The two days an answer is pinned to."""
    return say(quiet(f"As of {as_of}, as known on {known_as_of}."))


def foot(versions: Mapping[str, str], reproduce: str) -> list[Block]:
    """The versions, and the command that gives the answer again."""
    said = ", ".join(f"{name} {version}" for name, version in versions.items())
    return [Heading("Reproduce"), Typed(reproduce), Para(say(quiet(said)), indent=2)]


def held(readings: Mapping[str, str]) -> Line:
    """Readings as they are typed, joined by "and"."""
    parts: list[Span | str] = []
    for name, reading in readings.items():
        parts += [" and ", code(f"{name}={reading}")]
    return say(*parts[1:])
