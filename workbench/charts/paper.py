"""Colours and type of the charts: the page's own, by the names that style.css gives them."""

from __future__ import annotations

from typing import Any

import altair as alt

#: Colours by name. A chart is drawn as SVG in the page, so that they follow its scheme without being drawn again.
COLOURS: dict[str, str] = {
    name: f"var(--{name})" for name in ("ink", "soft", "line", "tint", "accent", "middle", "green", "red", "violet", "gray")
}  # fmt: skip

_FONT = '"Source Sans", "Source Sans Pro", sans-serif'
_CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": _FONT,
    "padding": 0,
    "view": {"stroke": None},
    "axis": {
        "domain": False, "ticks": False, "grid": False, "labelColor": COLOURS["ink"], "labelFontSize": 13, "title": None,
        "gridColor": COLOURS["line"],
    },
    "text": {"fill": COLOURS["ink"], "fontSize": 13, "font": _FONT},
    "bar": {"fill": COLOURS["accent"]},
}  # fmt: skip

#: Pixels between one bar and the next, and a bar's own height.
STEP, BAR = 30, 15


def on_paper(chart: alt.LayerChart, *, says: str) -> alt.LayerChart:
    """The chart in the page's colours, as wide as its column; ``says`` is what a screen reader calls it."""
    described = chart.properties(
        width="container",
        description=says,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        usermeta={"embedOptions": {"renderer": "svg", "actions": False}},
    )
    with_config: alt.LayerChart = described.properties(config=alt.Config(**_CONFIG))
    return with_config


def names(field: str, width: int, order: list[str], *, words: str = "datum.label") -> alt.Y:
    """The words before the bars, flush left in a column of this many pixels, so that charts above each other align."""
    axis = alt.Axis(
        labelAlign="left", labelPadding=width, labelLimit=width - 10, minExtent=width, maxExtent=width, labelOverlap=False, labelExpr=words
    )  # fmt: skip
    return alt.Y(f"{field}:N", sort=order, axis=axis, scale=alt.Scale(paddingInner=0.5, paddingOuter=0.25))
