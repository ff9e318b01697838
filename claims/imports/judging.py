"""From the changed cells of a row to what it would write: a mark and columns of the claim, or the reason why it may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from claims.imports.plan import Cell, Row, Writing
from claims.imports.problems import Problem, quoted
from claims.status import SETTABLE, following, may_follow
from claims.store.edits import turned_round
from claims.store.marking import Mark
from claims.verdict import Scale

#: The columns that make a mark: together, since a judgement is one thing.
JUDGEMENT = ("verdict", "confidence", "likelihood", "corrected_value", "rationale", "verdict_as_of")

_AS_BEFORE = "Put back what was exported."


def locked(row: int, status: str) -> Problem:
    """What a row is told that changes a claim which is closed.

    >>> print(locked(12, "signed off"))
    Row 12: This claim is signed off, and the row changes it. Reopen it at the desk first, or put back what was exported.
    """
    said = f"This claim is {status}, and the row changes it."
    return Problem(row, "", said, "Reopen it at the desk first, or put back what was exported.")


def together(cells: Iterable[Cell], exported: Mapping[str, Any], current: Mapping[str, Any]) -> list[Cell]:
    """The same cells; where the record has another judgement since, each change of the file's judgement is a conflict.

    Else the rationale of one person would come to stand beside the verdict of another.
    """
    held = list(cells)
    moved = [name for name in JUDGEMENT if exported.get(name) != current.get(name)]
    judged = [cell for cell in held if cell.column in JUDGEMENT and cell.kind != "already"]
    if not moved or not judged:
        return held
    held = [replace(cell, kind="conflict") if cell in judged else cell for cell in held]
    # Taking the file's judgement takes all of it: what it holds as it was exported is shown as well.
    named = {cell.column for cell in held}
    whole = [
        replace(
            judged[0],
            column=name,
            exported=exported.get(name),
            current=current.get(name),
            edited=exported.get(name),
            kind="conflict",
        )
        for name in moved
        if name not in named
    ]
    return held + whole


def judge(
    cells: list[Cell],
    exported: Mapping[str, Any],
    current: Mapping[str, Any],
    scale: Scale,
    unread: Collection[str] = (),
) -> tuple[Row | None, list[Problem]]:
    """What a row with these cells would write; None where that is nothing, or where the problems stop it.

    ``unread`` names the columns that could not be read, so that what hangs on them is not told as well.
    """
    edits = [cell for cell in cells if cell.kind != "already"]
    if not edits:
        return None, []
    row, claim_id = edits[0].row, edits[0].claim_id
    values = {**exported, **{cell.column: cell.edited for cell in cells}}
    plain = [cell for cell in edits if cell.kind == "change"]
    keeping, problems = _writing(row, plain, values, current, scale, unread)
    taking, refusals = keeping, problems
    if len(plain) < len(edits):
        taking, refusals = _writing(row, edits, values, current, scale, unread)
    if problems:
        return None, problems
    contested = len(plain) < len(edits)
    refusal = refusals[0] if contested and refusals else None
    return Row(row, claim_id, int(current["revision"]), keeping, taking, contested, refusal), []


def _writing(
    row: int,
    cells: list[Cell],
    values: Mapping[str, Any],
    current: Mapping[str, Any],
    scale: Scale,
    unread: Collection[str],
) -> tuple[Writing, list[Problem]]:
    """What these cells write, and what forbids it."""
    changed = {cell.column: cell.edited for cell in cells}
    judged = [name for name in JUDGEMENT if name in changed]
    status = changed.get("status")
    unjudged = any(name in unread for name in JUDGEMENT)
    problems = _judgement(row, judged, values, scale) if judged and not unjudged else []
    problems += [Problem(row, *told) for told in turned_round({**current, **changed}, changed)]
    problems += _step(row, status, current, marks=bool(judged) or unjudged)
    if problems:
        return Writing(None, {}), problems
    mark = None
    if judged:
        mark = Mark(
            values["verdict"],
            values["confidence"],
            rationale=values.get("rationale") or "",
            likelihood=values.get("likelihood"),
            corrected_value=values.get("corrected_value") or "",
            as_of=values.get("verdict_as_of"),
            status=status or ("marked" if {"verdict", "confidence"} & set(judged) else str(current["status"])),
        )
    left_out = {*JUDGEMENT, "status"} if judged else JUDGEMENT
    return Writing(mark, {name: value for name, value in changed.items() if name not in left_out}), []


def _judgement(row: int, judged: list[str], values: Mapping[str, Any], scale: Scale) -> list[Problem]:
    verdict, confidence = values.get("verdict"), values.get("confidence")
    if verdict is None and confidence is None:
        if "verdict" in judged or "confidence" in judged:
            return [
                Problem(
                    row,
                    "verdict",
                    "A file takes no verdict away.",
                    "Put back what was exported, or undo the mark at the desk.",
                )
            ]
        said = f"{judged[0]} is given, and no verdict."
        return [
            Problem(
                row,
                judged[0],
                f"{said[:1].upper()}{said[1:]}",
                "Give a verdict and a confidence too, or leave it empty.",
            )
        ]
    if confidence is None:
        return [
            Problem(
                row, "confidence", "A verdict is given, and no confidence.", "Say in this row how sure you are of it."
            )
        ]
    if verdict is None:
        return [
            Problem(row, "verdict", "A confidence is given, and no verdict.", f"Use one of: {', '.join(scale.labels)}.")
        ]
    if verdict not in scale.labels:
        said = f"{quoted(verdict)} is no verdict of the desk's scale, and the row judges the claim anew."
        return [Problem(row, "verdict", said, f"Use one of: {', '.join(scale.labels)}.")]
    return []


def _step(row: int, status: str | None, current: Mapping[str, Any], *, marks: bool) -> list[Problem]:
    """What forbids the step from the claim's status to the file's, or to "marked" where the row gives a verdict."""
    now = str(current["status"])
    if status is not None and status not in SETTABLE:
        return [Problem(row, "status", f"{quoted(status)} is given at the desk, not by a file.", _AS_BEFORE)]
    if marks and not may_follow(now, status or "marked"):
        said = f"This claim is {quoted(now)}, and a file gives no verdict there."
        return [Problem(row, "verdict", said, "Give it at the desk, or put back what was exported.")]
    if status and not may_follow(now, status):
        steps = [step for step in following(now) if step in SETTABLE]
        said = f"A claim that is {quoted(now)} cannot become {quoted(status)}."
        return [
            Problem(row, "status", said, f"From here a file may make it: {', '.join(steps)}." if steps else _AS_BEFORE)
        ]
    if status == "marked" and not marks and current.get("verdict") is None:
        return [
            Problem(
                row,
                "status",
                "“marked” comes with a verdict, and the claim has none.",
                "Give a verdict and a confidence in this row.",
            )
        ]
    return []
