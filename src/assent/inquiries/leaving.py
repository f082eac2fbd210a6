"""Leaving: what a library can say of what no rule decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from assent.inquiries.defiance.defiance import Defiance
    from assent.inquiries.forecast.forecast import Forecast
    from assent.inquiries.jurisdiction import Jurisdiction
    from assent.inquiries.petition.petition import Petition
    from assent.inquiries.referendum.polls import Polls
    from assent.inquiries.referendum.referendum import Referendum
    from assent.inquiries.standoff.standoff import Ask, Standoff


class Leaving:
    """What a library can say of what no rule decides: models beside the law, each with its assumptions."""

    place: Jurisdiction

    def defiance(
        self,
        state: str = "",
        by: str = "state",
        as_of: date | str | None = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
    ) -> Defiance:
        """Where state law defies federal law, since when, and what the federal side did about it.

        Parameters
        ----------
        state
            One state's code or name; all of them unless given.
        by
            ``state`` or ``year``: which table leads.
        as_of, readings, window
            As for ``status``.

        Raises
        ------
        QueryError
            No such state, or it is none; neither ``state`` nor ``year``.

        Examples
        --------
        >>> from assent.inquiries.library import Library
        >>> Library().defiance(as_of="2016-12-31").living[-1].states
        8
        """
        from assent.inquiries.counting.questions import day_of, texts
        from assent.inquiries.defiance.defiance import defiance
        from assent.law.doctrine import read_doctrine

        doctrine = read_doctrine(self.place.law, texts(readings), window)
        return defiance(self.place, state, by, doctrine, day_of(as_of, "as_of"))

    def forecast(  # noqa: PLR0913 - one parameter for each option of the command
        self,
        matter: str,
        by: date | str | None = None,
        as_of: date | str | None = None,
        known_as_of: date | str | None = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
        *,
        yes: Iterable[str] = (),
        no: Iterable[str] = (),
    ) -> Forecast:
        """Will a matter be ratified, judged from the few like it, with the base rate and the score beside it?

        Parameters
        ----------
        matter
            Its id.
        by
            Also by this day.
        as_of, known_as_of, readings, window, yes, no
            As for ``status``.

        Raises
        ------
        QueryError
            An unknown name or a bad day, or there is no ground for a forecast: nothing was proposed, it is decided.

        Examples
        --------
        >>> from assent import library
        >>> found = library().forecast("us/amendment/era", as_of="1975-01-01")
        >>> found.count, found.required, found.probability < found.baseline
        (33, 38, True)
        """
        from assent.inquiries.counting.questions import day_of, texts
        from assent.inquiries.forecast.forecast import forecast_of
        from assent.law.doctrine import read_doctrine

        doctrine = read_doctrine(self.place.law, texts(readings), window)
        days = day_of(as_of, "as_of"), day_of(known_as_of, "known_as_of")
        return forecast_of(self.place, matter, doctrine, days, None if by is None else day_of(by, "by"), yes, no)

    def petition(  # noqa: PLR0913 - one parameter for each option of the command
        self,
        state: str,
        kind: str = "",
        raw: int | str | None = None,
        *,
        validity: float | str | None = None,
        validity_sd: float | str | None = None,
        duplicates: float | str | None = None,
        target: float | str | None = None,
        counties: str | Path | None = None,
        reports: str | Path | None = None,
        count: Iterable[int] | str | None = None,
        replay: bool = False,
        as_of: date | str | None = None,
    ) -> Petition:
        """Will a petition qualify, how many signatures are enough, where does a count stand, what became of the others?

        Parameters
        ----------
        state
            Its code or its name.
        kind
            ``amendment`` or ``statute``; the usual one of the state unless given.
        raw
            Signatures filed. Without it, and without a file: how many reach the ``target``.
        validity, validity_sd, duplicates
            The share that is valid, second signatures counted; its standard deviation; the share of second signatures.
        target
            The chance of qualifying that is wanted.
        counties
            A CSV file with ``county, raw[, validity][, duplicates]``, in place of ``raw``.
        reports
            A CSV file with ``county, raw, sample, valid, duplicates``: the count under way.
        count
            Raw, sample, valid, duplicates of one count to be certified.
        replay
            The petitions on file.
        as_of
            The day, by which the requirement is told.

        Raises
        ------
        QueryError
            No such state, kind or county; a number or a row that cannot be; two questions at once.

        Examples
        --------
        >>> from assent import library
        >>> library().petition("CA", count="24034,722,516,2").certificate.certified
        15028
        """
        from assent.inquiries.counting.questions import day_of
        from assent.inquiries.petition.petition import asked_of, petition_of

        given = {"kind": kind, "raw": raw, "validity": validity, "validity_sd": validity_sd, "duplicates": duplicates,
                 "target": target, "counties": counties, "reports": reports, "count": count,
                 "replay": replay}  # fmt: skip
        return petition_of(self.place, state, asked_of(given), day_of(as_of, "as_of"))

    def polls(self, state: str, as_of: date | str | None = None) -> Polls:
        """What people were asked about their state's leaving, wording by wording; nothing is averaged.

        Parameters
        ----------
        state
            Its code or its name.
        as_of
            The day; later polls are left out.

        Raises
        ------
        QueryError
            No such state.

        Examples
        --------
        >>> from assent import library
        >>> [wording.id for wording in library().polls("CA").wordings]
        ['withdraw', 'secede', 'new-union', 'better-off']
        """
        from assent.inquiries.counting.questions import day_of
        from assent.inquiries.referendum.polls import polls_of

        return polls_of(self.place, state, day_of(as_of, "as_of"))

    def referendum(  # noqa: PLR0913 - one parameter for each option of the command
        self,
        state: str,
        rule: str = "",
        *,
        turnout: float | str | None = None,
        turnout_sd: float | str | None = None,
        yes: float | str | None = None,
        yes_sd: float | str | None = None,
        correlation: float | str | None = None,
        blank: float | str | None = None,
        replay: bool = False,
        as_of: date | str | None = None,
    ) -> Referendum:
        """What a vote on leaving would have to meet, who wins by which rule, how likely, and what it would start.

        Parameters
        ----------
        state
            Its code or its name.
        rule
            The rule; those of the state unless given.
        turnout, turnout_sd
            Votes cast, of those entitled, and the standard deviation.
        yes, yes_sd
            Yes, of yes and no, and the standard deviation.
        correlation
            Between the two.
        blank
            Votes cast that are neither yes nor no.
        replay
            The votes on file under their rules.
        as_of
            The day; later votes and polls are left out.

        Raises
        ------
        QueryError
            No such state or rule; a share that cannot be.

        Examples
        --------
        >>> from assent import library
        >>> found = library().referendum("CA", "ca-2025", turnout=0.6, yes=0.52)
        >>> found.rules[0].passes, found.rules[0].certain_support
        (False, 0.55)
        """
        from assent.inquiries.counting.questions import day_of
        from assent.inquiries.referendum.referendum import asked_vote, referendum_of

        given = {"rule": rule, "turnout": turnout, "turnout_sd": turnout_sd, "yes": yes, "yes_sd": yes_sd,
                 "correlation": correlation, "blank": blank, "replay": replay}  # fmt: skip
        return referendum_of(self.place, state, asked_vote(given), day_of(as_of, "as_of"))

    def standoff(  # noqa: PLR0913 - one parameter for each option of the command
        self,
        state: str,
        set: Mapping[str, object] | Iterable[str] = (),  # noqa: A002 - as on the command line
        scenario: str = "",
        ask: Ask | None = None,
        as_of: date | str | None = None,
        readings: Mapping[str, str] | Iterable[str] | None = None,
        window: int | None = None,
        *,
        ranges: Iterable[str] = (),
        q_from: str = "",
    ) -> Standoff:
        """What follows if a state goes ahead without asking, under stated assumptions.

        Parameters
        ----------
        state
            Its code or its name.
        set
            Numbers by name or symbol: ``{"kF": 1.3}``, or ``["kF=1.3"]``.
        scenario
            A file that sets several, or the name of one that ships.
        ask
            The map, private types, the draws (``assent.inquiries.standoff.standoff.Ask``).
        as_of, readings, window
            As for ``status``; under them the law of each move is told.
        ranges
            ``NAME=LOW:HIGH[:log]``: what a number might be, for the draws.
        q_from
            Work out the chance of the lawful route from one probability for everyone, or from a file of beliefs.

        Raises
        ------
        QueryError
            No such state, parameter or scenario; a value that is not allowed.

        Examples
        --------
        >>> from assent import library
        >>> found = library().standoff("CA")
        >>> found.outcome, found.if_defied.outcome
        ('stay', 'defy/litigate/for-federal/comply')
        >>> library().standoff("CA", {"kF": 1.3}).if_defied.best_reply
        'negotiate'
        """
        from assent.inquiries.counting.questions import day_of, texts
        from assent.inquiries.standoff.lawful import Lawful
        from assent.inquiries.standoff.parameters import given_of
        from assent.inquiries.standoff.standoff import Ask, standoff_of
        from assent.inquiries.states import find_state
        from assent.law.doctrine import read_doctrine

        doctrine, day = read_doctrine(self.place.law, texts(readings), window), day_of(as_of, "as_of")
        code, _ = find_state(self.place, state, day)
        lawful = Lawful(q_from, doctrine, day, code) if q_from else None
        given = given_of(self.place, set, scenario, ranges, lawful)
        return standoff_of(self.place, code, given, ask or Ask(), doctrine, day)
