"""Questions that take many circuits: over dates, over readings, over paths.

``jurisdiction`` (law and record on file), ``standing`` (test, clock and latch), ``status`` and ``why``, ``timeline``,
``hinge``, ``replay``, ``exit`` with ``needs``, ``stands``, ``precedents`` and ``figures``, ``show`` and ``wording``
(law in plain words), ``listing`` (what is on file), ``check`` (is a file right?), ``reproduce`` (the command that
gives an answer again) and ``library`` (all of it behind one object).
"""
