"""Where law and record meet: a rule, a roster and acts become a timeless circuit with a verdict on each leaf.

``nodes`` (the circuit: all the folds ever see), ``courses`` (acts in order → positions over time), ``case`` (one
matter under one doctrine, as known on one day), ``compile`` (a case on a day → circuit), ``structure`` (a procedure →
circuit of bodies and members, without acts) and ``evidence`` (what put each leaf where it is).
"""
