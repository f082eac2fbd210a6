"""What the folds under test say, in the terms of the oracles: one value per leaf."""

from __future__ import annotations

import pytest


def measure():
    """The module that measures power."""
    return pytest.importorskip("assent.folds.power")


def foreseen():
    """The module that works out chances."""
    return pytest.importorskip("assent.folds.chance")


def spread(power):
    """Leaf id → its value, every alike member by its own id."""
    return {leaf: value for value in power.values for leaf in value.ids()}
