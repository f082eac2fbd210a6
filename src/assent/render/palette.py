"""Fills of a map and the ink that is legible on each: one pair on a light ground, one on a dark.

Every pair has a contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3). A refusal is lighter than a consent, so that they
differ for readers who do not tell red from green.
"""

from __future__ import annotations

from typing import NamedTuple


class Paint(NamedTuple):
    """A fill and its ink."""

    fill: str
    ink: str


LIGHT = {
    "yes": Paint("#1f6f54", "#ffffff"),
    "yes-despite": Paint("#1f6f54", "#ffffff"),
    "after": Paint("#a9cfbe", "#15392c"),
    "withdrew": Paint("#d39b2f", "#1c2130"),
    "late": Paint("#74609f", "#ffffff"),
    "expired": Paint("#c3b7dd", "#2b2145"),
    "void": Paint("#8a6a52", "#ffffff"),
    "no": Paint("#dd8473", "#2a0f0a"),
    "barred": Paint("#8c2f22", "#ffffff"),
    "uncertain": Paint("#f0d9a8", "#3a2c08"),
    "none": Paint("#e4e1d8", "#1c2130"),
    "not-recorded": Paint("#efede6", "#1c2130"),
    "excluded": Paint("#fbfaf7", "#5a5f6e"),
    "absent": Paint("#f5f3ee", "#5a5f6e"),
}
DARK = {
    "yes": Paint("#4fae8a", "#05140d"),
    "yes-despite": Paint("#4fae8a", "#05140d"),
    "after": Paint("#2d5a49", "#e3f2ea"),
    "withdrew": Paint("#dba53e", "#1a1204"),
    "late": Paint("#a08cd0", "#140c28"),
    "expired": Paint("#554a73", "#efeafa"),
    "void": Paint("#b08d74", "#1c0f06"),
    "no": Paint("#e08a78", "#240803"),
    "barred": Paint("#a84535", "#ffffff"),
    "uncertain": Paint("#6b5a2b", "#fbf1d6"),
    "none": Paint("#3b3f4b", "#f0eee8"),
    "not-recorded": Paint("#31343f", "#f0eee8"),
    "excluded": Paint("#191c24", "#a8adba"),
    "absent": Paint("#20232c", "#a8adba"),
}
STRIPES = {"yes-despite": "#d39b2f", "not-recorded": "#b3ad9d"}
"""Kinds that are drawn with stripes of this colour over their fill."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21.

    Examples
    --------
    >>> contrast("#ffffff", "#000000")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 6)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
