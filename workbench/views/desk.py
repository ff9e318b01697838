"""The desk: the queue of claims, the article with its marks, and the form for the claim in hand."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.article import Article
from claims.table import plain_rows
from claims.verdict import load_scale
from workbench import desk, steps
from workbench.columns import blocks, queue_row
from workbench.filters import draw_filters
from workbench.forms import head, mark, reshape, sources
from workbench.panes import hear_keys, show_queue, show_text

FOOT = (
    '<div class="keys-foot">' + "".join(f"<span><kbd>{key}</kbd> {does}</span>" for key, does in steps.KEYS) + "</div>"
)

Row = dict[str, Any]


@st.fragment
@desk.worded()
def page() -> None:
    """One screen: filters above, three panes below them, the keys at the foot."""
    store = desk.store()
    desk.show_said()
    articles = store.articles()
    if articles.empty:
        draw_welcome()
        return
    query = draw_filters(store, articles)
    listen(store, query)
    left, middle, right = st.columns([37, 62, 40], gap=None, wrap=False)
    rows, count, at = take_page(store, query)
    with left.container(key="pane-queue"):
        draw_queue(store, query, rows, count, at)
    st.html(FOOT)
    claim_id = desk.chosen()
    if claim_id is None:
        with middle.container(key="pane-text"):
            desk.show_refused()
            st.info("Nothing to show. Loosen the filters on top, or read another article.")
        return
    row = store.claim(claim_id)
    article = store.article(row["article_id"])
    others = plain_rows(store.claims_of(article.article_id))
    with middle.container(key="pane-text"):
        draw_text(article, others)
    with right.container(key="pane-form"):
        draw_form(store, article, row, [other for other in others if other["claim_id"] != claim_id], query)


def listen(store: Store, query: Query) -> None:
    """Hear the keys: each once, in the order they were pressed."""
    keys = list(steps.acts(store, query))
    hear_keys(keys, steps.heard(), key="keys", on_pressed=partial(steps.press, store, query))


def take_page(store: Store, query: Query) -> tuple[list[Row], int, int | None]:
    """The page of the queue around the claim in hand, how many match, and which of them is in hand (from 0).

    A claim stays in hand when the filter leaves it out: what is typed for it is not taken away.
    """
    if desk.chosen() is None:
        desk.choose(steps.at_place(store, query, 0))
    at = store.position(query, str(desk.chosen()))
    rows = plain_rows(store.page(query, offset=(at or 0) // steps.PAGE * steps.PAGE, limit=steps.PAGE))
    return rows, store.count(query), at


def draw_welcome() -> None:
    """An empty store: what to do first."""
    with st.container(key="welcome"):
        st.subheader("No article yet")
        st.write("Read an article, and a few seconds later its checkable claims stand here, each at its own words.")
        st.page_link("views/articles.py", label="Read an article", icon=":material/add:")


def draw_queue(store: Store, query: Query, rows: list[Row], count: int, at: int | None) -> None:
    """The claims that match, the one in hand among them, and the ways to the others."""
    scale = load_scale()
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        step = partial(steps.move, store, query)
        st.button(desk.keyed("Next", "J"), key="next", on_click=step, args=(1,), disabled=not rows or at == count - 1)
        st.button(desk.keyed("Previous", "K"), key="previous", on_click=step, args=(-1,), disabled=not rows or at == 0)
        place = f"{at + 1} of {count:,}" if at is not None else f"{count:,}, not this one"
        st.html(f'<div class="count">{place if rows else "none"}</div>')
    if not rows:
        st.info("No claim matches. Loosen the filters above, or read another article.")
        return
    show_queue([queue_row(row, scale) for row in rows], desk.chosen(), key="queue", on_chosen=desk.choose)
    if count > steps.PAGE:
        page_no = (at or 0) // steps.PAGE + 1
        pages = -(-count // steps.PAGE)
        turn = partial(steps.turn, store, query, page_no)
        st.pagination(pages, default=page_no, key=f"page-{page_no}", on_change=turn)


def draw_text(article: Article, rows: list[Row]) -> None:
    """The article, every claim marked in its place."""
    with st.container(key="text-tools", horizontal=True, horizontal_alignment="right"):
        st.button(
            desk.keyed("Add a claim", "A"),
            key="add",
            icon=":material/add:",
            type="tertiary",
            on_click=desk.begin,
            args=("add",),
        )
    show_text(
        blocks(article, rows, load_scale(), desk.chosen()),
        desk.chosen(),
        key="text",
        on_chosen=desk.choose,
        on_passage=partial(reshape.take_passage, article),
    )


def draw_form(store: Store, article: Article, row: Row, others: list[Row], query: Query) -> None:
    """The claim in hand: what it says, who says it, why it is in the queue; its sources; the marking form."""
    head.draw(store, row)
    if desk.task() == "add":
        reshape.draw_add(store, article)
    reshape.draw(store, article, row, others)
    mark.draw_judgement(row, load_scale())
    sources.draw(store, row)
    mark.draw_rationale(store, row, load_scale(), partial(steps.neighbour, store, query, 1))


page()
