"""The copy of a source's page in the Internet Archive, looked for at a person's press; without one, nothing is asked."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import streamlit as st

from claims import Store
from claims.evidence.addresses import WEB, is_archive
from claims.evidence.archive_links import archive_of
from claims.finders.archiving import work
from claims.store import ArchiveTry, StoredSource
from workbench import desk
from workbench.columns import time_words
from workbench.forms.sources import retrying

#: The source that somebody has pressed for, until it is looked for.
_ASKED = "archived copy asked for"

#: Seconds for which a person waits until a copy is made; then it is left to be made, and found later.
_PATIENCE = 15.0


def draw_way(store: Store, kept: StoredSource, waits: ArchiveTry | None) -> None:
    """The button of a card, where its page may have a copy and has no link to one."""
    source = kept.source
    if source.archived or not WEB.fullmatch(source.location) or is_archive(source.location):
        return
    save = waits is not None and waits.has_none
    st.button(
        "Have a public copy made" if save else "Look for an archived copy",
        key=f"archived-{kept.source_id}",
        icon=":material/account_balance:",
        type="tertiary",
        help=(
            "Ask the Internet Archive to make a copy of the page, for everybody to see"
            if save
            else "Ask the Internet Archive whether it has a copy of the page; it hears the address"
        ),
        on_click=_begin,
        args=(store, kept.source_id, save),
    )


def look(store: Store, kept: StoredSource) -> None:
    """Look for the copy that was asked for, with progress, and draw the desk anew with what came of it."""
    if st.session_state.get(_ASKED) != kept.source_id:
        return
    del st.session_state[_ASKED]
    archive = replace(archive_of(os.environ), patience=_PATIENCE)
    with st.spinner("Asking the Internet Archive …", show_time=True), desk.worded():
        for outcome in work(store, archive, _waiting(store, kept), actor=desk.person()):
            desk.say("Copy found; Undo takes the link off" if outcome.address else "It waits, and is tried again")
    retrying.of(store).wake()
    st.rerun()


def words(waits: ArchiveTry | None) -> str:
    """The line of a card that says how far the search is, each word from outside escaped; empty where none is under way."""
    if waits is None:
        return ""
    zone = desk.zone()
    tried = f"{time_words(waits.tried_at, zone)}: {waits.problem}" if waits.tried_at else "Not asked yet."
    again = f" To be tried again from {time_words(waits.next_at, zone)}." if waits.next_at > datetime.now(UTC) else ""
    return f'<div class="stands unread"><b>○ Archived copy</b> {escape(tried + again)}</div>'


def _begin(store: Store, source_id: str, save: bool) -> None:  # noqa: FBT001 - a callback's
    done, _ = desk.act(lambda: store.ask_archived([source_id], save=save, actor=desk.person()))
    if done:
        st.session_state[_ASKED] = source_id


def _waiting(store: Store, kept: StoredSource) -> list[ArchiveTry]:
    return [each for each in store.archive_queue() if each.source_id == kept.source_id]
