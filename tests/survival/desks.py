"""Invented articles with claims, as many as a test wants, each known by its token."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from claims.article import Article
from claims.checkability import Reason
from claims.claim import Claim, claim_id

_SENTENCES = (
    "Some {n} guards walked out at Korda.",
    "Marusa Ilic said that {n} vans waited at the gate.",
    "The ministry will close {n} posts in May.",
    "Jana Vey counted {n} boats in the harbour.",
)

Pair = tuple[Article, list[Claim]]


def stories(number: int, token: str, claims: int = 4) -> Iterator[Pair]:
    """This many articles of so many claims each; the token is in every title and text, so that no two tokens are one story."""
    for at in range(number):
        sentences = [_SENTENCES[n % 4].format(n=17 * at + n + 2) for n in range(claims)]
        article = Article(
            f"{token}, story {at}.\n\n" + " ".join(sentences),
            title=f"Korda {token} {at}",
            publisher="The Korda Post",
            published=date(2024, 3, 4),
        )
        yield article, list(_claims(article, sentences))


def _claims(article: Article, sentences: list[str]) -> Iterator[Claim]:
    end = 0
    for seq, sentence in enumerate(sentences, 1):
        start = article.text.index(sentence, end)
        end = start + len(sentence)
        figure = int(next(word for word in sentence.split() if word.isdigit()))
        yield Claim(
            claim_id=claim_id(article.article_id, start, end), article_id=article.article_id,
            article_title=article.title, article_url="", publisher=article.publisher, published=article.published,
            seq=seq, sentence_no=seq, start=start, end=end, quote=sentence, prefix=article.text[max(start - 32, 0) : start],
            suffix=article.text[end : end + 32], claim=sentence, kinds=("numerical",), speaker="Marusa Ilic", cue="said",
            attribution="indirect", figure_low=figure, figure_high=figure, figure_unit="", quantifier="", date_text="",
            date_first=None, date_last=None, checkability=0.7, reasons=(Reason("figure", "Gives a figure.", 0.7),),
            priority="high",
        )  # fmt: skip
