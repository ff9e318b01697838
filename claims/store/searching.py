"""Full text: what is searched of a claim, as plain words, and each database's own index over them.

A text becomes words (:func:`words_of`) before either database sees it, so that both find the same: SQLite by FTS5,
PostgreSQL by a GIN index over the same words as a tsvector. A claim has two: its own words, with speaker and the
article's title; and those of the rationale, which alone a mark touches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    column,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from claims.store.schema import claims

#: Below this a word is looked for as it stands, from here on as the beginning of one: "UN" is not "unions".
_BEGINNING = 3

# Scripts that put no blanks between words: each character is a word.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORD = re.compile(rf"(?=[^\W_])[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+")

_WORDS = (claims.c.words, claims.c.why_words)


class _Place(FunctionElement[int]):
    """Where in a text another one begins, from 1; 0 where it does not stand in it."""

    type = Integer()
    inherit_cache = True


@compiles(_Place)
def _instr(place: _Place, compiler: SQLCompiler, **given: Any) -> str:
    return f"instr{compiler.process(place.clause_expr, **given)}"


@compiles(_Place, "postgresql")
def _strpos(place: _Place, compiler: SQLCompiler, **given: Any) -> str:
    return f"strpos{compiler.process(place.clause_expr, **given)}"


#: SQLite's index, as a table to put rows in.
SEARCH = Table("search", MetaData(), Column("rowid", Integer), Column("words", Text))

#: Makes temp.search_words: the words of SQLite's index, each with the number of rows that say it.
VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab('main', 'search', 'row')"

#: What the indexes are made of, by database; migrations run it, and so does a rebuild.
MAKE: dict[str, tuple[str, ...]] = {
    "sqlite": (
        # No copy of the words is kept, nor where they stand: the claims have them. To this tokenizer all but ASCII's
        # signs and blanks is part of a word, and those are gone before.
        "CREATE VIRTUAL TABLE search USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": tuple(
        f"CREATE INDEX search_{name} ON claims USING gin (array_to_tsvector(string_to_array({name}, ' ')))"
        for name in ("words", "why_words")
    ),
}


def words_of(*texts: str | None) -> list[str]:
    """The words of these texts, each once, in order: without regard to case and accents.

    >>> words_of("Some 2,000 inmates of Čorda fled", None, "FLED")
    ['000', '2', 'corda', 'fled', 'inmates', 'of', 'some']
    >>> words_of("— $ —")
    []
    """
    together = "\n".join(dict.fromkeys(filter(None, texts)))
    if together.isascii():
        return sorted(set(_ASCII_WORD.findall(together.lower())))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", together).casefold())
    return sorted(set(_WORD.findall("".join(sign for sign in folded if not unicodedata.combining(sign)))))


def entries(dialect: str, claims_rows: Iterable[Mapping[Any, Any]]) -> list[dict[str, Any]]:
    """What SQLite's index is to hold of these claims, as rows of :data:`SEARCH`; PostgreSQL's follow their table."""
    if dialect != "sqlite":
        return []
    return [
        {"rowid": 2 * row["no"] + place, "words": row[name]}
        for row in claims_rows
        for place, name in enumerate(("words", "why_words"))
        if row[name]
    ]


def index_anew(connection: Connection, no: int, old: Mapping[Any, Any], new: Mapping[str, str]) -> None:
    """Let the search know that ``words`` or ``why_words`` of a claim changed."""
    if connection.dialect.name != "sqlite":
        return
    for name, row in (("words", 2 * no), ("why_words", 2 * no + 1)):
        if name in new and new[name] != old[name]:
            if old[name]:
                taken_out = "INSERT INTO search(search, rowid, words) VALUES ('delete', ?, ?)"
                connection.exec_driver_sql(taken_out, (row, old[name]))
            if new[name]:
                connection.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (?, ?)", (row, new[name]))


def empty(connection: Connection) -> None:
    """Forget all; PostgreSQL's indexes follow their table by themselves."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search(search) VALUES ('delete-all')")


