"""What the door refuses, and how it says so: a status of HTTP, what is wrong, where, and what to do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from assent.errors import AssentError, LibraryError

if TYPE_CHECKING:
    from collections.abc import Mapping

PROBLEM = "application/problem+json"
TITLES = {
    400: "This cannot be answered as asked",
    404: "There is nothing here",
    405: "This can only be read",
    406: "This does not come in that form",
    408: "The request took too long to come",
    414: "The address is too long",
    431: "The request is too long",
    500: "A fault of Assent",
    503: "Too much at once",
}


class Refused(AssentError):
    """A request that is refused.

    Parameters
    ----------
    status
        Of HTTP.
    what, where, remedy
        As every error of Assent says them.
    headers
        To be sent with the refusal, as ``Allow`` or ``Retry-After``.
    """

    def __init__(
        self, status: int, what: str, *, where: str = "", remedy: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.status, self.headers = status, dict(headers or {})

    @property
    def title(self) -> str:
        """What kind of refusal it is, in a few words."""
        return TITLES.get(self.status) or HTTPStatus(self.status).phrase


def not_here(error: AssentError) -> Refused:
    """An error about the name in a path: there is no such page.

    Examples
    --------
    >>> from assent.errors import QueryError
    >>> not_here(QueryError("'x' is no state.", remedy="Did you mean TX?")).status
    404
    """
    return Refused(404, error.what, where=error.where, remedy=error.remedy)


def refusal(error: Exception) -> Refused:
    """Any error as a refusal: a mistake in what was asked is a 400, anything else a fault of Assent.

    Examples
    --------
    >>> from assent.errors import QueryError
    >>> refusal(QueryError("'1920-13-01' is no date.", where="as-of")).status
    400
    >>> refusal(ZeroDivisionError()).what
    'This is a fault of Assent, not of what you asked.'
    """
    if isinstance(error, Refused):
        return error
    if isinstance(error, LibraryError):
        return Refused(500, error.what, where=error.where, remedy=error.remedy)
    if isinstance(error, AssentError):
        return Refused(400, error.what, where=_said(error.where), remedy=_said(error.remedy))
    return Refused(
        500,
        "This is a fault of Assent, not of what you asked.",
        remedy="Please report it with the address; the terminal in which assent serve runs shows where it happened.",
    )


def _said(text: str) -> str:
    """A message of the command line in the words of an address: options lose their dashes."""
    return text.replace("--reading ", "").replace("--reading", "readings").replace("--", "")


def problem(error: Refused, instance: str) -> dict[str, Any]:
    """A refusal as a problem document (RFC 9457).

    Examples
    --------
    >>> problem(Refused(404, "'XX' is no state."), "/api/v1/exit/XX")["title"]
    'There is nothing here'
    """
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "detail": error.what,
        "instance": instance,
    }
    if error.where:
        said["where"] = error.where
    if error.remedy:
        said["remedy"] = error.remedy
    return said
