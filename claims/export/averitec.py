"""AVeriTeC: checked claims in the shape of that dataset (Schlichtkrull, Guo and Vlachos 2023), as its README describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from claims.evidence import Source
from claims.export.checked import Checked, Publisher
from claims.table import split_values
from claims.verdict import load_scale, map_verdict

#: Our kinds by AVeriTeC's claim types.
TYPES = {
    "numerical": "Numerical Claim",
    "quote": "Quote Verification",
    "event": "Event/Property Claim",
    "causal": "Causal Claim",
    "position": "Position Statement",
}

#: Our labels of its four verdicts, where it spells them otherwise.
LABELS = {
    "Not enough evidence": "Not Enough Evidence",
    "Conflicting evidence": "Conflicting Evidence/Cherrypicking",
}


#: What the bytes of kept documents are, by their SHA-256, as a store tells it of those that are asked for.
MediaTypes = Callable[[Iterable[str]], Mapping[str, str]]

# Claims about whose documents is asked at once.
_TOGETHER = 200


def averitec(claims: Iterable[Checked], publisher: Publisher, media_types: MediaTypes) -> list[dict[str, Any]]:
    """One object a claim, in order; a verdict of another scale by its map, and without a label where it has none there.

    >>> averitec([], Publisher(), lambda names: {})
    []

    What a source was asked is not in our record: its question is how it stands to the claim, and its quoted passage is
    the answer. What the desk does not know is null.
    """
    left, found = iter(claims), []
    while some := list(islice(left, _TOGETHER)):
        kept = {each.source.snapshot for claim in some for each in claim.sources if each.source.snapshot}
        media = media_types(kept) if kept else {}
        found += [_claim(claim, publisher, media) for claim in some]
    return found


def _claim(claim: Checked, publisher: Publisher, media: Mapping[str, str]) -> dict[str, Any]:
    row = claim.row
    becomes = map_verdict(row["verdict"], claim.scale, load_scale()).label
    published = row["published"]
    return {
        "claim": row["claim"],
        "required_reannotation": False,
        "label": becomes and LABELS.get(becomes, becomes),
        "justification": row["rationale"],
        "claim_date": published and f"{published.day}-{published.month}-{published.year}",
        "speaker": row["speaker"],
        "original_claim_url": claim.article_url,
        "cached_original_claim_url": None,
        "fact_checking_article": publisher.address(claim.claim_id) if publisher.url else None,
        "reporting_source": row["publisher"],
        "location_ISO_code": None,
        "claim_types": [TYPES[kind] for kind in split_values(row["kinds"] or "")],
        "fact_checking_strategies": [],
        "questions": [
            {
                "question": _QUESTIONS[source.stance],
                "answers": [
                    {
                        "answer": source.quoted or "No passage is quoted.",
                        "answer_type": "Extractive" if source.quoted else "Unanswerable",
                        "source_url": source.location if source.is_web else None,
                        "cached_source_url": source.archived or None,
                        "source_medium": _medium(source, media.get(source.snapshot, "")),
                    }
                ],
            }
            for source in (each.source for each in claim.sources)
        ],
    }


def _medium(source: Source, media_type: str) -> str:
    """One of the dataset's media: a PDF is told by how the kept document was served, else by what its address or name ends in.

    >>> _medium(Source("https://korda.example/count.pdf?page=2"), ""), _medium(Source("https://korda.example/count"), "text/html")
    ('PDF', 'Web text')
    >>> _medium(Source("https://korda.example/count"), "application/pdf")
    'PDF'
    """
    named = urlsplit(source.location).path if source.is_web else source.location
    if media_type.partition(";")[0].lower() in _PDF or (
        not media_type.startswith("text/") and named.strip().lower().endswith(".pdf")
    ):
        return "PDF"
    return "Web text" if source.is_web else "Other"


_PDF = ("application/pdf", "application/x-pdf")

_QUESTIONS = {
    "supports": "What supports the claim?",
    "refutes": "What speaks against the claim?",
    "context": "What helps to read the claim?",
}
