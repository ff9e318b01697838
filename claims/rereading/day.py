"""Whether a page has another day of publication than the record, and what becomes of it."""

from __future__ import annotations

from datetime import date

from claims.article import Article


def is_redated(known: Article, said: date | None, read: Article) -> bool:
    """Whether a new version has another day. ``said`` is the page's own, where a person corrected it in the record.

    A version without a day says nothing of it.

    >>> known = Article("Vans wait", published=date(2024, 3, 3))
    >>> is_redated(known, None, Article("Vans wait", published=date(2024, 3, 17)))
    True
    >>> is_redated(known, date(2024, 3, 2), Article("Vans wait", published=date(2024, 3, 2)))
    False
    >>> is_redated(known, None, Article("Vans wait"))
    False
    """
    return read.published not in {None, known.published, said}


def day_in_words(was: date | None, now: date) -> str:
    """What a person is told of another day before the version is taken over.

    >>> day_in_words(date(2024, 3, 3), date(2024, 3, 17))
    'The day of publication was 3 March 2024, is 17 March 2024. Taken over, the record has the new day, by which new claims are \
dated; claims that were there keep the days that they have.'
    """
    then = f"{was.day} {was:%B %Y}" if was else "not known"
    return (
        f"The day of publication was {then}, is {now.day} {now:%B %Y}. Taken over, the record has the new day, "
        "by which new claims are dated; claims that were there keep the days that they have."
    )
