"""A vote of the people under conditions on turnout and approval: whether it meets them, and how likely it will."""
