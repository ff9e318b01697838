"""Parts: each table of an archive is a folder of Parquet files, one a batch; written whole or not at all, and read back."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow import parquet

from claims.article import Article
from claims.checkability import Reason
from claims.claim import Claim
from claims.errors import BadTable, NoSuchFile
from claims.export import write_file
from claims.export.spreadsheet import parquet_bytes
from claims.matching import TOLD
from claims.store.articles import Entry
from claims.table import COLUMNS, DAY, TEXT, claims_table, plain_rows, split_values

#: The tables other than the claims, each with its columns and their dtypes.
_ARTICLES = {
    "article_id": TEXT, "title": TEXT, "byline": TEXT, "publisher": TEXT, "published": DAY, "published_from": TEXT,
    "url": TEXT, "source": TEXT, "furniture": TEXT, "removed": TEXT, "sha256": TEXT, "text": TEXT,
}  # fmt: skip
_UNREAD = {"source": TEXT, "problem": TEXT, "remedy": TEXT}
_PAIRS = dict.fromkeys(
    (*TOLD, "claim_id", "claim", "article_title", "other_id", "other_claim", "other_article_title"), TEXT
)
TABLES: dict[str, dict[str, str]] = {
    "claims": {column.name: column.dtype for column in COLUMNS},
    "articles": _ARTICLES,
    "unread": _UNREAD,
    "pairs": _PAIRS,
}

#: The tables of which every batch has a part.
OF_BATCHES = ("claims", "articles", "unread")

#: What parts are called by their batches, pairs by the ends of their two blocks, and plans: a copy that a disk of a cloud or a person has made
#: beside them is none.
_PART, _PAIR = re.compile(r"part-(\d{8,})\.parquet"), re.compile(r"part-(\d{8,})-(\d{8,})-(\d{8,})-(\d{8,})\.parquet")
_PLAN = re.compile(r"\d{8,}\.jsonl")

_FIELDS = tuple(name for name in _ARTICLES if name not in {"article_id", "sha256", "furniture"})
_REASON = re.compile(r"(?P<sentence>.*) \((?P<points>[+-]\d+\.\d\d)\)", re.DOTALL)


#: An article with its claims.
Found = tuple[Article, list[Claim]]


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read: where it lies, what is wrong with it, and what to do."""

    source: str
    problem: str
    remedy: str


def path_of(folder: Path, table: str, no: int | str) -> Path:
    """Where a batch's part of a table lies.

    >>> path_of(Path("out"), "claims", 7).as_posix()
    'out/claims/part-00000007.parquet'
    """
    return folder / table / f"part-{no:08}.parquet" if isinstance(no, int) else folder / table / f"part-{no}.parquet"


def numbers_of(name: str) -> tuple[int, ...]:
    """The batches that a part is named for; none where the name is no part's.

    >>> numbers_of("part-00000007.parquet"), numbers_of("part-00000007 (copy).parquet")
    ((7,), ())
    """
    match = _PART.fullmatch(name) or _PAIR.fullmatch(name)
    return tuple(map(int, match.groups())) if match else ()


def there(folder: Path, table: str) -> list[str]:
    """The names of a table's parts that lie there, in order."""
    named = _PAIR if table == "pairs" else _PART
    return sorted(path.name for path in (folder / table).glob("part-*.parquet") if named.fullmatch(path.name))


def made(folder: Path, table: str) -> list[str]:
    """The names of a table's parts that count, in order: a batch has all three of its parts, and no plan has given it up."""
    if table not in OF_BATCHES:
        return there(folder, table)
    whole = set.intersection(*(set(there(folder, each)) for each in OF_BATCHES))
    return sorted(whole - {path_of(folder, table, no).name for no in gone(folder)})


def plans(folder: Path) -> list[Path]:
    """The plans of an archive, in order."""
    return sorted(path for path in (folder / "plan").glob("*.jsonl") if _PLAN.fullmatch(path.name))


def gone(folder: Path) -> set[int]:
    """The batches that were given up: the first line of a plan says instead of which it stands."""
    return {no for path in plans(folder) for no in _instead_of(path)}


def _instead_of(path: Path) -> list[int]:
    with path.open(encoding="utf-8") as lines:
        told = json.loads(next(lines, "[]"))
    numbers: list[int] = told["instead"] if isinstance(told, dict) else []
    return numbers


def is_archive(folder: Path) -> bool:
    """Whether a folder holds an archive: its tables and a plan, or a run that makes one."""
    try:
        planned = os.listdir(folder / "plan")  # noqa: PTH208 - names alone
        return (folder / "claims").is_dir() and any(_PLAN.fullmatch(name) or name == ".lock" for name in planned)
    except OSError:
        return False


