"""The claims table: COLUMNS says what it holds, and the functions here take frames and give frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from claims.claim import Claim

SCHEMA_VERSION = 2

#: Between several values in one cell; a bar inside a value is written ``\|``.
SEPARATOR = "|"

TEXT, WHOLE, NUMBER = "string", "Int64", "Float64"
DAY, TIME = "datetime64[s]", "datetime64[us, UTC]"


# Looked up once: pandas takes longer over the name of a dtype than over a page of its cells.
_DTYPES = {name: pd.api.types.pandas_dtype(name) for name in (TEXT, WHOLE, NUMBER)}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its group, its pandas dtype, and what it means, in a sentence a reader of the CSV understands."""

    name: str
    group: str
    dtype: str
    meaning: str
    several: bool = False


COLUMNS: tuple[Column, ...] = (
    Column(
        "claim_id",
        "identity",
        TEXT,
        "Stable name of the claim: the same article and span give the same on any machine.",
    ),
    Column("article_id", "identity", TEXT, "Name of the article, from the SHA-256 of its text as it was first read."),
    Column("article_title", "identity", TEXT, "Title of the article."),
    Column("article_url", "identity", TEXT, "Web address of the article."),
    Column("publisher", "identity", TEXT, "Who published the article."),
    Column("published", "identity", DAY, "Publication day of the article; empty where it is not known."),
    Column("seq", "identity", WHOLE, "Place of the claim in the article, from 1, in order of appearance."),
    Column("sentence_no", "anchor", WHOLE, "The sentence it stands in, from 1."),
    Column("start", "anchor", WHOLE, "First character of the quote in the article's text, from 0."),
    Column(
        "end",
        "anchor",
        WHOLE,
        "One past the last character of the quote; the start itself where a newer version of the article has it no more.",
    ),
    Column("quote", "anchor", TEXT, "The article's own words, exactly."),
    Column("prefix", "anchor", TEXT, "Up to 32 characters before the quote (W3C TextQuoteSelector)."),
    Column("suffix", "anchor", TEXT, "Up to 32 characters after the quote."),
    Column("claim", "claim", TEXT, "The claim, worded so that it can be read alone."),
    Column(
        "kinds",
        "claim",
        TEXT,
        "Kinds of claim, after AVeriTeC: numerical, quote, event, causal, position.",
        several=True,
    ),
    Column("speaker", "claim", TEXT, "Who said it; empty where the article itself does."),
    Column("cue", "claim", TEXT, "The words that attribute it, such as said or tweeted."),
    Column(
        "attribution",
        "claim",
        TEXT,
        "direct, mixed or indirect speech, or article where it is the article's own voice.",
    ),
    Column("figure_low", "content", NUMBER, "Least amount that the words allow; empty where they set none."),
    Column("figure_high", "content", NUMBER, "Greatest amount that the words allow; empty where they set none."),
    Column("figure_unit", "content", TEXT, "What is counted or measured."),
    Column("quantifier", "content", TEXT, "A vague quantifier as written; about where a figure is approximate."),
    Column("date_text", "content", TEXT, "The time expression as written."),
    Column("date_first", "content", DAY, "First day that it means; empty where it cannot be resolved."),
    Column("date_last", "content", DAY, "Last day that it means."),
    Column("checkability", "rank", NUMBER, "How much it is worth checking, from 0 to 1: the sum of the reasons."),
    Column("reasons", "rank", TEXT, "Why, each with its points.", several=True),
    Column("priority", "rank", TEXT, "high, normal or low; proposed from the checkability, set by the desk."),
    Column("status", "work", TEXT, "Where the work stands; never a judgement."),
    Column("assignee", "work", TEXT, "Who is to check it."),
    Column("checker", "work", TEXT, "Who marked it last."),
    Column("checked_at", "work", TIME, "When, in UTC."),
    Column("tags", "work", TEXT, "The desk's own words for finding it again.", several=True),
    Column("verdict", "judgement", TEXT, "A label of the desk's scale."),
    Column("confidence", "judgement", TEXT, "low, moderate or high: how sure the desk is of the verdict."),
    Column("likelihood", "judgement", NUMBER, "How likely the claim is, from 0 to 1, where the desk says so."),
    Column("corrected_value", "judgement", TEXT, "What would have been right."),
    Column("rationale", "judgement", TEXT, "Why this verdict."),
    Column("verdict_as_of", "judgement", DAY, "The day whose knowledge the verdict rests on."),
    Column("n_sources", "evidence", WHOLE, "How many sources stand on the claim."),
    Column("n_independent", "evidence", WHOLE, "How many of them do not share an origin."),
    Column("n_supporting", "evidence", WHOLE, "How many support it."),
    Column("n_refuting", "evidence", WHOLE, "How many refute it."),
    Column("sources", "evidence", TEXT, "Their addresses or titles.", several=True),
    Column("second_reader", "review", TEXT, "Who read it second."),
    Column("second_verdict", "review", TEXT, "The second reader's verdict."),
    Column("second_confidence", "review", TEXT, "The second reader's confidence."),
    Column("agreement", "review", TEXT, "agreed or disputed, once both readings are in."),
    Column("decided_by", "review", TEXT, "Who decided a disputed claim."),
    Column("decided_at", "review", TIME, "When, in UTC."),
    Column("signed_off_by", "review", TEXT, "Who signed the verdict off."),
    Column("signed_off_at", "review", TIME, "When, in UTC."),
    Column("review_by", "review", DAY, "The day by which the verdict wants a new look."),
    Column("repeat_of", "links", TEXT, "The claim that this one repeats.", several=True),
    Column("contradicts", "links", TEXT, "Claims that cannot hold beside this one.", several=True),
    Column("revision", "record", WHOLE, "How often the claim was written; a write names the one that it saw."),
    Column("schema_version", "record", WHOLE, "Version of this table's columns."),
)

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)


