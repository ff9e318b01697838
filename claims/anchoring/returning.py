"""A passage that was gone, and whose words stand in the text again."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz.distance import Postfix, Prefix

from claims.anchoring.anchors import Anchor, Healed, context
from claims.anchoring.neighbours import Span
from claims.anchoring.version import Version, places
from claims.anchoring.wording import likeness
from claims.article import Article


def returned(anchor: Anchor, new: Version, is_taken: Callable[[int, int], bool]) -> tuple[Healed, Span] | None:
    """Where its words stand again, where nobody stands: at the place whose context is most like its own."""
    words = Version(Article(anchor.quote)).text.strip()
    free = [
        (place, place + len(words))
        for place in (places(new.text, words) if words else ())
        if not new.article.is_furniture(*new.back(place, place + len(words)))
        and not new.is_cut(place, place + len(words))
        and not is_taken(place, place + len(words))
    ]
    if not free:
        return None
    text = new.article.text

    def fitting(span: Span) -> tuple[bool, int, int]:
        before, after = context(text, *new.back(*span))
        alike = Postfix.similarity(anchor.prefix, before) + Prefix.similarity(anchor.suffix, after)
        return new.note_around(*span) is None, alike, -span[0]

    best = max(free, key=fitting)
    start, end = new.back(*best)
    if note := new.note_around(*best):
        now = new.shown(*note)
        return Healed("reworded", start, end, text[start:end], likeness(anchor.quote, now), anchor.quote, now), best
    return Healed("moved", start, end, text[start:end], 1.0, anchor.quote, text[start:end]), best
