"""Articles: read new ones, confirm what was read, split them into claims; and the list of those that are here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

import claims
from claims import Article, ClaimsError, Store, read_article
from claims.errors import ArticleExists
from workbench import desk
from workbench.columns import day_words

#: What a pasted text is called; read as bytes, so that no text is ever taken for the path of a file.
PASTED = "pasted text.txt"

#: Characters of a text that are shown before it is split.
GLANCE = 4_000


@desk.worded()
def page() -> None:
    """What was read and waits to be confirmed; the ways in; what is in the store."""
    store = desk.store()
    with st.container(key="screen"):
        desk.show_said()
        desk.show_refused()
        st.title("Articles", anchor=False)
        for name in list(waiting()):
            draw_confirm(store, name)
        draw_intake()
        draw_shelf(store)


def waiting() -> dict[str, Article]:
    """Articles that were read and are not yet split, by their name."""
    found: dict[str, Article] = st.session_state.setdefault("waiting", {})
    return found


def draw_intake() -> None:
    """Three ways in."""
    paste, upload, address = st.tabs(["Paste", "Upload", "Web address"])
    with paste:
        st.text_area(
            "The article’s text",
            key="pasted",
            height=220,
            persist_state="session",
            placeholder="Paste the whole article: the headline first, then the text.",
        )
        st.button("Read text", key="read-text", type="primary", on_click=read_pasted)
    with upload:
        st.file_uploader(
            "Files: text, Markdown, HTML, Word or PDF; several at once", key="files", accept_multiple_files=True
        )
        st.button("Read files", key="read-files", type="primary", on_click=read_files)
    with address:
        st.text_area(
            "Web addresses, one a line", key="addresses", height=100, placeholder="https://…", persist_state="session"
        )
        st.button("Read pages", key="read-pages", type="primary", on_click=read_pages)
    for name, error in st.session_state.pop("unread", []):
        with st.container():
            st.caption(desk.plain(name))
            desk.show_error(error)


def read_pasted() -> None:
    """Read what was pasted; it stays in the field until it could be read."""
    if read_all(
        [
            (
                "Pasted text",
                partial(read_article, st.session_state["pasted"].encode("utf-8", "surrogatepass"), name=PASTED),
            )
        ]
    ):
        st.session_state["pasted"] = ""


def read_files() -> None:
    """Read the uploaded files; one that cannot be read costs only itself."""
    files = st.session_state.get("files") or []
    if not files:
        desk.want("Choose at least one file, then read again.")
    read_all([(file.name, partial(read_article, file.getvalue(), name=file.name)) for file in files])


def read_pages() -> None:
    """Read the pages; the addresses of those that could not be read stay in the field."""
    lines = [line.strip() for line in st.session_state["addresses"].splitlines() if line.strip()]
    if not lines:
        desk.want("Give at least one web address, then read again.")
    read_all([(line, partial(read_article, line if "://" in line else f"https://{line}")) for line in lines])
    st.session_state["addresses"] = "\n".join(name for name, _ in st.session_state["unread"])


def read_all(readings: list[tuple[str, Callable[[], Article]]]) -> bool:
    """Read each, with progress; those that cannot be read are kept with the reason. Whether all could be."""
    unread: list[tuple[str, ClaimsError]] = []
    bar = st.progress(0.0, "Reading …")
    for number, (name, read) in enumerate(readings):
        bar.progress(number / len(readings), f"Reading {number + 1} of {len(readings)}: {desk.plain(name)}")
        try:
            article = read()
        except ClaimsError as error:
            unread.append((name, error))
        else:
            waiting()[article.article_id] = article
    bar.empty()
    st.session_state["unread"] = unread
    return not unread


def draw_confirm(store: Store, name: str) -> None:
    """What was read, to confirm or correct before it is split; a missing publication date is asked for."""
    article = waiting()[name]
    with st.container(border=True, key=f"confirm-{name}"):
        st.html(
            f'<div class="section">Read, not yet split</div><div class="about">{desk.escaped(read_words(article))}</div>'
        )
        title = st.text_input("Title", article.title, key=f"title-{name}")
        left, middle, right = st.columns(3)
        publisher = left.text_input("Publisher", article.publisher, key=f"publisher-{name}")
        byline = middle.text_input("Byline", article.byline, key=f"byline-{name}")
        published = right.date_input(
            "Publication date",
            article.published,
            key=f"published-{name}",
            max_value="today",
            min_value=date(1700, 1, 1),
            format="YYYY-MM-DD",
        )
        unknown = False
        if published is None:
            st.warning(
                "**When was it published?** Without the day, “on Wednesday” or “last month” cannot be resolved, "
                "and nothing is guessed."
            )
            unknown = st.checkbox("Not known: leave such dates open", key=f"unknown-{name}")
        with st.expander("The text as it was read"):
            st.text(article.text[:GLANCE] + (" …" if len(article.text) > GLANCE else ""))
        confirmed = replace(
            article,
            title=title.strip(),
            publisher=publisher.strip(),
            byline=byline.strip(),
            published=published,
            published_from=article.published_from if published == article.published else "given",
        )
        known = st.session_state.get("known", {}).get(name)
        if known:
            st.warning(
                "**This article is in the store already.** Open it there, or keep this one as a new version of it."
            )
        with st.container(horizontal=True):
            if known and st.button("Open the one that is here", key=f"open-{name}", type="primary"):
                let_go(name)
                open_article(known)
            if known and st.button("Keep as a new version", key=f"again-{name}"):
                split(store, confirmed, new_version=True)
            ready = published is not None or unknown
            if not known and st.button("Split into claims", key=f"split-{name}", type="primary", disabled=not ready):
                split(store, confirmed)
            st.button("Discard", key=f"discard-{name}", on_click=let_go, args=(name,))


def let_go(name: str) -> None:
    """Forget an article that was read and not split."""
    waiting().pop(name, None)
    st.session_state.get("known", {}).pop(name, None)


def split(store: Store, article: Article, *, new_version: bool = False) -> None:
    """Find the claims and put them in the store; then the desk opens on this article."""
    with st.status("Finding the claims …"):
        found = claims.find_claims(article)  # the first call waits for the parser to load
        try:
            kept = store.add_article(article, found, actor=desk.person(), new_version=new_version)
        except ArticleExists as error:
            st.session_state.setdefault("known", {})[article.article_id] = error.article_id
            st.rerun()
    let_go(article.article_id)
    desk.say("1 claim found" if len(found) == 1 else f"{len(found)} claims found")
    open_article(kept)


def open_article(article_id: str) -> None:
    """Go to the desk, on this article's claims."""
    st.session_state["article"] = article_id
    desk.choose(None)
    st.switch_page("views/desk.py", query_params={"show": "All", "order": "As in the article"})


