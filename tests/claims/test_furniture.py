"""Furniture is tried on invented pages, labelled paragraph by paragraph before the code was run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.furniture import find_furniture, parse_byline

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "furniture.json").read_text(encoding="utf-8"))


def cases() -> list[Any]:
    """Each golden case under its name; what is known to fail is expected to."""
    failing = pytest.mark.xfail(strict=True, reason="listed among the known failures")
    return [
        pytest.param(
            case["paragraphs"], id=case["name"], marks=failing if case["name"] in GOLDEN["known_failures"] else ()
        )
        for case in GOLDEN["cases"]
    ]


def judged(text: str, *, byline: str = "") -> list[tuple[str, str]]:
    return [(text[found.start : found.end], found.why) for found in find_furniture(text, byline=byline)]


@pytest.mark.parametrize("paragraphs", cases())
def test_golden_pages(paragraphs: list[tuple[str, str]]) -> None:
    """Each paragraph is found to be furniture, and why, or is left to the article."""
    text = "\n\n".join(words for words, _ in paragraphs)
    found = find_furniture(text)
    start = 0
    for words, why in paragraphs:
        end = start + len(words)
        assert {piece.why for piece in found if piece.start < end and start < piece.end} == ({why} if why else set()), (
            words
        )
        start = end + 2


def test_windows_line_ends() -> None:
    """Lines that end the way Windows ends them are judged the same."""
    text = "Skip to main content\r\n\r\nGuards walk out\r\n\r\nForty guards walked out.\r\n\r\nAdvertisement\r\n"
    assert judged(text) == [("Skip to main content", "navigation"), ("Advertisement", "advertisement")]


def test_one_line_a_paragraph() -> None:
    """A page saved without blank lines is judged line by line."""
    text = "Home\nNews\nSport\nGuards walk out\nBy Jana Ilic\nForty guards walked out on Monday, the union said.\nShare this article"
    assert [why for _, why in judged(text)] == ["navigation", "byline", "sharing"]


def test_a_note_on_a_known_author() -> None:
    """Where the author is known, a note on her that closes the last paragraph is found, and only there."""
    text = "The dam is not safe. Jana Ilic is a consultant and former adviser of the ministry"
    assert judged(text) == []
    assert judged(text, byline="Jana Ilic, Marko Korda") == [(text[21:], "about the author")]
    assert judged("Jana Ilic is a consultant for dams. She won.", byline="Jana Ilic") == []
    assert judged("The dam is not safe. Jana Ilic is ill, her office said.", byline="Jana Ilic") == []


def test_readers_comments_end_the_article() -> None:
    """After an article of some length a heading for comments takes all that follows; a count of comments in the middle does not."""
    story = [f"The dam holds {number} million cubic metres of water." for number in range(5)]
    readers = ["12 comments", "Jovan", "I do not believe a word of this.", "Marta", "Nor do I!"]
    assert judged("\n\n".join(story + readers)) == [("\n\n".join(readers), "comments")]
    assert judged("\n\n".join([*story[:1], "12 comments", *story[1:]])) == [("12 comments", "comments")]


def test_names_in_bylines() -> None:
    """A byline gives its names without roles and day; a sentence gives none."""
    assert parse_byline("By Jana Ilic") == "Jana Ilic"
    assert parse_byline("BY JANA ILIC AND MARKO KORDA") == "JANA ILIC AND MARKO KORDA"
    assert (
        parse_byline("By Jana Ilic, Marko van der Korda and Ana Dorn | 3 May 2020")
        == "Jana Ilic, Marko van der Korda and Ana Dorn"
    )
    assert parse_byline("By Jana Ilic, Staff Reporter") == "Jana Ilic"
    assert parse_byline("— Jana Ilic") == "Jana Ilic"
    assert parse_byline("By Monday the water had gone") == ""
    assert parse_byline("Jana Ilic") == ""


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(
                ["Home", "Share this article", "About the author", "Related stories", "Guards left Dorn.", "By Jana Ilic", "\r", "\n", "©",
                 "12 comments", "Jana Ilic is a reporter for", "– A", "\ud800", "\x00", "“", "Published 2019-10-13", "…", "  "]
            ),
            max_size=25,
        ).map("\n".join),
    )
)  # fmt: skip
def test_any_text(text: str) -> None:
    """Any text at all passes, and what is found is in order, apart, inside the text, and begins and ends with a character."""
    at = 0
    for found in find_furniture(text, byline="Jana Ilic"):
        assert at <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == text[found.start : found.end].strip()
        assert found.why
        at = found.end
