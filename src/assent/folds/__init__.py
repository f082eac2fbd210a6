"""Questions to one circuit: pure, and blind to the law and the record it came from.

``verdict`` (pass, fail or open, exact over all completions), ``because`` (why, pruned to what decides) and
``coalitions`` (cheapest way to meet or to block).
"""
