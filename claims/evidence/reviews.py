"""Other people's ClaimReview, read with all its dirt: what is said is taken, what cannot be read is told."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from claims.documents import written_day
from claims.entities import unescape
from claims.errors import TooLarge, UnknownFormat

#: Characters of a page or a feed, and depth of its nesting, that are read.
LONGEST, DEEPEST = 20_000_000, 60

_SCRIPT = re.compile(r"<script\b((?>[^<>\"']+|\"[^\"<]*\"|'[^'<]*')*+)>", re.IGNORECASE)
_END = re.compile(r"</script\s{0,20}>", re.IGNORECASE)
_LINKED_DATA = re.compile(r"(?<![\w-])type\s{0,20}=\s{0,20}[\"']?application/ld\+json\b", re.IGNORECASE)
#: What pages put around their JSON so that older browsers and readers of XML pass over it, and the comma too many.
_OPENING = ("//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "<!--")
_CLOSING = ("//]]>", "/*]]>*/", "]]>", "//-->", "-->")
_AROUND = " \t\r\n\ufeff;"
_COMMA = re.compile(r",(?=\s*[}\]])")
_BETWEEN = re.compile(r"[\s;,\ufeff]*")
_KIND = re.compile(r"[^/#:]*\Z")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_OUT_OF = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(?:/|of|out of)\s*(\d+(?:[.,]\d+)?)\s*")
#: The number by which desks say that they gave none, on whatever scale.
_NOT_RATED = -1

_ADDRESS = re.compile(r"https?://[^\s,;\"'<>]+(?:[,;](?!https?:)[^\s,;\"'<>]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody else says of a claim. Empty is what is not said; ``problems`` says what could not be read.

    ``rating`` is None where no number is given or the number means "not rated" (-1, 0 below the worst); ``best`` and
    ``worst`` are the ends of its scale. ``appearances`` are web addresses.
    """

    claim: str
    verdict: str = ""
    explanation: str = ""
    rating: float | None = None
    best: float | None = None
    worst: float | None = None
    claimant: str = ""
    publisher: str = ""
    url: str = ""
    published: date | None = None
    claimed: date | None = None
    appearances: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def read_claim_reviews(text: str) -> list[Review]:
    """Every ClaimReview in a page (its scripts of JSON-LD), a feed or a document of JSON, in order.

    >>> dirty = '{"@type": ["ClaimReview"], "claimReviewed": "Two &amp; two", "author": "Korda Post", "reviewRating": \
{"ratingValue": "-1", "bestRating": "5", "worstRating": 1, "alternateName": ["False"]}, "itemReviewed": {"author": \
[{"name": "Ilic"}], "appearance": "https://a.example/1,https://b.example/2"}}'
    >>> [found] = read_claim_reviews(dirty)
    >>> found.claim, found.verdict, found.rating, found.claimant, found.appearances
    ('Two & two', 'False', None, 'Ilic', ('https://a.example/1', 'https://b.example/2'))
    >>> found.problems
    ('The rating -1 means that nothing was rated.',)
    >>> read_claim_reviews("<p>No reviews</p>")
    []
    >>> read_claim_reviews("{")
    Traceback (most recent call last):
    ...
    claims.errors.UnknownFormat: This is neither a page nor JSON. Give the page's source, or its JSON-LD.
    """
    if len(text) > LONGEST:
        raise TooLarge(f"This has {len(text):,} characters; {LONGEST:,} are read.", "Give a part of it.")
    scripts = list(_scripts(text))
    if not scripts and text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        scripts = [text]
    found: list[Review] = []
    broken = False
    for script in scripts:
        try:
            found += [_review(node) for data in _documents(script) for node in _nodes(data)]
        except (ValueError, RecursionError):  # a page with one broken script may have others that are whole
            broken = broken or "ClaimReview" in script or script is text
    if broken and not found:
        raise UnknownFormat("This is neither a page nor JSON.", "Give the page's source, or its JSON-LD.")
    return found


def _scripts(text: str) -> Iterator[str]:
    """What stands in a page's scripts of JSON-LD; read in one go, however many of them begin and never end."""
    at = 0
    while (begun := _SCRIPT.search(text, at)) and (ended := _END.search(text, begun.end())):
        if _LINKED_DATA.search(begun[1]):
            yield text[begun.end() : ended.start()]
        at = ended.end()


def _documents(script: str) -> list[Any]:
    """The JSON of a script: as it stands, with what HTML wrote of its signs, and without its commas too many. ValueError."""
    plain = _unwrapped(script)
    for written in (plain, unescape(plain)):
        with suppress(ValueError):
            return _parsed(written)
    return _parsed(_COMMA.sub("", plain))


def _unwrapped(script: str) -> str:
    """A script without what is written around it for readers that know no scripts."""
    plain = script.strip(_AROUND)
    for opening, closing in product(_OPENING, _CLOSING):
        if plain.startswith(opening) and plain.endswith(closing):
            return plain.removeprefix(opening).removesuffix(closing).strip(_AROUND)
    return plain


def _parsed(text: str) -> list[Any]:
    """One document of JSON after the other; what is no finite number is none at all."""
    found: list[Any] = []
    at = _after(text, 0)
    while at < len(text) or not found:
        document, end = _DECODER.raw_decode(text, at)
        found.append(document)
        at = _after(text, end)
    return found


