"""What is fuzzed: each target takes any bytes and may end in one way besides well, with a sentence (ClaimsError)."""
# ruff: noqa: PLC0415 - a target imports what it tries when it is asked for, so that only this is instrumented

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from claims.errors import ClaimsError
from tests.hostile.files import FILES
from tests.hostile.texts import TEXTS

_FIRST_SHEET = "xl/worksheets/sheet1.xml"

#: A target's work on these bytes.
Work = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Target:
    """``ready`` imports and loads, once, and gives the work; ``seeds`` are where the fuzzer begins; ``instrumented`` the packages whose
    branches guide it."""

    ready: Callable[[], Work]
    seeds: Callable[[], Iterable[bytes]]
    instrumented: tuple[str, ...] = ("claims",)


def _page() -> Work:
    from claims.documents.page import read_page

    def work(content: bytes) -> None:
        charset, _, page = content.partition(b"\n")
        read_page(page, "fuzz.html", charset=charset.decode("latin-1"), url="https://korda.example/fuzz")

    return work


def _pdf() -> Work:
    from claims.documents.pdf import read_pdf

    def work(content: bytes) -> None:
        read_pdf(content, "fuzz.pdf")

    return work


def _word() -> Work:
    from claims.documents.word import read_word

    def work(content: bytes) -> None:
        read_word(content, "fuzz.docx")

    return work


def _plain() -> Work:
    from claims.article import read_article

    def work(content: bytes) -> None:
        article = read_article(content, name="fuzz.txt")
        for start, end, _ in article.furniture:
            assert article.text[start:end]

    return work


def _claims() -> Work:
    from claims.article import Article
    from claims.claim import find_claims

    find_claims(Article("The guards left on Monday, Marusa Ilic said.", published=date(2024, 3, 4)))

    def work(content: bytes) -> None:
        article = Article(
            content.decode("utf-8", "surrogatepass" if len(content) % 2 else "replace"), published=date(2024, 3, 4)
        )
        for claim in find_claims(article):
            assert article.text[claim.start : claim.end] == claim.quote

    def decoded(content: bytes) -> None:
        with suppress(UnicodeDecodeError):
            work(content)

    return decoded


def _table() -> Work:
    from claims.imports import read_sheet

    def work(content: bytes) -> None:
        if not content.startswith(b"PK"):  # a workbook is read by a process of its own, and has a target of its own
            read_sheet(content, "fuzz.csv")

    return work


def _book() -> Work:
    from claims.imports.book import book_lines

    own = _own_book()

    def work(content: bytes) -> None:
        """What is no workbook by itself is the first sheet of a sound one: no change of a zip's bytes keeps its sums."""
        book_lines(content if content.startswith(b"PK") else _with_sheet(own, content), "fuzz.xlsx")

    return work


def _own_book() -> bytes:
    from claims.export.spreadsheet import workbook_bytes
    from claims.table import frame_of

    return workbook_bytes(
        frame_of([{"claim_id": "3f9c", "revision": 1, "claim": text} for text in ("=1+1", "Two")]), [], []
    )


def _with_sheet(book: bytes, sheet: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as own, zipfile.ZipFile(made, "w") as packed:
        for part in own.infolist():
            packed.writestr(part.filename, sheet if part.filename == _FIRST_SHEET else own.read(part))
    return made.getvalue()


def _sheets() -> Iterable[bytes]:
    own = _own_book()
    with zipfile.ZipFile(io.BytesIO(own)) as packed:
        yield packed.read(_FIRST_SHEET)
    yield own


def _address() -> Work:
    from urllib.parse import urlsplit

    import requests

    from claims.evidence.addresses import address_problem, archived_original, page_key
    from claims.fetch import _prepare

    session = requests.Session()

    def work(content: bytes) -> None:
        address = content.decode("utf-8", "replace")
        page_key(address)
        archived_original(address)
        address_problem(address)
        asked = _prepare(session, address)
        parts = urlsplit(str(asked.url))
        assert parts.scheme in {"http", "https"}
        assert parts.hostname
        assert "@" not in parts.netloc

    return work


def _untold() -> Work:
    from claims.documents.kinds import media_type_of, reader_of

    def work(content: bytes) -> None:
        media_type_of(content, header="text/html")
        reader_of(content, "fuzz", "application/octet-stream")

    return work


def _reviews() -> Work:
    from claims.evidence.reviews import read_claim_reviews

    def work(content: bytes) -> None:
        read_claim_reviews(content.decode("utf-8", "surrogatepass" if len(content) % 2 else "replace"))

    def decoded(content: bytes) -> None:
        with suppress(UnicodeDecodeError):
            work(content)

    return decoded


def _passage() -> Work:
    from claims.evidence import find_passage

    def work(content: bytes) -> None:
        quoted, _, text = content.decode("utf-8", "replace").partition("\n")
        place = find_passage(quoted, text)
        for start, end in place.spans:
            assert 0 <= start < end <= len(text)

    return work


def _pages() -> Work:
    from claims.export.pages import alone, markdown_text

    def work(content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        markdown_text(text)
        assert alone(alone(text)) == alone(text)

    return work


def _texts() -> Iterable[bytes]:
    return [text.encode("utf-8", "surrogatepass") for texts in TEXTS.values() for text in texts]


def _files(*kinds: str) -> Callable[[], Iterable[bytes]]:
    return lambda: [
        made for file in FILES if file.kind in kinds and not file.bomb and len(made := file.made()) < 20_000
    ]


TARGETS: dict[str, Target] = {
    "page": Target(_page, lambda: [b"utf-8\n" + content for content in (*_files("page")(), *_texts())], ("claims", "trafilatura")),
    "pdf": Target(_pdf, _files("pdf"), ("claims", "pypdf")),
    "word": Target(_word, _files("word"), ("claims", "docx")),
    "untold": Target(_untold, _files("untold", "page", "pdf", "word", "plain")),
    "reviews": Target(_reviews, lambda: [b'{"@type": "ClaimReview", "claimReviewed": "' + text + b'"}' for text in _texts()]),
    "passage": Target(_passage, lambda: [b"The guards left\n" + text for text in _texts()]),
    "pages": Target(_pages, _texts),
    "plain": Target(_plain, lambda: [*_files("plain")(), *_texts()]),
    "claims": Target(_claims, _texts),
    "table": Target(_table, lambda: [*_files("table")(), *(b'claim_id,revision,claim\r\n1,2,"%b"\r\n' % text for text in _texts())]),
    "book": Target(_book, _sheets),
    "address": Target(_address, lambda: [*_texts(), *(text.encode() for text in _addresses())], ("claims", "requests", "urllib3", "urllib", "idna")),
}  # fmt: skip


def _addresses() -> Iterable[str]:
    from tests.hostile.addresses import ADDRESSES

    return [address for addresses in ADDRESSES.values() for address in addresses if address.isascii()]


def tried(work: Work, content: bytes) -> None:
    """One run: a ClaimsError is a sentence, and well; anything else is a crash."""
    with suppress(ClaimsError):
        work(content)
