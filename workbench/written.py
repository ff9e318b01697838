"""A field that is written in: what was typed there is what stands, whatever of the desk is drawn meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def written(
    widget: Callable[..., Any],
    label: str,
    key: str,
    *,
    value: str = "",
    on_change: Callable[..., None] | None = None,
    args: Sequence[Any] = (),
    **options: Any,
) -> Any:
    """``st.text_input`` or ``st.text_area``, kept under ``key`` for the session; ``value`` is what it begins with.

    Where a callback asks for parts to be drawn, Streamlit 1.67 sends each kept value that is not its field's default to
    the browser once more, where it takes the place of what was typed and left in that moment. So what stands is the
    default, and a value is sent only where the program has put it there.
    """
    known: dict[str, str] = st.session_state.setdefault("written", {})
    stands = st.session_state.get(key, value) or ""
    is_put = known.get(key, stands) != stands
    known[key] = stands

    def heard(*given: Any) -> None:
        if key in st.session_state:  # a button that was pressed with it may have let go of the form before
            known[key] = st.session_state[key] or ""
        if on_change:
            on_change(*given)

    return widget(
        label, "" if is_put else stands, key=key, on_change=heard, args=args, persist_state="session", **options
    )
