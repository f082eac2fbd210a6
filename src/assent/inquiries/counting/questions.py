"""Counting: the four counting questions as a library is asked them, about a procedure on file or a typed vote."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assent.errors import QueryError
from assent.values.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from assent.inquiries.counting.chance import Chance
    from assent.inquiries.counting.coalitions import Coalitions
    from assent.inquiries.counting.game import Game
    from assent.inquiries.counting.plan import Ask, Plan
    from assent.inquiries.counting.power import Power
    from assent.inquiries.counting.scenario import Scenario
    from assent.inquiries.counting.votes import Votes
    from assent.inquiries.jurisdiction import Jurisdiction

    Believed = Scenario | float | str | Path | Mapping[str, float] | None
    Readings = Mapping[str, str] | Iterable[str] | None

Day = date | str | None


class Counting:
    """What a library can count.

    Parameters that all questions share: ``procedure`` is an id, or a typed vote (``assent.votes``); ``scenario`` is one
    probability for everyone, a mapping as ``{"party:NAME": 0.3}``, a file, or a ``Scenario``; ``state`` is the state
    concerned; ``sizes`` says how many seats bodies have where that is not on file.
    """

    place: Jurisdiction

    def game(
        self,
        procedure: str | Votes,
        as_of: Day = None,
        readings: Readings = None,
        window: int | None = None,
        *,
        state: str = "",
        sizes: Mapping[str, int] | Iterable[str] | None = None,
    ) -> Game:
        """What a counting question is about: the circuit of members, and who is in which group.

        Raises
        ------
        QueryError
            No such procedure, or it cannot be expanded to its members.

        Examples
        --------
        >>> from assent import library
        >>> library().game("us/article-v").size
        7921
        """
        from assent.inquiries.counting.expansion import game_of_procedure, read_sizes
        from assent.inquiries.counting.game import game_of_votes
        from assent.law.doctrine import read_doctrine

        if not isinstance(procedure, str):
            return game_of_votes(procedure, {"assent": self.place.versions["assent"]})
        doctrine = read_doctrine(self.place.law, texts(readings), window)
        return game_of_procedure(self.place, procedure, doctrine, day_of(as_of, "as_of"), state, read_sizes(sizes))

    def power(  # noqa: PLR0913 - one parameter for each option of the command
        self,
        procedure: str | Votes,
        index: str = "banzhaf",
        by: str = "",
        scenario: Believed = None,
        as_of: Day = None,
        readings: Readings = None,
        window: int | None = None,
        *,
        state: str = "",
        sizes: Mapping[str, int] | Iterable[str] | None = None,
    ) -> Power:
        """Who weighs how much.

        Parameters
        ----------
        procedure
            Its id, or a typed vote.
        index
            ``banzhaf``, ``shapley-shubik``, ``birnbaum``, ``coleman-initiate``, ``coleman-prevent``, ``johnston``,
            ``deegan-packel`` or ``holler``.
        by
            ``member``, ``chamber``, ``state``, ``party``, ``region``, ``body``, or a column of a typed vote.
        scenario
            Probabilities, for ``birnbaum``.
        as_of, readings, window
            As for ``status``.
        state, sizes
            See the class.

        Raises
        ------
        QueryError
            A name is unknown, or the question is out of reach.

        Examples
        --------
        >>> from assent import library
        >>> found = library().power("us/article-v/propose", "shapley-shubik")
        >>> [(share.id, round(share.normalized, 3)) for share in found.values]
        [('us/house', 0.507), ('us/senate', 0.493)]
        """
        from assent.inquiries.counting.power import power_of

        game = self.game(procedure, as_of, readings, window, state=state, sizes=sizes)
        return power_of(game, index, by, None if scenario is None else believed(scenario))

    def chance(  # noqa: PLR0913 - one parameter for each option of the command
        self,
        procedure: str | Votes,
        scenario: Believed = None,
        over: str = "",
        world: int | None = None,
        as_of: Day = None,
        readings: Readings = None,
        window: int | None = None,
        *,
        state: str = "",
        sizes: Mapping[str, int] | Iterable[str] | None = None,
    ) -> Chance:
        """How likely it is that a procedure is met.

        Parameters
        ----------
        procedure
            Its id, or a typed vote.
        scenario
            What is believed. Without it the question is refused: there is no hidden prior.
        over
            An assumption to go through, as ``party:NAME`` or ``*=0.2:0.8``.
        world
            Draw one world with this seed.
        as_of, readings, window
            As for ``status``.
        state, sizes
            See the class.

        Raises
        ------
        QueryError
            Beliefs are missing or wrong, or the question is out of reach.

        Examples
        --------
        >>> from assent import library
        >>> found = library().chance("us/article-v/propose", 0.7)
        >>> round(found.probability, 4)
        0.733
        """
        from assent.inquiries.counting.chance import chance_of

        game = self.game(procedure, as_of, readings, window, state=state, sizes=sizes)
        return chance_of(game, believed(scenario), over, world)

    def coalitions(  # noqa: PLR0913 - one parameter for each option of the command
        self,
        procedure: str | Votes,
        member: str = "",
        kinds: int = 5,
        as_of: Day = None,
        readings: Readings = None,
        window: int | None = None,
        *,
        state: str = "",
        sizes: Mapping[str, int] | Iterable[str] | None = None,
    ) -> Coalitions:
        """How many coalitions win, the fewest that do, and the minimal ones.

        Parameters
        ----------
        procedure
            Its id, or a typed vote.
        member
            Also whether this actor, body or state is needed.
        kinds
            List at most so many kinds of minimal coalitions.
        as_of, readings, window
            As for ``status``.
        state, sizes
            See the class.

        Raises
        ------
        QueryError
            A name is unknown, or the question is out of reach.

        Examples
        --------
        >>> from assent import library
        >>> found = library().coalitions("us/article-v")
        >>> found.fewest_to_win.members, found.fewest_to_block.members
        (2797, 34)
        """
        from assent.inquiries.counting.coalitions import coalitions_of

        game = self.game(procedure, as_of, readings, window, state=state, sizes=sizes)
        return coalitions_of(game, member, kinds)

    def plan(  # noqa: PLR0913 - one parameter for each option of the command
        self,
        procedure: str | Votes = "",
        goal: str = "pass",
        ask: Ask | None = None,
        scenario: Believed = None,
        matter: str = "",
        *,
        as_of: Day = None,
        known_as_of: Day = None,
        readings: Readings = None,
        window: int | None = None,
        state: str = "",
        sizes: Mapping[str, int] | Iterable[str] | None = None,
    ) -> Plan:
        """The cheapest way to pass or to block.

        Parameters
        ----------
        procedure
            Its id, or a typed vote; that of the matter if left out.
        goal
            ``pass`` or ``block``.
        ask
            Prices and constraints; members cost one each unless it says otherwise.
        scenario
            Beliefs, for the price ``persuasion``.
        matter
            Go on from where this matter stands.
        as_of, known_as_of, readings, window
            As for ``status``.
        state, sizes
            See the class.

        Raises
        ------
        QueryError
            A name, a price or a bound is wrong, or the question is out of reach.

        Examples
        --------
        >>> from assent import library
        >>> found = library().plan("us/article-v", "block")
        >>> found.cost, [(won.id, won.members) for won in found.members], found.proof
        (34, [('us/senate', 34)], 'optimal')
        """
        from assent.inquiries.counting.plan import Ask, plan_of
        from assent.inquiries.counting.spoken import procedure_of, spoken_of

        unit = ""
        if matter:
            own, unit = procedure_of(self.place, matter)
            procedure = procedure or own
        if matter and not isinstance(procedure, str):
            raise QueryError("A matter is decided by a procedure on file.", where="--matter", remedy="Leave one out.")
        if not procedure:
            raise QueryError("Neither a procedure nor a matter is named.", remedy="Name a procedure or a matter.")
        game = self.game(procedure, as_of, readings, window, state=state or unit, sizes=sizes)
        spoken = None
        if matter and game.doctrine is not None and game.as_of is not None:
            known = day_of(known_as_of, "known_as_of")
            spoken = spoken_of(self.place, game, matter, game.doctrine, game.as_of, known)
        held = None if scenario is None else believed(scenario)
        asked = ask or Ask()
        return plan_of(game, replace_goal(asked, goal), held, spoken)


def replace_goal(ask: Ask, goal: str) -> Ask:
    """The same ask with another goal."""
    from msgspec.structs import replace as changed

    return changed(ask, goal=goal)


def believed(given: Believed) -> Scenario:
    """A scenario from a probability, a mapping or a file."""
    from assent.inquiries.counting.scenario import Scenario, read_scenario

    if given is None:
        return Scenario()
    if isinstance(given, Scenario):
        return given
    if isinstance(given, str | Path):
        return read_scenario((), given)
    return read_scenario(given)


def texts(readings: Readings) -> list[str]:
    """Readings as ``question=reading`` texts."""
    if readings is None:
        return []
    if isinstance(readings, str):
        return [readings]
    items = getattr(readings, "items", None)
    return [f"{name}={reading}" for name, reading in items()] if items else [str(said) for said in readings]


def day_of(given: Day, where: str) -> date:
    """A day; today if none is given."""
    if given is None:
        return date.today()
    return given if isinstance(given, date) else read_date(given, where=where)
