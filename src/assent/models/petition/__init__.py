"""A petition whose signatures are checked by sample: what is certified, how likely, and how many are enough."""
