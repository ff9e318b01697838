"""A quoted passage in its document: what is word for word, what differs and is shown, and what is not there."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.evidence import find_passage
from claims.evidence.folding import fold

TEXT = (
    "Guards walk out at Korda\n\n"
    "Of 785 guards, 249 were “not present” at the roll call, Marusa Ilic said. They did not strike — so far.\n\n"
    "The ministry’s non-military staff can’t leave; 1.5 million crowns were spent. It fell to -5 degrees."
)


@pytest.mark.parametrize(
    ("quoted", "stands"),
    [
        ("249 were “not present”", "249 were “not present”"),
        ("249  were\n'not present'", "249 were “not present”"),
        ("“249 were “not present” at the roll call”", "249 were “not present” at the roll call"),
        ("They did not strike - so far.", "They did not strike — so far."),
        ("They did not strike\N{EM DASH}so far", "They did not strike — so far"),
        ("at Korda Of 785 guards", "at Korda\n\nOf 785 guards"),
        ("The ministry's non\N{SOFT HYPHEN}-military staff", "The ministry’s non-military staff"),
        ("1.5\N{NO-BREAK SPACE}million crowns", "1.5 million crowns"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}Marusa Ilic said.", "Marusa Ilic said."),
    ],
)
def test_the_typesetters_part_may_differ(quoted: str, stands: str) -> None:
    """White space, quotation marks, dashes and what is not seen make no difference; the span is the document's own."""
    place = find_passage(quoted, TEXT)
    assert (place.state, TEXT[place.start : place.end], place.found) == ("verbatim", stands, stands)
    assert place.holds


@pytest.mark.parametrize(
    ("quoted", "pair"),
    [
        ("Of 785 guards, 429 were “not present”", ("429", "249")),
        ("They did strike", ("", "not")),
        ("85 guards, 249 were “not present”", ("85", "785")),
        ("5 million crowns were spent", ("5", "1.5")),
        ("It fell to 5 degrees", ("5", "-5")),
        ("non-military staff can", ("can", "can’t")),
    ],
)
def test_another_figure_and_a_lost_not_are_no_small_difference(quoted: str, pair: tuple[str, str]) -> None:
    """Few letters differ, and all is changed: it is found, the difference is shown, and it does not hold."""
    place = find_passage(quoted, TEXT)
    assert place.state == "differs"
    assert pair in [(run.quoted, run.found) for run in place.differences]
    assert not place.holds


@pytest.mark.parametrize(
    ("quoted", "pairs"),
    [
        ("The ministry's unmilitary staff can't leave", [("unmilitary", "non-military")]),
        ("249 were “not present” at the role call, Marusa Ilic said", [("role", "roll")]),
        ("249 were “not present” at roll call, Marusa Ilic said", [("", "the")]),
        ("[The guards] did not strike", [("[The guards]", "")]),
        ("[t]hey did not strike", [("[t]hey", "They")]),
    ],
)
def test_a_small_difference_is_shown_word_by_word(quoted: str, pairs: list[tuple[str, str]]) -> None:
    """A slip of the pen and an editor's brackets are found, and held against the document's words."""
    place = find_passage(quoted, TEXT)
    assert (place.state, [(run.quoted, run.found) for run in place.differences]) == ("differs", pairs)
    assert place.holds


@pytest.mark.parametrize(
    "quoted",
    [
        "",
        " … ",
        "“”",
        "The prison was stormed at dawn",
        "The guards stayed away from the count in large numbers, said a speaker.",
        "They did not strike … Of 785 guards",
        "Of 785 guards … nobody was ever counted at all",
    ],
)
def test_what_is_not_there_is_missing(quoted: str) -> None:
    """No words, other words, a paraphrase, and parts in another order are not found, and have no place."""
    place = find_passage(quoted, TEXT)
    assert (place.state, place.start, place.end, place.spans, place.holds) == ("missing", -1, -1, (), False)


@pytest.mark.parametrize("mark", ["…", "...", "[…]", "(...)", "[. . .]"])
def test_an_ellipsis_leaves_words_out(mark: str) -> None:
    """The parts around it are found in order, and what is left out between them is told."""
    place = find_passage(f"Of 785 guards {mark} Marusa Ilic said", TEXT)
    assert place.state == "verbatim"
    assert [TEXT[start:end] for start, end in place.spans] == ["Of 785 guards", "Marusa Ilic said"]
    assert place.omitted == (", 249 were “not present” at the roll call,",)


def test_the_parts_stand_as_close_together_as_they_can() -> None:
    """A word that came often before is taken where the rest follows it."""
    text = "The guards left. The guards stayed. Then the guards came back at noon."
    place = find_passage("guards … at noon", text)
    assert text[place.start : place.end] == "guards came back at noon"


