"""What a web page says about itself: headline, author, publisher, day of publication, and where it says so."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from trafilatura.metadata import extract_author

from claims.documents.days import EARLIEST_YEAR, written_day

if TYPE_CHECKING:
    from collections.abc import Iterator

#: An element of lxml, which ships no types.
Element = Any

#: schema.org's types that are an article and not its site, its pictures or its path of crumbs.
_ARTICLE_TYPE = re.compile(r".*Article|.*Posting|.*Report|LiveBlogPosting|Review", re.IGNORECASE)

# What evidence, which is built on documents, takes for a web address too: neither a blank nor a control character in it.
_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f-\x9f]+", re.IGNORECASE)

# <meta> names whose content is the moment of first publication, the surest first.
_PUBLISHED_NAMES = (
    "article:published_time",
    "datepublished",
    "article:published",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "citation_publication_date",
    "publication_date",
    "publish-date",
    "publish_date",
    "pubdate",
    "pdate",
    "originalpublicationdate",
    "article.published",
    "date",
)
_TITLE_NAMES = ("og:title", "twitter:title", "headline", "dc.title")
_BYLINE_NAMES = ("author", "article:author", "parsely-author", "dc.creator", "byl", "cse_author", "sailthru.author")
_SITE_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")

# Class names by which pages mark the visible day of publication; "current-date" is the day of the visit.
_DAY_MARK = re.compile(
    r"\b(?:pub(?:lish(?:ed)?)?[-_]?(?:date|time|on)?|(?:article|entry|post(?:ed)?|story|news)[-_]?(?:date|time|on)|date(?:line)?|timestamp)\b",
    re.IGNORECASE,
)
_NOT_THE_DAY = re.compile(r"current|today|now|update|modif|comment|event|expir", re.IGNORECASE)
_LONGEST_DAY_LINE = 90

_DAY_IN_ADDRESS = re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]?\d)[/-](?P<day>[0-3]?\d)(?=/|-|$)")
_TITLE_JOINT = re.compile(r"\s+[|–—·»-]\s+|\s*\|\s*")
_BY = re.compile(r"\s*by[\s:]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself; empty or None where it says nothing. ``body`` is the text it carries as data.

    ``canonical`` is the address that it gives as its own, whatever address it came from.
    """

    title: str
    byline: str
    publisher: str
    published: date | None
    published_from: str
    url: str | None
    body: str
    canonical: str


def metadata_of(tree: Element, url: str | None) -> Metadata:
    """The metadata of a parsed page; ``url`` is the address that it came from, if known.

    The day is the one the page states in its metadata or address, else one that stands marked as a date by the
    headline; a day in the running text or in a list of other stories is never taken.
    """
    named = _named(tree)
    data = _article_data(tree)
    canonical = _address(tree, named, data)
    address = url or canonical
    page_title = _words(tree.findtext(".//title") or "")
    publisher = _publisher(data, named)
    title = _first(named, _TITLE_NAMES) or _text(data.get("headline")) or _words(tree.findtext(".//h1") or "")
    if not publisher and title and page_title.startswith(title):
        publisher = _TITLE_JOINT.split(page_title.removeprefix(title))[-1].strip(" :-–—|")
    published, published_from = _published(tree, data, named, address, title)
    return Metadata(
        title=_without_site(title or page_title, publisher),
        byline=_byline(data, named) or _words(extract_author(tree) or ""),
        publisher=publisher,
        published=published,
        published_from=published_from,
        url=address,
        body=_text(data.get("articleBody")),
        canonical=canonical or "",
    )


def _named(tree: Element) -> dict[str, str]:
    """The page's <meta> values by their name in lower case, the first of each name."""
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = _words(meta.get("content") or "")
        if name and content:
            named.setdefault(name.strip().lower(), content)
    return named


def _first(named: dict[str, str], names: tuple[str, ...]) -> str:
    return next((named[name] for name in names if name in named), "")


def _article_data(tree: Element) -> dict[str, Any]:
    """The page's JSON-LD about its article, or an empty dict."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            nodes = list(_nodes(json.loads(script.text or "", strict=False)))
        except (ValueError, RecursionError):
            continue  # one broken block says nothing about the others
        for node in nodes:
            kinds = node.get("@type")
            if any(_ARTICLE_TYPE.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return node
    return {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The top-level objects of JSON-LD, which stand alone, in a list or in an @graph."""
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"))


