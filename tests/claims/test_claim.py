"""Claims: what a desk finds in its table when an article has been read."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.article import Article, read_article
from claims.claim import Claim, claim_at, claim_id, find_claims, find_claims_in
from claims.errors import EmptyText

STORY: dict[str, Any] = json.loads((Path(__file__).parents[1] / "golden" / "claims.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def article() -> Article:
    return read_article(STORY["text"], published=STORY["published"])


@pytest.fixture(scope="module")
def table(article: Article) -> list[Claim]:
    return find_claims(article)


def told(text: str, published: str | None = "2024-03-04") -> list[tuple[str, str]]:
    """Wording and speaker of each claim of an article."""
    return [(claim.claim, claim.speaker) for claim in find_claims(read_article(text, published=published))]


@pytest.mark.parametrize("wanted", STORY["claims"], ids=lambda wanted: wanted["claim"][:60])
def test_a_story_gives_the_claims_a_desk_would_write_down(table: list[Claim], wanted: dict[str, Any]) -> None:
    """Each claim stands in the table once: readable alone, with its speaker, its figure and its day."""
    [claim] = [claim for claim in table if claim.claim == wanted["claim"]]
    assert claim.speaker == wanted["speaker"]
    if "low" in wanted:
        assert (claim.figure_low, claim.figure_high) == (wanted["low"], wanted["high"])
    if "unit" in wanted:
        assert claim.figure_unit == wanted["unit"]
    if "quantifier" in wanted:
        assert claim.quantifier == wanted["quantifier"]
    if "first" in wanted:
        assert claim.date_first == date.fromisoformat(wanted["first"])


@pytest.mark.parametrize("never", STORY["never"])
def test_the_page_and_the_frame_are_no_claims(table: list[Claim], never: str) -> None:
    """Datelines, bylines, furniture, bare attributions and outer quotation marks are in no wording."""
    assert [claim.claim for claim in table if re.search(never, claim.claim)] == []


def test_opinions_and_predictions_come_last(table: list[Claim]) -> None:
    """What judges or foretells ranks below every claim with a figure or a day, and says why."""
    last = [claim for claim in table if claim.claim in STORY["ranked_last"]]
    hard = [claim for claim in table if claim.figure_low or claim.date_first]
    assert len(last) == len(STORY["ranked_last"])
    assert max(claim.checkability for claim in last) < min(claim.checkability for claim in hard if not claim.speaker)
    assert {claim.reasons[-1].signal for claim in last} == {"opinion", "prediction"}


def test_every_claim_shows_its_words(article: Article, table: list[Claim]) -> None:
    """A claim's span is its quote, its context stands around it, and its score is the sum of its reasons."""
    for claim in table:
        assert article.text[claim.start : claim.end] == claim.quote
        assert article.text[: claim.start].endswith(claim.prefix)
        assert article.text[claim.end :].startswith(claim.suffix)
        assert sum(reason.points for reason in claim.reasons) == pytest.approx(claim.checkability)


def test_claims_are_numbered_in_the_order_of_the_text(table: list[Claim]) -> None:
    """Places count from 1 without a gap, and sentences never run backwards."""
    assert [claim.seq for claim in table] == list(range(1, len(table) + 1))
    numbers = [claim.sentence_no for claim in table]
    assert numbers == sorted(numbers)


def test_ids_are_unique_and_stable(article: Article, table: list[Claim]) -> None:
    """No two claims share an id, and reading the same text again gives the same ids."""
    ids = [claim.claim_id for claim in table]
    assert len(set(ids)) == len(ids)
    assert [claim.claim_id for claim in find_claims(Article(article.text, furniture=article.furniture))] == ids


def test_what_ministries_found_is_told_with_them() -> None:
    """A finding without a speaker of its own keeps who found it in its wording, before or behind."""
    [(claim, speaker)] = told("The line carried 3 million passengers in 2023, its annual report shows.")
    assert (claim, speaker) == ("Its annual report shows that the line carried 3 million passengers in 2023.", "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("VELL – Guards left the prison.", "Guards left the prison."),
        ("PORT VELL, March 3 – Guards left the prison.", "Guards left the prison."),
        ("VELL, Korland — The guards had left the prison.", "The guards had left the prison."),
        ("VELL (AP) - Guards left the prison.", "Guards left the prison."),
        ("Vell, March 3 (AP) – Guards left the prison.", "Guards left the prison."),
    ],
)
def test_a_dateline_is_no_part_of_a_claim(text: str, wanted: str) -> None:
    """Where a report was filed stands neither in the wording nor in the anchor."""
    [claim] = find_claims(read_article(text))
    assert claim.claim == wanted
    assert text.endswith(claim.quote + ".")


