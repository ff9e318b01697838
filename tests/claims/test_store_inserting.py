"""Thousands of rows in one act: all there and as told, or none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from claims.claim import claim_id
from claims.errors import ClaimsError
from claims.evidence import Source
from claims.store import Entry, Mark, Query, Store
from claims.store.inserting import inserting
from tests.claims.conftest import make_article, make_claim

MARK = Mark("Refuted", "low", "The roll call says 273 ␛ 😀 \ud83d.")


def _entries(number: int) -> Iterator[Entry]:
    """Articles of forty claims, each with a mark and a source: words that no database takes among them."""
    for at in range(number):
        article = make_article(
            f"Story {at}. " + "Some 312 inmates fled, Čorda said. " * 3, url=f"https://korda.example/{at}"
        )
        found = [
            make_claim(article, nth, nth + 20, nth + 1, claim_id=claim_id(article.article_id, nth, nth + 20))
            for nth in range(40)
        ]
        names = [claim.claim_id for claim in found]
        source = Source(f"https://ilic.example/{at}", "Roll call\0", stance="refutes")
        yield Entry(article, found, dict.fromkeys(names, MARK), {name: [source] for name in names})


def test_thousands_of_rows_stand_as_their_events_say(desk: Store) -> None:
    """What a thread of its own puts in the tables is what the chained events tell, and is found by its words."""
    before = desk.count(Query())
    desk.add_articles(_entries(40))
    assert desk.verify() is None
    assert list(desk.differences()) == []
    assert desk.count(Query(text="roll call")) == desk.count(Query()) - before == 1600
    row = desk.rows(Query(text="roll call"), limit=1)[0]
    assert (row["rationale"], row["n_sources"]) == (MARK.rationale, 1)


def test_a_row_that_cannot_be_kept_keeps_none(desk: Store) -> None:
    """An error inside the thread is told to who asked, and nothing of the act stays."""
    before, newest = desk.count(Query()), desk.latest_event_seq()
    good = list(_entries(40))
    doubled = Entry(good[-1].article, [*good[-1].claims, good[-1].claims[0]])
    with pytest.raises(ClaimsError):
        desk.add_articles([*good[:-1], doubled])
    assert (desk.count(Query()), desk.latest_event_seq()) == (before, newest)
    assert list(desk.differences()) == []
    desk.add_articles(good)
    assert desk.count(Query()) == before + 1600


def test_an_error_of_the_one_who_puts_stops_the_thread(desk: Store) -> None:
    """Who fails while rows are on their way sees the own error, and the connection is free again."""
    with pytest.raises(ZeroDivisionError), desk._database.writing() as connection:  # noqa: SIM117
        with inserting(connection, 10_000):
            raise ZeroDivisionError
    with desk._database.reading() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
