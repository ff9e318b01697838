"""An article that is read again: one act that heals anchors, adds, and asks for a new look; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from claims.article import Article
from claims.claim import Claim, claim_at, find_claims
from claims.errors import ArticleExists, ClaimLocked, NotAllowed, StaleWrite, StoreError
from claims.evidence import Source
from claims.rereading import Finding, compare_versions, next_version
from claims.rereading.beside import edges, told_beside
from claims.store import Mark, Query, Reread, Store
from claims.store.rereading import AGAIN, GONE, REWORDED
from claims.table import claim_row
from tests.claims.conftest import TEXT, bring, make_article, make_claim, make_claims

NEW_LINE = "Nobody was hurt, the mayor said. "
#: The first claim's figure silently changed, the second pushed on by a new line, the third gone.
EDITED = (
    TEXT.replace("312", "273").replace("Two vans", f"{NEW_LINE}Two vans").partition("The ministry")[0]
    + "Trains ran late in Dorn all week."
)


def read_again(store: Store, text: str = EDITED, found: Sequence[Claim] = ()) -> Reread:
    """The desk's article compared with another text of it."""
    article = make_article()
    return store.compare_article(article.article_id, make_article(text), found)


def test_every_claim_stands_where_its_passage_does(
    desk: Store, names: list[str], unchanged: Callable[[Store], None]
) -> None:
    """After the act the article has the new text, and what each claim quotes stands at its place; what is gone stands nowhere."""
    read = read_again(desk)
    assert [(each.claim_id, each.state) for each in read.findings] == [
        (names[0], "reworded"), (names[1], "moved"), (names[2], "gone"),
    ]  # fmt: skip
    assert desk.reread_article(read) == 2
    article = desk.article(make_article().article_id)
    assert article.text == EDITED
    rows = [desk.claim(name) for name in names]
    assert [article.text[row["start"] : row["end"]] for row in rows] == [
        "Some 273 inmates fled the prison on Sunday, Marusa Ilic said.", "Two vans waited at the north gate.", "",
    ]  # fmt: skip
    assert rows[2]["quote"] == make_claims(make_article())[2].quote
    assert [row["tags"] for row in rows] == [REWORDED, None, GONE]
    unchanged(desk)


def test_an_article_keeps_its_name(desk: Store) -> None:
    """The name is that of the first text, whatever is read later; a claim added then has a name that no earlier one has."""
    name = make_article().article_id
    desk.reread_article(read_again(desk))
    article = desk.article(name)
    assert article.article_id == name
    assert article.sha256 == make_article(EDITED).sha256
    assert article.text_id == make_article(EDITED).article_id


def test_both_texts_are_kept(desk: Store) -> None:
    """The earlier text stays under its SHA-256, and the article's event names both."""
    desk.reread_article(read_again(desk))
    table = desk.events_table()
    [event] = table[table["act"] == "article read again"].to_dict("records")
    for text in (TEXT, EDITED):
        sha256 = make_article(text).sha256
        assert desk.snapshot(sha256).content.decode() == text
        assert sha256 in event["old"] + event["new"]


@pytest.mark.parametrize("status", ["marked", "second reading", "agreed", "disputed", "decided"])
def test_a_judged_claim_that_is_reworded_asks_for_a_new_look(desk: Store, names: list[str], status: str) -> None:
    """It goes back to "in progress", its verdict as it was, its second reading asked for anew."""
    bring(desk, names[0], status)
    before = desk.claim(names[0])
    desk.reread_article(read_again(desk))
    now = desk.claim(names[0])
    assert (now["status"], now["verdict"], now["agreement"]) == ("in progress", before["verdict"], None)


def test_an_articles_new_words_ask_no_role(desk: Store, names: list[str]) -> None:
    """A checker takes a version over in which a decided claim is reworded: it is the article that changed, and no one's wish."""
    bring(desk, names[0], "decided")
    desk.add_person("Ana", "admin", actor="Ana")
    desk.reread_article(read_again(desk), actor="Ilic")
    assert desk.claim(names[0])["status"] == "in progress"


@pytest.mark.parametrize("status", ["marked", "second reading"])
def test_a_reworded_claim_that_was_read_once_tells_no_reading(desk: Store, names: list[str], status: str) -> None:
    """A newer version of the article sets a claim back, and tells nobody what it was marked."""
    bring(desk, names[0], status)
    desk.reread_article(read_again(desk), actor="Ilic")
    assert desk.claim(names[0])["status"] == "in progress"
    assert desk.table(Query(reader="Ilic"))["verdict"].dropna().tolist() == []


def test_a_judged_claim_that_is_gone_asks_for_a_new_look(desk: Store, names: list[str]) -> None:
    """It stays in the work, tagged, with its verdict and the words that it had."""
    bring(desk, names[2], "agreed")
    desk.reread_article(read_again(desk))
    now = desk.claim(names[2])
    assert (now["status"], now["tags"], now["verdict"]) == ("in progress", GONE, "Supported")


