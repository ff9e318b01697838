"""What leads a meeting on: the keys of a clicker or a keyboard, and the same as buttons at the foot of the shared screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from claims import Store
from workbench import desk
from workbench.forms.present import Stage, going_on, short
from workbench.panes import hear_clicker


def draw(store: Store, stage: Stage) -> None:
    """What is to be said at the foot, and a button for each act that may come next, with its key."""
    hear_clicker(
        heard(), key="clicker", item=stage.item.item_id, seconds=stage.item.taken(stage.at),
        minutes=stage.item.minutes, on_pressed=partial(press, store, stage),
    )  # fmt: skip
    st.session_state["led to"] = stage.meeting.item_id
    with st.container(key="lead-foot", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<div class="lead-note">{_note(store, stage)}</div>')
        st.page_link(
            "views/meeting.py",
            label="Agenda",
            icon=":material/list:",
            query_params={"meeting": stage.meeting.meeting_id},
        )
        for name, label, key, primary in _buttons(stage):
            st.button(
                desk.keyed(label, key), key=f"lead-{name}", type="primary" if primary else "secondary",
                on_click=acts(store, stage)[name],
            )  # fmt: skip


def acts(store: Store, stage: Stage) -> dict[str, Callable[[], None]]:
    """What each key and button does, by the name of the act."""
    item = stage.item
    me = desk.person()
    return {
        "next": partial(_step, store, stage, 1),
        "previous": partial(_step, store, stage, -1),
        "show": partial(_do, lambda: store.show_votes(item.item_id, item.revision, actor=me)),
        "again": partial(_do, lambda: store.vote_again(item.item_id, item.revision, actor=me)),
        "decide": lambda: desk.begin(None if item.state == "decided" else "decide"),
        "want": lambda: desk.begin(None if item.state == "decided" else "want"),
        "undo": desk.undo,
        "close": lambda: desk.begin(None),
    }


def press(store: Store, stage: Stage, presses: Sequence[Mapping[str, Any]]) -> None:
    """Do what the keys say, in order, each once; after a refusal, nothing more of them."""
    known = acts(store, stage)
    for each in presses:
        number, act = int(each["number"]), str(each["act"])
        if number <= heard():
            continue
        st.session_state["clicks heard"] = number
        if act in known and not desk.was_refused():
            known[act]()


def heard() -> int:
    """The number of the last press that was heard."""
    return int(st.session_state.get("clicks heard", 0))


def _buttons(stage: Stage) -> list[tuple[str, str, str, bool]]:
    """The acts that may come next: name, label, key, and whether it is the one to do."""
    state = stage.item.state
    if desk.task() in ("decide", "want"):
        return []
    found = [("previous", "Previous", "←", False)] if stage.place else []
    if state == "open" and stage.ballot.voters:
        found.append(("show", "Show votes", "R", False))
    if state == "shown":
        found.append(("again", "Vote again", "A", False))
    if state == "decided":
        found.append(("undo", "Undo", "U", False))
    else:
        found += [("want", "Needs evidence", "N", False), ("decide", "Decide", "D", True)]
    return found + ([("next", "Next", "→", state == "decided")] if stage.place + 1 < len(stage.items) else [])


def _note(store: Store, stage: Stage) -> str:
    """What the room has to know: where to vote, or that the votes are hidden. Beside another meeting, the address says which."""
    if stage.item.state == "open" and stage.ballot.voters:
        return "Votes are hidden until all are in"
    if stage.item.state == "open":
        address = urlsplit(st.context.url or "")
        which = f"&amp;meeting={short(stage.meeting.meeting_id)}" if len(going_on(store)) > 1 else ""
        return f"Vote at <b>{address.netloc}{address.path}?role=follow{which}</b>" if address.netloc else ""
    return ""


def _step(store: Store, stage: Stage, by: int) -> None:
    """Lead the meeting to the item so many places on; from where this screen saw it last, or led it itself."""
    names = [item.item_id for item in stage.items]
    seen = st.session_state.get("led to", stage.meeting.item_id)
    place = names.index(seen) + by if seen in names else -1
    if not 0 <= place < len(names):
        return
    done, _ = desk.act(lambda: store.take_up(stage.meeting.meeting_id, seen, names[place], actor=desk.person()))
    if done:
        st.session_state["led to"] = names[place]
        desk.begin(None)


def _do(deed: Callable[[], object]) -> None:
    desk.act(deed)
