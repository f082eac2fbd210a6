"""The kinds of page there are: what each is about, which parameters it takes, and which inquiry answers it."""

from __future__ import annotations

from typing import NamedTuple

DAYS = ("as-of", "known-as-of")
READINGS = ("readings", "window")
INQUIRY = (*DAYS, *READINGS)
SUPPOSED = ("yes", "no")
AGAINST = "against"
FILES = ("json", "csv", "svg", "png")
DRAWN = (AGAINST, "view", "full")  # parameters that say how a page is drawn, and nothing to data


class Option(NamedTuple):
    """A parameter named like the command's option.

    Attributes
    ----------
    what
        What it does.
    many
        Whether it may be given again.
    default
        The value that need not be said.
    choices, number, names
        What it may be: one of these, a whole number from one to another, or the name of a ``matter``, a ``state``, a
        ``kind`` of matter or a ``scenario`` on file.
    form
        What it looks like, as a regular expression, for those who write programs.
    strict
        Whether the form is held here, because the command takes the name of a file as well, which nobody may say from
        afar.
    day
        Whether it is a date.
    """

    what: str
    many: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()
    number: tuple[int, int] | None = None
    names: str = ""
    form: str = ""
    strict: bool = False
    day: bool = False


class Kind(NamedTuple):
    """A kind of page.

    Attributes
    ----------
    about
        What its id names: ``matter``, ``state``, ``procedure``, ``question``, ``authority``; empty where it has no id.
    shared
        Which of the parameters that pages share it takes: days, readings, what-if.
    options, page
        Its other parameters, and those that only its page takes, not the data beside it.
    optional
        Whether the id may be left out.
    slow
        Whether it may take long to work out.
    inquiry
        What the API calls the question it answers; empty where it has none.
    listed
        The kind of page whose answer stands beside it where it names nothing: what one may choose from.
    daily
        Whether its page or its drawing tells how matters stand today, whatever day is asked about.
    """

    about: str = ""
    shared: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    optional: bool = False
    page: tuple[str, ...] = ()
    slow: bool = True
    inquiry: str = ""
    listed: str = ""
    daily: bool = False


_LAW = ("as-of", *READINGS)
_BELIEFS = ("p", "factor")
_GAME = ("state", "seats")

_SHARE = r"(0|1|0?\.[0-9]+)"
_PER_CENT = rf"^({_SHARE}|[0-9]{{1,2}}([.][0-9]+)?%)$"
_BOUND = r"^[0-9]+:.+$"

