"""The counting questions, of a procedure or a typed vote: who weighs what, who can block, how likely, whom to win.

``expansion`` and ``votes`` make the game that is asked about, ``scenario`` and ``beliefs`` what is believed of it,
``questions`` is the door to all four.
"""
