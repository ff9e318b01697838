"""Furniture: what stands in the text of a saved page and is not its article, each stretch with why.

Losing a sentence of the article is worse than keeping a line of the page. So a phrase counts anywhere only if no
newsroom writes it as a paragraph of its own; weaker words count at the page's edges or in a row; and what opens a box
(related stories, about the author) takes with it only what such a box holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from claims.documents import written_day
from claims.furniture.phrases import (
    ABOUT_AUTHOR,
    ANYWHERE,
    AT_EDGES,
    BYLINE,
    CREDIT,
    DAY_LINE,
    LIST_OPENS,
    LONGEST,
    MENU_LINE,
    NOTE_ON_AUTHOR,
    NUMBERED,
    READERS_SPEAK,
    RELATED,
    ROLE_WORD,
    SENTENCE_END,
    SIGNED,
    TOLD,
)
from claims.paragraphs import find_paragraphs

__all__ = ["Furniture", "find_furniture", "parse_byline"]

# How many words a line of a menu and a headline have at most, and how many menu lines make a menu.
_MENU_WORDS, _HEADLINE_WORDS, _MENU_LINES, _ROW = 2, 22, 4, 3
# Nothing that stands at the edges is longer (characters).
_LONGEST_LINK = 40
# So many known lines show that the text is a whole page; a story's sentence has so many words, a page's foot so many lines.
_PAGE_LINES, _STORY_WORDS, _FOOT_LINES = 3, 8, 6
# After "about the author" this many paragraphs of sentences may follow to the text's end and still be the box.
_BOX_PARAGRAPHS = 2
# A list of related stories is not longer; readers' comments follow an article of at least so many paragraphs, and more
# than they have themselves: such a line in the middle is only a link.
_RELATED_LINES, _ARTICLE_PARAGRAPHS = 15, 3


@dataclass(frozen=True, slots=True)
class Furniture:
    """``text[start:end]`` belongs to the page and not to its article; ``why`` is a word or two for a person."""

    start: int
    end: int
    why: str


def parse_byline(line: str) -> str:
    """The names in a byline or signature, without the roles beside them; '' where it is neither.

    >>> parse_byline("By Jana Ilic and Marko Dorn, Senior Correspondents | 13 October 2019")
    'Jana Ilic and Marko Dorn'
    >>> parse_byline("By Monday evening the water had gone.")
    ''
    """
    match = BYLINE.fullmatch(line.strip()) or SIGNED.fullmatch(line.strip())
    parts = match["names"].split(", ") if match else []
    return ", ".join(part for part in parts if not ROLE_WORD.search(part))


def find_furniture(text: str, *, byline: str = "") -> list[Furniture]:
    r"""What in the text of a saved page is not its article, in order, never overlapping.

    >>> text = "Skip to main content\n\nGuards walk out\n\nForty guards walked out on Monday.\n\nShare This article"
    >>> [(text[found.start:found.end], found.why) for found in find_furniture(text)]
    [('Skip to main content', 'navigation'), ('Share This article', 'sharing')]
    >>> find_furniture("Share prices fell on Monday.\n\nBy Monday evening, 40 houses stood under water.")
    []

    Where the ``byline`` is known, a note on its author that closes the text is found too. Spans are whole paragraphs, save
    for such a note. Linear in the text's length.
    """
    spans = find_paragraphs(text)
    lines = [text[start : min(end, start + LONGEST + 1)] for start, end in spans]
    sentences = [
        _is_sentence(line, text[max(start, end - 5) : end]) for line, (start, end) in zip(lines, spans, strict=True)
    ]
    why = [_anywhere(line) for line in lines]
    begin = _begin(lines, sentences, why)
    _mark_head(lines, why, begin)
    _mark_boxes(lines, sentences, why, begin)
    _mark_tail(lines, sentences, why, begin)
    _mark_rows(lines, why)
    found: list[Furniture] = []
    for (start, end), reason in zip(spans, why, strict=True):
        if reason and found and found[-1].why == reason and not text[found[-1].end : start].strip():
            found[-1] = Furniture(found[-1].start, end, reason)
        elif reason:
            found.append(Furniture(start, end, reason))
    note = _closing_note(text, byline)
    if note and (not found or found[-1].end <= note.start):
        found.append(note)
    return found


def _is_sentence(line: str, end: str) -> bool:
    """Whether a paragraph reads as sentences: by its end, or as the sentence that opens a list."""
    return SENTENCE_END.search(end) is not None or (end.endswith(":") and LIST_OPENS.match(line) is not None)


def _anywhere(line: str) -> str:
    """Why a paragraph is furniture wherever it stands, or ''."""
    if len(line) > LONGEST or TOLD.search(line):
        return ""
    for why, pattern in ANYWHERE:
        if pattern.fullmatch(line):
            return why
    day = DAY_LINE.fullmatch(line)
    if day and day["said"]:
        return "day line"
    return "byline" if BYLINE.fullmatch(line) else ""


@lru_cache(maxsize=16_384)  # each line is asked for several times
def _at_edge(line: str) -> str:
    """Why a paragraph is furniture at the page's edges, or ''."""
    if len(line) > _LONGEST_LINK:
        return ""
    return next((why for why, pattern in AT_EDGES if pattern.fullmatch(line)), "")


