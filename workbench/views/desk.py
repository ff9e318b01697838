"""The desk: the queue of claims, the article with its marks, and the form for the claim in hand."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from workbench import desk, live, selection, steps
from workbench.columns import blocks, queue_row
from workbench.filters import arrive, draw_filters, expect_address
from workbench.forms import bulk, drafts, elsewhere, head, intake, mark, reshape, sources, typed, workflow
from workbench.panes import show_queue, show_text
from workbench.parts import Look, acting, follow, part, together, unpromised
from workbench.recall import Recall
from workbench.taking import PAGE, see, take_article, take_page

Row = dict[str, Any]


@st.fragment(key="desk")
@desk.worded()
def page() -> None:
    """One screen: filters above, three panes below them, the keys at the foot."""
    store = desk.store()
    desk.show_said()
    if not (titles := desk.titles()):
        intake.draw_welcome()
        return
    rules = store.rules()
    arrive(store)
    look = Look(store, draw_filters(store, titles, rules), rules)
    left, middle, right = st.columns([37, 62, 40], gap=None, wrap=False)
    with together():
        with left.container(key="pane-queue"):
            draw_steps(look)
            draw_queue(look)
        with middle.container(key="pane-text"):
            draw_text(look)
        with right:
            draw_form(look)


@part("steps")
def draw_steps(look: Look, recall: Recall) -> None:
    """The ways to the next claim and the one before, and where in the queue the claim in hand stands; or what is selected."""
    _, at = take_page(recall, look.query)
    count = live.show_count(recall(look.store.count, look.query))
    step = acting(look, partial(steps.move, look.store, look.query))
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        if selection.is_any():
            bulk.draw_bar(look, count)
            return
        st.button(desk.keyed("Next", "J"), key="next", on_click=step, args=(1,), disabled=not count or at == count - 1)
        st.button(desk.keyed("Previous", "K"), key="previous", on_click=step, args=(-1,), disabled=not count or at == 0)
        place = f"{at + 1} of {count:,}" if at is not None else f"{count:,}, not this one"
        st.html(f'<div class="count">{place if count else "none"}</div>')


@part("queue")
def draw_queue(look: Look, recall: Recall) -> None:
    """The claims that match, the one in hand among them, and the ways to other pages."""
    rows, at = take_page(recall, look.query)
    if not rows:
        st.info("No claim matches. Loosen the filters above, or read another article.")
        return
    selected = partial(selection.is_in, query=look.query)
    seen = see(look.store, look.rules, rows)
    show_queue([{**queue_row(row), "selected": selected(row["claim_id"])} for row in seen], key="queue")
    if (count := recall(look.store.count, look.query)) > PAGE:
        page_no = (at or 0) // PAGE + 1
        turn = acting(look, partial(steps.turn, look.store, look.query, page_no))
        st.pagination(-(-count // PAGE), default=page_no, key=f"page-{page_no}", on_change=turn)


@part("text")
def draw_text(look: Look, recall: Recall) -> None:
    """The article, every claim marked in its place."""
    if (claim_id := desk.chosen()) is None:
        st.info("Nothing to show. Loosen the filters on top, or read another article.")
        return
    article = recall(look.store.article, recall(look.store.claim, claim_id)["article_id"])
    with st.container(key="text-tools", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.button(
            desk.keyed("Add a claim", "A"), key="add", icon=":material/add:", type="tertiary", on_click=acting(look, desk.begin), args=("add",)
        )  # fmt: skip
        st.page_link(
            "views/coverage.py", label="Coverage", icon=":material/checklist:", query_params={"article": article.article_id}
        )  # fmt: skip
    marked = see(look.store, look.rules, take_article(recall, article.article_id))
    taken = acting(look, partial(reshape.take_passage, article))
    show_text(blocks(article, marked, claim_id), key="text", on_passage=taken)


@part("form")
def draw_form(look: Look, recall: Recall) -> None:
    """The claim in hand: what it says and where it stands; its judgement and sources; what may be done next."""
    desk.show_said()
    store, rules = look.store, look.rules
    rows, _ = take_page(recall, look.query)
    claim_id = desk.chosen()
    found = live.row_in_hand(recall, claim_id) if claim_id else None
    of_article: list[Row] = []
    steps.hear(look, found)
    with st.container(key="pane-form"):
        if found is None:
            desk.show_refused()
        else:
            (row,) = see(store, rules, [found])
            bulk.draw(store, look.query)
            due = f"{recall.newest} {claim_id}" if unpromised(look, recall) else ""
            head.draw(store, row, due, partial(follow, look))
            article, of_article = recall(store.article, row["article_id"]), take_article(recall, row["article_id"])
            workflow.draw_standing(store, row)
            if desk.task() == "add":
                reshape.draw_add(store, article)
            reshape.draw(store, article, row, [other for other in of_article if other["claim_id"] != claim_id])
            workflow.draw_readings(store, row)
            mark.draw_judgement(row, rules)
            sources.draw(store, row)
            elsewhere.draw(look, recall, row)
            mark.draw_rationale(row, rules)
            mark.draw_other_days(recall, row)
            drafts.draw(look, row)
            workflow.draw_checklist(store, row)
            draw_acts(look, row)
    live.show(recall.newest, look.query, [*rows, *of_article, *([found] if found else [])])


def draw_acts(look: Look, row: Row) -> None:
    """What may be done with the claim in hand: always in view, and beside it why something was not done."""
    due = bool(typed.reading_of(row))
    if due:
        workflow.draw_ways(look.store, row, look.rules)
    with st.container(key="save-bar"):
        desk.show_refused()
        if not due:
            workflow.draw_ways(look.store, row, look.rules)
        mark.draw_save(look.store, row, look.rules, partial(steps.neighbour, look.store, look.query, 1))


expect_address()
page()
live.watch()
