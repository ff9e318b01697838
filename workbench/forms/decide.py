"""What the meeting makes of a claim: a verdict with its reason and who dissents, or the question that wants more evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from claims import Store
from claims.store import Dissent, Mark
from claims.verdict import CONFIDENCES
from workbench import desk
from workbench.columns import SIGNS
from workbench.forms import typed, who
from workbench.forms.present import Stage


def draw(store: Store, stage: Stage) -> None:
    """The form that was opened, on the shared screen: everybody sees what is written down."""
    with st.container(border=True, key="decide"):
        (_draw_decision if desk.task() == "decide" else _draw_question)(store, stage)


def _draw_decision(store: Store, stage: Stage) -> None:
    scale, key = stage.rules.scale, _keys(stage)
    signs = {each.label: SIGNS[each.colour] for each in scale.verdicts}
    leading = _leading(stage)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.segmented_control(
            "Verdict", list(scale.labels), default=leading, format_func=lambda label: f"{signs[label]} {label}",
            key=key["verdict"],
        )  # fmt: skip
        sure, day = st.columns([3, 2])
        if stage.rules.confidence == "words":
            sure.segmented_control("Confidence", list(CONFIDENCES), key=key["confidence"])
        else:
            sure.text_input("Confidence", key=key["confidence"], placeholder="such as 85%")
        proposed = store.day_of_readings(stage.item.claim_id) or typed.today()
        day.date_input(
            "As of", proposed, key=key["as of"], min_value=typed.EARLIEST, max_value=max(proposed, typed.today()),
            format="YYYY-MM-DD",
        )  # fmt: skip
        st.text_area(
            "Why", key=key["rationale"], height=100, placeholder="What the sources show, and how they lead there"
        )
        if scale.wants_correction(st.session_state.get(key["verdict"])):
            st.text_input("What would have been right", key=key["corrected"])
    with right:
        _draw_dissent(stage, key)
        _draw_owner(stage, key)
    _draw_ways("Record the decision", lambda: _decide(store, stage, key))


def _draw_question(store: Store, stage: Stage) -> None:
    key = _keys(stage)
    left, right = st.columns([3, 2], gap="large")
    left.text_area("What must more evidence answer?", key=key["question"], height=120)
    with right:
        _draw_owner(stage, key)
    _draw_ways("Ask for evidence", lambda: _want(store, stage, key))


def _draw_dissent(stage: Stage, key: dict[str, str]) -> None:
    """Who would have decided otherwise: to begin with, those whose vote says so."""
    verdict = st.session_state.get(key["verdict"])
    voted = {vote.voter: vote for vote in stage.ballot.votes}
    against = [name for name, vote in voted.items() if verdict and vote.verdict != verdict]
    names = list(dict.fromkeys([*voted, *stage.meeting.present, *(person.name for person in who.here())]))
    chosen = st.multiselect("Dissent, by name", names, against, key=f"{key['dissent']}-{verdict}", placeholder="Nobody")
    others = [label for label in stage.rules.scale.labels if label != verdict]
    for name in chosen:
        theirs = voted[name].verdict if name in voted and voted[name].verdict in others else others[0]
        st.selectbox(
            f"{name} would have", others, others.index(theirs), key=f"{key['dissent']}-{verdict}-{name}-verdict"
        )
        st.text_input(
            f"{name}, in their words", voted[name].words if name in voted else "",
            key=f"{key['dissent']}-{verdict}-{name}-words", max_chars=300,
        )  # fmt: skip


def _draw_owner(stage: Stage, key: dict[str, str]) -> None:
    names = list(dict.fromkeys([*stage.meeting.present, *(person.name for person in who.here())]))
    left, right = st.columns(2)
    left.selectbox("Who sees to it", names, index=None, key=key["owner"], accept_new_options=True, placeholder="Nobody")
    right.date_input("By", value=None, key=key["due"], format="YYYY-MM-DD")


def _draw_ways(label: str, deed: Any) -> None:
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.button("Back to the claim", key="decide-not", on_click=desk.begin, args=(None,))
        st.button(label, key="decide-do", type="primary", on_click=deed)


def _leading(stage: Stage) -> str | None:
    """What most voted, if that is one verdict and the votes are shown."""
    counted = [vote.verdict for vote in stage.ballot.votes]
    most = max((counted.count(label) for label in counted), default=0)
    first = [label for label in stage.rules.scale.labels if most and counted.count(label) == most]
    return first[0] if len(first) == 1 else None


def _decide(store: Store, stage: Stage, key: dict[str, str]) -> None:
    given = _given(key)
    missing = [name for name in ("verdict", "confidence", "rationale") if not given[name]]
    if missing:
        desk.want(f"Give {', '.join(missing)} first.".replace("rationale", "the reason why"))
        return
    mark = Mark(
        given["verdict"], given["confidence"], given["rationale"], corrected_value=given["corrected"] or "",
        as_of=given["as of"],
    )  # fmt: skip
    item = stage.item
    done, _ = desk.act(
        lambda: store.decide_item(
            item.item_id, item.revision, stage.row["revision"], mark, dissent=_dissent(key, given["verdict"]),
            owner=given["owner"] or "", due=given["due"], actor=desk.person(),
        )
    )  # fmt: skip
    if done:
        desk.begin(None)


def _want(store: Store, stage: Stage, key: dict[str, str]) -> None:
    given = _given(key)
    item = stage.item
    done, _ = desk.act(
        lambda: store.want_evidence(
            item.item_id, item.revision, stage.row["revision"], given["question"] or "", owner=given["owner"] or "",
            due=given["due"], actor=desk.person(),
        )
    )  # fmt: skip
    if done:
        desk.begin(None)


def _dissent(key: dict[str, str], verdict: str) -> Sequence[Dissent]:
    place = f"{key['dissent']}-{verdict}"
    said = st.session_state
    return [
        Dissent(name, said[f"{place}-{name}-verdict"], said[f"{place}-{name}-words"]) for name in said.get(place) or []
    ]


def _keys(stage: Stage) -> dict[str, str]:
    names = ("verdict", "confidence", "rationale", "corrected", "as of", "dissent", "question", "owner", "due")
    return {name: f"decide-{name}-{stage.item.item_id}" for name in names}


def _given(key: dict[str, str]) -> dict[str, Any]:
    return {name: st.session_state.get(place) for name, place in key.items()}
