"""SIGTERM as a wish: the run sees it between two units of work and ends by itself."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(Exception):
    """The run was asked to end before it had published; the next one goes on from its last finished unit."""


class Stop:
    """Whether the run was asked to end."""

    asked = False

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True

    def check(self) -> None:
        """Raise Stopped if it was."""
        if self.asked:
            raise Stopped("stopped by SIGTERM; the next run goes on from the last finished unit")


@contextmanager
def stop_on_sigterm() -> Iterator[Stop]:
    """Takes SIGTERM while the block runs; in a thread that can't, nothing asks."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGTERM, stop._ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)
