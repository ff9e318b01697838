"""The desk's own library: past claims with their verdicts, and what was kept with them."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from claims.evidence import Source, find_passage
from claims.finders import Candidate, Question, Search, library, shipped
from claims.store import Query, Store
from tests.claims.conftest import bring, make_article, make_claim


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


def crowd(store: Store, *wordings: str) -> list[str]:
    """An article of one claim for each of these wordings; returns the claims' names."""
    names = []
    for number, wording in enumerate(wordings):
        article = make_article(f"Story {number}\n\n{wording}", url=None)
        claim = make_claim(article, article.text.index(wording), len(article.text), claim=wording)
        store.add_article(article, [claim])
        names.append(claim.claim_id)
    return names


def test_what_was_checked_is_found_among_many_that_were_not(store: Store) -> None:
    """However many claims of like words nobody has looked at, the one with a verdict is proposed; so is no first reading."""
    unchecked = [f"{number} detainees fled the Korda camp." for number in range(700, 700 + library.EACH + 5)]
    *_, past, now = crowd(
        store, *unchecked, "785 detainees fled the Korda camp.", "786 detainees fled the Korda camp on Sunday."
    )
    store.mark(past, 1, "Refuted", "high", rationale="The roll call says 249.", actor="Jana")
    words = "786 detainees fled Korda camp Sunday"
    assert found(store, now, words) == []
    store.set("second_reading", 0, value=False)
    assert [(each.claim_id, each.verdict) for each in found(store, now, words)] == [(past, "Refuted")]


@pytest.mark.parametrize("status", ["disputed", "void"])
def test_a_verdict_that_does_not_stand_is_not_proposed(desk: Store, names: list[str], status: str) -> None:
    """Not while its readers disagree, nor once it was taken back, nor while a claim is being reviewed."""
    bring(desk, names[0], status)
    assert desk.claim(names[0])["verdict"]
    [now] = crowd(desk, "About 900 inmates fled the Korda prison.")
    assert [each for each in found(desk, now, "inmates fled Korda prison") if each.kind == "past claim"] == []
    if status == "void":
        desk.reopen(names[0], desk.claim(names[0])["revision"], "New papers.", actor="Ana")
        assert [each for each in found(desk, now, "inmates fled Korda prison") if each.kind == "past claim"] == []


@pytest.mark.parametrize(
    "named", ["Ms Ilic", "Ilic", "Interior Minister Jana Ilic", "JANA ILIC", "Tom Ilic", "the minister", ""]
)
def test_one_speaker_of_several_names_is_no_other(named: str) -> None:
    """What sets two claims apart never says that they are two people's where they may be one's."""
    row = {"claim_id": "a", "claim": "785 detainees fled the Korda camp.", "speaker": "Jana Ilic"}
    past = {"claim_id": "b", "claim": "About 100 inmates escaped from the Korda camp.", "speaker": named}
    assert "other speaker" not in library.difference(row, past)
    assert "other speaker" in library.difference(row, {**past, "speaker": "Tom Vey"})


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


def kept_whole(store: Store, claim_id: str, name: str, text: str) -> None:
    """A file of this name, with its document, as a source of a claim."""
    sha256 = store.keep_snapshot(text.encode(), "text/plain")
    source = Source(name, quoted="", stance="context", snapshot=sha256)
    store.add_source(claim_id, store.claim(claim_id)["revision"], source)


def test_a_long_page_is_shown_by_the_sentence_that_says_the_words(store: Store) -> None:
    """What is proposed is whole sentences around it, and stands in the document word for word."""
    past, now = filled(store)
    lead = "The inspectorate reported on the state of the prisons in the north of the country. " * 8
    text = (
        f"{lead}Of the 785 people on the roll, 249 were absent at the <zebra> count.\nR&amp;D had not counted. {lead}"
    )
    kept_whole(store, past, "roll.txt", text)
    [document] = found(store, now, "zebra counts absent")
    assert "249 were absent at the <zebra> count. R&amp;D had not counted." in document.excerpt
    assert document.excerpt.endswith("country.")
    assert len(document.excerpt) <= 280
    assert find_passage(document.excerpt, text).state == "verbatim"


def test_a_long_sentence_is_cut_between_words_and_says_so(store: Store) -> None:
    """An ellipsis in brackets stands for what is left out before and behind, and the words are the document's own."""
    past, now = filled(store)
    tail = "in the internationalisation wing and in the kitchen and in the yard of the northern prison, " * 4
    text = f"The inspectors walked {tail}the zebra guards did not flee {tail}and that was all."
    kept_whole(store, past, "roll.txt", text)
    [document] = found(store, now, "zebra guard flee")
    assert "the zebra guards did not flee" in document.excerpt
    assert document.excerpt.startswith("[…] ")
    assert document.excerpt.endswith(" […]")
    assert set(document.excerpt.split()) <= {*text.split(), "[…]"}
    assert len(document.excerpt) <= 280
    assert find_passage(document.excerpt, text).holds


def test_documents_of_one_file_name_are_two(store: Store) -> None:
    """A file's name is nobody's address: two documents of one name stand both, and the same one of two claims once."""
    past, now = filled(store)
    kept_whole(store, past, "report.pdf", "The sextant was lost.")
    kept_whole(store, past, "report.pdf", "The sextant was found.")
    kept_whole(store, now, "report.pdf", "The sextant was found.")
    shown = [each.excerpt for each in Search(Question("sextant"), shipped(store, {})).wait()[1].candidates]
    assert shown == ["The sextant was lost.", "The sextant was found."]


def test_a_claim_s_own_sources_leave_room_for_others(store: Store) -> None:
    """However many of its own say the words, what another claim has is found."""
    past, now = filled(store)
    for number in range(library.EACH + 5):
        source = Source(f"https://own.example/{number}", "Ballast roll", quoted="", stance="context")
        store.add_source(now, store.claim(now)["revision"], source)
    kept_whole(store, past, "other.txt", "The ballast roll of the ministry.")
    assert [each.title for each in found(store, now, "ballast roll")] == ["other.txt"]


def test_words_are_counted_without_looking_at_the_claims(store: Store) -> None:
    """Claims that share words are those that the table gives for each set, and many words take few questions of the database."""
    past, now = filled(store)
    words = "312 inmates fled the prison sunday marusa ilic guards walk korda nearly 900".split()
    told = store.count_saying([*words, "zeppelin"])
    assert told["zeppelin"] == 0 < told["312"] < told["inmates"]
    asked = [*library.sets_of(told), ["the"], ["pris", "fl"], ["su"]]
    told |= store.count_saying(["pris", "fl", "su"])
    given = {row["claim_id"] for each in asked for row in store.rows(Query(text=" ".join(each), reader=""), limit=20)}
    shared = store.saying(asked, told, 20)
    assert {row["claim_id"] for row in shared} == given == {past, now}
    [row] = store.rows(Query(text="312"))
    [whole] = [each for each in shared if each["claim_id"] == row["claim_id"]]
    assert {**whole, "no": row["no"]} == row | {name: whole[name] for name in whole.keys() - row.keys()}

    questions: list[str] = []
    engine = store._database._engine
    event.listen(engine, "before_cursor_execute", lambda *given: questions.append(given[2]))
    library.find(Question(" ".join(words), store.claim(now)), lambda _: None, store)
    assert len(questions) < 60
