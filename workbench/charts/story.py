"""A story's figure by date: a point where a claim says a number, a stretch where it says a range, open where it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from claims.matching import Point
from workbench.charts.paper import COLOURS, on_paper
from workbench.columns import day_words
from workbench.shown import showable

_HEIGHT = 260

# Days that the axis names at most.
_NAMED = 8

# What of the drawing's height a line of words takes: what is told of one day closer together is said in lines, and not over itself.
_LINE = 0.07


def figure(points: Sequence[Point], *, says: str) -> alt.LayerChart:
    """Each claim's figure at its day; a stretch without an end is drawn up or down to the edge of the numbers told."""
    told = [number for point in points for number in (point.low, point.high) if number is not None]
    least, most = min(told, default=0.0), max(told, default=0.0)
    rows = [
        {
            "day": point.day.isoformat(),
            "low": least if point.low is None else point.low,
            "high": most if point.high is None else point.high,
            "words": showable(point.words),
            "who": showable(point.speaker) or "the article itself",
            "when": day_words(point.day),
        }
        for point in points
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        alt.X(
            "day:T",
            axis=alt.Axis(values=_days(points), format="%-d %b %Y", labelColor=COLOURS["soft"], labelPadding=8, labelOverlap=True),
        ),
        tooltip=[alt.Tooltip("when:N", title="Day"), alt.Tooltip("words:N", title="Figure"), alt.Tooltip("who:N", title="Said by")],
    )  # fmt: skip
    y = alt.Y(
        "low:Q",
        axis=alt.Axis(grid=True, labelColor=COLOURS["soft"], tickCount=5),
        scale=alt.Scale(zero=False, nice=True),
    )
    stretch = base.mark_rule(stroke=COLOURS["accent"], strokeWidth=3, opacity=0.5).encode(y, y2="high:Q")
    ends = [
        base.mark_circle(size=70, fill=COLOURS["accent"], opacity=1).encode(alt.Y(f"{end}:Q"))
        for end in ("low", "high")
    ]
    words = (
        alt.Chart(alt.InlineData(values=_labels(rows, (most - least) * _LINE)))
        .mark_text(align="left", dx=9, dy=-9, fontWeight=600, lineBreak="\n", lineHeight=15)
        .encode(alt.X("day:T"), alt.Y("high:Q"), text="words:N")
    )
    return on_paper((stretch + ends[0] + ends[1] + words).properties(height=_HEIGHT), says=says)


def _labels(rows: Sequence[Mapping[str, Any]], line: float) -> list[dict[str, Any]]:
    r"""The words at the points, the greatest first; those of one day that are no ``line`` apart stand together, each once.

    >>> told = [("800", 800.0), ("785", 785.0), ("100", 100.0), ("785", 785.0)]
    >>> rows = [{"day": "2024-03-04", "words": words, "high": high} for words, high in told]
    >>> [(label["high"], label["words"]) for label in _labels(rows, 50.0)]
    [(800.0, '800\n785'), (100.0, '100')]
    """
    labels: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: (row["day"], -row["high"])):
        last = labels[-1] if labels else None
        if last and last["day"] == row["day"] and last["lowest"] - row["high"] < line:
            if row["words"] not in last["words"].split("\n"):
                last["words"] += f"\n{row['words']}"
            last["lowest"] = row["high"]
        else:
            labels.append({"day": row["day"], "high": row["high"], "lowest": row["high"], "words": row["words"]})
    return labels


def _days(points: Sequence[Point]) -> list[str]:
    """The days that the axis names: those on which something was told, not all where they are many."""
    days = sorted({point.day.isoformat() for point in points})
    return days[:: -(-len(days) // _NAMED)]
