"""By what the desk judges: its scale, the form of its confidence, whether a sign-off asks for a second reading."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from claims import Store
from claims.errors import BadScale, StaleWrite
from claims.store import Rules
from claims.verdict import CONFIDENCES, Scale, load_scale, map_verdict, parse_scale, scale_names
from workbench import desk
from workbench.columns import SIGNS
from workbench.forms import kept
from workbench.shown import escape

#: Settings that are one of a few, each with its label and what its choices are called.
_CHOICES: dict[str, tuple[str, dict[Any, str]]] = {
    "confidence": (
        "The form of the confidence", {"words": "In words: low, moderate, high", "percent": "As a percentage, 0 to 100"},
    ),
    "second_reading": (
        "Before a sign-off", {True: "A second person reads each claim, blind", False: "One reading is enough"},
    ),
}  # fmt: skip

#: Settings that go into reports and reviews, each with its label and an example.
_TOLD = {
    "publisher": ("The desk’s name, as reports give it", "The Korda Post"),
    "site": ("The address at which its verdicts stand", "https://korda.example/checks/"),
}

_DONE = "The desk’s rules are changed"


def draw(store: Store) -> None:
    """Each setting as it stands, and its other choices; none rewrites a mark that was given."""
    rules = store.rules()
    st.subheader("Verdict scale", anchor=False)
    _draw_scale(store, rules)
    st.subheader("Confidence", anchor=False)
    _draw_choice(store, "confidence", "; ".join(f"{name}: {meaning}" for name, meaning in CONFIDENCES.items()))
    st.subheader("Second reading", anchor=False)
    _draw_choice(store, "second_reading")
    st.subheader("What readers are told", anchor=False)
    for name in _TOLD:
        _draw_told(store, name)


def _draw_scale(store: Store, rules: Rules) -> None:
    st.caption(f"The desk judges by **{desk.plain(rules.scale.title)}**. Marks given by another scale keep theirs.")
    own = None if rules.scale.name in scale_names() else rules.scale
    scales = {name: load_scale(name) for name in scale_names()} | ({own.name: own} if own else {})
    seen = store.setting_revision("scale")
    kept.follow("scale", seen, {"choice": rules.scale.name})
    if st.session_state["scale:choice"] not in scales:  # a scale of the desk's own that it judges by no more
        st.session_state["scale:choice"] = rules.scale.name
    chosen = st.selectbox("Scales", list(scales), format_func=lambda name: scales[name].title, key="scale:choice")
    _draw_meanings(scales[chosen])
    if chosen != rules.scale.name:
        _draw_losses(rules.scale, scales[chosen])
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
        _draw_losses(store.rules().scale, scale)
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


def _draw_losses(now: Scale, then: Scale) -> None:
    """What each label of the present scale is on the other one, and where meaning is lost, before it is chosen."""
    st.caption(
        f"From {desk.plain(now.title)} to {desk.plain(then.title)}. Marks that were given stay as they are, with their label "
        "and scale; this is how they read beside new ones."
    )
    mapped = ((label, map_verdict(label, now, then)) for label in now.labels)
    lines = "".join(
        f"<tr><td>{escape(label)}</td><td>{escape(became.label) if became.label else '<i>none</i>'}</td>"
        f"<td>{escape(became.loses)}</td></tr>"
        for label, became in mapped
    )
    st.html(f'<table class="scale losses"><tr><th>Now</th><th>There</th><th>What is lost</th></tr>{lines}</table>')


def _draw_choice(store: Store, name: str, about: str = "") -> None:
    label, choices = _CHOICES[name]
    kept.follow(f"setting-{name}", store.setting_revision(name), {"value": store.setting(name)})
    keep = partial(_keep, store, name, back=True)
    st.radio(
        label, list(choices), format_func=choices.__getitem__, key=f"setting-{name}:value", help=about or None,
        on_change=keep,
    )  # fmt: skip
    kept.draw_beaten(f"setting-{name}", lambda _, value: _words(name, value), keep)


def _draw_told(store: Store, name: str) -> None:
    label, example = _TOLD[name]
    kept.follow(f"setting-{name}", store.setting_revision(name), {"value": store.setting(name)})
    keep = partial(_keep, store, name)
    st.text_input(label, key=f"setting-{name}:value", placeholder=example, on_change=keep)
    kept.draw_beaten(f"setting-{name}", lambda _, value: _words(name, value), keep)


def _keep(store: Store, name: str, *, back: bool = False) -> None:
    """Set what was typed or chosen; a choice that is refused goes back to what stands."""
    kept.save(
        f"setting-{name}", lambda revision, typed: _write(store, name, revision, typed["value"]), _DONE, back=back
    )


def _set(store: Store, name: str, revision: int, value: Any) -> None:
    """Set it, as it was seen; a refusal is shown at the next drawing."""
    desk.act(lambda: _write(store, name, revision, value), _DONE)


def _write(store: Store, name: str, revision: int, value: Any) -> None:
    try:
        store.set(name, revision, value, actor=desk.person())
    except StaleWrite as error:
        both = ({_label(name): _words(name, each["value"])} for each in (error.current, error.typed))
        raise StaleWrite(error.problem, error.remedy, *both) from error


def _label(name: str) -> str:
    return {**_CHOICES, **_TOLD}.get(name, ("Verdict scale",))[0]


def _words(name: str, value: Any) -> str:
    """A setting's value as a person reads it."""
    if name == "scale":
        return str(value["title"]) if isinstance(value, dict) else load_scale(value).title
    return _CHOICES[name][1][value] if name in _CHOICES else desk.cell_words(value)
