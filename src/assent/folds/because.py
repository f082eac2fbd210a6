"""Because: why a circuit is where it is, and why it is not elsewhere, pruned to what decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from assent.circuit.nodes import Except, Gate, Leaf
from assent.folds.verdict import FAIL, OPEN, PASS, Verdict, reached, tally_of, unless
from assent.values.fractions import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assent.circuit.evidence import Evidence
    from assent.circuit.nodes import Node


class Because(Struct, frozen=True):
    """A node of the justification.

    Every leaf names an act on file, a fact on file or a reading with its citation.

    Attributes
    ----------
    text
        One sentence for a reader.
    verdict
        pass, fail or open.
    cite
        Authorities, as ``authority-id`` or ``authority-id, pinpoint``.
    acts
        Ids of acts on file.
    facts
        Facts on file, as ``file: row``.
    readings
        Question → reading that this rests on.
    children
        What decides it.
    """

    text: str
    verdict: Verdict
    cite: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    readings: dict[str, str] = {}
    children: tuple[Because, ...] = ()


def because(node: Node, positions: Mapping[str, Verdict], evidence: Mapping[str, Evidence]) -> Because:
    """The justification of a circuit's verdict.

    Parameters
    ----------
    node
        The circuit.
    positions
        Leaf id → verdict; a leaf that is missing is open.
    evidence
        Leaf id → what its position rests on.

    Returns
    -------
    Because
        Pruned: of what passes, what makes it pass; of what does not, what is missing or against.
    """
    if isinstance(node, Leaf):
        return _leaf(node, positions.get(node.id, OPEN), evidence.get(node.id))
    if isinstance(node, Except):
        rule, exception = (because(part, positions, evidence) for part in (node.rule, node.exception))
        verdict = unless(rule.verdict, exception.verdict)
        against = (exception,) if exception.verdict is PASS else (rule,)
        label = node.label or "The rule, unless its exception holds"
        return Because(label, verdict, node.cite, children=against if verdict is FAIL else (rule, exception))
    return _gate(node, [because(child, positions, evidence) for child in node.children])


def _leaf(leaf: Leaf, verdict: Verdict, found: Evidence | None) -> Because:
    if found is None:
        return Because(f"{leaf.label or leaf.actor}: open.", verdict, leaf.cite, facts=(leaf.id,))
    if not found.grounds:
        return Because(found.text, verdict, leaf.cite, found.acts, found.facts)
    cite = tuple(dict.fromkeys((*(c for g in found.grounds for c in g.cite), *leaf.cite)))
    readings = {g.question: g.reading for g in found.grounds}
    return Because(found.text, verdict, cite, found.acts, found.facts, readings)


def _gate(gate: Gate, below: Sequence[Because]) -> Because:
    verdict = reached(gate, *tally_of(gate, [b.verdict for b in below]))
    met = tuple(b for b in below if b.verdict is PASS)
    rest = tuple(b for b in below if b.verdict is not PASS)
    text = _text(gate, verdict, len(met), len(below))
    if not below:
        return Because(
            text, verdict, gate.cite, facts=(f"rosters.csv: none on {gate.basis.base}" if gate.basis else gate.id,)
        )
    if verdict is PASS:
        chosen = met if gate.basis or gate.need > 1 else met[:1]
    elif gate.basis:
        chosen = tuple(
            Because(f"{len(group)} {said}.", kind, gate.cite, children=group)
            for group, said, kind in ((met, "count", PASS), (rest, "do not", verdict))
            if group
        )
    elif gate.need == len(below):
        against = tuple(b for b in rest if b.verdict is FAIL)
        chosen = (*met, *(against or rest))
    else:
        chosen = rest
    return Because(text, verdict, gate.cite, readings=dict(gate.held), children=chosen)


def _text(gate: Gate, verdict: Verdict, met: int, of: int) -> str:
    label = gate.label or "Units"
    if gate.held:
        label += f" ({', '.join(f'{question}={reading}' for question, reading in gate.held)})"
    if not gate.basis:
        state = {PASS: "yes", FAIL: "no", OPEN: "not yet"}[verdict]
        return f"{label}: {state}." if of else f"{label}: nothing is asked for." if verdict is PASS else f"{label}: no."
    if not of and verdict is PASS:
        return f"{label}: nobody is asked."
    share = f" ({words(gate.basis.share, strict=gate.basis.strict)})" if gate.basis.share is not None else ""
    return f"{label}: {met} of {of}; {gate.need} needed{share}."
