"""Inquiries: which question to the library an address asks. A new one is one line in ``INQUIRIES``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from assent.web.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.api import Library
    from assent.web.address import Address

    Given = dict[str, Any]


class Inquiry(NamedTuple):
    """A question that the API answers.

    Attributes
    ----------
    method
        Of ``Library``; its first sentence is the description.
    results
        The types it gives, as ``module.Type`` of ``assent.inquiries``.
    given
        The arguments of the method beside days, readings and id, from an address.
    kinds
        The kinds of page that it answers; the first says which parameters it takes.
    needs
        Options without which it is refused.
    """

    method: str
    results: tuple[str, ...]
    kinds: tuple[str, ...]
    given: Callable[[Address], Given] | None = None
    needs: tuple[str, ...] = ()


def _scenario(at: Address) -> Any:
    """What is believed; nothing where nothing is said."""
    from assent.inquiries.counting.scenario import read_scenario

    return read_scenario(at.every("p"), None, at.every("factor"))


def _game(at: Address) -> Given:
    return {"state": at.option("state"), "sizes": at.every("seats")}


def _power(at: Address) -> Given:
    return {"index": at.option("index"), "by": at.option("by"), "scenario": _scenario(at), **_game(at)}


def _chance(at: Address) -> Given:
    world = at.option("world")
    return {"scenario": _scenario(at), "over": at.option("over"), "world": int(world) if world else None, **_game(at)}


def _coalitions(at: Address) -> Given:
    return {"member": at.option("member"), "kinds": int(at.option("kinds")), **_game(at)}


def _plan(at: Address) -> Given:
    from assent.inquiries.counting.plan import Ask

    ask = Ask(
        at.option("goal"),
        at.option("cost"),
        at.every("include"),
        at.every("exclude"),
        at.every("at-most"),
        at.every("at-least"),
        next=int(at.option("next")),
    )
    held = {"scenario": _scenario(at), "matter": at.option("matter")}
    return {"goal": at.option("goal"), "ask": ask, **held, **_game(at)}


def _standoff(at: Address) -> Given:
    from assent.inquiries.standoff.standoff import Ask

    said = at.option("precision")
    private = at.option("private") == "yes"
    return {
        "set": (*at.every("set"), *((f"precision={said}",) if said else ())),
        "scenario": at.option("scenario"),
        "ask": Ask(at.option("map"), private, int(at.option("draws")), int(at.option("seed")), at.every("without")),
        "ranges": at.every("range"),
        "q_from": at.option("q-from"),
    }


def _defiance(at: Address) -> Given:
    return {"by": at.option("by")}


def _acts(at: Address) -> Given:
    return {**_said(at, "matter", "state", "act", "since", "until"), "disputed": at.option("disputed") == "yes"}


def _forecast(at: Address) -> Given:
    return {"by": at.option("by") or None}


def _said(at: Address, *names: str) -> Given:
    """Options of one value under the names of the method's arguments; those that are not said are left out."""
    return {name.replace("-", "_"): said for name in names if (said := at.option(name))}


def _petition(at: Address) -> Given:
    said = _said(at, "kind", "raw", "validity", "validity-sd", "duplicates", "target", "count")
    return {**said, "replay": at.option("replay") == "yes"}


def _referendum(at: Address) -> Given:
    said = _said(at, "rule", "turnout", "turnout-sd", "yes", "yes-sd", "correlation", "blank")
    return {**said, "replay": at.option("replay") == "yes"}


def _kind(at: Address) -> Given:
    return {"kind": at.option("kind")}


INQUIRIES = {
    "status": Inquiry("status", ("matter.status.Status",), ("matter",)),
    "because": Inquiry("because", ("matter.why.Why",), ("because",)),
    "timeline": Inquiry("timeline", ("matter.timeline.Timeline",), ("timeline",)),
    "hinge": Inquiry("hinge", ("matter.hinge.Hinge",), ("hinge",)),
    "replay": Inquiry("replay", ("matter.replay.Replay",), ("replay",)),
    "exit": Inquiry("exit", ("exit.exit.Exit",), ("exit",)),
    "power": Inquiry("power", ("counting.power.Power",), ("power",), _power),
    "coalitions": Inquiry("coalitions", ("counting.coalitions.Coalitions",), ("coalitions",), _coalitions),
    "chance": Inquiry("chance", ("counting.chance.Chance",), ("chance",), _chance, ("p",)),
    "plan": Inquiry("plan", ("counting.plan.Plan",), ("plan",), _plan),
    "standoff": Inquiry("standoff", ("standoff.standoff.Standoff",), ("standoff",), _standoff),
    "forecast": Inquiry("forecast", ("forecast.forecast.Forecast",), ("forecast",), _forecast),
    "defiance": Inquiry("defiance", ("defiance.defiance.Defiance",), ("defiance",), _defiance),
    "petition": Inquiry("petition", ("petition.petition.Petition",), ("petition",), _petition),
    "referendum": Inquiry("referendum", ("referendum.referendum.Referendum",), ("referendum",), _referendum),
    "polls": Inquiry("polls", ("referendum.polls.Polls",), ("polls",)),
    "show": Inquiry("show", ("filed.show.Shown", "filed.show.QuestionShown"), ("law", "question")),
    "matters": Inquiry("list_matters", ("filed.listing.Matters",), ("matters",), _kind),
    "procedures": Inquiry("list_procedures", ("filed.listing.Procedures",), ("procedures",)),
    "questions": Inquiry("list_questions", ("filed.listing.Questions",), ("questions",)),
    "cite": Inquiry("cite", ("filed.listing.Cited",), ("cite",)),
    "acts": Inquiry("acts", ("filed.acts.Acts",), ("record",), _acts),
    "record": Inquiry("check_record", ("filed.check.RecordChecked",), ("contradictions",)),
    "staleness": Inquiry("staleness", ("filed.staleness.Staleness",), ("about",)),
}

ALONE = {"plan": ("matter",), "defiance": ()}  # may be asked without an id, and what they need then
_SHARED = {name: name.replace("-", "_") for name in ("as-of", "known-as-of", "readings", "window", "yes", "no")}


def inquire(library: Library, address: Address) -> object:
    """The result that an address asks for.

    Raises
    ------
    QueryError
        It cannot be answered as asked.

    Examples
    --------
    >>> from assent.api import Library
    >>> from assent.web.address import Address
    >>> inquire(Library(), Address("question", "rescission")).title
    'May a state take back its ratification?'
    """
    kind = KINDS[address.kind]
    inquiry = INQUIRIES[kind.inquiry]
    given = {name: getattr(address, name) for asked, name in _SHARED.items() if asked in kind.shared}
    if inquiry.given is not None:
        given |= inquiry.given(address)
    return getattr(library, inquiry.method)(*([address.id] if kind.about else []), **given)
