"""Kernels: the sweep as machine code, column by column and number by number. Imported only where it is asked for.

Each module goes the way of the module of the same name beside this package, which says why it is right. Where arrays
take the same way for many columns, each column takes its own here: a series ends where its terms no longer count, and
a bound that is near needs no tilt.
"""
