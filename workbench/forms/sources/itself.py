"""A kept document as it is, beside its words or without them: a picture is seen, and any document is taken out as a file.

Nothing of it is opened as a page: a picture is drawn anew as a JPEG before the browser has it, and a file leaves as bytes.
"""

from __future__ import annotations

import io
from pathlib import PurePath

import streamlit as st
from PIL import Image

from claims import Store
from claims.documents.kinds import ending_of, signed_type
from claims.evidence import Source
from claims.store.snapshots import media_type_in

#: Kinds of picture that are drawn, as Pillow calls them; no SVG, which is a program as well.
_DRAWN = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}

#: Points of a picture beyond which it is not drawn, since a small file may unpack to any number; and its width at the desk.
_MOST_POINTS, _WIDE = 40_000_000, 1_460

_DAMAGED = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


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
    picture = drawn(content)
    if picture is None:
        st.caption("The picture is damaged or too large to be drawn here: take it out and look at it.")
    else:
        st.image(picture, output_format="JPEG")


def drawn(content: bytes) -> Image.Image | None:
    """A picture as it is drawn, on white; None where it is damaged, or has too many points."""
    try:
        with Image.open(io.BytesIO(content), formats=list(_DRAWN.values())) as picture:
            if picture.width * picture.height > _MOST_POINTS:
                return None
            small = picture.convert("RGBA")
    except _DAMAGED:
        return None
    small.thumbnail((_WIDE, small.height))
    paper = Image.new("RGBA", small.size, "white")
    return Image.alpha_composite(paper, small).convert("RGB")


def draw_way_out(store: Store, source: Source, sha256: str) -> None:
    """The button by which a document is taken out as it was kept, beside the place where its words are not."""
    st.download_button(
        "Take the document out",
        lambda: store.snapshot(sha256).content,
        file_name=file_name(store, source, sha256),
        mime="application/octet-stream",  # never opened as a page of ours
        key="document-out",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def file_name(store: Store, source: Source, sha256: str) -> str:
    """What the document is called when it is taken out: the source's name, with the end that its kind has. NotThere where it is gone."""
    end = ending_of(media_type_in(store.media_types([sha256]), sha256))
    stem = PurePath(source.title or source.location).name.removesuffix(end)
    plain = "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in stem).strip(" .")
    return f"{plain[:80] or 'document'}{end}"
