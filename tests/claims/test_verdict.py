"""Scales, confidence, likelihood, the maps between scales, and what a sign-off requires."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import BadScale
from claims.evidence import Passage, Source, find_passage
from claims.verdict import (
    COLOURS,
    CONFIDENCES,
    LIKELIHOODS,
    Mapped,
    Scale,
    Verdict,
    check_confidence,
    likelihood_words,
    load_scale,
    map_verdict,
    parse_scale,
    scale_from,
    scale_names,
    sign_off_checklist,
)
from workbench.columns import SIGNS

FOLDER = resources.files("claims") / "scales"
SCALES = [load_scale(name) for name in scale_names()]
PAIRS = list(permutations(SCALES, 2))
HOUSE = (FOLDER / "house.toml").read_text(encoding="utf-8")

Data = dict[str, Any]


# Scales


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_a_shipped_scale_bears_the_name_of_its_file(scale: Scale) -> None:
    """A scale is found by the name that it has."""
    assert load_scale(scale.name) is scale
    assert (FOLDER / f"{scale.name}.toml").is_file()


def test_the_shipped_scales_have_their_labels_in_order() -> None:
    """AVeriTeC's four, PolitiFact's six and AAP's seven are there, in their own order."""
    averitec = ("Supported", "Refuted", "Conflicting evidence", "Not enough evidence")
    assert load_scale().labels == averitec
    assert load_scale("politifact").labels == (
        "True", "Mostly True", "Half True", "Mostly False", "False", "Pants on Fire"
    )  # fmt: skip
    assert load_scale("aap").labels == (
        "True", "Mostly True", "Mixture", "Mostly False", "False", "Misleading", "Unproven"
    )  # fmt: skip


def test_every_colour_has_its_sign_on_the_screens() -> None:
    """The engine's colours and the desk's are the same."""
    assert set(COLOURS) == set(SIGNS)


def test_the_best_verdict_of_a_scale_stands_at_its_best_number() -> None:
    """The numbers of each shipped scale fall from best to worst, both ends taken."""
    for scale in SCALES:
        ratings = [verdict.rating for verdict in scale.verdicts if verdict.rating is not None]
        assert max(ratings) == scale.best
        assert min(ratings) == scale.worst
        assert len(ratings) == len(set(ratings))


@pytest.mark.parametrize("label", ["Unproven", "Unfounded", "Scam"])
def test_what_is_neither_true_nor_false_has_no_number(label: str) -> None:
    """A label off the line from true to false has no place between worst and best."""
    assert load_scale("snopes").verdict(label).rating is None


def test_a_scale_survives_json() -> None:
    """A scale kept as JSON comes back equal."""
    for scale in SCALES:
        assert scale_from(json.loads(json.dumps(scale.as_data()))) == scale


def test_a_desk_may_copy_the_house_scale() -> None:
    """The example reads as a desk's own under another name."""
    assert parse_scale(HOUSE.replace('"house"', '"gazette"'), "gazette.toml").name == "gazette"


def spoil(change: Callable[[Data], object]) -> Data:
    data = load_scale("house").as_data()
    change(data)
    return data


