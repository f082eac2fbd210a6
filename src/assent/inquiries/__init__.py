"""Questions that take many circuits: over dates, readings and paths; and the models, asked with the facts on file.

The rooms, from the ground up; one may import only from those above it in this list::

    reproduce, jurisdiction, cases, states   the command that gives an answer again; law and record on file
    filed        the law in plain words, what it needs, the acts, whether a file is right
    matter       status, why, timeline, hinge, replay: one matter on one day
    counting     power, coalitions, chance, plan: one procedure, or a typed vote
    standoff     petition     what no rule decides, with the parameters and the law on file
    referendum   forecast     defiance     a vote on leaving; will it be ratified; state against federal law
    exit         all of it about one state
    filing, leaving, library   one object that is asked: what a door holds
"""
