"""Claims that repeat or contradict one, found by the index of the search in any record, on both databases."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claims.article import Article
from claims.errors import NotThere
from claims.matching import assertion_of, contradiction, forms_of, meaning, repeat
from claims.store import Query, Store, alike
from tests.claims.conftest import make_article, make_claim

PAIRS = [
    json.loads(line)
    for line in Path(__file__).with_name("matching_pairs.jsonl").read_text(encoding="utf-8").splitlines()
]
PLAIN = {"figure_low": None, "figure_high": None, "figure_unit": "", "quantifier": "", "speaker": "", "cue": ""}
UNDATED = {"date_text": "", "date_first": None, "date_last": None}


def told(store: Store, *claims: tuple[str, date]) -> list[str]:
    """An article each, with one claim. Their names."""
    names = []
    for number, (words, day) in enumerate(claims):
        text = f"{words} Told as no. {number}."  # the same words on another day are another article
        address = f"https://korda.example/{number}"
        article: Article = make_article(text, title=f"Story {number}", url=address, published=day)
        claim = make_claim(article, 0, len(words), claim=words, attribution="article", **PLAIN, **UNDATED)
        store.add_article(article, [claim])
        names.append(claim.claim_id)
    return names


SUNDAY, MONDAY = date(2024, 3, 3), date(2024, 3, 4)


def test_a_claim_finds_its_repeats_and_its_clashes(store: Store) -> None:
    """Among other claims, what says the same and what cannot hold beside it, each with one sentence why."""
    asked, again, clash, _ = told(
        store,
        ("785 detainees fled the Korda camp.", SUNDAY),
        ("Nearly 800 inmates escaped from the Korda camp.", MONDAY),
        ("About 100 inmates escaped from the Korda camp.", MONDAY),
        ("785 nurses went on strike in Vell.", MONDAY),
    )
    found = store.elsewhere(asked)
    assert [match.other_id for match in found.repeats] == [again]
    assert [each.other_id for each in found.clashes] == [clash]
    assert found.clashes[0].why.startswith("785 and About 100 cannot both hold")


def test_a_share_and_two_counts_of_other_articles_are_put_together(store: Store) -> None:
    """Asked from each of the three: the share against the part, the whole quoted; the whole against the share."""
    share, part, whole = told(
        store,
        ("Almost all detainees fled the Korda camp.", SUNDAY),
        ("785 detainees fled the Korda camp.", SUNDAY),
        ("The Korda camp held 950 detainees.", MONDAY),
    )
    clashes = {name: store.elsewhere(name).clashes for name in (share, part, whole)}
    assert {name: [each.other_id for each in found] for name, found in clashes.items()} == {
        share: [part],
        part: [share],
        whole: [share],
    }
    assert "785 of 950 (83%)" in clashes[share][0].why


def test_a_dropped_claim_is_no_longer_elsewhere(store: Store) -> None:
    """What was dropped contradicts nothing; taken up again, it does."""
    asked, other = told(
        store, ("785 detainees fled the Korda camp.", SUNDAY), ("90 detainees fled the Korda camp.", SUNDAY)
    )
    store.drop_claim(other, 1, "It is of another day.")
    assert store.elsewhere(asked).clashes == ()
    store.undo("Jana")
    assert [each.other_id for each in store.elsewhere(asked).clashes] == [other]


def test_what_is_edited_is_found_by_its_new_words(store: Store) -> None:
    """The index follows an edit: no list beside it has to be made anew."""
    asked, other = told(
        store, ("785 detainees fled the Korda camp.", SUNDAY), ("90 guards like the Korda soup.", SUNDAY)
    )
    assert store.elsewhere(asked).clashes == ()
    store.edit_claim(other, 1, {"claim": "90 detainees fled the Korda camp."})
    assert [each.other_id for each in store.elsewhere(asked).clashes] == [other]


def test_a_claim_that_is_not_there_is_named(store: Store) -> None:
    """Asking for a claim of another record says so."""
    with pytest.raises(NotThere, match="no claim 'nowhere'"):
        store.elsewhere("nowhere")


def test_a_storys_figure_by_date(store: Store) -> None:
    """The figure as each article tells it, in the order of their days."""
    asked, *_ = told(
        store,
        ("The earthquake in Tesna killed 210 people.", date(2023, 2, 6)),
        ("At least 1,300 people died in the Tesna quake.", date(2023, 2, 9)),
        ("The earthquake in Tesna left 4,000 people homeless.", date(2023, 2, 9)),
    )
    assert [(point.day.day, point.low, point.high) for point in store.story(asked)] == [(6, 210, 210), (9, 1300, None)]


def test_the_index_misses_none_that_a_comparison_of_all_finds(store: Store) -> None:
    """Every repeat and clash of the hand-made pairs, all in one record, is found from either side."""
    pairs = [
        ((pair["a"][1], date.fromisoformat(pair["a"][0])), (pair["b"][1], date.fromisoformat(pair["b"][0])))
        for pair in PAIRS
    ]
    names = told_once(store, [each for pair in pairs for each in pair])
    rows = {row["claim_id"]: row for some in store.batches(Query()) for row in some}
    missed = []
    for one, other in ((names[mine], names[yours]) for mine, yours in pairs):
        read, against = assertion_of(rows[one]), assertion_of(rows[other])
        if one != other and (contradiction(read, against) or repeat(read, against)):
            found = store.elsewhere(one)
            if other not in {each.other_id for each in (*found.clashes, *found.repeats)}:
                missed.append((rows[one]["claim"], rows[other]["claim"]))
    assert missed == []


@pytest.mark.parametrize("at", [0, 60], ids=["first", "last"])
def test_copies_of_a_report_do_not_hide_the_one_that_says_otherwise(store: Store, at: int) -> None:
    """Sixty papers print one report, one paper another figure: each of the sixty shows the clash, and the one shows them."""
    claims = [("785 detainees fled the Korda camp.", SUNDAY)] * 60
    claims.insert(at, ("About 100 inmates fled the Korda camp.", SUNDAY))
    names = told(store, *claims)
    odd = names.pop(at)
    assert all([each.other_id for each in store.elsewhere(name).clashes] == [odd] for name in names)
    assert {each.other_id for each in store.elsewhere(odd).clashes} <= {*names}
    assert len(store.elsewhere(odd).clashes) == alike.MOST


def test_of_the_copies_the_one_of_the_same_days_is_compared(store: Store) -> None:
    """What was printed again in other years says nothing of this one; the one copy of these days does."""
    years = [("785 detainees fled the Korda camp.", date(1950 + number, 3, 3)) for number in range(60)]
    now, odd, *_ = told(
        store,
        ("785 detainees fled the Korda camp.", SUNDAY),
        ("About 100 inmates fled the Korda camp.", SUNDAY),
        *years,
    )
    assert [each.other_id for each in store.elsewhere(odd).clashes] == [now]


def test_a_crowd_of_other_figures_does_not_hide_a_repeat(store: Store) -> None:
    """Sixty newer figures of one story, and two papers that print the same one: asked from either, the other is found."""
    claims = [(f"{number} detainees fled the Korda camp.", SUNDAY) for number in (785, 785, *range(300, 360))]
    one, other, *_ = told(store, *claims)
    assert [[each.other_id for each in store.elsewhere(name).repeats] for name in (one, other)] == [[other], [one]]


def told_once(store: Store, claims: list[tuple[str, date]]) -> dict[tuple[str, date], str]:
    """The names of claims, each put in the record once."""
    unlike = list(dict.fromkeys(claims))
    return dict(zip(unlike, told(store, *unlike), strict=True))


@pytest.mark.parametrize(
    "word",
    "houses passes closing stopped fled carried fleeing agreed trees died cities gas buses planned voted ran used".split(),
)
def test_a_word_is_among_the_forms_of_its_meaning(word: str) -> None:
    """What the index is asked for has the word itself in it, however it is bent."""
    assert word in forms_of(meaning(word))


def test_who_is_linked_to_a_claim_is_told_there_too(store: Store) -> None:
    """From the columns of the others; a dropped claim tells of nothing, and a name within another is none."""
    asked, again, clash = told(
        store, ("Two vans waited.", SUNDAY), ("The gate was open.", SUNDAY), ("No guard fled.", MONDAY)
    )
    revision = store.edit_claim(again, 1, {"repeat_of": [clash, asked]})
    store.edit_claim(clash, 1, {"contradicts": [asked], "repeat_of": [f"{asked}0"]})
    found = store.elsewhere(asked)
    assert (found.repeated_by, found.contradicted_by) == ((again,), (clash,))
    assert store.elsewhere(again).repeated_by == ()
    store.drop_claim(again, revision, "An opinion.")
    assert store.elsewhere(asked).repeated_by == ()
