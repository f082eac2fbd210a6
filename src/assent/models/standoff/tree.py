"""Tree: who moves when, what chance decides, and what each end is worth to both sides.

The moves do not depend on the numbers, so the tree of a menu is built once; the numbers fill its ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assent.models.standoff.parameters import Number, Parameters

FEDERAL, STATE, CHANCE = "federal", "state", "chance"
RESPONSES = ("tolerate", "negotiate", "litigate", "sanction", "force")
OFFERS = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))

Pair = tuple["Number", "Number"]  # what something is worth to the federal side, and to the state


class Menu(NamedTuple):
    """What the federal side can do: its responses, in the order in which ties are broken, and the shares it offers."""

    responses: tuple[str, ...] = RESPONSES
    offers: tuple[Fraction, ...] = OFFERS


@dataclass(frozen=True, slots=True)
class End:
    """How it ends: the kind, the costs of court and sanctions already sunk, and the share conceded."""

    kind: str
    court: bool = False
    sanction: bool = False
    offer: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree.

    Attributes
    ----------
    id
        The moves that lead to it, joined by slashes; empty at the start.
    player
        ``federal``, ``state`` or ``chance``; empty at an end.
    moves
        The names of what can follow, with the places of the nodes in ``below``.
    lottery
        At a chance node: ``lawful``, ``ruling`` or ``force``.
    """

    id: str
    player: str
    moves: tuple[str, ...] = ()
    below: tuple[int, ...] = ()
    end: End | None = None
    lottery: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes, each before those below it."""

    menu: Menu
    nodes: tuple[Node, ...]

    def place(self, name: str) -> int:
        """The place of a node by its id."""
        return next(at for at, node in enumerate(self.nodes) if node.id == name)


class _Builder:
    """Adds nodes depth first, so that each stands before those below it."""

    def __init__(self, menu: Menu) -> None:
        self.menu = menu
        self.nodes: list[Node | None] = []

    def end(self, name: str, end: End) -> int:
        self.nodes.append(Node(name, "", end=end))
        return len(self.nodes) - 1

    def force(self, name: str, *, court: bool = False, sanction: bool = False) -> int:
        return self._node(name, CHANCE, {
            "prevails": lambda at: self.end(at, End("crushed", court, sanction)),
            "fails": lambda at: self.end(at, End("won", court, sanction)),
        }, "force")  # fmt: skip

    def rung(self, name: str, *, court: bool = False, sanction: bool = False, ruled: bool = False) -> int:
        """The federal side's last rung: yield or force, and sanctions after a ruling."""
        moves = {"yield": lambda at: self.end(at, End("yielded", court, sanction))}
        if ruled and "sanction" in self.menu.responses:
            moves["sanction"] = lambda at: self.sanctioned(at, court=court)
        if "force" in self.menu.responses:
            moves["force"] = lambda at: self.force(at, court=court, sanction=sanction)
        return self._node(name, FEDERAL, moves)

    def sanctioned(self, name: str, *, court: bool = False) -> int:
        return self._node(name, STATE, {
            "comply": lambda at: self.end(at, End("sanctioned", court)),
            "persist": lambda at: self.rung(at, court=court, sanction=True),
        })  # fmt: skip

    def offered(self, name: str, offer: Fraction) -> int:
        return self._node(name, STATE, {
            "accept": lambda at: self.end(at, End("settled", offer=offer)),
            "reject": self.rung,
        })  # fmt: skip

    def negotiated(self, name: str) -> int:
        return self._node(name, FEDERAL, {
            f"{float(100 * offer):g}%": lambda at, offer=offer: self.offered(at, offer) for offer in self.menu.offers
        })  # fmt: skip

    def litigated(self, name: str) -> int:
        return self._node(name, CHANCE, {
            "for-state": lambda at: self.end(at, End("ruled")),
            "for-federal": lambda at: self._node(at, STATE, {
                "comply": lambda at: self.end(at, End("obeyed")),
                "persist": lambda at: self.rung(at, court=True, ruled=True),
            }),
        }, "ruling")  # fmt: skip

    def defied(self, name: str) -> int:
        built = {
            "tolerate": lambda at: self.end(at, End("tolerated")),
            "negotiate": self.negotiated,
            "litigate": self.litigated,
            "sanction": self.sanctioned,
            "force": self.force,
        }
        return self._node(name, FEDERAL, {response: built[response] for response in self.menu.responses})

    def start(self) -> int:
        return self._node("", STATE, {
            "stay": lambda at: self.end(at, End("stay")),
            "petition": lambda at: self._node(at, CHANCE, {
                "completes": lambda at: self.end(at, End("lawful")),
                "fails": lambda at: self.end(at, End("unlawful")),
            }, "lawful"),
            "defy": self.defied,
        })  # fmt: skip

    def _node(self, name: str, player: str, moves: dict, lottery: str = "") -> int:  # type: ignore[type-arg]
        place = len(self.nodes)
        self.nodes.append(None)
        below = tuple(build(f"{name}/{move}" if name else move) for move, build in moves.items())
        self.nodes[place] = Node(name, player, tuple(moves), below, None, lottery)
        return place


