"""The cluster: Dask's workers, named by somebody or begun on this machine.

A cluster that is named is used as it is; its workers see the sources and the folder under the same paths. Where none is named, one
is begun on this machine: a process a core, one thread each, listening on 127.0.0.1 alone and behind certificates of this run, so that
nobody else on the machine can give it work either.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from claims.archive.batch import Limits
from claims.errors import ClaimsError

if TYPE_CHECKING:
    from distributed import Client

_HERE = "127.0.0.1"
#: How long a cluster that is named may take to answer.
_PATIENCE = "10s"
#: A worker is not stopped at part of its memory, where it might stay for good, but ended near all of it and begun anew. Nobody looks at its stack a
#: hundred times a second.
_SETTINGS = {
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": 0.95,
    "distributed.scheduler.allowed-failures": 0,
    # As Dask has it, but for MALLOC_TRIM_THRESHOLD_: giving every freed page back at once costs the parser time.
    "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "MKL_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1},
    "distributed.comm.timeouts.connect": "60s",
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
}


@contextmanager
def at_work(named: str | Client | None, workers: int | None, limits: Limits) -> Iterator[Client]:
    """A client of the cluster that is named, or of one that is begun here and ends with the block."""
    import dask  # noqa: PLC0415 - an extra
    import distributed  # noqa: PLC0415

    untyped: Any = distributed

    if named and not isinstance(named, str):
        yield named
        return
    if named:
        try:
            client = untyped.Client(named, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ClaimsError(
                f"No Dask cluster answers at {named}.", "See that it runs; its address is like tcp://10.0.0.5:8786."
            ) from error
        with client:
            yield client
        return
    with (
        dask.config.set(_SETTINGS),
        untyped.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=limits.memory,
            host=_HERE,
            dashboard_address=f"{_HERE}:0",
            worker_dashboard_address=None,
            security=True,
            silence_logs=50,
        ) as local,
        untyped.Client(local, set_as_default=False) as client,
    ):
        yield client


def check_extra() -> None:
    """Refuse where the extra is not installed."""
    try:
        import distributed  # noqa: F401, PLC0415
    except ImportError as error:
        raise ClaimsError("Archives need Dask.", "Put it in: pip install 'claims-workbench[cluster]'") from error
