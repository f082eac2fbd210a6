"""Sharing a page: the command and the Python that give its answer again, how to cite it, and how to embed it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assent.web.address import Address


class Share(NamedTuple):
    """What a reader may take away."""

    command: str
    python: str
    cite: str
    embed: str
    files: tuple[tuple[str, str], ...]
    api: str
    pinned: str


def share(
    ask: Address,
    *,
    title: str,
    method: str,
    command: str,
    versions: Mapping[str, str],
    drawn: bool = True,
    dated: bool = True,
) -> Share:
    """What a reader may take away from a page.

    Parameters
    ----------
    ask
        The page.
    title
        What it is about.
    method
        Of ``Library``, whose answer it shows.
    command
        The command that gives the answer again.
    versions
        Of the program, the law and the record.
    drawn
        Whether there is a drawing beside the page, where its kind has one at all.
    dated
        Whether its answer depends on a day; a page whose answer does not is not embedded either.
    """
    today = date.today()
    pinned = ask.changed(as_of=ask.as_of or today, known_as_of=ask.known_as_of or today) if dated else ask
    said = ", ".join(f"{name} {version}" for name, version in versions.items())
    days = f", as of {pinned.as_of}, as known on {pinned.known_as_of}" if dated else ""
    frame = title.replace('"', "")
    return Share(
        command,
        python(pinned, method),
        f"{title}{days}. {said}. {pinned.url()}",
        f'<iframe src="{ask.url(embed=True)}" width="100%" height="640" title="{frame}"></iframe>' if dated else "",
        beside(ask, drawn=drawn),
        ask.api(),
        pinned.url() if dated else "",
    )


def beside(ask: Address, *, drawn: bool = True) -> tuple[tuple[str, str], ...]:
    """The files beside a page: kind and address."""
    from assent.web.files import DRAWINGS

    kinds = ("json", "csv", "svg", "png") if drawn and ask.answered().kind in DRAWINGS else ("json", "csv")
    return tuple((ext, ask.file(ext)) for ext in kinds)


def python(ask: Address, method: str) -> str:
    """The same question in Python.

    Examples
    --------
    >>> from assent.web.address import Address
    >>> print(python(Address("matter", "us/amendment/era", yes=("TX",)), "status"))
    import assent
    <BLANKLINE>
    assent.library("us").status(
        "us/amendment/era",
        yes=["TX"],
    )
    """
    where = ask.id.partition("/")[0] if "/" in ask.id else ""
    given = [f'"{ask.id}"'] if ask.id else []
    given += [f'as_of="{ask.as_of}"'] if ask.as_of else []
    given += [f'known_as_of="{ask.known_as_of}"'] if ask.known_as_of else []
    if ask.readings:
        said = ", ".join(f'"{q}": "{r}"' for q, r in sorted(ask.readings.items()))
        given.append(f"readings={{{said}}}")
    given += [f"window={ask.window}"] if ask.window is not None else []
    for name, units in (("yes", ask.yes), ("no", ask.no)):
        if units:
            listed = ", ".join(f'"{unit}"' for unit in units)
            given.append(f"{name}=[{listed}]")
    lines = "".join(f"    {part},\n" for part in given)
    lines = f"\n{lines}" if lines else ""
    called = f'"{where}"' if where else ""
    return f"import assent\n\nassent.library({called}).{method}({lines})"
