"""Every address that leads inside is refused before a connection is made; so is one that a redirect or a name server leads there."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from claims.article import read_article
from claims.connections import shown
from claims.errors import BadAddress, ClaimsError, NoAnswer
from claims.evidence.addresses import address_problem
from claims.evidence.page import read_source
from claims.fetch import Limits, fetch
from tests.claims.test_fetch import LIMITS, Site, answer, running
from tests.hostile.addresses import ADDRESSES

NONE_ALLOWED = Limits(allow_hosts=frozenset(), connect_seconds=2, read_seconds=2, total_seconds=5)
EVERY = [address for addresses in ADDRESSES.values() for address in addresses]

#: What a name server of ours says of these names; of all others it knows nothing.
PUBLIC, INNER = "93.184.216.34", "127.0.0.1"


@pytest.fixture
def counted() -> Iterator[Site]:
    """A server on this machine that notes who comes."""
    with running(Site()) as site:
        yield site


@contextmanager
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every connection that is tried meanwhile, to wherever it leads."""
    tried: list[object] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        tried.append(address)
        real(self, address)  # type: ignore[arg-type]

    with monkeypatch.context() as watched:
        watched.setattr(socket.socket, "connect", connect)
        yield tried


@pytest.mark.parametrize("address", EVERY)
def test_an_address_that_leads_inside_is_refused(address: str, counted: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is spelt: refused, and not one connection, neither for an article nor for a source.

    What some name server takes for a name and does not know ("127.0.0.1.") leads nowhere either, and the sentence says so.
    """
    asked = address.replace("{port}", counted.address.rpartition(":")[2])
    with connections(monkeypatch) as tried:
        with pytest.raises((BadAddress, NoAnswer)) as caught:
            fetch(asked, limits=NONE_ALLOWED)
        with pytest.raises((BadAddress, NoAnswer)):
            read_source(asked, limits=NONE_ALLOWED)
    assert isinstance(caught.value, BadAddress) or "is not known" in caught.value.problem
    assert tried == []
    assert counted.asked == []
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", EVERY)
def test_no_redirect_leads_inside(address: str, counted: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that sends on to an inner address is asked once, and the inner one never."""
    with running(Site()) as outer:
        port = counted.address.rpartition(":")[2]
        asked = address.replace("{port}", port).strip()
        target = asked.encode("utf-8", "replace").decode("latin-1").replace("\r", "%0d").replace("\n", "%0a")
        outer.answers["/"] = answer(302, Location=target)
        allowed = Limits(allow_hosts=frozenset({"press.example"}), connect_seconds=2, read_seconds=2, total_seconds=5)
        _name_server(monkeypatch, {"press.example": [INNER]})
        outer_port = outer.address.rpartition(":")[2]
        with suppress(
            ClaimsError
        ):  # which of them depends on the spelling; one that names the outer server may be answered
            fetch(f"http://press.example:{outer_port}/", limits=allowed)
    assert outer.asked
    assert counted.asked == []


def test_a_name_that_leads_inside_is_refused(counted: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of the open web whose address is this machine's, or one of whose addresses is, is no way in."""
    port = counted.address.rpartition(":")[2]
    for found in ([INNER], [PUBLIC, INNER], [INNER, PUBLIC], ["::1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]):
        _name_server(monkeypatch, {"press.example": found})
        with connections(monkeypatch) as tried, pytest.raises(BadAddress, match="private network"):
            fetch(f"http://press.example:{port}/", limits=NONE_ALLOWED)
        assert tried == []


def test_a_name_that_changes_its_mind_leads_nowhere(counted: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Public when it is checked and private a moment later: the connection goes to the address that was checked."""
    port = counted.address.rpartition(":")[2]
    answers = iter([PUBLIC, *[INNER] * 20])
    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **more: object) -> object:
        return real(next(answers) if host == "press.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    tried: list[object] = []

    def connect(_: socket.socket, address: object) -> None:
        tried.append(address)
        raise OSError("no way out of a test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Exception, match=r"cannot be reached") as caught:
        fetch(f"http://press.example:{port}/", limits=NONE_ALLOWED)
    assert type(caught.value).__module__ == "claims.errors"
    assert {address[0] for address in tried if isinstance(address, tuple)} == {PUBLIC}
    assert counted.asked == []


def test_a_second_hop_is_looked_up_anew(counted: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that sends on to its own name is checked again there, and refused where the name now leads inside."""
    with running(Site()) as outer:
        port = outer.address.rpartition(":")[2]
        outer.answers["/"] = answer(302, Location=f"http://two.example:{counted.address.rpartition(':')[2]}/")
        _name_server(monkeypatch, {"press.example": [INNER], "two.example": [INNER]})
        allowed = Limits(allow_hosts=frozenset({"press.example"}), connect_seconds=2, read_seconds=2, total_seconds=5)
        with pytest.raises(BadAddress, match="private network"):
            fetch(f"http://press.example:{port}/", limits=allowed)
    assert counted.asked == []
    assert LIMITS.allow_hosts == frozenset({INNER})


def _name_server(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> None:
    """Answer for these names; numbers are read as they are, and no other name is known."""
    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **more: object) -> object:
        found = names.get(host, [host])
        return [entry for each in found for entry in _REAL(each, *rest, **more)]  # type: ignore[operator]

    assert real
    monkeypatch.setattr(socket, "getaddrinfo", look_up)


_REAL: object = socket.getaddrinfo


#: A password where a person, or a program that wrote the address, put it.
WITH_PASSWORD = (
    "ftp://jana:geheim@korda.example/x",
    "htp://jana:geheim@korda.example/x",
    "jana:geheim@korda.example/x",
    "http:jana:geheim@korda.example/x",
    "https:/jana:geheim@korda.example/x",
    "http:\\\\jana:geheim@korda.example/x",
    "//jana:geheim@korda.example/x",
    "http://jana:gehe/im@korda.example/x",
    "http://jana:gehe#im@korda.example/x",
    "http://jana:gehe?im@korda.example/x",
    "http://jana:gehe@im@korda.example/x",
    "http://jana:12/geheim@korda.example/x",
    "http://jana.ilic:12/geheim@korda.example/x",
    "http://jana@post.example:gehe/im@korda.example/x",
    "http://gehe/im@korda.example/x",
    "HTTPS://jana:geheim@korda.example:99999/x",
    "http://jana:geheim@[korda.example/x",
)


@pytest.mark.parametrize("address", WITH_PASSWORD)
def test_no_password_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the address around it is misspelt, no error of whoever is given it repeats it; the host is told still."""
    _name_server(monkeypatch, {"jana": [INNER], "jana.ilic": [INNER], "gehe": [INNER]})
    for read in (fetch, read_source, read_article):
        if read is read_article and address.startswith("//"):
            continue  # it takes that for the article's own text
        with pytest.raises(ClaimsError) as caught:
            read(address, limits=NONE_ALLOWED)
        told = str(caught.value)
        assert not [part for part in ("geheim", "gehe/", "im@", "gehe#", "gehe?", "gehe@") if part in told]
    with pytest.raises(ClaimsError, match=r"korda\.example"):
        fetch(address, limits=NONE_ALLOWED)


def test_no_password_of_a_redirect_is_told(counted: Site) -> None:
    """Where a page sends on to is shown like what was asked."""
    for address in WITH_PASSWORD:
        counted.answers["/"] = answer(302, Location=address)
        counted.answers["/jana:geheim@korda.example/x"] = answer(404)
        with pytest.raises(ClaimsError) as caught:
            fetch(counted.address + "/", limits=LIMITS)
        assert not [part for part in ("geheim", "gehe/", "im@", "gehe#", "gehe?", "gehe@") if part in str(caught.value)]


@pytest.mark.parametrize(
    "address",
    [
        "https://press.example/@jana/story",
        "https://press.example/?mail=jana@korda.example",
        "https://press.example#jana@korda",
        "https://[2001:db8::1]/@jana",
        "Roll call",
    ],
)
def test_an_address_without_a_password_is_told_whole(address: str) -> None:
    """The sign also stands in paths, where it hides nothing."""
    assert shown(address) == address


@pytest.mark.parametrize(
    "address",
    [
        each
        for each in WITH_PASSWORD
        if each.lower().startswith(("http", "//", "ftp")) and not re.match(r"http://[a-z.]+(:\d+)?/", each)
    ],
)
def test_no_source_keeps_a_password(address: str) -> None:
    """None becomes the place of a source, but where all before the stroke is a host's name, and a port, as it stands."""
    assert address_problem(address)
    assert "geheim" not in address_problem(address)


@pytest.mark.parametrize(
    "address", ["http:korda.example/x", "https:/korda.example/x", "HTTP:\\\\korda.example/x", "https:"]
)
def test_a_source_s_address_has_its_two_strokes(address: str) -> None:
    """A browser would mend it and lead there, and no link, key or check would know it for an address."""
    assert "not spelt like a web address" in address_problem(address)


@pytest.mark.parametrize(
    "name", ["HTTP: the definitive guide", "//server/rolls/4 March.pdf", "Mail of jana@korda.example", "https"]
)
def test_a_document_s_name_is_no_address(name: str) -> None:
    """What only begins like one is a name."""
    assert address_problem(name) == ""


@pytest.mark.parametrize("piece", ["a.", "a:", "/", ".", "[", "@", "\\"])
def test_a_long_address_is_told_at_once(piece: str) -> None:
    """Whatever a server sends on to: a hundred thousand signs are looked through once, not each with each."""
    begun = time.monotonic()
    for scheme in ("http://", "http:", "//", ""):
        shown(scheme + piece * (100_000 // len(piece)) + " @")
        address_problem(scheme + piece * (1_900 // len(piece)) + " @")
    assert time.monotonic() - begun < 2
