"""Statements: atomic, self-contained, true to the text."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.grammar import parse
from claims.sentences import sentences_of
from claims.statements import Statement, split_statements, split_statements_batch, statements_of

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = json.loads((GOLDEN / "statements.json").read_text("utf-8"))
TRAPS = json.loads((GOLDEN / "meaning_traps.json").read_text("utf-8"))


def marked(cases: list[dict[str, Any]], known: list[str]) -> list[Any]:
    """The cases, those known to fail under strict xfail."""
    return [
        pytest.param(
            case,
            id=case["text"][:60] or "empty",
            marks=[pytest.mark.xfail(strict=True)] if case["text"] in known else [],
        )
        for case in cases
    ]


@pytest.mark.parametrize("case", marked(CASES["desk"], CASES["known_failures"]))
def test_the_desk_gets_readable_statements(case: dict[str, Any]) -> None:
    """A sentence gives exactly the statements that a reader wrote down for it."""
    assert sorted(statement.text for statement in statements_of(parse(case["text"]))) == sorted(case["statements"])


@pytest.mark.parametrize("case", marked(CASES["fine"], CASES["known_failures"]))
def test_splitting_fine_peels_circumstances_and_lists(case: dict[str, Any]) -> None:
    """The finest statements of a sentence are those that a reader wrote down for it."""
    assert sorted(split_statements(case["text"], case["context"])) == sorted(case["statements"])


@pytest.mark.parametrize("trap", marked(TRAPS["traps"], TRAPS["known_failures"]))
def test_no_piece_says_more_than_its_sentence(trap: dict[str, Any]) -> None:
    """What negates, weakens, attributes, limits or conditions an assertion stands in every piece that it governs."""
    doc = parse(trap["text"])
    for piece in [statement.text for fine in (True, False) for statement in statements_of(doc, fine=fine)]:
        for governed, kept in trap["keep"].items():
            assert not re.search(governed, piece, re.IGNORECASE) or re.search(kept, piece, re.IGNORECASE), piece
        for never in trap["never"]:
            assert not re.search(never, piece, re.IGNORECASE), piece


def test_there_are_traps_of_every_kind() -> None:
    """Negation, modality, hedges, attribution, conditions, quantifiers and order each have at least a dozen traps."""
    kinds = [trap["kind"] for trap in TRAPS["traps"]]
    assert {kind for kind in kinds if kinds.count(kind) >= 12} >= {
        "negation", "modality", "hedge", "attribution", "condition", "quantifier", "order",
    }  # fmt: skip


def quote(text: str, content: str, cue: str, speaker: str) -> Any:
    """A quote of ``text`` with the fields that splitting reads."""

    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return SimpleNamespace(
        start=span(content)[0], end=span(content)[1], content=(span(content),), speaker=speaker,
        speaker_span=span(speaker), cue=cue, cue_span=span(cue), kind="direct",
    )  # fmt: skip


def told(text: str, *quotes: Any, dates: Any = ()) -> list[tuple[str, bool]]:
    return [(item.text, item.quote is not None) for item in statements_of(parse(text), quotes, dates)]


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        (
            "There are 300 people missing after the Tesna quake.",
            ["There are 300 people missing after the Tesna quake."],
        ),
        ("There were 12 men arrested in Korda.", ["There were 12 men arrested in Korda."]),
        ("There are 12 soldiers in Korda.", ["There are 12 soldiers in Korda."]),
        ("There are 300 people who fled Korda.", ["300 people fled Korda.", "There are 300 people who fled Korda."]),
        ("There is evidence linking Ilic to the theft.", ["There is evidence linking Ilic to the theft."]),
    ],
)
def test_what_completes_there_are_stays_with_its_number(text: str, fine: list[str]) -> None:
    """ "There are 300 people" is not what "there are 300 people missing" says, nor is anything that is missing named by it."""
    assert sorted(split_statements(text)) == fine
    assert [statement.text for statement in statements_of(parse(text))] == [text]


def test_what_there_is_one_of_may_be_told_of_apart() -> None:
    """A relative clause about one thing of its kind is a statement of its own; a participle beside "is" is split as before."""
    assert "A camp in Korda holds 12,000 people." in split_statements(
        "There is a camp in Korda that holds 12,000 people."
    )
    assert split_statements("The Kurds are allies trained by Marusa.") == [
        "The Kurds are allies.",
        "The Kurds were trained by Marusa.",
    ]


def test_a_quote_is_told_without_its_frame() -> None:
    """With quotes given, who said it stands in its own field, not in the wording, and the frame is no statement."""
    text = "“At least 785 inmates escaped from the camp,” the council said in a statement."
    said = quote(text, "At least 785 inmates escaped from the camp", "said", "the council")
    assert told(text, said) == [("At least 785 inmates escaped from the camp.", True)]


def test_a_frame_that_tells_of_its_speaker_keeps_that() -> None:
    """What is said of the speaker in passing is a statement of the article."""
    text = "Mustafa Ilic, spokesman for the guards, tweeted: “Almost all militants fled the camp.”"
    said = quote(text, "Almost all militants fled the camp", "tweeted", "Mustafa Ilic")
    assert told(text, said) == [
        ("Mustafa Ilic is spokesman for the guards.", False),
        ("Almost all militants fled the camp.", True),
    ]


def test_a_clause_beside_the_attribution_is_not_attributed() -> None:
    """ "..., but the rebels are allies" is said by the article, not by the speaker before it."""
    text = "Korda says the rebels are criminals, but the rebels are allies who fought in the war."
    said = quote(text, "the rebels are criminals", "says", "Korda")
    assert told(text, said) == [
        ("The rebels are criminals.", True),
        ("The rebels are allies.", False),
        ("The rebels fought in the war.", False),
    ]


def test_saying_under_another_clause_stays_in_its_wording() -> None:
    """The order of events is told whole, though one of the events is somebody's words."""
    text = "Korda began the offensive after Marusa said the army would withdraw."
    said = quote(text, "the army would withdraw", "said", "Marusa")
    assert told(text, said) == [(text, False), ("The army would withdraw.", True)]


