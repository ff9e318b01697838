"""What `claims.figures` finds, and what it leaves alone."""

from __future__ import annotations

import json
from fractions import Fraction
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


def _found(text: str) -> list[tuple[str, Any, Any, str]]:
    """The figures of ``text`` as words, bounds and unit."""
    return [(figure.text, figure.low, figure.high, figure.unit) for figure in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The group paid DM 300 million for it.", 300_000_000, "german mark"),
        ("The group paid 300 million marks for it.", 300_000_000, "german mark"),
        ("The group paid 20 billion won for it.", 20_000_000_000, "south korean won"),
        ("The group paid 40 billion lire for it.", 40_000_000_000, "italian lira"),
        ("The group paid 2 million guilders for it.", 2_000_000, "dutch guilder"),
        ("The group paid 5 million New Zealand dollars for it.", 5_000_000, "new zealand dollar"),
        ("The well gives 250,000 barrels a day.", 250_000, "barrel per day"),
        ("The well gives 3.2 million b/d.", 3_200_000, "barrel per day"),
        ("The plant uses 5 billion kilowatt-hours.", 5_000_000_000, "kilowatt hour"),
        ("The van returns 40 mpg.", 40, "mile per gallon"),
        ("The van makes 300 horsepower.", 300, "horsepower"),
        ("The hall holds 5,000 cu ft.", 5_000, "cubic foot"),
        ("The van emits 118g/km.", 118, "gram per kilometre"),
        ("The van has 250Nm.", 250, "newton metre"),
        ("The van reaches it in 10.7sec.", 10.7, "second"),
        ("The camera has 12MP.", 12, "megapixel"),
        ("The camera films at 60fps.", 60, "frame per second"),
        ("The camera has a 6.1in screen.", 6.1, "inch"),
        ("The air holds 400 parts per million.", 400, "part per million"),
        ("The bank cut its rate by 50bp.", 50, "basis point"),
        ("The bank pays 4.25pc.", 4.25, "percent"),
        ("The bank cut its rate by a quarter-point.", 0.25, "percentage point"),
        ("The bank cut its rate by half a point.", 0.5, "percentage point"),
        ("The price is 6.5 times earnings.", 6.5, "times"),
        ("She hit 27 home runs.", 27, "runs"),
        ("The star is 4.5 billion years old.", 4_500_000_000, "year"),
        ("The error is plus or minus 3 points.", 3, "points"),
    ],
)
def test_units_of_the_wires(text: str, value: float, unit: str) -> None:
    """Moneys of the nineties, flows, energies, points of interest and what is counted behind "home" or "times"."""
    assert [(low, high, found) for _, low, high, found in _found(text)] == [(value, value, unit)]


@pytest.mark.parametrize(
    "text", ["She won the cup.", "He has 3 won games.", "They made their mark.", "He walked ten miles a day."]
)
def test_words_that_are_money_or_speed_elsewhere(text: str) -> None:
    """Without millions "won" and "mark" are no money, and ten miles a day are no speed."""
    assert not [unit for *_, unit in _found(text) if unit in {"south korean won", "german mark", "mile per day"}]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It rose to 127 yen from 126.9.", ["japanese yen", "japanese yen"]),
        ("Profit was 5.6 million euros, against 5.0 million.", ["euro", "euro"]),
        ("Unemployment rose from 3.1 to 4.2 percent.", ["percent", "percent"]),
        ("It passed by 61 votes to 39.", ["votes", "votes"]),
        ("Sales fell 12 percent from 11.", ["percent", ""]),
        ("It had a profit of 1 billion euros on revenue of 15 billion.", ["euro", "euro"]),
    ],
)
def test_what_it_was_before_has_the_same_unit(text: str, units: list[str]) -> None:
    """A level and the level before share their unit; a change does not lend it."""
    assert [unit for *_, unit in _found(text)] == units


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The share fell 3 1/2 to 47 1/4.", [3.5, 47.25]),
        ("The yen weakened 0.4 percent to 98.25.", [0.4, 98.25]),
        ("The plan takes two- to three years.", [(2, 3)]),
        ("An 8- to 16-metre mirror.", [(8, 16)]),
        ("It took one or two days.", [(1, 2)]),
    ],
)
def test_by_how_much_and_to_how_much(text: str, values: list[Any]) -> None:
    """A change and the new level are two figures; a hanging hyphen and "one or two" make one range."""
    assert [low if low == high else (low, high) for _, low, high, _ in _found(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "The FTSE 100 fell.",
        "The Nikkei 225 fell.",
        "Standard & Poor's 500 fell.",
        "Korda rolled out the first 787 Dreamliner.",
        "The new 737 is late.",
        "Pilots like 737 jets.",
        "His 401(k) plan is safe.",
        "The film is in 1080p.",
        "The film is a 4K video.",
        "The two met.",
    ],
)
def test_numbers_in_names(text: str) -> None:
    """Indexes, airliners, savings plans, screens and "the two" count nothing."""
    assert _found(text) == []


def test_a_number_like_an_airliner_may_count() -> None:
    """787 guards are guards."""
    assert _found("787 guards left.") == [("787", 787, 787, "guards")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There are two real choices.", [("two", 2, 2, "choices")]),
        ("They paid 3 billion real.", [("3 billion real", 3_000_000_000, 3_000_000_000, "brazilian real")]),
        ("Three-fourths agreed.", [("Three-fourths", 0.75, 0.75, "")]),
        ("We think one horse cheats.", [("one", 1, 1, "horse")]),
        ("It shows how one writes.", []),
        ("One aircraft crashed.", [("One", 1, 1, "aircraft")]),
        ("It has 50 monthly users.", [("50", 50, 50, "users")]),
        ("Bookings rose a third in June.", [("a third", float(Fraction(1, 3)), float(Fraction(1, 3)), "")]),
        ("They lost a third game.", []),
    ],
)
def test_words_of_two_kinds(text: str, found: list[Any]) -> None:
    """Money or a quality, a fraction or a rank, a plural or a verb: what stands around tells which."""
    assert _found(text) == found
