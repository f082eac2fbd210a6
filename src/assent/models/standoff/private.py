"""Private types: what force costs a side is known to itself alone, and the other has a prior over it.

The game is laid out as matrices over *agents* (a type of a side at a node), so that the value of every move of every
agent, and how it changes with every probability, comes out of a few products.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assent.models.standoff.tree import CHANCE, FEDERAL, STATE, chances, payoffs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assent.models.standoff.parameters import Number, Parameters
    from assent.models.standoff.tree import Pair, Tree

    Floats = NDArray[np.float64]

SUM = 1e-12  # how far from one the priors of a side may add up


class Type(NamedTuple):
    """A type of a side: its name, how likely it is, and what force costs it."""

    name: str
    prior: Number
    force_cost: Number


@dataclass(frozen=True, slots=True)
class Agent:
    """A type of a side at a node; its moves are the ``moves`` from place ``first`` on among all."""

    node: int
    player: str
    kind: int
    first: int
    moves: int


class _Play(NamedTuple):
    """An agent come to with a type of the other side: the logarithm of their prior, and the moves that lead there."""

    agent: int
    weight: float
    passed: tuple[int, ...]
    other: int


class _Way(NamedTuple):
    """A move in a play, and an end below it: the chances and moves between them, and what the end is worth."""

    move: int
    play: int
    chance: float
    after: tuple[int, ...]
    worth: float


class _Types(NamedTuple):
    """A type of each side, the logarithm of their prior, and what each end is worth to them."""

    federal: int
    state: int
    prior: float
    worth: list[Pair | None]


class _Step(NamedTuple):
    """A step on the way to an end: a move with the play in which it is made, or a chance (then ``move`` is -1)."""

    move: int
    play: int
    chance: float


class _Walk:
    """Goes through the tree with each pair of types, and notes the plays and the ways.

    The chances before a play are the same for all plays of its agent, so they do not bear on what the agent believes.
    """

    def __init__(self, tree: Tree, odds: dict[str, Pair], agents: dict[tuple[int, int], Agent]) -> None:
        self.tree, self.odds, self.agents = tree, odds, agents
        self.plays: list[_Play] = []
        self.made: list[Agent] = []  # the agent of each play
        self.ways: list[_Way] = []

    def along(self, at: int, steps: list[_Step], pair: _Types) -> None:
        """Go on from a node."""
        node, end = self.tree.nodes[at], pair.worth[at]
        if end is not None:
            self._ended(steps, end)
        elif node.player == CHANCE:
            for below, p in zip(node.below, self.odds[node.lottery], strict=True):
                self.along(below, [*steps, _Step(-1, -1, float(p))], pair)
        else:
            own, other = (pair.federal, pair.state) if node.player == FEDERAL else (pair.state, pair.federal)
            agent, play = self.agents[at, own], len(self.plays)
            self.plays.append(_Play(-1, pair.prior, tuple(step.move for step in steps if step.move >= 0), other))
            self.made.append(agent)
            for move, below in enumerate(node.below):
                self.along(below, [*steps, _Step(agent.first + move, play, 1.0)], pair)

    def _ended(self, steps: list[_Step], end: Pair) -> None:
        for place, step in enumerate(steps):
            if step.move >= 0:
                later = steps[place + 1 :]
                mine = 0 if self.made[step.play].player == FEDERAL else 1
                after = tuple(one.move for one in later if one.move >= 0)
                self.ways.append(_Way(step.move, step.play, prod(one.chance for one in later), after, float(end[mine])))


class Private:
    """A standoff with private types, laid out over agents.

    Parameters
    ----------
    tree
        The moves.
    parameters
        The numbers both sides know; the costs of force in them are replaced by those of the types.
    federal, state
        The types of each side; their priors add up to one. A type of prior zero is left out.

    Raises
    ------
    ValueError
        The priors of a side are no probabilities, or do not add up to one.
    """

    def __init__(self, tree: Tree, parameters: Parameters, federal: tuple[Type, ...], state: tuple[Type, ...]) -> None:
        for side in (federal, state):
            if any(not 0 <= kind.prior <= 1 for kind in side) or abs(float(sum(k.prior for k in side)) - 1) > SUM:
                raise ValueError("the priors of a side's types are probabilities that add up to one")
        self.tree, self.parameters = tree, parameters
        self.types = {
            FEDERAL: tuple(kind for kind in federal if kind.prior > 0),
            STATE: tuple(kind for kind in state if kind.prior > 0),
        }
        self.agents = tuple(self._agents())
        self.size = sum(agent.moves for agent in self.agents)
        self.agent_of = np.repeat(np.arange(len(self.agents)), [agent.moves for agent in self.agents])
        self.first = np.array([agent.first for agent in self.agents], dtype=np.intp)
        self._lay(*self._walked())

    def _agents(self) -> Iterator[Agent]:
        first = 0
        for at, node in enumerate(self.tree.nodes):
            for kind in range(len(self.types.get(node.player, ()))):
                yield Agent(at, node.player, kind, first, len(node.moves))
                first += len(node.moves)

    def _walked(self) -> tuple[list[_Play], list[_Way]]:
        """Every play and every way, over all pairs of types."""
        plain = self.parameters.floats()
        walk = _Walk(self.tree, chances(plain), {(agent.node, agent.kind): agent for agent in self.agents})
        for f, federal in enumerate(self.types[FEDERAL]):
            for s, state in enumerate(self.types[STATE]):
                costs = {"federal_force_cost": float(federal.force_cost), "state_force_cost": float(state.force_cost)}
                worth = payoffs(self.tree, plain.having(**costs))
                walk.along(0, [], _Types(f, s, log(federal.prior) + log(state.prior), worth))
        places = {agent: at for at, agent in enumerate(self.agents)}
        return [play._replace(agent=places[walk.made[at]]) for at, play in enumerate(walk.plays)], walk.ways

    def _lay(self, plays: list[_Play], ways: list[_Way]) -> None:
        """Plays sorted by agent and ways sorted by move, as arrays."""
        order = sorted(range(len(plays)), key=lambda at: (plays[at].agent, plays[at].other))
        new = {old: at for at, old in enumerate(order)}
        plays = [plays[at] for at in order]
        ways = sorted((way._replace(play=new[way.play]) for way in ways), key=lambda way: way.move)
        self.play_agent = np.array([play.agent for play in plays])
        self.play_first = np.searchsorted(self.play_agent, np.arange(len(self.agents)))
        self.play_weight = np.array([play.weight for play in plays])
        self.before = _incidence([play.passed for play in plays], self.size)
        self.way_first = np.searchsorted([way.move for way in ways], np.arange(self.size))
        self.way_play = np.array([way.play for way in ways])
        self.worth = np.array([way.chance * way.worth for way in ways])
        self.after = _incidence([way.after for way in ways], self.size)
        self.moved = self.after + self.before[self.way_play]

    def shares(self, logs: Floats) -> Floats:
        """For each play its probability, given that its agent is come to: what the agent believes."""
        reach = self.play_weight + self.before @ logs
        share = np.exp(reach - np.maximum.reduceat(reach, self.play_first)[self.play_agent])
        return np.asarray(share / np.add.reduceat(share, self.play_first)[self.play_agent])

    def values(self, logs: Floats) -> tuple[Floats, Floats]:
        """What each move is worth to its agent, given that it is come to, and its slope by each log-probability.

        Parameters
        ----------
        logs
            The logarithm of the probability of each move.
        """
        share = self.shares(logs)
        weighed = share[self.way_play] * np.exp(self.after @ logs) * self.worth
        worth = np.add.reduceat(weighed, self.way_first)
        usual = np.add.reduceat(share[:, None] * self.before, self.play_first)[self.agent_of]
        slope = np.add.reduceat(weighed[:, None] * self.moved, self.way_first) - worth[:, None] * usual
        return worth, slope

    def odds(self, logs: Floats) -> dict[tuple[int, int], tuple[float, ...]]:
        """(node, type) → the probability of each move."""
        odds = np.minimum(np.exp(logs), 1.0)
        return {
            (agent.node, agent.kind): tuple(float(p) for p in odds[agent.first : agent.first + agent.moves])
            for agent in self.agents
        }

    def beliefs(self, logs: Floats) -> dict[tuple[int, int], tuple[float, ...]]:
        """(node, type) → what the side that moves there believes of the types of the other."""
        share = self.shares(logs)
        ends = [*self.play_first[1:], len(share)]
        return {
            (agent.node, agent.kind): tuple(float(p) for p in share[first:end])
            for agent, first, end in zip(self.agents, self.play_first, ends, strict=True)
        }

    def used(self, logs: Floats, name: str) -> float:
        """The probability that a move of that name is made once the state has defied, over the types of both sides."""
        odds, lots = self.odds(logs), chances(self.parameters.floats())
        start = self.tree.place("defy")
        believed = self.beliefs(logs)
        return sum(
            float(kind.prior) * p * self._pass(odds, lots, start, name, (at, other))
            for at, kind in enumerate(self.types[FEDERAL])
            for other, p in enumerate(believed[start, at])
        )

    def _pass(
        self,
        odds: dict[tuple[int, int], tuple[float, ...]],
        lots: dict[str, Pair],
        at: int,
        name: str,
        pair: tuple[int, int],
    ) -> float:
        node = self.tree.nodes[at]
        if not node.below:
            return 0.0
        kind = pair[0] if node.player == FEDERAL else pair[1]
        share = lots[node.lottery] if node.player == CHANCE else odds[at, kind]
        return sum(
            float(p) * (1.0 if move == name else self._pass(odds, lots, below, name, pair))
            for move, below, p in zip(node.moves, node.below, share, strict=True)
        )


def _incidence(paths: list[tuple[int, ...]], size: int) -> Floats:
    found = np.zeros((len(paths), size))
    for row, passed in enumerate(paths):
        found[row, list(passed)] = 1.0
    return found
