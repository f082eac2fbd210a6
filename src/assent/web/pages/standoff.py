"""The page on a standoff: what would have to be true, a map to point at, the tree, the ladder, and every number."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import log10
from typing import TYPE_CHECKING, NamedTuple

from assent.inquiries.standoff.entries import scenarios
from assent.inquiries.standoff.parameters import given_of
from assent.web.address import Address
from assent.web.inquiry import inquire
from assent.web.pages.counting import hidden
from assent.web.pages.leaving import Authority, cited
from assent.web.pages.leaving_numbers import defaults_of, groups_of
from assent.web.pages.leaving_regions import Setting, asked, regions_of
from assent.web.pages.setting import environment
from assent.web.pages.share import Share
from assent.web.pages.turning import switches

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.standoff.branches import Branch
    from assent.inquiries.standoff.footing import Footing
    from assent.inquiries.standoff.ladder import Rung
    from assent.inquiries.standoff.prediction import Driver, Sensitivity
    from assent.inquiries.standoff.standoff import Standoff
    from assent.web.pages.turning import Switch

LEAST = 0.001  # where the picture of the ladder begins, on a scale of powers of ten
TURNS, DRIVERS = 8, 8
RESPONSES = ("tolerate", "negotiate", "litigate", "sanction", "force")
SECTIONS = (
    ("regions", "The map"),
    ("tree", "The tree"),
    ("answers", "The federal side’s answers"),
    ("ladder", "The ladder of stakes"),
    ("mistakes", "If everybody makes mistakes"),
    ("drivers", "What drives it"),
    ("numbers", "The numbers"),
    ("footing", "What each move rests on"),
    ("more", "Bargains, theory, notes"),
)


class Node(NamedTuple):
    """A node of the tree as it is drawn: its move, and those below it."""

    one: Branch
    best: bool
    law: str
    odds: tuple[tuple[str, float], ...]
    open: bool
    below: tuple[Node, ...]


class Step(NamedTuple):
    """A rung of the ladder, placed on its picture in percent."""

    at: int
    rung: Rung
    x: float
    wide: float
    look: str


class Mark(NamedTuple):
    """A kind of defiance that is known, placed on the picture."""

    name: str
    x: float
    fate: str
    text: str
    why: str
    stake: float


class Swing(NamedTuple):
    """What one number moving alone does to a probability, as a bar in percent of the longest."""

    driver: Driver
    x: float
    wide: float


class Driven(NamedTuple):
    """A probability, its range over the draws, and the numbers that drive it."""

    one: Sensitivity
    named: tuple[Driver, ...]


class Law(NamedTuple):
    """What a move rests on, with its authorities."""

    one: Footing
    cites: tuple[Authority, ...]
    stops: tuple[tuple[str, str, tuple[Authority, ...]], ...]


def standoff_page(ask: Address, library: Library) -> str:
    """What follows if a state goes ahead without asking.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    plain = given_of(library.place)
    setting = Setting(ask, plain, _held(library, ask.option("scenario")))
    drawn = asked(plain, ask.option("map"))
    found = _solved(library, ask.changed(map=drawn, view="", full=()))
    private = ask.option("private") == "yes"
    laws = {law.move for law in found.footing}
    force = next(one for one in found.sensitivity if one.of == "force")
    context = {
        "kind": "exit",
        "ask": ask,
        "found": found,
        "sections": SECTIONS,
        "regions": regions_of(found.map, setting, pointed=not ask.embed),
        "closed": tuple(b for b in found.break_even if b.formula),
        "turns": tuple(b for b in found.break_even if not b.formula),
        "shown_turns": TURNS,
        "tree": _tree(found, laws),
        "steps": _steps(found),
        "marks": _marks(found),
        "responses": tuple((name, getattr(found.responses, name)) for name in RESPONSES),
        "driven": tuple(Driven(one, tuple(d for d in one.drivers if d.share >= 0.01)[:3]) for one in found.sensitivity),
        "swings": _swings(force),
        "groups": groups_of(library, setting, found.parameters, private=private),
        "measured": tuple(p.symbol for p in found.parameters if p.standing == "evidence"),
        "scenarios": tuple(sorted(scenarios(library.place))),
        "menu": tuple((name, name in ask.every("without")) for name in RESPONSES),
        "changed": bool(setting.said() or ask.option("scenario") or ask.every("without")),
        "laws": tuple(_law(library, one) for one in found.footing),
        "theory": tuple((one, cited(library, one.cite)) for one in found.theory),
        "switches": _switches(ask, library, found),
        "law_url": lambda name: Address("law", name, ask.as_of, readings=ask.readings).url(),
        "hidden": hidden,
        "share": _share(ask, found, drawn),
        "plain": {
            "exit": Address("exit", ask.id, ask.as_of, options={"set": setting.said()}).url(),
            "reset": Address("standoff", ask.id).url(),
            "defiance": Address("defiance", options={"state": (ask.id,)}).url(),
            "private": ask.url(private=() if private else ("yes",)),
            "swept": ask.url(precision=()),
        },
    }
    return environment.get_template("standoff.html").render(context)


