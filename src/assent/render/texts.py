"""Texts: what the pages and drawings of a jurisdiction say in its own words, read from its ``texts.yaml``."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from assent.law.loading import convert, read_yaml

if TYPE_CHECKING:
    from assent.inquiries.jurisdiction import Jurisdiction

OTHERS = "*"
HOWS = {
    "yes": "Said yes, counts",
    "yes-despite": "Took its yes back, counts",
    "after": "Said yes when it was complete",
    "withdrew": "Took its yes back",
    "late": "Said yes too late",
    "expired": "Said yes too long ago",
    "void": "Its act is void",
    "no": "Said no",
    "barred": "Said no, for good",
    "uncertain": "Order of its acts unknown",
    "none": "Has not acted",
    "not-recorded": "Nothing on file",
    "excluded": "Left out of the count",
    "absent": "Not there yet",
}
VERDICTS = {
    "adopted": "Complete on {completed_on}, under these readings.",
    "pending": "{short} more needed under these readings.",
    "pending-enough": "Enough have agreed, but not all that these readings ask for has happened.",
    "lapsed": "Its time ran out on {limit}.",
    "failed": "It can no longer pass on the acts on file.",
}


class Noun(Struct, frozen=True, forbid_unknown_fields=True):
    """A noun in singular and plural."""

    one: str = "unit"
    many: str = "units"


class KindText(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of the matters of a kind: its name, how they are decided, and the verdict of each stage."""

    one: str
    many: str
    about: str = ""
    verdicts: dict[str, str] = {}


class Featured(Struct, frozen=True, forbid_unknown_fields=True):
    """A matter that the front page leads with."""

    matter: str
    says: str


class LeavingText(Struct, frozen=True, forbid_unknown_fields=True):
    """What the front page says of leaving, and the state it begins with."""

    state: str
    says: str


class CountingText(Struct, frozen=True, forbid_unknown_fields=True):
    """What the front page says of counting, and the procedure it begins with."""

    procedure: str
    says: str


class Texts(Struct, frozen=True, forbid_unknown_fields=True):
    """What pages and drawings say of a jurisdiction."""

    unit: Noun = Noun()
    opening: str = ""
    kinds: dict[str, KindText] = {}
    legend: dict[str, dict[str, str]] = {}
    featured: tuple[Featured, ...] = ()
    leaving: LeavingText | None = None
    counting: CountingText | None = None
    procedures: dict[str, str] = {}

    def procedure(self, head: str) -> str:
        """The heading of the procedures whose ids begin with a step."""
        return self.procedures.get(head) or head.replace("-", " ").capitalize()

    def kind(self, name: str) -> KindText:
        """What is said of a kind of matter."""
        return self.kinds.get(name) or KindText(name.capitalize(), f"{name.capitalize()}s")

    def verdict(self, kind: str, stage: str) -> str:
        """The sentence on a stage, with what is to be filled in in braces."""
        return self.kind(kind).verdicts.get(stage) or VERDICTS[stage]

    def hows(self, act: str) -> dict[str, str]:
        """How a unit may stand → words, for the act that is counted, in the order of a legend."""
        own = self.legend.get(act) or self.legend.get(OTHERS) or {}
        return {how: own.get(how, said) for how, said in HOWS.items()}


def texts(place: Jurisdiction) -> Texts:
    """The texts of a jurisdiction; plain ones where it has none of its own.

    Raises
    ------
    LawError
        The file is wrong.

    Examples
    --------
    >>> from assent import library
    >>> texts(library().place).hows("ratify")["withdrew"]
    'Ratified, took it back'
    """
    return _texts(place)


@lru_cache(maxsize=8)
def _texts(place: Jurisdiction) -> Texts:
    file = place.root / "texts.yaml"
    return convert(read_yaml(file), Texts, file) if file.is_file() else Texts()
