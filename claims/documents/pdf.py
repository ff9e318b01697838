"""PDF: the text layer, page after page."""

from __future__ import annotations

import errno
import io
import logging
import re

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from claims.documents.document import Document
from claims.errors import NoTextLayer, ReadingError, TooLarge

#: Above these a PDF is refused, by name: no story and no report is as long. Characters.
MOST_PAGES, MOST_TEXT = 3_000, 20_000_000

# What pypdf lets through, besides its own errors, on files that are damaged.
_DAMAGED = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)

# What pypdf remarks on a damaged file would stand on stderr before the sentence that is raised for it.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

# Titles that a program wrote, not a person: "Microsoft Word - draft3.docx", "untitled", "page1.indd".
_PROGRAM_TITLE = re.compile(r"microsoft\s.*|untitled.*|.*\.\w{2,5}", re.IGNORECASE)


def read_pdf(content: bytes, name: str) -> Document:
    """The text layer of a PDF as it stands, a blank line between pages.

    The file's creation date is not taken for a day of publication. Raises NoTextLayer for a file made of pictures,
    TooLarge for one of more than MOST_PAGES, ReadingError for one that is damaged or needs a password. What one stream of it
    unpacks to, pypdf limits to 75 MB; time and memory are limited by who runs this (:mod:`claims.apart`), who is to hear a MemoryError.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked(name)
        if len(reader.pages) > MOST_PAGES:
            raise _too_long(name, f"{MOST_PAGES:,} pages")
        pages, length = [], 0
        for page in reader.pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > MOST_TEXT:
                raise _too_long(name, f"{MOST_TEXT:,} characters")
        about = reader.metadata
        title, byline = (about.title or "", about.author or "") if about else ("", "")
    except DependencyError as error:
        raise _locked(name) from error
    except LimitReachedError as error:
        raise TooLarge(
            f"{name} unpacks to far more than it weighs, or is damaged.",
            "Save the pages of the story by themselves, or paste their text.",
        ) from error
    except _DAMAGED as error:
        if _is_out_of_memory(error):
            raise MemoryError from error
        raise ReadingError(
            f"{name} is damaged or not a PDF at all.", "Download or export it again, or paste its text."
        ) from error
    text = "\n\n".join(page for page in pages if page.strip())
    if not text:
        raise NoTextLayer(
            f"{name} is a PDF made of pictures: it holds no text.",
            "Run text recognition (OCR) over it first, or paste its text.",
        )
    return Document(text=text, title="" if _PROGRAM_TITLE.fullmatch(title) else title.strip(), byline=byline.strip())


def _is_out_of_memory(error: BaseException | None) -> bool:
    """Whether this error, or one that it was made of, tells of memory: pypdf makes one of its own of whatever it meets on its way."""
    while error is not None:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
            return True
        error = error.__cause__ or error.__context__
    return False


def _locked(name: str) -> ReadingError:
    return ReadingError(
        f"{name} is locked with a password.", "Open it with the password, save it without one and read that file."
    )


def _too_long(name: str, most: str) -> ReadingError:
    return TooLarge(
        f"{name} holds more than {most}.", "Save the pages of the story by themselves, or paste their text."
    )
