"""Pages: an address and a library in, a whole page of HTML out. No logic of the law, and no state.

``render`` finds the page of an address; each page is a module here with a function ``X_page(ask, library)``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from assent.web.pages.setting import environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from assent.api import Library
    from assent.render.page import Page
    from assent.web.address import Address

__all__ = ["PAGES", "document", "environment", "error", "home", "render", "warm"]

# Kind of address → module and function. A kind that is not here is set from its result by ``answer``.
PAGES = {
    "about": "about.about_page",
    "chance": "chance.chance_page",
    "coalitions": "coalitions.coalitions_page",
    "plan": "plan.plan_page",
    "power": "power.power_page",
    "standoff": "standoff.standoff_page",
    "exit": "exit.exit_page",
    "defiance": "defiance.defiance_page",
    "forecast": "forecast.forecast_page",
    "home": "front.home_page",
    "law": "law.law_page",
    "matter": "matter.matter_page",
    "matters": "matters.matters_page",
    "petition": "petition.petition_page",
    "question": "question.question_page",
    "record": "record.record_page",
    "referendum": "referendum.referendum_page",
}


def render(address: Address, library: Library) -> str:
    """The page of an address.

    Raises
    ------
    QueryError
        What was asked cannot be answered as asked.

    Examples
    --------
    >>> from assent.api import Library
    >>> from assent.web.address import Address
    >>> "<h1>" in render(Address("matter", "us/amendment/era"), Library())
    True
    """
    return _writer(PAGES.get(address.kind, "answer.answer_page"))(address, library)


@cache
def _writer(name: str) -> Callable[[Address, Library], str]:
    module, _, function = name.partition(".")
    page: Callable[[Address, Library], str] = getattr(import_module(f"assent.web.pages.{module}"), function)
    return page


def home(library: Library) -> str:
    """The front page."""
    from assent.web.address import Address

    return render(Address("home"), library)


def document(page: Page, library: Library) -> str:
    """A page of blocks, as what the door says of itself."""
    from assent.web.pages.answer import document

    return document(page, library)


def error(status: int, title: str, message: str, remedy: str) -> str:
    """The page of a refusal: what is wrong, and what to do.

    Examples
    --------
    >>> "&lt;b&gt;" in error(400, "Not a date", "'<b>' is no date.", "Write YYYY-MM-DD.")
    True
    """
    return environment.get_template("error.html").render(status=status, title=title, message=message, remedy=remedy)


def warm(library: Library) -> None:
    """Work out ahead what the first reader of each matter's page would wait for."""
    from assent.web.pages.question import turning_on

    for matter in library.matters:
        turning_on(library, matter)
