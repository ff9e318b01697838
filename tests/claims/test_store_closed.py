"""No way around a sign-off, a colleague or what was shown: by undo, by redo, by reading again, by a source or a scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from claims.errors import BadScale, ClaimLocked, NotAllowed, SignOffRefused, StaleWrite, StoreError
from claims.evidence import Source
from claims.store import Entry, Mark, Query, Store
from claims.verdict import load_scale
from tests.claims.conftest import ON_PAPER, bring, make_article, make_claim, make_claims

Check = Callable[[Store], None]

ROLL_CALL = Source("https://korda.example/roll-call", quoted="273 were there.", stance="refutes")


@pytest.fixture
def signed(desk: Store, names: list[str]) -> str:
    """A claim that Jana signed off, with one source that Tom put there."""
    desk.set("second_reading", 0, False, actor="Ada")  # noqa: FBT003 - the setting's value
    desk.add_source(names[0], 1, ROLL_CALL, actor="Tom")
    desk.mark(names[0], 1, "Supported", "high", rationale="The roll call.", actor="Tom")
    desk.sign_off(names[0], 2, why=ON_PAPER)
    return names[0]


def _without_its_source(desk: Store, name: str) -> None:
    [kept] = desk.sources(name)
    desk.remove_source(kept.source_id, kept.revision, actor="Tom")


def test_a_sign_off_is_not_done_again_without_its_evidence(desk: Store, signed: str, unchanged: Check) -> None:
    """Redo asks what a sign-off asks."""
    desk.undo()
    _without_its_source(desk, signed)
    with pytest.raises(SignOffRefused):
        desk.redo()
    assert desk.claim(signed)["status"] == "marked"
    unchanged(desk)


def test_a_reopening_is_not_taken_back_without_its_evidence(desk: Store, signed: str, unchanged: Check) -> None:
    """Undo of a reopening closes the claim again only as it may be signed off."""
    desk.reopen(signed, 3, "The count was disputed.")
    _without_its_source(desk, signed)
    with pytest.raises(SignOffRefused):
        desk.undo()
    assert desk.claim(signed)["status"] == "in progress"
    unchanged(desk)


def test_a_sign_off_is_not_done_again_by_who_may_no_more(desk: Store, names: list[str]) -> None:
    """Redo takes the role that a sign-off takes."""
    desk.add_person("Ada", actor="Ada")
    desk.add_person("Jana", "reviewer", actor="Ada")
    desk.set("second_reading", 0, False, actor="Ada")  # noqa: FBT003 - the setting's value
    desk.add_source(names[0], 1, ROLL_CALL, actor="Tom")
    desk.mark(names[0], 1, "Supported", "high", rationale="The roll call.", actor="Tom")
    desk.sign_off(names[0], 2, why=ON_PAPER, actor="Jana")
    desk.undo("Jana")
    desk.edit_person("Jana", 1, {"role": "checker"}, actor="Ada")
    with pytest.raises(NotAllowed):
        desk.redo("Jana")


def test_a_source_that_changed_since_it_was_seen_stops_the_sign_off(desk: Store, names: list[str]) -> None:
    """Sources do not move the claim's revision; a sign-off names what it saw of them all the same."""
    desk.set("second_reading", 0, False)  # noqa: FBT003 - the setting's value
    source = desk.add_source(names[0], 1, ROLL_CALL)
    desk.mark(names[0], 1, "Supported", "high", rationale="The roll call.")
    seen = desk.latest_event_seq()
    desk.edit_source(source, 1, replace(ROLL_CALL, quoted="NO inmates fled."), actor="Tom")
    with pytest.raises(StaleWrite, match="A source of this claim"):
        desk.sign_off(names[0], 2, seen=seen)
    assert desk.sign_off(names[0], 2, seen=desk.latest_event_seq(), why=ON_PAPER) == 3


def test_an_article_read_again_leaves_colleagues_work(store: Store, unchanged: Check) -> None:
    """What somebody took up after the reading was undone stays as they left it; the rest stands as if new."""
    article = make_article()
    store.add_article(article, make_claims(article))
    first, second, _ = (claim.claim_id for claim in make_claims(article))
    store.undo()
    store.edit_claim(first, 2, {"status": "new"}, why="It is worth it.", actor="Tom")
    store.mark(first, 3, "Refuted", "low", actor="Tom")
    store.add_article(article, make_claims(article))
    claim = store.claim(first)
    assert (claim["status"], claim["verdict"], claim["checker"], claim["revision"]) == ("marked", "Refuted", "Tom", 4)
    assert store.claim(second)["status"] == "new"
    unchanged(store)


def test_an_entry_read_again_after_undo_has_its_marks_and_sources(store: Store, unchanged: Check) -> None:
    """An import that was taken back and is done again is whole."""
    article = make_article()
    found = make_claims(article)
    name = found[0].claim_id
    mark = Mark("Supported", "high", "The roll call.")
    entry = Entry(article, found, {name: mark}, {name: [ROLL_CALL]})
    store.add_articles([entry])
    store.undo()
    unchanged(store)
    store.add_articles([entry])
    claim = store.claim(name)
    assert (claim["status"], claim["verdict"], claim["n_sources"]) == ("marked", "Supported", 1)
    assert store.count(Query(has_sources=True)) == 1
    unchanged(store)


