"""Filing: what a library has on file, as lists; and whether it is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assent.inquiries.counting.questions import day_of

if TYPE_CHECKING:
    from assent.inquiries.filed.acts import Acts
    from assent.inquiries.filed.check import Checked, RecordChecked
    from assent.inquiries.filed.listing import Cited, Matters, Procedures, Questions
    from assent.inquiries.filed.staleness import Staleness
    from assent.inquiries.jurisdiction import Jurisdiction

Day = date | str | None


class Filing:
    """What a library has on file, as lists; and whether it is right."""

    place: Jurisdiction

    def cite(self, authority: str) -> Cited:
        """An authority in full, read or recalled.

        Examples
        --------
        >>> from assent import library
        >>> library().cite("us-const-art-v").authority.kind
        'constitution'
        """
        from assent.inquiries.filed.listing import cited

        return cited(self.place, authority)

    def list_matters(self, kind: str = "") -> Matters:
        """The matters on file as a result, of one kind or of all."""
        from assent.inquiries.filed.listing import matters

        return matters(self.place, kind)

    def list_procedures(self) -> Procedures:
        """The procedures on file as a result, each with what it is about.

        Examples
        --------
        >>> from assent import library
        >>> [row.title for row in library().list_procedures().procedures if row.id == "us/article-v/propose"]
        ['Congress proposes an amendment']
        """
        from assent.inquiries.filed.listing import procedures

        return procedures(self.place)

    def list_questions(self) -> Questions:
        """The questions of law on file as a result."""
        from assent.inquiries.filed.listing import questions

        return questions(self.place)

    def acts(
        self,
        matter: str = "",
        state: str = "",
        act: str = "",
        since: Day = None,
        until: Day = None,
        *,
        disputed: bool = False,
    ) -> Acts:
        """The acts on file, each with its source, and where what is claimed of one differs.

        Parameters
        ----------
        matter, state, act
            Only those on a matter, of a state, of a kind.
        since, until
            Only those that may have happened between these days.
        disputed
            Only those of which sources give more than one day.

        Raises
        ------
        QueryError
            An unknown name or a bad day.

        Examples
        --------
        >>> from assent import library
        >>> library().acts("us/amendment/era", "ID").kinds
        {'ratify': 1, 'rescind': 1}
        """
        from assent.inquiries.filed.acts import acts_of

        first, last = (None if day is None else day_of(day, name) for day, name in ((since, "since"), (until, "until")))
        return acts_of(self.place, matter, state, act, first, last, disputed=disputed)

    def staleness(self, as_of: Day = None) -> Staleness:
        """How old each file of data is, through which day it is complete, and what in it was only recalled.

        Examples
        --------
        >>> from assent import library
        >>> [file.age for file in library().staleness("2026-08-15").files if file.file == "facts/chambers.csv"]
        [10]
        """
        from assent.inquiries.filed.staleness import staleness_of

        return staleness_of(self.place, day_of(as_of, "as_of"))

    def check(self, file: str | Path) -> Checked:
        """Hold a file of law or record to the schema and to this library.

        Raises
        ------
        LibraryError
            What is wrong, with file, line, field and remedy.
        """
        from assent.inquiries.filed.check import check_file

        return check_file(self.place, Path(file))

    def check_record(self) -> RecordChecked:
        """Read the whole record and say where it is contradicted.

        Raises
        ------
        RecordError
            A row is wrong in itself.
        """
        from assent.inquiries.filed.check import check_record

        return check_record(self.place)
