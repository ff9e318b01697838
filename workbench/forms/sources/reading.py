"""What came of taking the text out of a kept document, where it is not there or not all of it, and how to have it read again."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from claims import Store
from claims.evidence import Passage, Source
from claims.store import Reading
from claims.store.readings import AGAIN
from workbench import desk
from workbench.shown import escape

#: The next step where no program looks for a passage: the way of a passage in a picture.
BY_EYE = "Compare it with the document yourself: the sign-off asks who did."

_UNRECORDED = "What came of reading its text when it was kept is not recorded."


def words(source: Source, places: Mapping[Source, Passage | None], readings: Mapping[str, Reading]) -> str:
    """The line of a card on its document’s text; empty where all of it is kept, or where the line of its passage says it.

    >>> late = Reading("broken off", "The document could not be read within 60 seconds.")
    >>> print(words(Source(snapshot="a"), {}, {"a": late}))
    <div class="about">The document could not be read within 60 seconds. Read it by eye, or open it to have it read again.</div>
    >>> words(Source(snapshot="a"), {}, {"a": Reading()})
    '<div class="about">What came of reading its text when it was kept is not recorded.</div>'
    >>> words(Source(snapshot="a"), {}, {"a": Reading("whole")}), words(Source(), {}, {})
    ('', '')
    """
    reading, place = readings.get(source.snapshot), places.get(source)
    said = source in places and (place is None or bool(place.unread))
    if reading is None or reading.state == "whole" or (reading.state and said):
        return ""
    again = " Read it by eye, or open it to have it read again." if reading.state in AGAIN else ""
    return f'<div class="about">{escape((reading.problem or _UNRECORDED) + again)}</div>'


def draw_way(store: Store, sha256: str) -> None:
    """The button beside a document that has no text, where another reading may find one; it is read while one waits."""
    if store.readings([sha256])[sha256].state not in AGAIN:
        return
    if st.button("Have it read again", key="document-again", icon=":material/refresh:", width="stretch"):
        with st.spinner("Reading the document …", show_time=True), desk.worded():
            reading = store.reread_snapshot(sha256, actor=desk.person())
            desk.say(reading.problem or "Its text is read, and kept with it")
            st.rerun()