def _begin(lines: list[str], sentences: list[bool], why: list[str]) -> int:
    """The number of the article's first sentence; above and amid a page's menu the short sentences of its forms are passed over."""
    known = [bool(reason or _at_edge(line)) for line, reason in zip(lines, why, strict=True)]
    above = 0
    for no, line in enumerate(lines):
        above += known[no]
        if sentences[no] and not why[no]:
            on_page = max(above, sum(known[no + 1 : no + 1 + _FOOT_LINES])) >= _PAGE_LINES
            if not on_page or len(line.split()) >= _STORY_WORDS:
                return no
    return 0


def _mark_head(lines: list[str], why: list[str], begin: int) -> None:
    """What stands before the article's first sentence: menus, the path to the page, the day."""
    for no, line in enumerate(lines[:begin]):
        why[no] = why[no] or _at_edge(line)
        if not why[no] and len(line) <= LONGEST:
            if DAY_LINE.fullmatch(line):
                why[no] = "day line"
            elif MENU_LINE.fullmatch(line):
                why[no] = "navigation"
    headline = _headline(lines, why, begin)
    menu = 0
    for no, line in enumerate(lines[: max(headline, 0)]):
        menu = menu + 1 if len(line.split()) <= _MENU_WORDS else 0
        if menu >= _MENU_LINES:
            why[no - menu + 1 : no + 1] = [reason or "navigation" for reason in why[no - menu + 1 : no + 1]]
    if begin > _ROW + _PAGE_LINES and sum(map(bool, why[:headline])) >= _PAGE_LINES:
        why[:headline] = [reason or "navigation" for reason in why[:headline]]


def _headline(lines: list[str], why: list[str], begin: int) -> int:
    """The number of the line before the first sentence that is the headline: the one with most words, or the one above it."""
    words = {no: len(lines[no].split()) for no in range(begin) if not why[no] and not written_day(lines[no][:LONGEST])}
    fitting = {no: count for no, count in words.items() if _MENU_WORDS < count <= _HEADLINE_WORDS}
    if not fitting:
        return max(words, default=-1)  # the last line may be the headline, however short
    longest = max(fitting, key=fitting.__getitem__)
    # the longest may be the line under the headline
    return longest - 1 if fitting.get(longest - 1, 0) > _MENU_WORDS + 1 else longest


def _mark_tail(lines: list[str], sentences: list[bool], why: list[str], begin: int) -> None:
    """What stands after the article's last sentence: links, credits, a signature, a note on the author."""
    for no in range(len(lines) - 1, begin, -1):
        if not why[no]:
            why[no] = _at_edge(lines[no]) or _at_end(lines[no])
        if not why[no]:
            break
    foot = _foot(lines, sentences, why, begin)
    why[foot:] = [
        reason or _at_edge(line) or _at_end(line) or "navigation"
        for line, reason in zip(lines[foot:], why[foot:], strict=True)
    ]


