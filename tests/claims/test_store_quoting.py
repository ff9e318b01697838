"""A quoted passage and its kept document, from the card to the sign-off: found, found with differences, or not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims import apart
from claims.documents import apart as documents_apart
from claims.errors import NotThere, SignOffRefused, TooLarge
from claims.evidence import Passage, Source, around, passage_words
from claims.remembered import Remembered
from claims.store import Store, quoting, snapshots
from tests.claims.conftest import unguarded
from tests.claims.test_evidence_around import PAGE as AROUND
from tests.claims.test_store_readings import PDF

PAGE = b"Roll call of 4 March.\n\nOf 785 guards, 249 were \xe2\x80\x9cnot present\xe2\x80\x9d, the ministry said."
ROLL_CALL = Source("https://korda.example/roll-call", title="Roll call", stance="supports")
ITEM = "passage in its document"
LONG = ("Of 785 guards, 249 were “not present”, the ministry said." + " né" * 17).encode(
    "cp1252"
)  # in UTF-8 it is longer
WHY = "The page was changed an hour after it was read; the paper edition has it."


def marked(desk: Store, name: str, quoted: str, content: bytes = PAGE, media_type: str = "text/plain") -> str:
    """A claim whose one source quotes this from this document, and lacks nothing else; returns the source's name."""
    desk.set("second_reading", 0, False, actor="Ada")  # noqa: FBT003 - the setting's value
    sha256 = desk.keep_snapshot(content, media_type)
    source = desk.add_source(name, 1, replace(ROLL_CALL, quoted=quoted, snapshot=sha256), actor="Tom")
    desk.mark(name, 1, "Supported", "high", rationale="The roll call.", actor="Tom")
    return source


def state(desk: Store, name: str) -> str | None:
    """What became of the one passage."""
    [place] = desk.passages(name).values()
    return place and place.state


@pytest.mark.parametrize(
    ("quoted", "found"),
    [("249 were 'not present'", "verbatim"), ("249 were not present, the ministry says", "differs")],
)
def test_a_passage_that_is_found_is_signed_off(desk: Store, names: list[str], quoted: str, found: str) -> None:
    """Word for word or nearly: no reason is asked for, and the item is met."""
    marked(desk, names[0], quoted)
    assert state(desk, names[0]) == found
    assert next(item for item in desk.checklist(names[0]) if item.name == ITEM).met
    assert desk.sign_off(names[0], 2) == 3
    assert desk.reason_signed(names[0]) == ""


def test_a_passage_around_the_article_is_signed_off(desk: Store, names: list[str]) -> None:
    """It is found word for word, and where; the kept text stays the article's."""
    marked(desk, names[0], "The comment says that 261 were absent", AROUND, "text/html")
    [place] = desk.passages(names[0]).values()
    assert place
    assert (place.state, place.around) == ("verbatim", True)
    assert passage_words(place) == "Found word for word in the page around the article, in the kept document"
    assert desk.sign_off(names[0], 2) == 3
    assert "261" not in desk.snapshot_text(desk.sources(names[0])[0].source.snapshot)


