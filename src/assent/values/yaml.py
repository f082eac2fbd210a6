"""YAML as version 1.2 has it (``yes`` and ``no`` are words, not truth values), and the line a value stands on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class _Loader(yaml.CSafeLoader):
    """The C parser's safe loader, with true and false alone as truth values, dates left as text, and no key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """A mapping, refused if a key stands in it twice."""
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} is given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_LEFT_AS_TEXT = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LEFT_AS_TEXT]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def parse(text: str) -> Any:
    """Plain values from YAML text.

    Raises
    ------
    yaml.YAMLError
        The text is no YAML.

    Examples
    --------
    >>> parse("{yes: 1, no: true}")
    {'yes': 1, 'no': True}
    """
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - derived from the safe loader


_STEP = re.compile(r"\.([\w-]+)|\[(\d+|\.\.\.)\]")


def steps_of(path: str) -> tuple[str | int, ...]:
    """The keys and places in a path as ``$.rule.seq[0].tally``; an unnamed key ("[...]") ends it.

    Examples
    --------
    >>> steps_of("$.rule.seq[0].tally")
    ('rule', 'seq', 0, 'tally')
    """
    found: list[str | int] = []
    for key, place in _STEP.findall(path):
        if place == "...":
            break
        found.append(key or int(place))
    return tuple(found)


def line_of(file: Path, steps: Sequence[str | int]) -> int:
    """The line (from 1) on which a value stands.

    Parameters
    ----------
    file
        A YAML file that parses.
    steps
        Keys and places, from the root; a step that does not exist ends the walk.
    """
    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if node is None:
        return 1
    line = int(node.start_mark.line)
    for step in steps:
        below = _below(node, step)
        if below is None:
            break
        line, node = below
    return line + 1


def _below(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(step):
                return int(name.start_mark.line), value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return int(item.start_mark.line), item
    return None