FAULTS: dict[str, tuple[Callable[[Data], object], str, str]] = {
    "a field too many": (
        lambda data: data["verdict"][1].update(color="red"),
        "desk.toml, verdict 2 has the field 'color', which no scale has.",
        "Use label, key, colour, meaning, wants_correction, rating.",
    ),
    "a field too few": (
        lambda data: data["verdict"][1].pop("meaning"),
        "desk.toml, verdict 2 has no meaning.",
        "Give meaning as a text in quotation marks.",
    ),
    "the scale lacks a field": (
        lambda data: data.pop("best"),
        "desk.toml has no best.",
        "Give best as a whole number.",
    ),
    "a wrong type": (
        lambda data: data["verdict"][0].update(wants_correction="no"),
        "desk.toml, verdict 1 has wants_correction = 'no'.",
        "Give wants_correction as true or false.",
    ),
    "a truth value as a number": (
        lambda data: data["verdict"][0].update(rating=True),
        "desk.toml, verdict 1 has rating = True.",
        "Give rating as a whole number.",
    ),
    "a rating off the scale": (
        lambda data: data["verdict"][0].update(rating=5),
        "desk.toml, verdict 1 has the rating 5.",
        "Use a whole number from 1 to 4, or leave it out where the label has no place on the scale.",
    ),
    "an unknown colour": (
        lambda data: data["verdict"][3].update(colour="pink"),
        "desk.toml, verdict 4 has the colour 'pink', which the desk does not know.",
        "Use one of: green, red, violet, gray.",
    ),
    "a key of two digits": (
        lambda data: data["verdict"][3].update(key="12"),
        "desk.toml, verdict 4 has the key '12'.",
        'Use a digit from 1 to 9, or "" for none.',
    ),
    "the same key twice": (
        lambda data: data["verdict"][3].update(key="1"),
        "desk.toml, verdict 4 has the key '1', as verdict 1 has.",
        'Change one, or write "" there.',
    ),
    "the same label twice": (
        lambda data: data["verdict"][3].update(label="RIGHT"),
        "desk.toml, verdict 4 has the label 'RIGHT', as verdict 1 has.",
        "Give each verdict a label of its own.",
    ),
    "an empty text": (
        lambda data: data["verdict"][2].update(label=" "),
        "desk.toml, verdict 3 has an empty label.",
        "Write the label between the quotation marks.",
    ),
    "spaces around a text": (
        lambda data: data["verdict"][2].update(label="Misleading "),
        "desk.toml, verdict 3 has spaces around its label.",
        "Take them away.",
    ),
    "a line end": (
        lambda data: data["verdict"][2].update(label="Mis\nleading"),
        "desk.toml, verdict 3 has a line end or a control character in its label.",
        "Write the label in one plain line.",
    ),
    "a label too long": (
        lambda data: data["verdict"][2].update(label="x" * 61),
        "desk.toml, verdict 3 has a label of 61 characters.",
        "Shorten it to 60; the meaning may say more.",
    ),
    "one label": (
        lambda data: data.update(verdict=data["verdict"][:1]),
        "desk.toml has 1 verdict.",
        "Give it 2 to 40, each a row that begins with [[verdict]].",
    ),
    "a row that is none": (
        lambda data: data["verdict"].append("Wrong"),
        "desk.toml, verdict 6 is no row of fields.",
        "Begin it with [[verdict]] and give it label, key, colour, meaning, wants_correction, rating.",
    ),
    "worst above best": (
        lambda data: data.update(worst=4),
        "desk.toml has worst = 4 and best = 4.",
        "Use whole numbers from 0 to 100, and a worst below the best.",
    ),
    "a name of several words": (
        lambda data: data.update(name="Our scale"),
        "desk.toml has the name 'Our scale', which is no plain name.",
        "Use lower-case letters, digits and hyphens, at most 40.",
    ),
}


