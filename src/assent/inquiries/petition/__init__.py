"""A petition for a vote: the law it is counted under, its signatures, its count under way, and those before it."""
