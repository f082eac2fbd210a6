"""How a state could leave: its paths, how far each was walked, what happened before, what was claimed."""
