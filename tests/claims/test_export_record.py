"""A choice of claims leaves with all that is about them, what meetings voted too, and with nothing that is kept back."""

from __future__ import annotations

import json
from datetime import date
from functools import partialmethod

import pandas as pd
import pytest

from claims.export.record import record_tables
from claims.store import Dissent, Item, Mark, Query, Store, Wanted
from tests.claims.conftest import bring


def opened(desk: Store, names: list[str], *present: str) -> Item:
    """The first item of an open meeting about these claims, which Ana chairs."""
    meeting_id = desk.plan_meeting("Review meeting", date(2024, 3, 4), "Ana")
    desk.put_on_agenda(meeting_id, [Wanted(name, ("Two readers differ.",)) for name in names])
    desk.open_meeting(meeting_id, desk.meeting(meeting_id).revision, actor="Ana")
    for name in present:
        desk.join_meeting(meeting_id, actor=name)
    return desk.agenda(meeting_id)[0]


def decided_in_a_meeting(desk: Store, name: str) -> int:
    """Two vote on a disputed claim, and the meeting decides it; the revision it then has."""
    revision = bring(desk, name, "disputed")
    item = opened(desk, [name], "Jana", "Tom")
    desk.vote(item.item_id, 0, "Refuted", words="I count 273.", actor="Tom")
    desk.vote(item.item_id, 0, "Supported", actor="Jana")
    item = desk.agenda(item.meeting_id)[0]
    mark = Mark("Supported", "high", "The roll call names each.")
    dissent = [Dissent("Tom", "Refuted", "I count 273.")]
    return desk.decide_item(item.item_id, item.revision, revision, mark, dissent=dissent, actor="Ana")


def _events(desk: Store, query: Query) -> pd.DataFrame:
    """What events.csv of a choice holds."""
    tables = {name: pd.concat(list(frames)) for name, frames in record_tables(desk, query)}
    return tables["events"]


def _choice(desk: Store, name: str, reader: str | None = None) -> Query:
    """This claim alone."""
    return Query(text=f'"{desk.claim(name)["claim"]}"', sort="article", reader=reader)


def test_what_a_meeting_made_of_a_claim_leaves_with_it(desk: Store, names: list[str]) -> None:
    """Its items, each vote and the decision, word for word; not those of another claim in the same meeting."""
    decided_in_a_meeting(desk, names[0])
    other = opened(desk, names[1:2], "Jana", "Tom")
    for voter in ("Jana", "Tom"):
        desk.vote(other.item_id, 0, "Refuted", words="Of nobody's business.", actor=voter)
    told = _events(desk, _choice(desk, names[0]))
    held = told[told["subject_kind"].isin(["item", "vote"])]
    assert held["act"].tolist() == [
        "item put on", "item taken up", "vote cast", "vote cast", "votes shown", "item decided",
    ]  # fmt: skip
    whole = desk.events_table().set_index("seq")
    assert held["new"].tolist() == whole.loc[held["seq"], "new"].tolist()
    assert "I count 273." in "".join(held["new"])
    assert "Of nobody's business." not in "".join(told["new"])


def test_a_vote_is_found_however_few_events_are_read_at_a_time(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names its item, and the item its claim, in events before it."""
    decided_in_a_meeting(desk, names[0])
    whole = _events(desk, _choice(desk, names[0]))
    monkeypatch.setattr(Store, "event_frames", partialmethod(Store.event_frames, size=1))
    assert _events(desk, _choice(desk, names[0]))["seq"].tolist() == whole["seq"].tolist()


def test_of_an_open_vote_only_leaves_that_it_was_cast(desk: Store, names: list[str]) -> None:
    """Until the votes are shown, also where one was given otherwise; then all of it leaves."""
    item = opened(desk, names[:1], "Jana", "Tom")
    seen = desk.vote(item.item_id, 0, "Supported", confidence="high", words="Said in confidence.", actor="Jana")
    desk.vote(item.item_id, seen, "Refuted", words="Said in confidence.", actor="Jana")

    def cast() -> list[dict[str, object]]:
        told = _events(desk, _choice(desk, names[0]))
        return [
            json.loads(cell)
            for column in ("old", "new")
            for cell in told.loc[told["subject_kind"] == "vote", column].dropna()
        ]

    kept_back = {"verdict", "confidence", "words", "salt"}
    assert len(cast()) == 3
    assert [kept_back & each.keys() for each in cast()] == [set()] * 3
    desk.show_votes(item.item_id, item.revision, actor="Ana")
    assert [each["verdict"] for each in cast()] == ["Supported", "Supported", "Refuted"]


def test_votes_tell_no_first_reading(desk: Store, names: list[str]) -> None:
    """What a meeting voted on a claim that its reader is yet to read second stays behind with the reading."""
    bring(desk, names[0], "marked")
    item = opened(desk, names[:1], "Jana", "Ana")
    for voter in ("Jana", "Ana"):
        desk.vote(item.item_id, 0, "Refuted", words="As I read it first.", actor=voter)
    for reader, acts in (("Tom", 0), ("Jana", 2)):
        told = _events(desk, _choice(desk, names[0], reader))
        assert told["act"].tolist().count("vote cast") == acts
        assert ("As I read it first." in "".join(told["new"])) == bool(acts)
