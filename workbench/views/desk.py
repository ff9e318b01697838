"""The desk: the queue of claims, the article with its marks, and the form for the claim in hand."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from claims import Query, Store
from claims.article import Article
from claims.table import plain_rows
from claims.verdict import load_scale
from workbench import desk
from workbench.columns import blocks, queue_row, said_by, weight_words
from workbench.filters import draw_filters
from workbench.forms import mark, reshape, sources
from workbench.panes import show_queue, show_text

PAGE = 50

KEYS = (
    '<div class="keys">'
    + "".join(
        f"<span><kbd>{key}</kbd> {does}</span>"
        for key, does in (
            ("J", "next"),
            ("K", "previous"),
            ("1–4", "verdict"),
            ("Q W E", "confidence"),
            ("S", "source"),
            ("A", "add a claim"),
            ("Ctrl ⏎", "save and next"),
            ("U", "undo"),
        )
    )
    + "</div>"
)

Row = dict[str, Any]


@st.fragment
@desk.worded()
def page() -> None:
    """One screen: filters above, three panes below them, the keys at the foot."""
    store = desk.store()
    desk.show_said()
    if store.articles().empty:
        draw_welcome()
        return
    query = draw_filters(store)
    left, middle, right = st.columns([37, 62, 40], gap=None, wrap=False)
    rows, count, at = take_page(store, query)
    with left.container(key="pane-queue"):
        draw_queue(store, query, rows, count, at)
    row = store.claim(str(desk.chosen())) if rows else None
    if row is None:
        with middle.container(key="pane-text"):
            desk.show_refused()
            st.info("No claim matches. Loosen the filters above, or read another article.")
        return
    article = store.article(row["article_id"])
    others = plain_rows(store.claims_of(article.article_id))
    with middle.container(key="pane-text"):
        draw_text(article, others)
    with right.container(key="pane-form"):
        draw_form(store, article, row, [other for other in others if other["claim_id"] != row["claim_id"]], query)
    st.html(KEYS)


def take_page(store: Store, query: Query) -> tuple[list[Row], int, int]:
    """The page of the queue around the claim in hand, how many match, and which of them is in hand (from 0)."""
    at = store.position(query, str(desk.chosen())) if desk.chosen() else None
    rows = plain_rows(store.page(query, offset=(at or 0) // PAGE * PAGE, limit=PAGE))
    if rows and at is None:
        desk.choose(rows[0]["claim_id"])
    return rows, store.count(query), at or 0


def draw_welcome() -> None:
    """An empty store: what to do first."""
    with st.container(key="welcome"):
        st.subheader("No article yet")
        st.write("Read an article, and a few seconds later its checkable claims stand here, each at its own words.")
        st.page_link("views/articles.py", label="Read an article", icon=":material/add:")


def draw_queue(store: Store, query: Query, rows: list[Row], count: int, at: int) -> None:
    """The claims that match, the one in hand among them, and the ways to the others."""
    scale = load_scale()
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        step = partial(move, store, query)
        st.button("Next", key="next", shortcut="j", on_click=step, args=(1,), disabled=at + 1 >= count)
        st.button("Previous", key="previous", shortcut="k", on_click=step, args=(-1,), disabled=at == 0)
        st.html(f'<div class="count">{at + 1} of {count:,}</div>' if count else '<div class="count">none</div>')
    if rows:
        show_queue([queue_row(row, scale) for row in rows], desk.chosen(), key="queue", on_chosen=desk.choose)
    if count > PAGE:
        first = at // PAGE + 1
        st.pagination(-(-count // PAGE), default=first, key=f"page-{first}", on_change=turn, args=(store, query, first))


def draw_text(article: Article, rows: list[Row]) -> None:
    """The article, every claim marked in its place."""
    with st.container(key="text-tools", horizontal=True, horizontal_alignment="right"):
        st.button(
            "Add a claim",
            key="add",
            icon=":material/add:",
            shortcut="a",
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
    with st.container(horizontal=True, wrap=False, vertical_alignment="top", key="claim-head"):
        st.html(f'<div class="claim">{desk.escaped(row["claim"])}</div>')
        picked = st.menu_button(
            "",
            list(reshape.TASKS),
            format_func=reshape.TASKS.__getitem__,
            icon=":material/more_vert:",
            key="tasks",
            type="tertiary",
        )
    if picked:
        desk.begin(picked)
    reasons = "; ".join(str(row["reasons"] or "").split("|"))
    st.html(
        f'<div class="about">Said by {desk.escaped(said_by(row))} · <span title="{desk.escaped(reasons)}">worth checking {weight_words(row["checkability"])}</span></div>'
    )
    if row["dropped_why"]:
        st.warning(f"Dropped: {desk.plain(row['dropped_why'])}")
        st.button("Take it up again", key="take-up", on_click=take_up, args=(store, row))
    if desk.task() == "add":
        reshape.draw_add(store, article)
    reshape.draw(store, article, row, others)
    mark.draw_judgement(row, load_scale())
    sources.draw(store, row)
    mark.draw_rationale(store, row, load_scale(), partial(neighbour, store, query, 1))


def neighbour(store: Store, query: Query, step: int) -> str | None:
    """The claim so many places after the one in hand, or before it; the one before where there is none after."""
    at = store.position(query, str(desk.chosen()))
    if at is None:
        return None
    for place in (at + step, at - step):
        for name in store.page(query, offset=place, limit=1)["claim_id"] if place >= 0 else ():
            return str(name)
    return None


def move(store: Store, query: Query, step: int) -> None:
    """Take a neighbour in hand."""
    if found := neighbour(store, query, step):
        desk.choose(found)


def turn(store: Store, query: Query, shown: int) -> None:
    """Open another page of the queue: its first claim comes in hand."""
    number = st.session_state[f"page-{shown}"]
    for row in plain_rows(store.page(query, offset=(number - 1) * PAGE, limit=1)):
        desk.choose(row["claim_id"])


def take_up(store: Store, row: Row) -> None:
    """Bring a dropped claim back into the queue."""
    desk.act(
        lambda: store.edit_claim(
            row["claim_id"], row["revision"], {"status": "new"}, why="taken up again", actor=desk.person()
        ),
        "Back in the queue",
    )


page()
