"""What a document is kept as: what was said of it, unless that says nothing; then its name, then its bytes."""

from __future__ import annotations

import pytest

from claims.documents import read_document
from claims.documents.kinds import as_read, ending_of, media_type_of
from claims.errors import UnknownFormat
from tests.claims.test_documents import STORY, page, pdf, word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    "header",
    [
        "", "application/octet-stream", "application/download", "binary/octet-stream", "application/force-download",
        "application/x-download",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf("Guards left Dorn."), "https://press.example/download.php?id=1", "application/pdf"),
        (word(), "https://press.example/download", WORD),
        (page(), "https://press.example/story.aspx", "text/html"),
        (page().partition(b"<html>")[2], "https://press.example/story", "text/html"),
        (b"<p>Forty guards walked out.</p>", "https://press.example/story.html", "text/html"),
        (STORY.encode(), "https://press.zip", "text/plain"),
        (b"day;absent\n", "figures.CSV", "text/csv"),
        (b"\x89PNG\r\n\x1a\n\0", "scan.pdf", "image/png"),
        (b"\x00\x01", "unheard.of", "application/octet-stream"),
    ],
)
def test_an_untyped_document_is_what_it_shows(content: bytes, name: str, kind: str, header: str) -> None:
    """Its first bytes where they can be nothing else, then its name, then whether it is a page or a text at all."""
    assert media_type_of(content, name, header) == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf("Guards left Dorn."), "a"),
        (word(), "a.docx"),
        (page(), "a"),
        (page()[15:], "a.html"),
        (STORY.encode(), "a"),
    ],
)
def test_what_an_untyped_document_is_kept_as_reads_as_it_was_read(content: bytes, name: str) -> None:
    """From its bytes alone, without its name."""
    seen = read_document(content, name).text
    assert read_document(content, "The document", media_type=media_type_of(content, name)).text == seen


def test_what_servers_say_of_any_file_gives_way_to_its_bytes() -> None:
    """A PDF that is sent as a page is a PDF; a page is what it is said to be."""
    assert media_type_of(pdf("Guards left."), "a", "text/html; charset=utf-8") == "application/pdf"
    assert media_type_of(page(), "a", "text/plain") == "text/plain"
    assert media_type_of(pdf("Guards left."), "a.pdf", "application/msword") == "application/msword"
    assert media_type_of(pdf("Guards left."), "a", "text/csv") == "application/pdf"


def test_a_pdf_has_two_names() -> None:
    """What is kept as one is called by the first of them."""
    assert media_type_of(pdf("Guards left."), "a", "application/x-pdf") == "application/pdf"
    assert "Guards left." in read_document(pdf("Guards left."), "a", media_type="application/x-pdf").text


@pytest.mark.parametrize("header", ["", "application/octet-stream"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("talk.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("https://press.example/talk.odt", "application/vnd.oasis.opendocument.text"),
        ("story.docx", WORD),
        ("all.zip", "application/zip"),
        ("talk.pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("talk", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_a_zip_that_holds_another_is_what_its_name_says(name: str, kind: str, header: str) -> None:
    """A talk with a workbook in it is a talk; a name that is of no zip says nothing of one."""
    assert media_type_of(b"PK\x03\x04 ppt/embeddings/ PK\x03\x04 xl/workbook.xml", name, header) == kind


def test_a_table_that_is_written_out_is_read_as_it_stands_and_is_no_article() -> None:
    """A passage can be looked for in it; nobody checks it as a story."""
    assert as_read("text/csv; charset=cp1250") == "text/plain; charset=cp1250"
    assert as_read("image/svg+xml") == "image/svg+xml"
    with pytest.raises(UnknownFormat):
        read_document(b"a;b", "figures.csv", media_type="text/csv")


def test_a_file_is_given_the_end_of_its_kind() -> None:
    """The first that the kind is known by."""
    assert [ending_of(kind) for kind in ("image/jpeg", "text/html; charset=x", "text/csv", "")] == [
        ".jpg", ".html", ".csv", ".bin",
    ]  # fmt: skip
