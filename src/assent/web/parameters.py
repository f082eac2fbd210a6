"""The parameters of an address: each held against what the library knows, in the form in which its URL has it."""

from __future__ import annotations

from functools import lru_cache
from re import fullmatch
from typing import TYPE_CHECKING

from assent.errors import QueryError, UnknownName
from assent.inquiries.standoff.entries import scenarios
from assent.inquiries.states import find_state
from assent.values.dates import LAST, read_date
from assent.web.address import Address
from assent.web.errors import Refused, not_here
from assent.web.kinds import AGAINST, DRAWN, KINDS, SUPPOSED, WORDS, option_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from assent.api import Library
    from assent.law.questions import Question
    from assent.web.kinds import Kind, Option

    Values = dict[str, list[str]]

TODAY = frozenset({"today", "now"})
READING = "reading"  # as the command has it: reading=QUESTION=READING


def read_address(
    name: str, about: str, given: Iterable[tuple[str, str]], library: Library, *, embed: bool = False, page: bool = True
) -> Address:
    """The address of a kind, an id and parameters.

    Parameters
    ----------
    name, about
        The kind and the id.
    given
        Parameters with their values.
    library
        Where names are looked up.
    embed
        Whether others may frame the page.
    page
        Whether a page is asked for; data take no parameters that say how a page is drawn.

    Raises
    ------
    Refused
        There is no such page.
    QueryError
        A parameter is wrong.

    Examples
    --------
    >>> from assent.api import Library
    >>> read_address("matter", "us/amendment/era", [("contemporaneity", "10"), ("yes", "fl,TX")], Library()).url()
    '/us/amendment/era?contemporaneity=required:10&yes=FL,TX'
    """
    kind = KINDS[name]
    about = _about(kind, name, about, library)
    values = _values(name, given, library, page=page)
    as_of, known_as_of = _day(values, "as-of"), _day(values, "known-as-of")
    readings = _readings(values, library)
    window = _window(values)
    library.doctrine(readings, window)
    yes, no = (_units(values, said, library) if said in kind.shared else () for said in SUPPOSED)
    both = sorted(set(yes) & set(no))
    if both:
        raise QueryError(f"{both[0]} is to say both yes and no.", where="yes, no", remedy="Keep one.")
    against = _against(values, library, window)
    if name != "hinge":  # where readings are held, the default held is not the same as nothing said
        readings = {q: said for q, said in readings.items() if said != library.questions[q].default}
    view = "".join(values.pop("view", ()))
    options = {key: tuple(said) for key, said in values.items() if said != [option_of(name, key).default]}
    return Address(name, about, as_of, known_as_of, readings, window, yes, no, against, view, options, embed)


def _about(kind: Kind, name: str, about: str, library: Library) -> str:
    """The id as the library has it."""
    if not kind.about:
        if about:
            where = f"path after /{name}" if name != "home" else "path"
            raise Refused(404, f"There is no page below /{name}.", where=where, remedy=f"Ask for /{name}.")
        return ""
    if not about:
        if kind.optional or name == "matter":
            return ""
        raise Refused(
            404, f"/{name} names no {kind.about}.", where="path", remedy=f"Write /{name}/ and the id of a {kind.about}."
        )
    if kind.about == "state":
        try:
            return _state(about, library)
        except QueryError as error:
            raise not_here(error) from None
    known = names(kind.about, library)
    if about in known:
        return about
    alike = [one for one in known if one.casefold() == about.casefold()]
    if alike:
        return alike[0]
    if name == "matter" and about in library.procedures:
        raise Refused(404, f"{about} is a procedure, not a matter.", where="path", remedy=f"Ask for /law/{about}.")
    pages = WORDS if name == "matter" and "/" not in about else ()
    raise not_here(UnknownName(kind.about if not pages else "page", about, [*known, *pages], where="path"))


def names(about: str, library: Library) -> Collection[str]:
    """The names on file of what an id or an option may name.

    Examples
    --------
    >>> from assent.api import Library
    >>> "rescission" in names("question", Library())
    True
    """
    known: dict[str, Callable[[], Collection[str]]] = {
        "authority": lambda: library.place.law.authorities,
        "kind": lambda: {matter.kind for matter in library.matters.values()},
        "matter": lambda: library.matters,
        "procedure": lambda: library.procedures,
        "question": lambda: library.questions,
        "scenario": lambda: scenarios(library.place),
        "state": lambda: [m.unit for m in library.place.record.rosters.get(library.place.profile.states, ())],
        "unit": lambda: set(_roster(library).values()),
    }
    return known[about]()


def _state(given: str, library: Library) -> str:
    return find_state(library.place, given, LAST)[0]