OPTIONS = {
    "view": Option("How the page is drawn.", choices=("map", "tiles", "list", "tree", "diagram", "table")),
    "full": Option("Fold nothing: every act, every row.", choices=("yes",)),
    "kind": Option("Only matters of this kind.", names="kind"),
    "state": Option("The state concerned.", names="state"),
    "seats": Option("Assume the size of a body that is not on file: BODY=N.", many=True, form=r"^[^=]+=[0-9]+$"),
    "p": Option("How likely each says yes: 0.6 for everyone, or KIND:NAME=0.3; the nearest counts.", many=True,
                form=rf"^([a-z]+:[^=]+=)?{_SHARE}$"),
    "factor": Option("A common factor: LEVEL=SD, a standard deviation of log-odds.", many=True,
                     form=r"^(nation|region|state)=[0-9]+(\.[0-9]+)?$"),
    "act": Option("Only acts of this kind."),
    "over": Option("Go through the values of one assumption: KEY[=FROM:TO[:STEPS]].",
                   form=rf"^([*]|[a-z]+:[^=]+)(={_SHARE}:{_SHARE}(:[0-9]+)?)?$"),
    "world": Option("Draw one world with this seed.", number=(0, 2**63 - 1)),
    "index": Option("The index of power.", default="banzhaf", choices=(
        "banzhaf", "shapley-shubik", "birnbaum", "coleman-initiate", "coleman-prevent",
        "johnston", "deegan-packel", "holler")),
    "by": Option("Sum over these.", choices=("member", "chamber", "state", "party", "region", "body")),
    "member": Option("Also whether this actor, body or state is needed."),
    "kinds": Option("List at most so many kinds of minimal coalitions.", default="5", number=(0, 100)),
    "goal": Option("What the coalition is to do.", default="pass", choices=("pass", "block")),
    "cost": Option("What winning a member costs.", default="members", choices=("members", "population", "persuasion")),
    "include": Option("Must be won: a member, body or state, or party:NAME.", many=True),
    "exclude": Option("Must not be won.", many=True),
    "at-most": Option("Win at most N members of a body, state or party: N:NAME.", many=True, form=_BOUND),
    "at-least": Option("Win at least N of them: N:NAME.", many=True, form=_BOUND),
    "matter": Option("Go on from where this matter stands.", names="matter"),
    "next": Option("Look for so many further ways.", default="3", number=(0, 50)),
    "path": Option("The path whose chance is shown.", names="procedure"),
    "set": Option("A number of the model, by its name or symbol: NAME=VALUE.", many=True, form=r"^[^=]+=.+$"),
    "scenario": Option("Several numbers at once: a scenario that ships.", names="scenario"),
    "map": Option("The two numbers of the map, as kF,s; each may have a range and steps: kF=0:2:50,s=0.1:1."),
    "precision": Option("The precision of choice, in place of a sweep.", form=r"^[0-9]+([.][0-9]+)?$"),
    "private": Option("Also with private resolve.", choices=("yes",)),
    "without": Option("Take a response off the federal side's menu.", many=True),
    "q-from": Option("Work out how likely the lawful route is from one probability for everyone.",
                     form=rf"^{_SHARE}$", strict=True),
    "range": Option("What a number might be, for the draws: NAME=LOW:HIGH[:log].", many=True,
                    form=r"^[^=]+=[^:]+:[^:]+(:log)?$"),
    "draws": Option("Draws out of the ranges.", default="4000", number=(1, 20000)),
    "raw": Option("Signatures filed.", form=r"^[0-9]+$"),
    "validity": Option("The share that is valid, second signatures counted.", form=_PER_CENT),
    "validity-sd": Option("How uncertain that is, as a standard deviation.", form=_PER_CENT),
    "duplicates": Option("The share that are second signatures of somebody.", form=_PER_CENT),
    "target": Option("The chance of qualifying that is wanted.", form=_PER_CENT),
    "count": Option("Certify one count: RAW,SAMPLE,VALID,DUPLICATES.", form=r"^[0-9]+(,[0-9]+){3}$"),
    "replay": Option("What became of those on file.", choices=("yes",)),
    "rule": Option("What the vote has to meet."),
    "turnout": Option("Those who vote, of those entitled to.", form=_PER_CENT),
    "turnout-sd": Option("How uncertain that is, as a standard deviation.", form=_PER_CENT),
    "yes-sd": Option("How uncertain the share of yes is, as a standard deviation.", form=_PER_CENT),
    "correlation": Option("Between turnout and yes.", form=r"^-?(0|1|0?[.][0-9]+)$"),
    "blank": Option("Ballots that are neither yes nor no, of those cast.", form=_PER_CENT),
    "seed": Option("What the draws begin with.", default="1", number=(0, 2**31 - 1)),
    "since": Option("Only acts that may have happened on this day or later.", day=True),
    "until": Option("Only acts that may have happened by this day.", day=True),
    "disputed": Option("Only acts of which sources give more than one day.", choices=("yes",)),
    "page": Option("Which page of the list.", default="1", number=(1, 10_000)),
}  # fmt: skip

# Options that mean something else on one kind of page: by its kind and name.
_OWN = {
    ("defiance", "by"): Option("Which table leads.", default="state", choices=("state", "year")),
    ("forecast", "by"): Option("Also how likely it is by this day.", day=True),
    ("record", "matter"): Option("Only acts on this matter.", names="matter"),
    ("record", "state"): Option("Only acts of this state.", names="state"),
    ("petition", "kind"): Option("What kind of petition it is; the usual one of the state by default."),
    ("referendum", "yes"): Option("Yes, of yes and no together.", form=_PER_CENT),
}
ORDER = tuple(dict.fromkeys([*OPTIONS, *(name for _, name in _OWN)]))  # of options in a URL

