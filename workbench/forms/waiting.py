"""What needs a person: a dispute that nobody decided, a verdict whose day for a new look has passed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from textwrap import shorten

import streamlit as st

from claims import Store
from claims.store import Rules
from claims.store.counting import Disputed, Overdue
from claims.verdict import Scale
from workbench import desk
from workbench.columns import SIGNS, day_words, veiled, verdict_colour
from workbench.forms.counted import Counted
from workbench.nouns import count_words
from workbench.shown import escape

# Signs of a claim and of a reason that are shown; the desk shows all.
_CLAIM, _WHY = 180, 130


def draw_disputed(_store: Store, counted: Counted) -> None:
    """Open disputes, those most worth checking first, each with both readings."""
    found = counted.disputed
    st.subheader("Disputed", anchor=False)
    if not found.rows:
        st.caption("No dispute is open. Where two readers differ, their claim stands here until somebody decides.")
    for row in found.rows:
        _draw_dispute(row, counted.scales[row.scale], show="To sign off")
    _draw_more(found.of - len(found.rows), "dispute")


def draw_overdue(store: Store, counted: Counted) -> None:
    """Verdicts whose day for a new look has passed, the longest overdue first."""
    found, rules, today = counted.overdue, store.rules(), datetime.now(desk.zone()).date()
    st.subheader("Overdue for a new look", anchor=False)
    if not found.rows:
        st.caption("Nothing is overdue. A verdict stands here once the day set for its review has passed.")
    for row in found.rows:
        _draw_late(row, rules, today, show="All")
    _draw_more(found.of - len(found.rows), "overdue claim")


def _draw_more(left_out: int, what: str) -> None:
    if left_out > 0:
        st.caption(f"and {count_words(left_out, f'more {what}')}.")


def _draw_dispute(row: Disputed, scale: Scale, *, show: str) -> None:
    """A claim that two people read differently: who read what, and why."""
    _draw_claim(row.claim_id, row.claim, "disputed", show)
    readings = (
        (row.first_reader, row.first_verdict, row.first_rationale),
        (row.second_reader, row.second_verdict, row.second_rationale),
    )
    told = "".join(_reading_html(*reading, scale) for reading in readings)
    since = f"{row.article_title or '(no title)'}, disputed since {day_words(row.since.astimezone(desk.zone()))}"
    st.html(f'<div class="two-readings">{told}</div><div class="about">{escape(since)}</div>')


def _draw_late(row: Overdue, rules: Rules, today: date, *, show: str) -> None:
    """A claim whose day for a new look has passed; its verdict only to whom it may be shown."""
    _draw_claim(row.claim_id, row.claim, "overdue", show)
    seen = veiled(asdict(row), desk.person(), read_twice=rules.second_reading)
    late = count_words((today - row.review_by).days, "day")
    about = [f"due {day_words(row.review_by)}, {late} ago", str(seen["verdict"] or row.status)]
    st.html(f'<div class="about">{escape(" · ".join(about))}</div>')


def _draw_claim(claim_id: str, claim: str, where: str, show: str) -> None:
    words = desk.plain(shorten(claim, _CLAIM, placeholder=" …"))
    if st.button(words, key=f"{where}-{claim_id}", type="tertiary", help="Open it on the desk"):
        desk.choose(claim_id)
        st.switch_page("views/desk.py", query_params={"show": show, "claim": claim_id})


def _reading_html(reader: str, verdict: str, why: str, scale: Scale) -> str:
    colour = verdict_colour(verdict, scale)
    reason = f"<p>{escape(shorten(why, _WHY, placeholder=' …'))}</p>" if why else ""
    sign = SIGNS.get(colour, "")
    return (
        f'<div class="{colour}"><span class="by">{escape(reader or "(no name)")}</span> '
        f"<b>{sign} {escape(verdict)}</b>{reason}</div>"
    )
