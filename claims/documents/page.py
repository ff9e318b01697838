"""Web pages: the article's text without the page around it, taken out by trafilatura."""

from __future__ import annotations

import re

import trafilatura

from claims.documents.document import Document
from claims.documents.metadata import Element, Metadata, metadata_of
from claims.documents.plain import decode
from claims.entities import unescape
from claims.errors import CookieWall, EmptyText, ReadingError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(?P<charset>[\w.:-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 4_096

# A page whose article is shorter than this (characters) and speaks of consent is a wall, not a story on cookies.
_WALL_LONGEST = 900
_WALL = re.compile(
    r"""
      \b(?:accept|reject|manage|allow) \s (?:all\s|your\s|non-essential\s|our\s)* (?:cookies|consent|preferences)  # the consent form
    | \b(?:we|our \s (?:site|website|partners|vendors)) (?:\s and \s our \s \w+ (?:\s\w+)?)? \s (?:use|uses|store|ask) \b [^.]{0,80} \b(?:cookies|consent)
    | \b(?:enable|turn \s on|requires|allow) \s (?:javascript|cookies)                         # needs a browser
    | \bjavascript \s (?:is|and \s cookies \s are) \s (?:disabled|required|not \s enabled)
    | \b(?:verify|confirm|prove|checking) \s (?:that \s)? (?:you(?:'re|’re|\s are)|if \s you \s are) \s (?:a \s|not \s a \s)? (?:human|robot|bot)
    | \bchecking \s your \s browser | \bunusual \s (?:traffic|activity) \s from
    | \b(?:subscribe|log \s in|sign \s in|register|create \s an? \s (?:free \s)? account) \b [^.]{0,40} \bto \s (?:continue|keep|read|unlock|access)
    | \b(?:for|to) \s (?:subscribers|members) \s only | \bthis \s (?:article|content|story) \s is \s (?:for|only|reserved)
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The page's own data carries the article for search engines; where the page shows much less of it, the data is read.
_MUCH_MORE = 2
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})

# What stands within a line, and what parts the words around it by a blank; all else begins a paragraph of its own.
_WITHIN_A_LINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
        "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_BLANKS = frozenset({"td", "th", "sup", "br", "img", "input", "button", "select"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_page(content: bytes, name: str, *, charset: str = "", url: str | None = None) -> Document:
    """The article of an HTML page, a blank line between paragraphs, with what the page says about itself.

    ``charset`` is what the server said, before the page's own word for it. Raises CookieWall where the page shows a consent form,
    a check for robots or a request to subscribe instead, EmptyText where it shows no text at all, and NotText.
    """
    source, tree = _parsed(content, name, charset)
    about = metadata_of(tree, url)
    shown = _shown(tree)
    text = _article(source, about)
    if len(text) < _WALL_LONGEST and (wall := _WALL.search(text or shown)):
        raise CookieWall(
            f"{name} shows a form instead of its article (“{wall[0]}”).",
            "Open it in a browser, get past the form, and save the page or paste the article's text.",
        )
    if not text:
        raise _empty(name)
    return Document(
        text=text,
        title=about.title,
        byline=about.byline,
        publisher=about.publisher,
        published=about.published,
        published_from=about.published_from,
        url=about.url,
        removed=_removed(text, shown),
        canonical=about.canonical,
    )


def read_shown(content: bytes, name: str, *, charset: str = "") -> Document:
    r"""All the words that a page shows, the article's among them: captions, boxes, comments, its foot.

    >>> page = b"<html><body><p>Of <b>785</b></p><script>1</script><table><tr><td>Monday<td>249</table></body></html>"
    >>> read_shown(page, "story.html").text
    'Of 785\n\nMonday 249'

    What is hidden from a reader is left out. Raises EmptyText and NotText.
    """
    _, tree = _parsed(content, name, charset)
    pieces = []
    stack = [(tree, False)]  # each element twice: before what is in it, and after
    while stack:
        element, is_over = stack.pop()
        seen = _is_seen(element)
        pieces += [_apart(element), element.tail if is_over else element.text if seen else ""]
        if not is_over:
            stack += [(element, True), *((child, False) for child in reversed(element) if seen)]
    words = re.sub(r"[^\S\0]+", " ", "".join(piece for piece in pieces if piece))
    return Document(text="\n\n".join(line.strip() for line in words.split("\0") if line.strip()))


def _is_seen(element: Element) -> bool:
    """Whether a reader of the page may see this element."""
    silent = not isinstance(element.tag, str) or element.tag in _SILENT
    return not (silent or "hidden" in element.attrib or _HIDDEN.search(element.get("style") or ""))


def _apart(element: Element) -> str:
    """What parts the words of an element from those around it: nothing, a blank, or NUL, which no page has, for a paragraph."""
    if not isinstance(element.tag, str) or element.tag in _SILENT or element.tag in _WITHIN_A_LINE:
        return ""
    return " " if element.tag in _BLANKS else "\0"


def _parsed(content: bytes, name: str, charset: str) -> tuple[str, Element]:
    """A page as it is written, and as its elements."""
    declared = _CHARSET.search(content[:_CHARSET_WITHIN])
    source = decode(content, name, charset or (declared["charset"].decode("ascii") if declared else ""))
    tree = trafilatura.load_html(source) if source.strip() else None
    if tree is None:
        raise _empty(name)
    return source, tree


def _article(source: str, about: Metadata) -> str:
    """The article's paragraphs: trafilatura's, unless the page's own data holds much more."""
    found = trafilatura.extract(source, include_comments=False, include_tables=True, output_format="txt") or ""
    carried = unescape(about.body)
    return _in_paragraphs(carried if "</" not in carried and len(carried) > _MUCH_MORE * len(found) else found)


def _removed(text: str, shown: str) -> str:
    """A note for the reader on what was left away."""
    if len(text) > len(shown):
        return f"The article's {len(text):,} characters come from the page's data; it shows only a part of them."
    return f"Of {len(shown):,} characters on the page, {len(text):,} are the article."


def _in_paragraphs(lines: str) -> str:
    return "\n\n".join(line.strip() for line in lines.splitlines() if line.strip())


def _shown(tree: Element) -> str:
    """All the words that the page can show, the article among them."""
    pieces = (
        piece
        for element in tree.iter()
        if isinstance(element.tag, str)
        for piece in (element.text if element.tag not in _SILENT else None, element.tail)
        if piece and piece.strip()
    )
    return " ".join(" ".join(piece.split()) for piece in pieces)


def _empty(name: str) -> ReadingError:
    return EmptyText(
        f"No article was found on the page {name}.",
        "Open it in a browser and paste the article's text, or use the address of one article.",
    )
