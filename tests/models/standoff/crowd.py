"""Standoffs for tests: the documented defaults in exact fractions, and random numbers in crowds."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

import numpy as np

from assent.models.standoff.parameters import NUMBERS, Parameters

DEFAULTS = Parameters(*map(Fraction, (
    "1", "0.72", "0.6", "0.8", "0.003", "0.003", "0.03", "0.3", "0.05", "0.1", "0.5", "0.4", "0.15", "0.995", "0.001",
    "0.98", "0.05", "0.35", "0.02", "0.05",
)))  # fmt: skip
SHARES = {
    "victory", "precedent_on_concession", "precedent_on_lawful_exit", "ruling", "lawful_chance",
    "recognition_with_consent", "recognition_without_consent", "unrecognised_worth",
}  # fmt: skip
HIGH = {"federal_court_cost": 0.2, "state_court_cost": 0.2, "campaign_cost": 0.2, "settlement": 0.5}


def crowd(size: int, seed: int, **held: object) -> Parameters:
    """Random standoffs: every number anywhere it can be within reason, but those that are held."""
    dice = np.random.default_rng(seed)
    drawn = {}
    for name in NUMBERS:
        high = 1.0 if name in SHARES or name == "stake" else HIGH.get(name, 1.5)
        drawn[name] = dice.uniform(0.02 if name == "stake" else 0.0, high, size)
    return Parameters(**{**drawn, **held})


def one(parameters: Parameters, at: int) -> Parameters:
    """One standoff out of a crowd, with every number rounded to an exact fraction."""
    return Parameters(**{
        field.name: value if isinstance(value := getattr(parameters, field.name), bool)
        else Fraction(float(value[at] if np.ndim(value) else value)).limit_denominator(1000)
        for field in fields(parameters)
    })  # fmt: skip