@pytest.mark.parametrize(("change", "problem", "remedy"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_by_file_and_row(change: Callable[[Data], object], problem: str, remedy: str) -> None:
    """What does not hold in a scale is said with its place and what to do."""
    with pytest.raises(BadScale) as caught:
        scale_from(spoil(change), "desk.toml")
    assert (caught.value.problem, caught.value.remedy) == (problem, remedy)


def test_a_scale_holds_forty_labels_and_no_more() -> None:
    """The limit itself passes, one more is refused."""
    row = load_scale("house").as_data()["verdict"][0] | {"key": ""}
    for count in (40, 41):
        data = spoil(lambda data, count=count: data.update(verdict=[row | {"label": f"No {n}"} for n in range(count)]))
        if count == 40:
            assert len(scale_from(data).labels) == 40
        else:
            with pytest.raises(BadScale, match="41 verdicts"):
                scale_from(data)


@pytest.mark.parametrize("data", [[], None, "house", 7])
def test_what_is_no_table_is_no_scale(data: Any) -> None:
    """A damaged record is refused like any other fault."""
    with pytest.raises(BadScale, match="The scale in the record is no table"):
        scale_from(data)


def test_a_file_of_64_kb_is_read_and_a_larger_one_refused() -> None:
    """The limit is in bytes of UTF-8, and itself passes."""
    room = 64 * 1024 - len(HOUSE.encode())
    comment = ("#" + "x" * 98 + "\n") * (room // 100) + "#" * (room % 100)
    assert parse_scale(HOUSE + comment, "desk.toml").name == "house"
    with pytest.raises(BadScale, match=r"desk\.toml is larger than 64 kB"):
        parse_scale(HOUSE + comment.replace("x", "ä", 1), "desk.toml")


def test_a_long_line_is_refused_by_its_number() -> None:
    """A line of 1,000 characters is read, a longer one is not."""
    assert parse_scale(f"#{'x' * 999}\n{HOUSE}", "desk.toml").name == "house"
    with pytest.raises(BadScale, match=r"more than 1,000 characters in line 2\."):
        parse_scale(f"\n#{'x' * 1000}\n{HOUSE}", "desk.toml")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name = ",
        "a = " + "[\n" * 30_000,
        "a = " + "{a = " * 100 + "[\n" * 30_000,
        ("a" + ".a" * 490 + " = 1\n") * 64,
        "[a" + ".a" * 490 + "]\n" + "\n".join(f"b{n} = 1" for n in range(5000)),
        "a" + ".a" * 30_000 + " = 1",
        "best = " + "9" * 60_000,
        "best = " + "9" * 900,
        HOUSE.replace("best = 4", "best = 0x" + "f" * 900),
        HOUSE.replace("best = 4", "best = [0x" + "f" * 900 + "]"),
        HOUSE.replace("best = 4", "best = nan"),
        HOUSE.replace("best = 4", "best = 2024-02-30"),
        HOUSE.replace('"Wrong"', '"Wr\\u0000ong"'),
        HOUSE.replace("Wrong", "Wr\ud800ong"),
        HOUSE + "\n[[verdict]]\nlabel = {}",
        HOUSE + "\nverdict = 1",
    ],
)
def test_hostile_toml_is_refused(text: str) -> None:
    """Not TOML, wrong types, deep nesting and huge numbers each give a BadScale and nothing else."""
    with pytest.raises(BadScale):
        parse_scale(text, "desk.toml")


#: Pieces from which TOML that is nearly a scale is made, and any text besides.
LINES = st.sampled_from([*HOUSE.splitlines(), "[[verdict]]", "[verdict]", 'rating = "4"', "best = 0x7", "= ", '"', "]"])


@given(st.text() | st.lists(LINES | st.text(max_size=20), max_size=40).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_scale_or_a_fault(text: str) -> None:
    """No text makes the reader fail in another way, and what it reads survives as data."""
    try:
        scale = parse_scale(text, "desk.toml")
    except BadScale:
        return
    assert scale_from(scale.as_data()) == scale


def texts(alphabet: str) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(alphabet), min_size=1, max_size=20)


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    worst, best = sorted(draw(st.lists(st.integers(0, 100), min_size=2, max_size=2, unique=True)))
    labels = draw(st.lists(texts("abcéß-"), min_size=2, max_size=9, unique_by=str.casefold))
    keys = draw(st.permutations("123456789"))
    verdicts = tuple(
        Verdict(
            label,
            draw(st.sampled_from([key, ""])),
            draw(st.sampled_from(COLOURS)),
            draw(texts("xyz“”'\"\\")),
            draw(st.booleans()),
            draw(st.none() | st.integers(worst, best)),
        )
        for label, key in zip(labels, keys, strict=False)
    )
    return Scale(draw(texts("abc09")), draw(texts("Desk'\"")), draw(texts("abc")), verdicts, best, worst)


@given(scales())
@settings(max_examples=60, deadline=None)
def test_any_scale_comes_back_from_its_data(scale: Scale) -> None:
    """What is kept as JSON is the same scale, numbers, keys and quotation marks included."""
    assert scale_from(json.loads(json.dumps(scale.as_data()))) == scale


# Confidence and likelihood


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_a_word_of_icd_203_is_a_confidence(confidence: str) -> None:
    """The three words pass as they are, and as a spreadsheet may write them."""
    assert check_confidence(confidence) == confidence
    assert check_confidence(f" {confidence.title()} ", "either") == confidence


@pytest.mark.parametrize("written", [85, 85.0, "85", "85%", "85 %", "85\N{NO-BREAK SPACE}%", " 85.00% ", "85,0 %"])
def test_a_percentage_has_one_written_form(written: object) -> None:
    """However a percentage is written, it is kept as one."""
    assert check_confidence(written, "percent") == check_confidence(written, "either") == "85%"


@pytest.mark.parametrize("written", ["0", "100"])
def test_the_ends_of_a_percentage_pass(written: str) -> None:
    """0 and 100 are percentages."""
    assert check_confidence(written, "percent") == f"{written}%"


@pytest.mark.parametrize("form", ["words", "percent", "either"])
@pytest.mark.parametrize(
    "written",
    [-1, "-1%", 101, "101 %", "1000", float("nan"), "nan", float("inf"), "", " ", "%", None, True, 0.85, "0.85", "85%%",
     "quite", "85 percent", "८५", "high 85%"],
)  # fmt: skip
def test_what_is_no_confidence_is_refused(written: object, form: str) -> None:
    """What is out of bounds, empty, a share or other words is refused in every form."""
    with pytest.raises(BadScale, match=r"is no confidence\. Use "):
        check_confidence(written, form)


def test_a_desk_keeps_to_its_form() -> None:
    """A desk of words takes no percentage, a desk of percentages no words."""
    with pytest.raises(BadScale, match="low, moderate, high"):
        check_confidence("85%", "words")
    with pytest.raises(BadScale, match="whole percentage"):
        check_confidence("high", "percent")
    with pytest.raises(BadScale, match="no form of confidence"):
        check_confidence("high", "stars")


def test_the_seven_phrases_meet_without_a_gap() -> None:
    """ICD 203's ranges run from 1 to 99 percent, each beginning where the last one ends."""
    assert [phrase.low for phrase in LIKELIHOODS] == [1, 5, 20, 45, 55, 80, 95]
    assert [phrase.high for phrase in LIKELIHOODS] == [5, 20, 45, 55, 80, 95, 99]


@pytest.mark.parametrize(
    ("likelihood", "words"),
    [(0, "almost no chance"), (0.05, "very unlikely"), (0.2, "unlikely"), (0.45, "roughly even chance"),
     (0.55, "roughly even chance"), (0.8, "likely"), (0.95, "very likely"), (0.951, "almost certain"),
     (1, "almost certain")],
)  # fmt: skip
def test_where_two_ranges_meet_the_more_cautious_phrase_holds(likelihood: float, words: str) -> None:
    """A bound belongs to the phrase nearer to even; beyond the table the outermost phrase holds."""
    assert likelihood_words(likelihood) == words


@given(st.integers(1, 99))
def test_every_percentage_lies_in_the_range_of_its_phrase(percent: int) -> None:
    """The phrase for a percentage is one whose range holds it."""
    named = {phrase.words: phrase for phrase in LIKELIHOODS}[likelihood_words(percent / 100)]
    assert named.low <= percent <= named.high


@pytest.mark.parametrize("likelihood", [-0.01, 1.01, 85, float("nan"), True])
def test_a_likelihood_is_a_share(likelihood: float) -> None:
    """What is not from 0 to 1 is no likelihood."""
    with pytest.raises(BadScale, match=r"Give a number from 0 to 1"):
        likelihood_words(likelihood)


# The map between scales


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a.name}-{b.name}" for a, b in PAIRS])
def test_every_label_has_a_counterpart_or_a_reason(first: Scale, second: Scale) -> None:
    """A shipped label becomes a label of any other shipped scale, or it is said why not."""
    for label in first.labels:
        mapped = map_verdict(label, first, second)
        if mapped.label is None:
            assert "has no counterpart in" in mapped.loses
            assert "no map between the two holds it" not in mapped.loses
        else:
            assert mapped.label in second.labels
        assert mapped.loses == "" or mapped.loses.endswith(".")


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_a_scale_mapped_to_itself_loses_nothing(scale: Scale) -> None:
    """Every label stays what it is."""
    for label in scale.labels:
        mapped = map_verdict(label, scale, scale)
        assert (mapped.label, mapped.loses) == (label, "")


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a.name}-{b.name}" for a, b in PAIRS])
def test_a_way_that_does_not_lead_back_tells_a_loss(first: Scale, second: Scale) -> None:
    """Where there and back does not end at the same label, something was said to be lost."""
    for label in first.labels:
        there = map_verdict(label, first, second)
        if there.label is None:
            continue
        back = map_verdict(there.label, second, first)
        assert back.label == label or there.loses or back.loses


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a.name}-{b.name}" for a, b in PAIRS])
def test_two_labels_do_not_become_one_untold(first: Scale, second: Scale) -> None:
    """Of the labels that share a counterpart, at most one loses nothing."""
    for target in second.labels:
        whole = [label for label in first.labels if map_verdict(label, first, second) == Mapped(target, "")]
        assert len(whole) <= 1


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a.name}-{b.name}" for a, b in PAIRS])
def test_no_map_turns_right_into_wrong(first: Scale, second: Scale) -> None:
    """A green label never becomes a red one, nor a red one green."""
    for label in first.labels:
        mapped = map_verdict(label, first, second)
        if mapped.label:
            colours = {first.verdict(label).colour, second.verdict(mapped.label).colour}
            assert not {"green", "red"} <= colours


