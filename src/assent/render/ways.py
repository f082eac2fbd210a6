"""The ways out of a state as a drawing: a row for each, its steps from left to right, and whether it is lawful."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from assent.inquiries.filed.needs import NOBODY
from assent.render.charts import AGAINST, FILL, GROUND, INK, LINE, REST, SOFT, WIDE, footnotes, sheet, written
from assent.render.diagram import wrapped
from assent.render.words import joined, many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assent.inquiries.exit.exit import Exit, Path
    from assent.inquiries.filed.needs import Fewest, Need

LAWFUL = {"yes": "lawful however read", "contested": "lawful on some readings", "no": "lawful on no reading"}
ACROSS, BETWEEN = 4, 22.0  # boxes in a row, and what is between two
BOX = (WIDE - 32 - (ACROSS - 1) * BETWEEN) / ACROSS
PAD, LEAD, APART = 9.0, 15.0, 8.0


class Stage(NamedTuple):
    """What stands side by side on a path: steps that all have to be met, or of which one will do (``either`` says)."""

    either: str
    needs: tuple[Need, ...]


class _Line(NamedTuple):
    said: str
    size: int
    ink: str
    bold: bool = False


class _Box(NamedTuple):
    """Lines, the share that a bar shows, and whether the number is assumed; ``paint`` for the last one of a path."""

    lines: tuple[_Line, ...]
    part: float | None = None
    assumed: bool = False
    paint: str = ""

    @property
    def high(self) -> float:
        return 2 * PAD + LEAD * len(self.lines) + (9 if self.part is not None else 0)


def stages(path: Path) -> tuple[Stage, ...]:
    """The steps of a path, those together of which one will do."""
    if any(need.either for need in path.needs):
        return tuple(Stage(either, tuple(group)) for either, group in groupby(path.needs, key=lambda n: n.either))
    return tuple(Stage("", (need,)) for need in path.needs)


def takes(need: Need) -> str:
    """So many of so many; empty where one alone decides, where nobody can, and where the number is not known.

    Examples
    --------
    >>> from assent import library
    >>> takes(library().exit("TX").paths[0].needs[0])
    '290 of 435'
    """
    if need.need is None or need.of is None or need.need == need.of == 1:
        return ""
    return f"{need.need:,} of {need.of:,}"


def fewest(found: Fewest) -> str:
    """The fewest who can, in whole chambers where there are, and how few people stand behind them.

    Examples
    --------
    >>> from assent import library
    >>> fewest(library().exit("TX").paths[0].needs[0].block).partition(",")[0]
    '146 members in 5 states'
    """
    counted = ((found.chambers, "chamber"), (found.members, "member"), (found.states, "state"))
    told = [(name, many(number, name)) for number, name in counted if number is not None]
    if found.chambers is not None:
        told = [one for one in told if one[0] != "member"]
    people = f", with {percent(found.population_share)} of the people" if found.population_share is not None else ""
    return f"{' in '.join(said for _, said in told[:2])}{people}" if told else ""


def percent(share: float) -> str:
    """A share in a hundred, to a tenth."""
    return f"{100 * share:.1f}\u00a0%"


def svg(found: Exit) -> str:
    """How a state could leave, as a file of its own.

    Examples
    --------
    >>> from assent import library
    >>> found = library().exit("TX")
    >>> svg(found).count("✗ not lawful here") == sum(not path.lawful_here for path in found.paths)
    True
    """
    body: list[str] = []
    y = 44.0
    for at, path in enumerate(found.paths, 1):
        y = _row(path, at, y, body)
    days = f"as of {found.as_of}, as known on {found.known_as_of}"
    said = [
        f"Under the readings held here, {days}. Shares are of the {found.population}.",
        "A bar is the share that has to agree. Dashed: a number that is assumed.",
        f"Again: {found.reproduce}",
    ]
    y = footnotes(said, y, body)
    told = " ".join(f"{at}. {_told(path)}" for at, path in enumerate(found.paths, 1))
    return sheet(f"How {found.name} could leave", told, y + 18, body)


def _told(path: Path) -> str:
    steps = []
    for stage in stages(path):
        each = [" ".join(part for part in (need.label, takes(need)) if part) for need in stage.needs]
        steps.append(joined(each, "or" if stage.either else "and"))
    here = "lawful here" if path.lawful_here else "not lawful here"
    return f"{path.title} ({path.stands.stage}): {'; then '.join(steps)}; {here}, {LAWFUL[path.lawful]}."


def _row(path: Path, number: int, y: float, body: list[str]) -> float:
    """One path; how far down it reaches."""
    for line in wrapped(f"{number}. {path.title}", WIDE - 180, 14, bold=True):
        y += 18
        body.append(_bold(line, 16, y, 14, INK))
    body.append(written(path.stands.stage, WIDE - 16, y, 12, SOFT, "end"))
    y += 10
    columns = [*((stage.either, [_step(need) for need in stage.needs]) for stage in stages(path)), ("", [_end(path)])]
    for first in range(0, len(columns), ACROSS):
        most = 0.0
        for at, (either, boxes) in enumerate(columns[first : first + ACROSS]):
            x = 16 + at * (BOX + BETWEEN)
            if first or at:
                body.append(_arrow(x, y + 22 + _caption(either)))
            most = max(most, _column(either, boxes, x, y, body))
        y += most + APART
    body.append(f'<line x1="16" x2="{WIDE - 16}" y1="{y + 4:g}" y2="{y + 4:g}" stroke="{LINE}"/>')
    return y + 10


def _column(either: str, boxes: Sequence[_Box], x: float, y: float, body: list[str]) -> float:
    """Boxes below each other, under what says that one of them will do; how high that is."""
    top = y
    for at, line in enumerate(_either(either)):
        body.append(written(line, x, y + 11 + 14 * at, 11, SOFT))
    y += _caption(either)
    for box in boxes:
        body.extend(_drawn(box, x, y))
        y += box.high + APART
    return y - top - APART


def _either(said: str) -> list[str]:
    return wrapped(f"One of: {said}", BOX, 11) if said else []


def _caption(said: str) -> float:
    return 14 * len(_either(said)) + 4 if said else 0


def _step(need: Need) -> _Box:
    label = need.label[:1].upper() + need.label[1:]
    lines = [_Line(line, 12, INK, bold=True) for line in wrapped(label, BOX - 2 * PAD, 12, bold=True)]
    count = takes(need)
    if need.base == NOBODY:
        return _Box((*lines, _Line(NOBODY, 12, AGAINST)))
    if not count:
        said = "one alone decides" if need.need == need.of == 1 else need.note or need.fraction
        return _Box((*lines, *_soft(said)), assumed=need.assumed)
    stop = fewest(need.block)
    part = need.need / need.of if need.need is not None and need.of else None
    below = (_Line(count, 13, INK, bold=True), *(_soft(f"{stop} can stop it") if stop else ()))
    return _Box((*lines, *below), part, need.assumed)


def _end(path: Path) -> _Box:
    here = "✓ lawful here" if path.lawful_here else "✗ not lawful here"
    lines = [_Line(here, 13, GROUND, bold=True)]
    lines += [_Line(line, 12, GROUND) for line in wrapped(LAWFUL[path.lawful], BOX - 2 * PAD, 12)]
    return _Box(tuple(lines), paint=FILL if path.lawful_here else AGAINST)


def _soft(said: str) -> Iterator[_Line]:
    return (_Line(line, 12, SOFT) for line in wrapped(said, BOX - 2 * PAD, 12))


def _drawn(box: _Box, x: float, y: float) -> Iterator[str]:
    dashes = ' stroke-dasharray="5 4"' if box.assumed else ""
    paint = f'fill="{box.paint}"' if box.paint else f'fill="{GROUND}" stroke="{SOFT}"{dashes}'
    yield f'<rect x="{x:g}" y="{y:g}" width="{BOX:g}" height="{box.high:g}" rx="6" {paint}/>'
    y += PAD - 3
    for line in box.lines:
        y += LEAD
        yield (_bold if line.bold else written)(line.said, x + PAD, y, line.size, line.ink)
        if line.size == 13 and box.part is not None:  # the count, with its bar below
            wide = BOX - 2 * PAD
            yield f'<rect x="{x + PAD:g}" y="{y + 5:g}" width="{wide:g}" height="4" rx="2" fill="{REST}"/>'
            yield f'<rect x="{x + PAD:g}" y="{y + 5:g}" width="{wide * box.part:g}" height="4" rx="2" fill="{FILL}"/>'
            y += 9


def _bold(said: str, x: float, y: float, size: int, ink: str) -> str:
    return written(said, x, y, size, ink).replace("<text ", '<text font-weight="600" ', 1)


def _arrow(x: float, y: float) -> str:
    back = x - BETWEEN
    return (
        f'<path d="M{back + 3:g} {y:g}H{x - 7:g}" stroke="{SOFT}" stroke-width="1.5"/>'
        f'<path d="M{x - 9:g} {y - 5:g}l7 5-7 5z" fill="{SOFT}"/>'
    )
