"""Leaving: what no rule decides, asked of the library that ships; ``more`` is passed on to its method of that name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assent.api.libraries import library
from assent.inquiries.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.inquiries.defiance.defiance import Defiance
    from assent.inquiries.forecast.forecast import Forecast
    from assent.inquiries.petition.petition import Petition
    from assent.inquiries.referendum.polls import Polls
    from assent.inquiries.referendum.referendum import Referendum
    from assent.inquiries.standoff.standoff import Standoff


def standoff(state: str, set: Mapping[str, object] | Iterable[str] = (), **more: Any) -> Standoff:  # noqa: A002 - as on the command line
    """What follows if a state goes ahead without asking, under stated assumptions: ``Library.standoff``.

    Examples
    --------
    >>> standoff("CA", {"kF": 1.3}).if_defied.best_reply
    'negotiate'
    """
    return library().standoff(state, set, **more)


def petition(state: str, kind: str = "", raw: int | None = None, **more: Any) -> Petition:
    """Will a petition qualify, and how many signatures are enough: ``Library.petition``.

    Examples
    --------
    >>> petition("CA", count="24034,722,516,2").certificate.certified
    15028
    """
    return library().petition(state, kind, raw, **more)


def referendum(state: str, rule: str = "", **more: Any) -> Referendum:
    """What a vote on leaving would have to meet, and what it would start: ``Library.referendum``.

    Examples
    --------
    >>> referendum("CA", "ca-2025", turnout=0.6, yes=0.52).rules[0].passes
    False
    """
    return library().referendum(state, rule, **more)


def polls(state: str, **more: Any) -> Polls:
    """What people were asked about their state's leaving, wording by wording: ``Library.polls``."""
    return library().polls(state, **more)


def defiance(state: str = "", **more: Any) -> Defiance:
    """Where state law defies federal law, since when, and what was done about it: ``Library.defiance``.

    Examples
    --------
    >>> defiance(as_of="2016-12-31").living[-1].states
    8
    """
    return library().defiance(state, **more)


def forecast(matter: str, **more: Any) -> Forecast:
    """Will a matter be ratified, judged from the few like it: ``Library.forecast`` of the library its id names.

    Examples
    --------
    >>> forecast("us/amendment/era", as_of="1975-01-01").required
    38
    """
    return Library.of(matter).forecast(matter, **more)
