"""The desk: the queue of claims, the article with its marks, and the form for the claim in hand."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.article import Article
from claims.store import Rules
from workbench import desk, steps
from workbench.columns import blocks, dressed, queue_row, veiled
from workbench.filters import draw_filters
from workbench.forms import head, mark, reshape, sources, typed, workflow
from workbench.panes import hear_keys, show_queue, show_text

Row = dict[str, Any]

#: Claims of an article that are read at a time.
TOGETHER = 1000


@st.fragment
@desk.worded()
def page() -> None:
    """One screen: filters above, three panes below them, the keys at the foot."""
    store = desk.store()
    desk.show_said()
    articles = desk.articles()
    if articles.empty:
        draw_welcome()
        return
    rules = store.rules()
    query = draw_filters(store, articles, rules)
    hear_keys(
        list(steps.acts(store, query, rules)), steps.heard(), key="keys", on_pressed=partial(steps.press, store, query)
    )
    left, middle, right = st.columns([37, 62, 40], gap=None, wrap=False)
    rows, count, at = take_page(store, query)
    claim_id = desk.chosen()
    newest = store.latest_event_seq()  # before anything is read: what comes later was not seen
    row = {**store.claim(claim_id), "seen_event": newest} if claim_id else None
    of_article = take_article(store, row["article_id"]) if row else []
    seen = see(store, rules, [*rows, *of_article, *([row] if row else [])])
    with left.container(key="pane-queue"):
        draw_queue(store, query, seen[: len(rows)], count, at)
    st.html(foot(rules))
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


def take_page(store: Store, query: Query) -> tuple[list[Row], int, int | None]:
    """The page of the queue around the claim in hand, how many match, and which of them is in hand (from 0).

    A claim stays in hand when the filter leaves it out: what is typed for it is not taken away.
    """
    if desk.chosen() is None:
        desk.choose(steps.at_place(store, query, 0))
    at = store.position(query, str(desk.chosen()))
    rows = store.rows(query, offset=(at or 0) // steps.PAGE * steps.PAGE, limit=steps.PAGE)
    return rows, store.count(query), at


def take_article(store: Store, article_id: str) -> list[Row]:
    """The article's claims that are not dropped, in order, read some at a time."""
    query = Query(article_id=article_id, sort="article")
    found = store.rows(query, limit=TOGETHER)
    while len(found) % TOGETHER == 0 and (more := store.rows(query, offset=len(found), limit=TOGETHER)):
        found += more
    return found


def see(store: Store, rules: Rules, rows: list[Row]) -> list[Row]:
    """The rows as the person who sits here may see them, each verdict in the colour of the scale it was given by."""
    labels = (None, *rules.scale.labels)
    strange = store.claims_named({row["claim_id"] for row in rows if row["verdict"] not in labels})
    names = {claim_id: row["scale"] for claim_id, row in strange.items()}
    scales = {name: store.scale_named(name) for name in set(names.values())}
    reader = desk.person()
    return [
        dressed(
            veiled(row, reader, read_twice=rules.second_reading),
            scales.get(names.get(row["claim_id"]), rules.scale),
        )
        for row in rows
    ]


def foot(rules: Rules) -> str:
    """The keys, at the foot of the screen."""
    return f'<div class="keys-foot">{"".join(f"<span><kbd>{key}</kbd> {does}</span>" for key, does in steps.keys(rules))}</div>'


def draw_welcome() -> None:
    """An empty store: what to do first."""
    with st.container(key="welcome"):
        st.subheader("No article yet")
        st.write("Read an article, and a few seconds later its checkable claims stand here, each at its own words.")
        st.page_link("views/articles.py", label="Read an article", icon=":material/add:")


def draw_queue(store: Store, query: Query, rows: list[Row], count: int, at: int | None) -> None:
    """The claims that match, the one in hand among them, and the ways to the others."""
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        step = partial(steps.move, store, query)
        st.button(desk.keyed("Next", "J"), key="next", on_click=step, args=(1,), disabled=not rows or at == count - 1)
        st.button(desk.keyed("Previous", "K"), key="previous", on_click=step, args=(-1,), disabled=not rows or at == 0)
        place = f"{at + 1} of {count:,}" if at is not None else f"{count:,}, not this one"
        st.html(f'<div class="count">{place if rows else "none"}</div>')
    if not rows:
        st.info("No claim matches. Loosen the filters above, or read another article.")
        return
    show_queue([queue_row(row) for row in rows], desk.chosen(), key="queue", on_chosen=desk.choose)
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
        blocks(article, rows, desk.chosen()),
        desk.chosen(),
        key="text",
        on_chosen=desk.choose,
        on_passage=partial(reshape.take_passage, article),
    )


def draw_form(store: Store, article: Article, row: Row, others: list[Row], query: Query, rules: Rules) -> None:
    """The claim in hand: what it says and where it stands; its judgement and sources; what may be done next."""
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


page()