def test_a_new_look_is_a_new_judgement(desk: Store, names: list[str]) -> None:
    """To set the status alone signs nothing off: the checklist asks for a judgement of the words of now."""
    desk.set("second_reading", 0, value=False)
    bring(desk, names[0], "marked")
    desk.reread_article(read_again(desk))
    revision = desk.edit_claim(names[0], desk.claim(names[0])["revision"], {"status": "marked"})
    assert "wording" in [item.name for item in desk.checklist(names[0]) if not item.met]
    desk.save(names[0], revision, mark=Mark("Supported", "high", "273 are named."))
    assert "wording" not in [item.name for item in desk.checklist(names[0]) if not item.met]


def test_a_judged_claim_that_only_moved_stays_as_it_is(desk: Store, names: list[str]) -> None:
    """The same words want no new look."""
    bring(desk, names[1], "agreed")
    desk.reread_article(read_again(desk))
    assert (desk.claim(names[1])["status"], desk.claim(names[1])["tags"]) == ("agreed", None)


@pytest.mark.parametrize("status", ["signed off", "published"])
def test_what_is_signed_off_is_reopened_with_a_reason(
    desk: Store, names: list[str], status: str, unchanged: Callable[[Store], None]
) -> None:
    """Without a reason nothing is written; with one the reworded claim is reopened in the same act, the moved one is not."""
    for name in names[:2]:
        bring(desk, name, status)
    read = read_again(desk)
    with pytest.raises(ClaimLocked):
        desk.reread_article(read)
    assert desk.article_revision(read.article_id) == 1
    desk.reread_article(read, why="The Post changed its figure.", actor="Ana")
    assert [desk.claim(name)["status"] for name in names[:2]] == ["in progress", status]
    assert desk.history(names[0])[-1].why == "The Post changed its figure."
    unchanged(desk)


def test_a_void_or_dropped_claim_stays_what_it_is(desk: Store, names: list[str]) -> None:
    """Only its anchor follows the text."""
    bring(desk, names[0], "void")
    bring(desk, names[2], "dropped")
    desk.reread_article(read_again(desk), why="Its figure changed.")
    assert [(desk.claim(name)["status"], desk.claim(name)["tags"]) for name in (names[0], names[2])] == [
        ("void", None), ("dropped", None),
    ]  # fmt: skip


def test_new_claims_are_added_in_their_place(desk: Store, names: list[str]) -> None:
    """They stand between the others in the order of the article, under names of the new text."""
    new = make_article(EDITED)
    start = EDITED.index(NEW_LINE)
    found = make_claim(new, start, start + len(NEW_LINE) - 1)
    desk.reread_article(read_again(desk, found=[found]))
    order = [row["claim_id"] for row in desk.rows(Query(article_id=make_article().article_id, sort="article"))]
    assert order == [names[0], found.claim_id, names[1], names[2]]


def test_a_claim_that_nobody_worked_on_is_worded_anew(desk: Store, names: list[str]) -> None:
    """What the engine read it reads again; a wording that a person gave stays."""
    new = make_article(EDITED)
    end = EDITED.index(NEW_LINE) - 1
    found = replace(make_claim(new, 26, end), figure_low=273, figure_high=273)
    desk.reread_article(read_again(desk, found=[found]))
    row = desk.claim(names[0])
    assert (row["claim"], row["figure_low"]) == (found.claim, 273)


def test_a_wording_that_a_person_gave_stays(desk: Store, names: list[str]) -> None:
    """It is theirs to change."""
    desk.edit_claim(names[0], 1, {"claim": "312 people fled Korda."})
    end = EDITED.index(NEW_LINE) - 1
    desk.reread_article(read_again(desk, found=[make_claim(make_article(EDITED), 26, end)]))
    assert desk.claim(names[0])["claim"] == "312 people fled Korda."


def test_claims_that_changed_places_change_their_order(desk: Store, names: list[str]) -> None:
    """The order is that of the text as it is now."""
    head, first, last = TEXT.split("\n\n")
    desk.reread_article(read_again(desk, f"{head}\n\n{last}\n\n{first}"))
    order = [row["claim_id"] for row in desk.rows(Query(article_id=make_article().article_id, sort="article"))]
    assert order == [names[2], names[0], names[1]]


def test_it_is_found_by_the_words_of_now(desk: Store, names: list[str]) -> None:
    """A search finds the reworded passage by its new words, and by its old ones only where the claim still has them."""
    desk.edit_claim(names[0], 1, {"claim": "Many fled Korda."})
    desk.reread_article(read_again(desk))
    assert [row["claim_id"] for row in desk.rows(Query(text="273"))] == [names[0]]
    assert desk.rows(Query(text="312")) == []


