"""Figures: the computed values that texts of precedents and claims name in braces.

No text carries a number that the law or the record could contradict.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from assent.circuit.case import Case
from assent.errors import LawError
from assent.inquiries.filed.needs import Census, needs_of, structure
from assent.inquiries.matter.standing import standing
from assent.law.doctrine import Doctrine

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from assent.inquiries.jurisdiction import Jurisdiction, Tally

NOT_ON_FILE = "(not on file for that day)"
_BRACES = re.compile(r"\{([a-z0-9_.]+)\}")


def figures_of(place: Jurisdiction, census: Census, doctrine: Doctrine, as_of: date) -> dict[str, str]:
    """Name in braces → its value as text, on a day and under a doctrine.

    What each name means is the jurisdiction's own (``figures`` in its profile): a need of a procedure, the outcome of a
    matter, or a count or list of rows of a file.
    """
    wanted = place.profile.figures
    found: dict[str, str] = {}
    for name, source in wanted.needs.items():
        found.update(dict.fromkeys((f"{name}.{part}" for part in ("need", "of", "percent", "block")), NOT_ON_FILE))
        root = structure(census, doctrine, {"state": ""}).of(source.procedure)
        need = next(n for n in needs_of(census, root) if not source.body or n.body == source.body) if root else None
        if need and need.of and need.need is not None:
            found[f"{name}.need"], found[f"{name}.of"] = str(need.need), str(need.of)
            found[f"{name}.percent"] = f"{100 * need.need / need.of:.0f}"
            if need.block.states is not None:
                found[f"{name}.block"] = str(need.block.states)
    for name, held in wanted.outcomes.items():
        found.update(dict.fromkeys((f"{name}.{part}" for part in ("need", "of", "date")), NOT_ON_FILE))
        chosen = Doctrine(place.law, {**doctrine.chosen, **held.readings}, doctrine.parameters)
        case = Case(place.law, place.record, place.record.matter(held.matter), chosen, as_of)
        if case.matter.proposed_on and as_of < case.matter.proposed_on:
            continue
        stands = standing(case, as_of)
        found[f"{name}.date"] = str(stands.completed_on or "never")
        found[f"{name}.need"], found[f"{name}.of"] = str(stands.required), str(stands.of)
    for name, tally in wanted.rows.items():
        found[name] = _told(place, tally)
    return found


def _told(place: Jurisdiction, tally: Tally) -> str:
    rows = [row for row in place.rows(tally.file) if all(str(row[k]) == v for k, v in tally.where.items())]
    if not tally.shows:
        return str(len(rows))
    return ", ".join(
        tally.shows.format(
            about="" if row.get("exact") == "yes" else "about ", **{k: _plain(v) for k, v in row.items()}
        )
        for row in rows
    )


def _plain(value: Any) -> str:
    return "not on file" if value is None else str(value)


def filled(text: str, figures: Mapping[str, str], where: Path) -> str:
    """A text with its braces filled.

    Raises
    ------
    LawError
        It names a figure that is not computed.
    """

    def one(match: re.Match[str]) -> str:
        if match[1] not in figures:
            known = ", ".join(sorted(figures))
            raise LawError(
                f"The text names {match[0]}, which is not computed.",
                where=str(where),
                remedy=f"Known: {known}.",
            )
        return figures[match[1]]

    return _BRACES.sub(one, " ".join(text.split()))
