"""What the engine is known to miss, each a sentence with what ought to be found. One that is mended goes to the golden cases."""

from __future__ import annotations

from datetime import date

import pytest

from claims import find_dates, find_quotes, read_article, split_statements
from claims.coverage import cover
from claims.kinds import nature_of
from claims.sentences import find_sentences


@pytest.mark.xfail(strict=True)
def test_today_may_mean_nowadays() -> None:
    """Set beside an earlier year, "today" is no day."""
    found = find_dates("A crossing that cost 8 euros in 2014 costs 15 euros today.", date(2019, 7, 8))
    assert [each.timex for each in found] == ["2014", "PRESENT_REF"]


@pytest.mark.xfail(strict=True)
def test_half_of_a_match_is_no_half_of_a_year() -> None:
    """The second half that a striker scored in is a part of the match."""
    assert find_dates("Striker Ines Korda scored twice in the second half.", date(2022, 11, 20)) == []


@pytest.mark.xfail(strict=True)
def test_an_hour_is_of_the_day_in_focus() -> None:
    """An hour with nothing beside it belongs to the day that the sentence before told of."""
    text = "The storm came on Sunday. Winds of 140 km/h were measured at 21:00 UTC."
    assert [each.timex for each in find_dates(text, date(2024, 1, 1))] == ["2023-12-31", "2023-12-31T21:00Z"]


@pytest.mark.xfail(strict=True)
def test_a_phrase_may_part_a_cue_from_its_that() -> None:
    """Between "added" and "that" stands where it was added."""
    [quote] = find_quotes(
        "Peter Dorn is a doctor. He added in a letter that hardly any of the staff had been vaccinated."
    )
    assert quote.speaker == "Peter Dorn"


@pytest.mark.xfail(strict=True)
def test_a_dateline_is_no_speech() -> None:
    """What an agency's line opens with is said by nobody."""
    text = "VELL, Aug. 1 (Korda Wire) – A bus fell into a ravine, police said."
    [quote] = find_quotes(text)
    assert text[quote.start : quote.end].startswith("A bus")


@pytest.mark.xfail(strict=True)
def test_the_only_speaker_of_several_paragraphs_is_he() -> None:
    """A father who is quoted within the quote speaks no further, though paragraphs lie between."""
    text = (
        "Rok Ilic kept the lamp.\n\n“My father told me, ‘Never leave it,’ and I never did,” Ilic said. “In 1987 the sea took six "
        "boats.”\n\n“We counted thirty men on the rocks.\n\n“In the end there were 28,” he recalled."
    )
    assert find_quotes(text)[-1].speaker == "Rok Ilic"


@pytest.mark.xfail(strict=True)
def test_a_sentence_may_end_with_a_sum() -> None:
    """The "m." of a sum at the end of a sentence is no abbreviation in its middle."""
    assert len(find_sentences("Spending was cut to €650m. It is the worst budget in memory.")) == 2


@pytest.mark.xfail(strict=True)
def test_an_own_hypothesis_is_no_speech() -> None:
    """What the author would call something is said by nobody else."""
    assert find_quotes("Cold tea and rude clerks are what I would call a bad bargain.") == []


@pytest.mark.xfail(strict=True)
def test_what_a_conjunct_has_without_its_condition_is_told_alone() -> None:
    """The condition of the second half governs the second half."""
    assert "He remains on the paper." in split_statements(
        "He remains on the paper and he will be elected if he gets the votes."
    )


@pytest.mark.xfail(strict=True)
def test_a_bullet_point_is_about_whom_the_one_before_is_about() -> None:
    """A sentence that begins with its verb has the subject of the one before."""
    told = split_statements("Ana Korda designed the bridge. Came up with the idea at school.")
    assert "Ana Korda came up with the idea at school." in told


MISREAD = {
    "Dorn was at first thought to have been killed by wolves.": "Dorn was at first thought.",
    "The driver, who police say had been drinking, fled on foot.": "The driver police say had been drinking.",
    "The man police want to question was seen in Vell.": "The man police was seen in Vell.",
    "A ship carrying what was thought to be oil sank.": "A ship is carrying what was thought to be oil sank.",
    "Two patients died and a third fell ill after being given the wrong drug by a nurse.": (
        "Two patients fell ill after being given the wrong drug by a nurse."
    ),
    "Dorn, like his father a boxer, won the title in May.": "Won the title.",
    "Ana Ilic was arrested in Vell, Ivan Dorn was not.": "Ivan Dorn was not.",
    "Dorn, the man accused of shooting Ana Ilic, was freed.": "The man was freed.",
}


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("text", MISREAD)
def test_a_wrong_parse_gives_no_piece(text: str) -> None:
    """Where a verb has been hung on the wrong word, the sentence is better left whole."""
    assert MISREAD[text] not in split_statements(text)


def test_the_other_half_of_these_is_right() -> None:
    """The same sentences without what is hard about them are read as they should be: the cases test what they say."""
    assert nature_of("The bridge is a disgrace.") == "opinion"
    article = read_article("Spending was cut to 650 million euros. It is the worst budget in memory.")
    assert len(cover(article, [])) == 2
    [quote] = find_quotes("Peter Dorn is a doctor. He added that hardly any of the staff had been vaccinated.")
    assert quote.speaker == "Peter Dorn"