def _values(name: str, given: Iterable[tuple[str, str]], library: Library, *, page: bool) -> Values:
    """Parameter → its values, each known to this kind, and given once where it has one value."""
    kind = KINDS[name]
    asks = set(kind.shared)
    own = {*kind.options, *kind.page} if page else set(kind.options) - set(DRAWN)
    known = (asks - {"readings"} - (set() if page else {AGAINST})) | own
    if "readings" in asks:
        known |= {READING, *library.questions}
    values: Values = {}
    for key, said in given:
        if key not in known:
            error = UnknownName("parameter here", key, known)
            raise QueryError(error.what, where=key, remedy=error.remedy if known else "This page takes none.")
        values.setdefault(key, []).append(said)
    for key, several in values.items():
        once = list(dict.fromkeys(several))
        if len(once) > 1 and not (option_of(name, key).many if key in own else key in {*SUPPOSED, AGAINST, READING}):
            raise QueryError(f"{key} is given {len(once)} values.", where=key, remedy="Keep one.")
        values[key] = [_held(key, value, option_of(name, key), library) for value in once] if key in own else once
    return values


def _held(key: str, value: str, option: Option, library: Library) -> str:
    """An option's value, held against what it may be."""
    if option.choices and value not in option.choices:
        raise UnknownName(f"value of {key}", value, option.choices, where=key)
    if option.number:
        least, most = option.number
        if not value.isascii() or not value.isdigit() or not least <= int(value[:20]) <= most:
            remedy = f"Give a whole number from {least} to {most}."
            raise QueryError(f"{value!r} is no value of {key}.", where=key, remedy=remedy)
        return str(int(value))
    if option.strict and not fullmatch(option.form.strip("^$"), value):
        raise QueryError(f"{value!r} is no value of {key}.", where=key, remedy="Give a number from 0 to 1.")
    if option.day:
        return read_date(value, where=key).isoformat()
    if option.names == "state":
        return _state(value, library)
    if option.names and value not in (known := names(option.names, library)):
        raise UnknownName(f"{option.names} on file", value, known, where=key)
    return value


def _day(values: Values, key: str) -> date | None:
    said = "".join(values.pop(key, ()))
    return None if not said or said in TODAY else read_date(said, where=key)


def _window(values: Values) -> int | None:
    said = values.pop("window", None)
    if said is None:
        return None
    if not said[0].isascii() or not said[0].isdigit():
        raise QueryError(f"{said[0]!r} is no number of years.", where="window", remedy="Give a whole number from 1.")
    return int(said[0][:9])


def _readings(values: Values, library: Library) -> dict[str, str]:
    readings = {q: "".join(values.pop(q)) for q in list(values) if q in library.questions}
    for said in values.pop(READING, ()):
        name, equals, reading = said.partition("=")
        if not equals:
            raise QueryError(f"{said!r} is no reading.", where=READING, remedy="Write reading=QUESTION=READING.")
        if readings.setdefault(name, reading) != reading:
            raise QueryError(f"{name} is given two readings.", where=READING, remedy="Keep one.")
    return {q: _numbered(library, q, said) for q, said in readings.items()}


def _against(values: Values, library: Library, window: int | None) -> dict[str, str]:
    """The second set of readings: ``question:reading`` each, several with commas."""
    against: dict[str, str] = {}
    for pair in (pair for said in values.pop("against", ()) for pair in said.split(",") if pair):
        name, colon, reading = pair.partition(":")
        if not colon:
            raise QueryError(f"{pair!r} is no reading.", where="against", remedy="Write against=QUESTION:READING.")
        if against.setdefault(name, reading) != reading:
            raise QueryError(f"{name} is given two readings.", where="against", remedy="Keep one.")
    against = {q: _numbered(library, q, said) for q, said in against.items()}
    library.doctrine(against, window)
    return against


def _numbered(library: Library, name: str, said: str) -> str:
    """A reading that is a bare number, with the name of the one reading that takes it."""
    question = library.questions.get(name)
    number = said.rpartition(":")[2]
    if question is None or not number.isascii() or not number.isdigit():
        return said
    taking = _taking(question)
    return f"{taking}:{int(number[:9])}" if taking and said in {number, f"{taking}:{number}"} else said


def _taking(question: Question) -> str:
    """The reading of a question that takes a number, if there is one alone."""
    numeric = [reading.id for reading in question.readings if reading.parameter]
    return numeric[0] if len(numeric) == 1 else ""


def _units(values: Values, key: str, library: Library) -> tuple[str, ...]:
    """Units that are supposed to say something, each known to the record, sorted."""
    asked = {unit for said in values.pop(key, ()) for unit in said.split(",") if unit}
    if not asked:
        return ()
    known = _roster(library)
    found = set()
    for unit in asked:
        if unit.casefold() not in known:
            raise UnknownName("unit on file", unit, known.values(), where=key)
        found.add(known[unit.casefold()])
    return tuple(sorted(found))


@lru_cache(maxsize=8)
def _roster(library: Library) -> dict[str, str]:
    """Everybody who is in a roster: folded id → id."""
    rosters = library.place.record.rosters.values()
    return {member.unit.casefold(): member.unit for members in rosters for member in members}
