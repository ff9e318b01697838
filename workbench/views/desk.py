"""The desk: the queue of claims, the article with its marks, and the form for the claim in hand."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.article import Article
from claims.store import Rules
from workbench import desk, live, selection, steps
from workbench.columns import blocks, queue_row
from workbench.filters import arrive, draw_filters, expect_address
from workbench.forms import bulk, head, mark, reshape, sources, typed, workflow
from workbench.panes import show_queue, show_text
from workbench.taking import see, take_article, take_page

Row = dict[str, Any]


@st.fragment(key="desk")
@desk.worded()
def page() -> None:
    """One screen: filters above, three panes below them, the keys at the foot."""
    store = desk.store()
    desk.show_said()
    titles = desk.titles()
    if not titles:
        draw_welcome()
        return
    rules = store.rules()
    arrive(store)
    query = draw_filters(store, titles, rules)
    left, middle, right = st.columns([37, 62, 40], gap=None, wrap=False)
    rows, count, at = take_page(store, query)
    claim_id = desk.chosen()
    newest = store.latest_event_seq()  # before anything is read: what comes later was not seen
    row = live.row_in_hand(store, claim_id, newest) if claim_id else None
    of_article = take_article(store, row["article_id"]) if row else []
    live.show(newest, query, count, [*rows, *of_article, *([row] if row else [])])
    seen = see(store, rules, [*rows, *of_article, *([row] if row else [])])
    steps.hear(store, query, rules, row)
    with left.container(key="pane-queue"):
        draw_queue(store, query, seen[: len(rows)], count, at)
    if row is None:
        with middle.container(key="pane-text"):
            desk.show_refused()
            st.info("Nothing to show. Loosen the filters on top, or read another article.")
        return
    article = store.article(row["article_id"])
    others = seen[len(rows) : -1]
    with middle.container(key="pane-text"):
        draw_text(article, others)
    with right.container(key="pane-form"):
        draw_form(store, article, seen[-1], [other for other in others if other["claim_id"] != claim_id], query, rules)


def draw_welcome() -> None:
    """An empty store: what to do first."""
    with st.container(key="welcome"):
        st.subheader("No article yet")
        st.write("Read an article, and a few seconds later its checkable claims stand here, each at its own words.")
        st.page_link("views/articles.py", label="Read an article", icon=":material/add:")


def draw_queue(store: Store, query: Query, rows: list[Row], count: int, at: int | None) -> None:
    """The claims that match, the one in hand among them, and the ways to the others."""
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        if selection.is_any():
            bulk.draw_bar(query, count)
        else:
            draw_steps(store, query, count, at)
    if not rows:
        st.info("No claim matches. Loosen the filters above, or read another article.")
        return
    drawn = [{**queue_row(row), "selected": selection.is_in(row["claim_id"], query)} for row in rows]
    show_queue(drawn, desk.chosen(), key="queue", on_chosen=desk.choose)
    if count > steps.PAGE:
        page_no = (at or 0) // steps.PAGE + 1
        pages = -(-count // steps.PAGE)
        turn = partial(steps.turn, store, query, page_no)
        st.pagination(pages, default=page_no, key=f"page-{page_no}", on_change=turn)


def draw_steps(store: Store, query: Query, count: int, at: int | None) -> None:
    """The ways to the next claim and the one before, and where in the queue the claim in hand stands."""
    step = partial(steps.move, store, query)
    st.button(desk.keyed("Next", "J"), key="next", on_click=step, args=(1,), disabled=not count or at == count - 1)
    st.button(desk.keyed("Previous", "K"), key="previous", on_click=step, args=(-1,), disabled=not count or at == 0)
    place = f"{at + 1} of {count:,}" if at is not None else f"{count:,}, not this one"
    st.html(f'<div class="count">{place if count else "none"}</div>')


def draw_text(article: Article, rows: list[Row]) -> None:
    """The article, every claim marked in its place."""
    with st.container(key="text-tools", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.button(
            desk.keyed("Add a claim", "A"),
            key="add",
            icon=":material/add:",
            type="tertiary",
            on_click=desk.begin,
            args=("add",),
        )
        st.page_link(
            "views/coverage.py",
            label="Coverage",
            icon=":material/checklist:",
            query_params={"article": article.article_id},
        )
    show_text(
        blocks(article, rows, desk.chosen()),
        desk.chosen(),
        key="text",
        on_chosen=desk.choose,
        on_passage=partial(reshape.take_passage, article),
    )


def draw_form(store: Store, article: Article, row: Row, others: list[Row], query: Query, rules: Rules) -> None:
    """The claim in hand: what it says and where it stands; its judgement and sources; what may be done next."""
    bulk.draw(store, query)
    head.draw(store, row)
    workflow.draw_standing(store, row)
    if desk.task() == "add":
        reshape.draw_add(store, article)
    reshape.draw(store, article, row, others)
    workflow.draw_readings(store, row)
    mark.draw_judgement(row, rules)
    sources.draw(store, row)
    mark.draw_rationale(row, rules)
    workflow.draw_checklist(store, row)
    due = bool(typed.reading_of(row))
    if due:
        workflow.draw_ways(store, row, rules)
    with st.container(key="save-bar"):  # always in view, and beside it why something was not done
        desk.show_refused()
        if not due:
            workflow.draw_ways(store, row, rules)
        mark.draw_save(store, row, rules, partial(steps.neighbour, store, query, 1))


expect_address()
page()
live.watch()
