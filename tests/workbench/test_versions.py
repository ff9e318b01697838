"""Two versions side by side, where a write was stale: of one claim, or of many at once."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from claims import Store


def compared(current: dict[str, Any], typed: dict[str, Any]) -> str:
    """What the screen shows of a stale write."""

    def script(current: dict, typed: dict) -> None:  # type: ignore[type-arg]  # it stands alone, without imports
        from claims.errors import StaleWrite  # noqa: PLC0415 - a script of its own
        from workbench import desk  # noqa: PLC0415

        desk.show_versions(StaleWrite("Somebody was faster.", "Look again.", current, typed))

    app = AppTest.from_function(script, args=(current, typed), default_timeout=60).run()
    assert not app.exception
    return " ".join(each.body for each in app.get("html"))  # type: ignore[attr-defined]


def test_one_claims_versions_stand_side_by_side(store: Store) -> None:  # noqa: ARG001 - the screens open it
    """What the colleague wrote and what was typed, column by column."""
    words = compared({"claim": "Old", "speaker": "Ilic", "status": "new"}, {"speaker": "Korda"})
    assert "<td>Ilic</td><td>Korda</td>" in words


def test_many_claims_versions_stand_claim_by_claim(store: Store) -> None:  # noqa: ARG001
    """An import that was overtaken shows each claim's words, not a row as a program sees it."""
    now = {"a": {"claim": "Guards fled.", "speaker": "Ilic", "status": "new"}}
    words = compared(now, {"a": {"speaker": "Korda"}})
    assert "Guards fled." in words
    assert "<td>Ilic</td><td>Korda</td>" in words
    assert "{" not in words


def test_a_first_reading_is_kept_back_there_too(store: Store) -> None:  # noqa: ARG001
    """Who is still to read second does not learn the first reading from a refused import."""
    marked = {
        "claim": "Guards fled.",
        "status": "marked",
        "checker": "Marusa",
        "rationale": "SECRET",
        "verdict": "Refuted",
    }
    assert "SECRET" not in compared({"a": marked}, {"a": {"rationale": "Mine"}})
    assert "SECRET" not in compared(marked, {"rationale": "Mine"})
