"""Questions that take many circuits: over dates, over readings, over paths.

``jurisdiction`` (law and record on file), ``standing`` (test, clock and latch), ``status``, ``timeline``, ``hinge``,
``replay``, ``exit`` with ``needs``, ``stands``, ``precedents`` and ``figures``, and ``reproduce`` (the command that
gives an answer again).
"""