def test_what_was_changed_since_is_refused(desk: Store, names: list[str]) -> None:
    """Whoever changed the article, or one of its claims, was faster: nothing is written."""
    read = read_again(desk)
    desk.edit_claim(names[1], 1, {"priority": "high"})
    with pytest.raises(StaleWrite):
        desk.reread_article(read)
    read = read_again(desk)
    desk.edit_article(read.article_id, 1, {"byline": "Jana Ilic"})
    with pytest.raises(StaleWrite):
        desk.reread_article(read)
    assert desk.article(read.article_id).text == TEXT


def test_a_claim_that_came_since_is_not_left_behind(desk: Store) -> None:
    """One that was not compared makes the comparison stale."""
    read = read_again(desk)
    desk.add_claim(make_claim(make_article(), 26, 47))
    with pytest.raises(StaleWrite):
        desk.reread_article(read)


@pytest.mark.parametrize("named", [True, False])
def test_a_passage_of_the_text_before_is_refused(desk: Store, named: bool, unchanged: Callable[[Store], None]) -> None:  # noqa: FBT001
    """Who selected it before a colleague took a new version over adds no claim on other words, whether they say which text they saw or not."""
    seen = desk.article(make_article().article_id)
    added = claim_at(seen, 92, 122, "Vans waited.")
    desk.reread_article(read_again(desk), actor="Tom")
    before = desk.latest_event_seq()
    with pytest.raises(StaleWrite, match="somebody read it again") as refused:
        desk.add_claim(added, seen.sha256 if named else None)
    assert refused.value.typed == {"quote": added.quote, "claim": "Vans waited."}
    assert desk.latest_event_seq() == before
    article = desk.article(seen.article_id)
    start = article.text.index(added.quote)
    name = desk.add_claim(claim_at(article, start, start + len(added.quote), "Vans waited."), article.sha256)
    assert desk.claim(name)["quote"] == added.quote
    unchanged(desk)


def test_a_text_that_nobody_sees_any_more_is_refused_where_the_passage_stayed(desk: Store) -> None:
    """What stands before the new words stands where it did; all the same the person saw another text."""
    seen = desk.article(make_article().article_id)
    desk.reread_article(read_again(desk), actor="Tom")
    with pytest.raises(StaleWrite, match="somebody read it again"):
        desk.add_claim(claim_at(seen, 0, 6), seen.sha256)
    assert desk.add_claim(claim_at(seen, 0, 6))


def test_a_wrong_passage_is_put_down_to_no_colleague(desk: Store) -> None:
    """Nobody read the article again: it is said that the words do not stand there, whatever else was corrected of the article."""
    article = desk.article(make_article().article_id)
    desk.edit_article(article.article_id, 1, {"title": "Guards leave Korda"}, actor="Tom")
    wrong = make_claim(article, 0, 6, quote="Guard.")
    for seen in (None, article.sha256):
        with pytest.raises(StaleWrite) as refused:
            desk.add_claim(wrong, seen)
        assert refused.value.problem == "“Guard.” does not stand in the article at the place that is given for it."


def test_a_corrected_title_is_no_other_text(desk: Store) -> None:
    """A claim is added though a colleague corrected what is known of the article."""
    seen = desk.article(make_article().article_id)
    desk.edit_article(seen.article_id, 1, {"title": "Guards leave Korda"}, actor="Tom")
    assert desk.add_claim(claim_at(seen, 0, 6), seen.sha256)


def test_claims_put_together_stand_on_words_of_the_article(desk: Store, names: list[str]) -> None:
    """A merged claim, and the parts of one, whose passage is another text's are refused as an added one is."""
    article = make_article()
    other = make_claim(article, 26, 122, quote=article.text[26:122].replace("312", "900"))
    with pytest.raises(StaleWrite, match="does not stand in the article at the place that is given for it"):
        desk.merge_claims(names[:2], [1, 1], other)
    with pytest.raises(StaleWrite, match=r"900 inmates .* does not stand in the article"):
        desk.split_claim(names[0], 1, [make_claim(article, 26, 70), other])
    assert desk.claim(names[0])["status"] == "new"


def test_undo_takes_the_whole_back_and_redo_does_it_again(
    desk: Store, names: list[str], unchanged: Callable[[Store], None]
) -> None:
    """Text, anchors, tags, status and new claims: all as before, and again as after."""
    bring(desk, names[0], "published")
    bring(desk, names[1], "published")
    start = EDITED.index(NEW_LINE)
    found = make_claim(make_article(EDITED), start, start + len(NEW_LINE) - 1)
    kept = ("start", "end", "quote", "prefix", "suffix", "status", "tags", "seq", "signed_off_by")

    def stands() -> list[tuple[object, ...]]:
        return [tuple(desk.claim(name)[column] for column in kept) for name in names]

    before = stands()
    read = read_again(desk, found=[found])
    desk.reread_article(read, why="Its figure changed.", actor="Ana")
    after = stands()
    assert after != before
    desk.undo("Ana")
    assert stands() == before
    assert desk.article(read.article_id) == make_article()
    assert desk.claim(found.claim_id)["status"] == "dropped"
    desk.redo("Ana")
    assert stands() == after
    assert desk.article(read.article_id).text == EDITED
    assert desk.claim(found.claim_id)["status"] == "new"
    unchanged(desk)


