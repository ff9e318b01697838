"""A process that reads a record in every way, and how much memory it took at the most."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from claims.store import Query, Store

#: What a person does with a record; none of it may need the whole of it in memory.
WAYS: dict[str, Callable[[Store], object]] = {
    "first page": lambda store: store.page(Query()),
    "page in the middle": lambda store: store.page(Query(sort="article"), offset=store.count(Query()) // 2),
    "count": lambda store: store.count(Query(has_figure=True)),
    "numbers beside the filters": lambda store: store.facets(Query()),
    "search": lambda store: store.page(Query(text="harbour")),
    "search for what is not there": lambda store: store.page(Query(text="zeppelin")),
    "chain": lambda store: store.verify(),
    "fold": lambda store: store.differences(),
}


def read(pipe: Connection, place: str) -> None:
    """Read the record in every way; tell the peak of each in bytes, as Python counts its own objects."""
    peaks = {}
    with Store(place) as store:
        for way in WAYS.values():  # what is built once and kept is not counted
            way(store)
        for name, way in WAYS.items():
            tracemalloc.start()
            way(store)
            peaks[name] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    pipe.send(peaks)


def read_resident(pipe: Connection, place: str) -> None:
    """Read the record in every way; tell the peak of the whole process in bytes, the databases' own memory included."""
    with Store(place) as store:
        for way in WAYS.values():
            way(store)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    pipe.send(int(found[1]) << 10)
