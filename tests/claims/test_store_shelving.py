"""The shelf follows the record: a piece at a time, whoever else does, and after the tables were made anew."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from pathlib import Path

import pytest

from claims.evidence import Source
from claims.store import Query, Store, copying, shelving
from tests.claims.conftest import make_article, make_claim, make_claims


def kept(store: Store, count: int) -> list[str]:
    """So many sources on the first claim of an article; returns their names."""
    article = make_article()
    [claim, *_] = make_claims(article)
    store.add_article(article, [claim])
    named = []
    for number in range(count):
        source = Source(f"https://a.example/{number}", f"Ballast {number:03}", quoted="", stance="context")
        named.append(store.add_source(claim.claim_id, store.claim(claim.claim_id)["revision"], source))
    return named


def on_shelf(store: Store, word: str) -> list[str]:
    return [each.stored.source_id for each in store.shelved([[word]], 1000)]


def test_it_follows_in_pieces(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the time is short it says so and goes on from there; nothing is left out and nothing stands twice."""
    monkeypatch.setattr(shelving, "_TOGETHER", 3)
    named = kept(store, 10)
    assert on_shelf(store, "ballast") == []
    times = 0
    while not store.shelve(0):
        times += 1
        there = on_shelf(store, "ballast")
        assert there == named[: len(there)]
    assert times > 2
    assert on_shelf(store, "ballast") == named
    assert store.count_shelved(["ballast", "007", "sail"]) == {"ballast": 10, "007": 1, "sail": 0}
    assert store.shelve(0)


def test_two_that_follow_at_once_do_no_harm(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes second finds that the first was there, and goes on after it."""
    named = kept(store, 4)
    words, inner = shelving._words, iter([True])

    def interrupted(database: object, row: object) -> str | None:
        if next(inner, False):
            assert shelving.follow(store._database, 5)
        return words(database, row)  # type: ignore[arg-type]

    monkeypatch.setattr(shelving, "_words", interrupted)
    assert store.shelve()
    assert on_shelf(store, "ballast") == named


def test_what_cannot_be_read_is_found_by_its_title(store: Store) -> None:
    """A picture has no words of its own."""
    [first] = kept(store, 1)
    stored = store.sources(store.rows(Query())[0]["claim_id"])[0]
    picture = store.keep_snapshot(b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png")
    source = Source("photo.png", "Zeppelin over Korda", quoted="", stance="context", snapshot=picture)
    second = store.add_source(store.rows(Query())[0]["claim_id"], 1, source)
    assert store.shelve()
    assert on_shelf(store, "zeppelin") == [second]
    assert on_shelf(store, "ballast") == [first] == [stored.source_id]


def test_it_is_the_same_after_a_rebuild_and_in_a_copy(store: Store, tmp_path: Path) -> None:
    """The record is whole without the shelf; what is made anew is followed as before."""
    named = kept(store, 5)
    assert store.shelve()
    store.rebuild()
    assert store.shelve()
    assert on_shelf(store, "ballast") == named
    assert store.differences() == []
    with Store(tmp_path / "copy.sqlite") as other:
        copying.copy(store, other)
        assert on_shelf(other, "ballast") == []
        assert other.shelve()
        assert on_shelf(other, "ballast") == named


def test_a_very_long_document_loses_no_word_unseen(store: Store) -> None:
    """Above what PostgreSQL tells apart the longest words stay out, on both databases alike; each that stays is found."""
    chance = random.Random(4)
    words = {"".join(chance.choices(string.ascii_lowercase, k=chance.randint(7, 11))) for _ in range(120_000)}
    text = " ".join([*sorted(words), "zzz", "y" * 3_000])
    assert len(text) > 1 << 20
    [named] = kept(store, 1)
    [stored] = store.sources(store.rows(Query())[0]["claim_id"])
    source = replace(stored.source, snapshot=store.keep_snapshot(text.encode(), "text/plain"))
    store.edit_source(named, stored.revision, source)
    assert store.shelve(30)
    short = [word for word in sorted(words) if len(word) < 10]
    asked = ["zzz", *short[:: len(short) // 50], short[-1]]
    assert set(store.count_shelved(asked).values()) == {1}
    [there] = store.shelved([["zzz"]], 1)
    assert sum(len(word) + 1 for word in there.words) <= 900_000
    assert max(map(len, there.words)) < 12


def test_a_claim_s_own_sources_take_nobody_s_place(store: Store) -> None:
    """Who asks for what stands beside a claim gets as much of it as they asked for, and counts only that."""
    own = kept(store, 5)
    article = make_article("Ferries\n\nThe ferry was late.", url=None)
    other = make_claim(article, 9, len(article.text))
    store.add_article(article, [other])
    source = Source("https://b.example/", "Ballast of the ferry", quoted="", stance="context")
    last = store.add_source(other.claim_id, 1, source)
    assert store.shelve()
    [claim_id] = {each.claim_id for each in store.shelved([["ballast"]], 5)}
    assert [each.stored.source_id for each in store.shelved([["ballast"]], 5)] == own
    assert [each.stored.source_id for each in store.shelved([["ballast"]], 5, beside=claim_id)] == [last]
    assert store.count_shelved(["ballast", "ferry", "001"], beside=claim_id) == {"ballast": 1, "ferry": 1, "001": 0}