def test_evidence_for_no_claim_of_the_article_is_refused(store: Store) -> None:
    """A mark that would go nowhere is told, not lost."""
    article = make_article()
    with pytest.raises(StoreError, match="nobody, which is no claim of this article"):
        store.add_articles([Entry(article, make_claims(article), {"nobody": Mark("Refuted", "low")})])
    assert store.latest_event_seq() == 0


def test_a_reading_is_not_undone_under_a_colleagues_claim(desk: Store, unchanged: Check) -> None:
    """While a colleague's claim stands on an article, its reading stays."""
    article = make_article()
    desk.add_claim(make_claim(article, 88, 96, claim="There were two vans."), actor="Tom")
    with pytest.raises(StaleWrite, match="Somebody has worked on this article"):
        desk.undo()
    assert len(desk.articles()) == 1
    unchanged(desk)


def test_a_scale_keeps_its_name(desk: Store) -> None:
    """Another scale under a name that the desk has used is refused: old marks name theirs."""
    ours = load_scale("house").as_data() | {"name": "ours"}
    other = ours | {"title": "Another"}
    revision = desk.set("scale", 0, ours)
    revision = desk.set("scale", revision, "averitec")
    with pytest.raises(BadScale, match="has had another scale called 'ours'"):
        desk.set("scale", revision, other)
    assert desk.set("scale", revision, ours) == revision + 1


def test_a_claim_with_a_verdict_is_not_new(desk: Store, names: list[str]) -> None:
    """No mark leaves a claim as if nobody had worked on it."""
    with pytest.raises(StoreError, match="with a verdict is not new"):
        desk.mark(names[0], 1, "Refuted", "low", status="new")


def test_nothing_means_none_in_a_filter(desk: Store, names: list[str]) -> None:
    """An empty verdict asks for the claims without one, in the page as in the count."""
    desk.mark(names[0], 1, "Refuted", "low")
    for query in (Query(verdicts=("",)), Query(confidences=("",)), Query(verdicts=("", "Supported"))):
        assert [row["claim_id"] for row in desk.rows(query)] == [
            row["claim_id"] for row in desk.rows(Query()) if row["claim_id"] != names[0]
        ]
        assert desk.count(query) == 2
    assert desk.count(Query(verdicts=("", "Refuted"))) == 3


def test_a_very_long_search_is_a_search(desk: Store) -> None:
    """A page of text as a question finds nothing and breaks nothing."""
    assert desk.count(Query(text=" ".join(f"word{number}" for number in range(3000)))) == 0
    assert desk.rows(Query(text=" ".join(f"word{number}" for number in range(3000)))) == []


def test_very_long_names_are_kept_and_found(store: Store, unchanged: Check) -> None:
    """A speaker, an assignee and an address of thousands of letters are kept whole on either database."""
    article = make_article(url="https://korda.example/" + "a" * 6000)
    found = make_claims(article)
    store.add_article(article, [replace(found[0], speaker="Ž" * 6000), *found[1:]])
    store.assign(found[0].claim_id, 1, "T" * 6000)
    assert store.claim(found[0].claim_id)["speaker"] == "Ž" * 6000
    assert store.count(Query(speakers=("Ž" * 6000,), assignees=("T" * 6000,))) == 1
    assert store.article(article.article_id).url == article.url
    unchanged(store)


def test_the_article_of_a_signed_claim_is_corrected_only_with_a_reason(desk: Store, signed: str) -> None:
    """What was signed off was signed off with it; the reason stands in the record, and the sign-off too."""
    article_id = desk.claim(signed)["article_id"]
    with pytest.raises(ClaimLocked, match="1 claim of this article is signed off"):
        desk.edit_article(article_id, 1, {"title": "Wardens walk out"})
    assert desk.edit_article(article_id, 1, {"title": "Wardens walk out"}, why="The page says so since noon.") == 2
    assert desk.claim(signed)["status"] == "signed off"
    assert desk.differences() == []


@pytest.mark.parametrize("actor", ["Tom", "Zed"])
def test_the_article_of_a_signed_claim_is_corrected_by_a_reviewer(desk: Store, signed: str, actor: str) -> None:
    """Neither a checker nor who is on no roster changes where a verdict that is out says that it belongs."""
    desk.add_person("Ada", "admin", actor="Ada")
    desk.add_person("Tom", "checker", actor="Ada")
    article_id = desk.claim(signed)["article_id"]
    with pytest.raises(NotAllowed):
        desk.edit_article(article_id, 1, {"url": "https://evil.example/x"}, why="A slip.", actor=actor)
    assert desk.edit_article(article_id, 1, {"title": "Wardens walk out"}, why="The page says so.", actor="Ada") == 2


def test_an_article_s_correction_is_taken_back_by_who_might_make_it(desk: Store, names: list[str]) -> None:
    """A checker's correction from before the sign-off is not undone by the checker after it; reopened, it is."""
    article_id = desk.claim(names[0])["article_id"]
    desk.edit_article(article_id, 1, {"title": "Guards strike at Korda"}, actor="Zoe")
    signed = bring(desk, names[0], "signed off")
    desk.add_person("Ada", actor="Ada")
    desk.add_person("Jana", "reviewer", actor="Ada")
    desk.add_person("Zoe", actor="Ada")
    with pytest.raises(NotAllowed):
        desk.undo("Zoe")
    assert desk.article(article_id).title == "Guards strike at Korda"
    desk.reopen(names[0], signed, "Once more.", actor="Jana")
    desk.undo("Zoe")
    assert desk.article(article_id).title != "Guards strike at Korda"
    desk.redo("Zoe")
    assert desk.article(article_id).title == "Guards strike at Korda"
