"""From chosen words back to a sentence that reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.statements import inflection
from claims.statements.tree import Word

#: A wording is made of words of the text and, where the grammar asks for it, words put in.
Item = Word | str

_CLINGS = frozenset(", . % ) ] ” ’ : ; 's ’s ' n't n’t ? ! - – / 're 've 'll ’re ’ve ’ll".split())
_OPENERS = frozenset("([$£€#“‘-–/")
_SEPARATORS = frozenset(", ; : – — -- - ... …".split())
_CONNECTIVES = frozenset(
    """
    and but or so yet nor meanwhile however moreover furthermore also then still nevertheless
    """.split()
)
_QUOTATION_MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("„", "“"), ("``", "''"), ("'", "'"))
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"))


def render(items: Sequence[Item], rewordings: Mapping[int, str]) -> str:
    """The sentence that ``items`` make: spaced as in the text, opened with a capital, closed with a full stop; "" without a word.

    ``rewordings`` gives other words for the word at an index ("" for none).
    """
    kept = tidied(items)
    parts: list[str] = []
    opening = True
    for before, item, after in zip([None, *kept], kept, [*kept[1:], None], strict=False):
        shown = _shown(item, rewordings, opening=opening)
        if isinstance(item, Word) and item.lower in {"a", "an"} and isinstance(after, Word) and after.i != item.i + 1:
            shown = inflection.article(after.text)
        if not shown:
            continue
        if parts and _gap(before, item):
            parts.append(" ")
        parts.append(shown)
        opening = opening and not any(letter.isalnum() for letter in shown)
    text = "".join(parts).strip()
    if not any(letter.isalnum() for letter in text):
        return ""
    text = text[0].upper() + text[1:] if text[0].islower() and not text[1:2].isupper() else text
    return text if text.endswith((".", "!", "?", "…", ".”", '."')) else text + "."


def tidied(items: Sequence[Item]) -> list[Item]:
    """The items without the marks and links that lead nowhere now that others are gone, and out of their quotation marks."""
    return _bare(_trimmed(_balanced(_joined(items))))


def _shown(item: Item, rewordings: Mapping[int, str], *, opening: bool) -> str:
    if isinstance(item, str):
        return item
    shown = rewordings.get(item.i, item.text)
    if item.opens and not opening and shown == item.text and _is_common(item):
        return shown[0].lower() + shown[1:]
    return shown


def _is_common(word: Word) -> bool:
    """Whether the word has its capital only from opening a sentence."""
    return (
        word.pos not in {"PROPN", "X"}
        and word.entity in {"", "CARDINAL", "ORDINAL"}
        and word.text != "I"
        and word.text[1:].islower() | (len(word.text) == 1)
    )


def _joined(items: Sequence[Item]) -> list[Item]:
    """Without the commas and dashes that separated something now gone."""
    kept: list[Item] = []
    for place, item in enumerate(items):
        if isinstance(item, Word) and item.text in _SEPARATORS:
            before = items[place - 1] if place else None
            after = items[place + 1] if place + 1 < len(items) else None
            if not (
                isinstance(before, Word)
                and isinstance(after, Word)
                and before.i == item.i - 1
                and after.i == item.i + 1
            ):
                continue
        if (
            isinstance(item, Word)
            and item.text in {")", "]"}
            and kept
            and isinstance(kept[-1], Word)
            and kept[-1].text in {"(", "["}
        ):
            kept.pop()
            continue
        kept.append(item)
    return kept


def _balanced(items: list[Item]) -> list[Item]:
    """Without brackets and quotation marks that have lost their other half."""
    texts = [item if isinstance(item, str) else item.text for item in items]
    lost = {mark for pair in _PAIRS[:3] if texts.count(pair[0]) != texts.count(pair[1]) for mark in pair}
    if texts.count('"') % 2:
        lost.add('"')
    return [item for item, text in zip(items, texts, strict=True) if text not in lost] if lost else items


def _trimmed(items: list[Item]) -> list[Item]:
    """Without the punctuation and the linking words at the ends."""
    first, last = 0, len(items)
    while last > first and _is_mark(items[last - 1], closing=True):
        last -= 1
    while first < last and (_is_mark(items[first], closing=False) or _links(items[first])):
        first += 1
    return items[first:last]


def _bare(items: list[Item]) -> list[Item]:
    """Without quotation marks around all of it; who says so stands beside a wording, not in it."""
    texts = [item if isinstance(item, str) else item.text for item in items]
    for opening, closing in _QUOTATION_MARKS:
        once = texts.count(opening) == 1 and texts.count(closing) == 1
        pair = texts.count(opening) == 2 if opening == closing else once  # noqa: PLR2004 - a mark at each end
        if pair and texts[0] == opening and texts[-1] == closing:
            return _trimmed(items[1:-1])
    return items


def _is_mark(item: Item, *, closing: bool) -> bool:
    spared = ("”", '"', ")", "]", "%", "’", "'") if closing else ("“", '"', "(", "$", "£", "€", "#", "‘", "'", "[")
    text = item if isinstance(item, str) else item.text
    return (
        isinstance(item, Word)
        and not any(letter.isalnum() for letter in text)
        and item.pos != "SYM"
        and text not in spared
    )


def _links(item: Item) -> bool:
    if not isinstance(item, Word) or item.lower not in _CONNECTIVES:
        return False
    return item.dep in {"cc", "mark"} or (item.dep == "advmod" and item.head.is_verbal)  # but "so far"


def _gap(before: Item | None, item: Item) -> bool:
    if isinstance(before, Word) and isinstance(item, Word) and before.i == item.i - 1:
        return before.gap
    text = item if isinstance(item, str) else item.text
    ahead = before if isinstance(before, str) else before.text if before else ""
    return text not in _CLINGS and ahead not in _OPENERS
