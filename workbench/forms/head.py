"""The head of the claim in hand: what it says, who says it, why it stands where it stands, and what else can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from claims import Store
from claims.status import LOCKED
from claims.store.rereading import AGAIN, REWORDED
from claims.table import split_values
from workbench import desk
from workbench.columns import said_by, weight_words
from workbench.forms.reshape import TASKS
from workbench.panes import show_hand
from workbench.shown import escape

#: What a tag of a newer version says to who looks at the claim.
_READ_AGAIN = {
    REWORDED: "The article has other words here since it was read again; the claim’s history shows both.",
    AGAIN: "The article’s words here were changed and changed back; the verdict waits for somebody to say that it holds.",
}


def draw(store: Store, row: Mapping[str, Any], due: str, on_due: Callable[[], None]) -> None:
    """Draw it; the reasons unfold. ``due`` and ``on_due``: see :func:`workbench.panes.show_hand`."""
    tasks = [name for name in TASKS if row["status"] not in LOCKED or name == "history"]
    with st.container(horizontal=True, wrap=False, vertical_alignment="top", key="claim-head"):
        show_hand(row["claim_id"], row["claim"], desk.heard(), key="hand", due=due, on_due=on_due)
        picked = st.menu_button(
            "More with this claim",
            tasks,
            format_func=TASKS.__getitem__,
            icon=":material/more_vert:",
            key="tasks",
            type="tertiary",
            help="Edit, split, merge or drop this claim; its history",
        )
    if picked == "history":
        st.switch_page("views/history.py", query_params={"claim": row["claim_id"]})
    if picked:
        desk.begin(picked)
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in split_values(row["reasons"] or ""))
    st.html(
        f'<div class="about">Said by {escape(said_by(row))}</div><details class="about"><summary>Worth checking '
        f"{weight_words(row['checkability'])}: why</summary><ul>{reasons}</ul></details>"
    )
    if row["start"] == row["end"]:
        st.warning(f"The newest version of the article says this no more. It read: “{desk.plain(row['quote'])}”")
    for tag in split_values(row["tags"] or ""):
        if tag in _READ_AGAIN:
            st.info(_READ_AGAIN[tag])
    if row["dropped_why"]:
        st.warning(f"Dropped: {desk.plain(row['dropped_why'])}")
        st.button("Take it up again", key="take-up", on_click=_take_up, args=(store, row))


def _take_up(store: Store, row: Mapping[str, Any]) -> None:
    again = {"status": "new"}
    done, now = desk.act(
        lambda: store.edit_claim(row["claim_id"], row["revision"], again, why="taken up again", actor=desk.person()),
        "Back in the queue",
    )
    if done and now:
        desk.moved_on(row["claim_id"], row["revision"], now)