def size(connection: Connection) -> int | None:
    """How many words of how many claims SQLite's index holds, each once a claim; None where the index is the database's own."""
    if connection.dialect.name != "sqlite":
        return None
    connection.exec_driver_sql(VOCABULARY)
    return int(connection.exec_driver_sql("SELECT coalesce(sum(doc), 0) FROM temp.search_words").scalar_one())


def matching(
    connection: Connection, asked: Sequence[str], no: ColumnElement[Any], *, why: bool = True
) -> ColumnElement[bool]:
    """Whether the claim with this number says all these words, in its own or, with ``why``, in its rationale, by the index."""
    if not asked:
        return false()
    return no.in_(select_saying(connection.dialect.name, asked, why=why))


def says(words: ColumnElement[str], asked: Sequence[str]) -> ColumnElement[bool]:
    """Whether this column of PostgreSQL's has all these words, by its index."""
    said = literal(" & ".join(f"'{word}'{':*' if is_beginning(word) else ''}" for word in asked)).cast(TSQUERY)
    return _vector(words).op("@@")(said)


def asked_for(asked: Sequence[str]) -> str:
    """All these words, as SQLite's index is asked for them."""
    return " AND ".join(f'"{word}"{"*" if is_beginning(word) else ""}' for word in asked)


def select_saying(dialect: str, asked: Sequence[str], *, why: bool = True) -> Select[Any]:
    """The numbers of the claims that say all these words, as the database's index gives them: SQLite's gives some twice."""
    if dialect == "postgresql":
        return select(claims.c.no).where(or_(*(says(words, asked) for words in _WORDS[: 1 + why])))
    row = column("rowid", Integer)
    found = select(row.op(">>")(1).label("no")).select_from(text("search"))
    found = found if why else found.where(row.op("&")(1) == 0)
    return found.where(text("search MATCH :said").bindparams(bindparam("said", asked_for(asked), Text)))


def numbers_saying(connection: Connection, groups: Sequence[Sequence[Sequence[str]]], most: int) -> list[int]:
    """Numbers of at most so many claims that say something of each group, in their own words, by the index.

    Something of a group is all the words of one of its lists, just as they are.
    """
    if connection.dialect.name == "postgresql":
        said = _said(groups, quote="'", every=" & ", either=" | ")
        asked = select(claims.c.no).where(_vector(claims.c.words).op("@@")(literal(said).cast(TSQUERY))).limit(most)
        return list(connection.execute(asked).scalars())
    said = _said(groups, quote='"', every=" AND ", either=" OR ")
    asked_of = "SELECT rowid >> 1 FROM search WHERE search MATCH ? AND rowid & 1 = 0 LIMIT ?"
    cursor = connection.exec_driver_sql(asked_of, (said, most)).cursor
    return [no for (no,) in cursor.fetchall()] if cursor else []


def _vector(words: ColumnElement[str]) -> ColumnElement[Any]:
    """Words as PostgreSQL's index has them: written as in :data:`MAKE`, so that the index is used."""
    return func.array_to_tsvector(func.string_to_array(words, literal_column("' '")))


def _said(groups: Sequence[Sequence[Sequence[str]]], *, quote: str, every: str, either: str) -> str:
    """What a group says in a database's own language; words of an index have no marks in them."""
    lists = [[every.join(f"{quote}{word}{quote}" for word in words) for words in group] for group in groups]
    return every.join(f"({either.join(f'({words})' for words in group)})" for group in lists)


def said_by(asked: Sequence[str], no: ColumnElement[Any], *, why: bool = True) -> ColumnElement[bool]:
    """The same, asked of one claim without the index: cheap where few are asked.

    The offset leaves nothing out: it keeps PostgreSQL from asking all claims first, to have an answer for each.
    """
    if not asked:
        return false()
    said = [
        and_(*(_Place(" " + words + " ", f" {word}" if is_beginning(word) else f" {word} ") > 0 for word in asked))
        for words in _WORDS[: 1 + why]
    ]
    return exists(select(literal_column("1")).select_from(claims).where(claims.c.no == no, or_(*said)).offset(0))


def is_beginning(word: str) -> bool:
    """Whether a word is looked for as the beginning of others.

    >>> is_beginning("un"), is_beginning("union")
    (False, True)
    """
    return len(word) >= _BEGINNING