def test_an_ellipsis_does_not_leave_out_the_not() -> None:
    """What turns the sentence round is no omission, and is shown."""
    place = find_passage("They did … strike", TEXT)
    assert (place.state, place.omitted, place.holds) == ("differs", ("not",), False)


def test_the_documents_own_ellipsis_is_a_sign_like_others() -> None:
    """Where the document has it, it is quoted and leaves nothing out."""
    place = find_passage("He waited... and left", "“He waited… and left,” she said.")
    assert (place.state, place.found, place.omitted) == ("verbatim", "He waited… and left", ())


def test_a_later_whole_word_is_found_behind_a_part_of_one() -> None:
    """Letters within a longer word are passed over."""
    assert find_passage("art", "A party for art").start == len("A party for ")


def test_a_script_without_blanks_is_quoted_from_anywhere() -> None:
    """Signs of Chinese stand next to each other and are words all the same."""
    text = "周一有785名警卫离开了监狱。"
    assert find_passage("785名警卫", text).state == "verbatim"
    assert find_passage("785名守卫离开了监狱", text).state == "differs"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_composed_letter_is_its_parts(form: str) -> None:
    """An é is one sign or two, and the span covers both."""
    text = unicodedata.normalize(form, "Le café était fermé à Korda.")
    other = unicodedata.normalize("NFD" if form == "NFC" else "NFC", "café était fermé")
    place = find_passage(other, text)
    assert (place.state, place.found) == ("verbatim", unicodedata.normalize(form, "café était fermé"))


def test_a_power_is_no_figure_beside_it() -> None:
    """What would only look alike after all signs are made plain is another figure."""
    assert find_passage("It has 102 cells", "It has 10\N{SUPERSCRIPT TWO} cells").state == "differs"


def test_a_megabyte_is_searched_in_a_moment() -> None:
    """Found, nearly found or not: far from a second for each hundred thousand characters."""
    text = " ".join(f"word{number % 7919} of the" for number in range(70_000)) + "\n" + TEXT
    began = time.perf_counter()
    found = [
        find_passage(quoted, text).state
        for quoted in ("249 were 'not present'", "249 where not present at", "Nothing here")
    ]
    assert found == ["verbatim", "differs", "missing"]
    assert time.perf_counter() - began < len(text) / 100_000


SIGNS = st.text(alphabet=st.sampled_from("ab7 .,-–—'\"“”…[]\n\u00ad\u0301éﬁ０中\N{NO-BREAK SPACE}not"), max_size=60)


@given(SIGNS | st.text(max_size=40), SIGNS | st.text(max_size=80))
@settings(deadline=None, max_examples=300)
def test_every_span_is_true(quoted: str, text: str) -> None:
    """Whatever is looked for in whatever: what was found stands just there, its parts in order within it."""
    place = find_passage(quoted, text)
    if place.state == "missing":
        assert (place.start, place.end) == (-1, -1)
        return
    assert 0 <= place.start < place.end <= len(text)
    assert place.found == text[place.start : place.end]
    ends = [place.start, *(edge for span in place.spans for edge in span), place.end]
    assert ends == sorted(ends)
    if place.state == "differs":
        assert place.differences or place.omitted


WORDS = st.lists(
    st.sampled_from(["guards", "249", "were", "not", "1.5", "can’t", "“left”", "—", "Ilic,", "non-stop"]),
    min_size=1,
    max_size=30,
)


@given(WORDS, st.data())
@settings(deadline=None)
def test_any_words_of_the_document_are_word_for_word(words: list[str], data: st.DataObject) -> None:
    """A stretch of whole words, with other blanks between, is found as it stands."""
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    quoted = "\n ".join(words[first:last])
    place = find_passage(quoted, " ".join(words))
    if any(sign.isalnum() for sign in quoted):
        assert place.state == "verbatim"
        assert fold(place.found).words.strip(" -") == fold(quoted).words.strip(" -")


@given(
    st.lists(st.sampled_from(["guards", "were", "absent", "at", "noon"]), min_size=1, max_size=12),
    st.integers(10, 99_999),
    st.data(),
)
@settings(deadline=None)
def test_a_changed_figure_is_never_word_for_word(words: list[str], figure: int, data: st.DataObject) -> None:
    """One digit put in, taken out or exchanged is seen, wherever the figure stands."""
    at = data.draw(st.integers(0, len(words)))
    digits = str(figure)
    spot = data.draw(st.integers(0, len(digits) - 1))
    other = digits[:spot] + data.draw(st.sampled_from(["", "7", "3", digits[spot] * 2])) + digits[spot + 1 :]
    text = " ".join([*words[:at], digits, *words[at:]])
    quoted = " ".join([*words[:at], other, *words[at:]])
    if other and other != digits:
        place = find_passage(quoted, text)
        assert place.state != "verbatim"
        assert not place.holds
