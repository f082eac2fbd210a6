"""One question to one peer: ``python peers.py PEER`` answers the instance on stdin and says how long it took.

Runs in a process of its own, so that a peer that stops stops alone. Imports the peer before the clock starts. Prints
one JSON object: ``first`` and ``best`` seconds of several runs, and ``values`` (power, normalised), ``value`` (a
probability), ``count`` (an integer, as text) or ``gradients``; of scenarios, ``values`` are probabilities.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ite = Callable[[Any, Any, Any], Any]

Answer = dict[str, Any]
Asked = dict[str, Any]
RUNS, ENOUGH = 7, 2.0  # runs, and seconds of them
QUICK = 0.2  # seconds that may be filled with more runs of what takes no time
MOST_RUNS = 200
LONG = 4.0  # seconds of one run after which no other is made


class Cannot(Exception):
    """A peer has nothing for a question."""


POWER = {"banzhaf", "shapley-shubik"}
ASKS = {
    "powerindex": POWER,
    "powerindices": POWER,
    "tucoopy": POWER,
    "shapiq": POWER,
    "dd": {"count", "banzhaf"},
    "pysdd": {"count", "banzhaf", "chance", "gradients"},
    "relibmss": {"chance", "gradients", "banzhaf"},
    "fast-poibin": {"chance", "scenarios"},
    "fast-poibin (dp)": {"chance", "scenarios"},
    "problog": {"chance"},
}


def refused(name: str, asked: Asked) -> str:
    """Why a peer is not asked at all; empty if it is."""
    if name == "assent":
        return ""
    if asked["ask"] not in ASKS[name]:
        return "has no such question"
    if "named" in asked["said"]:
        return "takes a list, not names"
    return ""


def shares(values: list[float]) -> Answer:
    """Power as shares of one."""
    total = float(sum(values))
    return {"values": [float(value) / total for value in values]}


def one_vote(asked: Asked) -> tuple[int, list[int]]:
    """A single weighted vote, if that is what is asked about."""
    if asked["form"] == "crowd" and "probabilities" not in asked["said"]:
        return asked["said"]["need"], [1] * asked["said"]["members"]
    criteria = asked["said"].get("criteria", ())
    if len(criteria) != 1:
        raise Cannot("takes one list of weights")
    return criteria[0]["need"], list(criteria[0]["weights"])


# ── power of weighted votes ─────────────────────────────────────────────────────────────────────────────────────────


def powerindex(asked: Asked) -> Answer:
    """Generating functions in Python integers."""
    game_of = import_module("powerindex").Game
    need, weights = one_vote(asked)
    game = game_of(need, weights)
    if asked["ask"] == "banzhaf":
        game.calc_banzhaf()
        return shares(game.banzhaf)
    game.calc_shapley_shubik()
    return shares(game.shapley_shubik)


def powerindices(asked: Asked) -> Answer:
    """Generating functions in NumPy integers; takes a least number of members besides."""
    module = import_module("powerindices")
    ask = {"banzhaf": module.compute_pbi, "shapley-shubik": module.compute_ssi}[asked["ask"]]
    if "block" in asked["said"]:
        raise Cannot("has no blocking minority")
    criteria = asked["said"].get("criteria", ())
    if len(criteria) == 2 and set(criteria[1]["weights"]) == {1}:
        least = criteria[1]["need"]
        return shares(ask(criteria[0]["need"], list(criteria[0]["weights"]), minimalWinningCoalitionSize=least))
    return shares(ask(*one_vote(asked)))


def tucoopy(asked: Asked) -> Answer:
    """Dynamic programming in Python integers."""
    power = import_module("tucoopy.power")
    need, weights = one_vote(asked)
    ask = {
        "banzhaf": power.banzhaf_index_weighted_voting,
        "shapley-shubik": power.shapley_shubik_index_weighted_voting,
    }[asked["ask"]]
    return shares(ask(weights, need))


def shapiq(asked: Asked) -> Answer:
    """Every coalition, evaluated by a function of ours on rows of 0 and 1."""
    import numpy as np

    computer = import_module("shapiq").ExactComputer
    if asked["form"] == "tree":
        raise Cannot("would need a function of all coalitions")
    said = asked["said"]
    criteria = said.get("criteria") or [{"need": said["need"], "weights": [1] * said["members"]}]
    lists = [(np.array(one["weights"], dtype=float), one["need"]) for one in criteria]
    n = len(criteria[0]["weights"])

    def wins(rows: Any) -> Any:
        met = np.logical_and.reduce([rows @ weights >= need for weights, need in lists])
        return (met | (rows.sum(axis=1) > n - said["block"]) if "block" in said else met).astype(float)

    kind = "SV" if asked["ask"] == "shapley-shubik" else "BV"
    found = computer(wins, n, evaluate_game=True)(kind, order=1)
    return shares([float(found[(place,)]) for place in range(n)])


# ── decision diagrams ───────────────────────────────────────────────────────────────────────────────────────────────


def diagram(asked: Asked, variables: list[Any], true: Any, false: Any, ite: Ite) -> Any:
    """The diagram of an instance; each threshold from the last member to the first, by what it still needs."""

    def met(need: int, weights: list[int], inputs: list[Any]) -> Any:
        return threshold(need, weights, inputs, (true, false, ite))

    fresh: Iterator[Any] = iter(variables)

    def tree(node: Asked) -> Any:
        inputs = [next(fresh) for _ in range(node["members"])] if "members" in node else [tree(c) for c in node["of"]]
        return met(node["need"], [1] * len(inputs), inputs)

    said = asked["said"]
    if asked["form"] != "votes":
        return tree(said.get("tree", said))
    order = sorted(range(len(variables)), key=lambda place: -said["criteria"][0]["weights"][place])
    inputs = [variables[place] for place in order]
    root = true
    for one in said["criteria"]:
        root = ite(root, met(one["need"], [one["weights"][place] for place in order], inputs), false)
    if "block" in said:
        root = ite(root, true, met(len(inputs) - said["block"] + 1, [1] * len(inputs), inputs))
    return root


def threshold(need: int, weights: list[int], inputs: list[Any], terms: tuple[Any, Any, Ite]) -> Any:
    """A weighted vote as a diagram, layer by layer, one node for each weight that can still be wanting."""
    true, false, ite = terms
    left = [0] * (len(weights) + 1)
    for place in reversed(range(len(weights))):
        left[place] = left[place + 1] + weights[place]
    layers: list[set[int]] = [{need}]
    for place, weight in enumerate(weights):
        layers.append({rest for here in layers[place] if 0 < here <= left[place] for rest in (here, here - weight)})
    below: dict[int, Any] = {}
    for place in reversed(range(len(weights) + 1)):
        above: dict[int, Any] = {}
        for here in layers[place]:
            if here <= 0:
                above[here] = true
            elif here > left[place]:
                above[here] = false
            else:
                above[here] = ite(inputs[place], below[here - weights[place]], below[here])
        below = above
    return below[need]


def members_of(asked: Asked) -> int:
    """How many variables an instance has."""

    def count(node: dict[str, Any]) -> int:
        return int(node["members"]) if "members" in node else sum(count(child) for child in node["of"])

    said = asked["said"]
    if asked["form"] == "tree":
        return count(said["tree"])
    return int(said["members"]) if asked["form"] == "crowd" else len(said["criteria"][0]["weights"])


def probabilities(asked: Asked, n: int) -> list[float]:
    """Each member's probability."""
    return list(asked["said"].get("probabilities") or [asked["said"].get("probability", 0.5)] * n)


