"""An address: everything a page shows, as a frozen value and as a URL.

The path says what a page is about: a matter's page is its id (``/us/amendment/era``), every other begins with its kind
(``/exit/CA``, ``/power/us/article-v``); ``/embed`` before either asks for the page that others may frame. Parameters
are named like the options of the command line, and a reading by its question:
``?as-of=2020-02-01&rescission=void&yes=TX,FL``. Each address has one canonical URL: parameters in a fixed order,
what need not be said left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from assent.web.kinds import AGAINST, DRAWN, KINDS, ORDER, option_of

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = frozenset({"json", "csv"})
_PLAIN = "/:,*=@!~()"  # as they are in a query or a path: nothing else means them


class Address(Struct, frozen=True):
    """What a page shows.

    Attributes
    ----------
    kind
        One of ``assent.web.kinds.KINDS``.
    id
        What it is about, if its kind is about something.
    as_of, known_as_of
        ``None`` is today.
    readings
        Question → reading, as chosen; ``contemporaneity`` → ``required:15`` where a reading takes a number.
    window
        Years for readings that take a number of years.
    yes, no
        Units that are supposed to say yes or no, beside the record; sorted.
    against
        A second set of readings, to be shown beside the first.
    view
        How the page is drawn; empty for the way it is drawn if nobody says.
    options
        Parameters of one kind of page, by the name of the command's option: each a tuple of texts.
    embed
        Whether the page may be framed by others.

    Examples
    --------
    >>> era = Address("matter", "us/amendment/era", readings={"rescission": "effective"})
    >>> era.url()
    '/us/amendment/era?rescission=effective'
    >>> era.url(yes=("TX", "FL"), readings={})
    '/us/amendment/era?yes=FL,TX'
    >>> era.file("csv")
    '/us/amendment/era.csv?rescission=effective'
    """

    kind: str = "home"
    id: str = ""
    as_of: date | None = None
    known_as_of: date | None = None
    readings: Mapping[str, str] = {}
    window: int | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    against: Mapping[str, str] = {}
    view: str = ""
    options: Mapping[str, tuple[str, ...]] = {}
    embed: bool = False

    def __hash__(self) -> int:
        return hash(self.url())

    def option(self, name: str) -> str:
        """The value of an option that has one value, or its default.

        Examples
        --------
        >>> Address("power", "us/article-v").option("index")
        'banzhaf'
        """
        values = self.options.get(name, ())
        return values[-1] if values else option_of(self.kind, name).default

    def every(self, name: str) -> tuple[str, ...]:
        """The values of an option that may be given again."""
        return self.options.get(name, ())

    def changed(self, **changes: Any) -> Address:
        """The same address with other values; an option (``goal``, ``at_most``) may be given by its own name too.

        Examples
        --------
        >>> Address("matters").changed(kind="founding").url()
        '/matters?kind=founding'
        >>> Address("plan", "us/article-v").changed(goal="block", at_most=("3:CA",)).url()
        '/plan/us/article-v?goal=block&at-most=3:CA'
        """
        taken = set(KINDS[self.kind].options) - {"view"}  # a page's own option goes before a field of that name
        own = {name: changes.pop(name) for name in list(changes) if name in _FIELDS and name not in taken}
        if changes or "options" in own:
            options = dict(own.pop("options", self.options))
            for name, value in changes.items():
                options[name.replace("_", "-")] = (value,) if isinstance(value, str) else tuple(value)
            own["options"] = {name: said for name, said in options.items() if any(said)}
        return replace(self, **own)

    def url(self, **changes: Any) -> str:
        """The canonical URL of this address, or of the same with changes."""
        here = self.changed(**changes) if changes else self
        return here.path() + here.query()

    def file(self, ext: str, **changes: Any) -> str:
        """The URL of the same beside the page: ``json``, ``csv``, ``svg`` or ``png``.

        How the page is drawn, and what it is held against, say nothing to data.
        """
        here = self.changed(**changes, embed=False)
        if ext in DATA:
            here = here.bare()
        path = here.path()
        return f"{'/index' if path == '/' else path}.{ext}{here.query()}"

    def api(self) -> str:
        """The URL of the same question under ``/api/v1``; empty where it has none.

        Examples
        --------
        >>> Address("matter", "us/amendment/era").api()
        '/api/v1/status/us/amendment/era'
        """
        here = self.answered()
        inquiry = KINDS[here.kind].inquiry
        about = f"/{quote(here.id, safe=_PLAIN)}" if here.id else ""
        query = here.bare().query()
        return f"/api/v1/{inquiry}{about}{query}" if inquiry else ""

    def answered(self) -> Address:
        """The address whose answer stands beside this page: its own, unless it names nothing and is a list.

        Examples
        --------
        >>> Address("law").answered().kind, Address("law", "us/article-v").answered().kind
        ('procedures', 'law')
        """
        listed = KINDS[self.kind].listed
        return Address(listed) if listed and not self.id else self

    def bare(self) -> Address:
        """The same without what says only how the page is drawn."""
        page = {*DRAWN, *KINDS[self.kind].page}
        options = {name: said for name, said in self.options.items() if name not in page}
        return replace(self, view="", against={}, options=options)

    def path(self) -> str:
        """The path alone."""
        path = _path(self.kind, self.id)
        return f"/embed{path}" if self.embed else path

    def query(self) -> str:
        """The parameters alone, with the question mark."""
        said = "&".join([_parameter(name, value) for name, value in self.parameters()])
        return f"?{said}" if said else ""

    def parameters(self) -> Iterator[tuple[str, str]]:
        """The parameters in their fixed order: days, readings, what-if, options."""
        if self.as_of is not None:
            yield "as-of", self.as_of.isoformat()
        if self.known_as_of is not None:
            yield "known-as-of", self.known_as_of.isoformat()
        yield from sorted(self.readings.items())
        if self.window is not None:
            yield "window", str(self.window)
        if self.yes:
            yield "yes", ",".join(sorted(set(self.yes)))
        if self.no:
            yield "no", ",".join(sorted(set(self.no)))
        if self.against:
            yield AGAINST, ",".join(f"{question}:{reading}" for question, reading in sorted(self.against.items()))
        if self.options:
            for name in (name for name in ORDER if name in self.options):
                default = option_of(self.kind, name).default
                yield from ((name, value) for value in self.options[name] if value != default)
        if self.view:
            yield "view", self.view


_FIELDS = frozenset(Address.__struct_fields__)
_ORDER = ("as_of", "known_as_of", "readings", "window", "yes", "no", "against", "options", "view")  # in a URL


class Links(NamedTuple):
    """Where other values of one field of an address lead, or of several that follow each other.

    A page has a hundred such links: what they share is written once.

    Attributes
    ----------
    begins, ends
        What is before and after the fields that vary.
    without
        The URL that says nothing of them.

    Examples
    --------
    >>> links = Links.of(Address("matter", "us/amendment/era", window=9, view="tiles"), "yes", "no")
    >>> links.to("yes=TX"), links.to("")
    ('/us/amendment/era?window=9&yes=TX&view=tiles', '/us/amendment/era?window=9&view=tiles')
    """

    begins: str
    ends: str
    without: str

    @classmethod
    def of(cls, ask: Address, *varied: str) -> Links:
        """The links of a page on which these fields vary."""
        first, last = _ORDER.index(varied[0]), _ORDER.index(varied[-1])
        path = ask.path()
        before = Address(ask.kind, **{name: getattr(ask, name) for name in _ORDER[:first]}).query()
        after = Address(ask.kind, **{name: getattr(ask, name) for name in _ORDER[last + 1 :]}).query()[1:]
        begins = f"{path}{before}&" if before else f"{path}?"
        return cls(begins, f"&{after}" if after else "", f"{begins}{after}" if after else f"{path}{before}")

    def to(self, said: str) -> str:
        """The URL with these fields as they are written in a query."""
        return f"{self.begins}{said}{self.ends}" if said else self.without


@lru_cache(maxsize=4096)
def _path(kind: str, about: str) -> str:
    steps = [] if kind in {"home", "matter"} else [kind]
    return "/" + quote("/".join([*steps, about] if about else steps), safe=_PLAIN)


@lru_cache(maxsize=4096)
def _parameter(name: str, value: str) -> str:
    return f"{quote(name, safe='-')}={quote(value, safe=_PLAIN)}"
