"""A story's figure by date: what each article says it is. Linked to by ?claim=ID."""

from __future__ import annotations

import streamlit as st

from claims import Store
from claims.matching import Point
from workbench import desk
from workbench.charts import story
from workbench.charts.story_table import story_table
from workbench.columns import day_words
from workbench.shown import escape
from workbench.taking import see


@desk.worded()
def page() -> None:
    """The claim, its figure over the days as drawn by those who told it, and the same as a table."""
    store = desk.store()
    with st.container(key="screen"):
        claim_id = st.query_params.get("claim") or desk.chosen()
        if claim_id is None:
            desk.show_unchosen(
                "The figure by date", "Choose a claim with a figure on the desk, then open this from there."
            )
            return
        points = store.story(claim_id)
        draw_head(store, claim_id, points)
        if points:
            with st.container(key="story"):
                st.altair_chart(story.figure(points, says=lead(points)))
                st.html(table_of(store, points))


def draw_head(store: Store, claim_id: str, points: list[Point]) -> None:
    """The claim that is asked about, the whole in a sentence, and the way back."""
    claim = store.claim(claim_id)["claim"]
    st.html(
        f'<div class="section">The figure by date</div><div class="claim large">{escape(claim)}</div>'
        f'<p class="lead">{escape(lead(points))}</p>'
    )
    desk.draw_way_to(claim_id)


def lead(points: list[Point]) -> str:
    """How many claims tell the figure, and between which days."""
    if not points:
        return "This claim has no figure with a date, so that there is nothing to set beside each other."
    if len(points) == 1:
        return f"Only this claim tells the figure, on {day_words(points[0].day)}."
    days = f"from {day_words(points[0].day)} to {day_words(points[-1].day)}"
    return f"{len(points):,} claims tell the figure, {days if points[0].day != points[-1].day else f'on {day_words(points[0].day)}'}."


def table_of(store: Store, points: list[Point]) -> str:
    """Each claim with its verdict, as this person may see it, its sources and its article."""
    names, rules = [point.claim_id for point in points], store.rules()
    rows = {row["claim_id"]: row for row in see(store, rules, list(store.claims_named(names).values()))}
    sources = {name: [kept.source for kept in store.sources(name)] for name in names}
    return story_table(points, rows, sources, store.titles(), read_twice=rules.second_reading)


page()