def test_undo_stops_where_a_claim_stands_in_the_new_text(desk: Store) -> None:
    """A claim that somebody added since would quote what the old text does not have."""
    read = read_again(desk)
    desk.reread_article(read)
    article = desk.article(read.article_id)
    start = EDITED.index(NEW_LINE)
    desk.add_claim(make_claim(article, start, start + 10), actor="Tom")
    with pytest.raises(StaleWrite):
        desk.undo("Jana")


def test_the_record_is_made_anew_from_its_events(
    desk: Store, names: list[str], unchanged: Callable[[Store], None]
) -> None:
    """A rebuild finds texts, anchors and new claims as they stand."""
    desk.reread_article(read_again(desk))
    before = desk.claim(names[0])
    desk.rebuild()
    assert desk.claim(names[0]) == before
    assert desk.article(make_article().article_id).text == EDITED
    unchanged(desk)


def test_a_passage_that_comes_back_is_found_again(desk: Store, names: list[str]) -> None:
    """The third version has the first one's words: nothing is gone any more, and the claims have their first places."""
    desk.reread_article(read_again(desk))
    desk.reread_article(read_again(desk, TEXT))
    rows = [desk.claim(name) for name in names]
    assert [(row["start"], row["end"]) for row in rows] == [
        (each.start, each.end) for each in make_claims(make_article())
    ]
    assert rows[2]["tags"] is None
    assert desk.article(make_article().article_id) == make_article()


def test_the_same_text_is_no_new_version(desk: Store) -> None:
    """Nothing is written."""
    newest = desk.latest_event_seq()
    assert desk.reread_article(read_again(desk, TEXT)) == 1
    assert desk.latest_event_seq() == newest


def test_a_version_that_has_an_article_of_its_own_is_refused(desk: Store) -> None:
    """Its claims would stand in the table twice."""
    other = desk.add_article(make_article(EDITED), [])
    with pytest.raises(ArticleExists) as refused:
        desk.reread_article(read_again(desk))
    assert refused.value.article_id == other


def test_the_first_text_is_still_known(desk: Store) -> None:
    """Added again, it is the article's that it was named for; kept once more, it gets a name of its own."""
    name = make_article().article_id
    desk.reread_article(read_again(desk))
    with pytest.raises(ArticleExists) as refused:
        desk.add_article(make_article(), make_claims(make_article()))
    assert refused.value.article_id == name
    again = desk.add_article(make_article(), make_claims(make_article()), new_version=True)
    assert again == f"{name}-2"
    assert desk.article(again) == make_article(copy=2)


def test_who_may_not_reopen_takes_no_version_over_that_would(desk: Store, names: list[str]) -> None:
    """A checker's act reopens nothing that is signed off."""
    bring(desk, names[0], "signed off")
    desk.add_person("Ana", actor="Ana")
    desk.add_person("Nik", actor="Ana")
    with pytest.raises(NotAllowed):
        desk.reread_article(read_again(desk), why="Its figure changed.", actor="Nik")


def test_a_claim_added_to_the_new_version_meets_no_old_name(desk: Store, names: list[str]) -> None:
    """The span of a claim that moved away is free for another one."""
    desk.reread_article(read_again(desk))
    article: Article = desk.article(make_article().article_id)
    old = make_claims(make_article())[1]
    added = claim_at(article, old.start, old.end)
    assert added.claim_id not in names
    assert desk.add_claim(added) == added.claim_id


# What the engine hears of the same words, the headline, and what was judged before

SAID = "Jana Ilic runs the prison. She said some 785 inmates fled the prison. Trains ran late, the line said."


def told(old: str, new: str, **given: Any) -> dict[str, Finding]:
    """What became of the claims that the engine finds in a text, by their passages."""
    before = make_article(old)
    rows = [claim_row(claim) for claim in find_claims(before)]
    return {each.quote: each for each in compare_versions(before, rows, make_article(new, **given))}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("the line said", "a rider said", "The speaker was the line, is a rider."),
        ("the line said", "the line admitted", "The word that reports it was “said”, is “admitted”."),
        (
            "Trains ran late, the line said.",
            "“Trains ran late,” the line said.",
            "It was indirect speech, is direct speech.",
        ),
        ("Trains ran late, the line said.", "Trains ran late.", "It was said by the line, is the article’s own."),
        ("Jana Ilic runs", "Marusa Horn runs", "The speaker was Jana Ilic, is She."),
    ],
)
def test_the_same_words_of_somebody_else_are_reworded(old: str, new: str, says: str) -> None:
    """Who says it, and how, is part of what was judged; the difference is told in words."""
    found = told(SAID, SAID.replace(old, new))
    assert [each.told for each in found.values() if each.told] == [says]
    assert all(each.state == "reworded" for each in found.values() if each.told)


