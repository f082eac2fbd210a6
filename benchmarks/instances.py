"""The instances of the counting benchmark, in a form that any peer can be given: plain lists and numbers.

Three forms. ``votes``: every list of weights must reach its need; ``block`` is the least number of members that can
block (fewer than that against is enough to pass). ``crowd``: so many of alike members. ``tree``: a need over members or
over further trees. ``probabilities`` makes a crowd unequal: each member says yes with its own probability. ``again``
asks about one object again, from the second run on; else every run has an object of its own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FACTS = HERE.parent / "src" / "assent" / "library" / "us" / "facts"
SCENARIOS = 1_000
BASIC_VOTES = 1459  # of each member of the Fund, see data/README.md


@dataclass(frozen=True)
class Instance:
    """A question to every peer.

    Attributes
    ----------
    name, title
        What it is called in options and in the table.
    form
        ``votes``, ``crowd`` or ``tree``.
    ask
        ``banzhaf``, ``shapley-shubik``, ``count``, ``chance`` (the probability alone), ``gradients`` (with those of
        every member) or ``scenarios`` (the probability alone, in many scenarios).
    said
        The numbers, as the form has them.
    """

    name: str
    title: str
    form: str
    ask: str
    said: dict[str, Any] = field(repr=False)

    @property
    def family(self) -> str:
        """What it is about, whatever is asked: a peer that stops at one is not asked for more at the others."""
        return self.name.partition("-")[0]

    @property
    def size(self) -> int:
        """How many members there are."""
        if self.form == "votes":
            return len(self.said["criteria"][0]["weights"])
        return size_of(self.said["tree"]) if self.form == "tree" else int(self.said["members"])

    def shrunk(self, size: int) -> Instance:
        """The same question with about so many members, evenly taken by weight."""
        said = self.said
        if self.form == "votes":
            weights = said["criteria"][0]["weights"]
            order = sorted(range(self.size), key=lambda place: -weights[place])
            places = sorted(order[int((i + 0.5) * self.size / size)] for i in range(size))  # the middle of each band
            criteria = []
            for one in said["criteria"]:
                weights = [one["weights"][place] for place in places]
                criteria.append({"need": ceil(one["need"] * sum(weights) / sum(one["weights"])), "weights": weights})
            return replace(self, said={**said, "criteria": criteria})
        if self.form == "crowd":
            smaller = {**said, "members": size, "need": ceil(said["need"] * size / said["members"])}
            if "probabilities" in said:
                step = said["members"] / size
                smaller["probabilities"] = [said["probabilities"][int(i * step)] for i in range(size)]
            return replace(self, said=smaller)
        share = size / self.size
        return replace(self, said={**said, "tree": _shrunk(said["tree"], share)})


def size_of(tree: dict[str, Any]) -> int:
    """How many members a tree has."""
    return int(tree["members"]) if "members" in tree else sum(size_of(child) for child in tree["of"])


def _shrunk(tree: dict[str, Any], share: float) -> dict[str, Any]:
    if "members" not in tree:
        return {**tree, "of": [_shrunk(child, share) for child in tree["of"]]}
    members = max(1, round(tree["members"] * share))
    return {"need": max(1, ceil(tree["need"] * members / tree["members"])), "members": members}


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _check(found: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if found != wanted:
        raise SystemExit(f"The data of the benchmark are not what they were: {found} where {wanted} is expected.")


def college() -> dict[str, Any]:
    """The Electoral College of 2024 and 2028: 50 states and the District of Columbia, 538 votes."""
    votes = [int(row["electors_2024_2028"]) for row in rows(FACTS / "states.csv")] + [3]
    _check((len(votes), sum(votes)), (51, 538))
    return {"criteria": [{"need": 270, "weights": votes}]}


def council(*, block: bool) -> dict[str, Any]:
    """The Council of the European Union: 15 of 27 members with 65 percent of the people; four members to block."""
    people = [int(row["population"]) for row in rows(HERE / "data" / "eu_population.csv")]
    total = sum(people)
    criteria = [
        {"need": -(-65 * total // 100), "weights": people},
        {"need": 15, "weights": [1] * len(people)},
    ]
    return {"criteria": criteria, "block": 4} if block else {"criteria": criteria}


def fund() -> dict[str, Any]:
    """The International Monetary Fund: 190 members, an ordinary majority of 5,039,930 votes."""
    votes = [BASIC_VOTES + int(row["quota_tenths"]) for row in rows(HERE / "data" / "imf_quotas.csv")]
    _check((len(votes), sum(votes)), (190, 5_039_930))
    return {"criteria": [{"need": sum(votes) // 2 + 1, "weights": votes}]}


def crowd(members: int, need: int) -> dict[str, Any]:
    """So many of alike members."""
    return {"members": members, "need": need}


def electorate(members: int, need: int) -> dict[str, Any]:
    """So many of unequal members, whose probabilities run evenly from .30 to .60."""
    probabilities = [0.30 + 0.30 * i / (members - 1) for i in range(members)]
    return {"members": members, "need": need, "probabilities": probabilities}


def article_v() -> dict[str, Any]:
    """Congress proposes by two thirds, 38 of 50 states ratify, each by a majority of the members of each chamber."""
    states: dict[str, list[dict[str, int]]] = {}
    for row in rows(FACTS / "chambers.csv"):
        seats = int(row["seats"])
        states.setdefault(row["state"], []).append({"need": seats // 2 + 1, "members": seats})
    _check((len(states), sum(map(len, states.values()))), (50, 99))
    houses = [{"need": 290, "members": 435}, {"need": 67, "members": 100}]
    legislatures = [{"need": len(chambers), "of": chambers} for chambers in states.values()]
    return {"tree": {"need": 3, "of": [*houses, {"need": 38, "of": legislatures}]}}


def instances() -> tuple[Instance, ...]:
    """Every instance, in the order of the table."""
    banzhaf, shapley, count, chance, gradients = "banzhaf", "shapley-shubik", "count", "chance", "gradients"
    many = [0.5 + 0.2 * i / (SCENARIOS - 1) for i in range(SCENARIOS)]
    eu, eu_two, imf, amend = council(block=True), council(block=False), fund(), article_v()
    alike, middle, tail = crowd(10_000, 5_001), electorate(10_000, 4_600), electorate(10_000, 5_100)
    return (
        Instance("college-banzhaf", "Electoral College, Banzhaf", "votes", banzhaf, college()),
        Instance("college-shapley", "Electoral College, Shapley–Shubik", "votes", shapley, college()),
        Instance("eu-count", "EU Council to the person, winning coalitions", "votes", count, eu),
        Instance("eu-banzhaf", "EU Council to the person, Banzhaf", "votes", banzhaf, eu),
        Instance("eu-shapley", "EU Council to the person, Shapley–Shubik", "votes", shapley, eu),
        Instance("eu-two", "EU Council, 15 of 27 and 65 % alone, Banzhaf", "votes", banzhaf, eu_two),
        Instance("imf-banzhaf", "IMF to the exact vote, Banzhaf", "votes", banzhaf, imf),
        Instance("imf-shapley", "IMF to the exact vote, Shapley–Shubik", "votes", shapley, imf),
        Instance("crowd-banzhaf", "5,001 of 10,000 alike, Banzhaf", "crowd", banzhaf, alike),
        Instance("crowd-shapley", "5,001 of 10,000 alike, Shapley–Shubik", "crowd", shapley, alike),
        Instance("trials-middle", "4,600 of 10,000 unequal, chance", "crowd", chance, middle),
        Instance("trials-tail", "5,100 of 10,000 unequal, chance (far tail)", "crowd", chance, tail),
        Instance("trials-gradients", "5,100 of 10,000 unequal, chance and all gradients", "crowd", gradients, tail),
        Instance(
            "trials-named",
            "5,100 of 10,000 unequal, the same by beliefs about members of a body",
            "crowd",
            gradients,
            tail | {"named": True},
        ),
        Instance(
            "article-v-chance",
            "Article V, chance at p = .6 of a circuit seen first",
            "tree",
            chance,
            amend | {"probability": 0.6},
        ),
        Instance(
            "article-v-again",
            "Article V, chance at p = .6 of the same circuit again",
            "tree",
            chance,
            amend | {"probability": 0.6, "again": True},
        ),
        Instance(
            "article-v-scenarios",
            f"Article V, chance in {SCENARIOS:,} scenarios",
            "tree",
            "scenarios",
            amend | {"scenarios": many},
        ),
        Instance(
            "article-v-gradients",
            "Article V, chance and all gradients at p = .6",
            "tree",
            gradients,
            amend | {"probability": 0.6},
        ),
        Instance(
            "article-v-half",
            "Article V, chance and all gradients at p = ½ (Banzhaf)",
            "tree",
            gradients,
            amend | {"probability": 0.5},
        ),
        Instance("article-v-shapley", "Article V, Shapley–Shubik", "tree", shapley, amend),
        Instance("article-v-count", "Article V, winning coalitions", "tree", count, amend),
    )
