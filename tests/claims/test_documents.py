"""Documents are tried on real bytes of each kind, made here."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import docx
import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from claims.documents import read_document, written_day
from claims.errors import CookieWall, EmptyText, NoTextLayer, NotText, ReadingError, UnknownFormat

STORY = "The café in Malmö paid £40 for “rösti” – twice, the owner said. It’s closed now."
BODY = (
    "<p>Forty guards walked out of the prison in Dorn on Monday, their union said in a statement to the press.</p>"
    "<p>The walkout followed two months of talks about pay, which the ministry broke off in September.</p>"
    "<p>Some 312 prisoners were moved to Selm, where the cells have room for 250, according to the union.</p>"
)


def page(head: str = "", body: str = BODY, above: str = "") -> bytes:
    """A news page with its navigation and foot."""
    return (
        f"<!DOCTYPE html><html><head><title>Guards walk out | The Dorn Post</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav><article><h1>Guards walk out</h1>{above}{body}</article>"
        "<aside><h3>Related</h3><a href='/x'>Ferry sinks off Lorn</a></aside><footer>© The Dorn Post</footer></body></html>"
    ).encode()


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines of text."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        start,
    )


def written(writer: PdfWriter) -> bytes:
    with io.BytesIO() as out:
        writer.write(out)
        return out.getvalue()


def word(*, title: str = "", table: bool = False) -> bytes:
    """A Word file with a heading, two paragraphs and perhaps a table."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Jana Ilic"
    document.add_paragraph("Guards walk out")
    document.add_paragraph("")
    document.add_paragraph(STORY)
    if table:
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "Dorn", "312"
    with io.BytesIO() as out:
        document.save(out)
        return out.getvalue()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_encodings_of_english_text(encoding: str) -> None:
    """Text comes out as it was written, with its line ends, in whichever usual encoding the bytes are."""
    text = f"Guards walk out\r\n\r\n{STORY}\r\n"
    assert read_document(text.encode(encoding), "story.txt").text == text


def test_latin_1_and_utf_16_with_each_mark() -> None:
    """Latin-1 is read without being told, and UTF-16 with the mark of either order."""
    assert read_document("Café für 5 £.".encode("latin-1"), "story.txt").text == "Café für 5 £."
    assert read_document(b"\xff\xfe" + STORY.encode("utf-16-le"), "story.txt").text == STORY
    assert read_document(b"\xfe\xff" + STORY.encode("utf-16-be"), "story.txt").text == STORY


def test_an_encoding_of_another_script() -> None:
    """Bytes that cannot be English are read by what they can be."""
    text = "Президент сказал, что погибших более ста человек и что мост закрыт. " * 5
    assert read_document(text.encode("cp1251"), "story.txt").text == text


def test_the_server_s_word_on_the_encoding() -> None:
    """The encoding that a server names is used; a wrong or unknown name does no harm."""
    greek = "Ο πρόεδρος είπε ότι η γέφυρα έκλεισε."
    assert read_document(greek.encode("iso-8859-7"), "a", media_type="text/plain; charset=ISO-8859-7").text == greek
    assert read_document(STORY.encode(), "a", media_type="text/plain; charset=ascii").text == STORY
    assert read_document(STORY.encode(), "a", media_type="text/plain; charset=klingon").text == STORY


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01\x00\x00\x00\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00" + bytes(range(256)) * 4,
        bytes(range(256)),
        b"Guards left.\x00\x00\x00 More.",
        b"\x01\x02\x03\x04\x05\x06",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
    ],
)
def test_binary_data_is_no_text(content: bytes) -> None:
    """Binary data under a text's name is refused by that name."""
    with pytest.raises(NotText, match=r"story\.txt holds binary data"):
        read_document(content, "story.txt")


@pytest.mark.parametrize(
    "name", ["figures.xlsx", "story.doc", "photo.jpg", "talk.pptx", "story.rtf", "https://press.example/a.mp4?x=1"]
)
def test_other_kinds_are_refused(name: str) -> None:
    """A kind of file that is not read is refused by name, with the kinds that are."""
    with pytest.raises(UnknownFormat, match=r"Save it as .*\.docx"):
        read_document(b"anything", name)


