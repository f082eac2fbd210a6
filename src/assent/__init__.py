"""Assent says who has to say yes before a constitution changes or a state leaves."""

__version__ = "0.1.0"
