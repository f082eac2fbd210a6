"""A counting question in Python: the call that gives what a page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from assent.web.address import Address


def python(ask: Address) -> str:
    """The call that gives what a page of a counting question shows.

    Examples
    --------
    >>> from assent.web.address import Address
    >>> print(python(Address("chance", "us/article-v", options={"p": ("0.6", "party:A=0.3")})))
    import assent
    <BLANKLINE>
    assent.chance(
        "us/article-v",
        scenario={"*": 0.6, "party:A": 0.3},
    )
    """
    given = [_text(ask.id)] if ask.id else []
    given += {"power": _power, "plan": _plan, "chance": _chance, "coalitions": _coalitions}[ask.kind](ask)
    given += [f"as_of={_text(str(ask.as_of))}"] if ask.as_of else []
    given += [f"known_as_of={_text(str(ask.known_as_of))}"] if ask.known_as_of and ask.kind == "plan" else []
    if ask.readings:
        given.append(f"readings={{{', '.join(f'{_text(q)}: {_text(r)}' for q, r in sorted(ask.readings.items()))}}}")
    given += [f"window={ask.window}"] if ask.window is not None else []
    given += [f"state={_text(ask.option('state'))}"] if ask.option("state") else []
    if ask.every("seats"):
        given.append(f"sizes=[{', '.join(map(_text, ask.every('seats')))}]")
    lines = "".join(f"    {part},\n" for part in given)
    priced = "from assent.api import Ask\n" if any(part.startswith("ask=") for part in given) else ""
    return f"import assent\n{priced}\nassent.{ask.kind}(\n{lines})"


def _text(said: str) -> str:
    """A text as Python writes it, in double quotes."""
    return '"' + said.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _texts(said: Iterable[str]) -> str:
    return f"({', '.join(map(_text, said))},)"


def _believed(ask: Address) -> Iterator[str]:
    pairs = [said.rpartition("=")[::2] for said in ask.every("p")]
    held = ", ".join(f"{_text(key or '*')}: {value}" for key, value in pairs)
    factors = [said.rpartition("=")[::2] for said in ask.every("factor")]
    if factors:
        moved = ", ".join(f"{_text(level)}: {value}" for level, value in factors)
        yield f"scenario=assent.scenario({{{held}}}, factors={{{moved}}})"
    elif pairs:
        yield f"scenario={{{held}}}"


def _power(ask: Address) -> Iterator[str]:
    yield f"index={_text(ask.option('index'))}"
    if ask.option("by"):
        yield f"by={_text(ask.option('by'))}"
    yield from _believed(ask)


def _plan(ask: Address) -> Iterator[str]:
    yield f"goal={_text(ask.option('goal'))}"
    said = [f"cost={_text(ask.option('cost'))}"] if ask.option("cost") != "members" else []
    bounds = [name for name in ("include", "exclude", "at-most", "at-least") if ask.every(name)]
    said += [f"{name.replace('-', '_')}={_texts(ask.every(name))}" for name in bounds]
    said += [f"next={ask.option('next')}"] if ask.option("next") != "3" else []
    if said:
        yield f"ask=Ask({', '.join(said)})"
    yield from _believed(ask)
    if ask.option("matter"):
        yield f"matter={_text(ask.option('matter'))}"


def _chance(ask: Address) -> Iterator[str]:
    yield from _believed(ask)
    if ask.option("over"):
        yield f"over={_text(ask.option('over'))}"
    if ask.option("world"):
        yield f"world={ask.option('world')}"


def _coalitions(ask: Address) -> Iterator[str]:
    if ask.option("member"):
        yield f"member={_text(ask.option('member'))}"
    if ask.option("kinds") != "5":
        yield f"kinds={ask.option('kinds')}"
