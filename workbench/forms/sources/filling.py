"""Paste an address, and the page fills the form in. What a person typed is never overwritten, nor lost where no page comes."""

from __future__ import annotations

from datetime import date

import streamlit as st

from claims import ClaimsError
from claims.evidence.addresses import WEB, address_problem
from claims.evidence.page import SourcePage, read_source
from claims.evidence.reviews import Review
from workbench.forms.sources.fields import key, lets_go, page_of
from workbench.forms.sources.reading import BY_EYE
from workbench.shown import escape

#: Verdicts of a page that are told: some give a whole list of them.
_REVIEWS = 3

#: What is told where a document is kept that is not of the page whose address is typed.
_LET_GO = (
    "The document that is kept is of another page, and does not go along with this address: read this page or choose its file, "
    "and look at the title and the passage again."
)

_FROM_PAGE = ("title", "publisher", "published", "archived")


def ask(name: str) -> None:
    """The address was changed: what its page says is wanted, where it is one of the web."""
    written = (st.session_state.get(key("location", name)) or "").strip()
    for field in ("asked", "note", "page"):
        st.session_state.pop(key(field, name), None)
    if problem := address_problem(written):
        st.session_state[key("note", name)] = problem
    elif WEB.fullmatch(written) or written.lower().startswith("www."):
        st.session_state[key("asked", name)] = written


def fill(name: str) -> None:
    """Read the page that is asked for, with progress, before the fields are drawn; a refusal is told and leaves them."""
    asked = st.session_state.get(key("asked", name))
    if not asked:
        return
    with st.spinner("Reading the page …", show_time=True):
        try:
            page = read_source(asked)
        except ClaimsError as error:
            st.session_state[key("note", name)] = (
                f"{error} What stands in the fields is kept: fill in the rest by hand."
            )
        else:
            _take(name, page)
    st.session_state.pop(key("asked", name), None)


def _take(name: str, page: SourcePage) -> None:
    """Put what the page says where nothing stands, or where only another page's word stood."""
    before = st.session_state.get(key("filled", name), {})
    filled = {}
    for field in _FROM_PAGE:
        value = getattr(page.source, field)
        if field == "published" and value and value > date.today():  # noqa: DTZ011 - it is tomorrow elsewhere
            value = None
        stands = st.session_state.get(key(field, name))
        if not stands or stands == before.get(field):
            filled[field] = st.session_state[key(field, name)] = value
    st.session_state[key("location", name)] = page.source.location
    st.session_state[key("filled", name)] = filled
    st.session_state[key("page", name)] = page


def draw_note(name: str) -> None:
    """What came of reading the page: a refusal in its sentences, or that it will be kept, and what it says of claims itself."""
    page = page_of(name)
    if lets_go(name):
        st.html(f'<div class="notice" role="status">{_LET_GO}</div>')
    if note := st.session_state.get(key("note", name)):
        st.html(f'<div class="notice" role="status">{escape(note)}</div>')
    elif page and page.unread:
        told = f"The document is kept with the source, and its words could not be read. {page.unread} {BY_EYE}"
        st.html(f'<div class="notice" role="status">{escape(told)}</div>')
    elif page:
        told = "".join(f" {escape(review_words(review))}" for review in page.reviews[:_REVIEWS])
        st.html(
            f'<div class="about" role="status">Filled in from the page. The page is kept with the source.{told}</div>'
        )


def review_words(review: Review) -> str:
    """What another desk says of a claim, as its words, not as ours.

    >>> review_words(Review("Two vans left.", "False", publisher="The Korda Post"))
    'It is a fact-check: The Korda Post says “False” of “Two vans left.”'
    """
    verdict = f"says “{review.verdict}” of" if review.verdict else "gives no verdict in words on"
    return f"It is a fact-check: {review.publisher or 'it'} {verdict} “{review.claim}”"
