"""An article: its text exactly as it was read, what it says about itself, and what in it is only its page."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from claims.connections import shown
from claims.documents import EARLIEST_YEAR, EXTENSIONS, Document, read_document, written_day
from claims.errors import BadAddress, BadDate, EmptyText, NoSentences, NoSuchFile, TooLarge
from claims.fetch import Limits, fetch
from claims.furniture import find_furniture, parse_byline
from claims.paragraphs import find_paragraphs, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a string is: an address has a scheme and no blanks, a file a known ending (or no blanks), all else is the article.
_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):(?=\S)\S+")
_ADDRESS_WITHOUT_SCHEME = re.compile(r"www\.[\w-]+\.\S+")
_FILE_NAME = re.compile(r"\S*\.[A-Za-z][A-Za-z0-9]{1,4}|\S*[/\\]\S*\.\w{1,8}")
_LONGEST_NAME, _NAME_WORDS = 1_024, 8

_WORD = re.compile(r"[^\W\d_]+")
# Scripts that put no blanks between words: each character counts as one.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_WORDS = 3

# The headline is among the first paragraphs, and no longer than this (characters, words).
_HEAD, _HEADLINE_LONGEST, _HEADLINE_WORDS = 4, 220, 30
# Byline and day stand above this paragraph.
_BEGINNING = 8
_FINAL_STOP = re.compile(r"[.!…:;,][\"”’')\]]*$")
# GENEVA — or DORN, Korland: where a story was filed, not what it is about.
_DATELINE = re.compile(r"[^\Wa-z\d_]+(?:[ .'-][^\Wa-z\d_]+)?(?:,\s[\w. ]{2,30})?(?:\s?\([\w ]{2,20}\))?\s*[–—-]*")
_PUBLISHED = re.compile(r"\s*(?:first\s)?(?:published|posted|issued)", re.IGNORECASE)
_CHANGED = re.compile(r"\s*(?:last\s)?(?:updated|modified)", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(r"#{1,3}\s+(?P<words>[^\n]+?)\s*#*")


@dataclass(frozen=True, slots=True)
class Article:
    """One article; offsets count characters of ``text``, which stays as it was read.

    ``published`` is None where nobody and nothing says the day; ``published_from`` tells how it is known: "given", "metadata",
    "address", "page text", or "". ``source`` is the file's name, the address that was asked, or "pasted". ``furniture`` holds
    (start, end, why) of stretches that are the page's and not the article's, in order; ``removed`` says what was taken away before.
    ``copy`` counts the keepings of one and the same text. ``kept_as`` is the name under which the record has an article whose text
    is no longer the one that it was named for: it was read again since.
    """

    text: str
    title: str = ""
    byline: str = ""
    publisher: str = ""
    published: date | None = None
    published_from: str = ""
    url: str | None = None
    source: str = "pasted"
    furniture: tuple[tuple[int, int, str], ...] = ()
    removed: str = ""
    copy: int = 1
    kept_as: str = ""
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        """Hash the text; half characters, which UTF-8 cannot hold, are hashed as they stand."""
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)

    @property
    def article_id(self) -> str:
        """Its name: :attr:`text_id`, unless it is kept under that of an earlier text."""
        return self.kept_as or self.text_id

    @property
    def text_id(self) -> str:
        """The first 16 hexadecimal digits of ``sha256``: the same text has the same id on any machine.

        >>> Article("Two vans waited.").article_id, Article("Two vans waited.", copy=2).article_id
        ('019e0aea5e8f5fc6', '019e0aea5e8f5fc6-2')
        """
        return self.sha256[:16] + (f"-{self.copy}" if self.copy > 1 else "")

    def is_furniture(self, start: int, end: int) -> bool:
        r"""Whether ``text[start:end]`` touches the page's furniture.

        >>> article = read_article("Guards walk out\n\nForty guards walked out.\n\nShare this article")
        >>> article.is_furniture(0, 15), article.is_furniture(43, 61)
        (False, True)
        """
        before_end = bisect_left(self.furniture, end, key=itemgetter(0))
        return before_end > bisect_right(self.furniture, start, key=itemgetter(1))

    def body_spans(self) -> list[tuple[int, int]]:
        r"""The stretches of ``text`` that are the article, in order, trimmed, none empty.

        >>> article = read_article("Guards walk out\n\nAdvertisement\n\nForty guards walked out on Monday.")
        >>> [article.text[start:end] for start, end in article.body_spans()]
        ['Guards walk out', 'Forty guards walked out on Monday.']
        """
        return _between(self.text, self.furniture)


def read_article(
    source: str | Path | bytes,
    *,
    published: date | str | None = None,
    title: str | None = None,
    name: str | None = None,
    media_type: str = "",
    url: str | None = None,
    limits: Limits | None = None,
) -> Article:
    r"""The article behind a path, a web address, the bytes of a file, or the text itself.

    >>> article = read_article("Guards walk out\n\nForty guards walked out on Monday.", published="2019-10-15")
    >>> article.title, article.published, article.published_from
    ('Guards walk out', datetime.date(2019, 10, 15), 'given')
    >>> read_article("  ")
    Traceback (most recent call last):
        ...
    claims.errors.EmptyText: The text is empty. Paste the article's words and read it again.

    A string is a web address if it has a scheme and no blanks, a file if one of that name exists or if it is spelt like
    one, else the article itself. ``published`` (a date, or a string like "2019-10-15") and ``title`` win over what the source
    says; where neither says a day it stays unknown. ``name`` is the file name that uploaded bytes had: its ending tells their kind,
    unless ``media_type`` does, as a server sent it; ``url`` is the address that they were fetched from.
    Raises ReadingError, FetchError and BadDate, each in its kinds.
    """
    limits = limits or Limits()
    given = _day_given(published)
    document, origin = _document(source, name, limits, media_type, url)
    text = document.text
    if len(text) > limits.largest_article:
        raise TooLarge(
            f"The text of {origin} has {len(text):,} characters, more than the limit of {limits.largest_article:,}.",
            "Split it into several articles, or raise the limit with WORKBENCH_LARGEST_ARTICLE.",
        )
    if not text.strip():
        raise EmptyText(
            "The text is empty." if origin == "pasted" else f"The text of {origin} is empty.",
            "Paste the article's words and read it again.",
        )
    furniture = tuple((found.start, found.end, found.why) for found in find_furniture(text, byline=document.byline))
    body = list(_paragraphs(text, furniture))
    if not any(_reads_as_sentence(text, start, end) for start, end in body):
        raise NoSentences(
            "The text holds no sentence." if origin == "pasted" else f"The text of {origin} holds no sentence.",
            "Paste the article's own paragraphs.",
        )
    lines = list(_lines_about_the_story(text, furniture, body))
    day, day_from = (given, "given") if given else (document.published, document.published_from)
    if day is None and (day := _stated_day(lines)):
        day_from = "page text"
    return Article(
        text=text,
        title=(title or "").strip() or document.title or _headline([text[start:end] for start, end in body[:_HEAD]]),
        byline=document.byline or next(filter(None, map(parse_byline, lines)), ""),
        publisher=document.publisher,
        published=day,
        published_from=day_from,
        url=document.url,
        source=origin,
        furniture=furniture,
        removed=document.removed,
    )


def _document(
    source: str | Path | bytes, name: str | None, limits: Limits, media_type: str, url: str | None
) -> tuple[Document, str]:
    """The document behind a source, and the words for where it came from."""
    if isinstance(source, bytes):
        origin = name or "the upload"
        _check_size(len(source), origin, limits)
        return read_document(source, origin, media_type=media_type, url=url), origin
    if isinstance(source, Path):
        return _from_file(source, limits)
    written = source.strip()
    if _ADDRESS.fullmatch(written):
        return _from_web(written, limits)
    if _ADDRESS_WITHOUT_SCHEME.fullmatch(written):
        told = shown(written)
        raise BadAddress(f"The address {told} does not say how to ask for it.", f"Write https://{told} instead.")
    if _names_a_file(written):
        return _from_file(Path(written), limits)
    return Document(text=source), name or "pasted"


def _from_web(url: str, limits: Limits) -> tuple[Document, str]:
    page = fetch(url, limits=limits)
    media_type = page.headers.get("content-type", "")
    document = read_document(page.content, page.final_url, media_type=media_type, url=page.final_url)
    return replace(document, url=page.final_url), url


def _from_file(path: Path, limits: Limits) -> tuple[Document, str]:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise NoSuchFile(
                f"{path} is a folder or a device, not a file.", "Name one file, or each file of the folder."
            )
        _check_size(size, path.name, limits)
        content = path.read_bytes()
    except PermissionError as error:
        raise NoSuchFile(
            f"The file {path} may not be read.", "Change its permissions, or copy it elsewhere."
        ) from error
    except (OSError, ValueError) as error:
        raise NoSuchFile(
            f"There is no file {path}.", "Check its name and folder; a web address starts with https://."
        ) from error
    return read_document(content, path.name), str(path)


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size > limits.largest_file:
        raise TooLarge(
            f"{name} has {size:,} bytes, more than the limit of {limits.largest_file:,}.",
            "Save the article's text alone and read that, or raise the limit with WORKBENCH_LARGEST_FILE.",
        )


def _names_a_file(written: str) -> bool:
    """Whether a string is the name of a file: one that exists, or one that is spelt like nothing else."""
    if len(written) > _LONGEST_NAME or not written.isprintable():
        return False
    try:
        if Path(written).is_file():
            return True
    except OSError:
        return False  # a name too long for the file system
    known = written.lower().endswith(tuple(EXTENSIONS)) and len(written.split()) <= _NAME_WORDS
    return known or _FILE_NAME.fullmatch(written) is not None


def _day_given(published: date | str | None) -> date | None:
    """The day of publication that a person gave, if it can be."""
    if published is None or published == "":
        return None
    day = published
    if isinstance(day, str):
        try:
            day = datetime.fromisoformat(day.strip())
        except ValueError as error:
            raise BadDate(f"{published!r} is not a day of the calendar.", "Write it like 2019-10-13.") from error
    if isinstance(day, datetime):
        day = day.date()
    if day > date.today():  # noqa: DTZ011 - the reader's own calendar
        raise BadDate(f"The publication date {day.isoformat()} is in the future.", "Give the day it was published.")
    if day.year < EARLIEST_YEAR:
        raise BadDate(
            f"The publication date {day.isoformat()} is before the year {EARLIEST_YEAR}.", "Check the year for a slip."
        )
    return day


def _lines_about_the_story(
    text: str, furniture: tuple[tuple[int, int, str], ...], body: list[tuple[int, int]]
) -> Iterator[str]:
    """The lines of byline and day that belong to this story and not to others on its page: by its beginning, or right after its end.

    Above the headline a bare day is the day of the visit, and is passed over.
    """
    headline, end = body[0][0], body[-1][1]
    beginning = body[min(_BEGINNING, len(body)) - 1][0]
    after_end = next((start for start, _, _ in furniture if start >= end), end)
    for start, stop, why in furniture:
        if why in {"day line", "byline"} and (start < beginning or start == after_end):
            for line in text[start:stop].splitlines():
                if start > headline or why == "byline" or _PUBLISHED.match(line):
                    yield line


def _stated_day(lines: list[str]) -> date | None:
    """The day that a line states: “Published 13 October 2019”, “By Jana Ilic, 13 October 2019”.

    A day of change is none, and neither is one before newspapers or after today.
    """
    for line in lines:
        day = None if _CHANGED.match(line) else written_day(line)
        if day and day.year >= EARLIEST_YEAR and day <= date.today():  # noqa: DTZ011
            return day
    return None


def _between(text: str, furniture: tuple[tuple[int, int, str], ...]) -> list[tuple[int, int]]:
    starts = [0, *(end for _, end, _ in furniture)]
    ends = [*(start for start, _, _ in furniture), len(text)]
    spans = (trim(text, start, end) for start, end in zip(starts, ends, strict=True))
    return [(start, end) for start, end in spans if start < end]


def _paragraphs(text: str, furniture: tuple[tuple[int, int, str], ...]) -> Iterator[tuple[int, int]]:
    """The spans of the article's paragraphs."""
    for start, end in _between(text, furniture):
        for first, last in find_paragraphs(text[start:end]):
            yield start + first, start + last


def _headline(paragraphs: list[str]) -> str:
    """The first paragraph, if it is short, has no final stop, and more text follows; a dateline before it is passed over."""
    for line in paragraphs[:-1]:
        if marked := _MARKDOWN_HEADING.fullmatch(line):
            return marked["words"]
        if not _DATELINE.fullmatch(line):
            short = len(line) <= _HEADLINE_LONGEST and len(line.split()) <= _HEADLINE_WORDS
            return " ".join(line.split()) if short and not _FINAL_STOP.search(line) else ""
    return ""


def _reads_as_sentence(text: str, start: int, end: int) -> bool:
    """Whether a paragraph holds a few words."""
    spaced = islice(_WORD.finditer(text, start, end), _SENTENCE_WORDS)
    unspaced = islice(_UNSPACED.finditer(text, start, end), _SENTENCE_WORDS)
    return max(sum(1 for _ in spaced), sum(1 for _ in unspaced)) == _SENTENCE_WORDS