def test_nobody_waits_again_for_a_page_that_was_broken_off(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words around the article would be broken off as well: it is unread until it is read again."""
    monkeypatch.setattr(documents_apart, "HEAVY", 10)
    with monkeypatch.context() as short:
        short.setattr(apart, "SECONDS", 0.05)
        marked(desk, names[0], "The comment says that 261 were absent", AROUND, "text/html")
    assert state(desk, names[0]) == "unread"
    desk.reread_snapshot(desk.sources(names[0])[0].source.snapshot)
    assert state(desk, names[0]) == "verbatim"


@pytest.mark.parametrize(
    "quoted",
    [
        "Every guard was there.",
        "429 were “not present”, the ministry said",
        "249 were “present”, the ministry said",
        "Few were “not present”, the ministry said",
        "249 were … the ministry said",
        "Of 785 guards … were “not present”",
    ],
)
def test_a_passage_that_is_not_found_wants_a_reason(desk: Store, names: list[str], quoted: str) -> None:
    """Other words, another figure, a lost not: refused without a reason, whose event then keeps it."""
    marked(desk, names[0], quoted)
    assert [item.name for item in desk.checklist(names[0]) if not item.met] == [ITEM]
    for blank in ("", " \n"):
        with pytest.raises(SignOffRefused) as refused:
            desk.sign_off(names[0], 2, why=blank)
        assert refused.value.excusable
    assert desk.claim(names[0])["status"] == "marked"
    assert desk.sign_off(names[0], 2, why=WHY) == 3
    assert desk.history(names[0])[-1].why == desk.reason_signed(names[0]) == WHY


def test_a_reason_excuses_nothing_else(desk: Store, names: list[str]) -> None:
    """What is missing beside the passage is mended, not explained."""
    marked(desk, names[0], "Every guard was there.")
    desk.save(names[0], 2, mark={"verdict": "Supported", "confidence": "high", "rationale": ""}, actor="Tom")
    with pytest.raises(SignOffRefused) as refused:
        desk.sign_off(names[0], 3, why=WHY)
    assert not refused.value.excusable
    assert next(what for what, _ in refused.value.missing) == "A rationale is given."


def test_a_passage_without_a_document_wants_a_reason(desk: Store, names: list[str]) -> None:
    """Nobody looked for it: refused without a reason, as one that is not found."""
    desk.set("second_reading", 0, False, actor="Ada")  # noqa: FBT003 - the setting's value
    desk.add_source(names[0], 1, replace(ROLL_CALL, quoted="249 were absent."), actor="Tom")
    desk.mark(names[0], 1, "Supported", "high", rationale="The roll call.", actor="Tom")
    assert [item.name for item in desk.checklist(names[0]) if not item.met] == [ITEM]
    with pytest.raises(SignOffRefused) as refused:
        desk.sign_off(names[0], 2)
    assert refused.value.excusable
    assert desk.sign_off(names[0], 2, why="Ana read it on paper.") == 3


def test_without_a_passage_nothing_is_asked(desk: Store, names: list[str]) -> None:
    """The item stands only where there is something to look for."""
    kept = desk.keep_snapshot(PAGE, "text/plain")
    desk.add_source(names[0], 1, Source("https://korda.example/list", snapshot=kept))
    assert desk.passages(names[0]) == {}
    assert ITEM not in [item.name for item in desk.checklist(names[0])]


def test_who_read_a_passage_in_a_picture_is_said(desk: Store, names: list[str]) -> None:
    """A document without text is told apart from one that has other words; nobody but a person can find a passage there."""
    marked(desk, names[0], "249 were absent", b"\x89PNG\r\n\x1a\n", "image/png")
    assert state(desk, names[0]) is None
    [item] = [item for item in desk.checklist(names[0]) if not item.met]
    assert item.name == ITEM
    assert item.what.endswith("One document has no text to look in.")
    with pytest.raises(SignOffRefused) as refused:
        desk.sign_off(names[0], 2)
    assert refused.value.excusable
    assert desk.sign_off(names[0], 2, why="Tom and Ana read it in the photograph.") == 3


def test_the_reason_goes_with_the_sign_off_through_undo_and_redo(desk: Store, names: list[str]) -> None:
    """Taken back and done again, and a reopening taken back: the reason that was given still stands for it."""
    marked(desk, names[0], "Every guard was there.")
    desk.sign_off(names[0], 2, why=WHY)
    desk.undo()
    desk.redo()
    assert desk.claim(names[0])["status"] == "signed off"
    desk.reopen(names[0], 5, "It was asked again.")
    desk.undo()
    assert desk.claim(names[0])["status"] == "signed off"


def test_a_reason_stands_again_where_its_sources_do(desk: Store, names: list[str]) -> None:
    """One more source reopens the claim; with that taken back, the reason excuses what it excused."""
    marked(desk, names[0], "Every guard was there.")
    desk.sign_off(names[0], 2, why=WHY)
    desk.add_source(names[0], 3, Source("https://korda.example/list"), why="A list came.")
    assert desk.reason_signed(names[0]) == ""
    desk.undo()
    assert desk.claim(names[0])["status"] == "signed off"
    assert desk.reason_signed(names[0]) == WHY


def test_a_reason_is_for_the_sources_that_it_was_given_for(desk: Store, names: list[str]) -> None:
    """Where a source has changed since, a reopening is not taken back by the old reason."""
    source = marked(desk, names[0], "Every guard was there.")
    desk.sign_off(names[0], 2, why=WHY)
    desk.reopen(names[0], 3, "It was asked again.")
    [kept] = desk.sources(names[0])
    desk.edit_source(source, 1, replace(kept.source, quoted="No guard was there."), actor="Tom")
    assert desk.reason_signed(names[0]) == ""
    with pytest.raises(SignOffRefused):
        desk.undo()


def test_a_corrected_passage_is_looked_for_anew(desk: Store, names: list[str]) -> None:
    """What was not found is found once it is quoted as the document has it."""
    source = marked(desk, names[0], "Every guard was there.")
    assert state(desk, names[0]) == "missing"
    [kept] = desk.sources(names[0])
    desk.edit_source(source, 1, replace(kept.source, quoted="Of 785 guards"), actor="Tom")
    assert state(desk, names[0]) == "verbatim"


def test_a_document_that_was_not_read_is_no_document_without_the_passage(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The passage was not looked for, which is told with the reason; the sign-off asks who read it, as in a picture."""
    with monkeypatch.context() as short:
        short.setattr(apart, "SECONDS", 0.05)
        marked(desk, names[0], "249 were absent", PDF, "application/pdf")
    [place] = desk.passages(names[0]).values()
    assert place == Passage("unread", unread="The document could not be read within 0.05 seconds.")
    assert not place.holds
    [item] = [item for item in desk.checklist(names[0]) if not item.met]
    assert item.what.endswith("One document could not be read by the program.")
    desk.reread_snapshot(desk.sources(names[0])[0].source.snapshot)
    assert state(desk, names[0]) == "verbatim"
    assert desk.sign_off(names[0], 2) == 3


@pytest.mark.parametrize(("quoted", "found"), [("Nobody was there.", "missing"), ("249 were “present”", "differs")])
def test_a_text_that_is_cut_tells_of_a_part(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch, quoted: str, found: str
) -> None:
    """A passage that is not in what was read may stand in the rest; the words, the checklist and the report's sentence say so."""
    monkeypatch.setattr(snapshots, "LARGEST", 120)
    marked(desk, names[0], quoted, LONG, "text/plain; charset=windows-1252")
    [place] = desk.passages(names[0]).values()
    assert place
    assert (place.state, place.unread) == (found, "Of 108 characters of its text, the first 99 are kept.")
    assert "of 108 characters of its text, the first 99 are kept" in passage_words(place)
    [item] = [item for item in desk.checklist(names[0]) if not item.met]
    assert item.what.endswith("One document was read in part.")


def test_a_passage_that_is_in_the_part_that_was_read_holds(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It needs no reason: what is not read takes nothing away from it."""
    monkeypatch.setattr(snapshots, "LARGEST", 120)
    marked(desk, names[0], "249 were 'not present'", LONG, "text/plain; charset=windows-1252")
    [place] = desk.passages(names[0]).values()
    assert place
    assert (place.state, place.unread) == ("verbatim", "")
    assert desk.sign_off(names[0], 2) == 3


def test_a_document_that_is_gone_is_told(desk: Store, names: list[str], place: str) -> None:
    """Its name and what it may mean, as wherever a document is asked for."""
    marked(desk, names[0], "249 were absent")
    [kept] = desk.sources(names[0])
    unguarded(place, f"DELETE FROM snapshots WHERE sha256 = '{kept.source.snapshot}'")
    with pytest.raises(NotThere, match=kept.source.snapshot):
        desk.passages(names[0])


def test_a_page_whose_words_wait_is_looked_around_another_time(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A passage that was not found for want of time is looked for again."""
    for module, name in ((around, "_made"), (quoting, "_known")):  # nothing of another test is remembered
        monkeypatch.setattr(module, name, Remembered(16))

    def busy(_content: bytes, _media_type: str) -> str:
        raise TooLarge("The document waited 300 seconds for other files to be read.", "Try again in a few minutes.")

    with monkeypatch.context() as late:
        late.setattr(around, "shown_words", busy)
        marked(desk, names[0], "The comment says that 261 were absent", AROUND, "text/html")
        assert state(desk, names[0]) != "verbatim"
    assert state(desk, names[0]) == "verbatim"
