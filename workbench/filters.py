"""The desk's filters: what the address bar holds, and the query that it means."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from claims import Query, Store
from claims.status import OPEN

#: What is shown, by name: the part of the query that it sets.
SHOWN: dict[str, dict[str, Any]] = {
    "To check": {"statuses": OPEN},
    "Marked": {"marked": True},
    "All": {},
    "Dropped": {"statuses": ("dropped",)},
}

#: Orders of the queue, by name.
ORDERS: dict[str, str] = {
    "Worth checking": "rank",
    "As in the article": "article",
    "Newest": "newest",
    "Largest figure": "figure",
    "Date": "date",
    "Last checked": "checked_at",
}


def draw_filters(store: Store, articles: pd.DataFrame) -> Query:
    """Draw the bar of filters; the query that they mean."""
    with st.container(key="filters", horizontal=True, vertical_alignment="center", gap="small"):
        shown = st.segmented_control(
            "Show",
            list(SHOWN),
            default="To check",
            required=True,
            key="show",
            bind="query-params",
            label_visibility="collapsed",
            persist_state="session",
        )
        text = st.text_input(
            "Find",
            key="find",
            bind="query-params",
            placeholder="Find words, names, figures",
            icon=":material/search:",
            label_visibility="collapsed",
            width=260,
            persist_state="session",
        )
        article = choose_article(articles, key="article", label_visibility="collapsed", width=260)
        order = st.selectbox(
            "Order",
            list(ORDERS),
            key="order",
            bind="query-params",
            label_visibility="collapsed",
            width=170,
            persist_state="session",
        )
        more = _draw_more(store)
    return Query(**SHOWN[shown or "All"], **more, text=text or "", article_id=article, sort=ORDERS[order])


def choose_article(articles: pd.DataFrame, *, key: str, **options: Any) -> str | None:
    """Draw the choice of an article; its name, or None for all."""
    titles = dict(zip(articles["article_id"], articles["title"].fillna("(no title)"), strict=True))
    chosen: str | None = st.selectbox(
        "Article",
        list(titles),
        index=None,
        format_func=lambda name: titles.get(name, name),
        placeholder="All articles",
        key=key,
        persist_state="session",
        **options,
    )
    return chosen


def _draw_more(store: Store) -> dict[str, Any]:
    facets = store.facets(Query())
    with st.popover("More", icon=":material/tune:"):
        kinds = st.multiselect("Kinds", _named(facets["kinds"]), key="kinds", persist_state="session")
        speakers = st.multiselect("Said by", _named(facets["speaker"]), key="speakers", persist_state="session")
        verdicts = st.multiselect("Verdict", _named(facets["verdict"]), key="verdicts", persist_state="session")
        figure = st.checkbox("With a figure", key="figure", persist_state="session")
        date = st.checkbox("With a date", key="date", persist_state="session")
        bare = st.checkbox("Without sources", key="bare", persist_state="session")
    return {
        "kinds": tuple(kinds),
        "speakers": tuple(speakers),
        "verdicts": tuple(verdicts),
        "has_figure": figure or None,
        "has_date": date or None,
        "has_sources": False if bare else None,
    }


def _named(counted: dict[str, int]) -> list[str]:
    """The choices of a filter, without the empty one."""
    return [name for name in counted if name]