def _after(text: str, at: int) -> int:
    """Where the next document may begin."""
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


_DECODER = json.JSONDecoder(strict=False, parse_int=_finite, parse_float=_finite, parse_constant=lambda _: None)


def _nodes(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The reviews among these nodes, wherever they stand: in a graph, a feed, a list, a page's parts."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _nodes(each, depth + 1)
    elif isinstance(data, dict):
        if any(_kind(kind) == "ClaimReview" for kind in _texts(data.get("@type"))):
            yield data
            return
        for each in data.values():
            if isinstance(each, (dict, list)):
                yield from _nodes(each, depth + 1)


def _kind(name: str) -> str:
    """A type without the vocabulary it is of: "ClaimReview" of "https://schema.org#ClaimReview" and of "schema:ClaimReview"."""
    found = _KIND.search(name)
    return found[0] if found else ""


def _review(node: dict[str, Any]) -> Review:
    problems: list[str] = []
    item, rating = _node(node.get("itemReviewed")), _node(node.get("reviewRating"))
    told = _number(rating.get("ratingValue"))
    best, worst = _number(rating.get("bestRating")), _number(rating.get("worstRating"))
    if told is None and (share := _OUT_OF.fullmatch(_text(rating.get("ratingValue")))):
        told, best = _number(share[1]), _number(share[2])
    if best is not None and worst is not None and best < worst:
        problems.append(f"The scale runs from {worst:g} to {best:g}: its ends are taken as given.")
    if told is not None and (why := _unrated(told, best, worst)):
        problems.append(f"The rating {told:g} {why}.")
        told = None
    return Review(
        claim=_text(node.get("claimReviewed")) or _text(item.get("text")) or _text(item.get("name")),
        verdict=_text(rating.get("alternateName")) or _worded(rating.get("ratingValue")),
        explanation=_text(rating.get("ratingExplanation")) or _text(node.get("reviewBody")),
        rating=told,
        best=best,
        worst=worst,
        claimant=_name(item.get("author")),
        publisher=_name(node.get("author")) or _name(node.get("publisher")),
        url=next(iter(_addresses(node.get("url"))), ""),
        published=_day(node.get("datePublished"), "review", problems),
        claimed=_day(item.get("datePublished"), "claim", problems),
        appearances=tuple(
            dict.fromkeys(
                address
                for name in ("firstAppearance", "appearance", "url", "sameAs")
                for address in _addresses(item.get(name))
            )
        ),
        problems=tuple(problems),
    )


def _unrated(told: float, best: float | None, worst: float | None) -> str:
    """Why a number is no rating on this scale, whichever way it runs; empty where it is one.

    >>> _unrated(-1, 5, -1), _unrated(6, 1, 5), _unrated(3, 1, 5)
    ('means that nothing was rated', 'is not on its scale, 5 to 1', '')
    """
    both = best is not None and worst is not None
    if both and best == worst:
        return f"has no scale: it runs from {worst:g} to {best:g}"
    if told == _NOT_RATED:
        return "means that nothing was rated"
    least, most = 1 if worst is None else worst, told if best is None else best
    if both:
        least, most = sorted((least, most))
    if least <= told <= most:
        return ""
    return "is not on its scale" + (f", {worst:g} to {best:g}" if both else "")


def _node(value: Any) -> dict[str, Any]:
    """One node; of several the first, and of a bare text what it names."""
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, dict)), value[0] if value else None)
    if isinstance(value, dict):
        return value
    return {"name": value, "alternateName": value} if isinstance(value, str) else {}


def _texts(value: Any, depth: int = 0) -> list[str]:
    if depth > DEEPEST:
        return []
    if isinstance(value, list):
        return [text for each in value for text in _texts(each, depth + 1)]
    if isinstance(value, dict):
        return _texts(value.get("@value", value.get("name")), depth + 1)
    return [value] if isinstance(value, str) else [f"{value:g}"] if isinstance(value, (int, float)) else []


def _text(value: Any) -> str:
    """The first text, as a reader would see it."""
    for found in _texts(value):
        plain = _BLANKS.sub(" ", unescape(_TAG.sub(" ", unescape(found)))).strip()
        if plain:
            return plain
    return ""


def _worded(value: Any) -> str:
    """A verdict that somebody wrote where its number belongs."""
    text = _text(value)
    return "" if _number(text) is not None or _OUT_OF.fullmatch(text) else text


def _name(value: Any) -> str:
    names = [_text(each) for each in (value if isinstance(value, list) else [value])]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _number(value: Any) -> float | None:
    text = _text(value)
    return _finite(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _day(value: Any, what: str, problems: list[str]) -> date | None:
    text = _text(value)
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        if (found := written_day(text)) is None:
            problems.append(f"The day of the {what}, {text[:40]!r}, cannot be read.")
        return found


def _addresses(value: Any, depth: int = 0) -> list[str]:
    """Web addresses, also of nodes and of several in one text."""
    if depth > DEEPEST:
        return []
    if isinstance(value, list):
        return [address for each in value for address in _addresses(each, depth + 1)]
    if isinstance(value, dict):
        return _addresses(value.get("url") or value.get("@id"), depth + 1)
    return [found.rstrip(".") for found in _ADDRESS.findall(unescape(value))] if isinstance(value, str) else []
