"""Drafts: what is typed for a claim and not saved is kept in the person's browser, and given back to a session that has lost it.

A session ends with its process, with the page and with its tab. The browser keeps a draft by desk, person and claim, until it
is saved, let go, or two weeks old.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import streamlit as st

from claims import Store
from claims.store import Rules
from workbench import desk
from workbench.forms import mark, typed
from workbench.panes import keep_draft
from workbench.parts import Look, acting

Row = Mapping[str, Any]


def draw(look: Look, row: Row) -> None:
    """Let the browser keep what stands in the form of the claim in hand, and give back what it has kept."""
    claim_id = row["claim_id"]
    stands = typed.read(row, look.rules)
    if not stands["reading"]:
        return
    given: set[str] = st.session_state.setdefault("drafts given back", set())
    ended: list[str] = st.session_state.setdefault("drafts ended", [])
    keep_draft(
        {
            "desk": hashlib.sha256(look.store.place.encode()).hexdigest()[:12],
            "person": desk.person(),
            "claim": claim_id,
            "session": st.session_state.setdefault("drafts' session", uuid4().hex),
            "asks": claim_id not in given,
            "moved": bool(given) or desk.heard() > 0,
            "begun": typed.is_begun(claim_id),
            "form": typed.draft(claim_id),
            "turn": len(ended),
            "ended": [name for name in ended if name != claim_id],
            "fields": {name: f"st-key-{_as_class(name, claim_id)}" for name in typed.WRITTEN},
        },
        key="draft",
        on_recalled=acting(look, partial(_give_back, look.store, look.rules)),
    )


def _as_class(name: str, claim_id: str) -> str:
    """A field's key as Streamlit writes it among the classes of its place."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", f"{name}:{claim_id}".strip())


def _give_back(store: Store, rules: Rules, claim_id: str, kept: Any) -> None:
    given: set[str] = st.session_state["drafts given back"]
    if claim_id in given or not store.claims_named([claim_id]):
        return
    given.add(claim_id)
    if typed.resume(mark.seen_row(store, claim_id), rules, kept):
        desk.choose(claim_id)
        desk.say("What you had typed and not saved is back")
    else:
        st.session_state["drafts ended"].append(claim_id)
