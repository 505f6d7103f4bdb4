"""The local executor: a plain loop for one worker, loky's processes for more; results come in the order of the jobs."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from joblib.externals.loky import get_reusable_executor

Job = TypeVar("Job")
Result = TypeVar("Result")

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def map_local(function: Callable[[Job], Result], jobs: Iterable[Job], workers: int) -> Iterator[Result]:
    """Results of the function over the jobs; at most one job more than there are workers is taken ahead."""
    if workers == 1:
        yield from map(function, jobs)
        return
    executor = get_reusable_executor(max_workers=workers, env=ONE_THREAD)
    waiting: deque[object] = deque()
    for job in jobs:
        waiting.append(executor.submit(function, job))
        if len(waiting) > workers:
            yield waiting.popleft().result()  # type: ignore[attr-defined]
    while waiting:
        yield waiting.popleft().result()  # type: ignore[attr-defined]
