"""Sentences: each span true, none across a paragraph, none cut at an abbreviation or inside a mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.grammar import parse
from claims.paragraphs import find_paragraphs
from claims.sentences import find_sentences, sentences_of


def words(text: str) -> list[str]:
    """The sentences of a text as strings."""
    return [text[sentence.start : sentence.end] for sentence in find_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The guards left.", "Two vans waited."],
        ["Mr. Ilic left at 5 p.m. on Oct. 9.", "Two vans waited."],
        ["Gen. Korda met Dr. Ilic.", "They talked."],
        ["The U.S. envoy left.", "Nobody came."],
        ["Korda Inc. closed the mill.", "It was old."],
        ["The price rose 3.5 percent to $1.2 million.", "Nobody bought."],
        ["“We left,” Korda said.", "“Nobody came.”"],
        ["“Who will pay?” Ilic asked.", "Nobody knew."],
        ["“Nobody came.” Korda said.", "Nobody knew."],
        ["“The mill is shut.”", "She said that it was old."],
        ["“The mill is shut.”", "“The bridge is open.”"],
        ["Korda was late (he had missed the train).", "Ilic was not."],
        ["Who left?", "The guards!", "Nobody else."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    """A full stop ends a sentence; that of an abbreviation, a figure or a question inside marks does not."""
    assert words(" ".join(sentences)) == sentences


def test_a_quote_of_several_sentences_is_several_sentences() -> None:
    """Marks do not glue sentences, and a closing mark stays with what it closes."""
    text = "“The mill is old. The bridge is older. We close both,” Korda said. Nobody asked."
    assert words(text) == [
        "“The mill is old.",
        "The bridge is older.",
        "We close both,” Korda said.",
        "Nobody asked.",
    ]


@pytest.mark.parametrize("mark", ["”", '"'])
def test_a_mark_that_closes_after_the_full_stop_stays(mark: str) -> None:
    """A quotation mark behind the full stop belongs to the sentence before it."""
    text = f"Korda tweeted: “Almost all left.{mark} Guards were tired."
    assert words(text) == [f"Korda tweeted: “Almost all left.{mark}", "Guards were tired."]


def test_paragraphs_end_sentences() -> None:
    """A headline without a full stop is a sentence of its own."""
    text = "Guards walk out\n\nTwo vans waited at the gate\n\nNobody came."
    found = find_sentences(text)
    assert [text[sentence.start : sentence.end] for sentence in found] == text.split("\n\n")
    assert [sentence.paragraph for sentence in found] == [0, 1, 2]
    assert [sentence.no for sentence in found] == [0, 1, 2]


def test_wrapped_lines_are_one_sentence() -> None:
    """A line broken at a margin ends nothing."""
    text = (
        "The guards of the old prison at the river went on strike on\n"
        "Monday because their pay had not been raised for more than\n"
        "ten years, and the governor had refused to meet the union."
    )
    assert words(text) == [text]


def test_nothing_has_no_sentences() -> None:
    """White space alone holds no sentence."""
    assert find_sentences("") == find_sentences(" \n\t\n ") == []


def test_a_parsed_text_gives_the_same() -> None:
    """A text that is parsed already is not parsed again."""
    text = "The guards left. Two vans waited."
    assert sentences_of(parse(text)) == find_sentences(text)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(["A van", ". ", "” ", "\n", "\n\n", "?"])).map("".join))
)
def test_any_text_splits_with_true_spans(text: str) -> None:
    """Sentences are in order, trimmed, not empty, inside one paragraph, and leave out nothing but white space."""
    paragraphs = find_paragraphs(text)
    end = 0
    for no, sentence in enumerate(find_sentences(text)):
        first, last = paragraphs[sentence.paragraph]
        assert sentence.no == no
        assert max(end, first) <= sentence.start < sentence.end <= last
        assert text[end : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        end = sentence.end
    assert text[end:].strip() == ""
