"""ClaimReview: checked claims in schema.org's words (https://schema.org/ClaimReview), as JSON-LD.

Google showed it in its results until June 2025; others read it still. Where it will be shown is not promised. Of what Google
asked for (https://developers.google.com/search/docs/appearance/structured-data/factcheck), a review without
``claimReviewed``, ``url`` and the words of its rating is none; who said a claim and where is left out where nobody knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from claims.errors import StoreError
from claims.export.checked import Checked, Publisher, web_address

CONTEXT = "https://schema.org"


def claim_reviews(claims: Iterable[Checked], publisher: Publisher) -> list[dict[str, Any]]:
    """One ClaimReview a claim, in order; what is not known is left out.

    >>> claim_reviews([], Publisher())
    Traceback (most recent call last):
    ...
    claims.errors.StoreError: A ClaimReview names who checked and where it stands. Give the desk's name and the address of \
its site.
    """
    if not (publisher.name and publisher.url):
        raise StoreError(
            "A ClaimReview names who checked and where it stands.", "Give the desk's name and the address of its site."
        )
    return [_review(claim, publisher) for claim in claims]


def claim_reviews_json(claims: Iterable[Checked], publisher: Publisher) -> str:
    """The same as one document of JSON-LD, safe inside a page's ``<script>``."""
    graph = {"@context": CONTEXT, "@graph": claim_reviews(claims, publisher)}
    text = json.dumps(graph, ensure_ascii=False, indent=2)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _review(claim: Checked, publisher: Publisher) -> dict[str, Any]:
    row = claim.row
    address = publisher.address(claim.claim_id)
    return _known(
        {
            "@type": "ClaimReview",
            "@id": address,
            "url": address,
            "datePublished": _day(row["signed_off_at"]),
            "author": {"@type": "Organization", "name": publisher.name, "url": publisher.url},
            "claimReviewed": row["claim"],
            "itemReviewed": _item(claim),
            "reviewRating": _rating(claim),
            "citation": [
                _source(each.source.location, each.source.title, each.source.publisher) for each in claim.sources
            ],
        }
    )


def _item(claim: Checked) -> dict[str, Any]:
    """The claim itself: who said it, and where it appeared."""
    row = claim.row
    return _known(
        {
            "@type": "Claim",
            "text": row["quote"],
            "author": _author(row),
            "datePublished": _day(row["published"]),
            "appearance": _appearances(claim),
        }
    )


def _author(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Who said the claim: whom the article quotes, and of its own claim its publisher; None where that is not known.

    >>> _author({"speaker": None, "attribution": "article", "publisher": "The Vell Observer"})
    {'@type': 'Organization', 'name': 'The Vell Observer'}
    >>> _author({"speaker": None, "attribution": "direct", "publisher": "The Vell Observer"}) is None
    True
    """
    if row["speaker"]:  # a person or an office, and nobody has said which
        return {"@type": ["Person", "Organization"], "name": row["speaker"]}
    return _named("Organization", row["publisher"]) if row["attribution"] in ("article", None) else None


def _appearances(claim: Checked) -> list[dict[str, Any]] | dict[str, Any] | None:
    """Where the claim appeared, first where it was checked; one alone is no list, None where only its day is known."""
    found: list[dict[str, Any]] = []
    for row in (claim.row, *claim.said_again):
        if (place := _appearance(row)) and place not in found:
            found.append(place)
    return found if len(found) > 1 else next(iter(found), None)


def _appearance(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """One place where it appeared: news, a speech or a post, and nobody has said which."""
    told = _known(
        {
            "url": web_address(row),
            "headline": row["article_title"],
            "publisher": _named("Organization", row["publisher"]),
        }
    )
    return {"@type": "CreativeWork", **told, **_known({"datePublished": _day(row["published"])})} if told else None


def _rating(claim: Checked) -> dict[str, Any]:
    """The verdict by its words; a number only where the scale gives this label one from worst to best."""
    row = claim.row
    verdict = claim.scale.find(row["verdict"])
    rating = verdict and verdict.rating
    numbers = (
        {}
        if rating is None
        else {"ratingValue": rating, "bestRating": claim.scale.best, "worstRating": claim.scale.worst}
    )
    return _known(
        {"@type": "Rating", **numbers, "alternateName": row["verdict"], "ratingExplanation": row["rationale"]}
    )


def _source(location: str, title: str, publisher: str) -> dict[str, Any]:
    address = location if location.lower().startswith(("http://", "https://")) else None
    name = title or (None if address else location)
    return _known(
        {"@type": "CreativeWork", "url": address, "name": name, "publisher": _named("Organization", publisher)}
    )


def _named(kind: str, name: str | None) -> dict[str, Any] | None:
    return {"@type": kind, "name": name} if name else None


def _day(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value not in (None, "", [])}
