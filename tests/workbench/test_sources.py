"""The form of a source without a browser: graded, grouped, corrected, refused."""

from __future__ import annotations

import io

import pytest
from PIL import ExifTags, Image, PngImagePlugin
from streamlit.testing.v1 import AppTest

from claims import Store, apart
from claims.errors import NotThere
from claims.evidence import Source
from claims.remembered import Remembered
from claims.store import snapshots
from tests.claims.test_evidence_around import PAGE as AROUND
from tests.claims.test_fetch import Site, answer, running
from tests.claims.test_store_readings import PDF
from tests.claims.test_store_texts import keep_as_before
from workbench.forms.sources import itself, passage


def sound(app: AppTest) -> AppTest:
    """The same screens, drawn without an exception."""
    assert not app.exception
    return app


def in_hand(app: AppTest) -> str:
    """The claim in hand."""
    return str(app.session_state["chosen"])


def with_wire(app: AppTest, filled: Store) -> str:
    """Two sources of one wire story stand on the claim in hand, and the form for a third is open."""
    sound(app.run())
    claim_id = in_hand(app)
    for name in ("a", "b"):
        filled.add_source(
            claim_id, filled.claim(claim_id)["revision"], Source(f"https://{name}.example/", origin="wire")
        )
    app.run()
    sound(app.button(key="add-source").click().run())
    return claim_id


def drawn_cards(app: AppTest) -> list[str]:
    """The cards of the sources, as they are drawn."""
    return [html.body for html in app.get("html") if 'class="source"' in html.body]


def test_a_group_of_this_claim_can_be_chosen(app: AppTest, filled: Store) -> None:
    """A third source of the wire story, graded, leaves one independent source."""
    claim_id = with_wire(app, filled)
    app.text_input(key=f"source-title:{claim_id}").input("Korda: 312 gone")
    assert app.selectbox(key=f"source-origin:{claim_id}").options == ["wire"]
    app.selectbox(key=f"source-origin:{claim_id}").select("wire")
    app.selectbox(key=f"source-reliability:{claim_id}").select("B")
    app.selectbox(key=f"source-credibility:{claim_id}").select("2")
    sound(app.button(key="keep-source").click().run())
    row = filled.claim(claim_id)
    assert (row["n_sources"], row["n_independent"]) == (3, 1)
    assert filled.sources(claim_id)[-1].source.grade == "B2"
    assert any("3 sources, 1 independent" in html.body for html in app.get("html"))


def test_a_source_is_corrected_and_undone(app: AppTest, filled: Store) -> None:
    """The form shows what is stored; what is saved is the next revision; undo brings the old one back."""
    claim_id = with_wire(app, filled)
    kept = filled.sources(claim_id)[0]
    sound(app.button(key=f"edit-{kept.source_id}").click().run())
    assert app.text_input(key=f"source-location:{kept.source_id}").value == kept.source.location
    app.text_input(key=f"source-title:{kept.source_id}").input("Roll call")
    sound(app.button(key="keep-source").click().run())
    assert filled.sources(claim_id)[0].source.title == "Roll call"
    sound(app.button(key="undo").click().run())
    assert filled.sources(claim_id)[0].source == kept.source


def test_a_colleagues_correction_is_not_overwritten(app: AppTest, filled: Store) -> None:
    """Saving over a newer correction is refused once, with what was typed kept; then it is a choice."""
    claim_id = with_wire(app, filled)
    kept = filled.sources(claim_id)[0]
    app.button(key=f"edit-{kept.source_id}").click().run()
    filled.edit_source(kept.source_id, 1, Source(kept.source.location, "Theirs", origin="wire"), actor="Ilic")
    app.text_input(key=f"source-title:{kept.source_id}").input("Mine")
    sound(app.button(key="keep-source").click().run())
    assert app.error
    assert filled.sources(claim_id)[0].source.title == "Theirs"
    sound(app.button(key="keep-source").click().run())
    assert filled.sources(claim_id)[0].source.title == "Mine"