def _names(value: Any) -> list[str]:
    """The names in a JSON-LD value: a string, an object with a name, or a list of them."""
    if isinstance(value, list):
        return [name for item in value for name in _names(item)]
    return [name for name in [_text(value.get("name") if isinstance(value, dict) else value)] if name]


def _byline(data: dict[str, Any], named: dict[str, str]) -> str:
    names = _names(data.get("author")) or [_first(named, _BYLINE_NAMES)]
    return ", ".join(dict.fromkeys(_BY.sub("", name, count=1) for name in names if name and "://" not in name))


def _publisher(data: dict[str, Any], named: dict[str, str]) -> str:
    name = next(iter(_names(data.get("publisher"))), "") or _first(named, _SITE_NAMES)
    return _TITLE_JOINT.split(name)[0].strip(" -–—|")


def _without_site(title: str, publisher: str) -> str:
    """The headline without the site's name that pages hang behind it.

    >>> _without_site("Guards walk out – 40 leave | The Dorn Post", "The Dorn Post")
    'Guards walk out – 40 leave'
    """
    last = _TITLE_JOINT.split(title)[-1]
    if publisher and last != title and last.casefold() == publisher.casefold():
        return title.removesuffix(last).rstrip(" -–—|·»")
    return title


def _published(
    tree: Element, data: dict[str, Any], named: dict[str, str], url: str | None, title: str
) -> tuple[date | None, str]:
    said = [named[name] for name in _PUBLISHED_NAMES if name in named] + [_text(data.get("datePublished"))]
    elements = list(tree.iter("time"))
    said += [
        element.get("datetime") or ""
        for element in elements
        if "pubdate" in element.attrib or element.get("itemprop") == "datePublished"
    ]
    marked = [element.get("datetime") or "" for element in elements]
    moments = [moment for moment in map(_moment, said) if moment]
    for moment in moments:
        return _local_day(moment, [*moments, *filter(None, map(_moment, marked))]), "metadata"
    in_address = _DAY_IN_ADDRESS.search(url or "")
    if in_address:
        day = written_day("-".join(in_address.group("year", "month", "day")))
        if _possible(day):
            return day, "address"
    day = _visible_day(tree, title)
    return day, "page text" if day else ""


def _moment(written: str) -> datetime | None:
    """An ISO moment, or the noon of a day written out."""
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        day = written_day(written)
        if day is None:
            return None
        moment = datetime.combine(day, time(12))
    return moment if _possible(moment.date()) else None


def _local_day(moment: datetime, others: list[datetime]) -> date:
    """The day where the newsroom is: of the spellings of one moment, the one with an offset names the local day.

    >>> moments = [datetime.fromisoformat(text) for text in ("2021-03-31T01:30:00+00:00", "2021-03-30T20:30:00-05:00")]
    >>> _local_day(moments[0], moments)
    datetime.date(2021, 3, 30)
    """
    for other in others:
        if other.utcoffset() and moment.tzinfo and abs(other - moment) < timedelta(minutes=1):
            return other.date()
    return moment.date()


def _possible(day: date | None) -> bool:
    """Not before newspapers, and not after tomorrow: somewhere on earth tomorrow has begun."""
    return day is not None and day.year >= EARLIEST_YEAR and day <= date.today() + timedelta(days=1)  # noqa: DTZ011


def _visible_day(tree: Element, title: str) -> date | None:
    """The first day marked as a date after the headline (where no headline is found: after the page's first heading)."""
    headline = title.casefold()
    passed = False
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        if not passed:
            own = _words(element.text or "").casefold()
            passed = element.tag not in {"title", "script", "style"} and (
                own == headline if headline else element.tag == "h1"
            )
            continue
        mark = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
        if (element.tag == "time" or _DAY_MARK.search(mark)) and not _NOT_THE_DAY.search(mark):
            line = _words(" ".join(element.itertext()))
            day = written_day(line) if len(line) <= _LONGEST_DAY_LINE else None
            if _possible(day):
                return day
    return None


def _address(tree: Element, named: dict[str, str], data: dict[str, Any]) -> str | None:
    """The address that a page gives as its own, where it is one."""
    links = (link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    said = (*links, named.get("og:url", ""), _text(data.get("url")))
    return next((url for url in map(str.strip, said) if _WEB.fullmatch(url) and _names_its_host(url)), None)


def _names_its_host(url: str) -> bool:
    """Whether an address begins with its host: a name and a password before it would be read as one."""
    try:
        return "@" not in urlsplit(url).netloc
    except ValueError:
        return False


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _words(text: str) -> str:
    return " ".join(text.split())
