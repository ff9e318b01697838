"""Places: the files and addresses that a source holds, told apart by what they are and not by how they are spelt."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from claims.archive.lists import ADDRESS, addresses, is_list
from claims.archive.parts import is_archive
from claims.archive.piece import CLOSED, escaped
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
    if not source.strip():
        raise NoSuchFile("A source is empty.", "Name a folder, a file or a web address.")
    if ADDRESS.fullmatch(source):
        yield "address", source
    elif _is_folder(path):
        yield from _in_folder(path)
    elif not os.path.isfile(path):  # noqa: PTH113 - no is its answer where a folder above is closed
        raise _not_there(path, escaped(source))
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
    files = {key_of(str(file)): file for folder in _folders(sources) for file in _files(folder)}
    return Counter(_ending(file) for file in files.values() if not _kind(file.name))


def passed_over(sources: Iterable[str]) -> int:
    """How many archives lie in the sources' folders: they are no source.

    >>> passed_over(["https://korda.example/story"])
    0
    """
    met: list[Path] = []
    for folder in _folders(sources):
        for _ in _files(folder, archived=met.append):
            pass
    return len({key_of(str(each)) for each in met})


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


def stamp_now(place: str) -> str:
    """Its stamp, empty where it cannot be looked at, too."""
    try:
        return stamp_of(place)
    except NoSuchFile:
        return ""


def _in_folder(folder: Path) -> Iterator[tuple[str, str]]:
    if is_archive(folder):
        raise EmptyText(
            f"The folder {escaped(str(folder))} is an archive itself.", "Name the folder that holds its articles."
        )
    closed: list[str] = []
    found = False
    for file in sorted(_files(folder, lambda error: closed.append(error.filename))):
        if kind := _kind(file.name):
            found = True
            yield kind, os.path.abspath(file)  # noqa: PTH100
    yield from ((CLOSED, os.path.abspath(each)) for each in closed)  # noqa: PTH100
    if not found and not closed:
        raise EmptyText(
            f"The folder {escaped(str(folder))} holds no article.",
            f"Put files there that end in {', '.join(_ENDINGS)}.",
        )


def _folders(sources: Iterable[str]) -> Iterable[Path]:
    """Those of the sources that are folders, each once."""
    return {key_of(source): Path(source) for source in sources if _is_folder(Path(source))}.values()


def _files(
    folder: Path,
    closed: Callable[[OSError], object] | None = None,
    archived: Callable[[Path], object] = lambda _: None,
) -> Iterator[Path]:
    """The files of a folder, however deep; hidden ones, those of hidden folders and those of archives are none of it.

    ``closed`` hears of each folder that cannot be opened, ``archived`` of each archive.
    """
    for where, inner, names in os.walk(folder, onerror=closed):
        seen = [Path(where, name) for name in inner if not name.startswith(".")]
        archives = {path.name for path in seen if is_archive(path)}
        for name in archives:
            archived(Path(where, name))
        inner[:] = [path.name for path in seen if path.name not in archives]
        yield from (file for name in names if not name.startswith(".") and _is_file(file := Path(where, name)))


def _not_there(path: Path, name: str) -> NoSuchFile:
    """What is said of a source that is neither file nor folder to us."""
    try:
        path.stat()
    except PermissionError:
        return NoSuchFile(
            f"{name} lies in a folder that may not be opened.", "See that it may be read, or leave it out."
        )
    except OSError:
        pass
    return NoSuchFile(f"There is no file or folder {name}.", "Check its name; a web address starts with https://.")


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - no is its answer where a folder above is closed


def _is_file(path: Path) -> bool:
    """Whether it is a file, or something that may be one and that nobody here may look at: that is told where it is read."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return error.errno not in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}


def _kind(name: str) -> str:
    return next((kind for ending, kind in _ENDINGS.items() if name.lower().endswith(ending)), "")


def _ending(file: Path) -> str:
    endings = [escaped(each.lower()) for each in file.suffixes[-2:]]
    return "".join(endings if endings and endings[-1] in _PACKED else endings[-1:])


@lru_cache(maxsize=1_024)
def _real(folder: str) -> str:
    return os.path.realpath(folder)
