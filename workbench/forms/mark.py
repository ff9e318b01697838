"""The marking form: verdict, confidence, rationale and status of the claim in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from claims import Store
from claims.errors import StaleWrite
from claims.status import STATUSES, may_follow
from claims.store import Mark
from claims.verdict import CONFIDENCES, Scale, load_scale
from workbench import desk
from workbench.forms import sources

#: Statuses that a mark may be saved with; dropping and what follows a second reading have ways of their own.
_OFFERED = ("assigned", "in progress", "marked")

#: The key of each confidence.
CONFIDENCE_KEYS = dict(zip(CONFIDENCES, "qwe", strict=True))
_EARLIEST = date(1700, 1, 1)

Row = Mapping[str, Any]


def draw_judgement(row: Row, scale: Scale) -> None:
    """The verdict and the confidence, each a row of buttons with their keys."""
    typed = _typed(row)
    _section("Verdict")
    sides = st.columns(2, gap="xsmall")
    for number, verdict in enumerate(scale.verdicts):
        with sides[number % 2]:
            _draw_choice(typed, "verdict", verdict.label, verdict.key, verdict.colour, verdict.meaning)
    _section("Confidence")
    for side, (name, meaning) in zip(st.columns(3, gap="xsmall"), CONFIDENCES.items(), strict=True):
        with side:
            _draw_choice(typed, "confidence", name, CONFIDENCE_KEYS[name], "accent", meaning)


def draw_rationale(store: Store, row: Row, scale: Scale, after: Callable[[], str | None]) -> None:
    """Why, what would have been right, the status, and the button that saves all of it."""
    typed = _typed(row)
    if typed["verdict"] and scale.verdict(typed["verdict"]).wants_correction:
        _field(st.text_input, "What would have been right", row, "corrected_value", placeholder="for example: 249")
    hint = "What the sources show, and how they lead to this verdict."
    _field(st.text_area, "Why", row, "rationale", height=96, placeholder=hint)
    left, right = st.columns(2, gap="xsmall")
    with left:
        options = [name for name in STATUSES if may_follow(row["status"], name) and name in (row["status"], *_OFFERED)]
        _field(st.selectbox, "Status", row, "status", options=options)
    with right:
        last = max(_today(), typed["verdict_as_of"] or _today())
        _field(
            st.date_input, "As of", row, "verdict_as_of", min_value=_EARLIEST, max_value=last, format="YYYY-MM-DD"
        )  # fmt: skip
    with st.container(key="save-bar"):  # always in view, and beside it why something was not done
        desk.show_refused()
        label = desk.keyed("Save and next", "Ctrl ⏎")
        st.button(label, key="save", type="primary", width="stretch", on_click=save, args=(store, after))


def choose(store: Store, field: str, value: str) -> None:
    """Choose a verdict or a confidence for the claim in hand; the same answer again takes it back."""
    if claim_id := desk.chosen():
        typed = _typed(store.claim(claim_id))
        st.session_state[f"{field}:{claim_id}"] = None if typed[field] == value else value


def save(store: Store, after: Callable[[], str | None]) -> None:
    """Save what stands in the form, with a source that is typed, as one act. Then go on."""
    claim_id = desk.chosen()
    if claim_id is None:
        return
    typed = _typed(store.claim(claim_id))
    if not typed["verdict"] or not typed["confidence"]:
        missing = "a verdict" if not typed["verdict"] else "a confidence"
        desk.want(f"Choose {missing}, then save again. What you typed is kept.")
        return
    source, problems = sources.typed(claim_id)
    if problems:
        desk.want(f"The source that you typed: {' '.join(problems)}")
        return
    corrected = typed["corrected_value"] if load_scale().verdict(typed["verdict"]).wants_correction else ""
    mark = Mark(
        typed["verdict"], typed["confidence"], typed["rationale"], None, corrected, typed["verdict_as_of"], typed["status"]
    )  # fmt: skip
    following = after()  # asked before saving: a marked claim may leave the queue
    done, _ = desk.act(
        lambda: store.save(
            claim_id, typed["seen"], mark=mark, sources=[source] if source else [], actor=desk.person()
        ),
        f"{typed['verdict']}, {typed['confidence']} confidence: saved",
    )  # fmt: skip
    if done:
        desk.forget(claim_id)
        sources.forget(claim_id)
        desk.choose(following)
    elif isinstance(st.session_state["refused"], StaleWrite):
        # The two versions are shown; saving again is then a choice made with both in view.
        st.session_state[f"seen:{claim_id}"] = st.session_state["refused"].current["revision"]


def _typed(row: Row) -> dict[str, Any]:
    """What stands in the form: what was typed, else what is stored. The revision seen is the one first drawn.

    A form in which nothing was typed follows the record: what a colleague does meanwhile shows.
    """
    claim_id = row["claim_id"]
    stored = {
        "verdict": row["verdict"],
        "confidence": row["confidence"],
        "rationale": row["rationale"] or "",
        "corrected_value": row["corrected_value"] or "",
        "verdict_as_of": _today(),  # a new judgement rests on what is known today
        "status": "marked" if may_follow(row["status"], "marked") else row["status"],
    }
    first = st.session_state.get(f"first:{claim_id}")
    if first is not None and st.session_state.get(f"seen:{claim_id}") != row["revision"]:
        now = {name: st.session_state.get(f"{name}:{claim_id}") for name in stored}
        if now == first:
            desk.forget(claim_id)
    if f"seen:{claim_id}" not in st.session_state:
        st.session_state[f"first:{claim_id}"] = {
            name: st.session_state.setdefault(f"{name}:{claim_id}", value) for name, value in stored.items()
        }
        st.session_state[f"seen:{claim_id}"] = row["revision"]
    return {name: st.session_state.get(f"{name}:{claim_id}", value) for name, value in stored.items()} | {
        "seen": st.session_state[f"seen:{claim_id}"]
    }


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the reader's own calendar


def _section(name: str) -> None:
    st.html(f'<div class="section">{name}</div>')


def _draw_choice(typed: Row, field: str, value: str, key: str, colour: str, meaning: str) -> None:
    """One of several answers, as a button with its key; the chosen one is coloured and ticked."""
    on = typed[field] == value
    label = value[0].upper() + value[1:]
    with st.container(key=f"{field}-{key}-{colour}-{'on' if on else 'off'}"):
        st.button(
            label if on else desk.keyed(label, key.upper()),
            key=f"{field}-{key}",
            width="stretch",
            help=meaning,
            icon=":material/check:" if on else None,
            on_click=choose,
            args=(desk.store(), field, value),
        )


def _field(widget: Callable[..., Any], label: str, row: Row, name: str, **options: Any) -> None:
    widget(label, key=f"{name}:{row['claim_id']}", persist_state="session", **options)
