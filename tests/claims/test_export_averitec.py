"""AVeriTeC: an address only where there is one, and what kind of document it leads to."""

from __future__ import annotations

import pytest

from claims.evidence import Source
from claims.export.averitec import averitec
from claims.export.checked import Publisher, checked
from claims.store import Store
from tests.claims.conftest import bring, sign_off


@pytest.mark.parametrize(
    ("source", "url", "medium"),
    [
        (Source("https://korda.example/count", "The count"), "https://korda.example/count", "Web text"),
        (Source("https://korda.example/count.pdf"), "https://korda.example/count.pdf", "PDF"),
        (Source("https://korda.example/Count.PDF?page=2#top"), "https://korda.example/Count.PDF?page=2#top", "PDF"),
        (Source("https://korda.example/show?file=count.pdf"), "https://korda.example/show?file=count.pdf", "Web text"),
        (Source("https://korda.example/count.pdf/about"), "https://korda.example/count.pdf/about", "Web text"),
        (Source("Roll call, 4 March"), None, "Other"),
        (Source("roll-call.pdf"), None, "PDF"),
        (Source("", "Roll call"), None, "Other"),
    ],
)
def test_a_source_has_an_address_only_where_it_is_one(
    desk: Store, names: list[str], source: Source, url: str | None, medium: str
) -> None:
    """A document's name is no URL; a PDF is one of AVeriTeC's media, on the web and off it."""
    sign_off(desk, names[0], _with(desk, names[0], source))
    [found] = averitec(checked(desk), Publisher())
    answer = found["questions"][-1]["answers"][0]
    assert (answer["source_url"], answer["source_medium"]) == (url, medium)


def _with(store: Store, name: str, source: Source) -> int:
    store.add_source(name, bring(store, name, "agreed"), source)
    return int(store.claim(name)["revision"])


@pytest.mark.parametrize(
    ("content", "media_type", "medium"),
    [(b"%PDF-1.7", "application/pdf", "PDF"), (b"<p>249</p>", "text/html", "Web text")],
)
@pytest.mark.parametrize("location", ["https://korda.example/count", "https://korda.example/count.pdf"])
def test_the_kept_document_tells_the_medium(
    desk: Store, names: list[str], location: str, content: bytes, media_type: str, medium: str
) -> None:
    """Whatever its address ends in: what was kept is what was seen."""
    source = Source(location, "Roll call", snapshot=desk.keep_snapshot(content, media_type))
    sign_off(desk, names[0], _with(desk, names[0], source))
    [found] = averitec(checked(desk), Publisher())
    assert found["questions"][-1]["answers"][0]["source_medium"] == medium
