"""The run: batches given to the workers of a Dask cluster, a few ahead of each, until all are done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.archive.batch import Done, Limits, make
from claims.archive.cluster import at_work, by_settings, check_extra, dashboard, settings
from claims.archive.ledger import Ledger
from claims.archive.pairing import BLOCK, compare, uncompared
from claims.archive.parts import count_rows
from claims.archive.places import left_out, passed_over
from claims.errors import ClaimsError

if TYPE_CHECKING:
    from distributed import Client, Future

#: Articles of a batch: what is lost where a worker ends, and the rows of a part.
BATCH = 64
#: Tasks that each worker has before it, so that none waits for the client.
_AHEAD = 2
#: How often a task is given out before its workers' ends are taken for something that no article does.
_TRIED = 5
#: Seconds between two looks at what has ended, between two at the cluster, and those in which a worker must have come.
_LOOK, _GLANCE, _PATIENCE = 0.02, 1.0, 60.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: tasks done of all, what this run has read and found, and where Dask's dashboard is.

    ``unread`` are the batches of this run in which something could not be read. ``changed``, ``left_out`` and ``archives`` tell of the
    sources as they were when they were planned: the files that had changed, those that are not read, by their endings, and how many
    archives lay among them; ``outdated`` how many pairs went with what is read anew.
    """

    stage: str
    done: int
    of: int
    articles: int = 0
    claims: int = 0
    unread: tuple[int, ...] = ()
    pairs: int = 0
    dashboard: str = ""
    changed: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    archives: int = 0
    outdated: int = 0


Tell = Callable[[Progress], object]


def archive(
    sources: Iterable[str],
    out: Path,
    *,
    cluster: str | Client | None = None,
    workers: int | None = None,
    limits: Limits | None = None,
    size: int = BATCH,
    match: bool = False,
    again: bool = False,
    block: int = BLOCK,
    tell: Tell = lambda _: None,
) -> Progress:
    """Split the articles of the sources into the tables of an archive at ``out``; go on where one has begun there.

    ``cluster`` is an address, or a client of a cluster that is there. ``tell`` hears of each batch. With ``match``, the claims are
    compared afterwards, ``block`` of them at a time; ``again`` reads anew what could not be read, and what has changed since. Raises
    ClaimsError: for a source that is not there, a cluster that does not answer or ends, another run at ``out``, a folder that takes no more.
    """
    limits = limits or Limits()
    check_extra()
    ledger, sources = Ledger(out.absolute()), list(sources)
    with ledger.held():
        before = count_rows(ledger.folder, "pairs") if again else 0
        ledger.plan(sources, size, again=again)
        planned = sum(1 for _ in ledger.batches())
        reached = Progress(
            "articles",
            planned - ledger.unfinished(),
            planned,
            changed=tuple(ledger.changed(sources)),
            left_out=left_out(sources),
            archives=passed_over(sources),
            outdated=before - count_rows(ledger.folder, "pairs") if again else 0,
        )
        if reached.done < planned or (match and uncompared(ledger.folder, block)):
            with at_work(cluster, workers, limits) as client:
                told = replace(reached, dashboard=dashboard(client))
                reached = _worked(client, ledger, told, limits, tell, block if match else 0)
        ledger.sweep()
    return reached


def _worked(client: Client, ledger: Ledger, reached: Progress, limits: Limits, tell: Tell, block: int) -> Progress:
    """Every batch that is not done yet, and then, where ``block`` says how many claims, their comparisons."""
    tell(reached)
    for done in _each_done(client, _makings(ledger, limits)):
        reached = _after(reached, done)
        tell(reached)
    if block:
        coming = uncompared(ledger.folder, block)
        reached = replace(reached, stage="pairs", done=0, of=len(coming))
        tell(reached)
        for pairs in _each_done(client, (_Task(compare, (ledger.folder, each)) for each in coming)):
            reached = replace(reached, done=reached.done + 1, pairs=reached.pairs + pairs)
            tell(reached)
    return reached


