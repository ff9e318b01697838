"""The drawing of a story's figure: nothing stands in it that nobody said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims.matching import Point
from workbench.charts.story import figure


def point(words: str, low: float | None, high: float | None, day: int = 4) -> Point:
    return Point(date(2024, 3, day), low, high, "people", words, "a1", "", words)


def layers(*points: Point) -> dict[str, list[list[dict[str, Any]]]]:
    """What is drawn, by the kind of mark: the rows of each layer."""
    found: dict[str, list[list[dict[str, Any]]]] = {}
    chart = figure(points, says="").to_dict()
    for layer in chart["layer"]:
        rows = chart["datasets"][layer["data"]["name"]]
        found.setdefault(layer["mark"]["type"], []).append(rows)
    return found


@pytest.mark.parametrize(
    ("open_one", "at", "pointing"),
    [(point("At least 312", 312.0, None), 312.0, 0), (point("At most 312", None, 312.0), 312.0, 1)],
)
def test_an_open_end_has_an_arrow_and_no_dot(open_one: Point, at: float, pointing: int) -> None:
    """Another claim's figure is no end of this one: its dot and its words stand at the number that it tells."""
    drawn = layers(open_one, point("400", 400.0, 400.0, 5), point("100", 100.0, 100.0, 6))
    assert [row["at"] for row in drawn["circle"][0] if row["words"] == open_one.words] == [at]
    assert [row["at"] for row in drawn["text"][0] if row["words"] == open_one.words] == [at]
    assert drawn["rule"] == [[]]
    arrows = drawn["point"]
    assert [[row["at"] for row in rows] for rows in arrows] == [[at] if place == pointing else [] for place in (0, 1)]


def test_a_range_is_a_stretch_between_two_dots() -> None:
    drawn = layers(point("300 to 400", 300.0, 400.0))
    assert [(row["at"], row["to"]) for row in drawn["rule"][0]] == [(300.0, 400.0)]
    assert [row["at"] for row in drawn["circle"][0]] == [300.0, 400.0]
    assert drawn["point"] == [[], []]


def test_a_figure_without_a_number_has_no_place_in_the_drawing() -> None:
    drawn = layers(point("dozens", None, None), point("400", 400.0, 400.0))
    assert {row["words"] for rows in drawn.values() for layer in rows for row in layer} == {"400"}
