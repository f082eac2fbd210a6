"""What an answer rests on, on a page: each number with its unit, its standing and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assent.render.page import Block, Heading, Item, Items, Span, code, quiet, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assent.inquiries.petition.assumed import Assumed
    from assent.render.page import Role
    from assent.render.words import Sources

ROLES: dict[str, Role] = {"assumption": "open", "evidence": "pass", "given": "strong", "law": "pass"}
SHARES = ("share", "probability")


def assumed_blocks(parameters: Iterable[Assumed], sources: Sources, title: str = "It rests on") -> list[Block]:
    """The numbers an answer rests on."""
    items = tuple(
        Item(
            say(code(p.name), " ", _value(p)),
            say(Span(p.standing, ROLES.get(p.standing, "")), quiet(_unit(p)), f". {p.why}" if p.why else "",
                sources.mark(p.cite)),
        )
        for p in parameters
    )  # fmt: skip
    return [Heading(title), Items(items, widest=24)] if items else []


def number(value: float) -> str:
    """A number of signatures or people.

    Examples
    --------
    >>> number(1234567.0), number(12.25)
    ('1,234,567', '12.25')
    """
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.4g}"


def _value(parameter: Assumed) -> str:
    if isinstance(parameter.value, str):
        return parameter.value
    if parameter.unit.startswith(SHARES):
        return f"{float(parameter.value):g}"
    return number(parameter.value)


def _unit(parameter: Assumed) -> str:
    return f", {parameter.unit}"
