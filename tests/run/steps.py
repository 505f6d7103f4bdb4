"""The steps of a night at which it can be broken: a write, a rename, an fsync, a transaction, a query, told by phase."""

import os
import shutil
import signal
from collections.abc import Callable
from typing import Any

from letopis.run import annotation, night, publication
from letopis.store import files, publish, snapshot
from letopis.store.corpus import Corpus
from letopis.store.manifest import Manifest

STAGES = ("units", "resolution", "publishing", "swap")
STEPS = (
    (files.pq, "write_table"), (os, "fsync"), (os, "rename"), (os, "replace"), (os, "symlink"), (os, "link"), (shutil, "rmtree"),
)
STAGE_OF = (
    (annotation, "execute", "units"), (night, "_retire", "units"), (publication, "resolve", "resolution"),
    (publish, "publish", "publishing"), (publish, "write_tables", "publishing"), (publish, "link_all", "publishing"),
    (snapshot, "swap", "swap"), (night, "tidy", "swap"),
)


class Steps:
    """Counts the steps of each stage in this process, and kills it at one of them."""

    def __init__(self, kill: tuple[str, int] | None) -> None:
        self.stage, self.counts, self.kill = "units", dict.fromkeys(STAGES, 0), kill

    def step(self) -> None:
        self.counts[self.stage] += 1
        if self.kill == (self.stage, self.counts[self.stage]):
            self.fault()

    def fault(self) -> None:
        """What happens there."""
        os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        for owner, name in STEPS:
            setattr(owner, name, self._stepping(getattr(owner, name)))
        for kind, name in ((Corpus, "query"), (Corpus, "add"), (Manifest, "put_run"), (Manifest, "put"), (Manifest, "put_file")):
            setattr(kind, name, self._stepping(getattr(kind, name)))
        for owner, name, stage in STAGE_OF:
            setattr(owner, name, self._staged(getattr(owner, name), stage))

    def _stepping(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **options: Any) -> Any:
            self.step()
            result = function(*args, **options)
            self.step()
            return result
        return wrapped

    def _staged(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def wrapped(*args: Any, **options: Any) -> Any:
            self.stage = stage
            return function(*args, **options)
        return wrapped