def dd(asked: Asked) -> Answer:
    """CUDD: the diagram, then a count; Banzhaf from the counts of the cofactors."""
    cudd = import_module("dd.cudd")
    n = members_of(asked)
    bdd = cudd.BDD()
    bdd.configure(reordering=False)
    names = [f"v{place}" for place in range(n)]
    # the order of the diagram is the order of declaration: largest weight first
    weights = (asked["said"].get("criteria") or [{"weights": [0] * n}])[0]["weights"]
    bdd.declare(*sorted(names, key=lambda name: -weights[int(name[1:])]))
    root = diagram(asked, [bdd.var(name) for name in names], bdd.true, bdd.false, bdd.ite)
    if asked["ask"] == "count":
        return {"count": str(int(bdd.count(root, nvars=n)))}
    return shares(
        [bdd.count(bdd.let({name: True}, root), nvars=n - 1) * 2 - bdd.count(root, nvars=n) for name in names]
    )


def pysdd(asked: Asked) -> Answer:
    """Sentential decision diagrams: the diagram, weighted model counting and its derivatives."""
    sdd = import_module("pysdd.sdd")
    n = members_of(asked)
    order = sorted(range(n), key=lambda place: -asked["said"]["criteria"][0]["weights"][place]) if (
        asked["form"] == "votes"
    ) else list(range(n))  # fmt: skip
    tree = sdd.Vtree(n, [place + 1 for place in order], "right")
    manager = sdd.SddManager.from_vtree(tree)

    def ite(test: Any, then: Any, other: Any) -> Any:
        return (test & then) | (~test & other)

    root = diagram(asked, [manager.literal(place + 1) for place in range(n)], manager.true(), manager.false(), ite)
    counter = root.wmc(log_mode=False)
    ask = asked["ask"]
    if ask == "count":
        return {"count": str(round(counter.propagate()))}
    for place, p in enumerate(probabilities(asked, n)):
        counter.set_literal_weight(manager.literal(place + 1), p)
        counter.set_literal_weight(manager.literal(-place - 1), 1 - p)
    value = counter.propagate()
    if ask == "chance":
        return {"value": value}
    gradients = [
        counter.literal_derivative(manager.literal(place + 1)) - counter.literal_derivative(manager.literal(-place - 1))
        for place in range(n)
    ]
    return shares(gradients) if ask == "banzhaf" else {"value": value, "gradients": gradients}


