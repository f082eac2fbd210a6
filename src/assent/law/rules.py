"""The language a rule is written in: tests, process, and the node that carries one of them.

A rule is a tree of nodes. Each node may have an ``id``, a ``label``, citations and a note, and is exactly one of the
thirteen primitives (and ``assent``, the leaf that one actor decides). Tests say what must be true of a vote; process
says in what order and time. ``repeat`` and ``register`` are part of the grammar and refused by ``compile`` until a
constitution that needs them ships; decision record 0003 shows how.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from assent.law.citations import Cite

_LENGTH = re.compile(r"[1-9]\d* (?:day|week|month|year)s?")
Base = Literal["members", "in-office", "present", "voting", "valid", "cast", "register", "named"]


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    """What every part of the grammar is: frozen, and strict about its fields."""


class Tally(_Part, frozen=True):
    """A vote in a body: an exact share of a named base, at least or more than, with a quorum if there is one."""

    body: str
    act: str
    threshold: Fraction | None = None
    own_rule: bool = False
    base: Base = "voting"
    strict: bool = False
    quorum: Fraction | None = None
    quorum_strict: bool = True
    register: str = ""
    assumed: bool = False

    def __post_init__(self) -> None:
        if (self.threshold is None) != self.own_rule:
            raise ValueError("tally takes either threshold (an exact share) or own_rule: true, and not both")
        for name, share in (("threshold", self.threshold), ("quorum", self.quorum)):
            if share is not None:
                check_share(name, share, strict=self.strict and name == "threshold")


class Assent(_Part, frozen=True):
    """One actor's decision, with no number to it: a signature, a consent, a recognition."""

    actor: str
    act: str


class Units(_Part, frozen=True, rename={"set_": "set"}):
    """So many of a set of units, each by the rule in ``each`` (where ``{unit}`` stands for the unit).

    ``body`` names the set's bodies taken together, where that is not the set itself. ``weight`` counts a figure of
    each unit (its population) in place of the unit, and ``without`` leaves units out of numerator and denominator;
    neither is compiled yet.
    """

    set_: str
    act: str
    each: Node
    threshold: Fraction | None = None
    k: int | None = None
    of: int | None = None
    body: str = ""
    strict: bool = False
    assumed: bool = False
    weight: str = ""
    without: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.threshold is None) == (self.k is None):
            raise ValueError("units takes either threshold (a share) or k (a number), and not both")
        if self.threshold is not None:
            check_share("threshold", self.threshold, strict=self.strict)
        if self.k is not None and (self.k < 1 or (self.of is not None and self.k > self.of)):
            raise ValueError(f"k is {self.k}; it must be between 1 and the number of units")


class KOf(_Part, frozen=True):
    """At least k of the rules listed."""

    k: int
    of: tuple[Node, ...]

    def __post_init__(self) -> None:
        if not 1 <= self.k <= len(self.of):
            raise ValueError(f"k is {self.k}; it must be between 1 and {len(self.of)}, the number of rules listed")


class Unless(_Part, frozen=True):
    """A rule that holds unless its exception does: the one node that is not monotone."""

    rule: Node
    exception: Node


class Choice(_Part, frozen=True):
    """Ways among which somebody (an actor, a petition, a margin, the content) picks."""

    by: str
    among: tuple[Node, ...]


class Clock(_Part, frozen=True, rename={"from_": "from"}):
    """A rule that has to be met by a time. Every clock names what happens when it runs out.

    ``limit`` is ``matter`` (the date the matter itself carries) or a length of time as ``3 years``, counted from the
    stage ``from``. ``earliest`` is a time that has to pass first; ``stops`` names what the clock stands still for;
    ``extend`` is who may move it. Compiled so far: the matter's own limit, at the root of a rule.
    """

    rule: Node
    limit: str
    runs_out: Literal["lapsed", "failed", "adopted"]
    from_: str = ""
    earliest: str = ""
    stops: tuple[str, ...] = ()
    extend: Node | None = None

    def __post_init__(self) -> None:
        for name, text in (("limit", self.limit), ("earliest", self.earliest)):
            if text not in {"", "matter"} and not _LENGTH.fullmatch(text):
                raise ValueError(f"{name} is {text!r}; it must be matter, or a length of time as 3 years or 180 days")


class Event(_Part, frozen=True):
    """Something that has to happen: ``what`` names the acts that count, or the slot a reading fills."""

    by: str = ""
    what: str | tuple[str, ...] = ()
    slot: str = ""

    def __post_init__(self) -> None:
        if bool(self.what) == bool(self.slot):
            raise ValueError("event takes either what (the acts that count) or slot (filled by a reading), not both")

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that count, in order of preference."""
        return (self.what,) if isinstance(self.what, str) else self.what


class Recorded(_Part, frozen=True):
    """The act on file that records a whole node's outcome when its parts are not on file one by one."""

    actor: str
    act: str


