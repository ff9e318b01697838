"""Rows of Parquet: what is told of a file that is damaged or holds none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from claims.archive.pieces import find_pieces, read_piece
from claims.errors import EmptyText, ReadingError


def test_whatever_the_parser_raises_is_damage(tmp_path: Path) -> None:
    """A name of a column that is no UTF-8 is a UnicodeDecodeError there, while it is planned."""
    path = tmp_path / "a.parquet"
    pd.DataFrame({"text": ["Forty guards walked out."], "markmark": 1}).to_parquet(path)
    path.write_bytes(path.read_bytes().replace(b"markmark", b"mark\xff\xfe\xfdk"))
    [piece] = find_pieces([str(path)])
    assert piece.name == str(path)
    with pytest.raises(ReadingError, match="is damaged or no Parquet at all"):
        read_piece(piece)


def test_a_file_without_rows_is_told(tmp_path: Path) -> None:
    """And not passed over in silence."""
    pd.DataFrame({"text": []}).to_parquet(tmp_path / "a.parquet")
    [piece] = find_pieces([str(tmp_path / "a.parquet")])
    with pytest.raises(EmptyText, match=r"a.parquet holds no article\."):
        read_piece(piece)


def test_whatever_the_parser_raises_over_rows_is_damage(tmp_path: Path) -> None:
    """A text that is no UTF-8 is found only where its rows are read: it is told as damage and not as a fault of the engine."""
    path = tmp_path / "a.parquet"
    plainly = {"compression": None, "write_statistics": False, "store_schema": False, "use_dictionary": False}
    pd.DataFrame({"text": ["Forty guards walked out."]}).to_parquet(path, **plainly)
    path.write_bytes(path.read_bytes().replace(b"Forty guards", b"Fo\xff\xfe guards"))
    [piece] = find_pieces([str(path)])
    assert piece.name.endswith("row 1")
    with pytest.raises(ReadingError, match="is damaged or no Parquet at all"):
        read_piece(piece)
