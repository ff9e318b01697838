"""A story's figure by date: a dot where a claim says a number, a stretch where it says a range, an arrow where it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from claims.matching import Point
from workbench.charts.paper import COLOURS, on_paper
from workbench.columns import day_words
from workbench.shown import showable

_HEIGHT = 260

# From a dot to where nobody has said a number, and the square of its size in pixels; the room that it has above and below.
_UP = "M0 -.15V-1M-.28 -.68L0 -1L.28 -.68"
_DOWN = "M0 .15V1M-.28 .68L0 1L.28 .68"
_ARROW = 60**2
_ROOM = 34

# Days that the axis names at most.
_NAMED = 8

# What of the drawing's height a line of words takes: what is told of one day closer together is said in lines, and not over itself.
_LINE = 0.07


def figure(points: Sequence[Point], *, says: str) -> alt.LayerChart:
    """Each claim's figure at its day: a dot where a number is told, a stretch between two, an arrow where it is left open."""
    told = [number for point in points for number in (point.low, point.high) if number is not None]
    least, most = min(told, default=0.0), max(told, default=0.0)
    dots = [
        _dot(point, number)
        for point in points
        for number in dict.fromkeys((point.low, point.high))
        if number is not None
    ]
    stretches = [
        _dot(point, point.low) | {"to": point.high}
        for point in points
        if point.low is not None and point.high is not None and point.low < point.high
    ]
    x = alt.X(
        "day:T",
        axis=alt.Axis(values=_days(points), format="%-d %b %Y", labelColor=COLOURS["soft"], labelPadding=8, labelOverlap=True),
    )  # fmt: skip
    y = alt.Y(
        "at:Q",
        axis=alt.Axis(grid=True, labelColor=COLOURS["soft"], tickCount=5),
        scale=alt.Scale(zero=False, nice=True, padding=_ROOM),
    )
    tooltip = [alt.Tooltip("when:N", title="Day"), alt.Tooltip("words:N", title="Figure"), alt.Tooltip("who:N", title="Said by")]  # fmt: skip
    layers = [
        _layer(stretches).mark_rule(stroke=COLOURS["accent"], strokeWidth=3, opacity=0.5).encode(x, y, y2="to:Q", tooltip=tooltip),
        *(
            _layer(rows)
            .mark_point(shape=shape, size=_ARROW, filled=False, stroke=COLOURS["accent"], strokeWidth=2.5, opacity=0.6)
            .encode(x, y, tooltip=tooltip)
            for rows, shape in _arrows(points)
        ),
        _layer(dots).mark_circle(size=70, fill=COLOURS["accent"], opacity=1).encode(x, y, tooltip=tooltip),
        _layer(_labels(_ends(points), (most - least) * _LINE))
        .mark_text(align="left", dx=9, dy=-9, fontWeight=600, lineBreak="\n", lineHeight=15)
        .encode(x, y, text="words:N"),
    ]  # fmt: skip
    return on_paper(alt.LayerChart(layer=layers).properties(height=_HEIGHT), says=says)


def _layer(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def _dot(point: Point, number: float | None) -> dict[str, Any]:
    return {
        "day": point.day.isoformat(),
        "at": number,
        "words": showable(point.words),
        "who": showable(point.speaker) or "the article itself",
        "when": day_words(point.day),
    }


def _arrows(points: Sequence[Point]) -> list[tuple[list[dict[str, Any]], str]]:
    """Where a claim tells one end and leaves the other open, by the sign that points there."""
    up = [_dot(point, point.low) for point in points if point.low is not None and point.high is None]
    down = [_dot(point, point.high) for point in points if point.low is None and point.high is not None]
    return [(up, _UP), (down, _DOWN)]


def _ends(points: Sequence[Point]) -> list[dict[str, Any]]:
    """Each claim's words at the number that it tells, the greater one of two; a claim that tells none has no place."""
    numbers = [(point, point.low if point.high is None else point.high) for point in points]
    return [_dot(point, number) for point, number in numbers if number is not None]


def _labels(rows: Sequence[Mapping[str, Any]], line: float) -> list[dict[str, Any]]:
    r"""The words at the points, the greatest first; those of one day that are no ``line`` apart stand together, each once.

    >>> told = [("800", 800.0), ("785", 785.0), ("100", 100.0), ("785", 785.0)]
    >>> rows = [{"day": "2024-03-04", "words": words, "at": at} for words, at in told]
    >>> [(label["at"], label["words"]) for label in _labels(rows, 50.0)]
    [(800.0, '800\n785'), (100.0, '100')]
    """
    labels: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: (row["day"], -row["at"])):
        last = labels[-1] if labels else None
        if last and last["day"] == row["day"] and last["lowest"] - row["at"] < line:
            if row["words"] not in last["words"].split("\n"):
                last["words"] += f"\n{row['words']}"
            last["lowest"] = row["at"]
        else:
            labels.append({"day": row["day"], "at": row["at"], "lowest": row["at"], "words": row["words"]})
    return labels


def _days(points: Sequence[Point]) -> list[str]:
    """The days that the axis names: those on which something was told, not all where they are many."""
    days = sorted({point.day.isoformat() for point in points})
    return days[:: -(-len(days) // _NAMED)]
