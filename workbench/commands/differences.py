"""Where the tables hold something else than the events say, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.commands.drawing import plain

if TYPE_CHECKING:
    from claims.store import Difference

#: Columns that name a snapshot, by the kind of what names it.
SNAPSHOTS = {"article": "sha256", "source": "snapshot"}

#: Characters of a value that a sentence quotes.
_SHOWN = 60


def told(differences: Sequence[Difference]) -> list[str]:
    """Differences in words: first one of each sort, so that those named show all that there is."""
    seen: Counter[tuple[str, str]] = Counter()
    turns = []
    for each in differences:
        seen[each.kind, each.column] += 1
        turns.append((seen[each.kind, each.column], each))
    return [_words(each) for _, each in sorted(turns, key=lambda turn: turn[0])]


def _words(difference: Difference) -> str:
    """A difference in a sentence.

    >>> from claims.store import Difference
    >>> print(_words(Difference("claim", "ab12", "verdict", "Supported", "Refuted")))
    claim ab12, verdict: the table holds “Supported”, the events say “Refuted”.
    >>> print(_words(Difference("article", "9f", "article_id", None, "9f")))
    article 9f: the events tell of it, and the table does not hold it.
    """
    kind, name, column = difference.kind, plain(difference.subject_id), difference.column
    stands, told = difference.stands, difference.told
    if kind == "snapshot":
        return f"snapshot {name}: its bytes were changed; their SHA-256 is {stands}."
    if stands is None and told == difference.subject_id:
        return f"{kind} {name}: the events tell of it, and the table does not hold it."
    if told is None and stands == difference.subject_id:
        return f"{kind} {name}: the table holds it, and no event tells of it."
    if stands is None and column == SNAPSHOTS.get(kind):
        return f"{kind} {name}: the snapshot {told} that it names is not there."
    if column == "listing":
        return f"claim {name}: it is not in its place in the list that searches read."
    return f"{kind} {name}, {column}: the table holds {_quoted(stands)}, the events say {_quoted(told)}."


def _quoted(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    text = plain(str(value))
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}”"
