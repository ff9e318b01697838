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

#: Characters of a value that a sentence quotes, and of what a database says of a cell.
_SHOWN, _LONGEST = 60, 160


#: What a difference is called that is none between a column and the events.
_SAID = {
    "unreadable": "The table of {kind}s holds a cell that cannot be read: {stands}",
    "size": "snapshot {name}: its size is written as {stands}, and it has {told} bytes.",
    "sha256": "snapshot {name}: its bytes were changed; their SHA-256 is {stands}.",
}

#: The same of what searches read, which is worked out of the claims and which no event tells.
_LISTED = {
    "no": "claim {name}: it is not in its place in the list that searches read.",
    "search": "The words that searches read are {stands} in all, and those of the claims are {told}.",
}


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
    >>> print(_words(Difference("listing", "ab12", "speaker", "Ilic", None)))
    claim ab12, speaker: the list that searches read holds “Ilic”, which does not follow from the claim’s row: that gives nothing.
    """
    kind, name, column = difference.kind, plain(difference.subject_id), difference.column
    stands, told = difference.stands, difference.told
    if kind == "listing":
        return _listed(name, column, stands, told)
    if column in _SAID and (kind == "snapshot" or column not in SNAPSHOTS.values()):
        return _SAID[column].format(kind=kind, name=name, stands=plain(str(stands))[:_LONGEST], told=told)
    if stands is None and told == difference.subject_id:
        return f"{kind} {name}: the events tell of it, and the table does not hold it."
    if told is None and stands == difference.subject_id:
        return f"{kind} {name}: the table holds it, and no event tells of it."
    if stands is None and column == SNAPSHOTS.get(kind):
        return f"{kind} {name}: the snapshot {told} that it names is not there."
    return f"{kind} {name}, {column}: the table holds {_quoted(stands)}, the events say {_quoted(told)}."


def _listed(name: str, column: str, stands: object, told: object) -> str:
    if column in _LISTED:
        return _LISTED[column].format(name=name, stands=stands, told=told)
    return (
        f"claim {name}, {column}: the list that searches read holds {_quoted(stands)}, which does not follow from the claim’s row: "
        f"that gives {_quoted(told)}."
    )


def _quoted(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    text = plain(str(value))
    return f"“{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}”"
