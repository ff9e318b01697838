"""By what the desk judges: its scale, the form of its confidence, whether a sign-off asks for a second reading."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from claims import Store
from claims.errors import BadScale
from claims.store import Rules
from claims.verdict import CONFIDENCES, Scale, load_scale, parse_scale, scale_names
from workbench import desk
from workbench.columns import SIGNS

_FORMS = {"words": "In words: low, moderate, high", "percent": "As a percentage, 0 to 100"}

#: Settings that go into reports and reviews, each with its label and an example.
_TOLD = {
    "publisher": ("The desk’s name, as reports give it", "The Korda Post"),
    "site": ("The address at which its verdicts stand", "https://korda.example/checks/"),
}


def draw(store: Store) -> None:
    """Each setting as it stands, and its other choices; none rewrites a mark that was given."""
    rules = store.rules()
    st.subheader("Verdict scale", anchor=False)
    _draw_scale(store, rules)
    st.subheader("Confidence", anchor=False)
    _draw_choice(
        store, "confidence", "The form of the confidence", _FORMS, rules.confidence,
        "; ".join(f"{name}: {meaning}" for name, meaning in CONFIDENCES.items()),
    )  # fmt: skip
    st.subheader("Second reading", anchor=False)
    _draw_choice(
        store, "second_reading", "Before a sign-off",
        {True: "A second person reads each claim, blind", False: "One reading is enough"}, rules.second_reading, "",
    )  # fmt: skip
    st.subheader("What readers are told", anchor=False)
    for name, (label, example) in _TOLD.items():
        _draw_told(store, name, label, example)


def _draw_scale(store: Store, rules: Rules) -> None:
    st.caption(f"The desk judges by **{desk.plain(rules.scale.title)}**. Marks given by another scale keep theirs.")
    own = None if rules.scale.name in scale_names() else rules.scale
    scales = {name: load_scale(name) for name in scale_names()} | ({own.name: own} if own else {})
    chosen = st.selectbox(
        "Scales", list(scales), index=list(scales).index(rules.scale.name), format_func=lambda name: scales[name].title,
        key=f"scale-choice-{rules.scale.name}",
    )  # fmt: skip
    _draw_meanings(scales[chosen])
    if chosen != rules.scale.name:
        seen = store.setting_revision("scale")
        st.button(
            "Judge by this scale", key="scale-do", type="primary", on_click=_set, args=(store, "scale", seen, chosen)
        )
    with st.expander("A scale of your own"):
        st.caption("A TOML file; claims/scales/house.toml of the program is one to copy.")
        file = st.file_uploader(
            "TOML file", ["toml"], key="scale-file", max_upload_size=1, label_visibility="collapsed"
        )
        if file is not None:
            _draw_own(store, file.name, file.getvalue())


def _draw_own(store: Store, name: str, content: bytes) -> None:
    with desk.worded():
        scale = _parsed(content, name)
        st.markdown(f"**{desk.plain(scale.title)}**, {len(scale.verdicts)} verdicts, from {desk.plain(scale.source)}")
        _draw_meanings(scale)
        st.button(
            "Judge by this scale",
            key="scale-own-do",
            type="primary",
            on_click=_set,
            args=(store, "scale", store.setting_revision("scale"), scale.as_data()),
        )


def _parsed(content: bytes, name: str) -> Scale:
    try:
        return parse_scale(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        raise BadScale(f"{name} is not UTF-8.", "Save the file as UTF-8 and upload it again.") from error


def _draw_meanings(scale: Scale) -> None:
    """Every label with its key, its colour and what it means, before it is chosen."""
    lines = "".join(
        f'<tr><td class="{verdict.colour}">{SIGNS[verdict.colour]} {escape(verdict.label)}</td>'
        f"<td>{f'<kbd>{escape(verdict.key)}</kbd>' if verdict.key else ''}</td><td>{escape(verdict.meaning)}"
        f"{' <i>Asks what would have been right.</i>' if verdict.wants_correction else ''}</td></tr>"
        for verdict in scale.verdicts
    )
    st.html(f'<table class="scale">{lines}</table>')


def _draw_choice(store: Store, name: str, label: str, options: dict[Any, str], stands: Any, about: str) -> None:
    revision = store.setting_revision(name)
    key = f"setting-{name}-{revision}"
    st.radio(
        label, list(options), index=list(options).index(stands), format_func=options.__getitem__, key=key,
        help=about or None, on_change=lambda: _choose(store, name, revision, key),
    )  # fmt: skip


def _draw_told(store: Store, name: str, label: str, example: str) -> None:
    revision = store.setting_revision(name)
    key = f"setting-{name}-{revision}"
    st.text_input(
        label, store.setting(name), key=key, placeholder=example,
        on_change=lambda: _set(store, name, revision, st.session_state[key]),
    )  # fmt: skip


def _choose(store: Store, name: str, revision: int, key: str) -> None:
    _set(store, name, revision, st.session_state[key])
    if "refused" in st.session_state:
        st.session_state.pop(key, None)  # the choice goes back to what stands


def _set(store: Store, name: str, revision: int, value: Any) -> None:
    """Set it, as it was seen; a refusal is shown at the next drawing."""
    desk.act(lambda: store.set(name, revision, value, actor=desk.person()), "The desk’s rules are changed")
