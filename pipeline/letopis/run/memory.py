"""How often Python looks for garbage while a unit is made.

Layers and rows are millions of small records without cycles; the collector would walk through all of them again and again and
find nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = (200_000, 20, 20)          # new objects before a look; looks before a longer one; longer ones before one at everything


@contextmanager
def patient() -> Iterator[None]:
    """The collector looks seldom, and not at what is there already (dictionary, weights, caches)."""
    before = gc.get_threshold()
    gc.set_threshold(*PATIENCE)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
