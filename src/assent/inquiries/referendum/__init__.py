"""A vote on leaving: its rule, what it would start, the votes and the polls before it."""
