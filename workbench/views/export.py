"""Export and import: claims in their forms, whole or filtered, what their columns mean, and the way back in."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from claims import Query, Store
from claims.table import COLUMNS, NAMES, frame_of
from workbench import desk
from workbench.columns import veiled
from workbench.filters import choose_article
from workbench.forms import importing, leaving
from workbench.shown import showable

#: What leaves, by name.
PARTS: dict[str, Query] = {
    "Marked claims": Query(marked=True, sort="article"),
    "All claims": Query(sort="article"),
    "Dropped claims": Query(statuses=("dropped",), sort="article"),
}


@desk.worded()
def page() -> None:
    """Out: choose, look, download. Back: upload, look, choose, write."""
    store = desk.store()
    with st.container(key="screen"):
        desk.show_said()
        with st.container():  # a place of its own: what comes into it moves nothing below
            desk.show_refused()
        st.title("Export and import", anchor=False)
        out, back = st.tabs(["Export", "Import"], key="export-tabs", on_change="rerun")
        with out:
            draw_export(store)
        with back:
            importing.draw(store)


def draw_export(store: Store) -> None:
    """Which claims leave, in which form, the file, and its first rows."""
    query = draw_choice(store)
    form = leaving.choose_form()
    count = store.count(query)
    if not count:
        st.info("No claim matches yet. Mark claims on the desk, or choose “All claims”.")
        st.page_link("views/desk.py", label="Go to the desk", icon=":material/arrow_back:")
    elif form.signed_off:
        leaving.draw_signed_off(store, query, form)
    else:
        leaving.draw_download(store, query, form, count)
        draw_table(store, query, count)
    draw_dictionary()


def draw_choice(store: Store) -> Query:
    """Which claims leave."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        part = st.segmented_control(
            "Claims", list(PARTS), default="Marked claims", required=True, key="part", persist_state="session"
        )
        article = choose_article(store.titles(), key="export-article", width=300)
        verdicts = st.multiselect(
            "Verdict",
            [name for name in store.facets(Query(reader=desk.person()))["verdict"] if name],
            key="export-verdicts",
            width=300,
            persist_state="session",
        )
    return replace(
        PARTS[part or "All claims"],
        article_id=article,
        verdicts=tuple(verdicts),
        reader=desk.person(),
        read_twice=store.rules().second_reading,
    )


def draw_table(store: Store, query: Query, count: int) -> None:
    """The first rows as they will stand in the file."""
    shown = [
        "claim",
        "verdict",
        "confidence",
        "rationale",
        "n_sources",
        "sources",
        "speaker",
        "article_title",
        "checker",
        "checked_at",
    ]
    read_twice = store.rules().second_reading
    st.dataframe(
        frame_of(
            {
                name: showable(cell) if isinstance(cell, str) else cell
                for name, cell in veiled(row, desk.person(), read_twice=read_twice).items()
            }
            for row in store.rows(query, limit=20)
        ),
        hide_index=True,
        placeholder="",
        column_order=[*shown, *(name for name in NAMES if name not in shown)],
    )
    if count > 20:  # noqa: PLR2004
        st.caption(f"The first 20 of {count:,}. The file holds all of them.")


def draw_dictionary() -> None:
    """What each column means."""
    with st.expander("What the columns mean"):
        st.table(
            pd.DataFrame(
                {
                    "column": [c.name for c in COLUMNS],
                    "type": [c.dtype for c in COLUMNS],
                    "meaning": [c.meaning for c in COLUMNS],
                }
            ).set_index("column")
        )


page()
