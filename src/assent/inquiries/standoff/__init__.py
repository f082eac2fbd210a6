"""Leaving without asking: the model of ``assent.models.standoff`` fed with the parameters, moves and law on file."""
