"""How the table looks: a claim's cells as words, tags, colours and marked text. Pure functions, no Streamlit."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from itertools import groupby, pairwise
from typing import Any

from claims.article import Article
from claims.paragraphs import find_paragraphs
from claims.status import is_kept_back, unsettled
from claims.table import split_values
from claims.verdict import Scale

#: A sign for each colour, so that no meaning hangs on colour alone.
SIGNS: dict[str, str] = {"green": "✓", "red": "✗", "violet": "⇄", "gray": "○"}

#: What a reading says of a claim.
FIRST_READING = frozenset({"verdict", "confidence", "likelihood", "corrected_value", "rationale", "verdict_as_of"})

# Below this a number is written with its first two figures, above it with two decimals.
_SMALL = 0.01

# Paragraphs of an article that the browser is given at a time, around the chosen claim.
_WINDOW = 300


def number_words(value: float) -> str:
    """A number as a reader writes it.

    >>> number_words(2_000_000.0), number_words(0.5), number_words(1 / 3), number_words(0.0004)
    ('2,000,000', '0.5', '0.33', '0.0004')
    """
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) >= _SMALL else f"{value:.2g}"


def cut_words(text: str, most: int) -> str:
    """A text of so many characters at most, an ellipsis where it is cut.

    >>> cut_words("Two vans waited.", 40), cut_words("Two vans waited.", 8)
    ('Two vans waited.', 'Two van…')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def day_words(day: date) -> str:
    """A day without a leading zero.

    >>> day_words(date(2024, 3, 3))
    '3 Mar 2024'
    """
    return f"{day.day} {day:%b} {day.year}"


def time_words(moment: datetime, zone: tzinfo | None = None) -> str:
    """A moment by the reader's clock, or by this machine's.

    >>> from datetime import UTC
    >>> time_words(datetime(2024, 3, 3, 9, 5, tzinfo=UTC), UTC)
    '3 Mar 2024, 09:05'
    """
    there = moment.astimezone(zone)
    return f"{day_words(there)}, {there:%H:%M}"


def figure_words(row: Mapping[str, Any]) -> str:
    """A claim's figure in a few signs; empty where it has none.

    >>> figure_words({"figure_low": 312.0, "figure_high": None, "figure_unit": "inmates"})
    '≥ 312 inmates'
    >>> figure_words({"figure_low": 2e6, "figure_high": 2e6, "figure_unit": "files", "quantifier": "about"})
    '≈ 2,000,000 files'
    >>> figure_words({"quantifier": "almost all"}), figure_words({})
    ('almost all', '')
    """
    low: Any = row.get("figure_low")
    high: Any = row.get("figure_high")
    unit = row.get("figure_unit") or ""
    quantifier = row.get("quantifier") or ""
    if low is None and high is None:
        return f"{quantifier} {unit}".strip() if quantifier else ""
    if low is None or high is None:
        amount = f"≤ {number_words(high)}" if low is None else f"≥ {number_words(low)}"
    else:
        amount = number_words(low) if low == high else f"{number_words(low)}–{number_words(high)}"
        amount = f"≈ {amount}" if quantifier else amount
    return f"{amount} {'%' if unit == 'percent' else unit}".strip()


def date_words(row: Mapping[str, Any]) -> str:
    """A claim's time expression and what it resolves to.

    >>> date_words({"date_text": "On Wednesday", "date_first": date(2024, 2, 28), "date_last": date(2024, 2, 28)})
    'On Wednesday → 28 Feb 2024'
    >>> date_words({"date_text": "soon"})
    'soon'
    """
    text, first, last = row.get("date_text") or "", row.get("date_first"), row.get("date_last")
    if not first:
        return text
    days = period_words(first, last or first)
    return days if days in text else f"{text} → {days}"