def test_by_way_of_averitec_both_losses_are_told() -> None:
    """A scale without a direct map goes by the hub, and each step says what it loses."""
    mapped = map_verdict("Misleading", load_scale("house"), load_scale("politifact"))
    assert mapped.label == "Half True"
    assert mapped.loses.count("is lost.") == 2
    assert "AVeriTeC's Conflicting evidence becomes PolitiFact's Half True" in mapped.loses


def test_the_maps_name_only_labels_that_are_there() -> None:
    """Each shipped map holds every label that it leads from, and leads only to labels of its target."""
    for scale in SCALES:
        maps = tomllib.loads((FOLDER / "maps" / f"{scale.name}.toml").read_text(encoding="utf-8"))
        assert maps
        for target, rows in maps.items():
            assert tuple(rows) == scale.labels
            for row in rows.values():
                assert row.keys() <= {"becomes", "loses"}
                assert row
                assert row.get("becomes", load_scale(target).labels[0]) in load_scale(target).labels


def test_a_desk_s_own_scale_has_no_map() -> None:
    """Nobody guesses what a desk's own label becomes, and what one's becomes there."""
    own = parse_scale(HOUSE.replace('name = "house"', 'name = "gazette"'), "gazette.toml")
    for first, second in ((own, load_scale()), (load_scale(), own), (load_scale("aap"), own)):
        mapped = map_verdict(first.labels[0], first, second)
        assert mapped.label is None
        assert "no map between the two holds it" in mapped.loses


