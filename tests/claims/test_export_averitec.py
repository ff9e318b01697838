"""AVeriTeC: an address only where there is one, and what kind of document it leads to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from claims.evidence import Source
from claims.export.averitec import averitec
from claims.export.checked import Checked, Publisher, checked
from claims.export.forms import FORMS
from claims.store import Query, Store
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
    [found] = averitec(checked(desk), Publisher(), desk.media_types)
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
    [found] = averitec(checked(desk), Publisher(), desk.media_types)
    assert found["questions"][-1]["answers"][0]["source_medium"] == medium


def _two_with_documents(desk: Store, names: list[str]) -> list[Checked]:
    """Two claims, and a kept PDF of each."""
    for name in names[:2]:
        kept = desk.keep_snapshot(f"%PDF-1.7 {name}".encode(), "application/pdf")
        sign_off(desk, name, _with(desk, name, Source("https://korda.example/count", "Roll call", snapshot=kept)))
    return list(checked(desk))


@pytest.mark.parametrize(("together", "questions"), [(1, 2), (2, 1), (200, 1)])
def test_documents_of_many_claims_are_asked_about_at_once(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch, together: int, questions: int
) -> None:
    """However many claims that are, each document has its medium."""
    told, asked = _two_with_documents(desk, names), []
    monkeypatch.setattr("claims.export.averitec._TOGETHER", together)

    def counted(wanted: Iterable[str]) -> dict[str, str]:
        asked.append(set(wanted))
        return desk.media_types(asked[-1])

    found = averitec(told, Publisher(), counted)
    assert [each["questions"][-1]["answers"][0]["source_medium"] for each in found] == ["PDF", "PDF"]
    assert len(asked) == questions


@pytest.mark.parametrize("form", ["claimreview", "annotations", "report", "markdown"])
def test_no_other_form_asks_what_a_document_is(
    desk: Store, names: list[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """It is AVeriTeC's own question."""
    _two_with_documents(desk, names)
    desk.set("publisher", 0, "The Korda Post")
    desk.set("site", 0, "https://korda.example/checks/")
    monkeypatch.delattr(Store, "media_types")
    with FORMS[form].made(desk, Query(), datetime.now(UTC)) as file:
        assert b"312" in file.read()