def test_the_kind_of_a_document() -> None:
    """The server's word comes first, then the name's ending, then the first bytes."""
    assert read_document(BODY.encode(), "a.txt").text == BODY.encode().decode()
    assert read_document(page(), "a.txt", media_type="text/html").title == "Guards walk out"
    assert read_document(page(), "story").title == "Guards walk out"
    assert read_document(b"\xef\xbb\xbf\n<!-- saved --><HTML>" + page()[21:], "story").title == "Guards walk out"
    assert (
        read_document(pdf("Guards left Dorn."), "story", media_type="application/octet-stream").text
        == "Guards left Dorn."
    )
    assert read_document(word(), "upload").text.startswith("Guards walk out\n\nThe café")
    assert read_document(b"Guards left.", "https://press.example/news/story").text == "Guards left."
    with pytest.raises(UnknownFormat, match=r"image/png"):
        read_document(b"\x89PNG", "https://press.example/a", media_type="image/png")


def test_a_page_s_article() -> None:
    """Of a page, the article is kept, paragraphs parted by blank lines; navigation, related stories and foot are gone."""
    found = read_document(page(), "page.html")
    assert found.text.count("\n\n") >= 2
    assert "Some 312 prisoners were moved to Selm" in found.text
    assert not {"Home", "Sport", "Ferry", "©"} & set(found.text.replace("\n", " ").split())
    assert found.removed.endswith("characters on the page, " + f"{len(found.text):,} are the article.")


def test_a_page_s_encoding() -> None:
    """The page's own word on its encoding is used, in either spelling, and the server's comes before it."""
    body = BODY.replace("prison", "café")
    for meta in (
        "<meta charset=iso-8859-1>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">',
    ):
        content = page(meta, body).decode().encode("cp1252")
        assert "the café in Dorn" in read_document(content, "page.html").text
    wrong = page("<meta charset=utf-16>", body)
    assert "the café in Dorn" in read_document(wrong, "a", media_type="text/html; charset=utf-8").text


def data(**more: object) -> str:
    """JSON-LD of a news article, among the site's own."""
    site = {"@type": "Organization", "name": "Dorn Press Group"}
    article = {"@type": "NewsArticle", "headline": "Guards walk out", **more}
    return f'<script type="application/ld+json">{json.dumps({"@graph": [site, article]})}</script>'


@pytest.mark.parametrize(
    ("head", "above", "day", "known"),
    [
        (
            '<meta property="article:published_time" content="2019-10-13T08:00:00+02:00">',
            "",
            date(2019, 10, 13),
            "metadata",
        ),
        ('<meta itemprop="datePublished" content="2019-10-13">', "", date(2019, 10, 13), "metadata"),
        (data(datePublished="2019-10-13T23:30:00Z"), "", date(2019, 10, 13), "metadata"),
        (
            data(datePublished="2019-10-14T01:30:00Z"),
            '<time datetime="2019-10-13T21:30:00-04:00">9 hours ago</time>',
            date(2019, 10, 13),
            "metadata",
        ),
        ("", '<time datetime="2019-10-13" itemprop="datePublished">Sunday</time>', date(2019, 10, 13), "metadata"),
        (
            '<link rel="canonical" href="https://dorn.example/2019/10/13/guards-walk-out">',
            "",
            date(2019, 10, 13),
            "address",
        ),
        ("", '<span class="date">13 October 2019, 4:10 pm</span>', date(2019, 10, 13), "page text"),
        ("", '<div class="article-pubdate">2019-10-13 07:45:10</div>', date(2019, 10, 13), "page text"),
        ("", '<time datetime="x">Oct. 13, 2019</time>', date(2019, 10, 13), "page text"),
        ("", '<div class="current-date">13 October 2019</div>', None, ""),
        ("", '<div class="updated-date">13 October 2019</div>', None, ""),
        (
            "",
            "<p>The guards had been hired on 13 October 2019, the union said in its letter of last week.</p>",
            None,
            "",
        ),
        ('<meta property="article:modified_time" content="2019-10-13">', "", None, ""),
        ('<meta name="date" content="31 February 2019">', "", None, ""),
        (f'<meta name="date" content="{datetime.now(UTC).date() + timedelta(days=40)}">', "", None, ""),
        ('<meta name="date" content="0001-01-01">', "", None, ""),
        ('<script type="application/ld+json">{broken</script>', "", None, ""),
    ],
)
def test_the_day_of_a_page(head: str, above: str, day: date | None, known: str) -> None:
    """The day is taken where the page states it, in the newsroom's own time zone; never from the story or the visit."""
    found = read_document(page(head, above=above), "page.html")
    assert (found.published, found.published_from) == (day, known)


