"""A story's figure as a table beside its chart: each claim with what was found of it, by which sources, and in which article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from claims.evidence import Source
from claims.evidence.addresses import WEB
from claims.matching import Point
from workbench.columns import day_words, notice_words, verdict_words
from workbench.shown import escape

_HEADS = ("Day", "Figure", "Said by", "Claim", "Verdict", "Sources", "Article")


def story_table(
    points: Iterable[Point],
    rows: Mapping[str, Mapping[str, Any]],
    sources: Mapping[str, Sequence[Source]],
    titles: Mapping[str, str],
    *,
    read_twice: bool,
) -> str:
    """The table as HTML. ``rows`` are the claims by name as the person who looks may see them; ``titles`` are the articles'."""
    head = "".join(f'<th scope="col">{each}</th>' for each in _HEADS)
    body = "".join(
        f'<tr><th scope="row">{escape(day_words(point.day))}</th>'
        + "".join(
            f"<td>{cell}</td>" for cell in _cells(point, rows.get(point.claim_id, {}), sources, titles, read_twice)
        )
        + "</tr>"
        for point in points
    )
    return (
        f'<table class="numbers"><caption>The figure in each article</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cells(
    point: Point,
    row: Mapping[str, Any],
    sources: Mapping[str, Sequence[Source]],
    titles: Mapping[str, str],
    read_twice: bool,  # noqa: FBT001 - as the table has it
) -> Iterable[str]:
    yield escape(point.words)
    yield escape(point.speaker or "the article itself")
    yield _way(row.get("claim") or point.claim_id, claim=point.claim_id)
    yield "<br>".join(
        map(escape, filter(None, (verdict_words(row, read_twice=read_twice, dated=True), notice_words(row))))
    )
    yield "<br>".join(map(source_html, sources.get(point.claim_id, ()))) or "none"
    yield _way(titles.get(point.article_id) or "(no title)", order="As in the article", article=point.article_id)


def source_html(source: Source) -> str:
    """A source by its title and its address, which is a link where it is one on the web.

    >>> source_html(Source("roll-call.pdf", title="The <roll> call"))
    'The &lt;roll&gt; call · roll-call.pdf'
    >>> source_html(Source("https://korda.example/a"))
    '<a href="https://korda.example/a" target="_blank" rel="noopener noreferrer">https://korda.example/a</a>'
    """
    address = escape(source.location)
    if WEB.fullmatch(source.location):
        address = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>'
    return " · ".join(part for part in (escape(source.title), address) if part)


def _way(words: str, **asked: str) -> str:
    """A link to the desk: beside this page, under whatever path it stands."""
    return f'<a href="./?{escape(urlencode({"show": "All", **asked}, quote_via=quote))}">{escape(words)}</a>'
