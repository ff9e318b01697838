"""A rate in words, or why there is none."""

from __future__ import annotations

from claims.review.agreement import MINIMUM


def share_words(part: int, whole: int, *, of: str = "") -> str:
    """So many of so many, with the rate where they are enough for one.

    >>> share_words(9, 12), share_words(3, 4, of="claims")
    ('9 of 12 (75 %)', '3 of 4 claims; too few for a rate')
    """
    counted = f"{part:,} of {whole:,}{f' {of}' if of else ''}"
    return f"{counted} ({100 * part / whole:.0f} %)" if whole >= MINIMUM else f"{counted}; too few for a rate"
