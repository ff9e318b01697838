"""The cluster: Dask's workers, named by somebody or begun on this machine.

A cluster that is named is used as it is; its workers see the sources and the folder under the same paths. Where none is named, one
is begun on this machine: a process a core, one thread each, listening on 127.0.0.1 alone and behind certificates of this run, so that
nobody else on the machine can give it work either.

What is set for reading - how long an article may be, which hosts may be asked, whom they may write to - is told to the workers with
each task: on another machine they would go by their own.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import requests

from claims.archive.batch import Limits
from claims.errors import ClaimsError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

_HERE = "127.0.0.1"
#: How long a cluster that is named may take to answer.
_PATIENCE = "10s"
#: Seconds in which its dashboard may answer.
_GLANCE = 2.0
_NONE_THERE = 404
#: No log of Dask's is as grave as this.
_NOTHING = logging.CRITICAL
#: The settings that the engine reads articles by.
_FETCH = ("WORKBENCH_ALLOW_HOSTS", "WORKBENCH_CONTACT", "WORKBENCH_LARGEST_ARTICLE", "WORKBENCH_LARGEST_FILE")
#: The environment is one for a process.
_ONE = threading.Lock()
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
            untyped.comm.get_address_host_port(named)  # a client that is given what is no address never ends
            client = untyped.Client(named, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClaimsError(
                f"No Dask cluster answers at {named}.", "See that it runs; its address is like tcp://10.0.0.5:8786."
            ) from error
        with untyped.utils.silence_logging_cmgr(_NOTHING), client:  # what has become of it is worded by who runs
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
            silence_logs=_NOTHING,
        ) as local,
        untyped.Client(local, set_as_default=False) as client,
    ):
        yield client


def dashboard(client: Client) -> str:
    """Where Dask's dashboard is; empty where the scheduler was begun without one, though it names the place all the same."""
    link: str = client.dashboard_link
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.get(link, timeout=_GLANCE, stream=True) as answer:
                return "" if answer.status_code == _NONE_THERE else link
        except requests.RequestException:
            return link  # not seen from here; a browser elsewhere may see it


def settings(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What is set here for reading.

    >>> settings({"WORKBENCH_LARGEST_FILE": "1000", "HOME": "/home/jana"})
    {'WORKBENCH_LARGEST_FILE': '1000'}
    """
    return {name: environment[name] for name in _FETCH if name in environment}


def by_settings(told: Mapping[str, str], call: Callable[..., T], *given: Any, **named: Any) -> T:
    """What a call comes to by the settings that are ``told``, whatever this process was begun with.

    >>> by_settings({"WORKBENCH_LARGEST_FILE": "1000"}, os.getenv, "WORKBENCH_LARGEST_FILE")
    '1000'
    """
    with _ONE:
        before = settings()
        _set(told)
        try:
            return call(*given, **named)
        finally:
            _set(before)


def _set(told: Mapping[str, str]) -> None:
    for name in _FETCH:
        if name in told:
            os.environ[name] = told[name]
        else:
            os.environ.pop(name, None)


def check_extra() -> None:
    """Refuse where the extra is not installed."""
    try:
        import distributed  # noqa: F401, PLC0415
    except ImportError as error:
        raise ClaimsError("Archives need Dask.", "Put it in: pip install 'claims-workbench[cluster]'") from error
