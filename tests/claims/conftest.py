"""What the tests of the store and the export share: an article, claims, and a store of its own for each test."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from claims.article import Article
from claims.checkability import Reason
from claims.claim import Claim, claim_id
from claims.evidence import Source
from claims.export.checked import Publisher
from claims.export.pack import write_pack
from claims.store import Mark, Query, Store

TEXT = (
    "Guards walk out at Korda\n\n"
    "Some 312 inmates fled the prison on Sunday, Marusa Ilic said. Two vans waited at the north gate.\n\n"
    "The ministry will close 40% of its posts, “all of them by May”, it said."
)


def make_article(text: str = TEXT, **given: Any) -> Article:
    """An article as reading would make it."""
    return Article(
        text,
        **{
            "title": "Guards walk out at Korda",
            "publisher": "The Korda Post",
            "published": date(2024, 3, 4),
            "published_from": "given",
            "url": "https://korda.example/guards",
            **given,
        },
    )


def make_claim(article: Article, start: int = 26, end: int = 87, seq: int = 1, **given: Any) -> Claim:
    """A claim as the engine would make it."""
    made = Claim(
        claim_id=claim_id(article.article_id, start, end),
        article_id=article.article_id,
        article_title=article.title,
        article_url=article.url or "",
        publisher=article.publisher,
        published=article.published,
        seq=seq,
        sentence_no=seq,
        start=start,
        end=end,
        quote=article.text[start:end],
        prefix=article.text[max(start - 32, 0) : start],
        suffix=article.text[end : end + 32],
        claim=article.text[start:end],
        kinds=("numerical", "quote"),
        speaker="Marusa Ilic",
        cue="said",
        attribution="indirect",
        figure_low=312,
        figure_high=312,
        figure_unit="inmates",
        quantifier="about",
        date_text="Sunday",
        date_first=date(2024, 3, 3),
        date_last=date(2024, 3, 3),
        checkability=0.7,
        reasons=(Reason("figure", "Gives a figure.", 0.4), Reason("day", "Names a day | and hour.", 0.3)),
        priority="high",
    )
    return replace(made, **given)


def make_claims(article: Article) -> list[Claim]:
    """Three claims of the article above: a figure and a day, neither, a share."""
    plain = {"figure_low": None, "figure_high": None, "figure_unit": "", "quantifier": ""}
    undated: dict[str, Any] = {"date_text": "", "date_first": None, "date_last": None}
    unsaid = {"speaker": "", "cue": "", "attribution": "article"}
    return [
        make_claim(article),
        make_claim(article, 88, 122, 2, kinds=("event",), checkability=0.2, priority="low", **plain, **undated, **unsaid),
        make_claim(
            article, 124, 164, 3, kinds=("numerical",), checkability=0.5, priority="normal", speaker="the ministry",
            figure_low=40, figure_high=40, figure_unit="%", quantifier="", **undated,
        ),
    ]  # fmt: skip


#: Evidence beyond the article, quoted: what a sign-off asks for.
ROLL_CALL = Source("https://korda.example/roll-call", title="Roll call", quoted="312 were missing.", stance="supports")

#: Why it is signed off all the same: no document is kept with it.
ON_PAPER = "Ana read the roll call on paper."
Verb = Callable[[Store, str, int], int]


def documented(store: Store, source: Source) -> Source:
    """The same source, with a document that holds its passage kept in the record."""
    return replace(source, snapshot=store.keep_snapshot(source.quoted.encode(), "text/plain"))


def mark_fully(store: Store, claim_id: str, revision: int) -> int:
    """Mark a claim with all that a sign-off asks of its first reader."""
    mark = Mark("Supported", "high", "The roll call bears it out.")
    return store.save(claim_id, revision, mark=mark, sources=[ROLL_CALL])


def ask_for_second(store: Store, claim_id: str, revision: int) -> int:
    """Ask for a second reading."""
    return store.edit_claim(claim_id, revision, {"status": "second reading"})


def agree(store: Store, claim_id: str, revision: int) -> int:
    """Read it second, with the first reader's verdict."""
    return store.read_second(claim_id, revision, "Supported", "low", rationale="I see it too.", actor="Tom")


