"""Where passages stand in another version: exact, by their context, in other words, or nowhere."""

from __future__ import annotations

import random
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring import Anchor, Healed, context, differences, heal
from claims.article import Article, read_article

OLD = (
    "Guards walk out\n\nOfficials said 785 detainees escaped from the Vell camp. Two vans waited. The mayor was there. "
    "Two vans waited. Nobody knew why. Two vans waited. He said that the ministry will close 40% of its posts. "
    "“All of them fled,” she said.\n\nTrains ran late in Dorn."
)


def anchor(text: str, quote: str, nth: int = 0) -> Anchor:
    """The passage that stands there for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Anchor(start, start + len(quote), quote, *context(text, start, start + len(quote)))


def healed(new: str, *anchors: Anchor, old: str = OLD) -> list[Healed]:
    """Where they stand in the new text; each stands where it says."""
    found = heal(Article(old), anchors, Article(new))
    assert all(new[each.start : each.end] == each.quote for each in found)
    return found


def states(found: list[Healed]) -> list[str]:
    return [each.state for each in found]


def test_the_same_words_at_the_same_place_are_unchanged() -> None:
    """What is edited behind a passage does not touch it."""
    [one] = healed(OLD.replace("Dorn", "Korda"), anchor(OLD, "Nobody knew why."))
    assert (one.state, one.start, one.score) == ("unchanged", OLD.index("Nobody"), 1.0)


def test_the_same_words_elsewhere_have_moved() -> None:
    """A new paragraph above pushes a passage on; its words are the same."""
    new = OLD.replace("\n\nOfficials", "\n\nIt rained.\n\nOfficials")
    [one] = healed(new, anchor(OLD, "Nobody knew why."))
    assert (one.state, one.start, one.score) == ("moved", new.index("Nobody"), 1.0)


@pytest.mark.parametrize(
    ("before", "after", "was", "now"),
    [
        ("785", "249", "785 detainees escaped", "249 detainees escaped"),
        ("785", "more than 1,249", "785 detainees escaped", "more than 1,249 detainees escaped"),
        (
            "785 detainees escaped",
            "785 detainees did not escape",
            "785 detainees escaped",
            "785 detainees did not escape",
        ),
    ],
)
def test_another_figure_or_a_negation_is_reworded(before: str, after: str, was: str, now: str) -> None:
    """However alike the words are, they are shown, old and new, and the new passage holds all of the change."""
    [one] = healed(OLD.replace(before, after), anchor(OLD, "785 detainees escaped from the Vell camp"))
    assert one.state == "reworded"
    assert one.score > 0.8
    assert one.was == f"{was} from the Vell camp"
    assert one.now == one.quote == f"{now} from the Vell camp"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Some 12 inmates fled.", "Some 312 inmates fled."),
        ("Some 12 inmates fled.", "Some 1,12 inmates fled."),
        ("He has 40 of them.", "He has 40% of them."),
        ("Costs rose by 4.", "Costs rose by 4.5"),
    ],
)
def test_a_figure_is_no_part_of_a_greater_one(old: str, new: str) -> None:
    """What stands within another word or figure is not the same words."""
    quote = {"Some": "12 inmates fled", "He h": "He has 40", "Cost": "Costs rose by 4"}[old[:4]]
    [one] = healed(new, anchor(old, quote), old=old)
    assert one.state == "reworded"


def test_a_quote_that_stands_thrice_is_told_by_its_context() -> None:
    """Where one of three is taken out, the other two keep their neighbours, and the third is gone."""
    vans = [anchor(OLD, "Two vans waited.", nth) for nth in range(3)]
    new = OLD.replace("Vell camp. Two vans waited.", "Vell camp.")
    found = healed(new, *vans)
    assert states(found) == ["gone", "moved", "moved"]
    assert new[: found[1].start].endswith("The mayor was there. ")
    assert new[: found[2].start].endswith("Nobody knew why. ")


def test_the_same_words_without_any_context_keep_their_order() -> None:
    """Where no neighbour tells them apart, the first stays before the second, and never are two at one place."""
    old = "No. No. No. No."
    anchors = [anchor(old, "No.", nth) for nth in range(4)]
    found = healed("Well. No. No. No. No.", *anchors, old=old)
    assert [each.start for each in found] == [6, 10, 14, 18]
    fewer = healed("No. No.", *anchors, old=old)
    assert sorted(each.start for each in fewer if each.state != "gone") == [0, 4]


def test_paragraphs_that_change_places_take_their_quotes_along() -> None:
    """The context says which is which, not the order."""
    one, two = "In Korda it rained all day. Nobody came.", "In Dorn the sun was out for hours. Nobody came."
    old, new = f"{one}\n\n{two}", f"{two}\n\n{one}"
    found = healed(new, anchor(old, "Nobody came.", 0), anchor(old, "Nobody came.", 1), old=old)
    assert [each.start for each in found] == [new.index("Nobody", 60), new.index("Nobody")]


def test_other_signs_for_the_same_words_are_no_rewording() -> None:
    """Quotation marks, dashes, spaces and line ends: the words are the same, and what stands there is shown."""
    old = "“All of them - all - fled,” she said. It was over."
    new = 'Korda. "All of them\nfled,"'.replace("them\n", "them – all\N{NO-BREAK SPACE}– ") + " she said. It was over."
    [one] = healed(new, anchor(old, "“All of them - all - fled,” she said."), old=old)
    assert (one.state, one.score) == ("moved", 1.0)
    assert one.was != one.now


def test_marks_that_come_or_go_are_reworded() -> None:
    """Words put in quotation marks are somebody else's words."""
    old, new = "The guards were heroes that day.", "The guards were “heroes” that day."
    [one] = healed(new, anchor(old, old), old=old)
    assert one.state == "reworded"