def period_words(first: date, last: date) -> str:
    """A stretch of days by its shortest name.

    >>> period_words(date(2024, 1, 1), date(2024, 12, 31)), period_words(date(2024, 2, 1), date(2024, 2, 29))
    ('2024', 'Feb 2024')
    >>> period_words(date(2024, 3, 3), date(2024, 3, 3)), period_words(date(2024, 3, 3), date(2024, 3, 9))
    ('3 Mar 2024', '3 Mar 2024 – 9 Mar 2024')
    """
    if first == last:
        return day_words(first)
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    whole_month = first.day == 1 and (first.year, first.month) == (last.year, last.month)
    if whole_month and last.day == monthrange(last.year, last.month)[1]:
        return f"{first:%b} {first.year}"
    return f"{day_words(first)} – {day_words(last)}"


def weight_words(share: float | None) -> str:
    """A checkability from 0 to 1 in two digits.

    >>> weight_words(0.94), weight_words(1.0), weight_words(None)
    ('.94', '1.00', '')
    """
    if share is None:
        return ""
    return f"{share:.2f}".removeprefix("0")


def dressed(row: Mapping[str, Any], scale: Scale) -> dict[str, Any]:
    """A row with the colour of its verdict; ``scale`` is the one that the verdict was given by."""
    return {**row, "colour": verdict_colour(row.get("verdict"), scale)}


def veiled(row: Mapping[str, Any], reader: str, *, read_twice: bool) -> dict[str, Any]:
    """The row as this person may see it: a second reader sees nothing of the first reading before theirs is in.

    >>> marked = {"status": "marked", "checker": "Jana", "verdict": "Refuted", "rationale": "The roll call."}
    >>> veiled(marked, "Ilic", read_twice=True)["verdict"], veiled(marked, "Jana", read_twice=True)["verdict"]
    (None, 'Refuted')
    >>> veiled(marked, "Ilic", read_twice=False)["verdict"]
    'Refuted'
    """
    if not is_kept_back(row, reader, read_twice=read_twice):
        return dict(row)
    return {**row, **dict.fromkeys(FIRST_READING & row.keys()), "veiled": True}


def queue_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the claims table, dressed, as the queue draws it."""
    colour = row.get("colour") or ""
    notes = [row.get("speaker") or "the article", source_words(row)]
    if row.get("veiled"):
        notes.append("read once")
    elif row.get("status") not in ("new", "marked"):
        notes.append(row["status"])
    return {
        "id": row["claim_id"],
        "claim": row["claim"],
        "tags": [words for words in (figure_words(row), date_words(row)) if words],
        "labels": split_values(row.get("tags") or ""),
        "verdict": row.get("verdict") or "",
        "mark": SIGNS.get(colour, ""),
        "colour": colour,
        "note": " · ".join(note for note in notes if note),
        "weight": weight_words(row.get("checkability")),
        "share": row.get("checkability") or 0.0,
    }


def source_words(row: Mapping[str, Any]) -> str:
    """How many sources stand on a claim, and how many are independent.

    >>> source_words({"n_sources": 3, "n_independent": 1}), source_words({"n_sources": 0})
    ('3 sources, 1 independent', '')
    """
    count = row.get("n_sources") or 0
    if not count:
        return ""
    return f"{count} {'source' if count == 1 else 'sources'}, {row.get('n_independent') or 0} independent"


def said_by(row: Mapping[str, Any]) -> str:
    """Who makes the claim, as a phrase.

    >>> said_by({"speaker": "the prison service", "cue": "said", "attribution": "direct"})
    'the prison service (said, direct speech)'
    >>> said_by({"attribution": "article"})
    'the article itself'
    """
    if row.get("attribution") in ("article", None):
        return "the article itself"
    how = ", ".join(part for part in (row.get("cue"), f"{row['attribution']} speech") if part)
    return f"{row.get('speaker') or 'somebody not named'} ({how})"


def verdict_colour(verdict: str | None, scale: Scale) -> str:
    """The colour's name of a verdict; empty where there is none, grey where another scale gave it."""
    return scale.colour(verdict) if verdict else ""


