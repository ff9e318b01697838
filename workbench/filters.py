"""The desk's filters: the bar above the queue, the chips that say what is filtered, and the address that holds it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from claims import Query, Store
from claims.status import STATUSES
from claims.store import Rules
from workbench import desk
from workbench.forms import saved, who
from workbench.panes import remember
from workbench.shown import escape, showable
from workbench.view import (
    FILTERS,
    LONGEST,
    NONE,
    ORDERS,
    SHOWN,
    View,
    chips,
    cleared,
    order,
    query_of,
    read,
    shown,
    with_part,
    without,
)

#: The filters that choose among values, two beside each other, with the name under which the record counts each.
_ROWS: tuple[tuple[str, ...], ...] = (
    ("status", "verdict"), ("confidence", "agreement"), ("speaker", "kind"), ("assignee", "tag"),
)  # fmt: skip
_COUNTED = {"kind": "kinds", "tag": "tags"}

#: Of what an address asks and the desk does not know, what is named.
_NAMED = 4

_EARLIEST, _LATEST = date(1, 1, 1), date(2999, 12, 31)


def current() -> View:
    """The view that is open."""
    view: View = st.session_state.setdefault("view", {})
    return view


def open_view(view: View) -> None:
    """Look at something else; the claim in hand stays there."""
    st.session_state["view"] = view
    st.session_state["view recalled"] = True  # nothing older comes in its place
    st.session_state.pop("misread", None)


def _follow(address: Mapping[str, Sequence[str]]) -> None:
    """Open what a link or a saved view names, on its first claim; what of it the desk does not know is said."""
    view, strange = read(address, desk.titles())
    open_view(view)
    desk.choose(None)
    st.session_state["misread"] = strange


def expect_address() -> None:
    """The whole screen is drawn, not only its moving part: a link may have been followed, or the page reloaded."""
    st.session_state["address due"] = True


def arrive(store: Store) -> None:
    """Take what the address says, where it is due and not what the desk itself wrote there.

    At no other time: a key that comes while the address is being written must not bring an old view back.
    """
    if not st.session_state.pop("address due", False):
        return
    address = _there()
    followed = address and address != st.session_state.get("address")
    claim_id = next(iter(address.pop("claim", [])), None)
    if followed and address:
        _follow(address)
    if claim_id:
        st.session_state["view recalled"] = True
    if claim_id and store.claims_named([claim_id]):
        desk.choose(claim_id)


def _address(view: View) -> dict[str, list[str]]:
    return {name: list(values) for name, values in view.items()}


def _there() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _keep_address() -> None:
    """Let the address bar hold the view, and know what it holds: another address is then one that was followed."""
    wanted = st.session_state["address"] = _address(current())
    if wanted != _there():
        st.query_params.from_dict(wanted)


def draw_filters(store: Store, titles: Mapping[str, str], rules: Rules) -> Query:
    """Draw the bar of filters and the chips; the query that they mean. The address follows."""
    view = current()
    query = query_of(view, desk.person(), read_twice=rules.second_reading)
    with st.container(key="filters", horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        _choice(st.segmented_control, "Show", "show", shown(view), options=SHOWN, required=True)
        found = (view.get("find") or ("",))[0]
        _choice(
            st.text_input, "Find", "find", found, placeholder="Find words, names, figures", max_chars=LONGEST,
            icon=":material/search:", width=210,
        )  # fmt: skip
        _choice(st.selectbox, "Order", "order", order(view), options=list(ORDERS), width=160)
        with st.popover("Filters", icon=":material/tune:", key="more", on_change="rerun") as more:
            if more.open:  # counted only for who looks: to count takes longer than to show the queue
                _draw_more(view, titles, store.facets(query))
        saved.draw(store, _address(view), _follow)
    _draw_chips(view, titles)
    _keep_address()
    remember(
        urlencode(_address(view), doseq=True), what="view", asks="view recalled" not in st.session_state,
        key="view-memory", on_recalled=_recall,
    )  # fmt: skip
    return query


def _recall(address: str) -> None:
    """Open what this browser showed last, if the address asked for nothing and nobody has filtered since."""
    if not st.session_state.get("view recalled") and not current():
        _follow(parse_qs(address))
    st.session_state["view recalled"] = True


def _draw_more(view: View, titles: Mapping[str, str], facets: Mapping[str, Mapping[str, int]]) -> None:
    """Every filter, those that claims have numbers for with the numbers."""
    _choice(
        st.selectbox, "Article", "article", (view.get("article") or (None,))[0], hidden=False, options=list(titles), index=None,
        format_func=lambda name: titles.get(name) or "(no title)", placeholder="All articles",
    )  # fmt: skip
    for row in _ROWS:
        for side, name in zip(st.columns(2, gap="small"), row, strict=True):
            with side:
                _draw_values(view, name, facets.get(_COUNTED.get(name, name), {}))
    for side, name in zip(st.columns(3, gap="small"), ("figure", "date", "sources"), strict=True):
        with side:
            _choice(
                st.segmented_control, FILTERS[name].label, name, (view.get(name) or (None,))[0], hidden=False,
                options=["with", "without"],
            )  # fmt: skip
    for side, name in zip(st.columns(2, gap="small"), ("from", "to"), strict=True):
        with side:
            day = date.fromisoformat(view[name][0]) if name in view else None
            _choice(
                st.date_input, FILTERS[name].label, name, day, hidden=False, value=None, min_value=_EARLIEST,
                max_value=_LATEST, format="YYYY-MM-DD",
            )  # fmt: skip


def _draw_values(view: View, name: str, counted: Mapping[str, int]) -> None:
    """Several values of a filter: those that claims have, and those that are chosen."""
    numbers = {value or NONE: number for value, number in counted.items()}
    there = dict.fromkeys([*view.get(name, ()), *_always(name), *numbers])
    options = [value for value in there if value != NONE or FILTERS[name].none]

    def words(value: str) -> str:
        said = FILTERS[name].none if value == NONE else FILTERS[name].words(value)
        return f"{said} ({numbers[value]:,})" if value in numbers else said

    _choice(
        st.multiselect, FILTERS[name].label, name, list(view.get(name, ())), hidden=False, options=options,
        format_func=words, placeholder="any",
    )  # fmt: skip


def _always(name: str) -> Sequence[str]:
    """Values that are offered whether or not a claim has them."""
    if name == "assignee":
        return (NONE, *(person.name for person in who.here()))
    return {"status": STATUSES, "agreement": ("agreed", "disputed"), "speaker": (NONE,)}.get(name, ())


def _choice(
    widget: Callable[..., Any], label: str, name: str, stands: Any, *, hidden: bool = True, **options: Any
) -> None:
    """A widget that shows a part of the view and changes it; the view is what holds, whoever changed it last."""
    key = f"filter-{name}" if name in FILTERS and name != "find" else name
    if st.session_state.get(key, ...) != stands:
        st.session_state[key] = stands
    if hidden:
        options["label_visibility"] = "collapsed"
    widget(label, key=key, on_change=_take, args=(name, key), **options)


def _take(name: str, key: str) -> None:
    """What a widget says now, as a part of the view."""
    given = st.session_state[key]
    values = given if isinstance(given, list) else [] if given in (None, "") else [given]
    open_view(with_part(current(), name, [str(value).strip() for value in values]))


def _take_away(name: str, value: str) -> None:
    open_view(without(current(), name, value))


def _clear() -> None:
    open_view(cleared(current()))


def _draw_chips(view: View, titles: Mapping[str, str]) -> None:
    """What is filtered, each taken away by a click, and what the address asked that the desk does not know."""
    strange = st.session_state.get("misread")
    # Its place is there without any, too: what stands below it would else be something new to the browser, and a click lost.
    name = "no-chips" if view.keys().isdisjoint(FILTERS) and not strange else "chips"
    with st.container(key=name, horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        for chip in chips(view, titles):
            st.button(
                desk.plain(chip.words), key=f"chip-{chip.name}-{chip.value}", icon=":material/close:", icon_position="right",
                on_click=_take_away, args=(chip.name, chip.value), help="Take this filter away",
            )  # fmt: skip
        if not view.keys().isdisjoint(FILTERS):
            st.button("Clear", key="clear", type="tertiary", on_click=_clear)
        if strange:
            words = escape(f"Left out of this view, since the desk does not know it: {', '.join(strange[:_NAMED])}.")
            st.html(f'<div class="misread" role="status" title="{words}">{words}</div>')
            st.button("Close", key="misread-close", type="tertiary", on_click=open_view, args=(view,))


def choose_article(titles: Mapping[str, str], *, key: str, **options: Any) -> str | None:
    """Draw the choice of an article; its name, or None for all."""
    chosen: str | None = st.selectbox(
        "Article", list(titles), index=None, format_func=lambda name: showable(titles.get(name) or "(no title)"), placeholder="All articles",
        key=key, persist_state="session", **options,
    )  # fmt: skip
    return chosen
