"""No input makes the engine slow: four times the text takes about four times as long, whatever stands in it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import find_claims, find_dates, find_figures, find_quotes, read_article, split_statements, weigh
from claims.coverage import cover
from claims.documents.kinds import reader_of
from claims.evidence import find_passage
from claims.export.pages import alone
from claims.sentences import find_sentences

#: What is made longer and longer; each piece comes out at a length of about so many characters.
HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda n: ("The guards of Korda left on Sunday with 312 men " * (n // 48 + 1))[:n],
    "digits": lambda n: "7" * n,
    "digits with commas": lambda n: "1,000," * (n // 6),
    "nested marks": lambda n: "“‘" * (n // 4) + "’”" * (n // 4),
    "straight marks": lambda n: '"' * n,
    "opened marks": lambda n: "“he said " * (n // 9),
    "commas": lambda n: ", " * (n // 2),
    "and": lambda n: "and " * (n // 4),
    "to": lambda n: "from 9 " + "to 9 " * (n // 5),
    "said": lambda n: "said that " * (n // 10),
    "brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "blanks": lambda n: " " * n,
    "lines": lambda n: "\n" * n,
    "hyphens": lambda n: "twenty-" * (n // 7),
    "at least": lambda n: "at least " * (n // 9),
    "days": lambda n: "last Wednesday " * (n // 15),
    "years ago": lambda n: "two years " * (n // 10),
    "ordinals": lambda n: "the third of the " * (n // 17),
    "capitals": lambda n: "Korda " * (n // 6),
    "apostrophes": lambda n: "'s " * (n // 3),
    "half a": lambda n: "half a million and " * (n // 19),
    "percent": lambda n: "% percent " * (n // 10),
    "dots": lambda n: "." * n,
    "initials": lambda n: "U.S. " * (n // 5),
}


def claims_and_coverage(text: str) -> object:
    article = read_article(f"The guards left on Sunday.\n\n{text}")
    return cover(article, find_claims(article))


#: What reads it, and how long a text it gets: those that parse are a hundred times slower, and read stretch by stretch.
READERS: dict[str, tuple[Callable[[str], object], int]] = {
    "dates": (lambda text: find_dates(text, date(2024, 3, 3)), 10_000),
    "figures": (find_figures, 10_000),
    "weigh": (weigh, 10_000),
    "article": (lambda text: read_article(f"The guards left on Sunday.\n\n{text}"), 10_000),
}
PARSERS: dict[str, tuple[Callable[[str], object], int]] = {
    "sentences": (find_sentences, 2_000),
    "quotes": (find_quotes, 2_000),
    "statements": (split_statements, 2_000),
    "claims and coverage": (claims_and_coverage, 2_000),
}

#: Four times the text may take so many times as long (in squares it would take sixteen); below so many seconds a
#: machine's moods tell more than the work; and so often it may be tried again, since such a mood passes and a square stays.
_TIMES, _LITTLE, _ROUNDS = 6, 0.05, 8


def seconds(read: Callable[[str], object], text: str) -> float:
    """Processor time."""
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def check(read: Callable[[str], object], made: Callable[[int], str], size: int) -> None:
    short, long = made(size), made(4 * size)
    few = many = math.inf
    for _ in range(_ROUNDS):  # the best of each so far, side by side
        few, many = min(few, seconds(read, short)), min(many, seconds(read, long))
        if many <= _TIMES * few + _LITTLE:
            return
    pytest.fail(f"{size:,} characters {few:.3f} s, {4 * size:,} characters {many:.3f} s")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_text_takes_no_longer_than_that(reader: str, text: str) -> None:
    """What reads without a parse is about linear in the length of anything."""
    read, size = READERS[reader]
    check(read, HOSTILE[text], size)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("reader", PARSERS)
def test_a_parse_is_no_slower_for_what_is_hostile(reader: str, text: str) -> None:
    """So is what parses."""
    read, size = PARSERS[reader]
    check(read, HOSTILE[text], size)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_a_megabyte_on_one_line_is_read(reader: str) -> None:
    """A megabyte without a line's end, and a hundred thousand digits, are read in the time of so many short texts."""
    read, size = READERS[reader]
    for text in ("one line", "digits", "nested marks"):
        few = max(seconds(read, HOSTILE[text](size)) for _ in range(3))
        assert seconds(read, HOSTILE[text](1_000_000)) <= 2 * (1_000_000 / size) * few + 10 * _LITTLE


#: What other rooms read of strangers: what is asked, of what, and of how many characters of it.
STRANGERS: dict[str, tuple[Callable[[str], object], Callable[[int], str], int]] = {
    "signs of direction": (alone, lambda n: "\u202a" * n, 4_000),
    "comments of no page": (
        lambda text: reader_of(text.encode(), "story", ""),
        lambda n: "<!---->" * (n // 7) + "x",
        42,
    ),
    "a number that is none": (
        lambda text: find_passage("The guards left the prison … with two vans", text),
        lambda n: f"The guards left the prison of {'zweiund' * (n // 7)}q with two vans.",
        28,
    ),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_strangers_write_takes_the_time_of_its_length(name: str) -> None:
    """A report of a text full of signs of direction, a file of no known kind, a word of a source's document."""
    check(*STRANGERS[name])


_WORDS = st.sampled_from(
    'of and to from at least most half a million 7 1,000 % $ “ ” ‘ ’ " ( ) said that Wednesday last the third quarter ago '
    "years two-thirds in 2019 . , ; : – Korda he, n't if not up 3-5 €2.5bn May 9 p.m.".split()
)


@given(st.lists(_WORDS, min_size=1, max_size=6))
@settings(max_examples=15, deadline=None)
def test_no_mixture_of_words_backtracks(some: list[str]) -> None:
    """Whatever the rules begin with, repeated thousands of times: no pattern goes back on its steps again and again."""
    for read in (lambda text: find_dates(text, None), find_figures, weigh):
        check(read, lambda size: (" ".join(some) + " ") * (size // (len(" ".join(some)) + 1)), 4_000)
