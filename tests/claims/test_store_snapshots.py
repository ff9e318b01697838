"""Snapshots: any content byte for byte under its hash, kept once; and texts of articles, which are kept so too."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from claims.errors import NotThere, TooLarge
from claims.evidence.fetched import Fetched
from claims.store import Difference, Snapshot, Store, copying, snapshots
from tests.claims.conftest import ROLL_CALL, make_article, make_claim, unguarded

Check = Callable[[Store], None]

PAGE = b"<p>273 were there.</p>"

#: Two halves that a reader of JSON takes for one sign; what becomes of them has a test of its own.
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
NAME = hashlib.sha256(PAGE).hexdigest()


def _kept(store: Store) -> int:
    with store._database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM snapshots")).scalar_one())


def test_a_document_is_found_by_its_hash(store: Store) -> None:
    """What comes back is what was given, with its media type."""
    assert store.keep_snapshot(PAGE, "text/html") == NAME
    assert store.snapshot(NAME) == Snapshot(NAME, "text/html", PAGE)


def test_the_same_content_is_kept_once(store: Store) -> None:
    """Given again, under whatever type, it is what stands there already; nothing is no content but one of its own."""
    for media_type in ("text/html", "text/html", "text/plain"):
        assert store.keep_snapshot(PAGE, media_type) == NAME
    assert _kept(store) == 1
    assert store.snapshot(NAME).media_type == "text/html"
    store.keep_snapshot(b"", "text/plain")
    assert _kept(store) == 2


def test_the_same_text_of_two_articles_is_kept_once(desk: Store, unchanged: Check) -> None:
    """Versions of one text share it."""
    assert desk.add_article(make_article(), [], new_version=True)
    assert _kept(desk) == 1
    unchanged(desk)


def test_what_is_not_kept_is_told(store: Store) -> None:
    """A hash under which nothing stands, and what is no hash at all."""
    for name in (NAME, "", "\ud800", "' OR 1=1 --"):
        with pytest.raises(NotThere, match="There is no snapshot"):
            store.snapshot(name)


def test_a_document_beyond_the_limit_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte more than is kept; the message names both numbers, and nothing is written."""
    monkeypatch.setattr(snapshots, "LARGEST", 1234)
    store.keep_snapshot(bytes(1234), "application/pdf")
    with pytest.raises(TooLarge, match=r"has 1,235 bytes; 1,234 are the most"):
        store.keep_snapshot(bytes(1235), "application/pdf")
    assert _kept(store) == 1


@given(content=st.binary(max_size=200))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_come_back(store: Store, content: bytes) -> None:
    """NULs, halves of signs, any bytes at all."""
    name = store.keep_snapshot(content, "application/octet-stream")
    assert name == hashlib.sha256(content).hexdigest()
    assert store.snapshot(name).content == content


def test_a_source_names_its_document(desk: Store, names: list[str], unchanged: Check) -> None:
    """A source keeps the hash of what it quotes; one that names nothing kept is refused."""
    quoted = replace(ROLL_CALL, snapshot=desk.keep_snapshot(PAGE, "text/html"))
    desk.add_source(names[0], 1, quoted)
    [stored] = desk.sources(names[0])
    assert stored.source == quoted
    with pytest.raises(NotThere, match="There is no snapshot"):
        desk.edit_source(stored.source_id, 1, replace(ROLL_CALL, snapshot="0" * 64))
    unchanged(desk)


