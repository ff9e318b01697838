"""Hostile files: bombs, loops, broken encodings. Each is made when it is wanted, and is read within limits or refused in a sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

WORDS = "Forty guards walked out of the prison in Dorn on Monday, their union said in a statement."


@dataclass(frozen=True, slots=True)
class File:
    """``kind`` is where it goes: "plain", "page", "pdf", "word", "table", or "untold". ``bomb`` where it unpacks to far more than it weighs."""

    name: str
    kind: str
    made: Callable[[], bytes]
    bomb: bool = False


def _page(body: str, head: str = "") -> Callable[[], bytes]:
    page = f"<!doctype html><html><head><title>Guards walk out</title>{head}</head><body><article>{body}</article></body></html>"
    return page.encode


def pdf(objects: list[bytes], start: int | None = None) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue. ``start`` is where it says that its table is."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    at = len(out) if start is None else start
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at)


def _pages(number: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + each) for each in range(number))
    shown = b"BT /F1 12 Tf 72 720 Td (%b) Tj ET" % WORDS.encode()
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, number),
            b"<</Length %d>>stream\n%b\nendstream" % (len(shown), shown),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            *[leaf] * number,
        ]
    )


def _stream(content: bytes, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d/Filter %b%b>>stream\n%b\nendstream" % (len(content), filters, more, content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        ]
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    """These parts as a zip file."""
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()


_OFFICE = "http://schemas.openxmlformats.org"
_TYPES = f"""<?xml version="1.0"?><Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels"
ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_TIES = f"""<?xml version="1.0"?><Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="rId1"
Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="%s"%s/></Relationships>"""
_PARAGRAPH = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"


def _word(body: str = _PARAGRAPH, before: str = "", target: str = "word/document.xml", mode: str = "") -> bytes:
    xml = f'{before}<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": _TYPES, "_rels/.rels": _TIES % (target, mode), "word/document.xml": xml})


_LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha ha ha ha ha ha ha ha">'
    + "".join(f'<!ENTITY {chr(98 + each)} "{f"&{chr(97 + each)};" * 10}">' for each in range(9))
    + "]>"
)

_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
)
_BOOK = f"""<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main" xmlns:r="{_OFFICE}/officeDocument/2006/relationships"><sheets>
<sheet name="claims" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>claim_id</t></is></c><c r="B1" t="inlineStr"><is><t>revision</t></is></c></row>'


def book(cells: str = "", sheet: str = "worksheets/sheet1.xml", before: str = "") -> bytes:
    """A workbook whose sheet has a header and these cells."""
    ties = _TIES.replace(
        "officeDocument/2006/relationships/officeDocument", "officeDocument/2006/relationships/worksheet"
    )
    return packed(
        {
            "[Content_Types].xml": _TYPES.replace("word/document", "xl/workbook"),
            "_rels/.rels": _TIES % ("xl/workbook.xml", ""),
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": ties % (sheet, ""),
            f"xl/{sheet}": before + _SHEET % (_HEADER + cells),
        }
    )


def lying(content: bytes, part: str, more: int) -> bytes:
    """The same zip file, one part of which unpacks to so many bytes more than its entries say."""
    said = zipfile.ZipFile(io.BytesIO(content)).read(part)
    grown = packed({name: data for name, data in _parts(content).items() if name != part} | {part: said + b" " * more})
    real = zipfile.ZipFile(io.BytesIO(grown)).getinfo(part)
    old = real.CRC.to_bytes(4, "little"), real.file_size.to_bytes(4, "little")
    new = zlib.crc32(said).to_bytes(4, "little"), len(said).to_bytes(4, "little")
    return grown.replace(old[0], new[0]).replace(old[1], new[1])


def boasting(content: bytes, size: int) -> bytes:
    """The same zip file, each entry of which says that it unpacks to so many bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = {entry.file_size for entry in archive.infolist()}
    for real in sizes:
        content = content.replace(real.to_bytes(4, "little"), size.to_bytes(4, "little"))
    return content


def _parts(content: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def locked(content: bytes) -> bytes:
    """The same zip file, every entry of which says that it needs a password."""
    out = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + place] |= 1
            at = out.find(mark, at + 4)
    return bytes(out)


