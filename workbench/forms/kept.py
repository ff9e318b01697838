"""Fields that follow the record until somebody types in them: no colleague's change takes away what was typed.

Several fields that are saved together make a form, which has a name. Its fields stand in the session under
``name:field``; beside them is kept which revision the person saw, so that a save is refused where a colleague was faster.
After that refusal the form rests on what stands now, which is shown beside the fields, and saving it again sets it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from claims.errors import StaleWrite
from workbench import desk


@dataclass(frozen=True, slots=True)
class _Seen:
    """The revision and the values that the person saw; ``beaten`` are the fields in which a colleague was faster."""

    revision: int
    values: Mapping[str, Any]
    beaten: frozenset[str] = frozenset()


def follow(name: str, revision: int, values: Mapping[str, Any]) -> None:
    """Let the fields of a form show what the record holds, except what was typed. To be called before they are drawn."""
    seen = _seen(name)
    there = seen is not None and all(f"{name}:{field}" in st.session_state for field in values)
    typed = {
        field
        for field, now in values.items()
        if seen and there and st.session_state[f"{name}:{field}"] not in (seen.values[field], now)
    }
    met = st.session_state.pop(f"{name}/refused", False)
    if seen and typed and revision != seen.revision and not met:
        return  # what a colleague wrote is unseen yet: saving still meets it
    beaten = typed if met else typed & (seen.beaten if seen else frozenset())
    st.session_state[f"{name}/seen"] = _Seen(revision, dict(values), frozenset(beaten))
    for field in values.keys() - typed:
        if st.session_state.get(f"{name}:{field}", _Seen) != values[field]:
            st.session_state[f"{name}:{field}"] = values[field]


def save(name: str, deed: Callable[[int, dict[str, Any]], object], done: str = "", *, back: bool = False) -> None:
    """Save what was typed, over the revision that was seen; what a colleague's change refuses stays typed.

    With ``back``, a field that is refused for any other reason goes back to what stands.
    """
    seen = _seen(name)
    if seen is None:
        return
    now = {field: st.session_state[f"{name}:{field}"] for field in seen.values}
    typed = {field: value for field, value in now.items() if value != seen.values[field]}
    if not typed:
        let_go(name)
        return
    saved, _ = desk.act(lambda: deed(seen.revision, typed), done)
    if not saved and isinstance(st.session_state.get("refused"), StaleWrite):
        st.session_state[f"{name}/refused"] = True
    elif saved or back:
        let_go(name)


def let_go(name: str) -> None:
    """Let the fields show what stands, whatever was typed; from the next drawing on."""
    for key in (f"{name}/seen", f"{name}/refused"):
        st.session_state.pop(key, None)


def draw_beaten(name: str, words: Callable[[str, Any], str], again: Callable[[], None] | None = None) -> None:
    """Where a colleague was faster: what stands now, and the choice between it and what was typed.

    ``words`` says what a field holds; ``again`` saves the form, where no button beside it does.
    """
    seen = _seen(name)
    if seen is None or not seen.beaten:
        return
    stands = "; ".join(words(field, value) for field, value in seen.values.items() if field in seen.beaten)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"beaten-{name}"):
        st.caption(
            f"A colleague was faster. Now: **{desk.plain(stands)}**. Yours is kept here, and not set.", width="content"
        )
        if again is not None:
            st.button("Set mine", key=f"again-{name}", on_click=again)
        st.button("Keep theirs", key=f"theirs-{name}", type="tertiary", on_click=let_go, args=(name,))


def _seen(name: str) -> _Seen | None:
    seen: _Seen | None = st.session_state.get(f"{name}/seen")
    return seen
