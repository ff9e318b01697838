"""The coverage map of one article: what became of every sentence, and which are perhaps missed. Linked to by ?article=ID."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from claims import Article, Store
from workbench import desk
from workbench.columns import day_words
from workbench.forms import covering
from workbench.shown import escape

if TYPE_CHECKING:
    from claims.coverage import Covered

#: Sentences that are drawn at a time.
PAGE = 50


@desk.worded()
def page() -> None:
    """The article and a lead; a filter that counts; the sentences in reading order, some at a time."""
    store = desk.store()
    with st.container(key="screen"):
        desk.show_said()
        desk.show_refused()
        article_id = take_article(store)
        if article_id is None:
            desk.show_unchosen("Coverage", "Choose an article on the desk, then open its coverage from there.")
            return
        article = store.article(article_id)
        covered = covering.take(store, article)
        draw_head(article, covered)
        choice = draw_choice(article, covered)
        draw_sentences(store, article, covering.chosen(covered, choice), choice)


def take_article(store: Store) -> str | None:
    """The article that the address names, else that of the claim in hand."""
    asked = st.query_params.get("article")
    return asked or (str(store.claim(claim_id)["article_id"]) if (claim_id := desk.chosen()) else None)


def draw_head(article: Article, covered: list[Covered]) -> None:
    """Which article it is, the way back to it, and the whole of it in a sentence and as a strip."""
    about = [article.publisher, day_words(article.published) if article.published else "publication date not known"]
    st.html(
        f'<div class="section">Coverage of an article</div><div class="claim large">{escape(article.title or "(no title)")}</div>'
        f'<div class="about">{escape(" · ".join(part for part in about if part))}</div>'
    )
    with st.container(horizontal=True):
        if st.button("Open it on the desk", key="open-article", icon=":material/arrow_back:", type="tertiary"):
            desk.open_article(article.article_id)
        if st.button("Read it again", key="read-again", icon=":material/refresh:", type="tertiary"):
            st.switch_page("views/articles.py", query_params={"again": article.article_id})
    st.html(f'<p class="lead">{covering.lead(covered)}</p>{covering.strip_html(covered)}')


def draw_choice(article: Article, covered: list[Covered]) -> str:
    """The filter, with how many sentences each of its choices shows; which is chosen."""
    choices = covering.choices(covered)
    key = f"coverage-show-{article.article_id}"
    if st.session_state.get(key) not in (None, *choices):  # the last of its nature became a claim
        st.session_state[key] = covering.ALL
    chosen = st.segmented_control(
        "Sentences to show", list(choices), default=covering.ALL, required=True, format_func=choices.__getitem__, key=key,
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return str(chosen)


def draw_sentences(store: Store, article: Article, shown: list[Covered], choice: str) -> None:
    """A page of the sentences, and the ways to the others."""
    if not shown:
        st.caption("No sentence is perhaps missed: each with a figure, a date or a name has a claim on it, or asks.")
        return
    pages = -(-len(shown) // PAGE)
    listed = st.container(key="sentences")
    page_no = st.pagination(pages, key=f"coverage-page-{article.article_id}-{choice}") if pages > 1 else 1
    with listed:
        for each in shown[(page_no - 1) * PAGE : page_no * PAGE]:
            draw_sentence(store, article, each)


def draw_sentence(store: Store, article: Article, each: Covered) -> None:
    """A sentence, and what can be done: open its claim, or make it one."""
    with st.container(key=f"sentence-{each.no}", horizontal=True, vertical_alignment="top", wrap=False):
        st.html(covering.sentence_html(each))
        if each.missed:
            st.button(
                "Make it a claim", key=f"make-{each.no}", icon=":material/add:",
                on_click=covering.make_claim, args=(store, article, each),
            )  # fmt: skip
        elif each.claim_ids and st.button(
            "Open", key=f"open-{each.no}", type="tertiary", help="Open its claim on the desk"
        ):
            desk.choose(each.claim_ids[0])
            st.switch_page("views/desk.py", query_params={"show": "All", "claim": each.claim_ids[0]})


page()
