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
    answers = Search(Question(words, store.claim(claim_id)), shipped(store, {})).wait()
    assert [(answer.state, answer.why) for answer in answers] == [("found", "")] * 2
    return [candidate for answer in answers for candidate in answer.candidates]


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


def test_a_source_is_found_though_its_claim_says_other_words(store: Store) -> None:
    """By its title, its publisher, its passage or its document alone; taken off, it is found no more, and put back again."""
    past, now = filled(store)
    sha256 = store.keep_snapshot(b"The zeppelin landed.\n\nIts crew of nine was unhurt.", "text/plain")
    for number, source in enumerate((
        Source("https://a.example/1", "Airships of the Baltic", quoted="", stance="context"),
        Source("https://a.example/2", "", "Vey & Daughters", quoted="", stance="context"),
        Source("https://a.example/3", "", quoted="Ballast was thrown.", stance="context"),
        Source("log.txt", "Log", quoted="", stance="context", snapshot=sha256),
    )):  # fmt: skip
        store.add_source(past, store.claim(past)["revision"], source)
        words = ("airships", "daughters", "ballast", "zeppelin crew")[number]
        [candidate] = found(store, now, words)
        assert candidate.title in (source.title, source.location)
    assert candidate.excerpt == "The zeppelin landed."
    assert found(store, past, "airships") == []
    kept = store.sources(past)[0]
    store.remove_source(kept.source_id, kept.revision)
    assert found(store, now, "airships") == []
    store.undo()
    assert len(found(store, now, "airships")) == 1
    kept = store.sources(past)[0]
    changed = Source("https://a.example/1", "Dirigibles of the Baltic", quoted="", stance="context")
    store.edit_source(kept.source_id, kept.revision, changed)
    assert found(store, now, "airships") == []
    assert len(found(store, now, "dirigibles")) == 1


def test_what_says_more_of_the_words_comes_first(store: Store) -> None:
    """Each place stands once, by the source of it that says most."""
    past, now = filled(store)
    first, second = store.claim(past), store.claim(now)
    article = make_article("Ferries\n\nThe ferry was late.", url=None)
    third = make_claim(article, 9, len(article.text))
    store.add_article(article, [third])
    for row, quoted in (
        (first, "Ballast."),
        (second, "Ballast and rope."),
        (store.claim(third.claim_id), "Ballast, rope, sail."),
    ):
        store.add_source(
            row["claim_id"], row["revision"], Source("https://a.example/1", quoted=quoted, stance="context")
        )
    store.add_source(past, first["revision"], Source("https://a.example/2", "A sail", quoted="Rope.", stance="context"))
    titles = [(candidate.address, candidate.excerpt) for candidate in found(store, now, "ballast rope sail")]
    assert titles == [("https://a.example/1", "Ballast, rope, sail."), ("https://a.example/2", "Rope.")]
