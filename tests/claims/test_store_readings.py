"""The reading of a document: how it ended stands in its event, and one that failed is tried again, by an event of its own."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from claims import apart
from claims.documents import Document, read_document
from claims.errors import NotThere, ReadingError, StoreError, TooLarge, UnknownFormat
from claims.evidence import Source
from claims.export.checked import Publisher
from claims.store import Difference, Reading, Store, copying, snapshots, texts
from claims.store.readings import cut
from tests.claims.conftest import ROLL_CALL, bring, packed, sign_off
from tests.claims.test_store_texts import PAGE, PICTURE, keep_as_before, refuse
from tests.hostile.files import pdf

Check = Callable[[Store], None]

_SHOWN = b"BT /F1 12 Tf (249 were absent.) Tj ET"
PDF = pdf([
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    b"<</Length %d>>stream\n%b\nendstream" % (len(_SHOWN), _SHOWN),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
])  # fmt: skip
NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
LATE = Reading("broken off", "The document could not be read within 0.05 seconds.")


def late_pdf(desk: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """A document whose reading had no time; there is enough of it since."""
    with monkeypatch.context() as short:
        short.setattr(apart, "SECONDS", 0.05)
        return desk.keep_snapshot(PDF, "application/pdf", actor="Jana")


def test_a_reading_that_is_broken_off_says_by_which_limit(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of time or of memory: the event tells it, and so does who asks for the text. It is no document without one."""
    late = late_pdf(desk, monkeypatch)
    monkeypatch.setattr(apart, "MEMORY", 30_000_000)
    large = desk.keep_snapshot(PDF + b"\n", "application/pdf")
    short = Reading("broken off", "The document needs more than 30 MB of memory to be read.")
    assert desk.readings([late, large, "0" * 64]) == {late: LATE, large: short, "0" * 64: Reading()}
    for name, reading in ((late, LATE), (large, short)):
        with pytest.raises(TooLarge) as refused:
            desk.snapshot_text(name)
        assert refused.value.problem == reading.problem
        assert refused.value.remedy == "To find a passage in it, have it read again, or look at the document yourself."


