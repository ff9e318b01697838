"""The words that are searched by: what the claim says, nothing invented, in a form that a search understands."""

from __future__ import annotations

import pytest

from claims import Query, Store, find_claims, read_article
from claims.finders import words_for
from claims.finders.fewer import rarest


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The agency moved to Korda in 2019.", "agency moved Korda 2019"),
        ("Guards closed the gate in May 2023.", "Guards closed gate May 2023"),
        ("Guards of Korda shot 30 inmates on 30 January 2024.", "Guards Korda shot 30 inmates January 2024"),
        ("Most of the staff of Korda left in the 1990s.", "staff Korda left 1990s"),
        ("The ministry spent $1.3bn on roads in Korda.", "ministry spent $1.3bn roads Korda"),
        ("The budget is €40 million, up from £3.2 million.", "budget €40 million £3.2 million"),
        ("Unemployment in Korda rose 2.5%.", "Unemployment Korda rose 2.5%"),
        ("The U.S. sent 40 troops to Korda.", "U.S. sent 40 troops Korda"),
        ("Forty guards walked out of Korda prison.", "40 guards walked Korda prison"),
        ("Two million people fled Korda.", "2 million people fled Korda"),
        ("Three guards of Korda died.", "Three guards Korda died"),
        ("Between forty and fifty guards of Korda left.", "forty fifty guards Korda left"),
    ],
)
def test_the_words_are_the_claims_own(sentence: str, words: str) -> None:
    """No month that is not said, signs and points kept, a figure once and in digits where news write it so."""
    article = read_article(f"Korda today\n\n{sentence}", published="2024-03-05")
    with Store(":memory:") as store:
        store.add_article(article, find_claims(article))
        [row] = store.rows(Query())
        assert words_for(store.claim(row["claim_id"])) == words


@pytest.mark.parametrize(
    "words", ["", "Korda", "Jana Ilic", "2019", "October 2019", "million", "40 million", "— $ —", "a b c"]
)
def test_there_are_never_as_many_of_the_rarest(words: str) -> None:
    """What is asked again is less than what was asked, or nothing."""
    fewer = rarest(words).split()
    assert not fewer or len(fewer) < len(words.split())
