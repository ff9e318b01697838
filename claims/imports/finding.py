"""Which claim a row of the file is of, and at which revision it was exported: also where a spreadsheet took its name for a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from claims.imports.cells import fits, lost_in, tidy
from claims.imports.decimals import amounts, same_amount
from claims.imports.problems import Problem, quoted
from claims.imports.sheet import Sheet
from claims.table import COLUMNS

#: Rows of the claims table by claim_id, as plain values.
Rows = Mapping[str, Mapping[str, Any]]

_QUOTE = next(column for column in COLUMNS if column.name == "quote")


@dataclass(frozen=True, slots=True)
class Found:
    """Whose row this is: its place in the sheet, its claim, and the revision that it was exported at."""

    index: int
    claim_id: str
    revision: int


def find(
    sheet: Sheet,
    indexes: Iterable[int],
    current: Rows,
    quoting: Callable[[str], Iterable[Mapping[str, Any]]],
    problems: list[Problem],
) -> list[Found]:
    """The claims of these rows; what is amiss goes to ``problems``.

    ``current`` has the claims that the rows name, ``quoting`` gives those of a quote, for a name that became a number.
    """
    found = []
    for index in indexes:
        claim = _claim(sheet, index, current, quoting, problems)
        revision = claim and _revision(sheet, index, claim, problems)
        if claim and revision:
            found.append(Found(index, str(claim["claim_id"]), revision))
    return found


def _claim(
    sheet: Sheet,
    index: int,
    current: Rows,
    quoting: Callable[[str], Iterable[Mapping[str, Any]]],
    problems: list[Problem],
) -> Mapping[str, Any] | None:
    row, name = sheet.rows[index], tidy(sheet.cells["claim_id"][index] or "")
    if name in current:
        return current[name]
    if not name:
        problems.append(
            Problem(
                row, "claim_id", "This row names no claim.", "Add a new claim at the desk, and delete the row here."
            )
        )
        return None
    quote = tidy(sheet.cells["quote"][index] or "") if "quote" in sheet.cells else ""
    if amounts(name):
        alike = {
            str(claim["claim_id"]): claim
            for claim in (quoting(quote) if quote else ())
            if same_amount(name, str(claim["claim_id"])) and _is_quote(quote, claim["quote"], sheet.page)
        }
        if len(alike) == 1:
            [(known, claim)] = alike.items()
            sentence = f"{quoted(name)} is what a spreadsheet made of {known}, which has this quote."
            problems.append(Problem(row, "claim_id", sentence, "Nothing needs to be done.", stops=False))
            return claim
        sentence = f"{quoted(name)} is a number that a spreadsheet made of a claim's name, and "
        sentence += "more than one claim fits it." if alike else "no claim fits it and has this row's quote."
        problems.append(Problem(row, "claim_id", sentence, "Copy the name from the exported file, as text."))
        return None
    sentence = f"There is no claim {quoted(name)} in this record."
    problems.append(Problem(row, "claim_id", sentence, "Put back the name that was exported, or delete the row."))
    return None


def _is_quote(cell: str, quote: object, page: str) -> bool:
    return fits(cell, quote, _QUOTE) is not None or bool(lost_in(cell, quote, _QUOTE, page))


def _revision(sheet: Sheet, index: int, claim: Mapping[str, Any], problems: list[Problem]) -> int | None:
    cell = tidy(sheet.cells["revision"][index] or "")
    newest = int(claim["revision"])
    if cell.isascii() and cell.isdigit() and len(cell) < 10 and 1 <= int(cell) <= newest:  # noqa: PLR2004
        return int(cell)
    wholes = {int(amount) for amount in amounts(cell).values() if 1 <= amount <= newest and amount == int(amount)}
    if len(wholes) == 1:
        return wholes.pop()
    if amounts(cell):
        sentence = f"This claim has no revision {quoted(cell)}: its revisions run from 1 to {newest}."
    else:
        sentence = f"{quoted(cell)} is no revision." if cell else "The revision is missing."
    remedy = "Put back the revision that was exported: it says what the row is compared with."
    problems.append(Problem(sheet.rows[index], "revision", sentence, remedy))
    return None
