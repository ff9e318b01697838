"""What `claims.figures` finds, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.figures import Figure, find_figures, find_figures_batch
from claims.figures.quantifiers import meanings

_GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "figures.json").read_text(encoding="utf-8"))
_WORDS = st.sampled_from(
    [
        *["785", "at least", "two", "hundred", "and", "a", "half", "million", "-", "3-2", "$", "%", "people", "of the"],
        *["1,00,000", "one in five", "almost all", "rose", "to", "between", "½", "9 October", "Boeing 737", ".", ","],
        *["\n", "\ud800"],
    ]
)


def _row(figure: Figure) -> list[Any]:
    """A figure as the golden table writes it."""
    marks = ["~"] * figure.approximate + ([figure.change] if figure.change else [])
    if figure.quantifier:
        marks.append(" ".join([figure.quantifier, *map(str, figure.band or ())]))
    return [figure.text, figure.low, figure.high, figure.unit, *marks]


@pytest.mark.parametrize("case", _GOLDEN["cases"], ids=lambda case: case["says"][:50])
def test_golden(case: dict[str, Any]) -> None:
    """Every figure of a hand-labelled sentence is found with its bounds, unit and marks, and no other."""
    assert [_row(figure) for figure in find_figures(case["says"])] == case["figures"]


@pytest.mark.parametrize("case", _GOLDEN["known_failures"], ids=lambda case: case["says"][:50])
@pytest.mark.xfail(strict=True, reason="known and not yet mended")
def test_known_failure(case: dict[str, Any]) -> None:
    """A known failure stays in the light until it is mended."""
    assert [_row(figure) for figure in find_figures(case["says"])] == case["figures"]


def _is_sound(text: str) -> bool:
    """Whether the figures of ``text`` have true, ordered spans that do not overlap, and hold what they should."""
    figures = find_figures(text)
    ends = [0, *(figure.end for figure in figures)]
    return all(
        figure.text == text[figure.start : figure.end] != ""
        and figure.start >= end
        and (figure.quantifier is not None) == (figure.low is None and figure.high is None)
        and (figure.low is None or figure.high is None or figure.low <= figure.high)
        for figure, end in zip(figures, ends, strict=False)
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Any text at all gives true spans and no exception."""
    assert _is_sound(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_any_numbers(text: str) -> None:
    """Any heap of number words gives true spans and no exception."""
    assert _is_sound(text)


@settings(max_examples=30, deadline=None)
@given(st.lists(_WORDS, max_size=40).map("".join))
def test_any_numbers_glued(text: str) -> None:
    """So does a heap without spaces."""
    assert _is_sound(text)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1,",
        "1-",
        "1 ",
        "two ",
        "and a half ",
        "five new ",
        "dogs ",
        "a",
        "$",
        "\n",
        "\0",
        "at least ",
        "rose ",
        "1.1.",
        "@a",
        "a.",
        "-",
    ],
)
def test_long_texts(piece: str) -> None:
    """A monotonous text of 20,000 characters passes like any other."""
    assert _is_sound(piece * (20_000 // len(piece)))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Korda's 2022 census counted 1.84 million people.", ["1.84 million"]),
        ("The October 2022 protests drew crowds.", []),
        ("Korda's 2024 finance bill was rejected.", []),
        ("The January 2023 storms cut power to 300 homes.", ["300"]),
    ],
)
def test_the_year_of_something_counts_nothing(text: str, figures: list[str]) -> None:
    """It tells which census, which protests; the number that is counted is not lost to it."""
    assert [figure.text for figure in find_figures(text)] == figures


def test_no_figures() -> None:
    """The empty text has no figures, and words alone have none."""
    assert find_figures("") == find_figures("Nobody has won.") == []


def test_batch() -> None:
    """The batch gives what one by one gives, in order."""
    texts = ["785 fled.", "", "Up to 3% died."]
    assert find_figures_batch(texts) == [find_figures(text) for text in texts]


def test_lines_do_not_meet() -> None:
    """A number at a line's end counts nothing of the next line, unless that one goes on in lower case."""
    assert [figure.unit for figure in find_figures("Job cuts: 785\nGuards strike")] == [""]
    assert [figure.unit for figure in find_figures("They freed 785\nguards")] == ["guards"]


def test_bands_are_bands() -> None:
    """Each band of the table runs upwards, within 0 to 1 where it is a share and from 2 where it is a count."""
    for meaning in meanings().values():
        if meaning.band:
            low, high = meaning.band
            assert low <= high
            assert (low >= 2) if meaning.counts else (0 <= low <= high <= 1)


@pytest.mark.parametrize("text", ["Convoy No 4 carried refugees.", "No 10 said so.", "She is the world No 2."])
def test_what_has_a_number_for_a_name_is_not_counted(text: str) -> None:
    """British English writes "No 4" without a full stop."""
    assert find_figures(text) == []
