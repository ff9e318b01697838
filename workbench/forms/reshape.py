"""What else can be done to a claim: edit its wording, split it, merge it with another, drop it, add one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

import claims
from claims.errors import EmptyText, StaleWrite
from workbench import desk
from workbench.shown import as_it_was, showable
from workbench.written import written

Row = Mapping[str, Any]

#: The tasks, as the menu names them.
TASKS: dict[str, str] = {
    "edit": "Edit the wording …",
    "split": "Split into several …",
    "merge": "Merge with another …",
    "drop": "Drop …",
    "history": "History",
}


def draw(store: claims.Store, article: claims.Article, row: Row, others: list[dict[str, Any]]) -> None:
    """Draw the form of the task in hand; ``others`` are the article's other claims, in order."""
    forms: dict[str, Callable[[], None]] = {
        "edit": lambda: _edit(store, row),
        "split": lambda: _split(store, article, row),
        "merge": lambda: _merge(store, article, row, others),
        "drop": lambda: _drop(store, row),
    }
    if desk.task() in forms:
        with st.container(border=True, key="reshape"):
            forms[str(desk.task())]()


def draw_add(store: claims.Store, article: claims.Article) -> None:
    """Draw the form for a claim that a person found: the passage, typed or selected, and its wording."""
    key = article.article_id
    with st.container(border=True, key="reshape"):
        written(
            st.text_area,
            "The article’s own words",
            f"add-passage:{key}",
            height=96,
            help="Select them in the article, or type or paste them exactly.",
        )
        written(
            st.text_input,
            "The claim, so that it can be read alone",
            f"add-wording:{key}",
            placeholder="as the passage, if empty",
        )
        _buttons("Add claim", lambda: _do_add(store, article))


def take_passage(article: claims.Article, start: int, end: int) -> None:
    """Open the form for a new claim with a passage that was selected in the article."""
    st.session_state[f"add-passage:{article.article_id}"] = article.text[start:end]
    st.session_state["add-span"] = (article.article_id, start, end)
    desk.begin("add")


def _seen(task: str, row: Row) -> tuple[str, int]:
    """The revision that a task rests on, and where it is kept: as the claim stood when the task was begun."""
    key = f"{task}-seen:{row['claim_id']}"
    revision: Any = st.session_state.setdefault(key, row["revision"])
    return key, revision


def _edit(store: claims.Store, row: Row) -> None:
    key = f"edit-wording:{row['claim_id']}"
    seen_key, seen = _seen("edit", row)
    st.session_state.setdefault(key, showable(row["claim"]))
    written(st.text_area, "The claim, so that it can be read alone", key, height=96)

    def deed() -> int:
        changes = {"claim": as_it_was(_words(st.session_state[key]), row["claim"])}
        return store.edit_claim(row["claim_id"], seen, changes, actor=desk.person())

    _buttons("Save wording", lambda: _do(row, deed, "Wording saved", key, seen_key))


def _split(store: claims.Store, article: claims.Article, row: Row) -> None:
    key = f"split-parts:{row['claim_id']}"
    seen_key, seen = _seen("split", row)
    st.session_state.setdefault(key, showable(row["claim"]))
    written(
        st.text_area,
        "One claim a line",
        key,
        height=120,
        help="Each line becomes a claim. It is anchored to its own words where the passage holds them, else to the whole passage.",
    )

    def deed() -> str:
        lines = [line.strip() for line in st.session_state[key].splitlines() if line.strip()]
        if len(lines) < 2:  # noqa: PLR2004
            raise EmptyText("One line does not split a claim.", "Write each part on a line of its own.")
        parts = _parts(store, article, row, lines)
        return store.split_claim(row["claim_id"], seen, parts, actor=desk.person())[0]

    _buttons("Split", lambda: _do(row, deed, "Split; Undo puts it together again", key, seen_key, go=True))


def _parts(store: claims.Store, article: claims.Article, row: Row, lines: list[str]) -> list[claims.Claim]:
    """A claim for each line: at its own words where the passage holds them, else at the whole passage."""
    parts: list[claims.Claim] = []
    for line in lines:
        at = article.text.find(line, row["start"], row["end"])
        start, end = (at, at + len(line)) if at >= 0 else (row["start"], row["end"])
        twins = sum(1 for part in parts if (part.start, part.end) == (start, end))
        nth = store.claims_at(article.article_id, start, end) + twins
        parts.append(claims.claim_at(article, start, end, line, nth=nth))
    return parts