def test_a_scale_that_the_desk_has_changed_keeps_the_labels_it_still_has() -> None:
    """Between two versions of one scale a label stays, or is said to be gone."""
    old, new = load_scale("house"), parse_scale(HOUSE.replace('"Not settled"', '"Open"'), "house.toml")
    assert map_verdict("Wrong", old, new).label == "Wrong"
    assert map_verdict("Not settled", old, new).loses == (
        "House scale's Not settled has no counterpart in House scale: it is gone there."
    )


def test_a_map_to_a_label_that_the_desk_took_out_is_none() -> None:
    """A desk's copy under a shipped name is held to its own labels."""
    new = parse_scale(HOUSE.replace('"Wrong"', '"Not so"'), "house.toml")
    assert map_verdict("Refuted", load_scale(), new).label is None
    assert map_verdict("Not so", new, load_scale()).label is None


# What a sign-off requires

URL = "https://www.example.org/escape"
ROLL = Source("https://example.org/roll-call", quoted="249 were absent at the evening count.", stance="refutes")

COMPLETE: dict[str, Any] = {
    "article_url": URL,
    "article_title": "Two vans waited at the gate",
    "publisher": "The Gazette",
    "verdict": "Refuted",
    "confidence": "high",
    "rationale": "The roll call names 249 absent, not 312.",
    "corrected_value": "249",
    "agreement": "agreed",
    "decided_by": None,
}

ITEMS = [
    "verdict",
    "confidence",
    "rationale",
    "quoted passage",
    "passage in its document",
    "evidence beyond the article",
    "corrected value",
    "second reading",
    "no open dispute",
]
IN_IT, ASTRAY, OTHER = (
    find_passage(quoted, "Of 785 guards, 249 were absent.")
    for quoted in ("249 were absent", "Nobody came", "429 were absent")
)


def found(*sources: Source) -> dict[Source, Passage | None]:
    """The passage of each that has one, found in its document."""
    return {each: IN_IT for each in sources if each.quoted.strip()}


def missing(
    changes: Mapping[str, Any] | None = None, *sources: Source, scale: Scale | None = None, second_reading: bool = True
) -> list[str]:
    """The items that a complete claim with these changes does not meet."""
    claim = COMPLETE | dict(changes or {})
    beyond = sources or (ROLL,)
    listed = sign_off_checklist(
        claim, beyond, scale or load_scale(), second_reading=second_reading, passages=found(*beyond)
    )
    return [item.name for item in listed if not item.met]


def test_a_complete_claim_meets_every_item_in_order() -> None:
    """The whole checklist, in the order in which the work is done."""
    listed = sign_off_checklist(COMPLETE, [ROLL], load_scale(), passages=found(ROLL))
    assert [item.name for item in listed] == ITEMS
    assert all(item.met for item in listed)


def test_an_empty_claim_is_told_how_to_mend_each_item() -> None:
    """What is required and how to mend it are whole sentences, met or not."""
    listed = sign_off_checklist({}, [], load_scale())
    assert [item.name for item in listed if item.met] == ["no open dispute"]
    assert all(text.endswith(".") and text[0].isupper() for item in listed for text in (item.what, item.remedy))


@pytest.mark.parametrize(
    ("changes", "item"),
    [
        ({"verdict": "Mostly False"}, ["verdict"]),
        ({"verdict": None}, ["verdict"]),
        ({"confidence": None}, ["confidence"]),
        ({"confidence": "quite"}, ["confidence"]),
        ({"rationale": None}, ["rationale"]),
        ({"rationale": " \n"}, ["rationale"]),
        ({"corrected_value": None}, ["corrected value"]),
        ({"corrected_value": " "}, ["corrected value"]),
        ({"agreement": None}, ["second reading"]),
        ({"agreement": "disputed"}, ["no open dispute"]),
    ],
)
def test_each_item_fails_alone(changes: Mapping[str, Any], item: list[str]) -> None:
    """One thing missing is one item not met."""
    assert missing(changes) == item


