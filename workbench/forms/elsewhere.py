"""Elsewhere: what other claims of the record cannot hold beside the one in hand, and which say the same."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from claims.matching import Clash, Match
from workbench import desk
from workbench.columns import SIGNS, day_words
from workbench.forms import typed
from workbench.parts import Look
from workbench.recall import Recall
from workbench.taking import see

Row = Mapping[str, Any]

#: Findings that are shown before the rest is unfolded.
_SHOWN = 3


def draw(look: Look, recall: Recall, row: Row) -> None:
    """The findings about this claim, each with why; nothing where there are none."""
    found = recall(look.store.elsewhere, row["claim_id"])
    findings: list[Clash | Match] = [*found.clashes, *found.repeats]
    if not findings:
        return
    names = tuple(each.other_id for each in findings)
    others = {other["claim_id"]: other for other in see(look.store, look.rules, _named(recall, names))}
    with st.container(key="elsewhere"):
        st.html('<div class="section">Elsewhere in the record</div>')
        for each in findings[:_SHOWN]:
            _draw(look, row, each, others[each.other_id])
        if rest := findings[_SHOWN:]:
            with st.expander(f"{len(rest)} more"):
                for each in rest:
                    _draw(look, row, each, others[each.other_id])
        if row["figure_low"] is not None or row["figure_high"] is not None:
            st.page_link(
                "views/story.py", label="The figure by date", icon=":material/timeline:", query_params={"claim": row["claim_id"]}
            )  # fmt: skip


def _named(recall: Recall, names: tuple[str, ...]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = recall(recall.store.claims_named, names)
    return [found[name] for name in names]


def _draw(look: Look, row: Row, finding: Clash | Match, other: Row) -> None:
    """One finding, and what can be done: look at the other claim, or take over what was found of it."""
    with st.container(key=f"finding-{finding.other_id}"):
        st.html(finding_html(finding, other))
        with st.container(horizontal=True, gap="xsmall"):
            st.button(
                "Open", key=f"elsewhere-{finding.other_id}", type="tertiary", on_click=desk.choose, args=(finding.other_id,),
                help="Take that claim in hand; what you typed for this one stays with it",
            )  # fmt: skip
            if isinstance(finding, Match) and may_take_over(look, row, other):
                st.button(
                    "Take over its verdict", key=f"take-over-{finding.other_id}", type="tertiary", on_click=take_over,
                    args=(row["claim_id"], dict(other)), help="Into the form below; nothing is saved until you save it",
                )  # fmt: skip


def finding_html(finding: Clash | Match, other: Row) -> str:
    """A finding in words: what it is, the other claim, why, where that stands and what was found of it.

    >>> other = {"claim": "About 100 fled <b>.", "article_title": "Korda", "published": None, "verdict": None}
    >>> told = finding_html(Clash("a", "b", "figure", "785 and About 100 cannot both hold."), other)
    >>> "Cannot both hold" in told, "&lt;b&gt;" in told, "not checked yet" in told
    (True, True, True)
    """
    if isinstance(finding, Match):
        kind, sign, word = "repeat", "=", "The same again"
    else:
        kind, sign, word = "clash", "≠", "Cannot both hold" if finding.firm else "Hardly fit"
    unchecked = "read once" if other.get("veiled") else "not checked yet"
    verdict = f"{SIGNS.get(other.get('colour', ''), '○')} {other['verdict']}" if other["verdict"] else unchecked
    day = day_words(other["published"]) if other["published"] else ""
    about = " · ".join(part for part in (other["article_title"] or "(no title)", day, verdict) if part)
    return (
        f'<div class="finding {kind}"><b>{sign} {word}</b><q>{escape(other["claim"])}</q>'
        f'<div class="about">{escape(finding.why)}</div><div class="about">{escape(about)}</div></div>'
    )


def may_take_over(look: Look, row: Row, other: Row) -> bool:
    """Whether the other's verdict is one that this claim could get: it is seen, of this scale, and a first reading is due here."""
    return typed.reading_of(row) == "first" and not row["verdict"] and other["verdict"] in look.rules.scale.labels


def take_over(claim_id: str, other: Row) -> None:
    """Put what was found of the same claim elsewhere into the form, and say there where it comes from; a person saves it."""
    day = f", {day_words(other['verdict_as_of'])}" if other["verdict_as_of"] else ""
    told = f"Checked before as “{other['claim']}” ({other['article_title'] or 'no title'}{day})."
    typed.take_over(claim_id, other["verdict"], other["confidence"], told, other["rationale"], between=" ")
    desk.say("In the form; read it, and save it if it holds here too")
