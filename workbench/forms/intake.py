"""The ways in for articles: paste, upload, web address. What was read waits to be confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from claims import Article, ClaimsError, read_article
from claims.errors import BadAddress
from workbench import desk
from workbench.written import written

#: What a pasted text is called; read as bytes, so that no text is ever taken for the path of a file.
PASTED = "pasted text.txt"


def waiting() -> dict[str, Article]:
    """Articles that were read and are not yet split, by their name."""
    found: dict[str, Article] = st.session_state.setdefault("waiting", {})
    return found


def draw() -> None:
    """Three ways in."""
    paste, upload, address = st.tabs(["Paste", "Upload", "Web address"])
    with paste:
        written(
            st.text_area,
            "The article’s text",
            "pasted",
            height=220,
            placeholder="Paste the whole article: the headline first, then the text.",
        )
        st.button("Read text", key="read-text", type="primary", on_click=read_pasted)
    with upload:
        st.file_uploader(
            "Files: text, Markdown, HTML, Word or PDF; several at once", key="files", accept_multiple_files=True
        )
        st.button("Read files", key="read-files", type="primary", on_click=read_files)
    with address:
        written(st.text_area, "Web addresses, one a line", "addresses", height=100, placeholder="https://…")
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
    read_all([(line, partial(read_address, line)) for line in lines])
    st.session_state["addresses"] = "\n".join(name for name, _ in st.session_state["unread"])


def read_address(line: str) -> Article:
    """The article at a web address, and at nothing else: no line of the field is ever taken for a file of the server."""
    scheme, colon, _ = line.partition("://")
    if colon and scheme.lower() not in ("http", "https"):
        raise BadAddress(f"{line} is not a web address.", "Use one that starts with http:// or https://.")
    return read_article(line if colon else f"https://{line}")


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


def let_go(name: str) -> None:
    """Forget an article that was read and not split."""
    waiting().pop(name, None)
    desk.forget_known(name)


def draw_welcome() -> None:
    """An empty store: what to do first."""
    with st.container(key="welcome"):
        st.subheader("No article yet")
        st.write("Read an article, and a few seconds later its checkable claims stand here, each at its own words.")
        st.page_link("views/articles.py", label="Read an article", icon=":material/add:")