def test_a_source_without_a_quoted_passage_is_not_enough() -> None:
    """An address alone bears no verdict."""
    assert missing(None, Source("https://example.org/roll-call", quoted=" ")) == ["quoted passage"]


def test_the_checked_article_is_no_evidence_for_itself() -> None:
    """Quoted or not, the article fulfils neither item; beside other evidence it does no harm."""
    article = Source(URL, quoted="Only 249 fled.")
    assert missing(None, article) == ["quoted passage", "evidence beyond the article"]
    assert missing(None, article, Source("https://example.org/roll-call")) == ["quoted passage"]
    assert missing(None, article, ROLL) == []


def test_a_source_that_is_none_does_not_count() -> None:
    """A passage from nowhere is no evidence."""
    assert missing(None, Source(quoted="249")) == ["quoted passage", "evidence beyond the article"]


@pytest.mark.parametrize(
    "location",
    [
        URL,
        "http://example.org/escape/",
        "HTTPS://WWW.Example.org:443/escape#gate",
        "//example.org/escape",
        "example.org/escape",
        f"{URL}?utm_source=mail&UTM_Campaign=a&fbclid=1&gclid=2&mc_cid=3",
        f" {URL}/?#",
    ],
)
def test_the_article_s_address_is_known_in_any_dress(location: str) -> None:
    """Scheme, www., slash, fragment and tracking parameters make no other source."""
    assert "evidence beyond the article" in missing(None, Source(location, quoted="249"))


@pytest.mark.parametrize(
    "location",
    [
        f"{URL}?page=2",
        f"{URL}-2",
        "https://example.org/Escape",
        "https://news.example.org/escape",
        "https://example.org:8080/escape",
        "example.org/escape//example.net/roll-call",
        "example.net/https://www.example.org/escape",
        "roll-call.pdf",
    ],
)
def test_another_address_is_another_source(location: str) -> None:
    """What differs in host, path or query stands for itself."""
    assert missing(None, Source(location, quoted="249")) == []


def test_parameters_that_are_no_tracking_tell_articles_apart_in_any_order() -> None:
    """The query is compared without its order."""
    changes = {"article_url": "https://example.org/story?id=7&lang=en"}
    assert missing(changes, Source("https://example.org/story?lang=en&id=7&utm_medium=x", quoted="249"))
    assert not missing(changes, Source("https://example.org/story?lang=en&id=8", quoted="249"))


@pytest.mark.parametrize(
    ("source", "same"),
    [
        (Source(title="Two  vans waited at the GATE ", publisher="the gazette", quoted="249"), True),
        (Source(title="Two vans waited at the gate", quoted="249"), True),
        (Source("https://example.net/copy", "Two vans waited at the gate", "The Gazette", quoted="249"), True),
        (Source(title="Two vans waited at the gate", publisher="The Courier", quoted="249"), False),
        (Source(title="Roll call of 3 March", publisher="The Gazette", quoted="249"), False),
    ],
)
def test_the_article_is_known_by_title_and_publisher(source: Source, same: bool) -> None:  # noqa: FBT001
    """The same title by the same publisher, or by none that is named, is the article."""
    assert missing(None, source) == (["quoted passage", "evidence beyond the article"] if same else [])


def test_articles_without_address_and_title_are_nobody_s_double() -> None:
    """Two empty addresses or titles are not the same."""
    assert missing({"article_url": None, "article_title": None}, Source(title="Roll call", quoted="249")) == []
    assert missing({"article_url": "", "article_title": ""}, Source("roll-call.pdf", quoted="249")) == []


def test_a_corrected_value_is_asked_only_where_the_verdict_wants_one() -> None:
    """A verdict of right asks for nothing that would have been right."""
    claim = COMPLETE | {"verdict": "Supported", "corrected_value": None}
    listed = sign_off_checklist(claim, [ROLL], load_scale(), passages=found(ROLL))
    assert "corrected value" not in [item.name for item in listed]
    assert all(item.met for item in listed)


@pytest.mark.parametrize(
    ("places", "met"),
    [([IN_IT], True), ([ASTRAY], False), ([OTHER], False), ([IN_IT, ASTRAY], False), ([IN_IT, None], False)],
    ids=["found", "not found", "another figure", "one of two", "a picture beside it"],
)
def test_each_passage_that_was_looked_for_must_be_in_its_document(places: list[Passage | None], met: bool) -> None:  # noqa: FBT001
    """All of them, with no other figure; it is the one item that a reason stands in for."""
    sources = [replace(ROLL, location=f"https://example.org/{number}") for number in range(len(places))]
    listed = sign_off_checklist(COMPLETE, sources, load_scale(), passages=dict(zip(sources, places, strict=True)))
    [item] = [item for item in listed if item.name == "passage in its document"]
    assert item.met == met
    assert [each.name for each in listed if each.excusable] == ["passage in its document"]
    assert all(each.met for each in listed if each is not item)


