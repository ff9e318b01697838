"""First readings that are kept back: what left empty for their sake is no edit, and no plan tells them to who may not know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from claims.imports.cells import tidy
from claims.imports.judging import JUDGEMENT
from claims.imports.problems import Problem, named
from claims.imports.sheet import Sheet
from claims.status import keeping_back


def may_have_left_empty(exported: Mapping[str, Any]) -> bool:
    """Whether a claim, as it was exported, left without its judgement in the file of who was to read it second.

    >>> may_have_left_empty({"status": "marked", "checker": "Jana"}), may_have_left_empty({"status": "agreed"})
    (True, False)
    """
    return exported.get("status") in keeping_back(read_twice=True) and exported.get("checker") is not None


def untaken(sheet: Sheet, emptied: Collection[int], hidden: Collection[int]) -> list[Problem]:
    """What is said of rows whose judgement is not taken, by their places in the sheet.

    ``emptied`` may have left without one, and have cells of it empty that were filled; ``hidden`` are kept back from who
    brings the file. A row that gives one of its own among the cells that left empty is stopped: with them it would be
    another person's reading, half wiped out.
    """
    judged = {index for index in {*emptied, *hidden} if _is_judged(sheet, index)}
    problems = [
        Problem(
            sheet.rows[index], "",
            "This claim waits for its second reading, and of its judgement some cells are filled and some empty.",
            "Give a second reading at the desk and leave them all empty here, or put back what was exported.",
        )
        for index in sorted(judged.difference(hidden))
    ]  # fmt: skip
    for indexes, said, remedy in (
        (judged.intersection(hidden), "the first reading is kept back from you, and no judgement is taken from the file",
         "Give yours at the desk."),
        ({*emptied} - judged, "the claim waits for its second reading, and a judgement that is empty stays as it is",
         "Nothing needs to be done."),
    ):  # fmt: skip
        if indexes:
            problems.append(Problem(0, "", f"In {_rows(sheet, indexes)} {said}.", remedy, stops=False))
    return problems


def _is_judged(sheet: Sheet, index: int) -> bool:
    return any(tidy(sheet.cells[name][index] or "") for name in JUDGEMENT if name in sheet.cells)


def _rows(sheet: Sheet, indexes: Collection[int]) -> str:
    rows = named([sheet.rows[index] for index in sorted(indexes)])
    return f"row {rows}" if len(indexes) == 1 else f"{len(indexes):,} rows ({rows})"
