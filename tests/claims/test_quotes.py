"""Quotes: who is reported to have said what, by which cue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.grammar import parse
from claims.quotes import Quote, find_quotes, find_quotes_batch, quotes_of
from claims.quotes.asserted import is_asserted
from claims.quotes.marks import find_passages

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "quotes.json").read_text(encoding="utf-8"))
FRAGMENTS = [
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "''",
    "«",
    "Korda",
    " said ",
    " according to ",
    ", ",
    ". ",
    ": ",
    "\n\n",
    "\n",
    " - ",
    "KORDA: ",
    "She",
    " added ",
    " and ",
    "the mayor",
]


def described(text: str, quote: Quote) -> dict[str, Any]:
    """A quote in the words of the golden table."""
    return {
        "content": [text[start:end] for start, end in quote.content],
        "written": None if quote.speaker_span is None else text[slice(*quote.speaker_span)],
        "speaker": quote.speaker,
        "cue": quote.cue,
        "kind": quote.kind,
    }


def named(cases: list[dict[str, Any]]) -> list[Any]:
    """The cases as parameters, each under its name."""
    return [pytest.param(case, id=case["name"]) for case in cases]


def assert_true_spans(text: str, quotes: list[Quote]) -> None:
    """Every span of every quote lies in the text, in order, without overlap, and says what the record says."""
    for quote in quotes:
        assert (quote.start, quote.end) == (quote.content[0][0], quote.content[-1][1])
        bounds = [bound for piece in quote.content for bound in piece]
        assert bounds == sorted(bounds)
        assert all(0 <= start < end <= len(text) for start, end in quote.content)
        assert (quote.cue is None) == (quote.cue_span is None)
        assert (quote.speaker is None) == (quote.speaker_span is None)
        if quote.cue_span is not None:
            assert text[slice(*quote.cue_span)] == quote.cue
        if quote.speaker_span is not None:
            assert text[slice(*quote.speaker_span)].strip()
        assert quote.kind in {"direct", "mixed", "indirect"}


@pytest.mark.parametrize("case", named(GOLDEN["cases"]))
def test_golden(case: dict[str, Any]) -> None:
    """Each text of the table yields its quotes and no other."""
    assert [described(case["text"], quote) for quote in find_quotes(case["text"])] == case["quotes"]


@pytest.mark.xfail(strict=True, reason="not mended yet; the table says what is right")
@pytest.mark.parametrize("case", named(GOLDEN["known_failures"]))
def test_known_failures(case: dict[str, Any]) -> None:
    """These texts are still read wrongly."""
    assert [described(case["text"], quote) for quote in find_quotes(case["text"])] == case["quotes"]


def test_there_are_enough_golden_cases() -> None:
    """The table holds every shape, not a few lucky ones."""
    assert len(GOLDEN["cases"]) >= 40


@pytest.mark.parametrize("case", named(GOLDEN["speakers"]))
def test_speakers(case: dict[str, Any]) -> None:
    """A pronoun gets the name of whom it stands for, and stays as written where two may be meant or none fits."""
    assert [quote.speaker for quote in find_quotes(case["text"])] == case["speakers"]


@pytest.mark.parametrize("case", named(GOLDEN["asserted"]))
def test_asserted(case: dict[str, Any]) -> None:
    """What is denied, demanded, asked or never said stands for no assertion of its speaker."""
    doc = parse(case["text"])
    assert [is_asserted(doc, quote) for quote in quotes_of(doc)] == case["asserted"]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)))
def test_any_text_has_true_spans(text: str) -> None:
    """Any text at all is read without an exception, and every span is true."""
    assert_true_spans(text, find_quotes(text))
    doc = parse(text)
    assert all(is_asserted(doc, quote) in {True, False} for quote in quotes_of(doc))


@pytest.mark.parametrize("text", ["", "\n \n", "\x00" * 50, "“" * 10_000, '"' * 10_000, "“a " * 5_000, "''" * 3_000])
def test_marks_without_end(text: str) -> None:
    """Ten thousand marks nested in each other are paired like any others."""
    passages = find_passages(text)
    assert all(0 <= start < end <= len(text) for passage in passages for start, end in passage.pieces)


@pytest.mark.parametrize(
    "text", ["-" + "\ufffd" * 78 + " [ o2 be done", "- Guards fled, Ilic said.", "\u2014 Ilic said so."]
)
def test_a_dash_may_begin_a_text(text: str) -> None:
    """Nothing stands before it, so that it ends no dateline."""
    find_quotes(text)


@pytest.mark.parametrize(
    "text", ["Spokeswoman\nSandy Angers said that the team left.", "Mrs\nHolm, a\tnun, said it.", "\n\u2028Mr\n"]
)
def test_a_lines_end_within_a_name_is_no_part_of_it(text: str) -> None:
    """As wrapped and pasted text has it: the name is read without it, and a name of nothing else is nobody's."""
    assert all("\n" not in (quote.speaker or "") for quote in find_quotes(text))


def test_batch_gives_the_same() -> None:
    """Many texts at once give what each gives alone."""
    texts = ["“We left,” Korda said.", "", "Ilic said that two vans waited."]
    assert find_quotes_batch(texts) == [find_quotes(text) for text in texts]


def test_a_parsed_text_gives_the_same() -> None:
    """A text that is parsed already is not parsed again."""
    text = "“We left,” Korda said."
    assert quotes_of(parse(text)) == find_quotes(text)


def test_surrogates_keep_offsets() -> None:
    """Half characters, emoji and marks from right to left shift no span."""
    text = "\ud83d \N{CROCODILE} “We left,” Korda said. \u202b“We ate,” Ilic said."
    assert_true_spans(text, find_quotes(text))
    assert [text[quote.start : quote.end] for quote in find_quotes(text)] == ["“We left,”", "“We ate,”"]


@pytest.mark.parametrize("text", ["spoke of", "sPOKE OF", "Ilic called for", "Korda warned of\n\nTwo vans waited."])
def test_a_cue_that_ends_its_sentence_reports_nothing(text: str) -> None:
    """Where nothing follows "spoke of" in its sentence, nothing is reported, and the next sentence is not taken."""
    assert find_quotes(text) == []
