"""Questions to one circuit: pure, and blind to the law and the record it came from.

``verdict`` (pass, fail or open, exact over all completions), ``because`` (why, pruned to what decides), ``coalitions``
(who can meet or block, how many ways, cheapest), ``power`` (who weighs what, by eight indices), ``chance`` (how likely
under stated beliefs) and ``plan`` (whom it takes, with side constraints). What they count with: ``counting`` (the
numerical methods behind power and chance, and their machine code), ``game``, ``modules``, ``winning``, ``covers`` and
``knots`` (normal form and minimal coalitions), ``knapsack``, ``program`` and ``reduced`` (cheapest coalitions),
``terms``, ``needed`` and ``pattern`` (names and words).
"""
