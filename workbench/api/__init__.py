"""The address for programs: what the record holds, as JSON and CSV, to whoever has the token; nothing can be written here.

    guard      who may ask, and how an error is told
    claims     /api/claims, /api/articles/ID, /api/claimreview/ID
    document   /api/openapi.json: all of this in OpenAPI's words, made from the same tables

Whatever else is asked for under /api is answered here too: Streamlit would answer with the screens.

No Streamlit: Starlette's routes, which run beside the screens.
"""

from __future__ import annotations

from starlette.routing import Route

from workbench.api.claims import article, claim_review, claims
from workbench.api.document import openapi
from workbench.api.guard import guarded, health, nowhere

ROUTES: tuple[Route, ...] = (
    Route("/healthz", health),
    Route("/api/claims", guarded(claims)),
    Route("/api/articles/{article_id}", guarded(article)),
    Route("/api/claimreview/{claim_id}", guarded(claim_review)),
    Route("/api/openapi.json", openapi),
    Route("/api", guarded(nowhere)),
    Route("/api/{rest:path}", guarded(nowhere)),
)
