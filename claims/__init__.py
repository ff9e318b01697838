"""Claims: a news article in, its checkable claims out, each anchored to the article's exact words.

What goes in, and what comes out:

>>> import claims
>>> article = claims.read_article(
...     "The prison service said that at least 312 inmates had fled on Sunday. Two vans waited at the north gate.",
...     published="2024-03-03",
... )
>>> first, second = claims.find_claims(article)
>>> first.speaker, first.quote
('The prison service', 'at least 312 inmates had fled on Sunday')
>>> first.figure_low, first.figure_high, first.figure_unit  # at least: no upper bound
(312, None, 'inmates')
>>> str(first.date_first)  # Sunday, seen from the day of publication
'2024-03-03'
>>> article.text[second.start : second.end]  # every record knows its span
'Two vans waited at the north gate'
>>> claims.claims_table([first, second])[["seq", "attribution", "figure_low"]]
   seq attribution  figure_low
0    1    indirect       312.0
1    2     article         2.0

The flow, in the order in which it happens:

    read_article            a path, a web address, bytes or text  ->  Article
    find_claims             Article  ->  its claims; find_claims_in for many articles
      find_sentences        the steps, each usable alone on any text
      find_figures
      find_dates
      find_quotes
      split_statements
      weigh
    claims_table            claims  ->  a DataFrame of the columns COLUMNS
    Store                   keeps articles, claims, sources and marks, and an event for every change
    write_csv, read_csv     the table out, and back
    plan_import             an edited table  ->  what it would change; apply_import writes it

Nothing here knows of the screens; whatever goes wrong is a ClaimsError whose message says what to do next.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from claims.errors import ClaimsError

if TYPE_CHECKING:
    from claims.article import Article, read_article
    from claims.checkability import Checkability, Reason, weigh, weigh_batch
    from claims.claim import Claim, claim_at, find_claims, find_claims_in
    from claims.dates import Date, find_dates, find_dates_batch
    from claims.evidence import Source
    from claims.export import read_csv, write_csv
    from claims.figures import Figure, find_figures, find_figures_batch
    from claims.imports import apply_import, plan_import
    from claims.quotes import Quote, find_quotes, find_quotes_batch
    from claims.sentences import Sentence, find_sentences
    from claims.statements import Statement, split_statements, split_statements_batch
    from claims.store import Query, Store
    from claims.table import COLUMNS, claims_table
    from claims.verdict import load_scale

__all__ = [
    "COLUMNS",
    "Article",
    "Checkability",
    "Claim",
    "ClaimsError",
    "Date",
    "Figure",
    "Query",
    "Quote",
    "Reason",
    "Sentence",
    "Source",
    "Statement",
    "Store",
    "apply_import",
    "claim_at",
    "claims_table",
    "find_claims",
    "find_claims_in",
    "find_dates",
    "find_dates_batch",
    "find_figures",
    "find_figures_batch",
    "find_quotes",
    "find_quotes_batch",
    "find_sentences",
    "load_scale",
    "plan_import",
    "read_article",
    "read_csv",
    "split_statements",
    "split_statements_batch",
    "weigh",
    "weigh_batch",
    "write_csv",
]

# Where each name lives. It is fetched when it is first used, so that who only asks for a date does not wait for the
# parser, and who only asks for help does not wait for pandas.
_HOMES: dict[str, tuple[str, ...]] = {
    "article": ("Article", "read_article"),
    "checkability": ("Checkability", "Reason", "weigh", "weigh_batch"),
    "claim": ("Claim", "claim_at", "find_claims", "find_claims_in"),
    "dates": ("Date", "find_dates", "find_dates_batch"),
    "evidence": ("Source",),
    "export": ("read_csv", "write_csv"),
    "figures": ("Figure", "find_figures", "find_figures_batch"),
    "imports": ("apply_import", "plan_import"),
    "quotes": ("Quote", "find_quotes", "find_quotes_batch"),
    "sentences": ("Sentence", "find_sentences"),
    "statements": ("Statement", "split_statements", "split_statements_batch"),
    "store": ("Query", "Store"),
    "table": ("COLUMNS", "claims_table"),
    "verdict": ("load_scale",),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(f"claims.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