@pytest.mark.parametrize(
    ("said", "turned"), [("He said that", "He denied that"), ("He said that", "It is not true that")]
)
def test_a_sentence_that_is_turned_around_a_passage_is_reworded(said: str, turned: str) -> None:
    """The passage stands as it stood; what its sentence says of it does not, and the sentence is shown."""
    new = OLD.replace(said, turned)
    [one] = healed(new, anchor(OLD, "the ministry will close 40% of its posts"))
    assert one.state == "reworded"
    assert one.quote == "the ministry will close 40% of its posts"
    assert (one.was.startswith(said), one.now.startswith(turned)) == (True, True)


def test_other_words_around_a_passage_leave_it_as_it_is() -> None:
    """Who else is named in the sentence does not turn it."""
    [one] = healed(
        OLD.replace("He said that", "The minister said that"), anchor(OLD, "the ministry will close 40% of its posts")
    )
    assert one.state == "moved"


def test_a_passage_that_stands_only_in_furniture_is_gone() -> None:
    """A teaser among the page's links is not the article saying it."""
    body = "Forty guards walked out on Monday. Ilic spoke for all of them."
    old = read_article(f"Guards walk out\n\n{body} Two vans waited at the gate of the prison.")
    new = read_article(f"Guards walk out\n\n{body}\n\nRead more: Two vans waited at the gate of the prison.")
    assert new.is_furniture(new.text.index("Two vans"), len(new.text))
    [one] = heal(old, [anchor(old.text, "Two vans waited at the gate of the prison.")], new)
    assert (one.state, one.start == one.end, one.now) == ("gone", True, "")


def test_a_passage_reworded_and_moved_is_found_by_its_rare_words() -> None:
    """It needs to be more alike than one that kept its neighbours."""
    sentence = "The island line will raise its fares by twenty percent on the first of June."
    others = [
        f"On day {day} nothing else was heard from {name}." for day, name in enumerate(["Vell", "Dorn", "Korda"] * 9)
    ]
    old = " ".join([sentence, *others])
    new = " ".join([*others, sentence.replace("twenty", "thirty")])
    [one] = healed(new, anchor(old, sentence), old=old)
    assert (one.state, one.now) == ("reworded", sentence.replace("twenty", "thirty"))


def test_a_passage_is_not_put_on_unlike_words() -> None:
    """Another story has none of it."""
    [one] = healed("Ferries sailed on time in the north all week, the line said.", anchor(OLD, "Nobody knew why."))
    assert one.state == "gone"


