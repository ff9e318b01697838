"""A passage that is cut at its edge from words that bear on it: it counts as one that leaves them out."""

from __future__ import annotations

import pytest

from claims.evidence import find_passage, passage_words


def cut(quoted: str, text: str) -> tuple[str, ...]:
    """What a passage is found to leave out, which is why it does not hold."""
    place = find_passage(quoted, f"It was noon. {text}. Then it rained.")
    assert place.state == "verbatim"
    assert place.holds is not bool(place.omitted)
    return place.omitted


@pytest.mark.parametrize(
    ("quoted", "text", "words"),
    [
        ("785 detainees fled", "Fewer than 785 detainees fled", "Fewer than"),
        ("785 detainees fled", "At least 785 detainees fled", "At least"),
        ("785 detainees fled", "No more than 785 detainees fled", "No more than"),
        ("785 detainees fled", "Up to 785 detainees fled", "Up to"),
        ("785 detainees fled", "Some ~785 detainees fled", "~785"),
        ("785 detainees fled", "Allegedly 785 detainees fled", "Allegedly"),
        ("two hundred detainees fled", "Over two hundred detainees fled", "Over"),
        ("785 detainees fled", "A further 785 detainees fled", "A further"),
        ("million euros were paid", "Some 1.2 million euros were paid", "Some 1.2"),
        ("left the camp", "He may have left the camp", "may have"),
        ("left the camp", "He has not left the camp", "has not"),
        ("the guards fled", "None of the guards fled", "None of"),
        ("the reform was paid for", "Half of the reform was paid for", "Half of"),
        ("it cost 40 million euros", "In all it cost 40 million euros less than planned", "less"),
        ("it cost 40 million euros", "In all it cost 40 million euros a year", "a year"),
        ("they were twelve men", "He said they were twelve men too few", "too few"),
        ("million euros were paid", "In Korda two million euros were paid", "two"),
        ("percent of voters stayed", "In Korda 40 percent of voters stayed", "40"),
        ("voted for the law", "The party has not yet voted for the law", "has not yet"),
        ("voted for the law", "The party has never once voted for the law", "has never once"),
        ("voted for the law", "Hardly anyone voted for the law", "Hardly anyone"),
        ("40 officers came", "In all an estimated 40 officers came", "an estimated"),
        ("40 percent of voters", "It was between 30 and 40 percent of voters", "between 30 and"),
        ("40 percent of voters", "It was 60 to 40 percent of voters", "60 to"),
        ("two men fled", "One or two men fled", "One or"),
        ("inflation rose 12%", "He said inflation rose 12% above target", "above"),
        ("it cost 40 million euros", "In all it cost 40 million euros below plan", "below"),
    ],
)
def test_words_that_bear_on_the_ends_are_not_to_be_cut_off(quoted: str, text: str, words: str) -> None:
    """A bound of its first figure, a negation, what is only a part, what a figure is less than or of: it is shown."""
    assert cut(quoted, text) == (words,)


@pytest.mark.parametrize(
    ("quoted", "text"),
    [
        ("785 detainees fled", "On Monday, 785 detainees fled"),
        ("785 detainees fled", "In 2019 785 detainees fled"),
        ("785 detainees fled", "In May 785 detainees fled"),
        ("785 detainees fled", "He did not, she said, count: 785 detainees fled"),
        ("the sea was calm", "Over the sea was calm"),
        ("votes were lost", "Thousands of votes were lost"),
        ("the bridge was closed", "Only the bridge was closed"),
        ("it began in 2019", "He said it began in 2019 more or less"),
        ("it cost 40 million euros", "In all it cost 40 million euros more than a decade ago"),
        ("it killed 12 people", "In Korda it killed 12 people a day after"),
        ("the ministry said", "In May the ministry said"),
        ("2019 was dry", "Only 2019 was dry"),
        ("three men died", "In 2019 three men died"),
        ("two men were shot", "On 4 March 2019 two men were shot"),
        ("thousands fled", "In 2019 thousands fled"),
        ("hundreds fled", "On March 4 hundreds fled"),
        ("half the guards were absent", "In 2021 half the guards were absent"),
        ("twelve men fled", "At 10:30 twelve men fled"),
        ("seven people", "Of Covid-19 seven people"),
        ("a hundred guards fled", "In room 4 a hundred guards fled"),
        ("40 guards", "He saw 40 guards above the gate"),
        ("12 guards stood", "In all 12 guards stood below the tower"),
        ("40 were hurt", "It killed 12 and 40 were hurt"),
        ("7 percent in March", "It fell from 9 to 7 percent in March"),
        ("40 men", "In 2018 to 40 men"),
    ],
)
def test_what_begins_in_the_middle_of_a_sentence_is_quoted_from_there(quoted: str, text: str) -> None:
    assert cut(quoted, text) == ()


def test_what_was_cut_off_is_said_in_words() -> None:
    place = find_passage("785 detainees fled", "Fewer than 785 detainees fled.")
    assert passage_words(place) == "Found in the kept document, but the 2 words left out may change what it says"