class Repeat(_Part, frozen=True):
    """The same rule more than once, with what must lie between. Part of the grammar; not compiled yet."""

    rule: Node
    times: int
    apart: str = ""
    between: tuple[Node, ...] = ()


class Register(_Part, frozen=True):
    """What one stage hands to a later one, called ``what``: a text, a list of articles, a margin. Not compiled yet."""

    what: str
    rule: Node


_KINDS = (
    "tally", "assent", "units", "all", "any", "k_of", "unless",
    "seq", "par", "choice", "repeat", "clock", "event", "register", "call",
)  # fmt: skip


class Node(_Part, frozen=True, rename={"all_": "all", "any_": "any"}):
    """A place in a rule: what it is called, what it rests on, and exactly one primitive.

    ``when`` lists readings under which alone the node exists; ``closes: proposed`` says that what was not done by the
    day the matter was proposed cannot be done for that matter any more; ``recorded_as`` names the act on file that
    stands for the whole node. An ``any`` of nothing is a rule that nothing meets.
    """

    id: str = ""
    label: str = ""
    cite: tuple[str | Cite, ...] = ()
    note: str = ""
    when: dict[str, str | tuple[str, ...]] = {}
    closes: Literal["", "proposed"] = ""
    recorded_as: Recorded | None = None
    tally: Tally | None = None
    assent: Assent | None = None
    units: Units | None = None
    all_: tuple[Node, ...] | None = None
    any_: tuple[Node, ...] | None = None
    k_of: KOf | None = None
    unless: Unless | None = None
    seq: tuple[Node, ...] | None = None
    par: tuple[Node, ...] | None = None
    choice: Choice | None = None
    repeat: Repeat | None = None
    clock: Clock | None = None
    event: Event | None = None
    register: Register | None = None
    call: str | None = None

    def __post_init__(self) -> None:
        kinds = self._given()
        if len(kinds) != 1:
            found = ", ".join(kinds) if kinds else "none"
            raise ValueError(f"a node is exactly one of {', '.join(_KINDS)}; here: {found}")
        for name in ("all_", "seq", "par"):
            if getattr(self, name) == ():
                raise ValueError(f"{name.rstrip('_')} lists no rules")

    def _given(self) -> list[str]:
        return [k for k in _KINDS if getattr(self, _FIELD.get(k, k)) is not None]

    @property
    def kind(self) -> str:
        """Which primitive this node is."""
        return self._given()[0]

    def below(self) -> tuple[Node, ...]:
        """The nodes directly below, in the order written (a call's target is not below it)."""
        lists = (self.all_, self.any_, self.seq, self.par)
        for nodes in lists:
            if nodes is not None:
                return nodes
        if self.units:
            return (self.units.each,)
        if self.k_of:
            return self.k_of.of
        if self.unless:
            return (self.unless.rule, self.unless.exception)
        if self.choice:
            return self.choice.among
        for wrapped in (self.clock, self.register):
            if wrapped:
                return (wrapped.rule,)
        return (self.repeat.rule, *self.repeat.between) if self.repeat else ()

    @property
    def uncompiled(self) -> str:
        """The part of the grammar that this node alone uses and ``compile`` does not know yet ("" if none)."""
        if self.kind in {"repeat", "register"}:
            return self.kind
        if self.units and (self.units.weight or self.units.without):
            return "weight and without in units"
        if self.clock and (
            self.clock.limit != "matter" or self.clock.earliest or self.clock.stops or self.clock.extend
        ):
            return "a clock of its own length"
        return ""

    def calls(self) -> tuple[str, ...]:
        """Ids of the procedures called here or below."""
        own = (self.call,) if self.call else ()
        return own + tuple(c for n in self.below() for c in n.calls())


_FIELD = {"all": "all_", "any": "any_"}


def check_share(name: str, share: Fraction, *, strict: bool) -> None:
    """Refuse a threshold that nobody could meet.

    Raises
    ------
    ValueError
        The share is zero, above one, or "more than all".
    """
    if share > 1:
        raise ValueError(f"{name} {share} is above one; nobody could meet it. Nearest valid value: 1")
    if share == 0:
        raise ValueError(f"{name} is zero; it would ask for nothing")
    if strict and share == 1:
        raise ValueError(f"more than all: a strict {name} of 1 can never be met; leave strict out")
