"""What is no evidence for a claim, and what stands on it already, is refused in the record itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from claims.documents import apart
from claims.errors import SourceRefused, StaleWrite
from claims.evidence import Source
from claims.evidence import page as evidence_page
from claims.evidence.fetched import Fetched
from claims.evidence.page import read_source
from claims.fetch import Limits, Page
from claims.store import Mark, Store
from tests.claims.conftest import TEXT

ROLL_CALL = Source("https://inspectorate.example/roll-call", "Roll call", stance="refutes")


@pytest.mark.parametrize(
    "address",
    [
        "https://korda.example/guards",
        "http://www.korda.example/guards/",
        "HTTPS://KORDA.example:443/guards?utm_source=mail&fbclid=1#top",
        "https://web.archive.org/web/20240304101500/https://korda.example/guards",
    ],
)
def test_an_article_is_no_evidence_for_itself(desk: Store, names: list[str], address: str) -> None:
    """Its own address, however it is written, is refused by every act that brings a source, and nothing is written."""
    own = Source(address, stance="supports")
    with pytest.raises(SourceRefused, match="no evidence for itself"):
        desk.add_source(names[0], 1, own)
    with pytest.raises(SourceRefused, match="no evidence for itself"):
        desk.save(names[0], 1, mark=Mark("Supported", "high"), sources=[own])
    assert (desk.sources(names[0]), desk.claim(names[0])["revision"]) == ([], 1)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (TEXT.encode(), "text/plain"),
        (TEXT.replace("\n\n", "\n\n\n").encode(), "text/markdown"),
    ],
)
def test_the_articles_text_is_no_evidence_under_another_address(
    desk: Store, names: list[str], content: bytes, media_type: str
) -> None:
    """A document that holds just the article's words is refused, whatever address is given for it."""
    copy = Source("https://mirror.example/a", stance="supports", snapshot=desk.keep_snapshot(content, media_type))
    with pytest.raises(SourceRefused, match="no evidence for itself"):
        desk.add_source(names[0], 1, copy)
    desk.add_source(names[0], 1, replace(copy, snapshot=desk.keep_snapshot(b"The roll call.", "text/plain")))


def _saved(store: Store, name: str) -> None:
    store.save(name, 1, sources=[ROLL_CALL])


def _read_second(store: Store, name: str) -> None:
    store.read_second(name, 1, "Refuted", "low", sources=[ROLL_CALL], actor="Tom")


def _decided(store: Store, name: str) -> None:
    store.decide(name, 1, "Refuted", "low", rationale="It says so.", sources=[ROLL_CALL], actor="Ana")


@pytest.mark.parametrize("verb", [_saved, _read_second, _decided])
def test_a_stale_write_hands_its_sources_back(
    desk: Store, names: list[str], verb: Callable[[Store, str], None]
) -> None:
    """What was typed of them is not lost with the judgement that they came with."""
    desk.assign(names[0], 1, "Tom")
    with pytest.raises(StaleWrite) as refused:
        verb(desk, names[0])
    assert refused.value.typed["sources"] == [asdict(ROLL_CALL)]


def test_one_page_stands_once_on_a_claim(desk: Store, names: list[str]) -> None:
    """The second of two people who bring one page is told who brought it; on another claim it is welcome."""
    desk.add_source(names[0], 1, ROLL_CALL, actor="Ilic")
    again = Source("http://www.inspectorate.example/roll-call/?utm_campaign=x")
    with pytest.raises(SourceRefused, match="as “Roll call”, added by Ilic"):
        desk.add_source(names[0], 1, again, actor="Jana")
    with pytest.raises(SourceRefused, match="as “Roll call”"):
        desk.save(names[1], 1, mark=Mark("Supported", "high"), sources=[ROLL_CALL, again])
    desk.add_source(names[1], 1, again)
    assert len(desk.sources(names[0])) == 1