def test_a_page_that_stands_already_is_pointed_to(app: AppTest, filled: Store) -> None:
    """A colleague's address is refused with a word on it, and the form keeps what was typed."""
    claim_id = with_wire(app, filled)
    app.text_input(key=f"source-location:{claim_id}").input("http://www.a.example")
    sound(app.button(key="keep-source").click().run())
    assert "stands on the claim already" in app.error[0].value
    assert app.text_input(key=f"source-location:{claim_id}").value == "http://www.a.example"
    assert len(filled.sources(claim_id)) == 2


@pytest.mark.parametrize(
    ("quoted", "told", "look"),
    [
        ("249 were 'absent'", "✓ Found word for word in the kept document", "found"),
        ("249 were “absent”, he says", "≠ Found in the kept document with differences", "near"),
        ("429 were “absent”, he said", "≠ Found in the kept document with differences that may change", "astray"),
        ("Nobody was there.", "✗ Not found in the kept document", "astray"),
    ],
)
def test_a_card_says_whether_its_passage_is_in_its_document(
    app: AppTest, filled: Store, quoted: str, told: str, look: str
) -> None:
    """A sign, words and a colour; what differs is struck out or underlined."""
    sound(app.run())
    kept = filled.keep_snapshot("Of 785 guards, 249 were “absent”, he said.".encode(), "text/plain")
    filled.add_source(
        in_hand(app), filled.claim(in_hand(app))["revision"], Source(title="Count", quoted=quoted, snapshot=kept)
    )
    sound(app.run())
    [card] = drawn_cards(app)
    assert f'<div class="stands {look}"><b>{told}' in card
    assert ("<del>429</del> <ins>249</ins>" in card) == quoted.startswith("429")


