"""Models of what no rule decides: numbers in, numbers out; no law, no record, no country."""