def test_a_correction_is_checked_like_a_new_source(desk: Store, names: list[str]) -> None:
    """A source may keep its own address, but takes neither another's nor the article's; undo brings the old one back."""
    name = desk.add_source(names[0], 1, ROLL_CALL)
    desk.add_source(names[0], 1, Source("https://dorn.example/b"))
    for taken in ("https://dorn.example/b/", "https://korda.example/guards#top"):
        with pytest.raises(SourceRefused):
            desk.edit_source(name, 1, replace(ROLL_CALL, location=taken))
    assert desk.edit_source(name, 1, replace(ROLL_CALL, reliability="B", credibility="2")) == 2
    assert {kept.source.grade for kept in desk.sources(names[0])} == {"B2", ""}
    desk.undo("Jana")
    assert {kept.source.grade for kept in desk.sources(names[0])} == {""}
    assert desk.differences() == []


PAGE = "https://dorn.example/b"


def test_a_document_of_one_page_does_not_go_over_to_another(
    desk: Store, names: list[str], unchanged: Callable[[Store], None]
) -> None:
    """An edit that changes the page and keeps the document is refused; without it, with its own, or for a name it is not."""
    count, other = (desk.keep_snapshot(content, "text/plain") for content in (b"249 were absent.", b"429 were absent."))
    source = replace(ROLL_CALL, snapshot=count)
    name = desk.add_source(names[0], 1, source)
    with pytest.raises(SourceRefused, match="not of the page at this address"):
        desk.edit_source(name, 1, replace(source, location=PAGE))
    assert desk.edit_source(name, 1, replace(source, location=PAGE, snapshot="")) == 2
    assert desk.edit_source(name, 2, replace(source, location=PAGE, snapshot=other)) == 3
    assert desk.edit_source(name, 3, replace(source, location="The count, on paper", snapshot=other)) == 4
    with pytest.raises(SourceRefused, match="not of the page at this address"):
        desk.edit_source(name, 4, replace(source, snapshot=other))
    unchanged(desk)


def test_another_dress_of_its_address_keeps_the_document(desk: Store, names: list[str]) -> None:
    """Pages are compared, not how their addresses are written."""
    source = replace(ROLL_CALL, snapshot=desk.keep_snapshot(b"249 were absent.", "text/plain"))
    name = desk.add_source(names[0], 1, source)
    assert desk.edit_source(name, 1, replace(source, location=f"{source.location}/?utm_source=x#top")) == 2


@pytest.mark.parametrize("fetched", [(PAGE, f"{PAGE}/now"), (f"{PAGE}/old", PAGE)])
def test_a_document_that_came_from_the_page_may_say_so(desk: Store, names: list[str], fetched: tuple[str, str]) -> None:
    """The address that was asked for it, or that answered, is its own."""
    came = Fetched(*fetched, 200, datetime(2024, 3, 4, tzinfo=UTC))
    kept = desk.keep_snapshot(b"249 were absent.", "text/plain", fetched=came)
    name = desk.add_source(names[0], 1, replace(ROLL_CALL, snapshot=kept, location="The count, on paper"))
    assert desk.edit_source(name, 1, replace(ROLL_CALL, snapshot=kept, location=PAGE)) == 2


def test_a_new_source_brings_no_document_of_another_page(
    desk: Store, names: list[str], unchanged: Callable[[Store], None]
) -> None:
    """A document that was fetched is of where it came from, however the source is put on its claim; of a file, who puts it in says."""
    came = Fetched(PAGE, f"{PAGE}/now", 200, datetime(2024, 3, 4, tzinfo=UTC))
    source = replace(ROLL_CALL, snapshot=desk.keep_snapshot(b"249 were absent.", "text/plain", fetched=came))
    with pytest.raises(SourceRefused, match="not of the page at this address"):
        desk.add_source(names[0], 1, source)
    with pytest.raises(SourceRefused, match="not of the page at this address"):
        desk.save(names[0], 1, mark=Mark("Supported", "high"), sources=[source])
    desk.add_source(names[0], 1, replace(source, location=PAGE))
    desk.add_source(names[1], 1, replace(ROLL_CALL, snapshot=desk.keep_snapshot(b"A file.", "text/plain")))
    unchanged(desk)


