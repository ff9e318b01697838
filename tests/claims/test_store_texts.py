"""The text of a document: taken out of it before it is kept, kept beside it, told by its event, and read from there since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from claims.documents import Document, read_document
from claims.errors import NotAllowed, NoTextLayer, ReadingError, TooLarge
from claims.remembered import Remembered
from claims.store import Difference, Reading, Store, copying, snapshots, texts
from tests.claims.conftest import ROLL_CALL, make_article, make_claims, unguarded

Check = Callable[[Store], None]

WORDS = (
    "Of 785 guards, 312 were missing.\n\n"
    + "The roll was called twice that day, and nobody had come back by noon. " * 4
)
PAGE = (
    "<html><head><title>Roll call</title></head><body><article>"
    + "".join(f"<p>{words}</p>" for words in WORDS.split("\n\n"))
    + "</article></body></html>"
).encode()
NAME = hashlib.sha256(PAGE).hexdigest()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)


def refuse(content: bytes, name: str, *, media_type: str) -> Document:
    """A reader that nobody should ask."""
    raise AssertionError(f"{name} was read: {len(content)} bytes of {media_type}")


def keep_as_before(desk: Store, content: bytes, media_type: str) -> str:
    """A document as versions kept it that took no text out; its name."""
    with desk._act("keep_snapshot", "Jana") as act:
        return snapshots.keep_document(act, content, media_type)


@pytest.fixture
def kept_before(desk: Store) -> str:
    """Such a page."""
    return keep_as_before(desk, PAGE, "text/html")


def _text(store: Store) -> str:
    """The name of the text of the page."""
    named = store.snapshot(NAME).text
    assert named
    return named


def test_a_text_is_kept_with_its_document(desk: Store, unchanged: Check) -> None:
    """It is content of its own under its own SHA-256, and the event that tells of the document names it and what took it out."""
    assert desk.keep_snapshot(PAGE, "text/html", actor="Jana") == NAME
    kept = desk.snapshot(_text(desk))
    assert hashlib.sha256(kept.content).hexdigest() == kept.sha256
    assert kept.content.decode().startswith("Of 785 guards, 312 were missing.")
    assert (kept.media_type, kept.text) == (snapshots.ARTICLE, None)
    told = desk.events_table().iloc[-1]
    assert (told["actor"], told["act"], told["subject_id"]) == ("Jana", "document kept", NAME)
    new = json.loads(told["new"])
    assert new.pop("reader").startswith("claims-workbench ")
    assert new == {"media_type": "text/html", "size": len(PAGE), "text": kept.sha256, "reading": "whole"}
    unchanged(desk)


def test_a_kept_text_is_read_and_not_its_document(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a later version's reader would find: the text, where a passage stands, and what the library looks through."""
    desk.add_source(names[0], 1, replace(ROLL_CALL, snapshot=desk.keep_snapshot(PAGE, "text/html")))
    monkeypatch.setattr(texts, "read_document", refuse)
    assert desk.snapshot_text(NAME).startswith("Of 785 guards")
    [place] = desk.passages(names[0]).values()
    assert place
    assert place.state == "verbatim"
    assert desk.shelve()
    assert desk.count_shelved(["noon"]) == {"noon": 1}
    desk.add_source(names[1], 1, replace(ROLL_CALL, snapshot=NAME))  # is it the article itself?


