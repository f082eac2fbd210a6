"""Exact counting over a circuit: logarithms forward, slopes backward, whole numbers where they are wanted."""