@given(body=st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
@example("40 fled.\0\ud83d \udc00 ␛0041 \u202eשלום\u202c 🏛 \r\n\u2028")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_of_an_article_comes_back(store: Store, body: str) -> None:
    """NULs, halves of a surrogate pair, emoji, our own escape: exactly, in the article and in what is said of it."""
    assume(not _PAIR.search(body))
    article = make_article(f"x{body}", title=body, byline=body, url=None)
    name = store.add_article(article, [make_claim(article, 0, len(body) + 1)], new_version=True)
    assert store.article(name) == replace(article, copy=store.article(name).copy)
    [claim] = store.claims_of(name)["claim_id"]
    row = store.claim(claim)
    assert (row["quote"], row["claim"], row["article_title"]) == (f"x{body}", f"x{body}", body)
    assert store.differences() == []


def test_both_halves_of_a_pair_beside_each_other_come_back(store: Store, unchanged: Check) -> None:
    """Two halves that a broken page left side by side are no damage to the record, whether they stay two or become one."""
    article = make_article("40 fled \ud83d\ude00.", title="\ud83d\ude00", url=None)
    name = store.add_article(article, [make_claim(article, 0, 11)])
    unchanged(store)
    title = store.article(name).title
    store.rebuild()
    assert store.article(name).title == title


def test_a_document_that_was_changed_is_found(desk: Store) -> None:
    """The hash of what stands there is told beside the one it should have."""
    desk.keep_snapshot(PAGE, "text/html")
    forged = {"forged": b"<p>312 were there.</p>", "name": NAME}
    with desk._database._engine.begin() as connection:
        connection.execute(text("UPDATE snapshots SET content = :forged WHERE sha256 = :name"), forged)
    found = hashlib.sha256(forged["forged"]).hexdigest()  # type: ignore[arg-type]
    assert desk.differences() == [Difference("snapshot", NAME, "sha256", found, NAME)]
    assert desk.verify() is None


def test_who_kept_a_document_is_told_once(desk: Store) -> None:
    """The first keeping is an event with person, kind and size, and how it was read; the same content again tells nothing new."""
    before = desk.latest_event_seq()
    desk.keep_snapshot(PAGE, "text/html", actor="Jana")
    desk.keep_snapshot(PAGE, "text/html", actor="Ilic")
    assert desk.latest_event_seq() == before + 1
    told = desk.events_table().iloc[-1]
    assert (told["actor"], told["act"], told["subject_id"]) == ("Jana", "document kept", NAME)
    new = json.loads(told["new"])
    assert {"media_type": "text/html", "size": len(PAGE)}.items() <= new.items()
    assert new.keys() - {"media_type", "size"} == {"reader", "reading", "problem"}


def test_a_document_stays_where_its_keeper_undoes(desk: Store, names: list[str]) -> None:
    """Undo passes a kept document by and takes back what came before it."""
    desk.assign(names[0], 1, "Ilic", actor="Jana")
    desk.keep_snapshot(PAGE, "text/html", actor="Jana")
    assert desk.undo(actor="Jana").act == "undone"
    assert not desk.claim(names[0])["assignee"]
    assert desk.snapshot(NAME).content == PAGE


@pytest.mark.parametrize(
    ("done", "found"),
    [
        ("DELETE FROM snapshots", ("content", None, NAME)),
        ("UPDATE snapshots SET media_type = 'text/plain'", ("media_type", "text/plain", "text/html")),
    ],
)
def test_a_document_is_what_its_event_tells(desk: Store, done: str, found: tuple[str, str | None, str]) -> None:
    """One that is gone is found missing though no source names it; so is another kind than was kept."""
    desk.keep_snapshot(PAGE, "text/html")
    with desk._database._engine.begin() as connection:
        connection.execute(text(f"{done} WHERE sha256 = '{NAME}'"))
    assert desk.differences() == [Difference("snapshot", NAME, *found)]


#: How the page came, after it was sent on.
CAME = Fetched(
    "https://korda.example/roll-call",
    "https://korda.example/2024/roll-call",
    200,
    datetime(2024, 3, 4, 10, 12, 0, 250, tzinfo=UTC),
    {"content-type": "text/html", "etag": '"Žofia\x01 \u241b0041"'},
)


def test_how_a_document_came_is_told_each_time(desk: Store, unchanged: Check) -> None:
    """One row a fetch, the newest first, though the content is kept once; a file that was not fetched tells of none."""
    again = replace(CAME, at=CAME.at + timedelta(days=1), answered="https://korda.example/roll-call")
    for fetched in (CAME, again):
        assert desk.keep_snapshot(PAGE, "text/html", fetched=fetched, actor="Jana") == NAME
    other = desk.keep_snapshot(b"another", "text/plain")
    assert desk.fetches([NAME, other, "0" * 64]) == {NAME: [again, CAME]}
    assert desk.fetches([]) == {}
    assert desk.fetches([NAME])[NAME][1].headers == CAME.headers
    assert _kept(desk) == 3  # with the article's text
    acts = [(row["act"], row["subject_kind"]) for row in desk.events_table().tail(4).to_dict("records")]
    assert acts == [
        ("document kept", "snapshot"), ("document fetched", "fetch"), ("document fetched", "fetch"),
        ("document kept", "snapshot"),
    ]  # fmt: skip
    unchanged(desk)


def test_a_fetch_is_part_of_the_record(desk: Store, tmp_path: Path, unchanged: Check) -> None:
    """A rebuild makes it anew from its event, a copy in another database has it, and a change of it shows."""
    desk.keep_snapshot(PAGE, "text/html", fetched=CAME)
    desk.rebuild()
    assert desk.fetches([NAME]) == {NAME: [CAME]}
    unchanged(desk)
    with Store(tmp_path / "copy.sqlite") as other:
        assert copying.copy(desk, other)["fetches"] == 1
        assert other.fetches([NAME]) == {NAME: [CAME]}
        unchanged(other)
    with desk._database._engine.begin() as connection:
        connection.execute(text("UPDATE fetches SET answered = 'https://evil.example/'"))
    [found] = desk.differences()
    assert (found.kind, found.column, found.told) == ("fetch", "answered", CAME.answered)
    assert desk.verify() is None


def test_a_fetch_stays_where_its_keeper_undoes(desk: Store, names: list[str]) -> None:
    """Undo passes it by and takes back what came before it."""
    desk.assign(names[0], 1, "Ilic", actor="Jana")
    desk.keep_snapshot(PAGE, "text/html", fetched=CAME, actor="Jana")
    desk.undo(actor="Jana")
    assert not desk.claim(names[0])["assignee"]
    assert desk.fetches([NAME]) == {NAME: [CAME]}


def test_a_document_that_is_gone_is_found(desk: Store, names: list[str], place: str) -> None:
    """Each article and source that names it is told, and the keeping that tells of it."""
    source = desk.add_source(names[0], 1, replace(ROLL_CALL, snapshot=desk.keep_snapshot(PAGE, "text/html")))
    unguarded(place, "DELETE FROM snapshots")
    article = make_article()
    assert {(each.kind, each.subject_id, each.told) for each in desk.differences()} == {
        ("article", article.article_id, article.sha256),
        ("source", source, NAME),
        ("snapshot", NAME, NAME),
    }


def test_the_database_itself_keeps_what_is_referred_to(desk: Store) -> None:
    """A document that an article names cannot be deleted by mistake."""
    with (
        pytest.raises(Exception, match=r"(?i)foreign key"),
        desk._database._engine.begin() as connection,
    ):
        connection.execute(text("DELETE FROM snapshots"))
