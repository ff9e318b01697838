"""The history of one claim: every event as a sentence, with what it changed. Linked to by ?claim=ID."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from workbench import desk
from workbench.columns import time_words, veiled
from workbench.shown import escape
from workbench.telling import Detail, Told, named_in, tell_all

Row = Mapping[str, Any]


@desk.worded()
def page() -> None:
    """The claim, and what happened to it."""
    store = desk.store()
    with st.container(key="screen"):
        desk.show_said()
        desk.show_refused()
        claim_id = st.query_params.get("claim") or desk.chosen()
        if claim_id is None:
            desk.show_unchosen("History", "Choose a claim on the desk, then open its history from there.")
            return
        row = veiled(store.claim(claim_id), desk.person(), read_twice=store.rules().second_reading)
        events = store.history(claim_id)
        wordings = {name: other["claim"] for name, other in store.claims_named(named_in(events)).items()}
        told = tell_all(events, veiled=bool(row.get("veiled")), wordings=wordings)
        draw_head(row)
        newest = draw_order(told)
        draw_events(told[::-1] if newest else told)


def draw_head(row: Row) -> None:
    """The claim, where it stands, and the way back to it."""
    verdict = f"{row['verdict']}, {row['confidence']} confidence" if row["verdict"] else ""
    about = [row["article_title"], row["publisher"], row["status"], verdict]
    notice = row["notice"]
    st.html(
        f'<div class="section">History of a claim</div><div class="claim large">{escape(row["claim"])}</div>'
        f'<div class="about">{escape(" · ".join(part for part in about if part))}</div>'
        + (f'<div class="notice"><b>Correction notice</b> {escape(notice)}</div>' if notice else "")
    )
    desk.draw_way_to(row["claim_id"])


def draw_order(told: list[Told]) -> bool:
    """How many events there are, and which comes first; whether the newest does."""
    with st.container(horizontal=True, vertical_alignment="center", key="history-order"):
        count = f"{len(told)} {'event' if len(told) == 1 else 'events'}"
        st.html(f'<div class="count">{count}, times by your clock</div>')
        order = st.segmented_control(
            "Order", ["Newest first", "Oldest first"], default="Newest first", required=True, key="history-newest",
            label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
    return order == "Newest first"


def draw_events(told: list[Told]) -> None:
    """The events, each a sentence with its details."""
    st.html(f'<ol class="history">{"".join(event_html(each) for each in told)}</ol>')


def event_html(told: Told) -> str:
    """One event; what was taken back is struck through, and says so."""
    details = "".join(map(detail_html, told.details))
    why = f'<p class="why">Why: {escape(told.why)}</p>' if told.why else ""
    undone = '<span class="undone">taken back since</span>' if told.taken_back else ""
    sentence = f"<{'s' if told.taken_back else 'span'}>{escape(told.sentence)}</{'s' if told.taken_back else 'span'}>"
    return (
        f'<li class="{"gone" if told.taken_back else ""}"><time>{time_words(told.when, desk.zone())}</time>'
        f'<div><div class="said">{sentence}{undone}</div>{why}{f"<dl>{details}</dl>" if details else ""}</div></li>'
    )


def detail_html(detail: Detail) -> str:
    """One column, as it was and as it is since."""
    was = f"<del>{escape(detail.old)}</del> → " if detail.old else ""
    return f"<dt>{escape(detail.what)}</dt><dd>{was}{escape(detail.new) or '<i>nothing</i>'}</dd>"


page()
