"""Word: the paragraphs and tables of a .docx, in order."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import docx
from docx.exceptions import PythonDocxError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from claims.documents.document import Document
from claims.errors import ReadingError, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

# A small file may unpack to gigabytes; no story does. Bytes.
_LARGEST_UNPACKED = 200_000_000

# What zipfile, lxml (whose errors are SyntaxErrors) and python-docx raise on files that are damaged.
_DAMAGED = (
    PythonDocxError,
    SyntaxError,
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def read_word(content: bytes, name: str) -> Document:
    """The paragraphs of a .docx with a blank line between them; a table's row is one line, its cells parted by tabs.

    Dates of the file (created, changed) are not taken for a day of publication. Raises ReadingError, TooLarge.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _LARGEST_UNPACKED:
            raise TooLarge(
                f"{name} unpacks to {unpacked:,} bytes, more than the limit of {_LARGEST_UNPACKED:,}.",
                "Copy the story's text out of it and paste that.",
            )
        word = docx.Document(io.BytesIO(content))
        blocks = [block for block in _blocks(word.iter_inner_content()) if block.strip()]
        about = word.core_properties
        headline = next((block.text for block in word.paragraphs if block.style and block.style.name == "Title"), "")
    except _DAMAGED as error:
        raise ReadingError(
            f"{name} is damaged or not a Word file at all.",
            "Open it in a word processor and save it again as .docx, or paste its text.",
        ) from error
    return Document(text="\n\n".join(blocks), title=(headline or about.title).strip(), byline=about.author.strip())


def _blocks(content: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in content:
        if isinstance(block, Table):
            for row in block.rows:
                # row.cells would give a cell once for each column that it says it spans, and it may say a billion
                yield "\t".join(_Cell(cell, block).text.strip() for cell in row._tr.tc_lst)  # noqa: SLF001
        else:
            yield block.text
