"""What was read of the record is kept until the record moves."""

from __future__ import annotations

from claims import Query, Store
from workbench.recall import Recall


def test_the_same_question_is_asked_once_until_the_next_event(filled: Store) -> None:
    """Between two events an answer is the very same; after one it is read anew, whoever asks."""
    first = Recall(filled)
    rows = first(filled.rows, Query(), limit=5)
    assert Recall(filled)(filled.rows, Query(), limit=5) is rows
    assert first(filled.rows, Query(), limit=1) == rows[:1]
    filled.mark(rows[0]["claim_id"], 1, "Refuted", "low", actor="Ilic")
    later = Recall(filled)
    assert later.newest > first.newest
    assert [row["verdict"] for row in later(filled.rows, Query(), limit=1)] == ["Refuted"]


def test_one_store_knows_nothing_of_another(filled: Store) -> None:
    """Two stores at the same event keep their own answers."""
    with Store("sqlite://") as other:
        assert Recall(other)(other.count, Query()) == 0
        assert Recall(filled)(filled.count, Query()) == filled.count(Query()) > 0


def test_only_so_many_answers_are_kept(filled: Store) -> None:
    """Another question after the last that is kept lets all go; the answers stay right."""
    recall = Recall(filled)
    first = recall(filled.rows, Query(), limit=1)
    for offset in range(300):
        recall(filled.rows, Query(), offset=offset, limit=1)
    again = recall(filled.rows, Query(), limit=1)
    assert (again, again is first) == (first, False)
