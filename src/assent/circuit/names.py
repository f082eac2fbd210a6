"""Names: what the leaves and the gates of a circuit are called when somebody asks about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from assent.circuit.nodes import Gate

Namer = Callable[[str, str], str]


def whole(act: str, actor: str) -> str:
    """A leaf by its act and its actor: the two acts of one person are two leaves."""
    return f"{act}:{actor}"


def person(_: str, actor: str) -> str:
    """A leaf by its actor alone: who is won is won for every act."""
    return actor


def names_of(gate: Gate, acts: Collection[str]) -> set[str]:
    """What a gate may be called: its unit, body or id, alone and after the one act done below it."""
    plain = {name for name in (gate.unit, gate.body, gate.id) if name}
    act = gate.act or (next(iter(acts)) if len(acts) == 1 else "")
    return plain | {f"{act}:{name}" for name in plain if act}