def frame_of(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A claims table of these rows: COLUMNS in order, the same dtypes for none, one and many.

    A row is a mapping from column names to plain values; what it leaves out is empty, what is no column is left out.

    >>> frame_of([]).dtypes.equals(frame_of([{"claim": "Two vans waited.", "start": 0}]).dtypes)
    True
    >>> frame_of([{"figure_low": 312}])["figure_low"].tolist()
    [312.0]
    """
    listed = list(rows)
    return pd.DataFrame(
        {column.name: _array([row.get(column.name) for row in listed], column.dtype) for column in COLUMNS}, copy=False
    )


def _array(values: list[Any], dtype: Any) -> Any:
    if dtype == DAY:
        return np.array(values, dtype=DAY)
    if dtype == TIME:
        return pd.DatetimeIndex(pd.to_datetime(values, utc=True)).as_unit("us")
    if dtype == TEXT:
        return text_array(values)
    made: Any = _DTYPES[dtype]
    return pd.array(values, dtype=made)


def text_array(values: list[Any]) -> Any:
    r"""Texts as a column keeps them, to the letter: beside half characters, which Arrow has no place for, in Python's own.

    >>> text_array(["in\x00mates", "\ud800 half", None]).tolist()
    ['in\x00mates', '\ud800 half', <NA>]
    """
    text: Any = _DTYPES[TEXT]
    try:
        return pd.array(values, dtype=text)
    except UnicodeEncodeError:
        return pd.array(values, dtype=pd.StringDtype("python"))


def claims_table(claims: Iterable[Claim]) -> pd.DataFrame:
    """One row a claim: the columns of COLUMNS, in order; what no machine can know is empty.

    >>> claims_table([]).shape
    (0, 57)
    """
    return frame_of(claim_row(claim) for claim in claims)


def claim_row(claim: Claim) -> dict[str, Any]:
    """A claim that nobody has worked on yet as a row: empty text is no value, several values share a cell."""
    row = dict(zip(claim.__slots__, attrgetter(*claim.__slots__)(claim), strict=True))
    row |= {"kinds": join_values(claim.kinds), "reasons": reasons_cell(claim)}
    row |= {"status": "new", "revision": 1, "schema_version": SCHEMA_VERSION, "n_sources": 0, "n_independent": 0}
    row |= {"n_supporting": 0, "n_refuting": 0}
    return {name: None if value == "" else value for name, value in row.items()}


def reasons_cell(claim: Claim) -> str:
    """Why the claim stands where it does, with what each reason adds or takes."""
    return join_values([f"{reason.sentence} ({reason.points:+.2f})" for reason in claim.reasons])


def join_values(values: Iterable[str]) -> str:
    r"""Several values in one cell.

    >>> join_values(["numerical", "a|b"])
    'numerical|a\\|b'
    """
    listed = list(values)
    together = "".join(listed)
    if "\\" in together or SEPARATOR in together:
        listed = [value.replace("\\", "\\\\").replace(SEPARATOR, "\\" + SEPARATOR) for value in listed]
    return SEPARATOR.join(listed)


def split_values(cell: str) -> list[str]:
    r"""The values of such a cell; the inverse of :func:`join_values`.

    >>> split_values('numerical|a\\|b'), split_values("")
    (['numerical', 'a|b'], [])
    """
    if "\\" not in cell:
        return cell.split(SEPARATOR) if cell else []
    values: list[str] = []
    current, escaped = "", False
    for character in cell:
        if escaped:
            current, escaped = current + character, False
        elif character == "\\":
            escaped = True
        elif character == SEPARATOR:
            values, current = [*values, current], ""
        else:
            current += character
    return [*values, current] if cell else []


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a claims table as plain values: None for empty, dates as ``date``, times as ``datetime``.

    >>> plain_rows(frame_of([{"seq": 1, "published": "2024-03-03"}]))[0]["published"]
    datetime.date(2024, 3, 3)
    >>> plain_rows(frame_of([{"seq": 1}]))[0]["claim"] is None
    True
    """
    columns: dict[str, list[Any]] = {name: _plain(frame[name]) for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(column: pd.Series[Any]) -> list[Any]:
    """A column's cells as plain values."""
    missing = column.isna()
    if str(column.dtype) == DAY:
        column = column.dt.date
    elif str(column.dtype) == TIME:
        column = pd.Series(column.dt.to_pydatetime(), dtype="object")
    return [None if gone else value for gone, value in zip(missing.tolist(), column.tolist(), strict=True)]
