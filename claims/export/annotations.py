"""Web Annotations: checked claims as notes on their articles (W3C Web Annotation Data Model, 2017)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from claims.export.checked import Checked, Publisher
from claims.store.schema import storable

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def web_annotations(claims: Iterable[Checked], publisher: Publisher) -> dict[str, Any]:
    """One annotation a claim, in a page of them; each points at its words by quote and by position.

    An article without an address is named by ``urn:sha256:`` and the first digits of its text's SHA-256, as everywhere. A desk
    without a site names its notes by ``urn:uuid:``, made of its own name and the claims', so that they keep their names.
    Positions count characters of the text as it was read.
    """
    items = [_annotation(claim, publisher) for claim in claims]
    name = f"{publisher.url}#annotations" if publisher.url else _urn(publisher, *(item["id"] for item in items))
    return {"@context": CONTEXT, "type": "AnnotationPage", "id": name, "items": items}


def _urn(publisher: Publisher, *parts: str) -> str:
    """The same name for the same things at any time."""
    return uuid5(NAMESPACE_URL, storable("\n".join([CONTEXT, publisher.name, *parts]))).urn


def _annotation(claim: Checked, publisher: Publisher) -> dict[str, Any]:
    row = claim.row
    said = [f"{row['verdict']} ({row['confidence']} confidence)", row["rationale"]]
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}
        for value, purpose in zip(said, ("classifying", "commenting"), strict=True)
        if value
    ]
    bodies += [
        {"type": "SpecificResource", "source": each.source.location, "purpose": "linking"}
        for each in claim.sources
        if each.source.is_web
    ]
    signed = row["signed_off_at"]
    return {
        "type": "Annotation",
        "id": publisher.address(claim.claim_id) if publisher.url else _urn(publisher, claim.claim_id),
        "motivation": "assessing",
        **({"created": signed.strftime("%Y-%m-%dT%H:%M:%SZ")} if signed else {}),
        **({"creator": {"type": "Organization", "name": publisher.name}} if publisher.name else {}),
        "body": bodies,
        "target": {
            "source": claim.article_url or f"urn:sha256:{row['article_id']}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": row["quote"],
                    "prefix": row["prefix"] or "",
                    "suffix": row["suffix"] or "",
                },
                # A claim that a newer version of the article has no more stands at no position.
                *(
                    [{"type": "TextPositionSelector", "start": row["start"], "end": row["end"]}]
                    if row["start"] < row["end"]
                    else []
                ),
            ],
        },
    }
