"""A piece: where one article of an archive's sources lies, and how a person finds it again."""

from __future__ import annotations

from dataclasses import dataclass

#: What a piece of a kind of source is called; those that are not here are their whole source.
_WORDS = {"lines": "line", "rows": "row", "records": "record", "list": "line"}

#: The kind of a file or a folder that could not be opened when it was planned.
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Where one article lies: the ``kind`` of source, its path or address, the byte or row group, the number in it from 1.

    ``stamp`` is the file's size and time of change when it was planned. A number of 0 stands for a source that holds no article, a
    negative ``at`` for something that is told of the whole source.
    """

    kind: str
    place: str
    at: int = 0
    no: int = 0
    stamp: str = ""

    @property
    def name(self) -> str:
        r"""How a person finds it again; what UTF-8 cannot hold is escaped.

        >>> Piece("lines", "stories.jsonl", 812, 3).name, Piece("file", "story.txt").name, Piece("file", "\udcff.txt").name
        ('stories.jsonl, line 3', 'story.txt', '\\udcff.txt')
        """
        word = _WORDS.get(self.kind)
        place = escaped(self.place)
        return f"{place}, {word} {self.no}" if word and self.no and self.at >= 0 else place


def escaped(text: str) -> str:
    r"""A text with its halves of characters, which UTF-8 cannot hold, spelt out.

    >>> escaped("Café \ud800x"), escaped("Café")
    ('Café \\ud800x', 'Café')
    """
    return text.encode("utf-8", "backslashreplace").decode()