def test_a_date_before_the_headline_or_in_other_stories() -> None:
    """A visible day counts only after the headline, and the first one there: not the day of the visit above it."""
    above = '<span class="date">13 October 2019</span>'
    content = page(above=above).replace(b"<nav>", b'<div class="date">Monday, 2 March 2020</div><nav>')
    content = content.replace(b"<aside>", b'<aside><span class="date">1 March 2020</span>')
    assert read_document(content, "page.html").published == date(2019, 10, 13)


def test_what_a_page_says_of_itself() -> None:
    """Headline, authors, publisher and address come from the page's metadata, without the site's name in the headline."""
    head = (
        '<meta property="og:title" content="Guards walk out of prison | The Dorn Post">'
        '<meta property="og:site_name" content="The Dorn Post | News | Weather">'
        '<link rel="canonical" href="https://dorn.example/guards">'
    ) + data(
        author=[{"@type": "Person", "name": "Jana Ilic"}, {"name": "By Marko Korda"}, {"name": "https://x.example"}]
    )
    found = read_document(page(head), "page.html")
    assert (found.title, found.byline) == ("Guards walk out of prison", "Jana Ilic, Marko Korda")
    assert (found.publisher, found.url) == ("The Dorn Post", "https://dorn.example/guards")


@pytest.mark.parametrize("sign", ["&#1;", "&#31;", " ", "&#10;"])
def test_an_address_with_what_no_address_has_is_not_taken(sign: str) -> None:
    """A blank or a control character in it: the page's next one stands in its place; blanks around it are nothing to it."""
    head = f'<link rel="canonical" href="https://dorn.example/x{sign}y">'
    assert read_document(page(head), "page.html").url is None
    head += '<meta property="og:url" content=" https://dorn.example/guards ">'
    assert read_document(page(head), "page.html").url == "https://dorn.example/guards"


@pytest.mark.parametrize(
    "host", ["www.bbc.co.uk:pass@evil.example", "jana@evil.example", "bbc.co.uk\\@evil.example", "["]
)
def test_an_address_that_reads_as_anothers_is_not_taken(host: str) -> None:
    """What stands before an @ is a name and a password, and a link to such a page would be read as one to the first name."""
    head = (
        f'<link rel="canonical" href="https://{host}/x"><meta property="og:url" content="https://dorn.example/guards">'
    )
    assert read_document(page(head), "page.html").url == "https://dorn.example/guards"


def test_the_publisher_behind_the_title() -> None:
    """Where only the page's title names the publisher, it is taken from there; a headline with a dash stays whole."""
    found = read_document(page('<meta property="og:title" content="Guards walk out">'), "page.html")
    assert found.publisher == "The Dorn Post"
    dashed = page(
        '<meta property="og:title" content="Guards walk out – 40 leave">' + data(publisher={"name": "Dorn Post"})
    )
    assert read_document(dashed, "page.html").title == "Guards walk out – 40 leave"


def test_an_article_in_the_page_s_data() -> None:
    """Where a page shows only a part of the article that it carries as data, the data is read, and the note says so."""
    story = "Forty guards walked out of the prison in Dorn on Monday, their union said. " * 20
    found = read_document(page(data(articleBody=story), body="<p>Guards outside the prison in Dorn.</p>"), "page.html")
    assert found.text == story.strip()
    assert "come from the page's data" in found.removed


@pytest.mark.parametrize(
    "words",
    [
        "We value your privacy. We and our 840 partners store and access information such as cookies. Accept all cookies",
        "Please enable JavaScript to continue using this application.",
        "Checking your browser before you go on. Verify you are human by completing the action below.",
        "You have read your last free article. Subscribe now to continue reading this story.",
        "This article is for subscribers only.",
        "Our site uses cookies. Manage cookies",
        "Our systems have detected unusual traffic from your network.",
    ],
)
def test_a_wall_is_no_article(words: str) -> None:
    """A page that shows a consent form, a check for robots or a request to subscribe is refused as what it is."""
    with pytest.raises(CookieWall, match="shows a form instead of its article"):
        read_document(page(body=f"<div><p>{words}</p></div>"), "page.html")


def test_a_story_about_cookies_is_an_article() -> None:
    """An article of ordinary length that speaks of cookies is read."""
    body = (
        BODY * 3
        + "<p>The court found that the firm must let visitors reject all cookies, and fined it 2 million crowns.</p>"
    )
    assert "reject all cookies" in read_document(page(body=body), "page.html").text


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"<html><head></head><body></body></html>", b"<html><body><script>x=1</script></body></html>"],
)
def test_a_page_without_text(content: bytes) -> None:
    """A page that shows nothing is said to hold no article."""
    with pytest.raises(EmptyText, match=r"No article was found on the page empty\.html"):
        read_document(content, "empty.html")