def test_two_reworded_passages_are_never_put_at_one_place() -> None:
    """The one that is more like the words that are left has them; the other is gone."""
    old = "Some 312 inmates fled on Sunday. It rained. Some 318 inmates fled on Monday."
    new = "Some 319 inmates fled on Monday. It rained."
    found = healed(
        new, anchor(old, "Some 312 inmates fled on Sunday."), anchor(old, "Some 318 inmates fled on Monday."), old=old
    )
    assert sorted(states(found)) == ["gone", "reworded"]


def test_claims_on_one_passage_stay_together() -> None:
    """Two that stood at one place stand at one place."""
    twin = anchor(OLD, "785 detainees escaped from the Vell camp")
    found = healed(OLD.replace("785", "249"), twin, twin)
    assert found[0] == found[1]
    assert found[0].state == "reworded"


def test_what_was_gone_is_found_again() -> None:
    """An anchor that stands nowhere is looked for by its words and the context that they had."""
    lost = anchor(OLD, "Two vans waited.", 1)
    lost = Anchor(3, 3, lost.quote, lost.prefix, lost.suffix)
    [one] = healed(OLD, lost, old="Guards walk out again in Korda")
    assert one.state == "moved"
    assert OLD[: one.start].endswith("The mayor was there. ")


@given(
    before=st.text(max_size=60), after=st.text(max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)  # fmt: skip
def test_spans_are_true_for_every_input(before: str, after: str, spans: list[tuple[int, int]]) -> None:
    """Whatever the texts: each passage stands where it says, has a score from 0 to 1, and is the same if asked again."""
    anchors = [
        Anchor(start, end, before[start:end], *context(before, start, end))
        for start, end in ((min(span), min(max(span), len(before))) for span in spans)
        if start <= end
    ]
    found = heal(Article(before), anchors, Article(after))
    assert all(
        0 <= each.start <= each.end <= len(after) and after[each.start : each.end] == each.quote for each in found
    )
    assert all(0 <= each.score <= 1 for each in found)
    assert found == heal(Article(before), anchors, Article(after))


WORDS = st.sampled_from("guard prison ministry van gate Korda Vell Dorn rain strike march vote tax".split())
SENTENCES = st.lists(
    st.lists(WORDS, min_size=3, max_size=8).map(lambda words: " ".join(words).capitalize() + "."), max_size=5
)


@given(above=SENTENCES, instead=SENTENCES, below=SENTENCES, then=SENTENCES)
def test_edits_elsewhere_leave_a_passage_exact(
    above: list[str], instead: list[str], below: list[str], then: list[str]
) -> None:
    """Whatever comes or goes before and behind it, a passage keeps its words and is found at them."""
    quote = "Some 785 detainees escaped from camp Ain on Sunday."
    old, new = (" ".join([*first, quote, *last]) for first, last in ((above, below), (instead, then)))
    [one] = healed(new, anchor(old, quote), old=old)
    assert (one.state, one.start) == ("unchanged" if one.start == old.index(quote) else "moved", new.index(quote))


@given(st.lists(st.text(max_size=20), max_size=8))
def test_passages_that_stood_apart_stand_apart(parts: list[str]) -> None:
    """In any shuffling of any parts, no two of them are put at one place."""
    old, new = " ".join(parts), " ".join(parts[1::2] + parts[::2])
    anchors, place = [], 0
    for part in parts:
        if part.strip():
            anchors.append(Anchor(place, place + len(part), part))
        place += len(part) + 1
    found = sorted((each.start, each.end) for each in healed(new, *anchors, old=old) if each.state != "gone")
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@given(st.text(max_size=80), st.text(max_size=80))
def test_pieces_joined_are_the_texts(was: str, now: str) -> None:
    """A difference loses nothing of either side."""
    before, after = differences(was, now)
    assert ("".join(text for text, _ in before), "".join(text for text, _ in after)) == (was, now)


@pytest.mark.slow
def test_a_long_text_with_many_passages_takes_seconds() -> None:
    """Half a million characters and 2,000 passages, all of them reworded."""
    chance = random.Random(7)
    words = [
        f"{first}{last}"
        for first in "ba ke mi do fu sha tre pli gno wer".split()
        for last in "lan ter mos vik pur".split()
    ]
    sentences = [" ".join(chance.choices(words, k=18)).capitalize() + "." for _ in range(5000)]
    old, new = (" ".join(each) for each in (sentences, [each.replace(each.split()[5], "other") for each in sentences]))
    assert len(old) > 500_000
    anchors, place = [], 0
    for number, sentence in enumerate(sentences):
        if number % 5 < 2:
            anchors.append(Anchor(place, place + len(sentence), sentence, *context(old, place, place + len(sentence))))
        place += len(sentence) + 1
    begun = time.monotonic()
    found = heal(Article(old), anchors, Article(new))
    assert time.monotonic() - begun < 30
    assert set(states(found)) == {"reworded"}


# What is said of a passage, and where another stands


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article said some 785 inmates fled on Sunday.",
        "The number of inmates was corrected. It was first given so: some 785 inmates fled on Sunday.",
        "We reported on Monday that some 785 inmates fled on Sunday.",
        "The original headline misstated that some 785 inmates fled on Sunday.",
        "This story has been amended. Some 785 inmates fled on Sunday was what it said.",
        "A correction was made on 5 March. Some 785 inmates fled on Sunday.",
    ],
)
def test_what_only_a_correction_says_is_no_claim_that_stays(note: str) -> None:
    """The words stand in the note alone: what it says of them is shown, and they are neither unchanged nor moved."""
    old = "Guards walk out\n\nSome 785 inmates fled on Sunday. The mayor wept."
    [one] = healed(
        f"Guards walk out\n\nThe mayor wept.\n\n{note}", anchor(old, "ome 785 inmates fled on Sunday"), old=old
    )
    assert one.state == "reworded"
    assert one.now in note


