"""Letters that a file lost where it was saved: told from a person's edits by what the file's cells show together."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from claims.imports.letters import Loss, called, guessed, losses, missing
from claims.imports.problems import Problem, named, quoted

#: What a program writes for any letter that it cannot save; all else in a letter's place is its plain form.
_MARK = "?"
#: So many cells, or so many different letters, are no person's edit.
_ENOUGH = 2
#: The words of a sentence on a single cell.
_ONE = ("1 cell", "is", "it", "it")
#: Letters that a sentence shows.
_SHOWN = 5


class Losses:
    """What the cells of a file that look like losses show together.

    >>> alone, quotes = frozenset({("š", "?")}), frozenset({("“", "?"), ("”", "?")})
    >>> Losses("latin-1", [(alone, False)]).believes(alone), Losses("latin-1", [(quotes, False)]).believes(quotes)
    (False, True)

    Each cell comes with its losses, and with whether it stands in a column that no file changes: what is lost there no
    person edited.
    """

    def __init__(self, page: str, cells: Iterable[tuple[frozenset[Loss], bool]]) -> None:
        self._page = page
        self._marked: set[str] = set()
        self._witnessed: set[Loss] = set()
        self._cells: Counter[bool] = Counter()
        self._letters: dict[bool, set[str]] = defaultdict(set)
        for found, untaken in cells:
            self._count(found)
            self._marked.update(letter for letter, shown in found if shown == _MARK)
            self._witnessed.update(found if untaken else ())

    def _count(self, found: frozenset[Loss]) -> None:
        proving = [(letter, shown == _MARK) for letter, shown in found if not _may_ask(letter, shown)]
        self._cells.update({marked for _, marked in proving})
        for letter, marked in proving:
            self._letters[marked].add(letter)

    def believes(self, found: frozenset[Loss]) -> bool:
        """Whether a cell with these losses was not edited, as far as the whole file tells."""
        return all(self._believes(letter, shown) for letter, shown in found)

    def _believes(self, letter: str, shown: str) -> bool:
        marked, is_guessed = shown == _MARK, guessed(self._page, letter)
        if not marked and (is_guessed or letter in self._marked):
            # An accent that a person took off: the file may have kept it, or shows what its program writes in its place.
            return False
        if _may_ask(letter, shown):
            return (letter, shown) in self._witnessed or bool(self._letters[marked])
        return (
            (marked and not is_guessed)
            or (letter, shown) in self._witnessed
            or max(self._cells[marked], len(self._letters[marked])) >= _ENOUGH
        )


def may_be_lost(cell: str, exported: object, page: str) -> str:
    """The letters of the exported text that the page has not, where an edited cell looks as if it had lost them; else "".

    >>> may_be_lost("Marusa", "Maruša", "latin-1"), may_be_lost("Maru?a left", "Maruša fled", "latin-1")
    ('š', 'š')
    >>> may_be_lost("Korda", "Maruša", "latin-1"), may_be_lost("Marusa", "Maruša", "")
    ('', '')
    """
    text = str(exported or "").strip()
    if losses(cell, text, page) or cell.count(_MARK) > text.count(_MARK):
        return missing(text, page)
    return ""


def doubted(row: int, column: str, cell: str, exported: object, page: str, letters: str) -> Problem:
    """What is said of an edit that may be a loss.

    >>> print(doubted(2, "claim", "Sunday?", "Sunday…", "ascii", "…"))
    Row 2, claim: “Sunday?” is taken as an edit of “Sunday…”, but may be what was left of it in saving: plain ASCII has \
not all of its letters (…). Put back what was exported if nobody edited it, and save the table as CSV UTF-8.
    """
    return Problem(
        row, column,
        f"{quoted(cell)} is taken as an edit of {quoted(exported)}, but may be what was left of it in saving: "
        f"{called(page)} has not all of its letters ({_listed(letters)}).",
        "Put back what was exported if nobody edited it, and save the table as CSV UTF-8.", stops=False,
    )  # fmt: skip


def believed(cells: Iterable[tuple[int, str, frozenset[Loss]]], page: str) -> list[Problem]:
    """What is said of the cells, by row and column, that lost letters and are taken as not edited: one sentence for all.

    >>> print(*believed([(2, "claim", frozenset({("“", "?")})), (5, "claim", frozenset({("š", "?")}))], "latin-1"))
    2 cells (claim in row 2, 5) are taken as not edited, because letters that ISO 8859-1 (Western Europe) has not \
(š “) were lost in them. If you edited one of them, save the table as CSV UTF-8 and import it again, or edit the claim at the desk.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    letters: set[str] = set()
    for row, column, found in cells:
        rows[column].append(row)
        letters.update(letter for letter, _ in found)
    if not rows:
        return []
    number = sum(map(len, rows.values()))
    counted, are, them, one = _ONE if number == 1 else (f"{number:,} cells", "are", "them", "one of them")
    where = "; ".join(f"{column} in row {named(sorted(some))}" for column, some in rows.items())
    without = f"letters that {called(page)} has not ({_listed(sorted(letters))})"
    sentence = f"{counted} ({where}) {are} taken as not edited, because {without} were lost in {them}."
    remedy = f"If you edited {one}, save the table as CSV UTF-8 and import it again, or edit the claim at the desk."
    return [Problem(0, "", sentence, remedy, stops=False)]


def _may_ask(letter: str, shown: str) -> bool:
    """Whether a person may have written a question mark there: in place of an ellipsis, and not within a name."""
    return shown == _MARK and unicodedata.category(letter) == "Po"


def _listed(letters: Iterable[str]) -> str:
    listed = list(letters)
    return " ".join(listed[:_SHOWN]) + " and more" * (len(listed) > _SHOWN)
