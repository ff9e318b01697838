"""Bars: how many of each, how far each article has come, who did what. Each bar bears its number; there are no legends."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import altair as alt

from claims.store.counting import ArticleProgress, Work
from workbench.charts.paper import BAR, COLOURS, STEP, names, on_paper
from workbench.shown import showable

#: What is told of a person's work: the field of Work, and the word above its column.
ACTS: dict[str, str] = {
    "assigned": "in hand",
    "marked": "marked",
    "read_second": "read second",
    "decided": "decided",
    "signed_off": "signed off",
}

#: How much of a column a person's longest bar takes: its number follows.
_LONGEST = 0.62

#: How much longer than its longest bar a chart is: a number follows a plain bar, a sentence that of an article.
_ROOM, _ROOM_OF_ARTICLES = 1.9, 2.4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, how many, the words behind it, and its colour's name."""

    name: str
    count: int
    words: str
    colour: str = "accent"


def counted(bars: Sequence[Bar], *, says: str, width: int = 170) -> alt.LayerChart:
    """One bar for each, in the order given; ``width`` pixels are for their names."""
    rows = [{"name": bar.name, "n": bar.count, "words": bar.words, "fill": COLOURS[bar.colour]} for bar in bars]
    along = _along("n", max((bar.count for bar in bars), default=1) * _ROOM)
    base = _base(rows, names("name", width, [bar.name for bar in bars]))
    drawn = base.mark_bar(height=BAR).encode(along, fill=alt.Fill("fill:N", scale=None))
    return _sized(drawn + _behind(base, along), len(bars), says)


def articles(found: Sequence[ArticleProgress], *, says: str, width: int = 250) -> alt.LayerChart:
    """For each article its claims, those marked and those signed off, one over the other; a click chooses the article."""
    rows = [
        {
            "article_id": each.article_id, "title": showable(each.title) or "(no title)", "claims": each.claims, "marked": each.marked,
            "signed": each.signed_off,
            "words": f"{each.marked:,} of {each.claims:,} marked, {each.signed_off:,} signed off",
            "twice": f"{each.read_twice:,}",
        }
        for each in found
    ]  # fmt: skip
    shown = _named({each.article_id: showable(each.title) or "(no title)" for each in found})
    titles = names("article_id", width, [each.article_id for each in found], words=shown)
    width_of = partial(_along, end=max((each.claims for each in found), default=1) * _ROOM_OF_ARTICLES)
    base = _base(rows, titles)
    chosen = alt.selection_point(name="article", fields=["article_id"])
    told = [
        alt.Tooltip(f"{field}:N", title=name)
        for field, name in (("title", "Article"), ("words", "Claims"), ("twice", "Read twice"))
    ]
    layers = [
        base.mark_bar(height=BAR, cursor="pointer", fill=COLOURS[colour]).encode(width_of(field), tooltip=told)
        for field, colour in (("claims", "line"), ("marked", "middle"), ("signed", "accent"))
    ]
    layers[0] = layers[0].add_params(chosen)
    drawn = layers[0] + layers[1] + layers[2] + _behind(base, width_of("claims"))
    return _sized(drawn, len(found), says)


def work(people: Sequence[Work], *, says: str, width: int = 130) -> alt.LayerChart:
    """A row for each person and a column for each kind of act; the bars of all columns are of one measure."""
    most = max((getattr(each, act) for each in people for act in ACTS), default=0) or 1
    rows = [
        {"name": each.name or "(no name)", "from": at, "to": at + _LONGEST * number / most, "words": f"{number:,}"}
        for each in people
        for at, act in enumerate(ACTS)
        if (number := getattr(each, act))
    ]
    heads = alt.Axis(
        orient="top", values=list(range(len(ACTS))), labelAlign="left", labelColor=COLOURS["soft"], labelFlush=False,
        labelExpr=f"{list(ACTS.values())}[datum.value]",
    )  # fmt: skip
    order = [each.name or "(no name)" for each in people]
    base = alt.Chart(alt.InlineData(values=rows)).encode(names("name", width, order))
    columns = alt.X("from:Q", axis=heads, scale=alt.Scale(domain=[0, len(ACTS)], nice=False))
    drawn = base.mark_bar(height=BAR).encode(columns, x2="to:Q")
    numbers = base.mark_text(align="left", dx=5).encode(alt.X("to:Q"), text="words:N")
    return _sized(drawn + numbers, len(people), says)


def _base(rows: list[dict[str, Any]], y: alt.Y) -> alt.Chart:
    based: alt.Chart = alt.Chart(alt.InlineData(values=rows)).encode(y)
    return based


def _along(field: str, end: float) -> alt.X:
    """How far a bar goes in a chart that ends there: each layer is of that measure, else Vega lets the chart end with a bar."""
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, end], nice=False))


def _behind(base: alt.Chart, along: alt.X) -> alt.Chart:
    """The words behind the end of each bar."""
    written: alt.Chart = base.mark_text(align="left", dx=6).encode(along, text="words:N")
    return written


def _sized(chart: alt.LayerChart, rows: int, says: str) -> alt.LayerChart:
    return on_paper(chart.properties(height=STEP * max(rows, 1)), says=says)


def _named(words: dict[str, str]) -> str:
    """An expression of Vega that shows these words in the place of names."""
    return f"({json.dumps(words)})[datum.value]"