@lru_cache(maxsize=32)
def _held(library: Library, scenario: str) -> dict[str, str]:
    """What holds of each number unless it is set: the library's values, or those of a scenario."""
    if not scenario:
        return dict(defaults_of(library))
    found = given_of(library.place, (), scenario).parameters
    return {
        name: "" if p.value is None else p.value if isinstance(p.value, str) else f"{p.value:.10g}"
        for name, p in found.items()
    }


def _solved(library: Library, ask: Address) -> Standoff:
    result: Standoff = inquire(library, ask)  # type: ignore[assignment]
    return result


def _tree(found: Standoff, laws: set[str]) -> tuple[Node, ...]:
    """The tree below its start; what is on the way that would be taken is open."""
    below: dict[str | None, list[Branch]] = {}
    for one in found.tree:
        below.setdefault(one.parent, []).append(one)
    taken = {step.node for step in (*found.path, *found.if_defied.path)} | {"defy"}
    precisions = [f"{one.precision:g}" for one in found.quantal]

    def node(one: Branch) -> Node:
        return Node(
            one,
            one.chosen and one.probability is None,
            one.footing if one.footing in laws else "",
            tuple(zip(precisions, one.odds, strict=True)) if one.probability is None else (),
            one.id in taken,
            tuple(node(child) for child in below.get(one.id, ())),
        )

    return tuple(node(one) for one in below.get("", ()))


def _place(stake: float) -> float:
    """Where a stake stands on the ladder, in percent: powers of ten, from ``LEAST`` to the whole."""
    return 100 * (1 - log10(max(stake, LEAST)) / log10(LEAST))


def _steps(found: Standoff) -> tuple[Step, ...]:
    made = []
    for at, rung in enumerate(found.ladder, 1):
        look = f"w-{rung.fate.replace(' ', '-')} w-{(at - 1) // 2 % 3}"  # the same fate again is another shade
        made.append(Step(at, rung, _place(rung.from_), _place(rung.to) - _place(rung.from_), look))
    return tuple(made)


def _marks(found: Standoff) -> tuple[Mark, ...]:
    return tuple(Mark(p.name, _place(p.stake), p.fate, p.text, p.why, p.stake) for p in found.known)


def _swings(force: Sensitivity) -> tuple[Swing, ...]:
    longest = max((max(d.at_low, d.at_high) for d in force.drivers), default=0.0) or 1.0
    rows = sorted(force.drivers, key=lambda d: -abs(d.at_high - d.at_low))[:DRIVERS]
    return tuple(
        Swing(d, 100 * min(d.at_low, d.at_high) / longest, max(100 * abs(d.at_high - d.at_low) / longest, 0.5))
        for d in rows
    )


def _law(library: Library, one: Footing) -> Law:
    return Law(one, cited(library, one.cite), tuple((s.who, s.how, cited(library, s.cite)) for s in one.who_can_stop))


def _switches(ask: Address, library: Library, found: Standoff) -> tuple[Switch, ...]:
    return switches(ask, library, found.readings)


def _share(ask: Address, found: Standoff, drawn: str) -> Share:
    """What a reader may take away: the command and the call with the map as it is drawn."""
    pinned = ask.changed(as_of=ask.as_of or date.today())
    said = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    title = f"{found.name} without asking"
    return Share(
        found.reproduce,
        _python(pinned, drawn),
        f"{title}, law as of {pinned.as_of}. {said}. {pinned.url()}",
        f'<iframe src="{ask.url(embed=True)}" width="100%" height="640" title="{title}"></iframe>',
        tuple((ext, ask.changed(map=drawn).file(ext)) for ext in ("json", "csv", "svg", "png")),
        ask.api(),
        pinned.url(),
    )


def _python(ask: Address, drawn: str) -> str:
    own = [f"map={_text(drawn)}"]
    own += ["private=True"] if ask.option("private") else []
    own += [f"{name}={ask.option(name)}" for name in ("draws", "seed") if ask.every(name)]
    own += [f"without={ask.every('without')!r}"] if ask.every("without") else []
    settings = (*ask.every("set"), *((f"precision={ask.option('precision')}",) if ask.option("precision") else ()))
    given = [_text(ask.id)]
    given += [f"set=[{', '.join(map(_text, settings))}]"] if settings else []
    given += [f"scenario={_text(ask.option('scenario'))}"] if ask.option("scenario") else []
    given += [f"ask=Ask({', '.join(own)})", f"as_of={_text(str(ask.as_of))}"]
    if ask.readings:
        given.append(f"readings={{{', '.join(f'{_text(q)}: {_text(r)}' for q, r in sorted(ask.readings.items()))}}}")
    given += [f"window={ask.window}"] if ask.window is not None else []
    given += [f"ranges=[{', '.join(map(_text, ask.every('range')))}]"] if ask.every("range") else []
    given += [f"q_from={_text(ask.option('q-from'))}"] if ask.option("q-from") else []
    lines = "".join(f"    {part},\n" for part in given)
    return f"import assent\nfrom assent.inquiries.standoff.standoff import Ask\n\nassent.standoff(\n{lines})"


def _text(said: str) -> str:
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'
