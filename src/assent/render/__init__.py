"""Results on a page: what each result says (``pages``), and how a page is set (``text``, ``terminal``, ``html``).

A result becomes a page once, in the words of a reader; three writers set the same page for a pipe, a terminal and a
notebook. ``diagram`` and ``mermaid`` draw the steps of a procedure.
"""
