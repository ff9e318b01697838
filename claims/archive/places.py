"""Places: the files and addresses that a source holds, told apart by what they are and not by how they are spelt."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from claims.archive.lists import ADDRESS, addresses, is_list
from claims.archive.parts import is_archive
from claims.archive.piece import escaped
from claims.documents import EXTENSIONS
from claims.errors import EmptyText, NoSuchFile

#: The kind of source that an ending stands for.
_ENDINGS = {
    **dict.fromkeys(EXTENSIONS, "file"),
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".parquet": "rows",
    ".warc": "records",
    ".warc.gz": "records",
}
#: Endings of packed files are told with the one before: .jsonl.gz.
_PACKED = {".gz", ".bz2", ".xz", ".zst", ".zip"}


def places(source: str) -> Iterator[tuple[str, str]]:
    """The kinds and names of what a source holds: a folder's files in order, a list's addresses, else itself.

    >>> list(places("https://korda.example/story"))
    [('address', 'https://korda.example/story')]
    """
    path = Path(source)
    if ADDRESS.fullmatch(source):
        yield "address", source
    elif path.is_dir():
        yield from _in_folder(path)
    elif not path.is_file():
        raise NoSuchFile(
            f"There is no file or folder {escaped(source)}.", "Check its name; a web address starts with https://."
        )
    elif is_list(path):
        yield from (("address", each) for each in addresses(path))
        yield "list", os.path.abspath(path)  # noqa: PTH100 - without .., and with links as they are
    else:
        yield _kind(path.name) or "file", os.path.abspath(path)  # noqa: PTH100


def left_out(sources: Iterable[str]) -> Counter[str]:
    """The endings of the files in the sources' folders that are not read, with how many there are.

    >>> left_out(["https://korda.example/story"])
    Counter()
    """
    folders = {key_of(source): Path(source) for source in sources if Path(source).is_dir()}
    files = {key_of(str(file)): file for folder in folders.values() for file in _files(folder)}
    return Counter(_ending(file) for file in files.values() if not _kind(file.name))


def key_of(place: str) -> str:
    """What is the same for two spellings of one file, links followed; an address stands for itself."""
    if ADDRESS.fullmatch(place):
        return place
    folder, name = os.path.split(os.path.abspath(place))  # noqa: PTH100 - a name as it is spelt, however odd
    whole = os.path.join(_real(folder), name)  # noqa: PTH118
    return os.path.realpath(whole) if os.path.islink(whole) else whole  # noqa: PTH114


def stamp_of(place: str) -> str:
    """A file's size and time of change; empty for an address."""
    if ADDRESS.fullmatch(place):
        return ""
    try:
        told = Path(place).stat()
    except OSError as error:
        raise NoSuchFile(f"There is no file {escaped(place)} any more.", "Put it back, or leave it out.") from error
    return f"{told.st_size}-{told.st_mtime_ns}"


def _in_folder(folder: Path) -> Iterator[tuple[str, str]]:
    if is_archive(folder):
        raise EmptyText(
            f"The folder {escaped(str(folder))} is an archive itself.", "Name the folder that holds its articles."
        )
    found = False
    for file in sorted(_files(folder)):
        if kind := _kind(file.name):
            found = True
            yield kind, os.path.abspath(file)  # noqa: PTH100
    if not found:
        raise EmptyText(
            f"The folder {escaped(str(folder))} holds no article.",
            f"Put files there that end in {', '.join(_ENDINGS)}.",
        )


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder, however deep; hidden ones and those of archives are none of it."""
    for where, inner, names in os.walk(folder):
        inner[:] = [name for name in inner if not is_archive(Path(where, name))]
        yield from (file for name in names if not name.startswith(".") and (file := Path(where, name)).is_file())


def _kind(name: str) -> str:
    return next((kind for ending, kind in _ENDINGS.items() if name.lower().endswith(ending)), "")


def _ending(file: Path) -> str:
    endings = [escaped(each.lower()) for each in file.suffixes[-2:]]
    return "".join(endings if endings and endings[-1] in _PACKED else endings[-1:])


@lru_cache(maxsize=1_024)
def _real(folder: str) -> str:
    return os.path.realpath(folder)
