"""Numbers with their nouns, on the screens and in the terminal."""

from __future__ import annotations


def count_words(number: int, one: str = "claim", several: str = "") -> str:
    """A number of things.

    >>> count_words(1), count_words(2000, "row"), count_words(2, "reading", "readings in all")
    ('1 claim', '2,000 rows', '2 readings in all')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"
