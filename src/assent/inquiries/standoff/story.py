"""Story: the moves of a standoff in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from assent.models.standoff.tree import Node

FEDERAL = "the federal side"
COURT = "the court"
# What a side does, by its move; {state} is the state's name. The same move can mean two things (see `_told`).
DOES = {
    "stay": "stays",
    "petition": "takes the lawful route",
    "defy": "goes ahead without asking",
    "tolerate": "lets it be",
    "negotiate": "offers terms",
    "litigate": "goes to court",
    "sanction": "imposes sanctions",
    "force": "uses force",
    "yield": "yields",
    "comply": "gives in to the sanctions",
    "persist": "persists",
    "accept": "accepts",
    "reject": "refuses",
    "for-state": "rules for the state",
    "for-federal": "rules for the federal side",
}
CHANCES = {
    "completes": "the lawful route completes",
    "fails": "the lawful route fails",
    "prevails": "the federal side prevails",
}
SHORT = {
    "tolerate": "let be",
    "litigate": "taken to court",
    "sanction": "sanctioned",
    "force": "met with force",
    "yield": "the federal side yields",
    "comply": "gives in",
    "persist": "persists",
    "accept": "accepts",
    "reject": "refuses",
}
LETTERS = {"tolerate": "T", "negotiate": "N", "litigate": "C", "sanction": "X", "force": "F"}


class Step(Struct, frozen=True):
    """A move in a story.

    Attributes
    ----------
    node
        Where it is made, by the moves that lead there.
    who
        ``state``, ``federal``, or ``chance``.
    probability
        Of a chance; ``None`` where a side chooses.
    margin
        How much better the move is for the side than its next best, in its unit; 0 at a tie.
    """

    node: str
    who: str
    move: str
    text: str
    probability: float | None
    margin: float | None
    unit: str


def told(node: Node, move: str, state: str) -> str:
    """Who does what, in a sentence without a full stop.

    Parameters
    ----------
    node
        Where the move is made.
    state
        The state's name.
    """
    if node.player == "chance":
        if node.lottery == "ruling":
            return f"{COURT} {DOES[move]}"
        if node.lottery == "force" and move == "fails":
            return f"{state} prevails"
        return CHANCES[move]
    who = state if node.player == "state" else FEDERAL
    if move.endswith("%"):
        return f"{who} offers {move[:-1]}\u00a0% of the stake"
    if move == "comply" and node.id.endswith("for-federal"):
        return f"{who} obeys the ruling"
    return f"{who} {DOES[move]}"


def brief(outcome: str) -> str:
    """An outcome in a few words, of the state.

    Examples
    --------
    >>> (
    ...     brief("defy/litigate/for-federal/comply"),
    ...     brief("stay"),
    ...     brief("defy/negotiate/50%/accept").replace(chr(160), ""),
    ... )
    ('taken to court, obeys', 'stays', 'offered 50%, accepts')
    """
    first, *rest = outcome.split("/")
    if first != "defy":
        return DOES[first]
    said = []
    for at, move in enumerate(rest):
        if move in {"negotiate", "for-federal"}:
            continue
        if move.endswith("%"):
            said.append(f"offered {move[:-1]}\u00a0%")
        elif move == "comply" and rest[at - 1] == "for-federal":
            said.append("obeys")
        else:
            said.append(SHORT.get(move, "the court rules for it"))
    return ", ".join(said)


def letter(path: str, defied: str) -> str:
    """A letter for what happens: small where the state does not defy, a digit for a share that is accepted.

    Examples
    --------
    >>> letter("stay", "defy/litigate/for-federal/comply"), letter("defy/tolerate", "defy/tolerate")
    ('c', 'T')
    """
    if path.startswith("petition"):
        return "P"
    _, reply, *rest = defied.split("/")
    if reply == "negotiate" and path == defied and rest[1:] == ["accept"]:
        return rest[0][0]
    found = LETTERS[reply]
    if defied.endswith("/force"):
        found = "F"
    elif defied.endswith("/yield"):
        found = "Y"
    return found if path == defied else found.lower()
