"""How a page is found on PostgreSQL: by looking at few claims, whatever it thinks of the filters. What is found test_store_search holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url, text

from claims.article import Article
from claims.claim import Claim
from claims.store import Edit, Mark, Query, Store, paging
from tests.claims.conftest import make_article, make_claim
from tests.postgres import Server

ARTICLES, PER_ARTICLE = 40, 50

#: As in a store of a million claims, where PostgreSQL does not sooner read a whole table than look into an index.
LARGE = "&options=-c%20enable_seqscan%3Doff"

#: Rows of claims and listing that the transaction has read.
READ = text(
    "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables WHERE relname IN ('claims', 'listing')"
)

#: What is asked, and how many of the last four claims it finds.
RARE = [
    (Query(text="zeppelin"), 4),
    (Query(text="zeppelin", reader="Jana"), 4),
    (Query(text="zeppelin", reader="Jana", sort="newest"), 4),
    (Query(text="ministry zeppelin", reader="Jana"), 4),
    (Query(text="zeppelin", statuses=("marked",), speakers=("Marusa Ilic",)), 2),
    (Query(text="quixotic", reader="Jana"), 0),
    (Query(statuses=("marked",)), 4),
    (Query(statuses=("marked",), speakers=("Marusa Ilic",)), 2),
    (Query(marked=True, kinds=("event",), reader="Jana"), 4),
    (Query(statuses=("void",)), 0),
]


@pytest.fixture(scope="module")
def long(postgresql: Server) -> Iterator[Store]:
    """Two thousand claims; the last four of the queue say a rare word and are marked."""
    with postgresql.database() as address, Store(address + LARGE, actor="Tom") as store:
        store.add_articles(_story(number) for number in range(ARTICLES))
        last = [row["claim_id"] for row in store.rows(Query(), offset=ARTICLES * PER_ARTICLE - 4)]
        store.save_many([Edit(name, 1, Mark("Refuted", "low", "The roll call says 273.")) for name in last])
        postgresql.say("VACUUM (ANALYZE)", str(make_url(address).database))
        yield store


def _story(number: int) -> tuple[Article, list[Claim]]:
    last = range(PER_ARTICLE - 4 if number == ARTICLES - 1 else PER_ARTICLE, PER_ARTICLE)
    quotes = [
        f"The ministry told {number} guards of bridge {at}{' by zeppelin' if at in last else ''}."
        for at in range(PER_ARTICLE)
    ]
    article = make_article(" ".join(quotes), url=None)
    places = [article.text.index(quote) for quote in quotes]
    return article, [
        make_claim(
            article, start, start + len(quote), seq, kinds=("event",), speaker=("Marusa Ilic", "Jana Vey")[seq % 2],
            checkability=round(1 - number / ARTICLES, 3), reasons=(), priority="normal",
        )
        for seq, (start, quote) in enumerate(zip(places, quotes, strict=True), 1)
    ]  # fmt: skip


@pytest.mark.parametrize(("query", "number"), RARE, ids=[str(number) for number in range(len(RARE))])
def test_what_is_rare_is_found_without_going_through_the_queue(
    long: Store, query: Query, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rare word or status behind two thousand claims costs a look at the first hundred and at what is found."""
    monkeypatch.setattr(paging, "_NEAR", 100)
    monkeypatch.setitem(paging._ENOUGH, "postgresql", 100)
    long.rows(query)  # so that what is read of tables of the server's own is known
    with long.moment(), long._database.reading() as connection:
        before = connection.execute(READ).scalar_one()
        assert len(long.rows(query)) == number
        assert connection.execute(READ).scalar_one() - before < 300
