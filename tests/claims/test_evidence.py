"""A source's page, asked for on a real server of this machine, and the addresses that lead to one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from claims.documents import Document
from claims.errors import BadAddress, BadStatus
from claims.evidence import Source, source_problems
from claims.evidence.page import places, read_source
from claims.fetch import Page
from claims.store import Store
from tests.claims.test_fetch import LIMITS, Site, answer, running
from tests.claims.test_store_readings import PDF

ROLL_CALL = """<html><head><title>Roll call | The Inspectorate</title><link rel="canonical" href="{own}">
<meta property="og:title" content="Roll call"><meta property="og:site_name" content="The Inspectorate">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2024-03-04"}}</script></head>
<body><article><h1>Roll call</h1>
<p>Of the 785 people on the roll of the Korda prison, 249 were absent at the count on Monday morning, the inspectors wrote.</p>
<p>The others were in their cells, in the yard or in the kitchen, and each of them was called by name that morning.</p>
</article></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of this machine."""
    with running(Site()) as site:
        yield site


def test_a_page_fills_in_what_it_says_of_itself(site: Site) -> None:
    """Title, publisher and day are the page's; its own address, of the same host, is taken; no archived copy is made up."""
    own = f"{site.address}/roll-call"
    content = ROLL_CALL.format(own=own).encode()
    site.answers["/roll-call?utm_source=mail"] = answer(200, content, Content_Type="text/html; charset=utf-8")
    found = read_source(f"  {own}?utm_source=mail ", limits=LIMITS)
    assert found.source == Source(own, "Roll call", "The Inspectorate", date(2024, 3, 4))
    assert "249 were absent" in found.text
    assert (found.content, found.media_type) == (content, "text/html; charset=utf-8")


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_what_is_kept_reads_as_what_was_seen(site: Site, kind: str) -> None:
    """Where only the server said in which letters a page is written, the kept document says it too."""
    content = ROLL_CALL.format(own="").replace("inspectors", "riaditeľ Šimečka").encode("cp1250")
    site.answers["/roll-call"] = answer(200, content, Content_Type=f'{kind}; charset="windows-1250"')
    found = read_source(f"{site.address}/roll-call", limits=LIMITS)
    assert "riaditeľ Šimečka" in found.text
    with Store(":memory:", actor="Jana") as store:
        kept = store.keep_snapshot(found.content, found.media_type)
        assert store.snapshot_text(kept) == found.text


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("/count.pdf", PDF, "application/pdf"),
        ("/count", PDF + b"\n", "application/pdf"),
        ("/roll-call.html", ROLL_CALL.format(own="").removeprefix("<html>").encode(), "text/html"),
        ("/count.txt", b"Of 785 guards, 249 were absent.", "text/plain"),
    ],
)
@pytest.mark.parametrize("header", [{}, {"Content_Type": "application/octet-stream"}])
def test_what_came_without_its_kind_is_kept_as_what_it_is(
    site: Site, path: str, content: bytes, kind: str, header: dict[str, str]
) -> None:
    """So that it is read in the record as it was in the form."""
    site.answers[path] = answer(200, content, **header)
    found = read_source(f"{site.address}{path}", limits=LIMITS)
    assert (found.media_type, found.unread) == (kind, "")
    assert "249 were absent" in found.text
    with Store(":memory:", actor="Jana") as store:
        kept = store.keep_snapshot(found.content, found.media_type)
        assert store.snapshot_text(kept) == found.text
        assert store.readings([kept])[kept].state == "whole"


