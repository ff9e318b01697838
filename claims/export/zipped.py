"""Several files in one (ZIP), written a piece at a time; the same files at the same moment give the same bytes."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO

#: A file: what it is called, and its bytes, whole or a piece at a time.
File = tuple[str, bytes | Iterable[bytes]]


def write_zip(target: IO[bytes], files: Iterable[File], made_at: datetime, *, sums: str = "") -> None:
    """Put the files into a ZIP; where ``sums`` names one, it comes last and holds the SHA-256 of each.

    >>> import io
    >>> written = io.BytesIO()
    >>> write_zip(written, [("a.txt", b"785")], datetime(2024, 3, 5), sums="SUMS")
    >>> with zipfile.ZipFile(written) as packed: packed.read("SUMS").decode().split()[1:], packed.namelist()
    (['a.txt'], ['a.txt', 'SUMS'])
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        lines = [f"{_put(archive, name, content, made_at)}  {name}\n" for name, content in files]
        if sums:
            _put(archive, sums, "".join(lines).encode(), made_at)


def _put(archive: zipfile.ZipFile, name: str, content: bytes | Iterable[bytes], made_at: datetime) -> str:
    """Put a file in and give its SHA-256."""
    about = zipfile.ZipInfo(name, (max(made_at.year, 1980), *made_at.timetuple()[1:6]))
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    sum_of = hashlib.sha256()
    with archive.open(about, "w", force_zip64=not isinstance(content, bytes)) as file:
        for piece in [content] if isinstance(content, bytes) else content:
            sum_of.update(piece)
            file.write(piece)
    return sum_of.hexdigest()