FLED = (
    "The ministry said on Monday that 785 detainees fled the Korda camp. The port was sold to Helion, the mayor said."
)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("785", "fewer than 785", "“fewer than” stands before it now."),
        ("785", "as few as 785", "“as few as” stands before it now."),
        ("785", "another 785", "“another” stands before it now."),
        ("785", "the last of the 785", "“the last of the” stands before it now."),
        ("that 785", "that in the past year 785", "“in the past year” stands before it now."),
        ("camp", "camp annex", "“annex” stands behind it now."),
        ("camp", "camp and the Tesna prison", "“and the Tesna prison” stands behind it now."),
        ("Helion", "Helion’s rival", "“Helion’s rival” stands behind it now."),
    ],
)
def test_words_that_came_to_the_edge_of_a_claim_ask_for_a_new_look(old: str, new: str, says: str) -> None:
    """The passage stands as it stood, and its statement says another thing; the other claim is untouched."""
    found = told(FLED, FLED.replace(old, new, 1))
    assert [(each.state, each.told) for each in found.values() if each.told] == [("reworded", says)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The port", "It rained. The port"),
        ("on Monday", "on Tuesday"),
        ("that 785", "that, however, 785"),
        ("Korda camp.", "Korda camp, and burned two vans."),
        ("Helion, the mayor said", "Helion, the mayor said on Friday, at noon"),
        ("said on Monday that", "said\non Monday \N{EN DASH} that"),
    ],
)
def test_words_that_are_no_part_of_a_claims_statement_change_nothing_of_it(old: str, new: str) -> None:
    found = told(FLED, FLED.replace(old, new, 1))
    assert not [each.told for each in found.values() if each.told]


def told_around(quoted: str, old: str, new: str) -> list[str]:
    """What is told of a claim that a person chose, where it is reworded."""
    before = make_article(old)
    place = before.text.index(quoted)
    row = claim_row(claim_at(before, place, place + len(quoted)))
    found = [each for each in compare_versions(before, [row], make_article(new)) if each.claim_id]
    assert all((each.state == "reworded") is bool(each.told) for each in found)
    return [each.told for each in found if each.told]


@pytest.mark.parametrize("was", ["Almost all of the", "Half of the", "At least 7 of the"])
def test_another_part_of_the_same_is_told(was: str) -> None:
    """Two words further the text differs, and that bears on the passage."""
    old, new = f"{was} 785 men fled.", "None of the 785 men fled."
    spans = [(text.index("785"), len(text) - 1) for text in (old, new)]
    before, after = (edges(text, span, span) for text, span in zip((old, new), spans, strict=True))
    [tells] = told_beside(before, after)
    assert tells.startswith("“None of the” stands before it now, where “")
    assert told_beside(before, before) == []


EVE = "on the eve of the vote that the council of the town of Tesna had called for the end of the year"


@pytest.mark.parametrize(
    ("quoted", "old", "new", "says"),
    [
        ("The fund fell", "The fund fell by 5% in Korda.", "The fund fell by 5 in Korda.", "“by 5 in Korda”"),
        ("The fund fell", "The fund fell by $5 million.", "The fund fell by €5 million.", "“by €5 million”"),
        ("The night fell", "The night fell to -5 degrees.", "The night fell to 5 degrees.", "“to 5 degrees”"),
        ("The men fled", "The men fled from a camp.", "The men fled from camp A.", "“from camp A”"),
        ("The men fled", f"The men fled {EVE} in Korda.", f"The men fled {EVE} in Marusa.", "“… Marusa”"),
    ],
)
def test_a_sign_a_name_and_a_far_word_are_told(quoted: str, old: str, new: str, says: str) -> None:
    """A currency, a share, a minus; of many words those from the first that differs."""
    [tells] = told_around(quoted, old, new)
    assert tells.startswith(f"{says} stands ")
    assert tells.count("…") in {0, 2}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("on 4 March", "on March 4"),
        ("on 4 May", "on May 4"),
        ("for the US", "for the U.S."),
        ("in two raids", "in 2 raids"),
        ("at 10.30", "at 10:30"),
        ("by 5 percent", "by 5%"),
        ("for the organisation", "for the organization"),
        ("from the co-operative", "from the cooperative"),
        ("from the labour centre", "from the labor center"),
    ],
)
def test_another_spelling_beside_a_claim_is_no_change_of_it(old: str, new: str) -> None:
    assert told_around("The men left", f"The men left {old} in Korda.", f"The men left {new} in Korda.") == []


