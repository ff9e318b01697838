"""Coverage: every sentence has its place and its reason, and what is perhaps missed is told from what is rightly left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.article import Article, read_article
from claims.claim import Claim, find_claims
from claims.coverage import NATURES, Covered, cover, settle, survey, tally
from workbench.demonstration import stories

STORIES = stories()

TEXT = (
    "Guards walk out at Korda\n\n"
    "Some 312 inmates fled on Sunday. What a shame! The ministry will close the prison in May. Who paid?\n\n"
    "A van of the Korda guards on Monday.\n\n"
    "“Who let them go?” Ilic asked.\n\n"
    "Sign up for our newsletter"
)


@pytest.fixture(scope="module")
def article() -> Article:
    return read_article(TEXT, published="2024-03-04")


@pytest.fixture(scope="module")
def claims(article: Article) -> list[Claim]:
    return find_claims(article)


def of(covered: Sequence[Covered], words: str) -> Covered:
    """The one sentence that holds these words."""
    [found] = [each for each in covered if words in each.text]
    return found


def check_whole(article: Article, covered: Sequence[Covered]) -> None:
    """The sentences stand in order and apart, each is its span, and nothing but blanks stands between them."""
    at = 0
    for number, each in enumerate(covered, start=1):
        assert each.no == number
        assert each.text == article.text[each.start : each.end]
        assert each.text == each.text.strip() != ""
        assert not article.text[at : each.start].strip()
        assert each.nature in NATURES
        assert each.reason.endswith(".")
        at = each.end
    assert not article.text[at:].strip()
    assert sum(tally(covered).values()) == len(covered)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.publisher)
def test_every_sentence_of_a_story_is_there_with_its_claims(story: Article) -> None:
    """No sentence is left out, and each claim of the engine stands on one at least; none with a claim is missed."""
    claims = find_claims(story)
    covered = cover(story, claims)
    check_whole(story, covered)
    assert {name for each in covered for name in each.claim_ids} == {claim.claim_id for claim in claims}
    assert not [each for each in covered if each.missed and each.claim_ids]
    assert not [each for each in covered if each.missed and each.nature in {"question", "furniture"}]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='ab K.?!“”"\n\t\u00a0\u2028\u0301é世9%$<>*\ud800', max_size=120))
def test_any_text_is_covered_whole(text: str) -> None:
    """Whatever stands in an article, its sentences hold all of it, with claims on them and without."""
    article = Article(text)
    surveyed = survey(article)
    check_whole(article, surveyed)
    check_whole(article, settle(article, surveyed, [{"claim_id": "a", "start": 0, "end": len(text)}]))


@pytest.mark.parametrize(
    ("words", "nature", "missed"),
    [
        ("312 inmates", "claim", False),
        ("a shame", "opinion", False),
        ("will close", "prediction", False),
        ("Who paid?", "question", False),
        ("A van of", "none", True),
        ("newsletter", "furniture", False),
    ],
)
def test_a_sentence_is_what_it_is(article: Article, claims: list[Claim], words: str, nature: str, missed: bool) -> None:  # noqa: FBT001
    """Claim, opinion, prediction, question, furniture, or none of them; a name or a day without a claim is perhaps missed."""
    each = of(cover(article, claims), words)
    assert (each.nature, each.missed) == (nature, missed), each


def test_a_quoted_question_asks_where_no_claim_stands_on_it(article: Article) -> None:
    """What somebody asked is no assertion that was missed, however many names the sentence holds."""
    each = of(survey(article), "Who let them go")
    assert (each.nature, each.missed) == ("question", False)


def test_a_claim_that_is_dropped_leaves_its_sentence_perhaps_missed(article: Article, claims: list[Claim]) -> None:
    """Without its claim a sentence with a figure says that an assertion stands in it, and what it holds."""
    left = [claim for claim in claims if "312" not in claim.quote]
    each = of(cover(article, left), "312 inmates")
    assert (each.nature, each.claim_ids, each.missed) == ("none", (), True)
    assert each.reason.startswith("An assertion stands in it")
    assert "312" in each.reason.partition("It holds")[2]


def test_a_claim_made_of_what_was_missed_settles_it(article: Article, claims: list[Claim]) -> None:
    """Once a person put a claim there, the sentence is a claim and missed no more; the others stay as they were."""
    before = cover(article, claims)
    missed = of(before, "A van of")
    named: dict[str, Any] = {"claim_id": "mine", "start": missed.start, "end": missed.end}
    after = cover(article, [*claims, named])
    settled = after[missed.no - 1]
    assert (settled.nature, settled.claim_ids, settled.missed) == ("claim", ("mine",), False)
    assert [each for each in after if each.no != missed.no] == [each for each in before if each.no != missed.no]


def test_a_claim_stands_on_each_sentence_that_it_touches(article: Article) -> None:
    """A passage over two sentences is named by both, and by no third."""
    surveyed = survey(article)
    first, second = of(surveyed, "312 inmates"), of(surveyed, "a shame")
    claim = {"claim_id": "wide", "start": first.end - 3, "end": second.start + 2}
    standing = [each.no for each in settle(article, surveyed, [claim]) if each.claim_ids]
    assert standing == [first.no, second.no]


def test_a_claim_beyond_the_text_or_empty_stands_on_nothing(article: Article) -> None:
    """A span that holds no sign of a sentence changes nothing."""
    surveyed, end = survey(article), len(article.text)
    for start, stop in ((end, end + 9), (5, 5), (24, 26)):
        assert settle(article, surveyed, [{"claim_id": "a", "start": start, "end": stop}]) == surveyed


def test_an_empty_article_has_no_sentence() -> None:
    """Blanks have no sentences and no numbers."""
    for text in ("", " \n\n\t"):
        assert survey(Article(text)) == []
    assert tally([]) == dict.fromkeys(NATURES, 0)


def test_many_sentences_cost_no_more_than_their_number(article: Article) -> None:
    """Claims on two thousand sentences are settled without looking at each sentence for each claim."""
    surveyed = [
        Covered(number + 1, 10 * number, 10 * number + 9, article.text[:9], "none", "It holds no words.")
        for number in range(2_000)
    ]
    long = Article("Korda ab. " * 2_000)
    claims = [{"claim_id": str(each.no), "start": each.start, "end": each.end} for each in surveyed]
    assert [each.claim_ids for each in settle(long, surveyed, claims)] == [(str(each.no),) for each in surveyed]
