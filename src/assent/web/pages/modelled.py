"""What the pages of models and of files share: citations as links, dials, a chart with axes, what to take away."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from assent.law.citations import Cite
from assent.render.charts import hundred, key_mark
from assent.render.plots import plot_parts
from assent.web.address import Address
from assent.web.pages.counting import hidden
from assent.web.pages.setting import environment
from assent.web.pages.share import share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assent.api import Library
    from assent.inquiries.petition.assumed import Assumed
    from assent.render.plots import Plot

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


def chart(plot: Plot) -> Markup:
    """The inside of a plot on a page."""
    return Markup(plot_parts(plot))  # noqa: S704 - escaped there


def dotted(parts: Sequence[tuple[str, float]]) -> tuple[Markup, tuple[int, ...]]:
    """A hundred dots on a page, shared out among the ends of something, and how many each has."""
    dots, counts = hundred(parts)
    return Markup(dots), counts  # noqa: S704 - numbers alone


def keyed(plot: Plot) -> tuple[tuple[Markup, str], ...]:
    """The legend of a plot: what each class looks like, and its words."""
    return tuple((Markup(key_mark(kind)), said) for kind, said in plot.keys)  # noqa: S704 - one of a few classes


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
    nav: str = "",
    drawn: bool = True,
    **more: Any,
) -> str:
    """A page with what all of them have: the links of citations, what to take away, the versions."""
    taken = None
    versions: Mapping[str, str] = library.place.versions
    if found is not None:
        versions = found.versions
        taken = share(
            ask, title=title, method=method, command=found.reproduce, versions=versions, drawn=drawn, dated=False
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


environment.filters |= {
    "per_cent": per_cent,
    "chart": chart,
    "keyed": keyed,
    "capitalize_first": lambda text: text[:1].upper() + text[1:],
}