@pytest.mark.parametrize(
    ("name", "content", "kind", "state"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(30), "image/jpeg", "no text"),
        ("table.xls", b"\xd0\xcf\x11\xe0" + bytes(30), "application/vnd.ms-excel", "not read"),
        ("old.doc", b"\xd0\xcf\x11\xe0" + bytes(31), "application/msword", "not read"),
        ("film.mp4", bytes(300), "video/mp4", "not read"),
        ("app", b"<html><body><div id='root'></div><script>1</script></body></html>", "text/html", "not read"),
        ("wall", b"<html><body><p>Subscribe to continue reading this.</p></body></html>", "text/html", "not read"),
        ("blank.txt", b" \n", "text/plain", "no text"),
    ],
)
def test_what_cannot_be_read_is_kept_with_how_it_came(
    site: Site, name: str, content: bytes, kind: str, state: str
) -> None:
    """Its bytes, time, address and headers, and a sentence why it has no text, which the record says too."""
    site.answers[f"/{name}"] = answer(200, content, Content_Type=kind, ETag='"a1"')
    address = f"{site.address}/{name}"
    found = read_source(address, limits=LIMITS)
    assert (found.source, found.text.strip(), found.content) == (Source(address), "", content)
    assert (found.fetched.answered, found.fetched.headers["etag"]) == (address, '"a1"')
    with Store(":memory:", actor="Jana") as store:
        kept = store.keep_snapshot(found.content, found.media_type, fetched=found.fetched)
        assert store.fetches([kept])[kept] == [found.fetched]
        assert (store.readings([kept])[kept].state, store.readings([kept])[kept].problem) == (state, found.unread)


@pytest.mark.parametrize(("name", "kind"), [("table.csv", "text/csv"), ("count.json", "application/json")])
def test_a_table_that_is_written_out_is_looked_in(site: Site, name: str, kind: str) -> None:
    """As it stands."""
    site.answers[f"/{name}"] = answer(200, b'"Monday",249\n', Content_Type=kind)
    found = read_source(f"{site.address}/{name}", limits=LIMITS)
    assert (found.text, found.media_type, found.unread) == ('"Monday",249\n', kind, "")


def test_how_a_page_came_is_kept_with_it(site: Site) -> None:
    """The address that was asked and the one that answered, when, and the headers but those that are secret."""
    site.answers["/r"] = answer(302, Location="/roll-call")
    content = ROLL_CALL.format(own="").encode()
    site.answers["/roll-call"] = answer(200, content, Content_Type="text/html", Set_Cookie="session=1", ETag='"a1"')
    before = datetime.now(UTC)
    came = read_source(f"{site.address}/r", limits=LIMITS).fetched
    assert (came.asked, came.answered, came.status) == (f"{site.address}/r", f"{site.address}/roll-call", 200)
    assert before <= came.at <= datetime.now(UTC)
    assert came.headers["etag"] == '"a1"'
    assert came.headers["content-type"] == "text/html"
    assert "set-cookie" not in came.headers


def test_a_page_does_not_speak_for_another_host(site: Site) -> None:
    """An address of its own that lies elsewhere is not believed."""
    content = ROLL_CALL.format(own="https://ilic.example/other").encode()
    site.answers["/roll-call"] = answer(200, content, Content_Type="text/html")
    assert read_source(f"{site.address}/roll-call", limits=LIMITS).source.location == f"{site.address}/roll-call"


def test_a_page_that_is_gone_says_so(site: Site) -> None:
    """The fetch's own refusal comes through."""
    site.answers["/gone"] = answer(410)
    with pytest.raises(BadStatus):
        read_source(f"{site.address}/gone", limits=LIMITS)


@pytest.mark.parametrize(
    ("asked", "own", "expected"),
    [
        ("https://web.archive.org/web/2024/https://korda.example/a", "", "https://korda.example/a"),
        ("https://archive.ph/aB3xZ", "https://archive.ph/2024.03.04-101500/https://korda.example/a", "https://korda.example/a"),
        ("https://archive.ph/aB3xZ", "", "https://archive.ph/aB3xZ"),
    ],
)  # fmt: skip
def test_a_copy_in_an_archive_stays_one(asked: str, own: str, expected: str) -> None:
    """The copy that was pasted is kept as archived; its original is the location where the copy says it."""
    page = Page(asked, asked, 200, {}, b"", datetime.now(UTC))
    assert places(asked, page, Document("Guards left.", canonical=own)) == (expected, asked)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "ftp://korda.example/a",
        "https://korda.example/a b",
        "https://korda.example/a\x01b",
        "https://korda.example/" + "a" * 10_000,
        "https://jana:secret@korda.example/",
        "https://",
        "http://[::1",
    ],
)
def test_a_hostile_address_is_refused_in_words(address: str) -> None:
    """It neither stands as evidence nor is asked for."""
    assert [problem[-1] for problem in source_problems(Source(address))] == ["."]
    with pytest.raises(BadAddress):
        read_source(address)