SHOWN = """<html><head><link rel="canonical" href="{own}"></head><body><article>
<p>Of the 785 people on the roll of the Korda prison, 249 were absent at the count on Monday, the inspectors wrote.</p>
</article></body></html>"""


def read_and_kept(store: Store, monkeypatch: pytest.MonkeyPatch, asked: str, own: str) -> Source:
    """The source that the form makes of an address whose page gives this one as its own, with the page kept."""

    def fetch(address: str, *, limits: Limits | None) -> Page:
        assert limits is None
        content = SHOWN.format(own=own).encode()
        return Page(address, address, 200, {"content-type": "text/html"}, content, datetime(2024, 3, 4, tzinfo=UTC))

    monkeypatch.setattr(evidence_page, "fetch", fetch)
    page = read_source(asked)
    return replace(page.source, snapshot=store.keep_snapshot(page.content, page.media_type, fetched=page.fetched))


DORN = "https://dorn.example"
SHORT, COPY = "https://archive.ph/aB3xZ", "https://archive.ph/2024.03.04-101500"


@pytest.mark.parametrize(
    ("asked", "own", "location"),
    [
        (f"{DORN}/amp/b", f"{DORN}/b", f"{DORN}/b"),
        (SHORT, f"{COPY}/{DORN}/b", f"{DORN}/b"),
        (SHORT, "", SHORT),
        (f"https://web.archive.org/web/20240304/{DORN}/b", "", f"{DORN}/b"),
    ],
)
@pytest.mark.parametrize("heavy", [10, apart.HEAVY])
def test_what_the_form_fills_in_is_kept(
    desk: Store,
    names: list[str],
    monkeypatch: pytest.MonkeyPatch,
    unchanged: Callable[[Store], None],
    asked: str,
    own: str,
    location: str,
    heavy: int,
) -> None:
    """The address that a page gives as its own, and the original of an archive's copy: on a new source, and later."""
    source = read_and_kept(desk, monkeypatch, asked, own)
    assert source.location == location
    monkeypatch.setattr(apart, "HEAVY", heavy)
    desk.add_source(names[0], 1, source)
    name = desk.add_source(names[1], 1, replace(source, location="The count, on paper", archived=""))
    assert desk.edit_source(name, 1, source) == 2
    unchanged(desk)


@pytest.mark.parametrize(
    ("asked", "own", "location"),
    [
        (f"{DORN}/b", "https://inspectorate.example/b", "https://inspectorate.example/b"),
        (f"{DORN}/b", f"{DORN}/c", "https://inspectorate.example/b"),
        (SHORT, f"{COPY}/{DORN}/b", "https://inspectorate.example/b"),
        (f"https://web.archive.org/web/20240304/{DORN}/b", "", "https://inspectorate.example/b"),
    ],
)
def test_no_page_is_of_another_site(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch, asked: str, own: str, location: str
) -> None:
    """Whatever it says of itself; a new source is refused, and one that stands with the document is."""
    source = read_and_kept(desk, monkeypatch, asked, own)
    with pytest.raises(SourceRefused, match="not of the page at this address"):
        desk.add_source(names[0], 1, replace(source, location=location, archived=""))
    name = desk.add_source(names[0], 1, source)
    with pytest.raises(SourceRefused, match="not of the page at this address"):
        desk.edit_source(name, 1, replace(source, location=location, archived=""))


def test_a_copy_that_does_not_say_of_what_is_of_what_a_person_says(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive's short name: who knows the original gives its address."""
    source = read_and_kept(desk, monkeypatch, SHORT, "")
    desk.add_source(names[0], 1, replace(source, location=PAGE))


def test_another_page_of_the_same_site_is_told_where_its_document_stands(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who brings a page corrects its address within its site; the document of a source that stands does not go over."""
    source = read_and_kept(desk, monkeypatch, f"{DORN}/b", "")
    name = desk.add_source(names[0], 1, replace(source, location=f"{DORN}/b.html"))
    with pytest.raises(SourceRefused, match="not of the page at this address"):
        desk.edit_source(name, 1, replace(source, location=f"{DORN}/c"))
