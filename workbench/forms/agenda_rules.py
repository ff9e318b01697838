"""The rules of the agenda as the desk reads and changes them: what is asked, for how many minutes, from which number on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from claims import Store
from claims.review.rules import HEAVIEST, LONGEST, Rule, Threshold, as_dict, load_rules
from workbench import desk
from workbench.forms import kept

#: The form, and its fields' place in the session.
FORM = "agenda-rules"


def draw(store: Store) -> None:
    """Each rule with its sentence, whether it is asked, and its numbers; kept for all of the desk."""
    rules = load_rules(store.setting("agenda"))
    kept.follow(FORM, store.setting_revision("agenda"), dict(_values(rules)))
    st.caption(
        "A claim comes on the agenda for each rule that holds for it. The heavier its reasons together, the earlier it "
        "stands; it takes as long as the longest of them. An admin of the desk changes the rules."
    )
    with st.form("agenda-rules", border=False):
        for rule in rules:
            _draw_rule(rule)
        st.form_submit_button("Keep the rules", key="rules-do", type="primary", on_click=_keep, args=(store,))
    kept.draw_beaten(FORM, lambda field, value: _words(rules, field, value))


def _draw_rule(rule: Rule) -> None:
    """One rule's fields."""
    key = f"{FORM}:{rule.name}"
    with st.container(key=f"rule-{rule.name}", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.toggle(f"**{desk.plain(rule.title)}**", key=f"{key}/on", width=330)
            st.number_input("Minutes", 1, LONGEST, key=f"{key}/minutes", width=130)
            st.number_input("Weight", 0.0, float(HEAVIEST), step=1.0, key=f"{key}/weight", format="%g", width=130)
        st.caption(desk.plain(rule.sentence))
        for each in rule.thresholds:
            st.number_input(each.meaning, 0.0, step=1.0, key=f"{key}/from {each.name}", format="%g")


def _values(rules: Sequence[Rule]) -> Iterator[tuple[str, Any]]:
    """What the fields hold where nobody has typed, each under its rule's name and its own."""
    for rule in rules:
        yield f"{rule.name}/on", rule.on
        yield f"{rule.name}/minutes", round(rule.minutes)
        yield f"{rule.name}/weight", float(rule.weight)
        for each in rule.thresholds:
            yield f"{rule.name}/from {each.name}", float(each.value)


def _typed(rule: Rule, typed: Mapping[str, Any]) -> Rule:
    """The rule with what was typed over it."""

    def said(field: str, value: Any) -> Any:
        return typed.get(f"{rule.name}/{field}", value)

    thresholds: tuple[Threshold, ...] = tuple(
        replace(each, value=said(f"from {each.name}", each.value)) for each in rule.thresholds
    )
    return replace(
        rule,
        on=said("on", rule.on),
        minutes=said("minutes", rule.minutes),
        weight=said("weight", rule.weight),
        thresholds=thresholds,
    )


def _words(rules: Sequence[Rule], field: str, value: Any) -> str:
    """One field as it stands, for whom a colleague was faster."""
    name, _, what = field.partition("/")
    title = next(rule.title for rule in rules if rule.name == name)
    said = {True: "on", False: "off"}[value] if isinstance(value, bool) else f"{value:g}"
    return f"{title}: {said}" if what == "on" else f"{title}, {what.removeprefix('from ')}: {said}"


def _keep(store: Store) -> None:
    def deed(revision: int, typed: dict[str, Any]) -> None:
        rules = [_typed(rule, typed) for rule in load_rules(store.setting("agenda"))]
        store.set("agenda", revision, as_dict(rules), actor=desk.person())

    kept.save(FORM, deed, "The rules of the agenda are kept")
