"""The language law is written in, and the law on file.

``rules`` (tests and process), ``procedures`` (a rule with its time in force), ``questions`` (what is contested),
``citations`` (what it rests on), ``loading`` (from files) and ``library`` (all of it, cross-checked). What a rule
*means* is decided in ``assent.circuit``; nothing here knows of acts or dates of acts.
"""
