"""A procedure's steps as a flow: what both diagrams draw.

Steps that only hold others together without a name, and lists of one, are passed through; what each unit of a set does
is said in the box of the set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assent.errors import NotApplicable
from assent.inquiries.filed.show import Shown

if TYPE_CHECKING:
    from assent.inquiries.filed.show import QuestionShown, Step

Join = Literal["then", "and", "or", "unless"]


@dataclass(frozen=True, slots=True)
class Box:
    """One thing that has to happen. ``unsure`` marks a step that only some readings ask for, or an assumed number."""

    title: str
    said: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that belong together: one after the other, all, any one, or one unless another."""

    title: str
    said: str
    join: Join
    parts: tuple[Part, ...]


Part = Box | Group
_JOINS: dict[str, Join] = {"in order": "then", "all": "and", "k": "and", "unless": "unless", "any": "or"}


def flow(shown: Shown | QuestionShown) -> Part:
    """The flow of a procedure.

    Raises
    ------
    NotApplicable
        A question of law has no stages to draw.
    """
    if not isinstance(shown, Shown):
        raise NotApplicable(
            f"{shown.question} is a question of law; it has no stages to draw.",
            where="--svg or --mermaid",
            remedy="Give a procedure; assent show tells a question in words.",
        )
    return _part(shown.rule, alone=True)


def _part(step: Step, *, alone: bool = False) -> Part:
    """A step as a part; ``alone`` when nothing beside it could be taken for a part of it."""
    if step.order in _JOINS and step.below:
        parts = tuple(_part(child, alone=len(step.below) == 1) for child in step.below)
        if len(parts) == 1 and not step.label and step.kind != "clock":
            return parts[0]
        said = step.text if step.kind in {"clock", "choice", "k_of", "unless"} or not step.label else ""
        join = _JOINS[step.order]
        if join == "then" and alone:
            said = ""  # its arrows say it
        return Group(_capital(step.label), _capital(said), join, parts)
    title = _capital(step.label or step.text)
    said = brief(step) if step.label else brief(step).removeprefix(step.text).lstrip("; ")
    return Box(title, said, _unsure(step))


def _unsure(step: Step) -> bool:
    return step.contingent or step.assumed or any(_unsure(child) for child in step.below)


def brief(step: Step) -> str:
    """A step and those below it in one phrase, without the step's own name."""
    said = step.text
    if step.when:
        terms = "; ".join(f"{q}={' or '.join(r)}" for q, r in step.when.items())
        said += f" (only under {terms})"
    if step.below:
        said += "; each: " if step.order == "each" else ": "
        said += ", ".join(f"{child.label}: {brief(child)}" if child.label else brief(child) for child in step.below)
    return said


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