@dataclass(frozen=True, slots=True)
class _Task:
    """One call for a worker; ``careful`` is how it is called where a worker has ended over it."""

    call: Callable[..., Any]
    given: tuple[Any, ...]
    careful: bool | None = None
    tried: int = 1

    def submitted(self, client: Client) -> Future[Any]:
        named: dict[str, Any] = {} if self.careful is None else {"careful": self.careful}
        task = (by_settings, settings(), self.call, *self.given)
        future: Future[Any] = client.submit(*task, **named, pure=False, retries=0)
        return future

    def again(self) -> _Task:
        return replace(self, careful=None if self.careful is None else True, tried=self.tried + 1)


def _makings(ledger: Ledger, limits: Limits) -> Iterator[_Task]:
    return (_Task(make, (ledger.folder, batch, limits), careful=False) for batch in ledger.undone())


def _each_done(client: Client, tasks: Iterator[_Task]) -> Iterator[Any]:
    """What each task came to, as they end; never more of them under way than the workers need."""
    from distributed import as_completed  # noqa: PLC0415 - an extra

    under_way: dict[Future[Any], _Task] = {}
    ending: Any = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]

    def give(task: _Task) -> None:
        future = task.submitted(client)
        under_way[future] = task
        ending.add(future)

    def fill() -> None:
        most = _AHEAD * max(_workers(client), 1)
        while len(under_way) < most and (task := next(tasks, None)):
            give(task)

    fill()
    while under_way:
        _wait(client, ending)
        future = next(ending)
        task = under_way.pop(future)
        if future.status == "finished":
            yield _result(client, future)
        else:
            _check_there(client)
            give(_once_more(task, future))
        future.release()
        fill()


def _result(client: Client, future: Future[Any]) -> Any:
    """What a task that is done came to. Raises ClaimsError where the cluster has gone with it."""
    try:
        return future.result()
    except (OSError, CancelledError) as error:
        raise _gone(client) from error


def _wait(client: Client, ending: Any) -> None:
    """Return once something has ended. Raises ClaimsError: for a cluster that is gone, and where no worker comes to it."""
    seen = looked = time.monotonic()
    while not ending.has_ready():
        time.sleep(_LOOK)
        if (now := time.monotonic()) < looked + _GLANCE:
            continue
        looked = now
        if _workers(client):
            seen = now
        elif now > seen + _PATIENCE:
            raise ClaimsError(
                f"No worker is at work on the cluster at {_address(client)}.",
                f"Begin one there: dask worker {_address(client)}. Then give the command again: it goes on where it was.",
            )


def _workers(client: Client) -> int:
    """How many workers the cluster has. Raises ClaimsError where it is gone."""
    _check_there(client)
    try:
        return len(client.scheduler_info(n_workers=-1)["workers"])
    except (OSError, KeyError) as error:
        raise _gone(client) from error


def _check_there(client: Client) -> None:
    if client.status != "running":
        raise _gone(client)


def _gone(client: Client) -> ClaimsError:
    return ClaimsError(
        f"The cluster at {_address(client)} is gone.",
        "See that it runs, and give the command again: it goes on where it was.",
    )


def _address(client: Client) -> str:
    return str(client.scheduler.address) if client.scheduler else "its address"


def _once_more(task: _Task, future: Any) -> _Task:
    """The task of which a worker has ended, to be tried again; else what went wrong, raised."""
    from distributed import KilledWorker  # noqa: PLC0415 - an extra

    error = future.exception() if future.status == "error" else None
    lost = future.status in {"cancelled", "lost"} or isinstance(error, KilledWorker)
    if lost and task.tried < _TRIED:
        return task.again()
    if isinstance(error, ClaimsError):
        raise error
    said = "Its workers end again and again" if lost else f"A worker failed: {type(error).__name__}, {error}"
    raise ClaimsError(f"{said}.", "See what their log says, and give the command again: it goes on where it was.")


def _after(reached: Progress, done: Done) -> Progress:
    return replace(
        reached,
        done=reached.done + 1,
        articles=reached.articles + done.articles,
        claims=reached.claims + done.claims,
        unread=(*reached.unread, done.no) if done.unread else reached.unread,
    )
