"""Tags: the desk's own words for finding claims again, as they are kept in a claim's row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.errors import StoreError
from claims.table import join_values, split_values

#: Signs of a tag, and tags of a claim, at most.
LONGEST, MOST = 40, 20


def tags_in(typed: str | Iterable[str]) -> tuple[str, ...]:
    """The tags that somebody typed, each once: a comma parts them, and space around and within them is no part of one.

    >>> tags_in(" prison,  north   gate , Prison")
    ('prison', 'north gate')
    >>> tags_in(["election, day", ""])
    ('election', 'day')
    >>> tags_in("a word that nobody would ever call a tag since it goes on")
    Traceback (most recent call last):
    claims.errors.StoreError: “a word that nobody would ever call a tag” is too long for a tag. Use 40 signs at most.
    """
    texts = [typed] if isinstance(typed, str) else typed
    found: dict[str, str] = {}
    for tag in (" ".join(part.split()) for text in texts for part in text.split(",")):
        if len(tag) > LONGEST:
            raise StoreError(f"“{tag[:LONGEST].strip()}” is too long for a tag.", f"Use {LONGEST} signs at most.")
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def retagged(cell: str | None, add: Sequence[str], remove: Sequence[str]) -> str | None:
    """A claim's tags with some more and without others, whatever their case; what stands stays as it is written.

    >>> retagged("prison|Gate", ["gate", "north"], ["PRISON"])
    'Gate|north'
    >>> retagged("prison", [], ["prison"]) is None
    True
    """
    gone = {tag.casefold() for tag in remove}
    kept = {tag.casefold(): tag for tag in split_values(cell or "") if tag.casefold() not in gone}
    for tag in add:
        kept.setdefault(tag.casefold(), tag)
    return join_values(kept.values()) or None
