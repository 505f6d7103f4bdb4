"""Where units of work are annotated: on this machine, or on a Dask cluster. The same function, the same bytes."""

from collections.abc import Iterable, Iterator

from letopis.run.local import map_local
from letopis.run.request import Request
from letopis.run.unit import Done, Job, annotate_unit


def execute(request: Request, jobs: Iterable[Job]) -> Iterator[Done]:
    """What became of the jobs, in their order; some are taken ahead. Raises what a worker raised, cluster.ClusterFailed."""
    if request.address is None:
        return map_local(annotate_unit, jobs, request.workers)
    from letopis.run.cluster import map_cluster

    return map_cluster(jobs, request.address)
