"""The desk's own library: past claims with their verdicts, and what was kept with them."""

from __future__ import annotations

from claims.evidence import Source
from claims.finders import Candidate, Question, Search, shipped
from claims.store import Store
from tests.claims.conftest import make_article, make_claim


def filled(store: Store) -> tuple[str, str]:
    """Two articles, each with one claim; returns the claims' names."""
    first, second = (
        make_article(),
        make_article("Guards at Korda\n\nNearly 900 inmates fled the Korda prison.", url=None),
    )
    store.add_article(first, [make_claim(first)])
    there = second.text.index("Nearly")
    store.add_article(second, [make_claim(second, there, len(second.text))])
    return make_claim(first).claim_id, make_claim(second, there, len(second.text)).claim_id


def found(store: Store, claim_id: str, words: str) -> list[Candidate]:
    """What the library finds for a claim by these words."""
    [answer] = Search(Question(words, store.claim(claim_id)), shipped(store, {})).wait()
    assert (answer.state, answer.why) == ("found", "")
    return list(answer.candidates)


def test_a_past_claim_is_proposed_with_its_verdict(store: Store) -> None:
    """A claim that was checked is found by words it shares, with verdict, day, and what sets it apart; itself never."""
    past, now = filled(store)
    store.set("second_reading", 0, value=False)
    store.mark(
        past, store.claim(past)["revision"], "Refuted", "high", rationale="The roll call says 249.", actor="Jana"
    )
    [claim] = [each for each in found(store, now, "900 inmates fled Korda prison") if each.kind == "past claim"]
    assert (claim.claim_id, claim.verdict, claim.verdict_by) == (past, "Refuted", "Jana")
    assert claim.verdict_on == store.claim(past)["verdict_as_of"]
    assert claim.difference.startswith("same speaker, other figure")
    assert claim.excerpt == "The roll call says 249."


def test_a_first_reading_is_kept_back(store: Store) -> None:
    """A verdict that waits for its second reading is told to nobody."""
    past, now = filled(store)
    store.mark(past, store.claim(past)["revision"], "Refuted", "high", actor="Jana")
    assert not [each for each in found(store, now, "inmates fled Korda") if each.kind == "past claim"]


def test_a_kept_document_is_found_by_its_text(store: Store) -> None:
    """A source of another claim is proposed with the passage of its document that says the words."""
    past, now = filled(store)
    sha256 = store.keep_snapshot(b"It rained.\n\nThe roll call of Korda lists 249 inmates as absent.", "text/plain")
    source = Source("roll-call.txt", "Roll call", quoted="", stance="refutes", snapshot=sha256)
    store.add_source(past, store.claim(past)["revision"], source)
    [document] = [each for each in found(store, now, "Korda inmates roll") if each.kind == "document"]
    assert (document.title, document.snapshot) == ("Roll call", sha256)
    assert document.excerpt == "The roll call of Korda lists 249 inmates as absent."


def test_words_that_nobody_wrote_find_nothing(store: Store) -> None:
    """Unknown words, and none, find nothing."""
    _, now = filled(store)
    assert found(store, now, "zeppelin") == found(store, now, "— $ —") == []
