"""What happened, and since when it is known: acts, claims, rosters, completeness, facts.

``acts`` (the typed rows), ``dictionary`` (what each column means, and the reader that holds rows to it), ``record``
(all of it) and ``audit`` (where the record contradicts itself or its sources). Nothing here knows what an act
*means*.
"""