def _far(place: str) -> Callable[[], bytes]:
    return lambda: book(f"<row><c {place}><v>1</v></c></row>")


_P = f"<p>{WORDS}</p>"

FILES: tuple[File, ...] = (
    # pages
    File("a hundred thousand paragraphs", "page", _page(_P * 100_000), bomb=True),
    File("a hundred thousand slanted words", "page", _page("<p>" + "<i>word</i> " * 100_000), bomb=True),
    File("a hundred thousand attributes", "page", _page("<p " + " ".join(f'a{n}="x"' for n in range(100_000)) + f">{WORDS}</p>"), bomb=True),
    File("a hundred thousand lines", "page", _page("<p>" + "word<br>" * 100_000), bomb=True),
    File("divisions a hundred thousand deep", "page", _page("<div>" * 100_000 + _P), bomb=True),
    File("tables fifty thousand deep", "page", _page("<table><tr><td>" * 50_000 + _P), bomb=True),
    File("a class of ten million letters", "page", _page("<p class='" + "a " * 5_000_000 + f"'>{WORDS}</p>"), bomb=True),
    File("lists five hundred deep", "page", _page("<ul><li>" * 500 + WORDS)),
    File("entities of its own", "page", (_LAUGHS + f"<html><body><p>&j; {WORDS}</p></body></html>").encode),
    File("an outer entity", "page", ("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + f"<html><body><p>&e; {WORDS}</p></body></html>").encode),
    File("data a million brackets deep", "page", _page(_P, "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script>")),
    File("data that holds itself", "page", _page(_P, '<script type="application/ld+json">{"@graph":{"@graph":{"@graph":[]}}}</script>')),
    File("data of the wrong kinds", "page", _page(_P, '<script type="application/ld+json">{"@type":"NewsArticle","headline":[1],"author":{"name":{}},"datePublished":9}</script>')),
    File("nothing but brackets", "page", lambda: b"<html>" + b"<" * 200_000),
    File("comments that never end", "page", lambda: b"<html>" + b"<!--" * 50_000),
    File("quotation marks that never end", "page", lambda: b'<html><p a="' + b"x='" * 50_000),
    File("a page that is cut off", "page", lambda: b"<!doctype html><html><body><p>Guards lef"),
    File("a page with NULs", "page", lambda: b"<html><body><p>Guards\0 left Dorn on Monday.</p></body></html>"),
    File("a page of an encoding that is none", "page", _page(_P, "<meta charset=klingon>")),
    File("a page in Punycode", "page", _page("<p>-" + "b9" * 20_000 + "</p>", "<meta charset=punycode>")),
    File("a page in Python's escapes", "page", _page("<p>\\N{BULLET} " + WORDS + "</p>", "<meta charset=unicode_escape>")),
    File("a page that says zip", "page", _page(_P, "<meta charset=zlib_codec>")),
    File("a page in UTF-7", "page", _page("<p>+ADw-script+AD4-window.ran=1+ADw-/script+AD4- " + WORDS + "</p>", "<meta charset=utf-7>")),
    File("a page that says UTF-16 and is not", "page", _page(_P, "<meta charset=utf-16>")),
    File("a number without end in its data", "page", _page(_P, '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"&#' + "9" * 4_400 + '; x"}</script>')),
    File("a number without end in its words", "page", _page(_P + "<p>&#" + "9" * 4_400 + ";</p>")),
    # of no kind that is said
    File("forty comments of no page", "untold", lambda: b"<!---->" * 40 + b"x"),
    File("a page with no name", "untold", lambda: b"<!-- saved -->\n<html><body>" + _P.encode() + b"</body></html>"),
    File("a PDF with no name", "untold", lambda: b"  %PDF-1.4\n%" + b"x" * 1_000),
    File("zip that is no document", "untold", lambda: b"PK\x03\x04" + b"w" * 100_000),
    # PDF
    File("ten thousand pages", "pdf", lambda: _pages(10_000), bomb=True),
    File("two hundred megabytes of blanks", "pdf", lambda: _stream(zlib.compress(b" " * 200_000_000, 9)), bomb=True),
    File("a stream packed twice", "pdf", lambda: _stream(zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9), b"[/FlateDecode/FlateDecode]"), bomb=True),
    File("five million words shown", "pdf", lambda: _stream(zlib.compress(b"BT (a) Tj ET\n" * 5_000_000, 9)), bomb=True),
    File("noughts in base 85", "pdf", lambda: _stream(b"z" * 20_000_000 + b"~>", b"/ASCII85Decode"), bomb=True),
    File("runs of blanks", "pdf", lambda: _stream(b"\x81 " * 2_000_000, b"/RunLengthDecode"), bomb=True),
    File("pages that hold themselves", "pdf", lambda: pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"])),
    File("a length that is itself", "pdf", lambda: pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Length 2 0 R>>stream\nx\nendstream"])),
    File("brackets a hundred thousand deep", "pdf", lambda: pdf([b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 100_000 + b">>"])),
    File("a million objects that are none", "pdf", lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * 300_000),
    File("a table beyond its end", "pdf", lambda: pdf([b"<</Type/Catalog/Pages 2 0 R>>"], 999_999_999)),
    File("a table before its beginning", "pdf", lambda: pdf([b"<</Type/Catalog/Pages 2 0 R>>"], 0)),
    File("one good page", "pdf", lambda: _pages(1)),
    File("a PDF that is cut off", "pdf", lambda: _pages(2)[:300]),
    File("a filter that is none", "pdf", lambda: _stream(b"x", b"/KlingonDecode")),
    File("a stream that is not packed", "pdf", lambda: _stream(b"not zlib at all")),
    File("a columned stream of no width", "pdf", lambda: _stream(zlib.compress(b"x" * 100), more=b"/DecodeParms<</Predictor 15/Columns 2000000000>>")),
    File("no pages at all", "pdf", lambda: pdf([b"<</Type/Catalog>>"])),
    File("a number without end", "pdf", lambda: pdf([b"<</Type/Catalog/Pages " + b"9" * 10_000 + b" 0 R>>"])),
    # Word
    File("a billion laughs", "word", lambda: _word(f"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>{_PARAGRAPH}", _LAUGHS)),
    File("an outer entity in Word", "word", lambda: _word(f"<w:p><w:r><w:t>&e;</w:t></w:r></w:p>{_PARAGRAPH}", "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>")),
    File("a document elsewhere", "word", lambda: _word(target="http://127.0.0.1/x.xml", mode=' TargetMode="External"')),
    File("a document outside", "word", lambda: _word(target="../../../../etc/passwd")),
    File("two hundred megabytes of paragraphs", "word", lambda: _word(_PARAGRAPH * 1_500_000), bomb=True),
    File("a gigabyte of blanks", "word", lambda: packed({"[Content_Types].xml": _TYPES, "word/document.xml": b" " * 300_000_000}), bomb=True),
    File("a cell across a billion columns", "word", lambda: _word(f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="900000000"/></w:tcPr>{_PARAGRAPH}</w:tc></w:tr></w:tbl>'), bomb=True),
    File("tables ten thousand deep in Word", "word", lambda: _word("<w:tbl><w:tr><w:tc>" * 10_000)),
    File("one good document", "word", _word),
    File("a document that unpacks to more than it says", "word", lambda: lying(_word(), "word/document.xml", 1_000_000)),
    File("a document behind a password", "word", lambda: locked(_word())),
    File("no document in it", "word", lambda: packed({"letter.txt": "Dear reader"})),
    File("a document that is cut off", "word", lambda: _word()[:400]),
    File("ten thousand empty parts", "word", lambda: packed({f"word/{n}.xml": "" for n in range(10_000)})),
    File("a part of another's name", "word", lambda: packed({"../../etc/passwd": "x", "[Content_Types].xml": _TYPES})),
    # tables
    File("a cell at the end of all columns", "table", _far('r="XFD1048576"'), bomb=True),
    File("the same with blanks", "table", _far('r = "XFD1048576"'), bomb=True),
    File("the same in small letters", "table", _far('r="xfd1048576"'), bomb=True),
    File("the same with noughts", "table", _far('r="XFD00000001048576"'), bomb=True),
    File("the same in single quotation marks", "table", _far("r='XFD1048576'"), bomb=True),
    File("the same behind another attribute", "table", _far(f's="{"0" * 3_000}" r="XFD1048576"'), bomb=True),
    File("a row at the end of all rows", "table", lambda: book(f'<row r="1048576">{"<c><v>1</v></c>" * 60}</row>'), bomb=True),
    File("a sheet under another name", "table", lambda: book('<row><c r="XFD1048576"><v>1</v></c></row>', "other/sheet.xml"), bomb=True),
    File("a sheet that unpacks to more than it says", "table", lambda: lying(book(), "xl/worksheets/sheet1.xml", 5_000_000), bomb=True),
    File("a workbook of laughs", "table", lambda: book('<row><c r="A2" t="inlineStr"><is><t>&j;</t></is></c></row>', before=_LAUGHS)),
    File("a workbook behind a password", "table", lambda: locked(book())),
    File("a workbook that is cut off", "table", lambda: book()[:500]),
    File("a good workbook", "table", lambda: book('<row r="2"><c r="A2" t="inlineStr"><is><t>3f9c</t></is></c><c r="B2"><v>1</v></c></row>')),
    File("two gigabytes of nothing in a workbook", "table", lambda: boasting(book(), 2_000_000_000), bomb=True),
    File("a hundred thousand columns", "table", lambda: b"claim_id,revision," + b"," * 100_000 + b"\r\n1,1\r\n"),
    File("one quotation mark", "table", lambda: b'claim_id,revision\r\n"1,1\r\n' + b"x,1\r\n" * 1_000),
    File("a cell of a megabyte", "table", lambda: b'claim_id,revision,claim\r\n1,1,"' + b"x" * 1_000_000 + b'"\r\n'),
    File("a table with NULs", "table", lambda: b"claim_id,revision\r\n1\0,1\r\n"),
    File("a table in UTF-16", "table", lambda: "claim_id,revision\r\n1,1\r\n".encode("utf-16")),
    File("half of UTF-16", "table", lambda: "claim_id,revision\r\n1,1\r\n".encode("utf-16")[:-1]),
    File("a packed table", "table", lambda: gzip.compress(b"claim_id,revision\r\n1,1\r\n", mtime=0)),
    File("a row of figures without end", "table", lambda: b"claim_id,revision,figure_low\r\n1," + b"9" * 5_000 + b",1e999999\r\n"),
    # plain text
    File("one word of five million letters", "plain", lambda: b"a" * 4_900_000),
    File("five million new lines", "plain", lambda: b"one two three four" + b"\n" * 4_900_000 + b"x"),
    File("quotation marks that never close", "plain", lambda: "“".encode() * 1_000_000 + b" said the guards of Dorn"),
    File("more than the limit", "plain", lambda: b"a b c d. " * 600_000),
    File("bytes of no encoding", "plain", lambda: bytes(range(128, 256)) * 20_000),
    File("UTF-8 written too long", "plain", lambda: b"Guards \xc0\xaf \xe0\x80\xaf left Dorn."),
    File("half characters in UTF-8", "plain", lambda: b"Guards \xed\xa0\x80\xed\xb0\x80 left Dorn."),
    File("UTF-8 cut in a character", "plain", lambda: "Guards left Čorda".encode()[:-4] + b"\xc4"),
    File("half of UTF-16 text", "plain", lambda: "Guards left Dorn.".encode("utf-16")[:-1]),
    File("UTF-32 beyond its end", "plain", lambda: b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * 4),
    File("two marks of order", "plain", lambda: b"\xff\xfe\xef\xbb\xbfGuards left Dorn."),
    File("text with NULs", "plain", lambda: b"Guards\0left Dorn on Monday."),
    File("nothing", "plain", lambda: b""),
    File("blanks", "plain", lambda: b" \t\r\n" * 1_000),
    File("a packed text", "plain", lambda: gzip.compress(b"Guards left Dorn.", mtime=0)),
    File("text turned round", "plain", "Guards left \u202eDorn\u202c on \u2066Monday\u2069, their union said.".encode),
)  # fmt: skip