@pytest.mark.parametrize("places", [None, {}])
def test_a_passage_without_a_document_was_looked_for_by_nobody(places: dict[Source, Passage | None] | None) -> None:
    """It counts as one that is not found: a reason excuses it, and the item says how many there are."""
    listed = sign_off_checklist(COMPLETE, [ROLL], load_scale(), passages=places)
    [item] = [item for item in listed if not item.met]
    assert (item.name, item.excusable) == ("passage in its document", True)
    assert item.what.endswith("One passage has no document: nobody looked for it.")


def test_one_passage_without_a_document_is_enough() -> None:
    """Another source whose passage is found does not make up for it."""
    listed = sign_off_checklist(COMPLETE, [ROLL, replace(ROLL, location="b.pdf")], load_scale(), passages=found(ROLL))
    assert [item.name for item in listed if not item.met] == ["passage in its document"]


def test_a_passage_of_the_article_itself_is_not_asked_after() -> None:
    """The checked article, and a source that quotes nothing, bring no item."""
    own = replace(ROLL, location="https://example.org/guards")
    claim = COMPLETE | {"article_url": own.location}
    for sources, places in (([own], {}), ([own], {own: ASTRAY}), ([replace(ROLL, quoted=" ")], {})):
        listed = sign_off_checklist(claim, sources, load_scale(), passages=places)
        assert "passage in its document" not in [item.name for item in listed]


THEN, GIVEN = date(2024, 3, 4), datetime(2024, 6, 3, 12, tzinfo=UTC)
BEFORE, AFTER = date(2024, 3, 1), date(2024, 6, 1)


@pytest.mark.parametrize(
    ("sources", "met"),
    [
        ([("refutes", AFTER)], False),
        ([("refutes", AFTER), ("context", BEFORE)], False),
        ([("refutes", AFTER), ("supports", BEFORE)], False),
        ([("refutes", AFTER), ("refutes", BEFORE)], True),
        ([("refutes", AFTER), ("refutes", THEN)], True),
        ([("refutes", None)], False),
        ([("refutes", None), ("context", BEFORE)], False),
        ([("refutes", None), ("refutes", BEFORE)], True),
        ([("refutes", BEFORE)], None),
    ],
)
def test_what_bears_a_verdict_then_was_there_to_be_known(
    sources: list[tuple[str, date | None]],
    met: bool | None,  # noqa: FBT001
) -> None:
    """One quoted source of the verdict's own stance is dated by its day; a later one, one of no date and context are none."""
    quoted = [
        replace(ROLL, location=f"https://example.org/{number}", stance=stance, published=day)
        for number, (stance, day) in enumerate(sources)
    ]
    claim = COMPLETE | {"verdict_as_of": THEN, "checked_at": GIVEN}
    items = [item for item in sign_off_checklist(claim, quoted, load_scale()) if item.name == "evidence of its day"]
    assert [item.met for item in items] == ([] if met is None else [met])
    assert all(item.excusable for item in items)
    undated = any(stance == "refutes" and day is None for stance, day in sources)
    assert all(("has no date" in item.what) == undated for item in items)


def test_what_was_read_on_the_verdicts_day_needs_no_date() -> None:
    """A verdict as of the day that it was given on rests on what was there; a day of UTC more or less is none."""
    for as_of in (GIVEN.date(), date(2024, 6, 2), date(2024, 6, 4), None):
        assert missing({"verdict_as_of": as_of, "checked_at": GIVEN}, ROLL) == []


@pytest.mark.parametrize(
    ("changes", "added", "asked"),
    [
        ({}, {}, False),
        ({"decided_at": GIVEN}, {}, True),
        ({"decided_at": datetime(2024, 3, 5, 23, tzinfo=UTC)}, {}, False),
        ({}, {ROLL: GIVEN}, True),
        ({}, {ROLL: datetime(2024, 3, 4, 15, tzinfo=UTC)}, False),
        ({}, {replace(ROLL, location="https://example.org/other"): GIVEN}, False),
    ],
)
def test_the_last_of_what_was_done_says_what_was_there(
    changes: dict[str, Any],
    added: dict[Source, datetime],
    asked: bool,  # noqa: FBT001
) -> None:
    """A reading of the verdict's own day does not vouch for what a decision rests on, or a source that came, months later."""
    claim = COMPLETE | {"verdict_as_of": THEN, "checked_at": datetime(2024, 3, 4, 12, tzinfo=UTC)} | changes
    listed = sign_off_checklist(claim, [ROLL], load_scale(), added=added, passages=found(ROLL))
    items = [item for item in listed if not item.met]
    assert [item.name for item in items] == ["evidence of its day"] * asked
    assert all("One source has no date" in item.what for item in items)


