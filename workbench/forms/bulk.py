"""Many claims changed together: the bar over the queue, and the form with its preview; one act, one undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException

from claims import ClaimsError, Query, Store
from claims.errors import StaleWrite
from claims.status import LOCKED, STEPS
from claims.store import LeftAlone, Plan, Wish
from claims.store.planning import GIVEN
from workbench import desk, selection
from workbench.columns import cut_words
from workbench.forms import who
from workbench.nouns import count_words
from workbench.parts import Look, acting
from workbench.shown import escape
from workbench.whole import whole

#: The keys that select, as they ship.
_SELECTING = ("X", "⇧J", "⇧K")

#: What is said where nothing is to change, and the choice of nobody.
_AS_IT_IS, _NOBODY = "as it is", "nobody"

#: The fields of the form, by what they hold before anything is chosen.
_FIELDS: dict[str, Any] = {"assignee": None, "status": None, "add": [], "remove": [], "why": ""}

#: Statuses for whose sake a claim may be asked why; a locked one is reopened by itself.
_ASKING = frozenset(way.new for way in STEPS if way.asks and way.old not in LOCKED)

#: Claims that are named where a colleague was faster.
_NAMED = 8


def draw_bar(look: Look, count: int) -> None:
    """How many claims are selected, in the place of the queue's head, and what can be done with them."""
    every = selection.matching()
    query = look.query
    size = f"All {count:,}" if every == query else f"{len(selection.names()):,}" if every is None else "All of a view"
    st.html(f'<div class="selected" role="status">{size} selected</div>')
    st.button(desk.keyed("Change", "B"), key="bulk", type="primary", on_click=acting(look, begin), args=(query,))
    if every is None and count > len(selection.names()):
        st.button(
            f"All {count:,}", key="select-all", on_click=acting(look, selection.take_all), args=(query,),
            help="Select all claims that match the filters, those on other pages too",
        )  # fmt: skip
    st.button(
        "Select nothing", key="select-none", icon=":material/close:", type="tertiary", on_click=acting(look, selection.clear),
        help="Select nothing",
    )  # fmt: skip


def begin(_query: Query) -> None:
    """Open the form, if anything is selected."""
    if selection.is_any():
        desk.begin("bulk")
    else:
        desk.want(f"Select claims first: {_by_keys()}by their boxes in the queue.")


def _by_keys() -> str:
    """The keys that select a claim, as this person has them; nothing where they have none."""
    keys = [key for shipped in _SELECTING if (key := desk.key_of(shipped))]
    return f"with {', '.join(keys)}, or " if keys else ""


def draw(store: Store, query: Query) -> None:
    """The form, where it is open: what the claims are to become, what that comes to, and the button that does it."""
    if desk.task() != "bulk" or not selection.is_any():
        return
    with st.container(border=True, key="bulk-form"):
        st.html('<div class="section">Change the selected claims</div>')
        _draw_fields(store, query)
        plan: Plan | None = None
        try:
            plan = _plan(store)
        except ClaimsError as error:
            desk.show_error(error)
        _draw_stale()
        if plan:
            _draw_plan(plan)
        left, right = st.columns(2, gap="xsmall")
        changed = len(plan.edits) if plan else 0
        label = f"Change {count_words(changed)}" if changed else "Change"
        wanted = left.button(label, key="bulk-do", type="primary", width="stretch", disabled=not changed)
        right.button("Close", key="bulk-close", width="stretch", on_click=desk.begin, args=(None,))
        if wanted and plan:
            _write(store, plan)


def _draw_fields(store: Store, query: Query) -> None:
    for name, empty in _FIELDS.items():
        st.session_state.setdefault(f"bulk-{name}", empty)
    people = [_NOBODY, *(person.name for person in who.here() if person.name != _NOBODY)]
    known = list(store.facets(Query(reader=query.reader))["tags"])
    kept: dict[str, Any] = {"persist_state": "session"}
    left, right = st.columns(2, gap="xsmall")
    left.selectbox("Assign to", people, key="bulk-assignee", placeholder=_AS_IT_IS, **kept)
    right.selectbox("Status", GIVEN, key="bulk-status", placeholder=_AS_IT_IS, **kept)
    tags: dict[str, Any] = {"accept_new_options": True, **kept}
    options = list(dict.fromkeys([*known, *st.session_state["bulk-add"], *st.session_state["bulk-remove"]]))
    left.multiselect("Put tags on", options, key="bulk-add", placeholder="none", **tags)
    right.multiselect("Take tags off", options, key="bulk-remove", placeholder="none", **tags)
    if st.session_state["bulk-status"] in _ASKING:
        st.text_input("Why", key="bulk-why", placeholder="It stands in each claim’s history.", **kept)


