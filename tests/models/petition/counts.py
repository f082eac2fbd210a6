"""Counts of a petition, simulated: signatures drawn, copies found, certificates rounded, by none of the model's code.

The sample of a county is drawn in steps that each have a law of their own in NumPy: how many of the double signers'
signatures, how many of those are first copies, how many first copies meet their second, how many of the rest are valid.
The certificate is worked out in floating point with decimal rounding, as an official would with a calculator.
"""

import numpy as np


def certificate(raw, sample, valid, duplicates):
    """Certificates by floating point: percentage to two decimals, value to four, weight to four, both ends up."""
    percent = np.floor(valid / sample * 1e4 + 0.5 + 1e-9) / 1e4
    value = np.floor(raw / sample * 1e4 + 0.5 + 1e-9) / 1e4
    weight = np.floor(value * (value - 1) * 1e4 + 0.5 + 1e-9) / 1e4
    return np.ceil(raw * percent - 1e-6) - np.ceil(duplicates * weight - 1e-6)


def simulate(parts, counts, seed):
    """Totals certified in so many counts of the same petition: ``parts`` are (raw, sample, valid, pairs)."""
    rng = np.random.default_rng(seed)
    total = np.zeros(counts)
    for raw, sample, valid, pairs in parts:
        if sample >= raw:
            total += valid - pairs
            continue
        doubles = rng.hypergeometric(2 * pairs, raw - 2 * pairs, sample, counts)
        first = rng.hypergeometric(pairs, pairs, doubles)
        second = doubles - first
        both = np.where(second > 0, rng.hypergeometric(first, pairs - first, np.maximum(second, 0)), 0)
        single = rng.hypergeometric(valid - 2 * pairs, raw - valid, sample - doubles)
        total += certificate(raw, sample, doubles + single - both, both)
    return total
