"""Which page a result has."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.render.page import Page

# Where a result's type stands, and where the function stands that makes its page.
_PAGES = {
    ("assent.inquiries.filed.acts", "Acts"): "acts.acts_page",
    ("assent.inquiries.counting.chance", "Chance"): "chance.chance_page",
    ("assent.inquiries.filed.check", "Checked"): "lists.checked_page",
    ("assent.inquiries.filed.check", "RecordChecked"): "lists.record_page",
    ("assent.inquiries.counting.coalitions", "Coalitions"): "coalitions.coalitions_page",
    ("assent.inquiries.defiance.defiance", "Defiance"): "defiance.defiance_page",
    ("assent.inquiries.exit.exit", "Exit"): "exit.exit_page",
    ("assent.inquiries.forecast.forecast", "Forecast"): "forecast.forecast_page",
    ("assent.inquiries.matter.hinge", "Hinge"): "hinge.hinge_page",
    ("assent.inquiries.filed.listing", "Cited"): "lists.cited_page",
    ("assent.inquiries.filed.listing", "Matters"): "lists.matters_page",
    ("assent.inquiries.filed.listing", "Procedures"): "lists.procedures_page",
    ("assent.inquiries.filed.listing", "Questions"): "lists.questions_page",
    ("assent.inquiries.petition.petition", "Petition"): "petition.petition_page",
    ("assent.inquiries.counting.plan", "Plan"): "plan.plan_page",
    ("assent.inquiries.referendum.polls", "Polls"): "polls.polls_page",
    ("assent.inquiries.counting.power", "Power"): "power.power_page",
    ("assent.inquiries.referendum.referendum", "Referendum"): "referendum.referendum_page",
    ("assent.inquiries.matter.replay", "Replay"): "replay.replay_page",
    ("assent.inquiries.filed.show", "QuestionShown"): "show.question_page",
    ("assent.inquiries.filed.show", "Shown"): "show.shown_page",
    ("assent.inquiries.filed.staleness", "Staleness"): "staleness.staleness_page",
    ("assent.inquiries.standoff.standoff", "Standoff"): "standoff.standoff_page",
    ("assent.inquiries.matter.status", "Status"): "status.status_page",
    ("assent.inquiries.matter.timeline", "Timeline"): "timeline.timeline_page",
    ("assent.inquiries.matter.why", "Why"): "status.why_page",
}
RESULTS = tuple(_PAGES)


def page_of(result: object, place: Jurisdiction, *, full: bool = False) -> Page:
    """The page of any result.

    Parameters
    ----------
    result
        What an inquiry gave.
    place
        The law and record it came from; citations are looked up there.
    full
        Every act and every row, where a page folds them otherwise.

    Raises
    ------
    TypeError
        It is no result.
    """
    kind = (type(result).__module__, type(result).__name__)
    if kind not in _PAGES:
        raise TypeError(f"{kind[1]} is no result of Assent; results are {', '.join(name for _, name in _PAGES)}")
    module, _, function = _PAGES[kind].partition(".")
    page: Callable[..., Page] = getattr(import_module(f"assent.render.{module}"), function)
    return page(result, place, full=full)
