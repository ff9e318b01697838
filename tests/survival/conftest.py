"""What the survival tests share: a place for a record on each database, as the store's own tests have it."""

from __future__ import annotations

from tests.claims.conftest import path, place
from tests.postgres import postgresql

__all__ = ["path", "place", "postgresql"]  # fixtures
