"""One matter on one day: where it stands, why, when that changed, and on which questions of law it turns.

``standing`` (test, clock and latch) and ``positions`` (where each unit stands) serve the others; ``supposing`` adds
acts that nobody has done, ``sheet`` works out every day and every set of readings at once.
"""
