"""What is no evidence for a claim, and what stands on it already, is refused in the record itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.errors import SourceRefused
from claims.evidence import Source
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