@pytest.mark.parametrize(
    "note", ["It first read: Some 785 inmates fled on Sunday.", "Some 785 inmates fled on Sunday."]
)
def test_a_rewording_in_place_goes_before_the_same_words_elsewhere(note: str) -> None:
    """Between the neighbours that it had, the claim has another figure now; its old words are repeated below."""
    old = "Guards walk out. Some 785 inmates fled on Sunday. The mayor wept."
    [one] = healed(f"{old.replace('785', '249')}\n\n{note}", anchor(old, "Some 785 inmates fled on Sunday"), old=old)
    assert (one.state, one.now) == ("reworded", "Some 249 inmates fled on Sunday")


def test_what_stood_in_a_correction_before_stays_there() -> None:
    """A claim that was found in a correction, or behind one, is found in it."""
    old = "The mayor wept.\n\nCorrection: An earlier version said some 785 inmates fled."
    [one] = healed(f"It rained. {old}", anchor(old, "some 785 inmates fled"), old=old)
    assert one.state == "moved"


def test_prison_officers_are_no_correction() -> None:
    """Corrections is also what some call their prisons."""
    old = "Guards walk out. Some 785 inmates fled on Sunday."
    new = "Guards walk out. The Department of Corrections is silent. Some 785 inmates fled on Sunday."
    [one] = healed(new, anchor(old, "Some 785 inmates fled on Sunday"), old=old)
    assert one.state == "moved"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Two men died.", "Two men died?"),
        ("Two men died.", "Police fear two men died."),
        ("Two men died.", "If Two men died."),
    ],
)
def test_what_is_asked_or_feared_is_not_what_was_said(old: str, new: str) -> None:
    """The words stay, and what the sentence makes of them does not."""
    [one] = healed(new, anchor(old, "Two men died"), old=old)
    assert one.state == "reworded"


PLACES = ["Korda", "Marusa", "Belin", "Tesna", "Dorn"]
ALIKE = st.builds(
    "In {}, police {} {} {} on {}.".format,
    st.sampled_from(PLACES), st.sampled_from(["arrested", "injured", "freed"]), st.integers(2, 99),
    st.sampled_from(["men", "women", "guards"]), st.sampled_from(["Monday", "Tuesday", "Friday"]),
)  # fmt: skip