def dispute(store: Store, claim_id: str, revision: int) -> int:
    """Read it second, with another verdict."""
    return store.read_second(claim_id, revision, "Refuted", "moderate", rationale="I count 273.", actor="Tom")


def decide(store: Store, claim_id: str, revision: int) -> int:
    """Decide, as the first reader read it."""
    return store.decide(claim_id, revision, "Supported", "moderate", rationale="The roll call names each.", actor="Ana")


def sign_off(store: Store, claim_id: str, revision: int) -> int:
    """Sign it off; no document is kept with its source, which wants a reason."""
    return store.sign_off(claim_id, revision, why=ON_PAPER, actor="Ana")


def publish(store: Store, claim_id: str, revision: int) -> int:
    """Publish it."""
    return store.publish(claim_id, revision, actor="Ana")


def void(store: Store, claim_id: str, revision: int) -> int:
    """Withdraw it."""
    return store.void(claim_id, revision, "The roll call was of another day.", actor="Ana")


#: What is done to a new claim, one after the other, until it has this status.
WAYS: dict[str, tuple[Verb, ...]] = {
    "new": (),
    "assigned": (lambda store, claim_id, revision: store.assign(claim_id, revision, "Tom"),),
    "in progress": (lambda store, claim_id, revision: store.edit_claim(claim_id, revision, {"status": "in progress"}),),
    "marked": (mark_fully,),
    "second reading": (mark_fully, ask_for_second),
    "agreed": (mark_fully, agree),
    "disputed": (mark_fully, dispute),
    "decided": (mark_fully, dispute, decide),
    "signed off": (mark_fully, agree, sign_off),
    "published": (mark_fully, agree, sign_off, publish),
    "void": (mark_fully, agree, sign_off, void),
    "dropped": (lambda store, claim_id, revision: store.drop_claim(claim_id, revision, "An opinion."),),
}


def bring(store: Store, claim_id: str, status: str) -> int:
    """Work on a new claim until it has this status; returns the revision it then has."""
    revision = 1
    for verb in WAYS[status]:
        revision = verb(store, claim_id, revision)
    assert store.claim(claim_id)["status"] == status
    return revision


def sign_off_opinion_and_fact(store: Store) -> str:
    """Put in an article with an opinion and a fact and sign both off; the name of the fact."""
    article = make_article()
    opinion = make_claim(article, claim="The prison is a disgrace.", kinds=("event",))
    fact = make_claim(article, 88, 121, 2)
    store.add_article(article, [opinion, fact])
    for claim in (opinion, fact):
        bring(store, claim.claim_id, "signed off")
    return fact.claim_id


def packed(store: Store, publisher: Publisher, at: datetime, query: Query | None = None) -> io.BytesIO:
    """The pack of these claims, as it is written to a file."""
    file = io.BytesIO()
    write_pack(store, query, publisher, at, file)
    return file


def unguarded(place: str, statement: str) -> None:
    """Do what the database's own guard of references would not let happen."""
    if "://" in place:
        url = make_url(place)
        with psycopg.connect(host=url.query["host"], user=url.username, dbname=url.database) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(statement.encode())
        return
    file = sqlite3.connect(place)
    file.execute(statement)
    file.commit()
    file.close()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """An empty store in a place of its own."""
    with Store(place, actor="Jana") as opened:
        yield opened


@pytest.fixture
def desk(store: Store) -> Store:
    """A store that holds the article and its three claims."""
    article = make_article()
    store.add_article(article, make_claims(article))
    return store


@pytest.fixture
def names() -> list[str]:
    """The names of the desk's three claims, in order of appearance."""
    return [claim.claim_id for claim in make_claims(make_article())]


@pytest.fixture
def unchanged() -> Callable[[Store], None]:
    """A check that the record is sound: the chain whole, the tables what the events add up to."""

    def check(store: Store) -> None:
        assert store.verify() is None
        assert store.differences() == []

    return check
