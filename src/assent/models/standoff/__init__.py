"""A state leaves without asking: the game between it and the federal side, solved in layers.

::

    parameters   the numbers, and what follows from them     tree       the moves, the chances and the payoffs
    induction    exact backward induction, ties told         quantal    logit choice with errors
    batch        both over whole arrays of parameters        private    what one side does not know of the other
    branch       from full error to none: the limit          conditions closed forms that the solvers must meet
    regions      what happens over two parameters            turns      where the outcome changes over one
    draws        what follows from ranges                    literature results of others, reproduced
    efg          the game as a file for Gambit

Payoffs are relative to the status quo. A federal unit is what keeping the contested authority is worth to the federal
side; a state unit is what fully recognised possession is worth to the state.
"""