KINDS = {
    "home": Kind(slow=False, listed="matters", daily=True),
    "matter": Kind("matter", (*INQUIRY, *SUPPOSED, AGAINST), ("view", "full"), slow=False, inquiry="status"),
    "because": Kind("matter", (*INQUIRY, *SUPPOSED), ("full",), slow=False, inquiry="because"),
    "timeline": Kind("matter", INQUIRY, ("full",), inquiry="timeline"),
    "hinge": Kind("matter", (*INQUIRY, *SUPPOSED), ("full",), inquiry="hinge"),
    "replay": Kind("", INQUIRY, ("full",), inquiry="replay"),
    "exit": Kind(
        "state",
        (*INQUIRY, AGAINST),
        ("full",),
        optional=True,
        page=("path", *_BELIEFS, "over", "world", "set"),
        inquiry="exit",
    ),
    "power": Kind("procedure", _LAW, ("index", "by", *_BELIEFS, *_GAME, "view", "full"), inquiry="power"),
    "coalitions": Kind("procedure", _LAW, ("member", "kinds", *_GAME, "view", "full"), inquiry="coalitions"),
    "chance": Kind("procedure", _LAW, (*_BELIEFS, "over", "world", *_GAME, "view", "full"), inquiry="chance"),
    "plan": Kind(
        "procedure",
        INQUIRY,
        ("goal", "cost", "include", "exclude", "at-most", "at-least", "matter", "next", *_BELIEFS, *_GAME, *DRAWN[1:]),
        optional=True,
        inquiry="plan",
    ),
    "standoff": Kind(
        "state",
        _LAW,
        ("set", "scenario", "map", "precision", "private", "without", "q-from", "range", "draws", "seed", "full"),
        inquiry="standoff",
    ),
    "petition": Kind(
        "state",
        ("as-of",),
        ("kind", "raw", "validity", "validity-sd", "duplicates", "target", "count", "replay", "full"),
        inquiry="petition",
    ),
    "referendum": Kind(
        "state",
        ("as-of",),
        ("rule", "turnout", "turnout-sd", "yes", "yes-sd", "correlation", "blank", "replay", "full"),
        inquiry="referendum",
    ),
    "polls": Kind("state", ("as-of",), ("full",), slow=False, inquiry="polls"),
    "defiance": Kind("state", _LAW, ("by", "view", "full"), optional=True, inquiry="defiance"),
    "forecast": Kind("matter", (*INQUIRY, *SUPPOSED), ("by", "view", "full"), inquiry="forecast"),
    "law": Kind("procedure", _LAW, ("view", "full"), optional=True, slow=False, inquiry="show", listed="procedures"),
    "question": Kind("question", _LAW, ("full",), inquiry="show", daily=True),
    "procedures": Kind(slow=False, inquiry="procedures"),
    "questions": Kind(slow=False, inquiry="questions"),
    "cite": Kind("authority", slow=False, inquiry="cite"),
    "record": Kind("", (), ("matter", "state", "act", "since", "until", "disputed"), page=("page",), inquiry="acts"),
    "contradictions": Kind("", (), ("full",), inquiry="record"),
    "matters": Kind("", (), ("kind", "full"), slow=False, inquiry="matters", daily=True),
    "about": Kind("", ("as-of",), inquiry="staleness"),
}  # fmt: skip

WORDS = frozenset(KINDS) - {"home", "matter"}


def option_of(kind: str, name: str) -> Option:
    """An option as it is meant on a kind of page.

    Examples
    --------
    >>> option_of("defiance", "by").choices
    ('state', 'year')
    """
    return _OWN.get((kind, name)) or OPTIONS[name]
