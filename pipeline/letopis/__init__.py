"""Letopis: who did what, where and when, out of Russian news."""

__version__ = "0.1.0"
