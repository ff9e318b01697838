"""The sources of the claim in hand: what stands there, one corrected, and one more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from claims import Store
from claims.verdict.signing import is_article
from workbench import desk
from workbench.columns import source_words
from workbench.forms.sources import archived, cards, fields, finding, form, passage, reading, stands
from workbench.forms.sources.fields import forget, typed
from workbench.forms.sources.keeping import documented
from workbench.shown import escape

__all__ = ["documented", "draw", "forget", "typed"]


def draw(store: Store, row: Mapping[str, Any]) -> None:
    """Draw the sources as cards, and the form for another where it is open."""
    count = source_words(row)
    st.html(f'<div class="section">{escape(" · ".join(part for part in ("Sources", count) if part))}</div>')
    found = store.sources(row["claim_id"])
    places = store.passages(row["claim_id"]) if found else {}
    waiting = {each.source_id: each for each in store.archive_queue(row["claim_id"])} if found else {}
    documents = {kept.source.snapshot for kept in found if kept.source.snapshot}
    fetches = store.fetches(documents) if documents else {}
    readings = store.readings(documents) if documents else {}
    for kept in found:
        if desk.task() == fields.task_of(kept):
            form.draw(store, row, found, kept)
        else:
            waits = waiting.get(kept.source_id)
            own = is_article(kept.source, row)
            below = stands.words(kept.source, places, own=own) + stands.came(kept.source, fetches)
            below += reading.words(kept.source, places, readings) + archived.words(waits)
            cards.draw(store, row, kept, below, waits)
    if desk.task() == "source":
        form.draw(store, row, found)
    else:
        st.button(
            desk.keyed("Add source", "S"),
            icon=":material/add:",
            key="add-source",
            width="stretch",
            on_click=desk.begin,
            args=("source",),
        )
    finding.draw(store, row)
    passage.draw(store, row, found)
