"""YAML as version 1.2 has it (``yes`` and ``no`` are words, not truth values), and the line a value stands on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path


class _Loader(yaml.CSafeLoader):
    """The C parser's safe loader, with true and false alone as truth values."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
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


def line_of(file: Path, path: str) -> int:
    """The line (from 1) on which the value at ``path`` stands.

    Parameters
    ----------
    file
        A YAML file that parses.
    path
        As ``$.rule.seq[0].tally``; a step that does not exist ends the walk.
    """
    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if node is None:
        return 1
    line = int(node.start_mark.line)
    for key, index in _STEP.findall(path):
        below = _below(node, key, index)
        if below is None:
            break
        line, node = below
    return line + 1


def _below(node: yaml.Node, key: str, index: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode) and key:
        for name, value in node.value:
            if name.value == key:
                return int(name.start_mark.line), value
    if isinstance(node, yaml.SequenceNode) and index.isdigit() and int(index) < len(node.value):
        item = node.value[int(index)]
        return int(item.start_mark.line), item
    return None
