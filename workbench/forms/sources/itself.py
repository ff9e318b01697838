"""A kept document as it is, beside its words or without them: a picture is seen, and any document is taken out as a file.

Nothing of it is opened as a page: a picture is drawn anew as a JPEG before the browser has it, and a file leaves as bytes.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from math import ceil
from pathlib import PurePath
from threading import Lock

import streamlit as st
from PIL import ExifTags, Image, ImageOps

from claims import Store
from claims.documents.kinds import ending_of, signed_type
from claims.evidence import Source
from claims.evidence.page import SourcePage
from claims.remembered import Remembered
from claims.store.snapshots import media_type_in

#: Kinds of picture that are drawn, as Pillow calls them; no SVG, which is a program as well.
_DRAWN = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}

#: Points of a picture beyond which it is not drawn, since a small file may unpack to any number: those in the file of a
#: JPEG, of which fewer are unpacked; and those that are unpacked of any.
_MOST_IN_FILE, _MOST_POINTS = 60_000_000, 15_000_000

#: How wide a picture is at the desk, and how high at most: a JPEG holds no more than 65,500 points in a row.
_WIDE, _HIGH = 1_460, 20_000

#: Ways to hold a picture of which what is wide in the file is high when it is seen, by its Exif.
_ON_ITS_SIDE = range(5, 9)

#: Modes in which no points between two can be made, and those into which they are turned first.
_SMOOTH = {"1": "L", "P": "RGBA", "PA": "RGBA"}

#: Pictures that are remembered as they are drawn, None where they cannot be; one is unpacked at a time.
_REMEMBERED = 16

_made = Remembered[bytes, bytes | None](_REMEMBERED)
_lock = Lock()


def is_picture(content: bytes) -> bool:
    """Whether these bytes are of a picture that may be drawn.

    >>> is_picture(b"GIF89a"), is_picture(b"<svg>")
    (True, False)
    """
    return signed_type(content) in _DRAWN


def draw(content: bytes) -> None:
    """Draw the picture that a document is; nothing of any other document."""
    if not is_picture(content):
        return
    picture = jpeg(content)
    if picture is None:
        st.caption("The picture is damaged or too large to be drawn here: take it out and look at it.")
    else:
        st.image(picture, output_format="JPEG")


def jpeg(content: bytes) -> bytes | None:
    """The picture as the browser has it, which is made once; None where it cannot be drawn."""
    with _lock:
        return _made.made(hashlib.sha256(content).digest(), lambda: _as_jpeg(drawn(content)))


def _as_jpeg(picture: Image.Image | None) -> bytes | None:
    if picture is None:
        return None
    with io.BytesIO() as out:
        picture.save(out, "JPEG", quality=90)
        return out.getvalue()


def drawn(content: bytes) -> Image.Image | None:
    """A picture as it is drawn, on white and upright; None where it is damaged, or has too many points."""
    try:
        with Image.open(io.BytesIO(content), formats=list(_DRAWN.values())) as picture:
            return _on_paper(picture) if _fits(picture) else None
    except Exception:  # noqa: BLE001 - a stranger's file: what a decoder stumbles over is for the decoder to choose
        return None


def _fits(picture: Image.Image) -> bool:
    """Whether not too much is to be unpacked; of a JPEG no more is from here on than its size at the desk asks for."""
    if picture.format == "JPEG" and picture.width * picture.height <= _MOST_IN_FILE:
        part = min(most / size for most, size in zip(_box(picture), picture.size, strict=True))
        picture.draft("RGB", (ceil(picture.width * part), ceil(picture.height * part)))
    return picture.width * picture.height <= _MOST_POINTS


def _box(picture: Image.Image) -> tuple[int, int]:
    """How wide and how high a picture is drawn at most, as it lies in its file; a PNG is unpacked to say that."""
    is_on_its_side = picture.getexif().get(ExifTags.Base.Orientation) in _ON_ITS_SIDE
    return (_HIGH, _WIDE) if is_on_its_side else (_WIDE, _HIGH)


def _on_paper(picture: Image.Image) -> Image.Image:
    small = picture.convert(_SMOOTH[picture.mode]) if picture.mode in _SMOOTH else picture
    small.thumbnail(_box(picture))
    small = ImageOps.exif_transpose(small).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("RGB")


def draw_way_out(store: Store, source: Source, sha256: str) -> None:
    """The button by which a document is taken out as it was kept, beside the place where its words are not."""
    _draw_way_out(lambda: store.snapshot(sha256).content, file_name(store, source, sha256))


def draw_page_out(page: SourcePage) -> None:
    """The same of a page that was read, before it is kept."""
    _draw_way_out(page.content, _named(page.source, page.media_type))


def _draw_way_out(content: bytes | Callable[[], bytes], name: str) -> None:
    st.download_button(
        "Take the document out",
        content,
        file_name=name,
        mime="application/octet-stream",  # never opened as a page of ours
        key="document-out",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def file_name(store: Store, source: Source, sha256: str) -> str:
    """What the document is called when it is taken out: the source's name, with the end that its kind has. NotThere where it is gone."""
    return _named(source, media_type_in(store.media_types([sha256]), sha256))


def _named(source: Source, media_type: str) -> str:
    end = ending_of(media_type)
    stem = PurePath(source.title or source.location).name.removesuffix(end)
    plain = "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in stem).strip(" .")
    return f"{plain[:80] or 'document'}{end}"
