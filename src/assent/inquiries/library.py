"""A library: the law and record of one jurisdiction, ready for questions.

Dates are ``datetime.date`` or ISO text; readings are a mapping or a list of ``"question=reading"``. Both dates default
to today, and each result says which days and readings it was given under and which command reproduces it.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assent.inquiries.counting.questions import Counting, day_of, texts
from assent.inquiries.filing import Filing
from assent.inquiries.jurisdiction import Jurisdiction
from assent.inquiries.leaving import Leaving
from assent.law.doctrine import read_doctrine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.inquiries.exit.exit import Exit
    from assent.inquiries.filed.show import QuestionShown, Shown
    from assent.inquiries.matter.hinge import Hinge
    from assent.inquiries.matter.replay import Replay
    from assent.inquiries.matter.status import Status
    from assent.inquiries.matter.timeline import Timeline
    from assent.inquiries.matter.why import Why
    from assent.law.doctrine import Doctrine
    from assent.law.questions import Question
    from assent.record.acts import Matter

Day = date | str | None


class Library(Counting, Filing, Leaving):
    """The law and record of one jurisdiction, ready for questions.

    Parameters
    ----------
    name
        The jurisdiction, or anything that begins with it (a matter's id); may be left out where the library holds one.
    path
        The library's folder; the one that ships with Assent unless given, or named by ``ASSENT_LIBRARY``.

    Raises
    ------
    QueryError
        There is no such library or jurisdiction.

    Examples
    --------
    >>> us = Library("us")
    >>> us.status("us/amendment/era", as_of="2020-01-27", readings={"deadline": "not-binding"}).stage
    'adopted'
    """

    def __init__(self, name: str = "", path: str | Path | None = None) -> None:
        self.place = Jurisdiction(name, Path(path) if path is not None else None)

    @classmethod
    def of(cls, name: str, path: str | Path | None = None) -> Library:
        """The jurisdiction that the id of a matter or procedure names, or the only one there is.

        Raises
        ------
        QueryError
            There is no such library or jurisdiction.

        Examples
        --------
        >>> Library.of("us/amendment/era").name
        'us'
        """
        return cls(name if "/" in name else "", path)

    def __repr__(self) -> str:
        return f"Library({self.place.name!r}, path={str(self.place.root.parent)!r})"

    @property
    def name(self) -> str:
        """The jurisdiction's name."""
        return self.place.name

    @cached_property
    def matters(self) -> Mapping[str, Matter]:
        """The matters on file, by id."""
        return self.place.record.matters

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions of law on file, by id."""
        return self.place.law.questions

    @cached_property
    def procedures(self) -> tuple[str, ...]:
        """The ids of the procedures on file."""
        return tuple(self.place.law.procedures)

    def doctrine(
        self, readings: Mapping[str, str] | Iterable[str] | None = None, window: int | None = None
    ) -> Doctrine:
        """The readings chosen, held against the law on file.

        Raises
        ------
        UnknownName
            No such question or reading.
        ReadingConflict
            Two readings that cannot be held together.
        """
        return read_doctrine(self.place.law, texts(readings), window)

    def status(
        self,
        matter: str,
        as_of: Day = None,
        known_as_of: Day = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
        *,
        yes: Iterable[str] = (),
        no: Iterable[str] = (),
    ) -> Status:
        """Where a matter stands, and why.

        Parameters
        ----------
        matter
            Its id, as in ``matters``.
        as_of
            The day asked about.
        known_as_of
            Only acts that had become known by this day exist.
        readings
            Question → reading; defaults for the rest.
        window
            Years for the reading that takes a number of years.
        yes, no
            Units supposed to say yes or no on ``as_of``, beside the record and never into it.

        Raises
        ------
        QueryError
            An unknown name, a bad date, readings that conflict, or a day before the proposal.

        Examples
        --------
        >>> us = Library()
        >>> us.status("us/amendment/27", known_as_of="1992-05-20", as_of="1992-05-20").completed_on
        datetime.date(1992, 5, 7)
        >>> us.status("us/amendment/era", as_of="1980-01-01", yes=["FL", "IL", "MO"]).completed_on
        datetime.date(1980, 1, 1)
        """
        from assent.inquiries.matter.status import status

        return status(self.place, matter, self.doctrine(readings, window), *_days(as_of, known_as_of), yes, no)

    def because(
        self,
        matter: str,
        as_of: Day = None,
        known_as_of: Day = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
        *,
        yes: Iterable[str] = (),
        no: Iterable[str] = (),
    ) -> Why:
        """Why a matter stands where it stands, and why not elsewhere. Parameters as for ``status``.

        Examples
        --------
        >>> Library().because("us/constitution", as_of="1788-06-21").because.verdict
        <Verdict.PASS: 'pass'>
        """
        from assent.inquiries.matter.why import why

        return why(self.place, matter, self.doctrine(readings, window), *_days(as_of, known_as_of), yes, no)

    def timeline(
        self,
        matter: str,
        as_of: Day = None,
        known_as_of: Day = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
    ) -> Timeline:
        """When the answer changed. Parameters as for ``status``.

        Examples
        --------
        >>> Library().timeline("us/constitution", as_of="1788-06-21").moments[-1].stage
        'adopted'
        """
        from assent.inquiries.matter.timeline import timeline

        return timeline(self.place, matter, self.doctrine(readings, window), *_days(as_of, known_as_of))

    def hinge(
        self,
        matter: str,
        as_of: Day = None,
        known_as_of: Day = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
        *,
        yes: Iterable[str] = (),
        no: Iterable[str] = (),
    ) -> Hinge:
        """On which questions of law the answer turns; the readings given are held. Parameters as for ``status``.

        Examples
        --------
        >>> Library().hinge("us/constitution", as_of="1800-01-01").turns_on
        ('articles-xiii-form', 'founding')
        """
        from assent.inquiries.matter.hinge import hinge

        return hinge(self.place, matter, self.doctrine(readings, window), *_days(as_of, known_as_of), yes, no)

    def replay(
        self,
        as_of: Day = None,
        known_as_of: Day = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
    ) -> Replay:
        """Whether the law on file gives the official outcome of every matter.

        Parameters
        ----------
        as_of
            The day on which matters without a day of certification are evaluated.
        known_as_of
            If given, every matter is evaluated as known on this day, not on its certification.
        readings, window
            As for ``status``.

        Examples
        --------
        >>> found = Library().replay(as_of="1800-01-01")
        >>> found.agree <= found.cases
        True
        """
        from assent.inquiries.matter.replay import replay

        known = None if known_as_of is None else day_of(known_as_of, "known_as_of")
        return replay(self.place, self.doctrine(readings, window), day_of(as_of, "as_of"), known)

    def exit(
        self,
        state: str,
        as_of: Day = None,
        known_as_of: Day = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
    ) -> Exit:
        """How a state could leave: its own step, then every path.

        Parameters
        ----------
        state
            Its code or its name.
        as_of, known_as_of, readings, window
            As for ``status``.

        Raises
        ------
        QueryError
            As for ``status``, and where it is no state, or was none on that day.

        Examples
        --------
        >>> Library().exit("CA").paths[0].needs[0].need
        290
        """
        from assent.inquiries.exit.exit import exit_of

        return exit_of(self.place, state, self.doctrine(readings, window), *_days(as_of, known_as_of))

    def show(
        self,
        name: str,
        as_of: Day = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
    ) -> Shown | QuestionShown:
        """A procedure, or a question of law, in plain words.

        Raises
        ------
        UnknownName
            Neither a procedure nor a question has that id.

        Examples
        --------
        >>> Library().show("us/article-v/propose").title
        'Congress proposes an amendment'
        """
        from assent.inquiries.filed.show import show

        return show(self.place, name, self.doctrine(readings, window), day_of(as_of, "as_of"))


def _days(as_of: Day, known_as_of: Day) -> tuple[date, date]:
    return day_of(as_of, "as_of"), day_of(known_as_of, "known_as_of")
