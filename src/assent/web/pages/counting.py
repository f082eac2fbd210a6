"""What the pages of the counting questions share: the procedure, the way from one question to the next, the law."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from assent.errors import AssentError, NotApplicable
from assent.render.charted import has_drawing
from assent.render.numbers import count, digits, power
from assent.render.texts import texts
from assent.render.words import many
from assent.web.inquiry import inquire
from assent.web.kinds import OPTIONS
from assent.web.pages.counted import python
from assent.web.pages.setting import environment
from assent.web.pages.share import Share, beside
from assent.web.pages.turning import switches, whole_hinge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.api import Library
    from assent.inquiries.counting.game import Game
    from assent.web.address import Address
    from assent.web.pages.turning import Switch

QUESTIONS = {
    "power": ("Power", "Who weighs how much?"),
    "plan": ("Plan", "Whom does it take?"),
    "chance": ("Chance", "How likely is it?"),
    "coalitions": ("Coalitions", "How many suffice?"),
}
GAME = ("state", "seats")
ASSUMED = (1, 100)  # seats for each body without a size on file that are offered, the first as "one actor"
_TENS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)e(-?)(\d+)(?!\w)")


class Tab(NamedTuple):
    """Another counting question about the same procedure."""

    kind: str
    label: str
    says: str
    url: str
    here: bool


class Other(NamedTuple):
    """Another procedure to ask the same question about."""

    id: str
    title: str
    url: str
    here: bool


class Gap(NamedTuple):
    """Why there is no answer, and what would help: ``beliefs``, ``state``, ``seats``, ``day``, or nothing."""

    what: str
    remedy: str
    needs: str


class Frame(NamedTuple):
    """What stands around an answer."""

    title: str
    question: str
    tabs: tuple[Tab, ...]
    others: tuple[Other, ...]
    switches: tuple[Switch, ...]
    states: tuple[tuple[str, str], ...]
    seats: tuple[tuple[int, str], ...]
    law: str
    today: date
    counted: bool


def tens(said: object) -> Markup:
    r"""A text with its numbers in scientific notation as powers of ten.

    Examples
    --------
    >>> tens("1 in 4.2e31")
    Markup('1 in 4.2\xa0×\xa010<sup>31</sup>')
    """
    return Markup(  # noqa: S704 - escaped first, and digits alone are put in
        _TENS.sub(lambda m: f"{m[1]}\u00a0×\u00a010<sup>{'−' if m[2] else ''}{m[3]}</sup>", str(escape(said)))
    )


def one_in(value: float, log10: float | None = None) -> str:
    """A small chance as one in so many; empty where it is none.

    Examples
    --------
    >>> one_in(0.0002), one_in(0.0, -1403.34), one_in(0.0)
    ('1 in 5,000', '1 in 2.2e1403', '')
    """
    if value > 1e-300:
        return f"1 in {power(1 / value)}"
    if log10 is None or not isfinite(log10):
        return ""
    return f"1 in {power(float('inf'), -log10)}"


def exactly(number: int) -> str:
    """A whole number in words that a reader can take in: in full, or its size and how many digits it has.

    Examples
    --------
    >>> exactly(88_072), exactly(2**7921)
    ('88,072', 'about 2.9e2384, a whole number of 2,385 digits')
    """
    said = count(number)
    return f"{said}, a whole number of {digits(number):,} digits" if said.startswith("about") else said


def told(note: str) -> str:
    """An assumption without the option that it was given by: on a page it was given by a slider.

    Examples
    --------
    >>> told("Believed: everyone says yes with 0.6 (each of 50 members; --p).")
    'Believed: everyone says yes with 0.6 (each of 50 members).'
    """
    return note.replace("; --p)", ")").replace("--p party:", "p=party:")


environment.filters |= {"tens": tens, "exactly": exactly, "told": told, "many": many}


def called(game: Game, name: str, label: str = "") -> str:
    """What a reader calls a body, a unit or a member; with its act, where it acts more than once.

    Examples
    --------
    >>> from assent.api import Library
    >>> law = Library().game("us/act-of-congress")
    >>> called(law, "override:us/house"), called(law, "us/president")
    ('House of Representatives (override)', 'President')
    """
    act, colon, actor = name.rpartition(":")
    said = label or game.named(actor) or game.named(actor.rpartition("/")[0]) or actor
    return f"{said[:1].upper()}{said[1:]}" + (f" ({act})" if colon else "")


def answered(ask: Address, library: Library) -> tuple[Any, Gap | None]:
    """The result that an address asks for, or why there is none.

    Raises
    ------
    QueryError
        A name or a number is wrong: another than what a question without an answer is refused with.
    """
    try:
        return asked(ask, library), None
    except NotApplicable as error:
        return None, _gap(ask, library, error)


@dataclass(frozen=True)
class _Asked:
    """A question: the same one on the same day is asked once, also where nobody waited for its answer."""

    library: Library
    url: str
    today: date
    ask: Address = field(compare=False)


def asked(ask: Address, library: Library) -> Any:
    """The result that an address asks for, kept for a while.

    Raises
    ------
    QueryError
        It cannot be answered as asked.
    """
    return _asked(_Asked(library, ask.changed(view="", full=(), embed=False).url(), date.today(), ask))


@lru_cache(maxsize=64)
def _asked(question: _Asked) -> Any:
    return inquire(question.library, question.ask)


def _gap(ask: Address, library: Library, error: NotApplicable) -> Gap:
    remedy = "" if error.remedy.startswith("assent ") else error.remedy.replace("--", "")
    if error.where.startswith("--p"):
        return Gap(error.what, "", "beliefs")
    wants = needs(library, ask.id, ask.as_of or date.today(), tuple(sorted(ask.readings.items())), ask.option("state"))
    if wants is None and error.where == "--as-of":
        return Gap(error.what, remedy, "day")
    return Gap(error.what, "" if wants else remedy, wants or "")


@lru_cache(maxsize=1024)
def needs(
    library: Library, procedure: str, as_of: date, readings: tuple[tuple[str, str], ...], state: str = ""
) -> str | None:
    """What has to be said before the members of a procedure can be counted; ``None`` where nothing helps.

    Examples
    --------
    >>> from assent.api import Library
    >>> us, day = Library(), date(2026, 1, 1)
    >>> [needs(us, name, day, ()) for name in ("us/article-v", "us/secession", "us/article-vii", "us/exit/none")]
    ['', 'state', 'seats', None]
    """
    held = dict(readings)
    roster = library.place.record.rosters.get(library.place.profile.states, ())
    some = next((member.unit for member in roster), "")
    every = {"*": ASSUMED[0]}
    tried: tuple[tuple[str, dict[str, Any]], ...] = (
        ("", {"state": state}),
        ("state", {"state": state or some}),
        ("seats", {"state": state, "sizes": every}),
        ("state", {"state": state or some, "sizes": every}),
    )
    for wants, more in tried:
        try:
            library.game(procedure, as_of, held, **more)
        except AssentError:
            continue
        return wants
    return None


def frame(ask: Address, library: Library, game: Game | None) -> Frame:
    """What stands around an answer: the other questions, procedures and readings of the law.

    Parameters
    ----------
    game
        What is counted, if it can be.
    """
    laws = library.place.law.procedures
    day = ask.as_of or date.today()
    others = tuple(
        Other(name, laws[name].title, _moved(ask, ask.kind, name).url(), name == ask.id)
        for name in library.procedures
        if name == ask.id or needs(library, name, day, ()) is not None
    )
    law = laws.get(ask.id)
    about_state = bool(ask.option("state")) or needs(library, ask.id, day, (), "") == "state"
    return Frame(
        law.title if law else "",
        QUESTIONS[ask.kind][1],
        tuple(
            Tab(kind, label, says, _moved(ask, kind, ask.id).url(), kind == ask.kind)
            for kind, (label, says) in QUESTIONS.items()
        ),
        others,
        _switches(ask, library, day) if game else (),
        _states(library, day) if about_state else (),
        tuple((n, f"*={n}") for n in ASSUMED),
        ask.__class__("law", ask.id, as_of=ask.as_of, readings=ask.readings).url() if law else "",
        date.today(),
        game is not None,
    )


def _moved(ask: Address, kind: str, about: str) -> Address:
    """Another question, or the same about another procedure: days and readings stay, and what is believed."""
    kept = (*GAME, "p", "factor") if about == ask.id else ("index", "by")
    options = {name: ask.every(name) for name in kept if ask.every(name)}
    if kind in {"power", "coalitions"} or (kind == "plan" and ask.kind != "plan"):
        options = {name: said for name, said in options.items() if name not in {"p", "factor"}}
    if kind != "power":
        options = {name: said for name, said in options.items() if name not in {"index", "by"}}
    if options.get("index") == ("birnbaum",):
        del options["index"]
    return ask.__class__(kind, about, ask.as_of, readings=ask.readings, window=ask.window, options=options)


def _states(library: Library, day: date) -> tuple[tuple[str, str], ...]:
    roster = library.place.record.roster(library.place.profile.states, day)
    return tuple(sorted(((m.unit, m.name) for m in roster), key=lambda pair: pair[1]))


def _switches(ask: Address, library: Library, day: date) -> tuple[Switch, ...]:
    """The questions of law on which it depends what is needed, or that were answered in the address."""
    found = _moving(library, ask.id, day, ask.option("state"), ask.every("seats"))
    hinge = None
    if ask.kind == "plan" and ask.option("matter"):
        hinge = whole_hinge(library, ask.option("matter"), ask.known_as_of)
    names = dict.fromkeys([*ask.readings, *(hinge.turns_on if hinge else ()), *found])
    made = switches(ask, library, names)
    return tuple(replace(one, choices=tuple(replace(choice, beside="") for choice in one.choices)) for one in made)


@lru_cache(maxsize=256)
def _moving(library: Library, procedure: str, day: date, state: str, seats: tuple[str, ...]) -> tuple[str, ...]:
    """The questions of law of which another reading than the default changes what is counted."""

    def counted(readings: Mapping[str, str]) -> object:
        try:
            return library.game(procedure, day, readings, state=state, sizes=seats).node
        except AssentError:
            return None

    plain = counted({})
    return tuple(
        bearing.id
        for bearing in _bearing(library, procedure)
        if any(
            (changed := counted({bearing.id: reading})) is not None and changed != plain
            for reading in bearing.readings
            if reading != bearing.default
        )
    )


def _bearing(library: Library, procedure: str) -> Iterable[Any]:
    return getattr(library.show(procedure), "questions", ())


def game_of(ask: Address, library: Library) -> Game | None:
    """What is counted, if it can be."""
    try:
        return library.game(
            ask.id, ask.as_of, ask.readings, ask.window, state=ask.option("state"), sizes=ask.every("seats")
        )
    except AssentError:
        return None


def hidden(ask: Address, *without: str) -> tuple[tuple[str, str], ...]:
    """The parameters of a page that a form has to send along, without those it sends itself."""
    return tuple((name, value) for name, value in ask.parameters() if name not in without)


def sharing(ask: Address, found: Any) -> Share:
    """What a reader may take away from the page of a counting question."""
    pinned = ask.changed(as_of=found.as_of or date.today())
    if ask.kind == "plan":
        pinned = pinned.changed(known_as_of=ask.known_as_of or date.today())
    said = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    days = f"as of {pinned.as_of}" + (f", as known on {pinned.known_as_of}" if pinned.known_as_of else "")
    title = f"{QUESTIONS[ask.kind][0]}: {found.title}"
    return Share(
        found.reproduce,
        python(pinned),
        f"{title}, {days}. {said}. {pinned.url()}",
        f'<iframe src="{ask.url(embed=True)}" width="100%" height="640" title="{title.replace(chr(34), "")}"></iframe>',
        beside(ask, drawn=has_drawing(found)),
        ask.api(),
        pinned.url(),
    )


def page(template: str, ask: Address, library: Library, found: Any, gap: Gap | None, **more: Any) -> str:
    """A counting question's page: what all have, and what is its own."""
    game = more.pop("game", None)
    shown = more.pop("shown", ask)
    context = {
        "kind": "law",
        "ask": ask,
        "found": found,
        "gap": gap,
        "frame": frame(ask, library, game),
        "unit": texts(library.place).unit,
        "hidden": hidden,
        "share": sharing(shown, found) if found is not None else None,
        "options": OPTIONS,
        "assumed": tuple(game.assumptions) if game else (),
        **more,
    }
    return environment.get_template(template).render(context)