@given(st.lists(ALIKE, min_size=2, max_size=8, unique=True), st.data())
def test_a_claim_that_is_gone_is_put_on_no_sentence_that_stood_there_before(
    sentences: list[str], data: st.DataObject
) -> None:
    """However alike the other sentences are, and whether or not anybody claims them, each stays who it was."""
    claimed = data.draw(st.lists(st.sampled_from(sentences), min_size=1, unique=True))
    gone = data.draw(st.sampled_from(sentences))
    old, new = " ".join(sentences), " ".join(each for each in sentences if each != gone)
    for sentence, one in zip(claimed, healed(new, *(anchor(old, each[:-1]) for each in claimed), old=old), strict=True):
        assert one.quote == ("" if sentence == gone else sentence[:-1])


def test_a_sentence_that_nobody_claims_keeps_its_rewording() -> None:
    """What is most like an unclaimed sentence is that one's new wording, not a claim's that is gone."""
    old = "The mayor spoke. In Korda, 12 people died on Monday. In Marusa, 30 people died on Monday. He left."
    new = "The mayor spoke. In Marusa, 31 people died on Monday. He left."
    [one] = healed(new, anchor(old, "In Korda, 12 people died on Monday"), old=old)
    assert one.state == "gone"


def test_a_copy_that_was_taken_out_is_not_the_one_that_stays() -> None:
    """Of two sentences with the same words one is left, and it is the other."""
    old = "Nobody was hurt. The fire began at noon. Nobody was hurt. Rain came."
    new = "The fire began at noon. Nobody was hurt. Rain came."
    assert states(healed(new, anchor(old, "Nobody was hurt"), old=old)) == ["gone"]
    assert states(healed(new, anchor(old, "Nobody was hurt", 1), old=old)) == ["moved"]


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("Profit was 5 million.", "Profit was -5 million.", "5 million", "-5 million"),
        ("Profit was \N{MINUS SIGN}5 million.", "Profit was 5 million.", "\N{MINUS SIGN}5 million", "5 million"),
        ("It cost 5 million.", "It cost $5 million.", "5 million", "$5 million"),
    ],
)
def test_a_sign_before_a_figure_is_part_of_what_changed(old: str, new: str, was: str, now: str) -> None:
    """It is shown on the side where it stands."""
    [one] = healed(new, anchor(old, "5 million"), old=old)
    assert (one.state, one.was, one.now) == ("reworded", was, now)


FORMS = "Le café a 12 000 tables. Émile left the office, he said."


@pytest.mark.parametrize(
    "new",
    [
        unicodedata.normalize("NFD", FORMS),
        FORMS.replace("ffi", "\N{LATIN SMALL LIGATURE FFI}"),
        FORMS.replace("left", "\N{RIGHT-TO-LEFT MARK}left"),
        FORMS.replace("tables", "ta\N{SOFT HYPHEN}bles"),
        FORMS.replace("12 000", "12\N{NARROW NO-BREAK SPACE}000"),
        FORMS.upper(),
    ],
)
def test_another_form_of_the_same_letters_is_no_rewording(new: str) -> None:
    """Composed or not, set as one sign, with marks that nobody sees, in capitals: the words are the same."""
    found = healed(new, anchor(FORMS, "Le café a 12 000 tables"), anchor(FORMS, "Émile left the office"), old=FORMS)
    assert {one.state for one in found} <= {"unchanged", "moved"}
    assert [one.score for one in found] == [1.0, 1.0]


@pytest.mark.parametrize(("passages", "words"), [(290, 11), (50, 1)])
def test_the_same_words_over_and_over_take_no_time(passages: int, words: int) -> None:
    """Hundreds of places that could each be any other are told apart at once."""
    one = " ".join(["word"] * words)
    old = f"{one} " * 295
    step = len(one) + 1
    anchors = [
        Anchor(
            number * step, number * step + len(old[: step * size - 1]), old[number * step : (number + size) * step - 1]
        )
        for number, size in ((number, 1 if passages > 50 else number + 3) for number in range(passages))
    ]
    begun = time.process_time()
    found = heal(Article(old), anchors, Article(f"other {old}"))
    assert time.process_time() - begun < 2
    assert set(states(found)) == {"moved"}