def test_a_cue_whose_content_stands_elsewhere_is_no_statement() -> None:
    """ "Bali said." after a quote over several sentences adds nothing."""
    text = "“The town burned. The bridge fell.” Ilic said."
    said = quote(text, "The town burned. The bridge fell.", "said", "Ilic")
    assert told(text, said) == [("The town burned.", True), ("The bridge fell.", True)]


@pytest.mark.parametrize(
    ("text", "words", "first", "last", "wanted"),
    [
        (
            "The army left on Wednesday.",
            "Wednesday",
            date(2019, 10, 9),
            date(2019, 10, 9),
            "on Wednesday, 9 October 2019.",
        ),
        ("The army left today.", "today", date(2019, 10, 13), date(2019, 10, 13), "left on 13 October 2019."),
        ("The army left on 9 October.", "9 October", date(2019, 10, 9), date(2019, 10, 9), "on 9 October 2019."),
        ("The army left in March.", "March", date(2019, 3, 1), date(2019, 3, 31), "in March 2019."),
        ("The army left last year.", "last year", date(2018, 1, 1), date(2018, 12, 31), "last year (2018)."),
        ("The army left in 2018.", "2018", date(2018, 1, 1), date(2018, 12, 31), "in 2018."),
        ("The army left on Wednesday.", "Wednesday", None, None, "on Wednesday."),
    ],
)
def test_dates_are_written_out(text: str, words: str, first: date | None, last: date | None, wanted: str) -> None:
    """A resolved day can be read in any year; a year that stands there is not repeated; an unresolved date stays."""
    start = text.index(words)
    when = SimpleNamespace(start=start, end=start + len(words), text=words, kind="DATE", first=first, last=last)
    assert statements_of(parse(text), dates=[when])[0].text.endswith(wanted)  # type: ignore[list-item]


def test_a_named_thing_is_named_again() -> None:
    """ "the camp" is the one camp that was named, in the statements of later sentences."""
    doc = parse("Shells hit the Marusa camp. The camp burned for two days.")
    assert [item.text for item in statements_of(doc)][-1] == "The Marusa camp burned for two days."


def test_two_named_things_are_not_confused() -> None:
    """Where two camps were named, "the camp" stays as written."""
    doc = parse("Shells hit the Marusa camp and the Korda camp. The camp burned for two days.")
    assert [item.text for item in statements_of(doc)][-1] == "The camp burned for two days."


def test_sentences_are_numbered_as_elsewhere() -> None:
    """``sentence`` counts as sentences_of does, across blank lines."""
    doc = parse("Guards walk out\n\n\nTwo vans burned. The mayor resigned.")
    sentences = sentences_of(doc)
    for statement in statements_of(doc):
        assert (
            sentences[statement.sentence].start <= statement.start < statement.end <= sentences[statement.sentence].end
        )


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    """The batch gives what single calls give, in order."""
    texts = ["Two vans burned, and Korda fled.", "", "He resigned."]
    contexts = ["", "", "Tom Smith was a nurse."]
    assert split_statements_batch(texts, contexts) == [
        split_statements(*pair) for pair in zip(texts, contexts, strict=True)
    ]


def check_spans(text: str, found: list[Statement]) -> None:
    for statement in found:
        assert 0 <= statement.start < statement.end <= len(text)
        assert text[statement.start : statement.end] == text[statement.start : statement.end].strip()
        assert statement.text.strip()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *[
                    "The",
                    "guards",
                    "of",
                    "Korda",
                    "said",
                    "that",
                    "if",
                    "not",
                    ",",
                    "and",
                    "who",
                    "had",
                    "fled",
                    "(",
                    "“",
                    "”",
                    ";",
                    "may",
                    "be",
                    "3",
                    "2019",
                    "?",
                    ".",
                    "he",
                    "it's",
                    "--",
                    "to",
                    "\n",
                ],
                "\ud800",
                "\x00",
            ]
        ),
        max_size=40,
    ).map(" ".join)
    | st.text(max_size=60)
)
def test_any_text_splits_with_true_spans(text: str) -> None:
    """No text raises, and every span is trimmed and inside the text."""
    doc = parse(text)
    for fine in (True, False):
        check_spans(text, statements_of(doc, fine=fine))


@pytest.mark.parametrize(
    "text", ["and " * 3000, "a, " * 3000, "1" * 20_000, "(" * 3000, "He said that " * 500, "the man who saw " * 500]
)
def test_no_length_is_too_much(text: str) -> None:
    """Endless lists, digits, brackets and nestings pass."""
    check_spans(text, statements_of(parse(text), fine=True))
