"""Taking a find over: into the form of a source, or a past verdict into the form of the judgement. The person saves, or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from claims import Store
from claims.finders import Candidate
from workbench import desk
from workbench.columns import day_words
from workbench.forms import typed
from workbench.forms.sources import fields, filling

_EARLIEST = date(1000, 1, 1)


def use(row: Mapping[str, Any], candidate: Candidate) -> None:
    """Fill the form of a new source in, and let the page say what it can; a source that is typed there is not touched."""
    name = row["claim_id"]
    begun, _ = fields.typed(name)
    desk.begin("source")
    if begun is not None:
        desk.want("A source is typed in the form already: keep it or empty its fields, then use what was found.")
        return
    fields.forget(name)
    published = candidate.published
    given = {
        "title": candidate.title,
        "publisher": candidate.publisher,
        "published": published if published and _EARLIEST <= published <= typed.today() else None,
    }
    for field, value in given.items():
        st.session_state[fields.key(field, name)] = value
    st.session_state[fields.key("location", name)] = candidate.address
    if candidate.snapshot:
        # The document is kept already, and its passage is its own words.
        fields.bring_snapshot(name, candidate.snapshot, candidate.address)
        st.session_state[fields.key("quoted", name)] = "" if candidate.excerpt.endswith("…") else candidate.excerpt
    else:
        st.session_state[fields.key("filled", name)] = given  # where the page says it otherwise, the page is right
        filling.ask(name)


def take_verdict(store: Store, row: Mapping[str, Any], candidate: Candidate) -> None:
    """Put a past claim's verdict and confidence in the form, and in the reason where they come from; what is typed stays.

    Only what the person then saves is recorded, as theirs, and its reason names the claim that it was taken from.
    """
    name = row["claim_id"]
    past = store.claim(candidate.claim_id)
    by = f" by {candidate.verdict_by}" if candidate.verdict_by else ""
    on = f" as of {day_words(candidate.verdict_on)}" if candidate.verdict_on else ""
    origin = f"Checked before{by}{on} (claim {candidate.claim_id}): “{candidate.title}”"
    typed.take_over(
        name, candidate.claim_id, candidate.verdict, past["confidence"], origin, candidate.excerpt, between="\n\n"
    )
    if past["corrected_value"] and not st.session_state.get(f"corrected_value:{name}"):
        st.session_state[f"corrected_value:{name}"] = past["corrected_value"]
    desk.begin(None)
    desk.say("In the form, not saved: look at it, then save it as your own")
