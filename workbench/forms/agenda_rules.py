"""The rules of the agenda as the desk reads and changes them: what is asked, for how many minutes, from which number on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from claims import Store
from claims.review.rules import HEAVIEST, LONGEST, Rule, Threshold, as_dict, load_rules
from workbench import desk


def draw(store: Store) -> None:
    """Each rule with its sentence, whether it is asked, and its numbers; kept for all of the desk."""
    revision = store.setting_revision("agenda")
    rules = load_rules(store.setting("agenda"))
    st.caption(
        "A claim comes on the agenda for each rule that holds for it. The heavier its reasons together, the earlier it "
        "stands; it takes as long as the longest of them. An admin of the desk changes the rules."
    )
    with st.form("agenda-rules", border=False):
        given = [_draw_rule(rule, revision) for rule in rules]
        if st.form_submit_button("Keep the rules", key="rules-do", type="primary"):
            _keep(store, revision, given)


def _draw_rule(rule: Rule, revision: int) -> Rule:
    """One rule's fields, and the rule as they say."""
    key = f"{rule.name}-{revision}"
    with st.container(key=f"rule-{rule.name}", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            on = st.toggle(f"**{desk.plain(rule.title)}**", rule.on, key=f"on-{key}", width=330)
            minutes = st.number_input("Minutes", 1, LONGEST, round(rule.minutes), key=f"takes-{key}", width=130)
            weight = st.number_input(
                "Weight", 0.0, float(HEAVIEST), float(rule.weight), 1.0, key=f"weighs-{key}", format="%g", width=130
            )
        st.caption(desk.plain(rule.sentence))
        thresholds = tuple(_draw_threshold(each, f"{each.name}-{key}") for each in rule.thresholds)
    return replace(rule, on=on, minutes=minutes, weight=weight, thresholds=thresholds)


def _draw_threshold(threshold: Threshold, key: str) -> Threshold:
    value = st.number_input(
        threshold.meaning, 0.0, value=float(threshold.value), step=1.0, key=f"from-{key}", format="%g"
    )
    return replace(threshold, value=value)


def _keep(store: Store, revision: int, given: Sequence[Rule]) -> None:
    desk.act(
        lambda: store.set("agenda", revision, as_dict(given), actor=desk.person()), "The rules of the agenda are kept"
    )
    st.rerun()
