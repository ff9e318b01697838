"""A table that was exported and edited in a spreadsheet comes home: planned and shown first, then written as one act."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from claims.errors import BadTable
from claims.imports.cells import tidy
from claims.imports.comparing import Comparison, compare
from claims.imports.finding import Found, find
from claims.imports.letters import PAGES, page_of
from claims.imports.plan import Cell, Plan, Row, Writing
from claims.imports.problems import Problem, named
from claims.imports.sheet import Sheet, content_of, read_sheet
from claims.store import Edit, Query, Store

__all__ = [
    "Cell", "Imported", "Plan", "Problem", "Row", "Sheet", "Writing", "apply_import", "compare", "plan_import", "read_sheet",
]  # fmt: skip

#: Rows whose claims are read together.
_TOGETHER = 2_000
#: Claims that a name which became a number is sought among, and the rows for which that is done.
_ALIKE, _SOUGHT = 50, 1_000
#: Words by which the old code page of a file is told.
_WORDS = 200
#: Problems that a refusal names before it only counts.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the rows written and those left as they were, and what the record says of it."""

    n_written: int
    n_left: int
    why: str


def plan_import(
    store: Store, source: str | Path | bytes | IO[str] | IO[bytes], *, name: str = "", reader: str | None = None
) -> Plan:
    """What a file would change in the record; nothing is written.

    ``source`` is a path, the file's bytes, or an open file; ``name`` is what it is called where it does not say so
    itself. Each cell is compared with the claim as it was exported, which the record knows by the row's ``revision``, and
    with the claim as it stands. ``reader`` is who brings the file, None may know all: a first reading that is kept back
    from them is neither told nor changed. What left empty for its sake is no edit, whoever brings it.

    Raises BadTable for what is no claims table at all; all else is among the plan's problems.
    """
    content, called = content_of(source, name)
    sheet = read_sheet(content, called)
    if sheet.page in PAGES and (page := page_of(content, _words(store, sheet))) != sheet.page:
        sheet = read_sheet(content, called, page)
    rules = store.rules()
    comparison = Comparison(sheet, Query(reader=reader, read_twice=rules.second_reading))
    if comparison.can_be_made:
        quoting = _Quoting(store)
        for indexes in _parts(range(len(sheet))):
            current = store.claims_named(_names(sheet, indexes))
            found = find(sheet, indexes, current, quoting, comparison.problems)
            current |= store.claims_named([one.claim_id for one in found if one.claim_id not in current])
            exported = _exported(store, found, current)
            comparison.take(found, exported, [current[one.claim_id] for one in found])
    return comparison.plan(rules.scale, rules.confidence)


def apply_import(
    store: Store,
    plan: Plan,
    *,
    actor: str | None = None,
    good_rows_only: bool = False,
    take_file: bool | Collection[int] = False,
) -> Imported:
    """Write what was planned, as one act that one undo takes back.

    ``take_file`` settles the conflicts: True takes the file's values, a collection of row numbers takes them in these rows
    and leaves the record's in the others, False leaves them open. As long as there are problems or open conflicts nothing
    is written, and BadTable says so; with ``good_rows_only`` the rows without any are. Raises StaleWrite where somebody
    wrote since the plan was made: nothing is written then either, and the file is to be planned again.
    """
    open_rows = [row for row in plan.rows if row.contested and take_file is False]
    refused = [row for row in plan.rows if row.refusal and plan.takes(row, take_file=take_file)]
    if not good_rows_only and (plan.stops or open_rows or refused):
        raise _not_imported(plan, open_rows, [row.refusal for row in refused if row.refusal])
    left = {row.row for row in (*open_rows, *refused)}
    writing = [
        (row, chosen)
        for row in plan.rows
        if row.row not in left and (chosen := row.taking if plan.takes(row, take_file=take_file) else row.keeping)
    ]
    if writing:
        edits = [Edit(row.claim_id, row.revision, chosen.mark, dict(chosen.changes)) for row, chosen in writing]
        store.save_many(edits, why=plan.why, actor=actor)
    return Imported(len(writing), len(left | {problem.row for problem in plan.stops if problem.row > 1}), plan.why)


def _parts(indexes: range) -> Iterator[range]:
    return (indexes[first : first + _TOGETHER] for first in range(0, len(indexes), _TOGETHER))


def _names(sheet: Sheet, indexes: Iterable[int]) -> list[str]:
    """The claims that these rows name, each once."""
    cells = sheet.cells["claim_id"]
    return list(dict.fromkeys(name for index in indexes if (name := tidy(cells[index] or ""))))


def _exported(
    store: Store, found: Iterable[Found], current: Mapping[str, Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The claims as they were exported: as they are, where nobody wrote since."""
    listed = list(found)
    moved: dict[int, dict[str, int]] = {}
    for one in listed:
        if one.revision != current[one.claim_id]["revision"]:
            # Where one claim stands in two rows at two revisions, each is asked for by itself.
            part = next(part for part in range(len(moved) + 1) if one.claim_id not in moved.get(part, {}))
            moved.setdefault(part, {})[one.claim_id] = one.revision
    as_it_was = {
        (claim_id, asked[claim_id]): row
        for asked in moved.values()
        for claim_id, row in store.claims_as_of(asked).items()
    }
    return [
        current[one.claim_id]
        if one.revision == current[one.claim_id]["revision"]
        else as_it_was[one.claim_id, one.revision]
        for one in listed
    ]


def _words(store: Store, sheet: Sheet) -> list[str]:
    """Words with accents and quotation marks that the record knows of the file's claims, to prove its old code page."""
    if "claim_id" not in sheet.cells:
        return []
    named = store.claims_named(_names(sheet, range(min(len(sheet), _TOGETHER))))
    texts = (text for row in named.values() for text in row.values() if isinstance(text, str) and not text.isascii())
    return list(islice(dict.fromkeys(word for text in texts for word in text.split() if not word.isascii()), _WORDS))


class _Quoting:
    """The claims of a quote, for a name that became a number: sought for so many rows and no more."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._left = _SOUGHT

    def __call__(self, quote: str) -> list[dict[str, Any]]:
        if not self._left:
            return []
        self._left -= 1
        return self._store.rows(Query(text=quote, dropped=True), limit=_ALIKE)


def _not_imported(plan: Plan, open_rows: list[Row], refused: list[Problem]) -> BadTable:
    stops = [*plan.stops, *refused]
    said = [str(problem) for problem in stops[:_NAMED]]
    if len(stops) > _NAMED:
        said.append(f"There are {len(stops) - _NAMED:,} problems more.")
    if open_rows:
        rows = named([row.row for row in open_rows])
        said.append(
            f"In {len(open_rows):,} of its rows ({rows}) file and record were both changed, and nobody chose between them."
        )
    return BadTable(
        f"Nothing of {plan.name} was imported. {' '.join(said)}",
        "Mend the file or choose, and plan the import again; or import the good rows only.",
    )