def test_paragraphs_that_change_places_bring_no_claim_other_neighbours() -> None:
    parts = FLED.partition(" The port")
    found = told(f"{parts[0]}\n\n{parts[1].strip()}{parts[2]}", f"{parts[1].strip()}{parts[2]}\n\n{parts[0]}")
    assert not [each for each in found.values() if each.state != "moved"]


def test_words_that_left_the_edge_of_a_claim_are_told() -> None:
    """A person chose the figure alone; the statement around it bounded it, and does not any more."""
    old, new = make_article(FLED.replace("785", "at least 785")), make_article(FLED)
    place = old.text.index("785 detainees")
    row = claim_row(claim_at(old, place, place + len("785 detainees")))
    [finding] = [each for each in compare_versions(old, [row], new) if each.claim_id]
    assert (finding.state, finding.told) == ("reworded", "“at least” stands before it no more.")


def test_a_verdict_whose_claim_is_bounded_now_is_looked_at_again(desk: Store, names: list[str]) -> None:
    """What was agreed on 312 inmates is not what is true of fewer."""
    bring(desk, names[0], "agreed")
    desk.reread_article(read_again(desk, TEXT.replace("312", "fewer than 312", 1)))
    row = desk.claim(names[0])
    assert (row["status"], row["tags"]) == ("in progress", REWORDED)


COUNTED = "At least 312 inmates escaped from the Korda prison, the prison service said. Two vans waited at the gate."


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        (
            "\n\nCorrection: An earlier version said that at least 312 inmates escaped. The number was 97.",
            "The article has a notice now: “Correction: An earlier version said that at least 312 inmates escaped. The number was 97.”",
        ),
        (
            "\n\nEditor’s note\n\nThe inmates who escaped from the prison were 97.",
            "The article has a notice now: “Editor’s note The inmates who escaped from the prison were 97.”",
        ),
        (" Update: 97 inmates escaped.", "The article has a notice now: “Update: 97 inmates escaped.”"),
    ],
)
def test_a_correction_beside_a_claim_asks_for_a_new_look(rest: str, says: str) -> None:
    """The claim's own words are as they were; other claims are none of the notice's business."""
    found = told(COUNTED, COUNTED + rest)
    states = {quote.split()[0]: (each.state, each.told) for quote, each in found.items() if each.state != "new"}
    assert states == {"At": ("reworded", says), "Two": ("unchanged", "")}


def test_a_verdict_beside_a_new_correction_is_looked_at_again(desk: Store, names: list[str]) -> None:
    """What was judged goes back to be judged anew."""
    bring(desk, names[0], "agreed")
    desk.reread_article(read_again(desk, f"{TEXT}\n\nCorrection: The inmates who fled the prison were 273."))
    row = desk.claim(names[0])
    assert (row["status"], row["tags"]) == ("in progress", REWORDED)


def test_what_a_correction_repeats_is_no_new_claim() -> None:
    """What the earlier version said is none of the article's claims any more; what is right now is one."""
    found = told(
        COUNTED,
        f"{COUNTED}\n\nCorrection: An earlier version said that at least 312 inmates escaped. The number was 97.",
    )
    assert [each.claim for each in found.values() if each.state == "new"] == ["The number was 97."]


def test_a_notice_that_was_there_before_is_nothing_new() -> None:
    noted = f"{COUNTED}\n\nCorrection: The number of inmates who escaped was 97."
    found = told(noted, f"It rained all day.\n\n{noted}")
    assert {each.state for each in found.values()} == {"moved", "new"}


def test_paragraphs_that_only_look_like_notices_are_none() -> None:
    """Officers of a correction department, and the update of a law."""
    rest = (
        "\n\nCorrection officers counted 312 inmates.\n\nUpdate of the law on inmates who escaped from prison is due."
    )
    found = told(COUNTED, COUNTED + rest)
    assert not [each for each in found.values() if each.state == "reworded"]


@pytest.mark.parametrize(
    ("now", "denial"),
    [
        ("Half of the guards fled the camp, Jana Ilic said. The service says that is wrong.", "The service says that is wrong."),
        ("Half of the guards fled the camp, Jana Ilic said. This is false.", "This is false."),
        ("Half of the guards fled the camp, Jana Ilic said. The service denies this.", "The service denies this."),
        ("Half of the guards fled the camp, Jana Ilic said. The mayor called the figure false.", "The mayor called the figure false."),
    ],
)  # fmt: skip
def test_a_denial_beside_a_claim_asks_for_a_new_look(now: str, denial: str) -> None:
    """It was not there before; once it is there it is nothing new."""
    old = "Half of the guards fled the camp, Jana Ilic said."
    [found] = [each for each in told(old, now).values() if each.state != "new"]
    assert (found.state, found.told) == ("reworded", f"It is denied there now: “{denial}”")
    assert denial in found.now
    assert {each.state for each in told(now, now).values()} == {"unchanged"}


