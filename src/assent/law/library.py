"""The law on file: procedures, questions and authorities of one jurisdiction, checked against each other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from assent.errors import LawError, UnknownName
from assent.law.citations import Authority, Cite, as_cite
from assent.law.loading import load_authorities, load_law_file, load_question
from assent.law.procedures import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from assent.law.procedures import LawFile, OwnRules, Procedure
    from assent.law.questions import Effect, Question
    from assent.law.rules import Node


class Law:
    """The law of one jurisdiction, read from a folder.

    Parameters
    ----------
    root
        The jurisdiction's folder in the library; holds ``law/``, ``law/questions/`` and ``authorities/``.

    Raises
    ------
    LawError
        When a file is wrong, two things share a name, or a name refers to nothing.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def _files(self) -> dict[Path, LawFile]:
        return {file: load_law_file(file) for file in sorted((self.root / "law").glob("*.yaml"))}

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """Procedures by id, with every call resolved and none circular."""
        found: dict[str, Procedure] = {}
        home: dict[str, Path] = {}
        for file, law in self._files.items():
            for procedure in law.procedures:
                name = procedure.procedure
                if name in found:
                    raise LawError(
                        f"Procedure {name!r} is defined twice.",
                        where=f"{home[name]} and {file}",
                        remedy="Keep one, or give the other an id of its own.",
                    )
                found[name], home[name] = procedure, file
        _check_calls(found, home)
        return found

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Questions of law by id."""
        found: dict[str, Question] = {}
        files = sorted((self.root / "law" / "questions").glob("*.yaml"))
        for file in files:
            question = load_question(file)
            if question.question in found:
                raise LawError(
                    f"Question {question.question!r} is defined twice.",
                    where=str(file),
                    remedy="Keep one, or give the other an id of its own.",
                )
            found[question.question] = question
        for question in found.values():
            wanted = [(n, r) for held in question.readings for n, r in question.required(held).items()]
            for name, reading in wanted:
                if name not in found or reading not in {r.id for r in found[name].readings}:
                    raise LawError(
                        f"Question {question.question!r} requires {name}={reading}, which does not exist.",
                        where=f"{self.root / 'law' / 'questions' / question.question}.yaml, field require",
                        remedy="Name a question and one of its readings.",
                    )
        return found

    @cached_property
    def own_rules(self) -> dict[str, OwnRules]:
        """Units' own rules by the act they govern."""
        return {rules.act: rules for law in self._files.values() for rules in law.own_rules}

    @cached_property
    def authorities(self) -> dict[str, Authority]:
        """Authorities by id."""
        found: dict[str, Authority] = {}
        for file in sorted((self.root / "authorities").glob("*.yaml")):
            for authority in load_authorities(file).authorities:
                if authority.id in found:
                    raise LawError(
                        f"Authority {authority.id!r} is defined twice.",
                        where=str(file),
                        remedy="Keep one, or give the other an id of its own.",
                    )
                found[authority.id] = authority
        return found

    def procedure(self, name: str) -> Procedure:
        """The procedure of that id.

        Raises
        ------
        UnknownName
            There is none.
        """
        if name not in self.procedures:
            raise UnknownName("procedure", name, self.procedures)
        return self.procedures[name]

    def question(self, name: str) -> Question:
        """The question of that id.

        Raises
        ------
        UnknownName
            There is none.
        """
        if name not in self.questions:
            raise UnknownName("question of law", name, self.questions)
        return self.questions[name]

    def authority(self, cite: str | Cite) -> Authority:
        """The authority cited.

        Raises
        ------
        LawError
            A citation names an authority that is not on file.
        """
        name = as_cite(cite).authority
        try:
            return self.authorities[name]
        except KeyError:
            missing = UnknownName("authority on file", name, self.authorities)
            raise LawError(missing.what, where=str(self.root / "authorities"), remedy=missing.remedy) from None

    def cited(self, cite: str | Cite) -> str:
        """A citation as a reader sees it, with its standing.

        Returns
        -------
        str
            ``Dillon v. Gloss, 256 U.S. 368 (1921) [read]``.
        """
        authority, place = self.authority(cite), as_cite(cite).at
        year = f" ({authority.year})" if authority.year and str(authority.year) not in authority.citation else ""
        text = ", ".join(part for part in (authority.title, authority.citation) if part)
        return f"{text}{year}{f', {_at(place)}' if place else ''} [{authority.standing}]"

    def check(self) -> None:
        """Load everything and follow every reference.

        Raises
        ------
        LawError
            The first thing that is wrong.
        """
        self._check_procedures()
        for rules in self.own_rules.values():
            for rule in (rules.otherwise, *rules.known):
                for cite in rule.cite:
                    self.authority(cite)
        for question in self.questions.values():
            for held in question.readings:
                for cite in (*held.authorities, *held.against):
                    self.authority(cite)
                self._check_effects(held.effects, f"question {question.question}, reading {held.id}")

    def _check_procedures(self) -> None:
        for procedure in self.procedures.values():
            for cite in (*procedure.cite, *(c for n in nodes(procedure.rule) for c in n.cite)):
                self.authority(cite)
            for conjunction in procedure.lawful or ():
                self._check_readings(conjunction, f"procedure {procedure.procedure}, field lawful")
            for node in nodes(procedure.rule):
                for name, wanted in node.when.items():
                    for reading in (wanted,) if isinstance(wanted, str) else wanted:
                        self._check_readings({name: reading}, f"procedure {procedure.procedure}, field when")

    def _check_effects(self, effects: Iterable[Effect], where: str) -> None:
        for effect in effects:
            if effect.use and effect.use.slot == "procedure":
                for name in (effect.use.value,) if isinstance(effect.use.value, str) else effect.use.value:
                    if name not in self.procedures:
                        missing = UnknownName("procedure on file", name, self.procedures)
                        raise LawError(missing.what, where=where, remedy=missing.remedy)
            states = [s for moves in (effect.transition or {}).values() for pair in moves.items() for s in pair]
            if wrong := next((s for s in states if s not in STATES), ""):
                raise LawError(f"{wrong!r} is no state of a unit.", where=where, remedy=f"Valid: {', '.join(STATES)}.")

    def _check_readings(self, conjunction: Mapping[str, str], where: str) -> None:
        for name, reading in conjunction.items():
            if name not in self.questions:
                missing = UnknownName("question of law", name, self.questions)
                raise LawError(missing.what, where=where, remedy=missing.remedy)
            known = {r.id for r in self.questions[name].readings}
            if reading not in known:
                missing = UnknownName(f"reading of {name}", reading, known)
                raise LawError(missing.what, where=where, remedy=missing.remedy)


def _at(place: str) -> str:
    """A pinpoint with "at" before it, unless it has its own."""
    return place if " at " in f" {place}" or not place[:1].isdigit() else f"at {place}"


def nodes(rule: Node) -> Iterator[Node]:
    """A rule's nodes, the rule itself first (calls are not followed)."""
    yield rule
    for node in rule.below():
        yield from nodes(node)


def _check_calls(procedures: dict[str, Procedure], home: dict[str, Path]) -> None:
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in done:
            return
        for called in procedures[name].rule.calls():
            where = f"{home[name]}, procedure {name}, field call"
            if called not in procedures:
                missing = UnknownName("procedure on file", called, procedures)
                raise LawError(missing.what, where=where, remedy=missing.remedy)
            if called in (*trail, name):
                circle: tuple[Any, ...] = (*trail, name, called)
                raise LawError(
                    f"Procedures call each other in a circle: {' → '.join(circle[circle.index(called) :])}.",
                    where=where,
                    remedy="Remove one of the calls; a rule has to end in votes.",
                )
            visit(called, (*trail, name))
        done.add(name)

    for name in procedures:
        visit(name, ())
