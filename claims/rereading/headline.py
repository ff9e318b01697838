"""Whether a page has another headline than it had: not every other title is one."""

from __future__ import annotations

from claims.article import Article


def is_edited(known: Article, said: str, read: Article) -> bool:
    """Whether a new version's title was edited since. ``said`` is the page's own, where a person corrected it in the record.

    Read in another way, such as pasted where it was fetched, the same page may give another title: its first line, or what it
    tells machines. That is no edit as long as one of them is the other's.

    >>> known = Article("Vans wait", title="Vans wait", source="https://example.org/vans")
    >>> is_edited(known, "", Article("Vans wait", title="Vans wait on", source="https://example.org/vans"))
    True
    >>> is_edited(known, "", Article("Vans wait", title="Vans wait | The Courier", source="page.html"))
    False
    """
    if read.title in {"", known.title, said}:
        return False
    if known.source == read.source:
        return True
    first, now = _first_line(known), _first_line(read)
    return read.title != first and not known.title == first == now


def _first_line(article: Article) -> str:
    return article.text.strip().partition("\n")[0].strip()
