"""Every address that leads inside is refused before a connection is made; so is one that a redirect or a name server leads there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from claims.errors import BadAddress, ClaimsError, NoAnswer
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
