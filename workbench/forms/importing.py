"""A table that was edited in a spreadsheet comes home: its changes are shown cell by cell, chosen, and then written."""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from claims import Store
from claims.export import csv_bytes
from claims.imports import Imported, Plan, apply_import, plan_import
from workbench import desk

#: What happens to a cell, by the plan's kinds.
KINDS: dict[str, str] = {
    "change": "is written",
    "conflict": "both changed it",
    "already": "stands so already",
    "stop": "stops its row",
    "note": "to be known",
}

#: Lines of the preview that are shown.
SHOWN = 500

_MENDING = {"all": "All or nothing", "good": "The good rows only"}
_CONFLICTS = {"open": "Choose", "keep": "Keep the record’s", "take": "Take the file’s"}


def draw(store: Store) -> None:
    """Upload, look, choose, write."""
    st.caption(
        "Export claims, edit the CSV in a spreadsheet, and bring it back here. Each cell is compared with what was exported "
        "and with what stands now; nothing is written before you have seen it."
    )
    files = st.session_state.get("imports", 0)
    file = st.file_uploader("CSV or Excel file", ["csv", "txt", "xlsx"], key=f"import-file-{files}")
    if file is None:
        return
    with desk.worded():
        plan = _plan(store, file.name, file.getvalue())
        _draw_plan(store, plan)


def _plan(store: Store, name: str, content: bytes) -> Plan:
    """The plan of this file, made again only when the record moved."""
    stand = (name, hashlib.sha256(content).hexdigest(), store.latest_event_seq(), desk.person())
    kept: tuple[Any, Plan] | None = st.session_state.get("import-plan")
    if kept and kept[0] == stand:
        return kept[1]
    with st.spinner("Comparing the file with the record …"):
        plan = plan_import(store, content, name=name, reader=desk.person())
    st.session_state["import-plan"] = (stand, plan)
    return plan


def _draw_plan(store: Store, plan: Plan) -> None:
    st.markdown(f"**{desk.plain(plan.name)}**: {_words(plan)}")
    for problem in plan.problems[:20]:
        (st.error if problem.stops else st.info)(desk.plain(str(problem)))
    if len(plan.problems) > 20:  # noqa: PLR2004
        st.caption(f"{len(plan.problems) - 20:,} more stand in the table below.")
    if not plan.cells:
        st.caption("Nothing in it differs from what was exported.")
        return
    _draw_table(store, plan)
    good, take = _draw_choices(plan)
    ready = bool(plan.rows) and (not plan.conflicts or take is not None or good)
    if plan.rows and not ready:
        st.caption("Choose whose value stands where both changed a cell; then the changes can be written.")
    st.button(
        "Write the changes", key="import-do", type="primary", disabled=not ready, on_click=_write, args=(store, plan)
    )  # fmt: skip


def _draw_table(store: Store, plan: Plan) -> None:
    table = plan.as_table()
    shown = table.head(SHOWN)
    claims = store.claims_named({str(name) for name in shown["claim_id"].dropna()})
    wording = {name: row["claim"] for name, row in claims.items()}
    why = ["says"] if shown["says"].notna().any() else []
    st.dataframe(
        shown.assign(kind=shown["kind"].map(KINDS), claim=shown["claim_id"].map(wording)),
        hide_index=True,
        placeholder="",
        column_order=["row", "claim", "column", "exported", "current", "edited", "kind", *why],
        column_config={
            "row": st.column_config.NumberColumn("Row", width=50),
            "claim": st.column_config.TextColumn("Claim", width=240),
            "column": "Column",
            "exported": "As exported",
            "current": "Now",
            "edited": "In the file",
            "kind": "What happens",
            "says": st.column_config.TextColumn("Why", width="medium"),
        },
    )
    if len(table) > SHOWN:
        st.download_button(
            f"The first {SHOWN:,} lines of {len(table):,} are shown: all of them as CSV",
            lambda: csv_bytes(table),
            file_name=f"preview of {plan.name}",
            mime="text/csv",
            key="import-preview",
            on_click="ignore",
        )


def _draw_choices(plan: Plan) -> tuple[bool, bool | None]:
    """Draw the choices that this plan leaves, and give what is chosen."""
    with st.container(horizontal=True, gap="large"):
        if plan.stops:
            st.radio("Where rows are stopped", list(_MENDING), format_func=_MENDING.__getitem__, key="import-mending")
        if plan.conflicts:
            st.radio(
                "Where both changed a cell", list(_CONFLICTS), format_func=_CONFLICTS.__getitem__, key="import-take"
            )
    return _chosen()


def _chosen() -> tuple[bool, bool | None]:
    """Whether only the good rows are written, and whose value stands where both changed; None while that is open."""
    take = {"open": None, "keep": False, "take": True}
    return st.session_state.get("import-mending") == "good", take[st.session_state.get("import-take", "open")]


def _write(store: Store, plan: Plan) -> None:
    # As the choices stand at the click, which may be quicker than the drawing of the last one.
    good, take = _chosen()
    # Rows taken by number: none of them means that the record's value stands everywhere.
    settled: bool | frozenset[int] = frozenset() if take is False else bool(take)
    done, _ = desk.act(
        lambda: apply_import(store, plan, actor=desk.person(), good_rows_only=good, take_file=settled), _said
    )
    if done:
        st.session_state["imports"] = st.session_state.get("imports", 0) + 1
        st.session_state.pop("import-plan", None)


def _said(done: Imported) -> str:
    rows = "1 row written" if done.n_written == 1 else f"{done.n_written:,} rows written"
    return f"{rows}, {done.n_left:,} left as they were; one Undo takes the import back"


def _words(plan: Plan) -> str:
    """What the file holds, in a line.

    >>> _words(Plan("claims.csv", "ab12", 3, 3, (), (), ()))
    '3 rows, 3 unchanged'
    """
    counted = [
        (plan.n_rows, "row", "rows"),
        (len(plan.rows), "to be written", "to be written"),
        (plan.n_unchanged, "unchanged", "unchanged"),
        (len(plan.conflicts), "conflict", "conflicts"),
        (len(plan.stops), "problem", "problems"),
    ]
    return ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counted if count)