@lru_cache(maxsize=64)
def tree_of(menu: Menu = Menu()) -> Tree:  # noqa: B008 - a menu is a tuple
    """The tree of a menu.

    Raises
    ------
    ValueError
        The menu names no response, or one that there is not, or an offer outside 0 to 1.

    Examples
    --------
    >>> tree = tree_of()
    >>> sum(node.player in {"federal", "state"} for node in tree.nodes), sum(n.end is not None for n in tree.nodes)
    (17, 35)
    """
    if not menu.responses or set(menu.responses) - set(RESPONSES) or len(set(menu.responses)) < len(menu.responses):
        raise ValueError(f"the menu needs responses out of {', '.join(RESPONSES)}, each once")
    if "negotiate" in menu.responses and (not menu.offers or not all(0 < offer < 1 for offer in menu.offers)):
        raise ValueError("an offer is a share between 0 and 1")
    builder = _Builder(menu)
    builder.start()
    return Tree(menu, tuple(node for node in builder.nodes if node is not None))


def chances(parameters: Parameters) -> dict[str, Pair]:
    """Lottery → the chances of its first and its second outcome."""
    p, q, j = parameters.victory, parameters.lawful_chance, parameters.ruling
    return {"force": (p, 1 - p), "lawful": (q, 1 - q), "ruling": (1 - j, j)}


def payoffs(tree: Tree, parameters: Parameters) -> list[Pair | None]:
    """What each end is worth to the federal side and to the state; ``None`` at nodes that are no ends."""
    worth = _Worth(parameters)
    return [worth.of(node.end) if node.end else None for node in tree.nodes]


class _Worth:
    """The payoffs of one set of numbers, with what several ends share worked out once."""

    def __init__(self, parameters: Parameters) -> None:
        p = self.parameters = parameters
        s, precedent = p.stake, p.precedent_cost * p.stake
        zero = s - s
        self.exact = isinstance(s, int | Fraction)
        self.a, self.c = p.possession, p.consented
        self.lost = -s - precedent
        self.yielded = self.lost - p.federal_audience_cost * s
        self.backed = -p.state_audience_cost * s
        half = -p.state_sanction_cost / 2 + self.backed
        lawful = -s - p.precedent_on_lawful_exit * precedent
        self.precedent = precedent
        self.sunk: dict[tuple[bool, bool], Pair] = {
            (False, False): (zero, zero),
            (True, False): (p.federal_court_cost, p.state_court_cost),
            (False, True): (p.federal_sanction_cost, p.state_sanction_cost),
            (True, True): (
                p.federal_court_cost + p.federal_sanction_cost,
                p.state_court_cost + p.state_sanction_cost,
            ),
        }
        self.plain: dict[str, Pair] = {
            "stay": (zero, zero),
            "lawful": (lawful + p.settlement, self.c - p.settlement - p.campaign_cost),
            "unlawful": (zero, zero - p.campaign_cost),
            "tolerated": (self.lost, self.a),
            "ruled": (lawful - p.federal_court_cost, self.c - p.state_court_cost),
            "obeyed": (zero - p.federal_court_cost, self.backed - p.state_court_cost),
            "yielded": (self.yielded, self.a),
            "sanctioned": (zero - p.federal_sanction_cost, half),
            "crushed": (zero - p.federal_force_cost, zero - p.state_force_cost),
            "won": (self.lost - p.federal_force_cost, self.a - p.state_force_cost),
        }

    def of(self, end: End) -> Pair:
        """What an end is worth."""
        if end.kind == "settled":
            offer = end.offer if self.exact else float(end.offer)
            conceded = offer * self.parameters.stake
            share = 1 if self.parameters.lump_sum else offer
            cost = self.parameters.precedent_on_concession * self.precedent * share
            return -conceded - cost, conceded
        federal, state = self.plain[end.kind]
        if not (end.court or end.sanction):
            return federal, state
        spent, borne = self.sunk[end.court, end.sanction]
        return federal - spent, state - borne


def group(nodes: Sequence[Node], place: int) -> str:
    """The end of a node as an outcome: both ends of a use of force are one.

    Examples
    --------
    >>> nodes = tree_of().nodes
    >>> group(nodes, tree_of().place("defy/force/fails")), group(nodes, tree_of().place("stay"))
    ('defy/force', 'stay')
    """
    node = nodes[place]
    return node.id.rpartition("/")[0] if node.end and node.end.kind in {"crushed", "won"} else node.id
