"""Proposals made up for the tests: drawn from the model itself, or written out."""

from datetime import date

import numpy as np

from assent.models.forecast.clock import plain_clock
from assent.models.forecast.history import History

BEGUN = date(1900, 1, 1)
HORIZON = 2556


def proposal(name, yes, need=38, of=50, *, horizon=HORIZON, begun=BEGUN, fold="", **more):
    """A proposal whose units said yes on some days, complete as soon as enough had; nobody takes a yes back."""
    days = sorted(yes)
    done = days[need - 1] if len(days) >= need else None
    spans = tuple((day, None) for day in days)
    held = {"done": done, "closed": None, "seen": 40_000, "clock": plain_clock(horizon), **more}
    return History(name, fold or name, begun, spans, ((0, need, of),), horizon=horizon, **held)


def drawn(seed, count=1, *, a=1.2, b=0.6, shape=0.8, scale=0.9, need=38, of=50, years=7):
    """Proposals drawn from the model: a share that ever says yes, and Weibull times in years of the calendar."""
    random = np.random.default_rng(seed)
    found = []
    for at in range(count):
        share = random.beta(a, b)
        times = scale * random.weibull(shape, size=int(random.binomial(of, share)))
        days = [int(np.ceil(time * 365.25)) - 1 for time in times if time < 40]
        found.append(proposal(f"p{at}", days, need, of, horizon=round(years * 365.25) - 1))
    return found
