"""The marking form: verdict, confidence, rationale and status of the claim in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from claims import Store
from claims.errors import StaleWrite
from claims.status import STATUSES, may_follow
from claims.verdict import CONFIDENCES, Scale
from workbench import desk

#: Statuses that a mark may be saved with; dropping and what follows a second reading have ways of their own.
_OFFERED = ("assigned", "in progress", "marked")

_CONFIDENCE_KEYS = dict(zip(CONFIDENCES, "qwe", strict=True))


def draw_judgement(row: Mapping[str, Any], scale: Scale) -> None:
    """The verdict and the confidence, each a row of buttons with their keys."""
    typed = _typed(row)
    _section("Verdict")
    sides = st.columns(2, gap="xsmall")
    for number, verdict in enumerate(scale.verdicts):
        _choice(
            sides[number % 2],
            typed,
            "verdict",
            verdict.label,
            verdict.label,
            verdict.key,
            verdict.colour,
            verdict.meaning,
        )
    _section("Confidence")
    for side, (name, meaning) in zip(st.columns(3, gap="xsmall"), CONFIDENCES.items(), strict=True):
        _choice(side, typed, "confidence", name, name.capitalize(), _CONFIDENCE_KEYS[name], "accent", meaning)


def draw_rationale(store: Store, row: Mapping[str, Any], scale: Scale, after: Callable[[], str | None]) -> None:
    """Why, what would have been right, the status, and the button that saves all of it."""
    typed = _typed(row)
    if typed["verdict"] and scale.verdict(typed["verdict"]).wants_correction:
        _field(st.text_input, "What would have been right", row, "corrected_value", placeholder="for example: 249")
    _field(
        st.text_area,
        "Why",
        row,
        "rationale",
        height=96,
        placeholder="What the sources show, and how they lead to this verdict.",
    )
    left, right = st.columns(2, gap="xsmall")
    with left:
        options = [name for name in STATUSES if may_follow(row["status"], name) and name in (row["status"], *_OFFERED)]
        _field(st.selectbox, "Status", row, "status", options=options)
    with right:
        _field(st.date_input, "As of", row, "verdict_as_of", max_value="today", format="YYYY-MM-DD")
    with st.container(key="save-bar"):  # always in view, and beside it why something was not done
        desk.show_refused()
        st.button(
            "Save and next",
            key="save",
            type="primary",
            width="stretch",
            shortcut="Ctrl+Enter",
            on_click=_save,
            args=(store, row, after),
        )


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the form: what was typed, else what is stored. The revision seen is the one first drawn."""
    claim_id = row["claim_id"]
    start = {
        "verdict": row["verdict"],
        "confidence": row["confidence"],
        "rationale": row["rationale"] or "",
        "corrected_value": row["corrected_value"] or "",
        "verdict_as_of": row["verdict_as_of"] or date.today(),  # noqa: DTZ011 - the reader's own calendar
        "status": "marked" if may_follow(row["status"], "marked") else row["status"],
        "seen": row["revision"],
    }
    for name, value in start.items():
        st.session_state.setdefault(f"{name}:{claim_id}", value)
    return {name: st.session_state[f"{name}:{claim_id}"] for name in start}


def _section(name: str) -> None:
    st.html(f'<div class="section">{name}</div>')


def _choice(
    side: Any, typed: Mapping[str, Any], field: str, value: str, label: str, key: str, colour: str, meaning: str
) -> None:
    """One of several answers, as a button with its key; the chosen one is coloured and ticked."""
    on = typed[field] == value
    with side.container(key=f"{field}-{key}-{colour}-{'on' if on else 'off'}"):
        st.button(
            label,
            key=f"{field}-{key}",
            shortcut=key,
            width="stretch",
            help=meaning,
            icon=":material/check:" if on else None,
            on_click=_choose_value,
            args=(f"{field}:{desk.chosen()}", value),
        )


def _choose_value(key: str, value: str) -> None:
    """Choosing the same answer again takes it back."""
    st.session_state[key] = None if st.session_state.get(key) == value else value


def _field(widget: Callable[..., Any], label: str, row: Mapping[str, Any], name: str, **options: Any) -> None:
    widget(label, key=f"{name}:{row['claim_id']}", persist_state="session", **options)


def _save(store: Store, row: Mapping[str, Any], after: Callable[[], str | None]) -> None:
    claim_id = row["claim_id"]
    typed = {name: st.session_state[f"{name}:{claim_id}"] for name in desk.FORM}
    if not typed["verdict"] or not typed["confidence"]:
        missing = "a verdict" if not typed["verdict"] else "a confidence"
        desk.want(f"Choose {missing}, then save again. What you typed is kept.")
        return
    following = after()  # asked before saving: a marked claim may leave the queue
    done, _ = desk.act(
        lambda: store.mark(
            claim_id,
            typed["seen"],
            typed["verdict"],
            typed["confidence"],
            rationale=typed["rationale"],
            corrected_value=typed["corrected_value"],
            as_of=typed["verdict_as_of"],
            status=typed["status"],
            actor=desk.person(),
        ),
        f"{typed['verdict']}, {typed['confidence']} confidence: saved",
    )
    if done:
        desk.forget(claim_id)
        desk.choose(following)
    elif isinstance(st.session_state["refused"], StaleWrite):
        # The two versions are shown; saving again is then a choice made with both in view.
        st.session_state[f"seen:{claim_id}"] = st.session_state["refused"].current["revision"]
