"""The desk's filters: what the address bar holds, and the query that it means."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from claims import Query, Store
from claims.status import LOCKED, OPEN
from claims.store import Rules
from workbench import desk

#: What is shown, by name; the part of the query that each sets depends on who sits here and on the desk's rules.
SHOWN = ("To check", "Mine", "Second reading", "To sign off", "Closed", "All", "Dropped")


def shown_by(name: str, person: str, *, read_twice: bool) -> dict[str, Any]:
    """The part of a query that shows these claims.

    >>> shown_by("To sign off", "Jana", read_twice=True)
    {'statuses': ('agreed', 'disputed', 'decided')}
    >>> shown_by("All", "Jana", read_twice=True)
    {}
    """
    once = ("marked",)
    parts: dict[str, dict[str, Any]] = {
        "To check": {"statuses": OPEN},
        "Mine": {"assignees": (person,)},
        "Second reading": {"statuses": (*(once if read_twice else ()), "second reading")},
        "To sign off": {"statuses": (*(() if read_twice else once), "agreed", "disputed", "decided")},
        "Closed": {"statuses": LOCKED},
        "Dropped": {"statuses": ("dropped",)},
    }
    return parts.get(name, {})


#: Orders of the queue, by name.
ORDERS: dict[str, str] = {
    "Worth checking": "rank",
    "As in the article": "article",
    "Newest": "newest",
    "Largest figure": "figure",
    "Date": "date",
    "Last checked": "checked_at",
}


def draw_filters(store: Store, articles: pd.DataFrame, rules: Rules) -> Query:
    """Draw the bar of filters; the query that they mean."""
    with st.container(key="filters", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        shown = st.segmented_control(
            "Show",
            SHOWN,
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
            width=195,
            persist_state="session",
        )
        article = choose_article(articles, key="article", label_visibility="collapsed", width=175)
        order = st.selectbox(
            "Order",
            list(ORDERS),
            key="order",
            bind="query-params",
            label_visibility="collapsed",
            width=160,
            persist_state="session",
        )
        more = _draw_more(store)
    part = shown_by(shown or "All", desk.person(), read_twice=rules.second_reading)
    return Query(**part, **more, text=text or "", article_id=article, sort=ORDERS[order])


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
    with st.popover("More", icon=":material/tune:", key="more", on_change="rerun") as more:
        # Counted only for who looks: to count them takes longer than to show the queue.
        facets = store.facets(Query()) if more.open else {}
        kinds = _draw_facet("Kinds", "kinds", facets.get("kinds", {}))
        speakers = _draw_facet("Said by", "speakers", facets.get("speaker", {}))
        verdicts = _draw_facet("Verdict", "verdicts", facets.get("verdict", {}))
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


def _draw_facet(label: str, key: str, counted: dict[str, int]) -> list[str]:
    """Several values of a filter: those that claims have, and those that are chosen."""
    names = dict.fromkeys([*(st.session_state.get(key) or ()), *(name for name in counted if name)])
    chosen: list[str] = st.multiselect(label, list(names), key=key, persist_state="session")
    return chosen
