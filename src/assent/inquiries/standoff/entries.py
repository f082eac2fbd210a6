"""Entries: the parameters of a standoff, and scenarios, as the library's files hold them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from assent.errors import UnknownName
from assent.law.citations import Cite

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction

FOLDER = "standoff"


class Span(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """From where to where, and how draws are spread between: evenly, or evenly in the logarithm."""

    from_: str | int | float
    to: str | int | float
    spread: Literal["even", "log"] = "even"


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One parameter as the library holds it."""

    name: str
    symbol: str
    label: str
    unit: str
    domain: Literal["stake", "share", "cost", "discount", "precision", "count", "switch"]
    standing: Literal["evidence", "assumption"]
    why: str
    source: str
    value: str = ""
    ascii: str = ""
    use: Literal["game", "private", "literature"] = "game"
    choices: tuple[str, ...] = ()
    cite: tuple[str | Cite, ...] = ()
    span: Span | None = None
    range: Span | None = None


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of defiance that is known, and the stake it is taken to have."""

    name: str
    stake: str
    statehood: Literal["yes", "no"]
    why: str


class Sides(Struct, frozen=True, forbid_unknown_fields=True):
    """The two parameters of the map that is shown unless another is asked for."""

    x: str
    y: str


class Entries(Struct, frozen=True, forbid_unknown_fields=True):
    """A library's parameters."""

    lawful_route: str
    map: Sides
    precisions: tuple[str, ...]
    parameters: tuple[Entry, ...]
    examples: tuple[Example, ...] = ()


class ScenarioFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that sets several parameters, or their ranges, at once."""

    title: str
    about: str = ""
    set: dict[str, str | int | float] = {}
    ranges: dict[str, Span] = {}


def scenarios(place: Jurisdiction) -> dict[str, Path]:
    """The scenarios that ship, by name."""
    return {file.stem: file for file in sorted((place.root / FOLDER / "scenarios").glob("*.yaml"))}


def scenario_file(place: Jurisdiction, said: str) -> Path:
    """The file of a scenario, from its path or its name.

    Raises
    ------
    UnknownName
        It is neither.
    """
    file = Path(said)
    shipped = scenarios(place)
    if said in shipped and not file.is_file():
        return shipped[said]
    if file.suffix not in {".yaml", ".yml"} and not file.exists():
        raise UnknownName("scenario that ships, nor a .yaml file that can be read", said, shipped, where="--scenario")
    return file
