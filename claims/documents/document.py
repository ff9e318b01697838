"""What every room of this folder gives back: one document's text and what the document says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """``text`` as it was read; the rest is empty or None where the document is silent.

    ``published_from`` says where the day comes from: "metadata" or "page text". ``removed`` tells a person what was
    taken away as not being the article. ``canonical`` is the address that a page gives as its own.
    """

    text: str
    title: str = ""
    byline: str = ""
    publisher: str = ""
    published: date | None = None
    published_from: str = ""
    url: str | None = None
    removed: str = ""
    canonical: str = ""
