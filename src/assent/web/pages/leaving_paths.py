"""The ways out as a picture: what each takes step by step, who can stop it, and which readings make it lawful."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from assent.inquiries.filed.needs import NOBODY
from assent.render.map import Mark
from assent.render.ways import LAWFUL, fewest, percent, stages, takes
from assent.render.words import many
from assent.web.address import Address
from assent.web.pages.leaving import Authority, cited
from assent.web.pages.plotted import plot
from assent.web.pages.turning import hold

if TYPE_CHECKING:
    from assent.api import Library
    from assent.inquiries.counting.weight import Weight
    from assent.inquiries.exit.exit import Exit, Path
    from assent.inquiries.filed.needs import Need
    from assent.web.pages.plotted import Plot

COUNTED = ("power", "plan", "chance", "coalitions")


class Gate(NamedTuple):
    """One thing that has to be met, as a box.

    Attributes
    ----------
    takes
        So many of so many; empty where one actor decides or nobody can.
    part
        The same as so many in a hundred, for the bar; zero without a number.
    stop
        Who can stop it, the fewest.
    """

    label: str
    takes: str
    share: str
    part: float
    stop: str
    meet: str
    note: str
    assumed: bool
    cites: tuple[Authority, ...]


class Stage(NamedTuple):
    """What stands side by side in a path: one box, or several of which one will do."""

    either: str
    gates: tuple[Gate, ...]


class Under(NamedTuple):
    """Readings under which a path is lawful, and the page that holds them."""

    readings: tuple[tuple[str, str, str], ...]
    url: str
    held: bool


class Way(NamedTuple):
    """A path: its picture, its law, and where more is said of it."""

    at: int
    id: str
    title: str
    about: str
    lawful: str
    says: str
    here: bool
    stages: tuple[Stage, ...]
    under: tuple[Under, ...]
    blocked: str
    stands: str
    stage: str
    counts: tuple[tuple[str, str, str], ...]
    assumes: tuple[str, ...]
    weight: Weight
    cites: tuple[Authority, ...]
    precedents: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]


class Block(NamedTuple):
    """The smallest group that stops a step: how many, how few people, and which states.

    Attributes
    ----------
    fewest, share, share_part
        So many units, the share of the people behind them as text and in a hundred.
    paths
        The numbers of the paths on which the step stands.
    """

    label: str
    need: str
    fewest: str
    share: str
    share_part: float
    states: tuple[str, ...]
    paths: tuple[int, ...]


class Blocks(NamedTuple):
    """What stops the paths, the step that the fewest people stop first, and those people's states drawn."""

    rows: tuple[Block, ...]
    first: Block | None
    drawn: Plot | None


def ways_of(ask: Address, library: Library, found: Exit) -> tuple[Way, ...]:
    """The paths of a state, in the order of the library."""
    titles = {p.id: p.title for p in found.precedents}
    return tuple(_way(ask, library, path, at, titles) for at, path in enumerate(found.paths, 1))


def _way(ask: Address, library: Library, path: Path, at: int, titles: dict[str, str]) -> Way:
    shares = [n.block.population_share for n in path.needs if n.block.population_share is not None and not n.either]
    options = {"state": (ask.id,)}
    links = [
        (kind.capitalize(), Address(kind, path.id, ask.as_of, readings=ask.readings, options=options).url())
        for kind in (COUNTED if not path.weight.reason else ())
    ]
    links.append(("The law", Address("law", path.id, ask.as_of, readings=ask.readings).url()))
    return Way(
        at,
        path.id,
        path.title,
        path.about,
        path.lawful,
        LAWFUL[path.lawful],
        path.lawful_here,
        tuple(Stage(stage.either, tuple(_gate(library, need) for need in stage.needs)) for stage in stages(path)),
        tuple(_under(ask, library, term) for term in path.lawful_under),
        percent(min(shares)) if shares else "",
        path.stands.text,
        path.stands.stage,
        tuple(
            (c.title, f"{c.count} of {c.required}", "; ".join(f"{q}: {r}" for q, r in c.readings.items()))
            for c in path.stands.applications
        ),
        path.assumes,
        path.weight,
        cited(library, path.cite),
        tuple((name, titles[name]) for name in path.precedents if name in titles),
        tuple(links),
    )


def _under(ask: Address, library: Library, term: dict[str, str]) -> Under:
    here = ask.changed(against={})
    for question, reading in term.items():
        asked = library.questions[question]
        here = hold(here, library, asked, asked.reading(reading))
    said = tuple(
        (q, r, f"{library.questions[q].title} {library.questions[q].reading(r).title}") for q, r in term.items()
    )
    held = all(ask.readings.get(q, library.questions[q].default).partition(":")[0] == r for q, r in term.items())
    return Under(said, here.url(), held)


def _gate(library: Library, need: Need) -> Gate:
    cites = cited(library, need.cite)
    if need.base == NOBODY:
        return Gate(need.label, "", "nobody can meet it", 0.0, "", "", need.note, need.assumed, cites)
    alone = need.need == need.of == 1
    part = 100 * need.need / need.of if need.need and need.of else 0.0
    share = "one alone decides" if alone else need.note
    return Gate(
        need.label[:1].upper() + need.label[1:],
        takes(need),
        share,
        0.0 if alone else part,
        "" if alone else fewest(need.block),
        "" if alone else fewest(need.meet),
        f"quorum {need.quorum:,}" if need.quorum else "",
        need.assumed,
        cites,
    )


def blocks_of(library: Library, found: Exit, unit: str) -> Blocks:
    """What stops the paths: each step once, with the paths it stands on."""
    steps: dict[tuple[str, int | None, int | None], list[tuple[int, Need]]] = {}
    for at, path in enumerate(found.paths, 1):
        for need in path.needs:
            if need.block.population_share is not None and not need.either:
                steps.setdefault((need.body, need.need, need.of), []).append((at, need))
    rows = sorted((_block(on) for on in steps.values()), key=lambda row: (row.share_part, -len(row.paths)))
    named = next((row for row in rows if len(row.paths) > 1 and row.states), rows[0] if rows else None)
    if named is None:
        return Blocks((), None, None)
    who = set(named.states)
    roster = library.place.record.roster(library.place.profile.states, found.as_of)
    marks = {
        m.unit: Mark(
            m.unit,
            "barred" if m.unit in who else "none",
            f"{m.name}{': in this smallest group' if m.unit in who else ''}",
        )
        for m in roster
    }
    words = {"barred": "In the smallest group that stops it", "none": f"Any other {unit}"}
    return Blocks(tuple(rows), named, plot(library, marks, words, "b"))


def _block(on: list[tuple[int, Need]]) -> Block:
    _, need = on[0]
    share = need.block.population_share or 0.0
    told = [
        many(number, name)
        for number, name in (
            (need.block.chambers, "chamber"),
            (need.block.states if need.block.chambers or need.block.members is None else None, "state"),
            (need.block.members if not need.block.chambers else None, "member"),
        )
        if number is not None
    ]
    return Block(
        need.label[:1].upper() + need.label[1:],
        f"{need.need:,} of {need.of:,}" if need.need is not None and need.of is not None else "",
        " in ".join(told[:2]),
        percent(share),
        100 * share,
        need.block.population_of,
        tuple(dict.fromkeys(at for at, _ in on)),
    )
