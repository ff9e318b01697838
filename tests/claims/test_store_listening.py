"""Hearing what others write, on a real PostgreSQL: at once, over a restart of the server, and not at all from a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from time import monotonic

import pytest

from claims import Query, Store
from claims.errors import StaleWrite
from tests.claims.conftest import make_article, make_claims
from tests.postgres import Server

#: Seconds in which what was written must be heard: a desk promises one.
SOON = 1.0

#: Seconds in which a server that is back is found again.
BACK = 30.0


@pytest.fixture
def address(postgresql: Server) -> Iterator[str]:
    """The address of a record with one article in it."""
    with postgresql.database() as found:
        with Store(found, actor="Jana") as store:
            article = make_article()
            store.add_article(article, make_claims(article))
        yield found


def test_a_write_of_another_process_is_heard_within_a_second(address: str) -> None:
    """Each of twenty marks, as soon as it is kept; the number of the newest event then includes it."""
    heard: Queue[float] = Queue()
    took = []
    with Store(address, actor="Jana") as one, Store(address) as other:
        listening = other.listen(lambda: heard.put(monotonic()))
        assert listening is not None
        try:
            assert listening.wait(BACK)
            heard.get(timeout=BACK)  # what was written before
            claim_id = one.rows(Query())[0]["claim_id"]
            for revision in range(1, 21):
                one.mark(claim_id, revision, "Refuted", "low", rationale=f"Count {revision}.")
                kept, newest = monotonic(), one.latest_event_seq()
                took.append(heard.get(timeout=SOON) - kept)
                assert other.latest_event_seq() == newest
        finally:
            listening.close()
        assert not listening.hears
    assert max(took) < SOON


def test_nothing_is_heard_of_what_was_refused(address: str) -> None:
    """A stale mark is taken back whole, its news too: the next thing heard is the next write."""
    heard: Queue[int] = Queue()
    with Store(address, actor="Jana") as store:
        claim_id = store.rows(Query())[0]["claim_id"]
        store.mark(claim_id, 1, "Refuted", "low")
        listening = store.listen(lambda: heard.put(store.latest_event_seq()))
        assert listening is not None
        try:
            first = heard.get(timeout=BACK)
            with pytest.raises(StaleWrite):
                store.mark(claim_id, 1, "Supported", "low")
            store.mark(claim_id, 2, "Supported", "low")
            assert heard.get(timeout=SOON) > first
            with pytest.raises(Empty):
                heard.get_nowait()
        finally:
            listening.close()


def test_who_listens_finds_the_server_again_and_says_both(
    address: str, postgresql: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """While it is gone that is known and logged once; once it is back, what was missed is asked for and more is heard."""
    heard: Queue[None] = Queue()
    with Store(address, actor="Jana") as store:
        listening = store.listen(lambda: heard.put(None))
        assert listening is not None
        try:
            heard.get(timeout=BACK)
            with postgresql.away("immediate"):
                assert listening.wait(BACK, hears=False)
            heard.get(timeout=BACK)
            assert listening.hears
            store.mark(store.rows(Query())[0]["claim_id"], 1, "Refuted", "low")
            heard.get(timeout=SOON)
        finally:
            listening.close()
    said = [record.getMessage() for record in caplog.records if record.name == "claims.store.listening"]
    assert len(said) == 2
    assert "not heard" in said[0]
    assert said[1].endswith("are heard again.")


def test_a_file_tells_nobody(tmp_path: Path) -> None:
    """Who works on a file asks, as ever."""
    with Store(tmp_path / "desk.sqlite") as store:
        assert store.listen(lambda: None) is None