def batch_bytes(found: Sequence[Found], unread: Sequence[Unread]) -> dict[str, bytes]:
    """The parts of a batch by their tables, as they will be written: that of its claims comes last."""
    return {
        "unread": _part("unread", [{name: getattr(each, name) for name in _UNREAD} for each in unread]),
        "articles": _part("articles", [_article_row(article) for article, _ in found]),
        "claims": parquet_bytes(claims_table(claim for _, claims in found for claim in claims)),
    }


def write_batch(folder: Path, no: int, parts: Mapping[str, bytes]) -> None:
    """Write the parts of a batch in their order: where that of its claims is, the others are."""
    for table, content in parts.items():
        write_file(path_of(folder, table, no), content)


def _part(table: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    dtypes = TABLES[table]
    return parquet_bytes(
        pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtypes[name]) for name in dtypes})
    )


def read_part(folder: Path, table: str, name: str, columns: list[str] | None = None) -> pd.DataFrame:
    """One part, with the dtypes that it was written with: Parquet itself knows no days of a second's grain."""
    path = folder / table / name
    try:
        frame = pd.read_parquet(path, columns=columns)
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    return frame.astype({column: TABLES[table][column] for column in frame.columns})


def rows_in(path: Path) -> int:
    """How many rows a part says that it has. Raises BadTable."""
    try:
        rows: int = parquet.read_metadata(path).num_rows
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    return rows


def _damaged(path: Path) -> BadTable:
    return BadTable(f"{path} is damaged.", "Delete it, and give the command that made it again.")


def read_table(folder: Path, table: str = "claims") -> pd.DataFrame:
    """A whole table of an archive in one frame; for archives that memory holds.

    >>> read_table(Path("nowhere"))
    Traceback (most recent call last):
        ...
    claims.errors.NoSuchFile: There is no archive in nowhere. Make one with: workbench archive SOURCE... --out nowhere
    """
    if not is_archive(folder):
        raise NoSuchFile(
            f"There is no archive in {folder}.", f"Make one with: workbench archive SOURCE... --out {folder}"
        )
    empty = pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in TABLES[table].items()})
    parts = [read_part(folder, table, name) for name in made(folder, table)]
    return pd.concat(parts, ignore_index=True) if parts else empty


def count_rows(folder: Path, table: str) -> int:
    """How many rows a table of an archive has, by what its parts say of themselves."""
    return sum(rows_in(folder / table / name) for name in made(folder, table))


def entries(folder: Path) -> Iterator[Entry]:
    """Every article of an archive with its claims, as a store takes them; a part at a time."""
    for name in made(folder, "claims"):
        claims: dict[str, list[Claim]] = {}
        for row in plain_rows(read_part(folder, "claims", name)):
            claims.setdefault(row["article_id"], []).append(_claim_of(row))
        given = set[str]()
        for row in plain_rows(read_part(folder, "articles", name)):
            if row["article_id"] not in given:  # one text at two addresses stands in the record once
                given.add(row["article_id"])
                yield Entry(_article_of(row), _each_once(claims.get(row["article_id"], ())))


def _each_once(claims: Iterable[Claim]) -> list[Claim]:
    return list({claim.claim_id: claim for claim in claims}.values())


def _article_row(article: Article) -> dict[str, Any]:
    row = {name: getattr(article, name) for name in (*_FIELDS, "article_id", "sha256")}
    return row | {"furniture": json.dumps(article.furniture)}


def _article_of(row: Mapping[str, Any]) -> Article:
    told = {name: row[name] for name in _FIELDS}
    furniture = tuple((start, end, why) for start, end, why in json.loads(row["furniture"]))
    return Article(**told, furniture=furniture)


def _claim_of(row: Mapping[str, Any]) -> Claim:
    """The claim of a row, with its reasons as they are worded there."""
    text = {column.name for column in COLUMNS if column.dtype == TEXT}
    told: dict[str, Any] = {
        name: row[name] if row[name] is not None or name not in text else "" for name in Claim.__slots__
    }
    reasons = tuple(_reason(each) for each in split_values(row["reasons"] or ""))
    return Claim(**(told | {"kinds": tuple(split_values(row["kinds"] or "")), "reasons": reasons}))


def _reason(told: str) -> Reason:
    """One reason as a cell words it.

    >>> _reason("it gives a share or a rate (+0.11)").points
    0.11
    """
    match = _REASON.fullmatch(told)
    return Reason("", match["sentence"], float(match["points"])) if match else Reason("", told, 0.0)