def draw_shelf(store: Store) -> None:
    """The articles in the store; choosing one opens it on the desk."""
    shelf = store.articles()
    st.subheader("In the store", anchor=False)
    if shelf.empty:
        st.caption("Nothing yet. Paste an article above, or upload one, and read it.")
        return
    chosen = st.dataframe(
        shelf,
        key="shelf",
        hide_index=True,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        column_order=["title", "publisher", "published", "n_claims", "n_marked", "read_at"],
        column_config={
            "title": st.column_config.TextColumn("Title", width="large"),
            "publisher": "Publisher",
            "published": st.column_config.DateColumn("Published", format="D MMM YYYY"),
            "n_claims": st.column_config.NumberColumn("Claims"),
            "n_marked": st.column_config.NumberColumn("Marked"),
            "read_at": st.column_config.DatetimeColumn("Read", format="D MMM YYYY, HH:mm"),
        },
    )
    st.caption("Tick a row to open the article on the desk.")
    if chosen.selection.rows:
        open_article(str(shelf["article_id"].iloc[chosen.selection.rows[0]]))


def read_words(article: Article) -> str:
    """Where it came from and how much of it there is."""
    words = len(article.text.split())
    furniture = sum(end - start for start, end, _ in article.furniture)
    share = f"{round(100 * furniture / len(article.text))} % of it is the page’s furniture" if furniture else ""
    day = f"dated {day_words(article.published)} ({article.published_from})" if article.published else "no date found"
    return " · ".join(part for part in (article.source, f"{words:,} words", share, article.removed, day) if part)


page()
