"""Telling: the article that a row or a line of a table tells, from its ``text`` or ``html`` and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from claims.archive.piece import Piece
from claims.article import Article, read_article
from claims.errors import NotText

#: What a row or a line may tell of its article, beside its ``text`` or ``html``.
ABOUT = ("title", "published", "url", "publisher", "byline")


def article_of(told: Mapping[str, Any], piece: Piece) -> Article:
    """The article of a row.

    >>> article_of({"text": "Forty guards walked out on Monday.", "title": "Out"}, Piece("lines", "a.jsonl", 0, 3)).title
    'Out'
    >>> article_of({"title": "Out"}, Piece("lines", "a.jsonl", 0, 3))
    Traceback (most recent call last):
        ...
    claims.errors.NotText: a.jsonl, line 3 has no text. Put it in a column called text, or html for a page.
    """
    kind = "html" if told.get("html") else "plain"
    words = told.get("html") or told.get("text")
    if not isinstance(words, str):
        raise NotText(f"{piece.name} has no text.", "Put it in a column called text, or html for a page.")
    # As bytes: a text that is spelt like a path or an address is still a text.
    about: dict[str, Any] = {name: str(told[name]) for name in ABOUT if told.get(name)}
    article = read_article(
        words.encode("utf-8", "replace"),
        name=piece.name,
        media_type=f"text/{kind}; charset=utf-8",
        url=about.get("url"),
        published=about.get("published", "")[:10],
        title=about.get("title"),
    )
    return replace(article, **{name: about[name] for name in ("url", "publisher", "byline") if name in about})
