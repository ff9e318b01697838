"""The copy of a source's page in the Internet Archive, looked for at a person's press; without one, nothing is asked."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from claims import Store
from claims.evidence.addresses import WEB, is_archive
from claims.evidence.archive_links import archive_of
from claims.finders.archiving import BUSY, Outcome, work
from claims.store import ArchiveTry, StoredSource
from workbench import desk
from workbench.columns import time_words
from workbench.forms.sources import retrying
from workbench.shown import escape

#: The source that somebody has pressed for, until it is looked for.
_ASKED = "archived copy asked for"

#: Seconds for which a person waits until a copy is made; then it is left to be made, and found later.
_PATIENCE = 15.0


def draw_way(store: Store, kept: StoredSource, waits: ArchiveTry | None) -> None:
    """The button of a card, where its page may have a copy and has no link to one; and that which takes an old copy all the same.

    A locked claim has them too: where a copy stands is custody, and changes nothing that was signed off.
    """
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
    if waits and waits.offered:
        st.button(
            "Take the old copy",
            key=f"offered-{kept.source_id}",
            icon=":material/history:",
            type="tertiary",
            help="Keep the link to the copy that is there, though it is older than the page; look at it first",
            on_click=_take,
            args=(store, kept, waits.offered),
        )


def look(store: Store, kept: StoredSource) -> None:
    """Look for the copy that was asked for, with progress, and draw the desk anew with what came of it."""
    if st.session_state.get(_ASKED) != kept.source_id:
        return
    del st.session_state[_ASKED]
    archive = replace(archive_of(os.environ), patience=_PATIENCE)
    with st.spinner("Asking the Internet Archive …", show_time=True), desk.worded():
        for outcome in work(store, archive, _waiting(store, kept), actor=desk.person()):
            desk.say(_told(outcome))
    retrying.of(store).wake()
    st.rerun()


def words(waits: ArchiveTry | None) -> str:
    """The line of a card that says how far the search is, each word from outside escaped; empty where none is under way."""
    if waits is None:
        return ""
    zone, now = desk.zone(), datetime.now(UTC)
    tried = f"{time_words(waits.tried_at, zone)}: {waits.problem}" if waits.tried_at else "Not asked yet."
    if waits.rests:
        again = f" Asked {waits.answers} times; it rests until somebody asks again."
    else:
        again = f" To be tried again from {time_words(waits.due_at, zone)}." if waits.due_at > now else ""
    copy = f" {_link(waits.offered)}" if waits.offered else ""
    return f'<div class="stands unread"><b>○ Archived copy</b> {escape(tried + again)}{copy}</div>'


def _link(address: str) -> str:
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">Look at it</a>'


def _told(outcome: Outcome) -> str:
    """What came of a press, in a few words."""
    if outcome.address:
        return "Copy found; Undo takes the link off"
    if outcome.problem == BUSY:
        return BUSY
    return "An old copy is there: look at it first" if outcome.offered else "It waits, and is tried again"


def _take(store: Store, kept: StoredSource, address: str) -> None:
    desk.act(
        lambda: store.keep_archived(
            kept.source_id,
            kept.source.location,
            address,
            why="Taken though it is older than the page.",
            actor=desk.person(),
        ),
        "Old copy taken; Undo takes the link off",
    )


def _begin(store: Store, source_id: str, save: bool) -> None:  # noqa: FBT001 - a callback's
    done, _ = desk.act(lambda: store.ask_archived([source_id], save=save, actor=desk.person()))
    if done:
        st.session_state[_ASKED] = source_id


def _waiting(store: Store, kept: StoredSource) -> list[ArchiveTry]:
    return [each for each in store.archive_queue() if each.source_id == kept.source_id]