def test_a_word_file() -> None:
    """Paragraphs come in order with blank lines between, tables row by row; the author is the byline, the file's dates are no day."""
    found = read_document(word(title="Guards leave", table=True), "story.docx")
    assert found.text == f"Guards walk out\n\n{STORY}\n\nDorn\t312"
    assert (found.title, found.byline, found.published) == ("Guards leave", "Jana Ilic", None)


def test_a_damaged_word_file() -> None:
    """A file that only calls itself .docx, is cut off, or is another kind of archive, is said to be damaged."""
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.txt", "Guards left.")
        other = out.getvalue()
    for content in (b"Guards left.", b"", word()[:900], other):
        with pytest.raises(ReadingError, match=r"story\.docx is damaged"):
            read_document(content, "story.docx")


def test_a_pdf() -> None:
    """The text layer of a PDF comes as it stands, line by line."""
    assert (
        read_document(pdf("Guards left Dorn on", "Monday for \\24340."), "story.pdf").text
        == "Guards left Dorn on\nMonday for £40."
    )


def test_a_scanned_pdf() -> None:
    """A PDF without a text layer is said to be made of pictures."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    with pytest.raises(NoTextLayer, match=r"scan\.pdf is a PDF made of pictures"):
        read_document(written(writer), "scan.pdf")


def test_a_locked_pdf() -> None:
    """A PDF that needs a password is said to be locked; one that anybody may open is read."""
    for password, readable in (("", True), ("secret", False)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Guards left Dorn."))))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        if readable:
            assert read_document(written(writer), "story.pdf").text == "Guards left Dorn."
        else:
            with pytest.raises(ReadingError, match=r"story\.pdf is locked with a password"):
                read_document(written(writer), "story.pdf")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"%PDF-1.7\n%%EOF", pdf("Guards left.")[:200]])
def test_a_damaged_pdf(content: bytes) -> None:
    """A PDF that is cut off or empty is an error of reading, in a sentence."""
    with pytest.raises(ReadingError, match=r"story\.pdf"):
        read_document(content, "story.pdf")


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), kind=st.sampled_from(["pdf", "docx"]))
def test_one_wrong_byte(place: int, byte: int, kind: str) -> None:
    """Whatever byte of a PDF or Word file is wrong, it is read or refused in a sentence."""
    content = bytearray(WHOLE[kind])
    content[place % len(content)] = byte
    with suppress(ReadingError):
        assert read_document(bytes(content), f"story.{kind}").text


WHOLE = {"pdf": pdf("Guards left Dorn."), "docx": word()}


@settings(max_examples=60, deadline=None)
@given(
    content=st.one_of(
        st.binary(max_size=300), st.text(max_size=100).map(lambda text: text.encode("utf-16-le", "surrogatepass"))
    )
)
def test_any_bytes_are_text_or_not(content: bytes) -> None:
    """Any bytes at all are read as text or refused as binary."""
    with suppress(NotText):
        assert isinstance(read_document(content, "story.txt").text, str)


def test_days_written_out() -> None:
    """Only a full day that can mean one day is taken, and one that the calendar holds."""
    for text in (
        "13 October 2019",
        "13th Oct 2019",
        "October 13, 2019",
        "OCT. 13 2019",
        "2019-10-13",
        "2019/10/13",
        "2019.10.13",
    ):
        assert written_day(f"Published {text} at 5 pm") == date(2019, 10, 13), text
    for text in (
        "October 2019",
        "13/10/2019",
        "13 October",
        "31 April 2019",
        "2019-13-01",
        "12019-10-130",
        "Maybe 13, 2019",
    ):
        assert written_day(text) is None, text
    assert written_day("31 April 2019, no: 1 May 2019") == date(2019, 5, 1)


def test_a_page_that_its_reader_breaks_off_at_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What a library raises that nobody foresaw costs this page alone; the log tells what it was, and not the page."""

    def broken(*_: object, **__: object) -> object:
        raise RecursionError

    monkeypatch.setattr(trafilatura, "extract", broken)
    with pytest.raises(ReadingError, match=r"^story\.html made the program that reads it break off"):
        read_document(page(""), "story.html")
    [told] = [each for each in caplog.records if each.name == "claims.documents"]
    assert told.exc_info
    assert told.exc_info[0] is RecursionError
    assert "<html" not in caplog.text