@pytest.mark.parametrize(("verdict", "met"), [("Conflicting evidence", False), ("Not enough evidence", True)])
def test_a_verdict_of_no_side_is_borne_by_any_source(verdict: str, met: bool) -> None:  # noqa: FBT001
    """Conflicting evidence points somewhere; where there is not enough, what is quoted may be context."""
    later = replace(ROLL, location="https://example.org/later", stance="refutes", published=AFTER)
    early = replace(ROLL, stance="context", published=BEFORE)
    claim = COMPLETE | {"verdict": verdict, "verdict_as_of": THEN, "checked_at": GIVEN}
    listed = sign_off_checklist(claim, [later, early], load_scale())
    assert next(item.met for item in listed if item.name == "evidence of its day") == met


@pytest.mark.parametrize(
    ("name", "verdict", "early", "met"),
    [
        ("house", "Misleading", "supports", False),
        ("house", "Misleading", "refutes", True),
        ("snopes", "Outdated", "supports", False),
        ("snopes", "Outdated", "refutes", True),
        ("politifact", "Half True", "supports", False),
        ("politifact", "Half True", "refutes", True),
        ("averitec", "Conflicting evidence", "supports", False),
        ("averitec", "Not enough evidence", "supports", True),
    ],
)
def test_what_speaks_against_a_claim_could_be_known_then(name: str, verdict: str, early: str, met: bool) -> None:  # noqa: FBT001
    """That it was misleading then is not borne by the claimant's own page of that day and a refutation of months later."""
    later = replace(ROLL, location="https://example.org/later", stance="refutes", published=AFTER)
    then = replace(ROLL, stance=early, published=BEFORE)
    claim = COMPLETE | {"verdict": verdict, "verdict_as_of": THEN, "checked_at": GIVEN}
    listed = sign_off_checklist(claim, [later, then], load_scale(name))
    assert next(item.met for item in listed if item.name == "evidence of its day") == met


def test_the_verdict_is_held_to_the_scale_that_is_given() -> None:
    """What one scale calls a verdict another does not."""
    assert missing({"verdict": "Pants on Fire"}, scale=load_scale("politifact")) == []
    assert missing(scale=load_scale("politifact")) == ["verdict"]


def test_a_percentage_is_a_confidence_at_sign_off() -> None:
    """A mark from before the desk changed its form still counts."""
    assert missing({"confidence": "85%"}) == []


def test_a_desk_without_second_readings_is_not_asked_for_one() -> None:
    """The item appears only where the desk wants it; an open dispute stays one."""
    assert missing({"agreement": None}, second_reading=False) == []
    assert missing({"agreement": "disputed"}, second_reading=False) == ["no open dispute"]


@pytest.mark.parametrize("agreement", ["disputed", None])
def test_a_decision_settles_both(agreement: str | None) -> None:
    """Where somebody has decided, it is read twice and the dispute is over."""
    assert missing({"agreement": agreement, "decided_by": "Jana"}) == []


@pytest.mark.parametrize("second_reading", [True, False])
def test_readers_agree_by_what_they_say(*, second_reading: bool) -> None:
    """What the record calls agreed is a dispute where the verdicts differ, until it is decided; two scales' words are not compared."""
    other = {"second_verdict": "Supported"}
    assert missing(other, second_reading=second_reading) == ["no open dispute"]
    assert missing({"second_verdict": "Refuted"}, second_reading=second_reading) == []
    assert missing(other | {"decided_by": "Jana"}, second_reading=second_reading) == []
    assert missing({"second_verdict": "Pants on Fire"}, second_reading=second_reading) == []


@given(
    st.fixed_dictionaries(dict.fromkeys(COMPLETE, st.none() | st.text(max_size=30))),
    st.lists(st.builds(Source, st.text(max_size=30), st.text(max_size=10), st.text(max_size=10)), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_any_row_gets_its_checklist(claim: Mapping[str, Any], sources: list[Source]) -> None:
    """Whatever stands in a row and its sources, the checklist is given and in order."""
    names = [item.name for item in sign_off_checklist(claim, sources, load_scale())]
    assert names == [name for name in ITEMS if name in names]
