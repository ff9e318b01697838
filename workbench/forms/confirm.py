"""An article that was read, to confirm or correct before its claims are looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

import claims
from claims import Article, Store
from claims.errors import ArticleExists
from workbench import desk
from workbench.columns import day_words
from workbench.forms.intake import let_go, waiting
from workbench.shown import escape
from workbench.written import written

#: Characters of a text that are shown before it is split.
GLANCE = 4_000

_EARLIEST = date(1700, 1, 1)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An article as the person left it, and whether its claims may be looked for: its day is given, or left open."""

    article: Article
    ready: bool


def draw(store: Store, name: str) -> Confirmed:
    """Draw the form; a missing publication date is asked for, never guessed."""
    article = waiting()[name]
    with st.container(border=True, key=f"confirm-{name}"):
        st.html(f'<div class="section">Read, not yet split</div><div class="about">{escape(read_words(article))}</div>')
        confirmed = _draw_fields(article)
        with st.expander("The text as it was read"):
            st.text(article.text[:GLANCE] + (" …" if len(article.text) > GLANCE else ""))
        known = desk.known_as(name)
        if known:
            st.warning("**This article is in the store already.** Open it there, or keep this one as a new version.")
        with st.container(horizontal=True):
            if known and st.button("Open the one that is here", key=f"open-{name}", type="primary"):
                let_go(name)
                desk.open_article(known)
            if known and st.button("Keep as a new version", key=f"again-{name}"):
                split_one(store, confirmed.article, new_version=True)
            if not known and st.button(
                "Split into claims", key=f"split-{name}", type="primary", disabled=not confirmed.ready
            ):
                split_one(store, confirmed.article)
            st.button("Discard", key=f"discard-{name}", on_click=let_go, args=(name,))
    return Confirmed(confirmed.article, confirmed.ready and not known)


def _draw_fields(article: Article) -> Confirmed:
    name = article.article_id
    title = written(st.text_input, "Title", f"title-{name}", value=article.title)
    left, middle, right = st.columns(3)
    publisher = written(left.text_input, "Publisher", f"publisher-{name}", value=article.publisher)
    byline = written(middle.text_input, "Byline", f"byline-{name}", value=article.byline)
    today = date.today()  # noqa: DTZ011 - the reader's own calendar
    published = right.date_input(
        "Publication date",
        article.published,
        key=f"published-{name}",
        min_value=_EARLIEST,
        max_value=max(today, article.published or today),  # a page of a time zone ahead may say tomorrow
        format="YYYY-MM-DD",
        persist_state="session",
    )
    left_open = False
    if published is None:
        st.warning(
            "**When was it published?** Without the day, “on Wednesday” or “last month” cannot be resolved, "
            "and nothing is guessed."
        )
        left_open = st.checkbox("Not known: leave such dates open", key=f"unknown-{name}", persist_state="session")
    kept = replace(
        article,
        title=title.strip(),
        publisher=publisher.strip(),
        byline=byline.strip(),
        published=published,
        published_from=article.published_from if published == article.published else "given",
    )
    return Confirmed(kept, published is not None or left_open)


def split_one(store: Store, article: Article, *, new_version: bool = False) -> None:
    """Find the claims of one article and keep them; then the desk opens on it."""
    with st.status("Finding the claims …"):
        kept = _split(store, article, new_version=new_version)
    if kept is None:
        st.rerun()
    desk.open_article(kept)


def split_all(store: Store, articles: list[Article]) -> None:
    """The same for several, with progress; those that are in the store already stay to be asked about."""
    bar = st.progress(0.0)
    for number, article in enumerate(articles):
        bar.progress(
            number / len(articles),
            f"Finding the claims, {number + 1} of {len(articles)}: {desk.plain(article.title or article.source)}",
        )
        _split(store, article)
    bar.empty()
    st.rerun()


def _split(store: Store, article: Article, *, new_version: bool = False) -> str | None:
    """The name under which the article is kept; None where it is there already, which is then asked about."""
    desk.wait_for_engine()
    found = claims.find_claims(article)
    try:
        kept = store.add_article(article, found, actor=desk.person(), new_version=new_version)
    except ArticleExists as error:
        desk.remember_known(article.article_id, error.article_id)
        return None
    let_go(article.article_id)
    desk.say("1 claim found" if len(found) == 1 else f"{len(found)} claims found")
    return kept


def read_words(article: Article) -> str:
    """Where it came from and how much of it there is.

    >>> read_words(Article("Two vans waited.", source="story.txt"))
    'story.txt · 3 words · no date found'
    """
    words = len(article.text.split())
    furniture = sum(end - start for start, end, _ in article.furniture)
    share = f"{round(100 * furniture / len(article.text))} % of it is the page’s furniture" if furniture else ""
    day = f"dated {day_words(article.published)} ({article.published_from})" if article.published else "no date found"
    return " · ".join(part for part in (article.source, f"{words:,} words", share, article.removed, day) if part)
