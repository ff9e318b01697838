"""Paragraphs: the blocks that no sentence crosses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.paragraphs import find_paragraphs, trim


def blocks(text: str) -> list[str]:
    """The paragraphs of a text as strings."""
    return [text[start:end] for start, end in find_paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("One.", ["One."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\n \t\n\n  Two.\n", ["One.", "Two."]),
        ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("a line that ends\nbefore it is over", ["a line that ends\nbefore it is over"]),
    ],
)
def test_blank_lines_and_line_ends_part_paragraphs(text: str, expected: list[str]) -> None:
    """A blank line parts paragraphs, and so does a line's end, except before a small letter."""
    assert blocks(text) == expected


def test_wrapped_lines_are_one_paragraph() -> None:
    """Lines of much the same length are one paragraph broken at a margin, even before a capital."""
    wrapped = (
        "The guards of the old prison at the river went on strike on\n"
        "Monday because their pay had not been raised for more than\n"
        "Ten years, and the governor had refused to meet the union."
    )
    assert blocks(f"Guards walk out\n\n{wrapped}\n\nNobody came.") == ["Guards walk out", wrapped, "Nobody came."]


def test_lines_of_different_lengths_are_paragraphs() -> None:
    """A page saved one paragraph a line keeps its paragraphs."""
    lines = [
        "The guards left at noon, and nobody saw them go.",
        "Two vans waited.",
        "The mayor, who had called them, resigned.",
    ]
    assert blocks("\n".join(lines)) == lines


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ab. \n\r\t“A\u2028\u00a0"), max_size=120))
def test_any_text_is_covered(text: str) -> None:
    """Paragraphs are in order, trimmed, not empty, and leave out nothing but white space."""
    end = 0
    for start, last in find_paragraphs(text):
        assert end <= start < last <= len(text)
        assert text[end:start].strip() == ""
        assert (start, last) == trim(text, start, last)
        end = last
    assert text[end:].strip() == ""
