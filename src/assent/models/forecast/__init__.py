"""Will it be ratified? A forecast from the few proposals there ever were, scored by leaving each of them out.

::

    clock     time as legislatures live it         history   what became of one proposal, day by day
    baserate  what became of the others            cure      how many will ever say yes, and how soon: the fit
    blend     the two averaged, and redrawn        score     how well each did where the answer is known

Everything is counted in days since the proposal; a unit is whoever has a yes to give.
"""