def relibmss(asked: Asked) -> Answer:
    """Its own diagrams with a built-in k of n: probability and Birnbaum importance."""
    module = import_module("relibmss")
    said, n = asked["said"], members_of(asked)
    if asked["form"] == "votes":
        raise Cannot("has k of n without weights only")
    bdd = module.BDD()
    names = [f"v{place}" for place in range(n)]
    fresh = iter([bdd.defvar(name) for name in names])

    def tree(node: dict[str, Any]) -> Any:
        inputs = [next(fresh) for _ in range(node["members"])] if "members" in node else [tree(c) for c in node["of"]]
        return bdd.kofn(node["need"], inputs)

    root = tree(said["tree"] if asked["form"] == "tree" else said)
    chances = dict(zip(names, probabilities(asked, n), strict=True))
    value = root.prob(chances)
    if asked["ask"] == "chance":
        return {"value": value}
    importance = root.bmeas(chances)
    gradients = [importance[name] for name in names]
    return shares(gradients) if asked["ask"] == "banzhaf" else {"value": value, "gradients": gradients}


# ── probabilities ───────────────────────────────────────────────────────────────────────────────────────────────────


def poibin(asked: Asked, mode: str = "mixed") -> Callable[[], Answer]:
    """The distribution of one vote; a compound is put together by hand, a call per body. No gradients.

    ``mixed`` is what it does unless told otherwise (Fourier transforms); ``dp`` is its recursion. It is given arrays,
    which are made before the clock starts.
    """
    of, full = import_module("fast_poibin").PoiBin, import_module("numpy").full
    said = asked["said"]
    root = said["tree"] if asked["form"] == "tree" else said
    chances = import_module("numpy").array(said["probabilities"]) if "probabilities" in said else None

    def tree(node: Asked, p: float) -> float:
        if "members" in node:
            below = full(node["members"], p) if chances is None else chances
        else:
            below = [tree(child, p) for child in node["of"]]
        return min(
            1.0, float(of(below, mode=mode).pmf[node["need"] :].sum())
        )  # it refuses what rounding puts above one

    if asked["ask"] == "scenarios":
        return lambda: {"values": [tree(root, p) for p in said["scenarios"]]}
    return lambda: {"value": tree(root, said.get("probability", 0.5))}


