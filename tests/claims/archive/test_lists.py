"""Lists of addresses: what they may ask for, and what is told of their other lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.archive.piece import Piece
from claims.archive.pieces import find_pieces, read_piece
from claims.errors import BadAddress, NoSuchFile, NotText

ONE, TWO = "https://vell.example/one", "HTTP://vell.example/two"


def listed(path: Path, text: str, encoding: str = "utf-8") -> list[Piece]:
    path.write_text(text, encoding=encoding)
    return list(find_pieces([str(path)]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("head", ["", "\n", "# my list\n\n"])
def test_a_list_may_begin_with_comments_or_a_mark(tmp_path: Path, head: str, encoding: str) -> None:
    """Comments are skipped wherever they stand."""
    pieces = listed(tmp_path / "a.txt", f"{head}{ONE}\n  # the second\n{TWO}\n", encoding)
    assert [(piece.kind, piece.place) for piece in pieces] == [("address", ONE), ("address", TWO)]


def test_a_list_opens_no_file_and_is_no_article(tmp_path: Path) -> None:
    """A name of a file, a sentence and an address that is none are told by the number of their line."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Forty guards walked out of the Korda prison on Monday.", encoding="utf-8")
    others = (str(secret), "prices rose by 5 percent in May 2024, the bank said.", "file:///etc/hostname", f"{ONE} x")
    pieces = listed(tmp_path / "a.txt", "\n".join([ONE, *others]))
    assert [piece.place for piece in pieces if piece.kind == "address"] == [ONE]
    assert len(pieces) == 5
    for number, piece in enumerate(pieces[1:], 2):
        with pytest.raises(NotText, match=f"a.txt, line {number} is no web address"):
            read_piece(piece)
    with pytest.raises(BadAddress, match="is no web address"):
        read_piece(Piece("address", str(secret)))


def test_a_sentence_with_an_address_is_no_source() -> None:
    """It would be read as the article itself."""
    with pytest.raises(NoSuchFile, match="There is no file or folder"):
        list(find_pieces([f"prices rose, see {ONE}"]))


def test_a_list_in_a_folder_is_told(tmp_path: Path) -> None:
    """A folder's lists are not followed, and the sentence says how they are."""
    (tmp_path / "a.txt").write_text(f"{ONE}\n{TWO}\n", encoding="utf-8")
    [piece] = find_pieces([str(tmp_path)])
    with pytest.raises(NotText, match=r"is a list of addresses.* Name it by itself\."):
        read_piece(piece)
