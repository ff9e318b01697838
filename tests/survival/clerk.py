"""A clerk: a process that holds one record open and does what a test tells it, so that limits and rights are its own."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import psycopg

from claims.errors import ClaimsError
from claims.store import Query, Store
from tests.survival.children import Child, child
from tests.survival.desks import stories

#: The user whom no file belongs to.
NOBODY = 65534

_EACH = 4  # articles of one write


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a person would have been shown."""

    kind: str
    sentence: str


class Clerk:
    """A clerk, from the test's side: each verb is done in the other process, and answered or refused."""

    def __init__(self, process: Child) -> None:
        self.process = process

    def tell(self, verb: str, *given: Any) -> None:
        """Set the clerk to work without waiting for the answer."""
        self.process.pipe.send((verb, given))

    def ask(self, verb: str, *given: Any) -> Any:
        """Have the clerk do this; the answer, or a Refusal."""
        self.tell(verb, *given)
        return self.process.hear()


@contextmanager
def clerk() -> Iterator[Clerk]:
    """A clerk at work; gone when the block ends."""
    with child(_serve) as process:
        yield Clerk(process)


class _Desk:
    """The clerk's verbs."""

    store: Store
    held: sqlite3.Connection | psycopg.Connection

    def open(self, place: str) -> None:
        """Open a record, or make it."""
        self.store = Store(place, actor="Tom")

    def close(self) -> None:
        """Let it go."""
        self.store.close()

    def add(self, token: str) -> int:
        """Write some articles and their claims as one act; how many."""
        return len(self.store.add_articles(stories(_EACH, token)))

    def mark(self) -> int:
        """Mark the first claim; its new revision."""
        first = self.store.page(Query(sort="article"), limit=1).iloc[0]
        return self.store.mark(first["claim_id"], int(first["revision"]), "Refuted", "low")

    def titles(self) -> list[str]:
        """The titles of all articles."""
        return list(self.store.articles()["title"])

    def sound(self) -> bool:
        """Whether the chain is whole and the tables are what the events add up to."""
        return self.store.verify() is None and self.store.differences() == []

    def limit(self, size: int) -> None:
        """From now on no file of this process may grow beyond so many bytes; -1 lifts that."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def become_nobody(self) -> None:
        """Give up the superuser's rights, for whom nothing is read-only."""
        if os.geteuid() == 0:
            Store(":memory:").close()  # brings the migrations' machinery in, which others may not be able to read
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    def hold(self, place: str) -> None:
        """As another program: keep all others from writing to the record."""
        if "://" in place:
            self.held = psycopg.connect(place)
            self.held.execute("LOCK TABLE events IN EXCLUSIVE MODE")
        else:
            self.held = sqlite3.connect(place, isolation_level=None)
            self.held.execute("BEGIN EXCLUSIVE")

    def release(self) -> None:
        """Let the others write again."""
        self.held.rollback()
        self.held.close()


def _serve(pipe: Connection) -> None:
    desk = _Desk()
    while True:
        verb, given = pipe.recv()
        try:
            answer = getattr(desk, verb)(*given)
        except ClaimsError as error:
            answer = Refusal(type(error).__name__, str(error))
        pipe.send(answer)