@pytest.mark.parametrize(
    "rest",
    [
        "The service did not deny this.",
        "The service says it was wrong to leave.",
        "Is this false?",
        "The mayor denied the guards a raise.",
    ],
)
def test_what_denies_something_else_is_no_denial(rest: str) -> None:
    old = "Half of the guards fled the camp, Jana Ilic said."
    assert not [each for each in told(old, f"{old} {rest}").values() if each.state == "reworded"]


@pytest.mark.parametrize(
    ("now", "denial"),
    [
        ("At least 312 inmates escaped from the prison, which the prison service denied.", "which the prison service denied"),
        ("It is not true that at least 312 inmates escaped from the prison.", "It is not true that …"),
    ],
)  # fmt: skip
def test_what_is_only_there_to_be_denied_is_not_the_articles_own(now: str, denial: str) -> None:
    found = told("At least 312 inmates escaped from the prison, the prison service said.", now)
    says = [each.told for each in found.values() if each.told]
    assert says == [f"It was said by the prison service, is denied there (“{denial}”)."]


def test_a_day_that_other_words_give_is_told() -> None:
    """The words “that day” stay in the passage; which day it is stood before it."""
    old = "Korda, Monday. Some 785 inmates fled the prison on that day."
    found = told(old, old.replace("Monday", "Friday"))
    assert "“that day” was 4 March 2024, is 1 March 2024." in [each.told for each in found.values()]


@pytest.mark.parametrize("who", ["the line said", "The line said", "the line says", "the railway line said"])
def test_the_same_speaker_is_nobody_else(who: str) -> None:
    """A capital, a fuller name, another tense of said: nothing is told."""
    assert not [each.told for each in told(SAID, SAID.replace("the line said", who)).values() if each.told]


def test_a_speaker_that_a_person_gave_is_no_change_of_the_article(store: Store) -> None:
    """The engine's two readings are compared, not the claim with either."""
    article = make_article(SAID)
    store.add_article(article, find_claims(article))
    claim = next(row for row in store.rows(Query()) if "785" in row["quote"])
    bring(store, claim["claim_id"], "agreed")
    revision = store.claim(claim["claim_id"])["revision"]
    store.edit_claim(claim["claim_id"], revision, {"speaker": "the prison’s director"})
    now = make_article(f"It rained all day.\n\n{SAID}")
    store.reread_article(store.compare_article(article.article_id, now, find_claims(now)))
    assert store.claim(claim["claim_id"])["status"] == "agreed"


def test_what_is_new_is_dated_by_the_new_versions_own_day() -> None:
    """What stood there before is read by the first day, as far as its words for the day are the same."""
    later = {"published": date(2024, 3, 13)}
    found = told(
        "Some 785 inmates fled on Tuesday.", "Some 249 inmates fled on Tuesday. Two vans came on Monday.", **later
    )
    days = {each.state: each.found.date_first for each in found.values() if each.found}
    assert days == {"reworded": date(2024, 2, 27), "new": date(2024, 3, 11)}


def test_a_version_takes_its_day_where_it_gives_one() -> None:
    """Without one the record's stays."""
    known = make_article()
    assert next_version(known, make_article(EDITED, published=date(2024, 3, 13))).published == date(2024, 3, 13)
    assert next_version(known, make_article(EDITED, published=None)).published == known.published


def test_a_day_that_was_edited_is_told_and_taken_over(
    desk: Store, names: list[str], unchanged: Callable[[Store], None]
) -> None:
    """With the same text nothing else is written: the claims keep the days that they have; undo brings the old day back."""
    article = make_article(published=date(2024, 3, 17))
    before = make_article().published
    read = desk.compare_article(article.article_id, article, [])
    assert read.day == (before, date(2024, 3, 17))
    claim = desk.claim(names[0])
    desk.reread_article(read, actor="Ana")
    assert desk.article(article.article_id).published == date(2024, 3, 17)
    days = ("date_first", "date_last", "revision")
    assert [desk.claim(names[0])[name] for name in days] == [claim[name] for name in days]
    assert desk.compare_article(article.article_id, article, []).day is None
    unchanged(desk)
    desk.undo("Ana")
    assert desk.article(article.article_id) == make_article()
    unchanged(desk)