def _wish() -> Wish:
    """What the form says."""
    said = {name: st.session_state.get(f"bulk-{name}", empty) for name, empty in _FIELDS.items()}
    assignee = None if said["assignee"] is None else "" if said["assignee"] == _NOBODY else said["assignee"]
    why = said["why"] if said["status"] in _ASKING else ""
    return Wish(assignee, said["status"], tuple(said["add"]), tuple(said["remove"]), why or "")


def _plan(store: Store) -> Plan | None:
    """What the form's wish comes to, looked up again when the form, the selection or the record moved; None for no wish."""
    wish = _wish()
    if wish.asks_nothing:
        return None
    among = selection.matching() or tuple(selection.names())
    stand = (wish, among, store.latest_event_seq())
    kept: tuple[Any, Plan] | None = st.session_state.get("bulk plan")
    if kept and kept[0] == stand:
        return kept[1]
    plan = store.plan(among, wish)
    st.session_state["bulk plan"] = (stand, plan)
    return plan


def _draw_plan(plan: Plan) -> None:
    st.html(f'<div class="bulk-plan" role="status">{preview_html(len(plan.edits), plan.of, plan.left)}</div>')


def preview_html(changed: int, of: int, left: Sequence[LeftAlone]) -> str:
    """How many claims change, and how many are left alone, for each reason with some of them by name.

    >>> preview_html(2, 3, [LeftAlone("it stands so already", 1, ("<b> fled",))])
    '<b>2 of 3 claims change.</b><ul><li>1 left alone · it stands so already<q>&lt;b&gt; fled</q></li></ul>'
    >>> preview_html(1, 1, [])
    '<b>1 claim changes.</b>'
    """
    verb = "changes" if of == 1 else "change"
    head = f"{changed:,} of {count_words(of)} {verb}." if left else f"{count_words(changed)} {verb}."
    items = "".join(
        f"<li>{each.count:,} left alone · {escape(each.why)}"
        + "".join(f"<q>{escape(cut_words(words, 90))}</q>" for words in each.named)
        + (f"<i>and {each.count - len(each.named):,} more</i>" if each.count > len(each.named) else "")
        + "</li>"
        for each in left
    )
    return f"<b>{head}</b>" + (f"<ul>{items}</ul>" if items else "")


def _write(store: Store, plan: Plan) -> None:
    """Write it as one act, with word of how far it is; then look at the desk anew."""
    number = len(plan.edits)
    bar = st.progress(0.0, f"Writing {count_words(number)} …")

    broken_off: list[ScriptControlException] = []

    def tell(done: int) -> None:
        if not broken_off:
            try:
                bar.progress(done / number, f"{done:,} of {number:,} written")
            except ScriptControlException as asked:  # a key or a click meanwhile: heeded when all is written
                broken_off.append(asked)

    def deed() -> list[int]:
        return store.save_many(plan.edits, why=plan.wish.why, actor=desk.person(), tell=tell)

    with whole():
        done, revisions = desk.act(deed, f"{count_words(number)} changed; one Undo takes all of it back")
        st.session_state.pop("bulk plan", None)
        if done and revisions:
            for edit, now in zip(plan.edits, revisions, strict=True):
                desk.moved_on(edit.claim_id, edit.revision, now)
            for name in _FIELDS:
                st.session_state.pop(f"bulk-{name}", None)
            selection.clear()
            desk.begin(None)
        elif isinstance(error := st.session_state.get("refused"), StaleWrite):
            st.session_state["bulk stale"] = error
            del st.session_state["refused"]
    if broken_off:
        raise broken_off[0]
    st.rerun()


def _draw_stale() -> None:
    """Who was faster, claim by claim; the preview below looks at them as they stand now."""
    error: StaleWrite | None = st.session_state.pop("bulk stale", None)
    if error is None:
        return
    st.error(
        f"**{desk.plain(error.problem)}** Nothing was written. Below is what would change now.", icon=":material/error:"
    )
    rows: list[Any] = list(error.current.values())
    more = f"<i>and {len(rows) - _NAMED:,} more</i>" if len(rows) > _NAMED else ""
    named = "".join(
        f"<li>{escape(cut_words(row['claim'], 90))} · now {escape(row['status'])}</li>" for row in rows[:_NAMED]
    )
    st.html(f'<div class="bulk-plan"><ul>{named}</ul>{more}</div>')