def verdict_words(row: Mapping[str, Any], *, read_twice: bool, dated: bool = False) -> str:
    """What was found of a claim, with what is to be said beside it where that is not to be passed on; ``dated`` with its day.

    >>> found = {"verdict": "Refuted", "colour": "red", "verdict_as_of": date(2024, 3, 4), "status": "published"}
    >>> verdict_words(found, read_twice=True, dated=True), verdict_words({**found, "status": "void"}, read_twice=True)
    ('✗ Refuted, as of 4 Mar 2024', '✗ Refuted, withdrawn')
    >>> verdict_words({"verdict": None, "veiled": True}, read_twice=True), verdict_words({}, read_twice=True)
    ('read once', 'not checked yet')
    """
    if not row.get("verdict"):
        return "read once" if row.get("veiled") else "not checked yet"
    day = row.get("verdict_as_of") if dated else None
    parts = (
        f"{SIGNS.get(row.get('colour', ''), '○')} {row['verdict']}",
        f"as of {day_words(day)}" if day else "",
        unsettled(row.get("status", ""), read_twice=read_twice),
    )
    return ", ".join(filter(None, parts))


def notice_words(row: Mapping[str, Any]) -> str:
    """What readers were told when the claim's verdict was withdrawn; empty where it is not.

    >>> notice_words({"status": "void", "notice": "249 fled."}), notice_words({"status": "in progress", "notice": "249 fled."})
    ('Correction notice: 249 fled.', '')
    """
    return f"Correction notice: {row['notice']}" if row.get("status") == "void" and row.get("notice") else ""


def is_long(article: Article) -> bool:
    """Whether the text pane draws only a part of the article, around the claim in hand."""
    return article.text.count("\n") >= _WINDOW


def blocks(article: Article, rows: Sequence[Mapping[str, Any]], chosen: str | None) -> dict[str, Any]:
    """The article as the text pane draws it: paragraphs cut at the bounds of the claims, furniture folded away.

    ``rows`` are the article's claims, dressed. A long article is given in part, around the chosen claim.
    """
    text = article.text
    paragraphs = find_paragraphs(text)
    around = next((row["start"] for row in rows if row["claim_id"] == chosen), 0)
    middle = next((number for number, (_, end) in enumerate(paragraphs) if around < end), 0)
    first = max(0, min(middle - _WINDOW // 2, len(paragraphs) - _WINDOW))
    shown = paragraphs[first : first + _WINDOW]
    marked = sum(1 for row in rows if row.get("verdict") or row.get("veiled"))
    about = [
        day_words(article.published) if article.published else "publication date not known",
        article.publisher,
        f"{marked} of {len(rows)} claims marked",
        f"paragraphs {first + 1}–{first + len(shown)} of {len(paragraphs)}" if len(shown) < len(paragraphs) else "",
    ]
    near = [row for row in rows if shown and row["start"] < shown[-1][1] and row["end"] > shown[0][0]]
    drawn: list[dict[str, Any]] = []
    titled = False
    for away, group in groupby(shown, key=lambda span: article.is_furniture(*span)):
        cut = [(span, _pieces(text, *span, near)) for span in group]
        if away:
            drawn.append({"furniture": True, "paragraphs": [pieces for _, pieces in cut]})
            continue
        for (start, end), pieces in cut:
            heading = not titled and text[start:end] == article.title
            titled = titled or heading
            drawn.append({"furniture": False, "heading": heading, "pieces": pieces})
    return {
        "article": article.article_id,
        "title": "" if titled else article.title,
        "about": " · ".join(part for part in about if part),
        "byline": article.byline,
        "blocks": drawn,
    }


def _pieces(text: str, start: int, end: int, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One paragraph cut wherever a claim begins or ends; each piece names the claims that cover it, shortest first."""
    inside = sorted(
        (row for row in rows if row["start"] < end and row["end"] > start), key=lambda row: row["end"] - row["start"]
    )
    bounds = {start, end} | {min(max(row[side], start), end) for row in inside for side in ("start", "end")}
    cuts = sorted(bounds)
    pieces = []
    for first, last in pairwise(cuts):
        covering = [row for row in inside if row["start"] <= first and last <= row["end"]]
        shortest: Mapping[str, Any] = covering[0] if covering else {}
        pieces.append(
            {
                "text": text[first:last],
                "start": first,
                "claims": [row["claim_id"] for row in covering],
                "colour": shortest.get("colour") or "",
                "verdict": shortest.get("verdict") or "",
            }
        )
    return pieces
