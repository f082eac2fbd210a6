"""Scenario: what is believed of actors, bodies, states, parties or everybody, and what they have in common.

The nearest belief counts: of the actor itself, its body, its state, its party, its region, a wider body, an act, or
everyone. Nobody gets a belief that was not given.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from assent.errors import AssentError, QueryError, UnknownName
from assent.inquiries.counting.votes import typed_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from assent.inquiries.counting.game import Cell, Seat

Kind = Literal["actor", "body", "state", "party", "region", "act", "everyone"]
KINDS: tuple[str, ...] = get_args(Kind)
LEVELS = ("nation", "region", "state")
EVERYONE = "*"
MOST_SPREAD = 20.0


@dataclass(frozen=True, slots=True)
class Assumed:
    """One belief: of whom, how likely each is to say yes, and where it was given."""

    kind: str
    name: str
    p: float
    where: str

    @property
    def key(self) -> str:
        """How it is written on the command line."""
        return EVERYONE if self.kind == "everyone" else f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """Beliefs, common factors, and which units make a region.

    Attributes
    ----------
    factors
        Level → standard deviation of its shift of everybody's log-odds.
    regions
        Unit → region.
    words
        What gives it on the command line.
    """

    beliefs: tuple[Assumed, ...] = ()
    factors: Mapping[str, float] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    def of(self, seat: Seat, cell: Cell, member: int | None = None) -> Assumed | None:
        """The nearest belief about a member of a cell, or about one member by number."""
        said: dict[tuple[str, str], Assumed] = {(a.kind, a.name): a for a in self.beliefs}
        for key in _keys(seat, cell, self.regions, member):
            if key in said:
                return said[key]
        return None

    def having(self, key: str, p: float) -> Scenario:
        """The scenario with another belief in place of one, or beside the others."""
        kind, name = read_key(key)
        new = Assumed(kind, name, p, "--over")
        kept = tuple(a for a in self.beliefs if (a.kind, a.name) != (kind, name))
        return replace(self, beliefs=(*kept, new))


def _keys(seat: Seat, cell: Cell, regions: Mapping[str, str], member: int | None) -> Iterator[tuple[str, str]]:
    if member is not None:
        yield "actor", f"{seat.stem}/{member}"
        yield "actor", f"{seat.actor}/{member}"
    if seat.lone:
        yield "actor", seat.stem
        yield "actor", seat.actor
    yield "body", seat.stem
    yield "body", seat.actor
    state = cell.state or seat.unit
    if state:
        yield "state", state
    if cell.party:
        yield "party", cell.party
    region = regions.get(state) or seat.groups.get("region", "")
    if region:
        yield "region", region
    yield "body", f"{seat.act}:{seat.body}"
    yield "body", seat.body
    yield "act", seat.act
    yield "everyone", EVERYONE


def read_key(key: str) -> tuple[str, str]:
    """Kind and name of a belief as it is written: ``party:NAME``, ``state:CODE``, ``*`` for everyone.

    Raises
    ------
    UnknownName
        The kind is none there is.
    """
    if key in {EVERYONE, "everyone", "all"}:
        return "everyone", EVERYONE
    kind, colon, name = key.partition(":")
    if not colon or kind not in KINDS or not name:
        raise UnknownName("kind of belief", kind if colon else key, [f"{k}:NAME" for k in KINDS[:-1]] + [EVERYONE])
    return kind, name


def digits(number: float) -> str:
    """A number with as many digits as it takes to be read again as the same.

    Examples
    --------
    >>> digits(0.123456789), digits(1.0)
    ('0.123456789', '1')
    """
    return repr(float(number)).removesuffix(".0")


def probability_of(said: object, where: str) -> float:
    """A probability.

    Raises
    ------
    QueryError
        It is no number from 0 to 1.
    """
    text = str(said).strip()
    try:
        number = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        number = float("nan")
    if isinstance(said, bool) or not 0 <= number <= 1:
        percent = " A share in percent is written 40%." if 1 < number <= 100 else ""
        raise QueryError(
            f"{said!r} is no probability."
            if not isinstance(said, str)
            else f"{text or 'An empty cell'} is no probability.",
            where=where,
            remedy=f"Give a number from 0 to 1.{percent}",
        )
    return number


def _spread_of(said: object, where: str) -> float:
    try:
        number = float(str(said))
    except ValueError:
        number = float("nan")
    if not 0 <= number <= MOST_SPREAD:
        raise QueryError(
            f"{said!r} is no standard deviation of a common factor.",
            where=where,
            remedy=f"Give log-odds from 0 to {MOST_SPREAD:g}; 0.3 moves even odds to between 43 and 57 percent.",
        )
    return number


def _factors(given: Iterable[tuple[str, object, str]]) -> dict[str, float]:
    """Level → standard deviation, from both with the place where they were given."""
    found: dict[str, float] = {}
    for level, said, where in given:
        if level not in LEVELS:
            raise UnknownName("common factor", level, LEVELS, where=where)
        if level in found:
            raise QueryError(f"The factor {level} is given twice.", where=where, remedy="Keep one of them.")
        found[level] = _spread_of(said, where)
    return found


def read_scenario(
    p: Iterable[str] | float | Mapping[str, float] = (),
    file: Path | str | None = None,
    factors: Iterable[str] | Mapping[str, float] = (),
) -> Scenario:
    """A scenario from options and a file; what stands in the options goes before the file.

    Parameters
    ----------
    p
        ``0.6`` for everyone, ``KIND:NAME=0.3`` for some.
    file
        YAML or CSV.
    factors
        ``LEVEL=DEVIATION``.

    Raises
    ------
    QueryError
        Something in it is wrong, with file, line, value and remedy.

    Examples
    --------
    >>> [(a.key, a.p) for a in read_scenario(["0.6", "party:A=0.3"]).beliefs]
    [('*', 0.6), ('party:A', 0.3)]
    """
    given = {"*": p} if isinstance(p, int | float) else p
    pairs = list(given.items()) if hasattr(given, "items") else [_pair(said, "--p") for said in given]
    spread = list(factors.items()) if hasattr(factors, "items") else [_pair(said, "--factor") for said in factors]
    own = [Assumed(*read_key(key), probability_of(value, f"--p {key}={value}"), "--p") for key, value in pairs]
    words = [word for a in own for word in ("--p", f"{a.key}={digits(a.p)}" if a.kind != "everyone" else digits(a.p))]
    held = _factors((str(level), value, f"--factor {level}={value}") for level, value in spread)
    words += [word for level, sd in held.items() for word in ("--factor", f"{level}={digits(sd)}")]
    _refuse_twice(own)
    if file is None:
        return Scenario(tuple(own), held, {}, tuple(words))
    read = _read(Path(file))
    mine = {a.key for a in own}
    return Scenario(
        (*(a for a in read.beliefs if a.key not in mine), *own),
        {**read.factors, **held},
        read.regions,
        ("--scenario", str(file), *words),
    )


def _pair(said: object, option: str) -> tuple[str, str]:
    key, equals, value = str(said).rpartition("=")
    if not equals and option == "--factor":
        raise QueryError(f"{said!r} is no factor.", where=option, remedy="Write LEVEL=DEVIATION, as nation=0.3.")
    return (key if equals else EVERYONE), value


def _refuse_twice(beliefs: Iterable[Assumed]) -> None:
    seen: dict[str, Assumed] = {}
    for belief in beliefs:
        if belief.key in seen:
            raise QueryError(
                f"{belief.key} is given twice: {digits(seen[belief.key].p)} and {digits(belief.p)}.",
                where=belief.where,
                remedy="Keep one of them.",
            )
        seen[belief.key] = belief


def _read(file: Path) -> Scenario:
    found = _of_table(file) if file.suffix.casefold() == ".csv" else _of_yaml(file)
    _refuse_twice(found.beliefs)
    return found


def _of_table(file: Path) -> Scenario:
    """``kind, name, probability``, or one column named after a kind and ``probability``."""
    rows = typed_rows(file, ("probability",))
    head = list(rows[0].cells)
    column = next((kind for kind in KINDS if kind in head), "")
    if "kind" not in head and not column:
        raise QueryError(
            "The header does not say whose probabilities these are.",
            where=f"{file}:1",
            remedy=f"Write kind,name,probability, or name the first column {', '.join(KINDS[:-1])}.",
        )
    beliefs: list[Assumed] = []
    factors: list[tuple[str, object, str]] = []
    for row in rows:
        kind = row.cells["kind"] if "kind" in head else column
        name = row.cells.get("name", row.cells.get(column, ""))
        where = f"{file}:{row.line}"
        if kind == "factor":
            factors.append((name, row.cells["probability"], f"{where}, column probability"))
            continue
        if kind not in KINDS:
            raise UnknownName("kind of belief", kind, [*KINDS, "factor"], where=f"{where}, column kind")
        name = EVERYONE if kind == "everyone" else name
        p = probability_of(row.cells["probability"], f"{where}, column probability")
        beliefs.append(Assumed(kind, name, p, f"{file.name}:{row.line}"))
    return Scenario(tuple(beliefs), _factors(factors))


def _of_yaml(file: Path) -> Scenario:
    from assent.law.loading import read_yaml
    from assent.values.yaml import line_of

    try:
        raw: Any = read_yaml(file)
    except AssentError as err:
        remedy = err.remedy or "Give the path of a scenario that can be read (.yaml or .csv)."
        raise QueryError(err.what, where=err.where or str(file), remedy=remedy) from None

    def at(*steps: str) -> str:
        return f"{file}:{line_of(file, steps)}"

    if not isinstance(raw, dict) or not raw:
        raise QueryError("The scenario holds no beliefs.", where=str(file), remedy="Write `everyone: 0.6`, say.")
    beliefs: list[Assumed] = []
    for kind, value in raw.items():
        if kind in {"title", "about", "source", "factors", "regions"}:
            continue
        if kind not in KINDS:
            raise UnknownName("part of a scenario", str(kind), [*KINDS, "factors", "regions"], where=at(str(kind)))
        if kind == "everyone":
            beliefs.append(Assumed(kind, EVERYONE, probability_of(value, at(kind)), _short(file, at(kind))))
            continue
        for name, p in _mapping(value, at(kind)).items():
            where = at(kind, str(name))
            beliefs.append(Assumed(kind, str(name), probability_of(p, f"{where}, {kind} {name}"), _short(file, where)))
    shifts = _mapping(raw.get("factors", {}), at("factors"))
    factors = _factors((str(level), sd, f"{at('factors', str(level))}, factors {level}")
                       for level, sd in shifts.items())  # fmt: skip
    return Scenario(tuple(beliefs), factors, _regions(_mapping(raw.get("regions", {}), at("regions")), at))


def _regions(given: dict[Any, Any], at: Callable[..., str]) -> dict[str, str]:
    """Unit → region."""
    regions: dict[str, str] = {}
    for region, units in given.items():
        if not isinstance(units, list):
            raise QueryError(f"Region {region} is no list.", where=at("regions", str(region)), remedy="Write [A, B].")
        for unit in units:
            if regions.setdefault(str(unit), str(region)) != str(region):
                raise QueryError(
                    f"{unit} is in two regions, {regions[str(unit)]} and {region}.",
                    where=at("regions", str(region)),
                    remedy="Put it in one.",
                )
    return regions


def _short(file: Path, where: str) -> str:
    return f"{file.name}:{where.rpartition(':')[2]}"


def _mapping(value: Any, where: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise QueryError(
            f"{value!r} is no list of names.", where=where, remedy="Write NAME: 0.6 on lines of their own."
        )
    return value