def test_a_card_says_that_a_picture_has_no_text_to_look_in(app: AppTest, filled: Store) -> None:
    """It is not shown as found, and says what the sign-off will ask."""
    sound(app.run())
    name = in_hand(app)
    kept = filled.keep_snapshot(b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png")
    source = Source(title="Count", quoted="249 were absent", snapshot=kept)
    filled.add_source(name, filled.claim(name)["revision"], source)
    sound(app.run())
    [card] = drawn_cards(app)
    assert '<div class="stands astray"><b>○ ' in card
    assert "the kept document has no text</b><small>Compare it with the document yourself" in card


def broken_off(app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch, quoted: str = "") -> tuple[str, str]:
    """A source on the claim in hand whose document could not be read in its time; its name and the document's."""
    sound(app.run())
    with monkeypatch.context() as short:
        short.setattr(apart, "SECONDS", 0.05)
        late = filled.keep_snapshot(PDF, "application/pdf")
    source = Source(title="Count", quoted=quoted, snapshot=late)
    return filled.add_source(in_hand(app), filled.claim(in_hand(app))["revision"], source), late


@pytest.mark.parametrize("quoted", ["", "249 were absent"])
def test_a_card_says_that_its_document_could_not_be_read(
    app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch, quoted: str
) -> None:
    """By which limit, once, and the next step: to read it by eye; a passage is not said to be missing in it."""
    broken_off(app, filled, monkeypatch, quoted)
    sound(app.run())
    [card] = drawn_cards(app)
    told = "he document could not be read within 0.05 seconds"
    assert card.count(told) == 1
    if quoted:
        assert f"○ Not looked for by the program: t{told}</b><small>Compare it with the document yourself" in card
    else:
        assert f"T{told}. Read it by eye, or open it to have it read again." in card


def test_a_document_that_could_not_be_read_is_read_again_at_a_press(
    app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is opened: a try that fails is told, one that succeeds shows the text, and the passage is found."""
    name, late = broken_off(app, filled, monkeypatch, "249 were absent")
    sound(app.run())
    sound(app.button(key=f"read-{name}").click().run())
    assert r"could not be read within 0\.05 seconds" in app.error[0].value
    with monkeypatch.context() as short:
        short.setattr(apart, "SECONDS", 0.04)
        sound(app.button(key="document-again").click().run())
    assert r"could not be read within 0\.04 seconds" in app.error[0].value
    sound(app.button(key="document-again").click().run(timeout=30))
    assert not app.error
    assert filled.snapshot_text(late) == "249 were absent."
    assert filled.events_table()["act"].tolist()[-2:] == ["document read again"] * 2
    [card] = drawn_cards(app)
    assert "✓ Found word for word" in card
    assert "could not be read" not in card


def test_a_card_says_that_a_text_is_cut(app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passage that is found is found; that the rest is not read stands beside it."""
    sound(app.run())
    monkeypatch.setattr(snapshots, "LARGEST", 60)
    content = ("249 were absent. " + "né " * 14).encode("latin-1")
    kept = filled.keep_snapshot(content, "text/plain; charset=latin-1")
    revision = filled.claim(in_hand(app))["revision"]
    filled.add_source(in_hand(app), revision, Source(title="Count", quoted="249 were absent", snapshot=kept))
    sound(app.run())
    [card] = drawn_cards(app)
    assert "✓ Found word for word in the kept document</b>" in card
    assert "Of 59 characters of its text, the first " in card


def test_a_card_says_that_a_reading_was_not_recorded(app: AppTest, filled: Store) -> None:
    """As of a document that an earlier version kept."""
    sound(app.run())
    kept = keep_as_before(filled, b"249 were absent.", "text/plain")
    revision = filled.claim(in_hand(app))["revision"]
    filled.add_source(in_hand(app), revision, Source(title="Count", quoted="249 were absent", snapshot=kept))
    sound(app.run())
    [card] = drawn_cards(app)
    assert "✓ Found word for word" in card
    assert "What came of reading its text when it was kept is not recorded." in card


def test_a_card_reads_no_document_for_its_name(app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the file is called is known from the kind of it, not from its megabytes; one that is gone is told so."""
    sound(app.run())
    kept = filled.keep_snapshot(PDF, "application/pdf")
    filled.add_source(in_hand(app), filled.claim(in_hand(app))["revision"], Source(title="Count", snapshot=kept))
    with monkeypatch.context() as guarded:
        guarded.setattr(Store, "snapshot", None)
        sound(app.run())
    assert itself.file_name(filled, Source(title="Count", snapshot=kept), kept) == "Count.pdf"
    with pytest.raises(NotThere, match="There is no snapshot"):
        itself.file_name(filled, Source(title="Count", snapshot="0" * 64), "0" * 64)


def test_a_page_that_is_kept_says_how_it_came(app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The card tells when it was fetched, from where, and where it was sent on to; the record keeps it with the document."""
    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "127.0.0.1")
    page = "<html><head><title>Roll call</title></head><body><article><p>" + "249 were absent. " * 40
    with running(Site()) as site:
        site.answers["/r"] = answer(302, Location="/roll-call")
        site.answers["/roll-call"] = answer(200, page.encode(), Content_Type="text/html", Set_Cookie="a=1")
        sound(app.run())
        claim_id = in_hand(app)
        sound(app.button(key="add-source").click().run())
        app.text_input(key=f"source-location:{claim_id}").input(f"{site.address}/r").run(timeout=20)
        sound(app.button(key="keep-source").click().run())
    [kept] = filled.sources(claim_id)
    [came] = filled.fetches([kept.source.snapshot])[kept.source.snapshot]
    assert (came.asked, came.answered) == (f"{site.address}/r", f"{site.address}/roll-call")
    assert "set-cookie" not in came.headers
    [card] = drawn_cards(app)
    assert f"Document fetched {came.at.day} " in card
    assert f"UTC from {came.asked}, now at {came.answered}" in card


def test_a_passage_that_is_not_found_asks_for_a_reason_at_sign_off(app: AppTest, filled: Store) -> None:
    """The button is refused with the checklist and opens the field; with a reason it signs off, and the record keeps it."""
    filled.set("second_reading", 0, False)  # noqa: FBT003 - the setting's value
    sound(app.run())
    name = in_hand(app)
    kept = filled.keep_snapshot(b"Of 785 guards, 249 were absent.", "text/plain")
    filled.save(
        name,
        filled.claim(name)["revision"],
        mark={"verdict": "Supported", "confidence": "high", "rationale": "The count."},
        sources=[Source("https://korda.example/count", quoted="Nobody was there.", snapshot=kept)],
    )
    sound(app.run())
    sound(app.button(key="way-Sign off").click().run())
    assert filled.claim(name)["status"] == "marked"
    assert app.error
    app.text_area(key=f"why-Sign off:{name}").input("The paper edition has it.")
    sound(app.button(key="reason-do").click().run())
    assert filled.claim(name)["status"] == "signed off"
    assert filled.reason_signed(name) == "The paper edition has it."


def test_what_an_ellipsis_leaves_out_is_always_shown(app: AppTest, filled: Store) -> None:
    """Also where the passage is found word for word; what was left out of the other turns it, and has no green sign."""
    sound(app.run())
    name = in_hand(app)
    kept = filled.keep_snapshot(b"They walked slowly north. Of 785 inmates, 312 were absent.", "text/plain")
    for quoted in ("They walked … north", "Of 785 inmates … were absent"):
        source = Source(title=quoted, quoted=quoted, snapshot=kept)
        filled.add_source(name, filled.claim(name)["revision"], source)
    sound(app.run())
    harmless, turned = drawn_cards(app)
    assert "✓ Found word for word in the kept document, with 1 word left out" in harmless
    assert "Left out: <ins>slowly</ins>" in harmless
    assert "≠ Found in the kept document, but the 1 word left out may change what it says" in turned
    assert "Left out: <ins>, 312</ins>" in turned


def test_a_card_says_that_nobody_looked_where_no_document_is_kept(app: AppTest, filled: Store) -> None:
    """With the next step; a source that quotes nothing says nothing of it."""
    sound(app.run())
    name = in_hand(app)
    for source in (Source(title="Count", quoted="249 were absent"), Source(title="List")):
        filled.add_source(name, filled.claim(name)["revision"], source)
    sound(app.run())
    told, plain = drawn_cards(app)
    assert (
        "○ No document is kept: nobody looked for this passage</b><small>Correct this source to keep its page" in told
    )
    assert "nobody looked" not in plain


def test_a_corrected_address_lets_go_of_the_other_pages_document(app: AppTest, filled: Store) -> None:
    """The page cannot be read: the form says so, and what is saved has no document; the old address has it again."""
    sound(app.run())
    name = in_hand(app)
    kept = filled.keep_snapshot(b"Of 785, 249 were absent.", "text/plain")
    source = Source("https://korda.example/count", "Count", quoted="249 were absent", snapshot=kept)
    source_id = filled.add_source(name, filled.claim(name)["revision"], source)
    sound(app.run())
    sound(app.button(key=f"edit-{source_id}").click().run())
    place = f"source-location:{source_id}"
    told = "The document that is kept is of another page"
    for address, lets_go in (
        ("https://127.0.0.1:9/b", True),
        (source.location, False),
        ("https://127.0.0.1:9/b", True),
    ):
        sound(app.text_input(key=place).input(address).run(timeout=20))
        assert any(told in html.body for html in app.get("html")) == lets_go
    sound(app.button(key="keep-source").click().run())
    [stands] = filled.sources(name)
    assert (stands.source.location, stands.source.snapshot) == ("https://127.0.0.1:9/b", "")
    assert filled.passages(name) == {}


def typed_in(app: AppTest, address: str) -> str:
    """The form for a source of the claim in hand, with this address typed and its page asked for; the claim's name."""
    sound(app.run())
    claim_id = in_hand(app)
    sound(app.button(key="add-source").click().run())
    sound(app.text_input(key=f"source-location:{claim_id}").input(address).run(timeout=20))
    return claim_id


def test_a_page_whose_words_cannot_be_read_is_kept(
    app: AppTest, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form says so and why, and that nobody looked for the passage; the card says how it came."""
    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "127.0.0.1")
    with running(Site()) as site:
        site.answers["/film.mp4"] = answer(200, bytes(300), Content_Type="video/mp4")
        claim_id = typed_in(app, f"{site.address}/film.mp4")
    told = "The document is kept with the source, and its words could not be read. The document is of a kind that is not read here"
    assert any(told in html.body for html in app.get("html"))
    assert not any(button.key == "select-passage" for button in app.button)
    sound(app.text_area(key=f"source-quoted:{claim_id}").input("249 were absent").run())
    assert any("○ Not looked for by the program" in html.body for html in app.get("html"))
    sound(app.button(key="keep-source").click().run())
    [kept] = filled.sources(claim_id)
    assert filled.snapshot(kept.source.snapshot).content == bytes(300)
    [card] = drawn_cards(app)
    assert "○ Not looked for by the program: the document is of a kind that is not read here (video/mp4)" in card
    assert "/film.mp4</div>" in card


def test_any_kind_of_file_may_be_put_in(app: AppTest, filled: Store) -> None:
    """A table, a film, an old Word file: kept as what its name and bytes say; what can be read is looked in."""
    sound(app.run())
    claim_id = in_hand(app)
    for name, content, kind in (
        ("absent.csv", b"Monday,249", "text/csv"),
        ("film.mp4", bytes(50), "video/mp4"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "application/msword"),
        ("count.dat", PDF, "application/pdf"),
    ):
        sound(app.button(key="add-source").click().run())
        sound(app.file_uploader[0].set_value((name, content, "text/html")).run())
        sound(app.button(key="keep-source").click().run())
        kept = filled.sources(claim_id)[-1].source
        assert (kept.location, filled.snapshot(kept.snapshot).media_type) == (name, kind)
    [table, *_] = filled.sources(claim_id)
    assert filled.snapshot_text(table.source.snapshot) == "Monday,249"
    assert itself.file_name(filled, table.source, table.source.snapshot) == "absent.csv"


def picture(kind: str, size: tuple[int, int] = (8, 8)) -> bytes:
    """A picture of this kind, transparent where it can be."""
    with io.BytesIO() as out:
        Image.new("RGB" if kind == "JPEG" else "RGBA", size).save(out, kind)
        return out.getvalue()


def opened(app: AppTest, filled: Store, content: bytes, media_type: str, quoted: str = "") -> str:
    """A source of the claim in hand whose document is read at the desk; the source's name."""
    sound(app.run())
    kept = filled.keep_snapshot(content, media_type)
    source = Source(title="Count", quoted=quoted, snapshot=kept)
    name = filled.add_source(in_hand(app), filled.claim(in_hand(app))["revision"], source)
    sound(app.run())
    sound(app.button(key=f"read-{name}").click().run(timeout=20))
    return name


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_seen_where_a_document_is_read(app: AppTest, filled: Store, kind: str) -> None:
    """With the word that only a person finds a passage in it; and it is taken out there."""
    opened(app, filled, picture(kind), f"image/{kind.lower()}")
    assert len(app.get("image")) == 1
    assert not app.error
    assert any(button.proto.id.endswith("document-out") for button in app.get("download_button"))


def test_a_drawing_that_is_a_program_is_never_seen(app: AppTest, filled: Store) -> None:
    """An SVG is taken out, as any other file is; so is a picture that is damaged."""
    opened(app, filled, b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image/svg+xml")
    assert not app.get("image")
    assert any(button.proto.id.endswith("document-out") for button in app.get("download_button"))


def test_a_picture_is_drawn_anew_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """On white where it is transparent; one that is damaged, or unpacks to too many points, is not."""
    drawn = itself.drawn(picture("PNG"))
    assert drawn
    assert drawn.getpixel((0, 0)) == (255, 255, 255)
    assert itself.drawn(picture("PNG")[:40]) is None
    monkeypatch.setattr(itself, "_MOST_POINTS", 63)
    assert itself.drawn(picture("PNG")) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_as_high_as_a_jpeg_can_be(app: AppTest, filled: Store, kind: str) -> None:
    """A strip of any height is drawn."""
    opened(app, filled, picture(kind, (100, 60_000)), f"image/{kind.lower()}")
    assert len(app.get("image")) == 1
    drawn = itself.drawn(picture("PNG", (100, 70_000)))
    assert drawn
    assert drawn.height <= 20_000


@pytest.mark.parametrize(("kind", "size", "width"), [("PNG", (4000, 4000), None), ("JPEG", (8000, 6000), 1460)])
def test_no_more_of_a_picture_is_unpacked_than_is_seen(kind: str, size: tuple[int, int], width: int | None) -> None:
    """A large photograph is unpacked at a part of its size; what cannot be is not drawn."""
    drawn = itself.drawn(picture(kind, size))
    assert (drawn and drawn.width) == width


def test_a_picture_of_too_many_points_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size stands at its beginning; a small file may unpack to any number."""
    large = picture("PNG", (4000, 4000))
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", pytest.fail)
    assert itself.drawn(large) is None


def test_a_picture_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each redraw of the screen has the same bytes; only so many are remembered."""
    monkeypatch.setattr(itself, "_made", Remembered[bytes, bytes | None](2))
    pictures = [picture("PNG", (8, height)) for height in (8, 9, 10)]
    first = [itself.jpeg(each) for each in pictures]
    assert len(itself._made) == 2
    assert itself.jpeg(pictures[0][:40]) is None
    with monkeypatch.context() as no_more:
        no_more.setattr(itself, "drawn", pytest.fail)
        assert itself.jpeg(pictures[2]) == first[2]
        assert itself.jpeg(pictures[0][:40]) is None
    assert itself.jpeg(pictures[0]) == first[0]


@pytest.mark.parametrize("way", range(1, 9))
def test_a_photograph_stands_upright(way: int) -> None:
    """However the camera was held; and as wide as the desk, whatever is wide in its file."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = way
    with io.BytesIO() as out:
        Image.new("RGB", (4032, 3024)).save(out, "JPEG", exif=exif)
        drawn = itself.drawn(out.getvalue())
    assert drawn
    assert drawn.size == ((1460, 1947) if way > 4 else (1460, 1095))


@pytest.mark.usefixtures("filled")
def test_a_picture_that_cannot_be_drawn_is_taken_out_before_it_is_kept(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was read for a new source, and is damaged, says so and can be looked at elsewhere."""
    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "127.0.0.1")
    with running(Site()) as site:
        site.answers["/count.png"] = answer(200, picture("PNG")[:40], Content_Type="image/png")
        typed_in(app, f"{site.address}/count.png")
    sound(app.button(key="select-passage").click().run())
    assert not app.get("image")
    assert any("damaged or too large" in each.value for each in app.caption)
    assert any(button.proto.id.endswith("document-out") for button in app.get("download_button"))


def test_a_passage_around_the_article_is_told_and_shown(app: AppTest, filled: Store) -> None:
    """The card says where it stands, and the document that is read has all the words of the page."""
    name = opened(app, filled, AROUND, "text/html", "The comment says that 261 were absent")
    [card] = drawn_cards(app)
    assert "✓ Found word for word in the page around the article" in card
    assert any(passage._AROUND in html.body for html in app.get("html"))
    text, around = passage._text_of(filled, None, filled.sources(in_hand(app))[0].source.snapshot, "")
    assert not around
    assert "261" not in text
    assert name


@pytest.mark.parametrize(
    ("number", "about"),
    [
        (0, "paragraphs 1–2,000 of 5,000: the 3,000 after left out"),
        (2400, "paragraphs 1,401–3,400 of 5,000: the 1,400 before and the 1,600 after left out"),
        (4999, "paragraphs 3,001–5,000 of 5,000: the 3,000 before left out"),
    ],
)
def test_a_book_is_opened_where_the_passage_stands(number: int, about: str) -> None:
    """However far behind its beginning; what is left out on either side is said."""
    text = "\n\n".join(f"Paragraph {n} tells of the year {n}." for n in range(5000))
    drawn = passage.pieces(text, f"Paragraph {number} tells of the year {number}.", "s1")
    marked = [piece["text"] for block in drawn["blocks"] for piece in block["pieces"] if piece["claims"]]
    assert "".join(marked) == f"Paragraph {number} tells of the year {number}."
    assert (len(drawn["blocks"]), drawn["about"]) == (2000, about)