def test_nobody_waits_while_a_text_is_taken_out(desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What another writes while a document is read is kept before the document is."""

    def slow(content: bytes, name: str, *, media_type: str) -> Document:
        with Store(desk.place, actor="Tom") as other:
            other.assign(names[0], 1, "Ilic")
        return read_document(content, name, media_type=media_type)

    monkeypatch.setattr(texts, "read_document", slow)
    desk.keep_snapshot(PAGE, "text/html")
    assert desk.events_table()["act"].tolist()[-2:] == ["claim assigned", "document kept"]


@pytest.mark.parametrize(
    ("content", "media_type", "reading"),
    [
        (PICTURE, "image/png", Reading("no text", "The document is of a kind that is not read here (image/png).")),
        (b" \n", "text/plain", Reading("no text", "The document holds no text.")),
        (b"%PDF-1.7 \0", "application/pdf", Reading("not read", "The document is damaged or not a PDF at all.")),
        (b"\x7fELF\x02\x01\0\0", "text/plain", Reading("not read", "The document holds binary data, not text.")),
        (b"<p></p>", "text/html", Reading("not read", "No article was found in the document.")),
    ],
)
def test_a_document_without_text_says_why(
    desk: Store, content: bytes, media_type: str, reading: Reading, unchanged: Check
) -> None:
    """It is kept; its event tells that it has no text or could not be read, and which program was asked."""
    kept = desk.snapshot(desk.keep_snapshot(content, media_type))
    assert (kept.content, kept.text) == (content, None)
    told = json.loads(desk.events_table().iloc[-1]["new"])
    assert told.pop("reader").startswith("claims-workbench ")
    about = {"reading": reading.state, "problem": reading.problem}
    assert told == {"media_type": media_type, "size": len(content), **about}
    assert desk.readings([kept.sha256]) == {kept.sha256: reading}
    unchanged(desk)


def test_a_long_text_keeps_no_document_out(desk: Store, monkeypatch: pytest.MonkeyPatch, unchanged: Check) -> None:
    """In UTF-8 a page may be longer than it is: the page is kept whole, its text to the end of a word, and the event says so."""
    monkeypatch.setattr(snapshots, "LARGEST", 60)
    content = ("ž" * 19 + " 249 ").encode("latin2") * 2
    name = desk.keep_snapshot(content, "text/plain; charset=latin2")
    assert desk.snapshot(name).content == content
    assert desk.snapshot_text(name) == "ž" * 19 + " 249"
    told = json.loads(desk.events_table().iloc[-1]["new"])
    assert told["reading"] == "cut"
    assert told["problem"] == "Of 48 characters of its text, the first 23 are kept."
    assert desk.readings([name]) == {name: Reading(told["reading"], told["problem"])}
    unchanged(desk)


def test_a_document_that_is_its_own_text_is_kept_once(desk: Store, unchanged: Check) -> None:
    """Plain text in UTF-8 is the text of itself, and says so."""
    before = desk.chain().kept["snapshot"]
    name = desk.keep_snapshot(b"312 were missing.", "text/plain")
    assert desk.snapshot(name).text == name
    assert desk.snapshot_text(name) == "312 were missing."
    assert desk.chain().kept["snapshot"] == before + 1
    unchanged(desk)


def test_two_documents_of_one_text_share_it(desk: Store, unchanged: Check) -> None:
    """The text is kept once, whoever came first: a document with it, the text as a document, or an article."""
    article = make_article()
    in_utf16 = desk.keep_snapshot(article.text.encode("utf-16"), "text/plain; charset=utf-16")
    assert desk.snapshot(in_utf16).text == article.sha256
    first = desk.keep_snapshot("Ročný súpis".encode("utf-16"), "text/plain; charset=utf-16")
    second = desk.keep_snapshot("Ročný súpis".encode("latin2"), "text/plain; charset=latin2")
    assert desk.snapshot(first).text == desk.snapshot(second).text == hashlib.sha256("Ročný súpis".encode()).hexdigest()
    assert desk.keep_snapshot("Ročný súpis".encode(), "text/plain") == desk.snapshot(first).text
    unchanged(desk)


def test_the_same_document_again_is_not_read_again(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept has its text already, or is of an earlier version: neither is touched, and nothing is told."""
    desk.keep_snapshot(PAGE, "text/html")
    before = desk.snapshot(NAME), desk.latest_event_seq()
    monkeypatch.setattr(texts, "read_document", refuse)
    assert desk.keep_snapshot(PAGE, "text/plain") == NAME
    assert (desk.snapshot(NAME), desk.latest_event_seq()) == before


def test_who_comes_second_with_a_document_leaves_no_text_behind(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody else kept it meanwhile, theirs stands, and the text that was taken out here is let go."""

    def late(content: bytes, _name: str, *, media_type: str) -> Document:
        monkeypatch.setattr(texts, "read_document", read_document)
        with Store(desk.place, actor="Tom") as other:
            other.keep_snapshot(content, media_type)
        return Document(text="Another reader's words.")

    monkeypatch.setattr(texts, "read_document", late)
    desk.keep_snapshot(PAGE, "text/html", actor="Jana")
    assert desk.snapshot_text(NAME).startswith("Of 785 guards")
    assert desk.chain().kept["snapshot"] == 3  # with the article's text
    assert desk.events_table()["actor"].tolist()[-1] == "Tom"


def test_what_is_too_large_is_not_read_first(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a reader to be told that a document is not kept."""
    monkeypatch.setattr(snapshots, "LARGEST", 1234)
    monkeypatch.setattr(texts, "read_document", refuse)
    with pytest.raises(TooLarge, match="1,234 are the most"):
        desk.keep_snapshot(bytes(1235), "application/pdf")


def test_who_may_not_keep_a_document_has_none_read(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who has left makes the program work."""
    desk.add_person("Ada", actor="Ada")
    desk.add_person("Tom", "checker", actor="Ada")
    desk.edit_person("Tom", 1, {"active": False}, actor="Ada")
    monkeypatch.setattr(texts, "read_document", refuse)
    with pytest.raises(NotAllowed):
        desk.keep_snapshot(PAGE, "text/html", actor="Tom")


def test_one_of_an_earlier_version_is_read_on_demand(
    desk: Store, kept_before: str, monkeypatch: pytest.MonkeyPatch, unchanged: Check
) -> None:
    """Once, and remembered, as is that there is none; nothing is written, and beyond those remembered it is read again."""
    read: list[bytes] = []

    def reading(content: bytes, name: str, *, media_type: str) -> Document:
        read.append(content)
        return read_document(content, name, media_type=media_type)

    picture = keep_as_before(desk, PICTURE, "image/png")
    monkeypatch.setattr(texts, "read_document", reading)
    monkeypatch.setattr(texts, "_made", Remembered(texts._REMEMBERED))
    before = desk.chain()
    for _ in range(3):
        assert desk.snapshot_text(kept_before).startswith("Of 785 guards")
        with pytest.raises(ReadingError, match="of a kind that is not read here"):
            desk.snapshot_text(picture)
    assert read == [PAGE, PICTURE]
    assert desk.readings([kept_before, picture]) == {kept_before: Reading(), picture: Reading()}
    assert desk.chain() == before
    assert desk.snapshot(kept_before).text is None
    for number in range(texts._REMEMBERED):
        other = keep_as_before(desk, PICTURE + bytes([number]), "image/png")
        with pytest.raises(ReadingError):
            desk.snapshot_text(other)
    assert len(texts._made) == texts._REMEMBERED
    desk.snapshot_text(kept_before)
    assert read[-1] == PAGE
    unchanged(desk)


def test_a_scan_says_why_it_has_no_text(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader's own sentence, each time that it is asked for; its event tells it, and it is not read again for that."""

    def scan(_content: bytes, name: str, *, media_type: str) -> Document:
        raise NoTextLayer(f"{name} of {media_type} is made of pictures.", "Type the passage.")

    monkeypatch.setattr(texts, "read_document", scan)
    name = desk.keep_snapshot(b"%PDF-1.7 scan", "application/pdf")
    problem = "The document of application/pdf is made of pictures."
    assert desk.readings([name]) == {name: Reading("no text", problem)}
    monkeypatch.setattr(texts, "read_document", refuse)
    with pytest.raises(ReadingError, match=problem):
        desk.snapshot_text(name)


@pytest.mark.parametrize(
    ("done", "column"),
    [
        ("UPDATE snapshots SET content = 'x' WHERE sha256 = '{text}'", "sha256"),
        ("UPDATE snapshots SET text = NULL WHERE sha256 = '{name}'", "text"),
        ("UPDATE snapshots SET text = sha256 WHERE sha256 = '{name}'", "text"),
        ("UPDATE snapshots SET reader = 'another' WHERE sha256 = '{name}'", "reader"),
    ],
)
def test_a_text_that_was_changed_is_found(desk: Store, done: str, column: str) -> None:
    """Its bytes by its name, and which text it is, and whose work, by the document's event; the chain is whole all the same."""
    desk.keep_snapshot(PAGE, "text/html")
    text_name = _text(desk)
    with desk._database._engine.begin() as connection:
        connection.execute(text(done.format(text=text_name, name=NAME)))
    [found] = desk.differences()
    assert (found.subject_id, found.column) == (text_name if column == "sha256" else NAME, column)
    assert desk.verify() is None


def test_a_text_that_is_gone_is_found(desk: Store, place: str) -> None:
    """Once, though two documents name it."""
    first = desk.keep_snapshot("Ročný súpis".encode("utf-16"), "text/plain; charset=utf-16")
    desk.keep_snapshot("Ročný súpis".encode("latin2"), "text/plain; charset=latin2")
    gone = desk.snapshot(first).text
    assert gone
    unguarded(place, f"DELETE FROM snapshots WHERE sha256 = '{gone}'")
    assert desk.differences() == [Difference("snapshot", gone, "content", None, gone)]


def test_a_text_of_which_no_event_tells_is_found(desk: Store) -> None:
    """Nobody gives an article's text another to be read instead."""
    other = desk.keep_snapshot(b"Nobody fled.", "text/plain")
    article = make_article()
    with desk._database._engine.begin() as connection:
        connection.execute(text(f"UPDATE snapshots SET text = '{other}' WHERE sha256 = '{article.sha256}'"))
    assert desk.differences() == [Difference("snapshot", article.sha256, "text", other, None)]


def test_the_database_itself_keeps_a_text_that_is_named(desk: Store) -> None:
    """It cannot be deleted by mistake; the reference is looked at when all is written."""
    desk.keep_snapshot(PAGE, "text/html")
    with (
        pytest.raises(Exception, match=r"(?i)foreign key"),
        desk._database._engine.begin() as connection,
    ):
        connection.execute(text(f"DELETE FROM snapshots WHERE sha256 = '{_text(desk)}'"))


def test_a_copy_has_the_texts(store: Store, path: Path, unchanged: Check) -> None:
    """Whichever comes first by its name, the document or its text; a rebuild leaves them as they are."""
    article = make_article()
    store.add_article(article, make_claims(article))
    for number in range(30):
        store.keep_snapshot(f"{number} were missing in Ročný.".encode("utf-16"), "text/plain; charset=utf-16")
    store.keep_snapshot(PAGE, "text/html")
    store.rebuild()
    with Store(path.with_name("copy.sqlite")) as other:
        assert copying.copy(store, other)["snapshots"] == 63
        assert other.snapshot(NAME) == store.snapshot(NAME)
        assert other.snapshot_text(NAME) == store.snapshot_text(NAME)
        unchanged(other)
        with Store(path.with_name("back.sqlite")) as back:
            copying.copy(other, back)
            assert back.chain() == store.chain()