def problog(asked: Asked) -> Answer:
    """A program that counts the votes one by one, compiled and evaluated. No gradients."""
    program = import_module("problog.program")
    compiled = import_module("problog").get_evaluatable()
    if asked["form"] == "tree":
        raise Cannot("takes one program per body")
    said, n = asked["said"], members_of(asked)
    lines = [f"{p}::v({place})." for place, p in enumerate(probabilities(asked, n), 1)]
    lines += [
        "s(0,0).",
        "s(I,K) :- I > 0, K > 0, J is I-1, L is K-1, v(I), s(J,L).",
        "s(I,K) :- I > 0, K < I, J is I-1, \\+v(I), s(J,K).",
        f"win :- between({said['need']},{n},K), s({n},K).",
        "query(win).",
    ]
    sys.setrecursionlimit(100_000)
    found = compiled.create_from(program.PrologString("\n".join(lines))).evaluate()
    return {"value": float(next(iter(found.values())))}


def assent(asked: Asked) -> Callable[[], Callable[[], Answer]]:
    """The folds of this project; the circuit is made anew for each run, before the clock starts."""
    return import_module("ours").question(asked)


PREPARED = {"assent", "fast-poibin", "fast-poibin (dp)"}  # the question is put in form before the clock starts
PEERS: dict[str, tuple[str, Callable[[Asked], Any]]] = {
    "assent": ("ours", assent),
    "powerindex": ("powerindex", powerindex),
    "powerindices": ("powerindices", powerindices),
    "tucoopy": ("tucoopy.power", tucoopy),
    "fast-poibin": ("fast_poibin", poibin),
    "fast-poibin (dp)": ("fast_poibin", partial(poibin, mode="dp")),
    "pysdd": ("pysdd.sdd", pysdd),
    "dd": ("dd.cudd", dd),
    "relibmss": ("relibmss", relibmss),
    "problog": ("problog.program", problog),
    "shapiq": ("shapiq", shapiq),
}


def more(runs: list[float], *, patient: bool) -> bool:
    """Whether to run once more: until enough time has been spent, and twice unless it takes long.

    With ``patient`` twice in any case: the first run may have compiled what is not compiled again.
    """
    spent = sum(runs)
    return (
        (len(runs) < 2 and (spent < LONG or patient))
        or (spent < ENOUGH and len(runs) < RUNS)
        or (spent < QUICK and len(runs) < MOST_RUNS)
    )  # fmt: skip


def main(name: str, memory: int) -> None:
    """Answer one question and print what came of it."""
    asked = json.load(sys.stdin)
    module, ask = PEERS[name]
    if refused(name, asked):
        print(json.dumps({"cannot": refused(name, asked)}))
        return
    import_module(module)
    if name == "problog":
        import_module("problog").get_evaluatable()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    print("ready", flush=True)
    runs: list[float] = []
    found: Any = None
    try:
        while more(runs, patient=name == "assent"):
            prepared = ask(asked) if name in PREPARED else partial(ask, asked)
            begin = time.perf_counter()
            found = prepared()
            runs.append(time.perf_counter() - begin)
        answer = found() if callable(found) else found
    except Cannot as no:
        print(json.dumps({"cannot": str(no)}))
        return
    except MemoryError as error:
        print(json.dumps({"stopped": f"out of memory ({str(error)[:80]})" if str(error) else "out of memory"}))
        return
    except Exception as error:  # noqa: BLE001 - whatever a peer stops with is the finding
        print(json.dumps({"stopped": f"{type(error).__name__}: {error}"[:160]}))
        return
    print(json.dumps({"first": runs[0], "best": min(runs), **answer}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4 << 30)