def _foot(lines: list[str], sentences: list[bool], why: list[str], begin: int) -> int:
    """Where the page's foot begins: lines in a row that are no sentences, some known as a page's, with little story after them."""
    left = _counts_from_end(sentences)
    before = row = known = 0
    for no in range(begin, len(lines)):
        if sentences[no] and not why[no]:
            before += 1
            row = known = 0
            continue
        row += 1
        known += bool(why[no] or _at_edge(lines[no]))
        if row >= _FOOT_LINES and known >= _PAGE_LINES and before >= max(_ARTICLE_PARAGRAPHS, 2 * left[no]):
            return no - row + 1
    return len(lines)


def _at_end(line: str) -> str:
    """Why a paragraph is furniture where nothing but furniture follows, or ''."""
    if len(line) <= LONGEST:
        if SIGNED.fullmatch(line):
            return "byline"
        if CREDIT.fullmatch(line):
            return "credit"
        if MENU_LINE.fullmatch(line):
            return "navigation"
    return "about the author" if NOTE_ON_AUTHOR.match(line) else ""


def _mark_rows(lines: list[str], why: list[str]) -> None:
    """Weak words in the middle count where three paragraphs in a row are furniture or such words."""
    weak = [reason or _at_edge(line) for line, reason in zip(lines, why, strict=True)]
    row = 0
    for no in range(len(weak) + 1):
        if no < len(weak) and weak[no]:
            row += 1
            continue
        if row >= _ROW:
            why[no - row : no] = weak[no - row : no]
        row = 0


def _mark_boxes(lines: list[str], sentences: list[bool], why: list[str], begin: int) -> None:
    """Boxes that a heading after the article's beginning opens: related stories, the author, the readers' comments."""
    left = _counts_from_end(sentences)
    before = 0
    for no in range(begin, len(lines)):
        line = lines[no]
        if why[no] == "about the author":
            continue
        if ABOUT_AUTHOR.fullmatch(line):
            _mark_author_box(no, sentences, why, to_end=left[no] <= _BOX_PARAGRAPHS)
        elif RELATED.fullmatch(line):
            why[no] = "related stories"
            for item in range(no + 1, min(no + 1 + _RELATED_LINES, len(lines))):
                if not why[item] and not _is_headline(lines[item], is_sentence=sentences[item]):
                    break
                why[item] = why[item] or "related stories"
        elif before >= max(_ARTICLE_PARAGRAPHS, left[no]) and READERS_SPEAK.fullmatch(line):
            why[no:] = [reason or "comments" for reason in why[no:]]
            return
        before += sentences[no] and not why[no]


def _mark_author_box(heading: int, sentences: list[bool], why: list[str], *, to_end: bool) -> None:
    """The heading, name lines and one paragraph; all to the end where hardly anything follows."""
    why[heading] = "about the author"
    for no in range(heading + 1, len(why)):
        why[no] = why[no] if why[no] in {"copyright", "related stories"} else "about the author"
        if sentences[no] and not to_end:
            return


def _counts_from_end(sentences: list[bool]) -> list[int]:
    """How many paragraphs of sentences follow each paragraph."""
    left = [0] * len(sentences)
    for no in range(len(sentences) - 2, -1, -1):
        left[no] = left[no + 1] + sentences[no + 1]
    return left


def _is_headline(line: str, *, is_sentence: bool) -> bool:
    """Whether a line may be one of a list of headlines."""
    short = len(line) <= LONGEST and len(line.split()) <= _HEADLINE_WORDS
    return short and (not is_sentence or line.endswith("?") or NUMBERED.match(line) is not None)


def _closing_note(text: str, byline: str) -> Furniture | None:
    """A last sentence about the author whose name is known: “Jana Ilic is a consultant and former ...”."""
    name = byline.partition(",")[0].strip()
    start = text.rfind(f"{name} is ", max(0, len(text) - LONGEST)) if name else -1
    end = len(text.rstrip())
    if start <= 0 or text[:start].rstrip()[-1:] not in {".", "!", "?", "”", '"', ""}:
        return None
    return Furniture(start, end, "about the author") if NOTE_ON_AUTHOR.match(text, start) else None