def _merge(store: claims.Store, article: claims.Article, row: Row, others: list[dict[str, Any]]) -> None:
    if not others:
        st.caption("This is the article’s only claim: there is none to merge it with.")
        st.button("Close", on_click=desk.begin, args=(None,))
        return
    names = {other["claim_id"]: showable(f"{other['seq']}. {other['claim']}") for other in others}
    nearest = min(range(len(others)), key=lambda number: abs(others[number]["start"] - row["start"]))
    with_key = f"merge-with:{row['claim_id']}"
    other_id = st.selectbox("Merge with", list(names), index=nearest, format_func=names.__getitem__, key=with_key)
    other = next(other for other in others if other["claim_id"] == other_id)
    first, second = sorted((row, other), key=lambda each: each["start"])
    key = f"merge-wording:{row['claim_id']}:{other_id}"
    (first_key, first_seen), (second_key, second_seen) = _seen("merge", first), _seen("merge", second)
    st.session_state.setdefault(key, showable(f"{first['claim'].rstrip('.')}; {second['claim']}"))
    written(st.text_area, "The merged claim", key, height=110)
    st.caption("Sources of both are kept. Verdicts are not carried over: the merged claim wants one of its own.")

    def deed() -> str:
        start, end = first["start"], max(first["end"], second["end"])
        nth = store.claims_at(article.article_id, start, end)
        merged = claims.claim_at(article, start, end, _words(st.session_state[key]), nth=nth)
        names = [first["claim_id"], second["claim_id"]]
        return store.merge_claims(names, [first_seen, second_seen], merged, actor=desk.person())

    keys = key, first_key, second_key
    _buttons("Merge", lambda: _do(row, deed, "Merged; Undo takes them apart again", *keys, go=True))


def _drop(store: claims.Store, row: Row) -> None:
    key = f"drop-why:{row['claim_id']}"
    written(st.text_input, "Why drop it?", key, placeholder="for example: an opinion, nothing to check")
    seen_key, seen = _seen("drop", row)

    def deed() -> int:
        return store.drop_claim(row["claim_id"], seen, st.session_state[key] or "", actor=desk.person())

    _buttons("Drop claim", lambda: _do(row, deed, "Dropped; Undo brings it back", key, seen_key))


def _do_add(store: claims.Store, article: claims.Article) -> None:
    passage_key, wording_key = f"add-passage:{article.article_id}", f"add-wording:{article.article_id}"

    def deed() -> str:
        start, end = _find_passage(article, st.session_state[passage_key])
        wording = (st.session_state[wording_key] or "").strip()
        # In other words, a passage can hold a second claim; in its own it is the one that may be there already.
        nth = store.claims_at(article.article_id, start, end) if wording else 0
        found = claims.claim_at(article, start, end, wording, nth=nth)
        return store.add_claim(found, article.sha256, actor=desk.person())

    _do(None, deed, "Claim added", passage_key, wording_key, go=True)


def _find_passage(article: claims.Article, passage: str) -> tuple[int, int]:
    """Where a passage stands: as it was selected, if it still reads so, else its first occurrence."""
    selected, start, end = st.session_state.get("add-span", ("", 0, 0))
    if selected == article.article_id and article.text[start:end] == passage:
        return start, end
    at = article.text.find(passage.strip())
    if not passage.strip() or at < 0:
        raise EmptyText(
            "The article does not hold this passage." if passage.strip() else "No passage is given.",
            "Select it in the article, or copy it from there exactly.",
        )
    return at, at + len(passage.strip())


def _words(text: str) -> str:
    if not text.strip():
        raise EmptyText("A claim needs words.", "Write the claim, or drop it with a reason.")
    return text.strip()


def _buttons(label: str, on_click: Callable[[], None]) -> None:
    left, right = st.columns(2, gap="xsmall")
    left.button(label, key="task-do", type="primary", width="stretch", on_click=on_click)
    right.button("Close", key="task-close", width="stretch", on_click=desk.begin, args=(None,))


def _do(row: Row | None, deed: Callable[[], Any], done: str, *keys: str, go: bool = False) -> None:
    """Do it, and let go of what was typed for it; with ``go``, take the claim that came of it in hand."""
    desk.wait_for_engine()
    was_done, result = desk.act(deed, done)
    if was_done:
        for key in keys:
            st.session_state.pop(key, None)
        desk.begin(None)
        if row is not None and isinstance(result, int):
            desk.moved_on(row["claim_id"], row["revision"], result)
        if go:
            desk.choose(result)
    elif isinstance(st.session_state["refused"], StaleWrite):
        # Both versions are shown; doing it again is then a choice made with both in view.
        for key in keys:
            if "-seen:" in key:
                st.session_state.pop(key, None)