@pytest.mark.parametrize(
    "line",
    [
        "Guards outside the north gate of Vell prison on Sunday.",
        "Photograph of the north gate",
        "By the Vell desk",
        "Vell prison: a history in pictures",
        "More stories from the north of Korland",
        "— Jana Ilic (@ilic_vell) January 7, 2020",
        "The county’s oldest guard, Jana Ilic, walking into the court to be sworn in.",
        "Her fight for quality child care",
        "A book of Vell paper dolls",
        "The guards of Vell prison on strike",
    ],
)
def test_a_line_without_a_verb_is_no_claim(line: str) -> None:
    """A caption, a credit and a title say nothing of anything."""
    assert told(f"Two vans waited at the gate.\n\n{line}\n\nThe mayor resigned.") == [
        ("Two vans waited at the gate.", ""),
        ("The mayor resigned.", ""),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Two trams collided in central Korda on Monday.",
        "The quake off Korda measured 5.5.",
        "Thieves made off with three paintings.",
        "A court in Korda sentenced banker Tom Vey to four years.",
        "The Marusan army retook the village of Korda on Monday.",
        "Since the truce, 27 trucks of flour have arrived in the town of Korda, the mayor said Thursday.",
        "Korland coordinates in border and customs matters with Marusia.",
        "Residents across the northern valley favor granting the miners a second vote.",
        "The deal envisions returning miners and nurses from Vell to Korda.",
        "Marusa Ilic and Davor Korda place flowers at a memorial for the miners of Vell.",
        "The union's push gains steam in the council.",
        "Ferry cities brace for strikes.",
    ],
)
def test_a_verb_that_the_tagger_takes_for_another_form_makes_a_claim(sentence: str) -> None:
    """A sentence that says something is not passed over because its only verb reads like a participle or a noun."""
    assert find_claims(read_article(sentence))


@pytest.mark.parametrize("headline", ["Guards to strike over pay", "‘Most’ Rebels Escape Camp Amid Attack"])
def test_a_headline_without_a_finite_verb_is_a_claim(headline: str) -> None:
    """Headlines leave out what a sentence needs, and claim all the same; a line further down does not."""
    assert told(f"{headline}\n\nThe union met in Vell.")[0] == (f"{headline}.", "")
    assert told(f"The union met in Vell.\n\n{headline}\n\nThe mayor resigned.")[1][0] == "The mayor resigned."


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("The harbour office said the quay was shut. “It is unsafe,” it added.", {"the harbour office"}),
        ("Jana Ilic said the mill was shut. “We lost 40 jobs. Nobody came to help,” she continued.", {"Jana Ilic"}),
    ],
)
def test_it_and_she_are_who_spoke_before(text: str, speakers: set[str]) -> None:
    """ "it added" and "she continued" are told of the speaker whom they stand for, for each sentence of the quote."""
    assert {speaker.replace("The", "the") for _, speaker in told(text)} == speakers


def test_without_a_day_nothing_relative_is_resolved() -> None:
    """An article of unknown date leaves "on Sunday" as it is; a full date needs no such help."""
    found = find_claims(Article("The mill closed on Sunday. The quay opened on 3 May 2019."))
    assert [(claim.claim, claim.date_first) for claim in found] == [
        ("The mill closed on Sunday.", None),
        ("The quay opened on 3 May 2019.", date(2019, 5, 3)),
    ]


def test_a_person_may_claim_what_the_engine_has_not() -> None:
    """A passage becomes a claim in the person's words; a second one of the same passage has another id."""
    article = Article("Two vans waited. Some 900 inmates fled on foot.")
    first, second = (claim_at(article, 16, 39, "  About 900 fled. ", nth=nth) for nth in (0, 1))
    assert (first.quote, first.claim, first.figure_low) == ("Some 900 inmates fled", "About 900 fled.", 900)
    assert (first.sentence_no, first.seq) == (2, 0)
    assert first.claim_id == claim_id(article.article_id, first.start, first.end) != second.claim_id
    with pytest.raises(EmptyText):
        claim_at(article, 16, 17)


def test_many_articles_are_read_as_one_by_one() -> None:
    """Two processes give what one gives, in the order of the articles."""
    articles = [Article("Two vans burned, and Korda fled."), Article("The mill cost 3 million crowns."), Article("")]
    alone = [(article, find_claims(article)) for article in articles]
    assert list(find_claims_in(articles)) == alone
    assert list(find_claims_in(articles, workers=2)) == alone


_WORDS = """
The guards of Korda said that if not , and who had fled ( “ ” ; may be 3 2019 ? . he it's -- – to on Sunday according
to while because Korda, Marusa is a mayor \n \n\n KORDA VELL \ud800 \x00 👩‍🚒 م
""".split(" ")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join) | st.text(max_size=60))
def test_any_text_has_claims_with_true_spans(text: str) -> None:
    """No text raises, every span is its quote, no id comes twice."""
    found = find_claims(Article(text))
    for claim in found:
        assert text[claim.start : claim.end] == claim.quote == claim.quote.strip() != ""
        assert claim.claim
    assert len({claim.claim_id for claim in found}) == len(found)
