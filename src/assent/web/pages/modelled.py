"""What the pages of models and of files share: citations as links, dials, a chart with axes, what to take away."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from assent.law.citations import Cite
from assent.render.charts import BOTTOM, LEFT, RADIUS, RIGHT, STEP, TOP, percent
from assent.web.address import Address
from assent.web.pages.counting import hidden
from assent.web.pages.setting import environment
from assent.web.pages.share import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assent.api import Library
    from assent.inquiries.petition.assumed import Assumed

ACROSS, HUNDRED = 10, 100
PLAIN_BELOW = 0.0005  # a share that would be told as 0.0 %


class Dial(NamedTuple):
    """A number that a reader may turn.

    Attributes
    ----------
    name
        The option.
    low, high, step
        How far the slider goes; the field beside it takes what the command takes.
    value, plain
        What was said, if anything, and what holds if nothing is.
    told, why
        The number in words, and where it comes from.
    """

    name: str
    label: str
    low: float
    high: float
    step: float
    value: str
    plain: str
    told: str
    standing: str
    why: str
    cite: tuple[str, ...]


class Line(NamedTuple):
    """A line of a chart: its class, and its points, both from 0 to 1."""

    kind: str
    points: tuple[tuple[float, float], ...]


def per_cent(value: float | None) -> str:
    r"""A share in percent, as a reader takes it in.

    Examples
    --------
    >>> [per_cent(value).replace("\u00a0", " ") for value in (0.7, 0.9502, 0.99996, 0.00001, 0.0, None)]
    ['70 %', '95 %', 'over 99.9 %', 'under 0.1 %', '0 %', 'not on file']
    """
    if value is None:
        return "not on file"
    if 0 < value < PLAIN_BELOW:
        return "under 0.1\u00a0%"
    if 1 - PLAIN_BELOW < value < 1:
        return "over 99.9\u00a0%"
    said = f"{100 * value:.1f}".removesuffix(".0")
    return f"{said}\u00a0%"


def dial(found: Assumed, label: str, spans: tuple[float, float, float], said: str) -> Dial:
    """A number of a model as a dial."""
    value = float(found.value)
    plain = "" if said else f"{value:.6g}"
    told = f"{value:.2f}" if found.name == "correlation" else per_cent(value)
    return Dial(found.name, label, *spans, said, plain, told, found.standing, found.why, found.cite)


def chart(
    lines: Iterable[Line],
    across: Sequence[tuple[float, str]],
    up: Sequence[tuple[float, str]],
    *,
    here: tuple[float, float] | None = None,
    marks: Iterable[tuple[float, str]] = (),
    goal: tuple[float, float] | None = None,
) -> Markup:
    """The inside of a chart, in percentages, so that it stretches and its letters do not.

    Parameters
    ----------
    across, up
        The ticks of both axes: place and text.
    here, goal
        The point at which one stands, and one to be reached.
    marks
        Lines from top to bottom: place and class.

    Examples
    --------
    >>> "cur-line" in chart([Line("cur-line", ((0, 0), (1, 1)))], [(0, "0")], [(1, "100")])
    True
    """
    left, right = percent(LEFT), percent(RIGHT)
    out = []
    for at, text in up:
        y = _down(at)
        grid = Markup('<line class="cur-grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(left, right, y, y)
        said = Markup('<text class="cur-tick a-end" x="{}" y="{}" dy="4">{}</text>')
        out += [grid, said.format(percent(LEFT - 1.5), y, text)]
    for at, text in across:
        tick = Markup('<text class="cur-tick a-middle" x="{}" y="{}" dy="18">{}</text>')
        out.append(tick.format(_along(at), percent(BOTTOM), text))
    for at, kind in marks:
        line = Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>')
        out.append(line.format(kind, _along(at), _along(at), percent(TOP), percent(BOTTOM)))
    paths = Markup("").join(
        Markup('<path class="{}" d="{}" vector-effect="non-scaling-stroke"/>').format(line.kind, _path(line.points))
        for line in lines
    )
    box = Markup('x="{}" y="{}" width="{}" height="{}"').format(
        left, percent(TOP), percent(RIGHT - LEFT), percent(BOTTOM - TOP)
    )
    plot = Markup('<svg {} viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">{}</svg>')
    out.append(plot.format(box, paths))
    for point, kind in ((goal, "goal"), (here, "here")):
        if point is not None and 0 <= point[0] <= 1:
            x, y = _along(point[0]), _down(point[1])
            line = Markup('<line class="cur-{}" x1="{}" x2="{}" y1="{}" y2="{}"/>')
            dot = Markup('<circle class="cur-{}" cx="{}" cy="{}" r="6"/>')
            out += [line.format(kind, x, x, y, percent(BOTTOM)), line.format(kind, left, x, y, y)]
            out.append(dot.format("point" if kind == "here" else "aim", x, y))
    return Markup("").join(out)


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "".join(f"{'L' if at else 'M'}{100 * x:.2f} {100 * (1 - y):.2f}" for at, (x, y) in enumerate(points))


def _along(at: float) -> str:
    return percent(LEFT + (RIGHT - LEFT) * at)


def _down(at: float) -> str:
    return percent(BOTTOM - (BOTTOM - TOP) * at)


def round_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers along an axis.

    Examples
    --------
    >>> round_ticks(991_000, 1_700_000)
    [1000000, 1200000, 1400000, 1600000]
    """
    size = 10 ** (len(str(int(high - low))) - 1)
    unit = next(
        u for u in (size / 10, size / 5, size / 2, size, 2 * size, 5 * size, 10 * size) if (high - low) / u <= most
    )
    first = int(-(-low // unit))
    return [int(n * unit) for n in range(first, int(high // unit) + 1)]


def hundred(parts: Sequence[tuple[str, float]]) -> tuple[Markup, tuple[int, ...]]:
    """A hundred dots, shared out among the ends of something, and how many each has.

    Examples
    --------
    >>> hundred([("yes", 0.5), ("mid", 0.3), ("no", 0.2)])[1]
    (50, 30, 20)
    """
    whole = [int(HUNDRED * share) for _, share in parts]
    order = sorted(range(len(parts)), key=lambda at: whole[at] - HUNDRED * parts[at][1])
    for at in order[: max(HUNDRED - sum(whole), 0)]:
        whole[at] += 1
    kinds = [kind for (kind, _), number in zip(parts, whole, strict=True) for _ in range(number)]
    dots = Markup("").join(
        Markup('<circle class="d-{}" cx="{}" cy="{}" r="{}"/>').format(
            kind, at % ACROSS * STEP + STEP // 2, at // ACROSS * STEP + STEP // 2, RADIUS
        )
        for at, kind in enumerate(kinds)
    )
    return dots, tuple(whole)


@lru_cache(maxsize=64)
def citing(library: Library) -> Any:
    """A function that sets citations as links."""

    @lru_cache(maxsize=2048)
    def cited(cite: str, *, whole: bool = False) -> Markup:
        name, _, at = cite.partition(", ")
        if name not in library.place.law.authorities:
            return Markup("<span>{}</span>").format(cite)
        authority = library.place.law.authority(name)
        said = library.place.law.cited(Cite(name, at))
        short = said if whole else authority.title + (f", {at}" if at and len(at) < 18 else "")
        return Markup('<a class="cite" href="{}" title="{}">{}</a>').format(Address("cite", name).url(), said, short)

    return cited


def page(  # noqa: PLR0913 - what the frame of a page needs
    template: str,
    ask: Address,
    library: Library,
    *,
    title: str,
    method: str,
    found: Any,
    python: str = "",
    files: tuple[str, ...] = ("json", "csv"),
    nav: str = "",
    **more: Any,
) -> str:
    """A page with what all of them have: the links of citations, what to take away, the versions."""
    taken = None
    versions: Mapping[str, str] = library.place.versions
    if found is not None:
        versions = found.versions
        taken = share(
            ask, title=title, method=method, command=found.reproduce, versions=versions, files=files, dated=False
        )
        said = ", ".join(f"{name} {version}" for name, version in versions.items())
        pinned = f", as of {found.as_of}" if getattr(found, "as_of", None) else ""
        taken = taken._replace(cite=f"{title.rstrip('?')}{pinned}. {said}. {ask.url()}")
        if python:
            taken = taken._replace(python=python)
    context = {
        "kind": nav or ask.kind,
        "ask": ask,
        "title": title,
        "found": found,
        "hidden": hidden,
        "cited": citing(library),
        "share": taken,
        "versions_of": versions,
        **more,
    }
    return environment.get_template(template).render(context)


def called(method: str, about: str, given: Mapping[str, object]) -> str:
    """The call in Python that gives what a page shows.

    Examples
    --------
    >>> print(called("petition", "CA", {"raw": 1000000, "validity": "0.7", "kind": ""}))
    import assent
    <BLANKLINE>
    assent.library().petition(
        "CA",
        raw=1000000,
        validity="0.7",
    )
    """
    parts = [_text(about)] if about else []
    parts += [f"{name}={said if isinstance(said, int) else _text(str(said))}" for name, said in given.items() if said]
    lines = "".join(f"    {part},\n" for part in parts)
    lines = f"\n{lines}" if lines else ""
    return f"import assent\n\nassent.library().{method}({lines})"


def _text(said: str) -> str:
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'


environment.filters |= {"per_cent": per_cent, "capitalize_first": lambda text: text[:1].upper() + text[1:]}