def test_what_is_recorded_is_not_tried_unasked(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looks for a passage does not wait for a reading that was broken off before."""
    late, picture = late_pdf(desk, monkeypatch), desk.keep_snapshot(PICTURE, "image/png")
    monkeypatch.setattr(texts, "read_document", refuse)
    for name in (late, picture):
        with pytest.raises(ReadingError):
            desk.snapshot_text(name)


def test_a_broken_off_reading_is_tried_again(desk: Store, monkeypatch: pytest.MonkeyPatch, unchanged: Check) -> None:
    """At somebody's wish, by an event of theirs; what was not found before is then read from the text that is kept."""
    late = late_pdf(desk, monkeypatch)
    assert desk.reread_snapshot(late, actor="Tom") == Reading("whole") == desk.readings([late])[late]
    told = desk.events_table().iloc[-1]
    assert (told["actor"], told["act"], told["subject_id"]) == ("Tom", "document read again", late)
    before, after = json.loads(told["old"]), json.loads(told["new"])
    assert (before["text"], before["reading"], before["problem"]) == (None, LATE.state, LATE.problem)
    assert (after["text"], after["reading"], after["problem"]) == (desk.snapshot(late).text, "whole", None)
    assert desk.snapshot_text(late) == "249 were absent."
    unchanged(desk)


def test_another_try_that_fails_is_told(desk: Store, monkeypatch: pytest.MonkeyPatch, unchanged: Check) -> None:
    """The record says that somebody tried, when, and what came of it."""
    late = late_pdf(desk, monkeypatch)
    monkeypatch.setattr(apart, "SECONDS", 0.04)
    problem = "The document could not be read within 0.04 seconds."
    assert desk.reread_snapshot(late, actor="Tom") == Reading("broken off", problem)
    assert json.loads(desk.events_table().iloc[-1]["new"])["problem"] == problem
    unchanged(desk)


def test_what_was_kept_as_another_kind_is_read_again_as_what_its_bytes_show(desk: Store, unchanged: Check) -> None:
    """A PDF or a text that came without its kind, and was kept as a page: it is that since, as its event tells."""
    for content, kind in ((PDF, "application/pdf"), (b"Of 785 guards, 249 were absent.", "text/plain")):
        name = keep_as_page(desk, content)
        assert desk.reread_snapshot(name, actor="Tom") == Reading("whole")
        assert desk.snapshot(name).media_type == kind
        told = desk.events_table().iloc[-1]
        assert (json.loads(told["old"])["media_type"], json.loads(told["new"])["media_type"]) == ("text/html", kind)
        assert "249 were absent." in desk.snapshot_text(name)
        unchanged(desk)


def test_what_could_not_be_read_is_read_as_what_it_is_said_to_be_later(desk: Store, unchanged: Check) -> None:
    """The same file, put in by hand as what it is; the marks of a page are not taken for a text."""
    name = keep_as_page(desk, PDF)
    assert desk.keep_snapshot(PDF, "application/pdf", actor="Tom") == name
    assert desk.readings([name])[name] == Reading("whole")
    assert desk.snapshot(name).media_type == "application/pdf"
    assert desk.events_table().iloc[-1]["act"] == "document read again"
    bare = desk.keep_snapshot(b"<p></p>", "text/html")
    assert desk.keep_snapshot(b"<p></p>", "text/plain") == bare
    assert desk.readings([bare])[bare].state == "not read"
    assert desk.snapshot(bare).media_type == "text/html"
    hidden = b'<html><body><script>"Of 785, 249 were absent."</script></body></html>'
    for content, kind in (
        (hidden, "text/html"),
        (b"<p></p><!-- 249 -->", "text/html"),
        (b"%PDF-1.7 249", "application/pdf"),
    ):
        name = desk.keep_snapshot(content, kind)
        assert desk.readings([name])[name].state == "not read"
        for another in ("application/xml", "text/xml; charset=utf-8", "application/json", "text/csv", "text/plain"):
            assert desk.keep_snapshot(content, another) == name
            assert desk.readings([name])[name].state == "not read"
            assert desk.snapshot(name).media_type == kind
    unchanged(desk)


@pytest.mark.parametrize(
    ("content", "media_type", "state"),
    [
        (b"%PDF-1.7 249 were absent.", "text/csv", "not read"),
        (b"%PDF-1.7 249 were absent.", "text/plain", "not read"),
        (b"<html><body><script>249 were absent.</script></body></html>", "application/xml", "not read"),
        (PICTURE, "application/json", "no text"),
        (PDF, "text/csv", "whole"),
        (b"<count><absent>249</absent></count>", "application/xml", "whole"),
        (b"a<b;249", "text/csv", "whole"),
    ],
)
def test_what_is_sent_as_written_out_is_read_as_what_its_bytes_are(
    desk: Store, content: bytes, media_type: str, state: str, unchanged: Check
) -> None:
    """The source code of a PDF or of a page is no text, whatever was said of it when it came."""
    name = desk.keep_snapshot(content, media_type)
    assert desk.readings([name])[name].state == state
    if state == "whole":
        assert "249" in desk.snapshot_text(name)
    unchanged(desk)


def test_a_feed_that_came_without_its_kind_is_read_as_one_later(desk: Store) -> None:
    """The marks of a feed are no reason not to read it as what it is."""
    feed = b"<feed><title>249 were absent.</title></feed>"
    name = desk.keep_snapshot(feed, "application/octet-stream")
    assert desk.keep_snapshot(feed, "application/xml") == name
    assert desk.readings([name])[name] == Reading("whole")


def keep_as_page(desk: Store, content: bytes) -> str:
    """A document that an earlier version kept as a page, which it is not; its name."""
    with desk._act("keep_snapshot", "Jana") as act:
        return snapshots.keep_document(act, content, "text/html", None, texts.taken_out(content, "text/html"))


def test_only_a_reading_that_failed_is_tried_again(desk: Store) -> None:
    """A text that is kept is never replaced, a picture has none, and nothing is made up for what was kept before."""
    kept_before = keep_as_before(desk, PAGE, "text/html")
    picture, plain = desk.keep_snapshot(PICTURE, "image/png"), desk.keep_snapshot(b"249 were absent.", "text/plain")
    before = desk.seal()
    for name, why in (
        (kept_before, "was not recorded"), (picture, "a kind that is not read here"), (plain, "taken out of it is kept"),
    ):  # fmt: skip
        with pytest.raises(StoreError, match=why):
            desk.reread_snapshot(name)
    with pytest.raises(NotThere):
        desk.reread_snapshot("0" * 64)
    assert desk.seal() == before


def test_who_reads_again_second_leaves_the_first_reading(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a colleague had it read meanwhile, theirs stands, and is told once."""
    late = late_pdf(desk, monkeypatch)

    def slow(_content: bytes, _name: str, *, media_type: str) -> Document:
        monkeypatch.setattr(texts, "read_document", read_document)
        with Store(desk.place, actor="Tom") as other:
            other.reread_snapshot(late)
        raise UnknownFormat(f"The document is {media_type}.", "Save it otherwise.")

    monkeypatch.setattr(texts, "read_document", slow)
    assert desk.reread_snapshot(late, actor="Jana") == Reading("whole")
    assert desk.events_table()["actor"].tolist()[-1] == "Tom"
    assert desk.snapshot_text(late) == "249 were absent."


def test_undo_passes_a_reading_by(desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read was seen; what came before it is taken back."""
    late = late_pdf(desk, monkeypatch)
    desk.assign(names[0], 1, "Ilic", actor="Jana")
    desk.reread_snapshot(late, actor="Jana")
    assert desk.undo(actor="Jana").act == "undone"
    assert not desk.claim(names[0])["assignee"]
    assert desk.snapshot_text(late) == "249 were absent."


def test_a_copy_has_the_readings(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, unchanged: Check) -> None:
    """The one that failed, and the one that was tried again; a rebuild leaves them as they are."""
    late, picture = late_pdf(store, monkeypatch), store.keep_snapshot(PICTURE, "image/png")
    again = store.keep_snapshot(b"%PDF-1.7 damaged", "application/pdf")
    store.reread_snapshot(late)
    store.reread_snapshot(again)
    store.rebuild()
    with Store(path.with_name("copy.sqlite")) as other:
        copying.copy(store, other)
        assert other.readings([late, picture, again]) == store.readings([late, picture, again])
        assert other.snapshot_text(late) == "249 were absent."
        unchanged(other)


def test_a_reading_that_was_changed_is_found(desk: Store) -> None:
    """Nobody says that a document was read, or why not, but its events."""
    picture = desk.keep_snapshot(PICTURE, "image/png")
    with desk._database._engine.begin() as connection:
        connection.execute(text(f"UPDATE snapshots SET reading = 'broken off' WHERE sha256 = '{picture}'"))
    assert desk.differences() == [Difference("snapshot", picture, "reading", "broken off", "no text")]


@pytest.mark.parametrize("words", ["ž" * 40, " " * 30 + "ž" * 40, "\N{GRINNING FACE}" * 20, " " * 70, "\ud83d" * 30])
def test_any_text_that_is_cut_is_a_beginning(words: str) -> None:
    """Without white space at its end too, between two characters, and never beyond what is kept."""
    part, reading = cut(words, 50)
    assert words.startswith(part)
    assert 0 < len(snapshots.text_bytes(part)) <= 50
    assert reading == Reading("cut", f"Of {len(words)} characters of its text, the first {len(part)} are kept.")


def test_a_pack_has_what_was_read_again(desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The document, the text that another reading took out of it, and the events of both readings, whole."""
    late = late_pdf(desk, monkeypatch)
    desk.reread_snapshot(late)
    revision = bring(desk, names[0], "agreed")
    desk.add_source(names[0], revision, Source("https://korda.example/count", quoted="249 were absent.", snapshot=late))
    sign_off(desk, names[0], revision)
    with zipfile.ZipFile(packed(desk, Publisher("The Korda Post", "https://korda.example/"), NOON)) as pack:
        assert pack.read(f"documents/{late}.pdf") == PDF
        assert pack.read(f"documents/{desk.snapshot(late).text}.txt") == b"249 were absent."
        events = csv.DictReader(io.StringIO(pack.read("events.csv").decode()))
        told = [json.loads(each["new"])["reading"] for each in events if each["subject_id"] == late]
        assert told == ["broken off", "whole"]


def test_the_library_finds_what_was_read_again(desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each source that names the document, though nobody has touched one since; a piece at a time as well."""
    late = late_pdf(desk, monkeypatch)
    for name in names[:2]:
        desk.add_source(name, 1, replace(ROLL_CALL, quoted="", snapshot=late))
    assert desk.shelve()
    assert desk.count_shelved(["absent"]) == {"absent": 0}
    desk.reread_snapshot(late)
    desk.assign(names[0], 1, "Tom")
    while not desk.shelve(0):
        pass
    assert desk.count_shelved(["absent"]) == {"absent": 2}