def test_what_is_new_is_of_the_day_that_the_record_then_has(desk: Store) -> None:
    """A claim and its article do not stand under two days."""
    version = make_article(f"{TEXT}\n\nTwo guards came back on Thursday.", published=date(2024, 3, 17))
    name = make_article().article_id
    desk.reread_article(desk.compare_article(name, version, find_claims(version)))
    [new] = [row for row in desk.rows(Query()) if "came back" in row["quote"]]
    assert (new["date_first"], new["published"]) == (date(2024, 3, 14), date(2024, 3, 17))


def test_a_day_that_a_person_corrected_stays_as_long_as_the_page_has_its_own(desk: Store) -> None:
    """What is new is of the day that the record keeps, too; another day of the page is told."""
    first = make_article()
    desk.edit_article(first.article_id, 1, {"published": date(2024, 3, 17)})
    version = make_article(f"{TEXT}\n\nTwo guards came back on Thursday.")
    read = desk.compare_article(first.article_id, version, find_claims(version))
    assert read.day is None
    desk.reread_article(read)
    assert desk.article(first.article_id).published == date(2024, 3, 17)
    [new] = [row for row in desk.rows(Query()) if "came back" in row["quote"]]
    assert new["date_first"] == date(2024, 3, 14)
    later = make_article(version.text, published=date(2024, 3, 20))
    assert desk.compare_article(first.article_id, later, []).day == (date(2024, 3, 17), date(2024, 3, 20))


def test_a_headline_that_was_edited_is_told_and_taken_over(
    desk: Store, names: list[str], unchanged: Callable[[Store], None]
) -> None:
    """With the same text nothing else is written; undo brings the old one back."""
    bring(desk, names[0], "signed off")
    article = make_article(title="Mass breakout")
    read = desk.compare_article(article.article_id, article, [])
    assert read.headline == ("Guards walk out at Korda", "Mass breakout")
    with pytest.raises(ClaimLocked):
        desk.reread_article(read)
    desk.reread_article(read, why="The Post changed it.", actor="Ana")
    assert desk.article(article.article_id).title == "Mass breakout"
    assert desk.claim(names[0])["article_title"] == "Mass breakout"
    assert desk.claim(names[0])["status"] == "signed off"
    assert desk.compare_article(article.article_id, article, []).headline is None
    desk.undo("Ana")
    assert desk.article(article.article_id) == make_article()
    unchanged(desk)


def test_a_headline_that_a_person_corrected_is_no_edit_of_the_page(desk: Store) -> None:
    """As long as the page has the one that it had, the record keeps theirs."""
    article = make_article()
    desk.edit_article(article.article_id, 1, {"title": "Guards leave"})
    desk.edit_article(article.article_id, 2, {"title": "Guards leave Korda"})
    read = read_again(desk)
    assert read.headline is None
    desk.reread_article(read)
    assert desk.article(article.article_id).title == "Guards leave Korda"


def test_what_is_again_as_it_was_judged_is_told_and_still_waits(
    desk: Store, names: list[str], unchanged: Callable[[Store], None]
) -> None:
    """Edited and edited back: the tags say so, and a person signs off, not the program."""
    bring(desk, names[0], "signed off")
    bring(desk, names[2], "agreed")
    desk.reread_article(read_again(desk), why="Its figure changed.", actor="Ana")
    read = read_again(desk, TEXT)
    assert [(each.claim_id, each.again) for each in read.findings] == [
        (names[0], True), (names[1], False), (names[2], True),
    ]  # fmt: skip
    desk.reread_article(read)
    rows = [desk.claim(name) for name in (names[0], names[2])]
    assert [(row["status"], row["tags"]) for row in rows] == [("in progress", AGAIN)] * 2
    assert "wording" in [item.name for item in desk.checklist(names[0]) if not item.met]
    desk.reread_article(read_again(desk))
    assert [desk.claim(name)["tags"] for name in (names[0], names[2])] == [REWORDED, GONE]
    unchanged(desk)


def test_words_that_were_judged_since_are_not_those_of_before(desk: Store, names: list[str]) -> None:
    """Whoever judged the second version judged its words; the first one's are others again."""
    desk.set("second_reading", 0, value=False)
    desk.reread_article(read_again(desk))
    desk.save(names[0], desk.claim(names[0])["revision"], mark=Mark("Supported", "high", "273 are named."))
    assert not any(each.again for each in read_again(desk, TEXT).findings)


def test_an_article_becomes_no_evidence_for_itself(desk: Store, names: list[str]) -> None:
    """A version with just the words of a source's document is refused, until that source is gone."""
    sha256 = desk.keep_snapshot(EDITED.encode(), "text/plain")
    source = Source("https://dorn.example/story", title="The story", quoted="273 inmates", snapshot=sha256)
    name = desk.add_source(names[0], 1, source)
    with pytest.raises(StoreError, match="no evidence for itself"):
        desk.reread_article(read_again(desk))
    desk.remove_source(name, desk.sources(names[0])[0].revision)
    assert desk.reread_article(read_again(desk)) == 2
