"""Exact counting over a circuit: logarithms forward, slopes backward, whole numbers where they are wanted.

The way of a question: a circuit in numbers (``circuit.flat``) and what is believed of whom (``beliefs``) make a
``schedule``, which a ``sweep`` goes through, forward and back; ``prepared`` keeps what does not depend on the numbers.

What works out one threshold, by what its children are: ``alike``, ``product`` (few questions at once), ``recursion``,
``heavy`` (weights by the million), ``contour`` (a crowd), ``diagram`` (shared leaves). ``compiled`` and ``kernels`` are
the same by machine code, where ``switch`` says so. ``integers`` counts in whole numbers, with ``residues``.

Indices: ``shapley`` and ``bump`` average a sweep over a shared probability (``averages``); ``minimal`` looks inside
coalitions, by ``ranked``, ``ranks`` or ``decisive``. Common ``factors``: ``common`` integrates, over ``sections`` of
the circuit, with ``tallies`` at ``places``; a ``curve`` is drawn through some of its points. The rest is arithmetic:
``logs``, ``exact``, ``quadrature``, ``each``.
"""
