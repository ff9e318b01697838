"""What is read in an article is read once, while it is among the last that were."""

from __future__ import annotations

from datetime import date

import pytest

from claims.article import Article
from claims.claim import claim_at
from claims.coverage import survey
from claims.reading import reading_of

TEXT = "Two vans waited at Korda. Some 900 inmates fled on Sunday, Ilic said."


def test_a_claim_is_added_to_a_surveyed_article_without_another_parse(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has its figure, its day and who says it, although nothing can be parsed any more."""
    article = Article(TEXT, published=date(2024, 3, 4))
    survey(article)
    monkeypatch.setattr("claims.reading.parse", None)
    claim = claim_at(article, 26, 57)
    assert (claim.sentence_no, claim.figure_low, claim.date_first, claim.speaker) == (2, 900, date(2024, 3, 3), "Ilic")


def test_the_same_text_of_another_day_is_read_anew() -> None:
    """Its days are counted from there."""
    days = [date(2024, 3, 4), date(2024, 3, 11), None]
    read = [reading_of(Article(TEXT, published=day)).dates[0].first for day in days]
    assert read == [date(2024, 3, 3), date(2024, 3, 10), None]
