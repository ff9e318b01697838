"""Agreement over time: a point for each month with enough readings; the others say how many they had."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import altair as alt

from claims.review.agreement import Agreement
from workbench.charts.paper import COLOURS, on_paper

_HEIGHT = 190


def agreement(months: Mapping[date, Agreement], *, says: str) -> alt.LayerChart:
    """The share of claims read twice on which both readers agree, month by month."""
    order = [_name(month) for month in months]
    rows = [
        {
            "month": _name(month),
            "percent": found.percent,
            "words": "too few" if found.percent is None else f"{found.percent:.0f} %",
            "n": f"{found.n:,} read twice",
        }
        for month, found in months.items()
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        alt.X("month:N", sort=order, axis=alt.Axis(labelAngle=0, labelColor=COLOURS["soft"], labelPadding=8)),
        tooltip=[alt.Tooltip("month:N", title="Month"), alt.Tooltip("words:N", title="Agree"), alt.Tooltip("n:N", title="Of")],
    )  # fmt: skip
    scale = alt.Scale(domain=[0, 100], nice=False)
    grid = alt.Axis(
        grid=True, values=[0, 50, 100], labelExpr="datum.value + (datum.value == 100 ? ' %' : '')", labelColor=COLOURS["soft"]
    )  # fmt: skip
    y = alt.Y("percent:Q", axis=grid, scale=scale)
    enough = base.transform_filter("datum.percent !== null")
    line = enough.mark_line(stroke=COLOURS["accent"], strokeWidth=2).encode(y)
    points = enough.mark_circle(size=60, fill=COLOURS["accent"], opacity=1).encode(y)
    numbers = enough.mark_text(dy=-13, fontWeight=600).encode(y, text="words:N")
    few = base.transform_filter("datum.percent === null")
    wanting = few.mark_text(fill=COLOURS["soft"], baseline="bottom", dy=-4).encode(
        alt.YDatum(0, scale=scale), text="words:N"
    )
    return on_paper((line + points + numbers + wanting).properties(height=_HEIGHT), says=says)


def _name(month: date) -> str:
    """A month; the year stands with each, since the readings may skip some."""
    return f"{month:%b} {month.year}"
