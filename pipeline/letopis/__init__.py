"""Letopis: who did what, where and when, out of Russian news.

`annotate(texts)` gives frames for texts in hand, `tables(out)` those of a store. Both load what they need when called.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from letopis.api import annotate, tables

__version__ = "0.1.0"
__all__ = ["annotate", "tables"]


def __getattr__(name: str) -> Any:
    """`import letopis` alone loads neither pandas nor a model."""
    if name in __all__:
        from letopis import api

        return getattr(api, name)
    raise AttributeError(f"module 'letopis' has no attribute '{name}'")
