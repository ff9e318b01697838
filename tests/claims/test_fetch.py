"""Fetching is tried on real servers of this machine, which are allowed by name."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler

import pytest

from claims.errors import BadAddress, BadStatus, ClaimsError, NoAnswer, RedirectLoop, TooLarge
from claims.fetch import USER_AGENT, Limits, fetch
from tests.loopback import listening

LIMITS = Limits(allow_hosts=frozenset({"127.0.0.1"}), connect_seconds=2, read_seconds=2, total_seconds=5)


@dataclass
class Site:
    """A small site: what each path answers, what was asked, and an event that ends every wait."""

    address: str = ""
    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running(site: Site) -> Iterator[Site]:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        site.asked.append((handler.path, {name.lower(): value for name, value in handler.headers.items()}))
        site.answers[handler.path](handler)

    with listening(respond, site.over) as site.address:
        yield site


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as site:
        yield site


def answer(status: int, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return give


def test_a_page_comes_whole(site: Site) -> None:
    """The page has the bytes, status, headers and addresses of the answer, and the server hears who asks."""
    site.answers["/story"] = answer(200, b"<p>Guards left.</p>", Content_Type="text/html; charset=utf-8")
    page = fetch(site.address + "/story", limits=LIMITS)
    assert (page.content, page.status) == (b"<p>Guards left.</p>", 200)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.url == page.final_url == site.address + "/story"
    assert page.fetched_at.tzinfo is not None
    assert site.asked[0][1]["user-agent"] == USER_AGENT
    assert site.asked[0][1]["host"] == site.address.removeprefix("http://")


def test_bytes_stay_as_sent(site: Site) -> None:
    """A page in Latin-1 comes as its bytes: which characters they stand for is decided elsewhere."""
    site.answers["/"] = answer(200, "Café für 5 £".encode("latin-1"), Content_Type="text/plain")
    assert fetch(site.address, limits=LIMITS).content == "Café für 5 £".encode("latin-1")


def test_a_compressed_page_is_unpacked(site: Site) -> None:
    """Content that is sent as gzip comes unpacked."""
    site.answers["/"] = answer(200, gzip.compress(b"Guards left. " * 5_000), Content_Encoding="gzip")
    assert fetch(site.address, limits=LIMITS).content == b"Guards left. " * 5_000


def test_a_chunked_page_comes_whole(site: Site) -> None:
    """A page sent piece by piece without a length comes whole."""

    def chunks(handler: BaseHTTPRequestHandler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in (b"Guards ", b"left."):
            handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        handler.wfile.write(b"0\r\n\r\n")
        handler.close_connection = True

    site.answers["/"] = chunks
    assert fetch(site.address, limits=LIMITS).content == b"Guards left."


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "has no page there"),
        (403, "refuses to show"),
        (429, "too often"),
        (418, "refuses the request"),
        (500, "fault of its own"),
    ],
)
def test_an_error_of_the_server_is_a_sentence(site: Site, status: int, words: str) -> None:
    """An answer that is an error says in words which, with its status and the address."""
    site.answers["/gone"] = answer(status)
    with pytest.raises(BadStatus, match=words) as caught:
        fetch(site.address + "/gone", limits=LIMITS)
    assert f"(status {status})" in caught.value.problem
    assert site.address + "/gone" in caught.value.problem


def test_a_passing_fault_is_asked_again(site: Site) -> None:
    """A server that is busy for a moment (503) is asked again, at most twice."""

    def recover(handler: BaseHTTPRequestHandler) -> None:
        answer(503 if len(site.asked) < 3 else 200, b"Here.")(handler)

    site.answers["/"] = recover
    assert fetch(site.address, limits=LIMITS).content == b"Here."
    assert len(site.asked) == 3


def test_a_lasting_fault_is_reported(site: Site) -> None:
    """A server that stays busy is reported with its status, after three requests."""
    site.answers["/"] = answer(503)
    with pytest.raises(BadStatus, match="status 503"):
        fetch(site.address, limits=LIMITS)
    assert len(site.asked) == 3


def test_a_silent_server_is_given_up(site: Site) -> None:
    """A server that takes the request and says nothing is given up after the read limit."""

    def wait(_: BaseHTTPRequestHandler) -> None:
        site.over.wait()

    site.answers["/"] = wait
    with pytest.raises(NoAnswer, match=r"did not answer within 0\.2 seconds"):
        fetch(site.address, limits=replace(LIMITS, read_seconds=0.2))
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("begins", "goes_on"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-More: x\r\n"),
        (b"HTTP/1.1 200 O", b"K"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nX-More: ", b"x"),
        (b"HTTP/1.1 503 Not now\r\nContent-Length: 9999\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\xff", b"x"),
    ],
)
def test_a_server_that_drips_before_anything_can_be_read_is_given_up(site: Site, begins: bytes, goes_on: bytes) -> None:
    """Each byte comes in time, and the whole never: a status, a header, a body that is retried, one that unpacks to nothing."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(begins)
        while not site.over.wait(0.02):
            handler.wfile.write(goes_on)

    site.answers["/"] = drip
    with pytest.raises(NoAnswer, match=r"did not answer within 0\.5 seconds"):
        fetch(site.address, limits=replace(LIMITS, total_seconds=0.5))


def test_a_dripping_server_is_given_up(site: Site) -> None:
    """A server that sends a byte now and then stays within each read's limit, but not within the whole call's."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not site.over.wait(0.02):
                handler.wfile.write(b".")
        except OSError:
            pass  # the reader has gone, as it should

    site.answers["/"] = drip
    with pytest.raises(NoAnswer, match=r"within 0\.3 seconds"):
        fetch(site.address, limits=replace(LIMITS, total_seconds=0.3))


def test_a_broken_answer_is_no_page(site: Site) -> None:
    """A body shorter than its announced length is not taken for the page."""
    site.answers["/"] = answer(200, b"Guards", Content_Length="600")
    with pytest.raises(NoAnswer, match="broke off"):
        fetch(site.address, limits=LIMITS)


def test_nobody_listens() -> None:
    """An address where no server listens is named."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(NoAnswer, match="cannot be reached") as caught:
            fetch(url, limits=LIMITS)
    assert url in caught.value.problem
    assert isinstance(caught.value.__cause__, Exception)


def test_redirects_are_followed(site: Site) -> None:
    """Redirects, relative ones too, lead to the final address; a cookie set on the way is not taken."""
    site.answers["/a"] = answer(302, Location="b", Set_Cookie="seen=1")
    site.answers["/b"] = answer(301, Location=site.address + "/c")
    site.answers["/c"] = answer(200, b"Here.")
    page = fetch(site.address + "/a", limits=LIMITS)
    assert (page.url, page.final_url) == (site.address + "/a", site.address + "/c")
    assert not [asked for asked in site.asked if "cookie" in asked[1]]


def test_a_name_that_is_looked_up_for_ever_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's resolver has no limit; the fetch has, and leaves it behind."""
    answered = threading.Event()
    monkeypatch.setattr("claims.connections.socket.getaddrinfo", lambda *_, **__: answered.wait(60))
    try:
        with pytest.raises(NoAnswer, match="was not known after"):
            fetch(site.address + "/a", limits=replace(LIMITS, total_seconds=0.2))
    finally:
        answered.set()


def test_a_redirect_loop_ends(site: Site) -> None:
    """A page that sends on to itself is left after the limit's number of hops."""
    site.answers["/"] = answer(302, Location="/")
    with pytest.raises(RedirectLoop, match="more than 3 times"):
        fetch(site.address, limits=replace(LIMITS, redirects=3))
    assert len(site.asked) == 4


def test_the_body_of_what_sends_on_is_not_read(site: Site) -> None:
    """However long, and however small its bytes were packed: nobody waits for it and nothing is unpacked."""

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        for name, value in {"Location": "/there", "Content-Length": "1000000000"}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.flush()
        site.over.wait()

    site.answers["/"] = endless
    site.answers["/there"] = answer(200, b"Here.")
    assert fetch(site.address, limits=LIMITS).content == b"Here."


@pytest.mark.parametrize(
    "target", ["http://localhost:1/", "http://[::1]/", "http://169.254.169.254/latest/", "http://10.0.0.1/"]
)
def test_a_redirect_into_the_own_network_is_refused(site: Site, target: str) -> None:
    """Each hop is checked like the first: a public page cannot send the program to a machine behind the firewall."""
    site.answers["/"] = answer(302, Location=target)
    with pytest.raises(BadAddress, match="private network"):
        fetch(site.address, limits=LIMITS)


@pytest.mark.parametrize("target", ["file:///etc/hosts", "ftp://press.example/", "javascript:alert(1)"])
def test_a_redirect_off_the_web_is_refused(site: Site, target: str) -> None:
    """A page cannot send the program to a file or to another protocol."""
    site.answers["/"] = answer(302, Location=target)
    with pytest.raises(BadAddress, match="not a web address"):
        fetch(site.address, limits=LIMITS)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "http://[fe80::1]/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
    ],
)
def test_the_own_network_is_refused(url: str) -> None:
    """However it is spelt, an address of this machine, its network or its provider is refused before a byte is sent."""
    with pytest.raises(BadAddress, match="private network"):
        fetch(url, limits=Limits(allow_hosts=frozenset()))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://press.example/a.txt",
        "file:///etc/hosts",
        "javascript:alert(1)",
        "http:",
        "http://",
        "http:///story",
        "http://:80/",
        "https://[::1/",
        "http://press.example:99999/",
        "http://press.example:port/",
        "http://.example/",
        "http://a..example/",
        "http://" + "a" * 70 + ".example/",
        "http://xn--\N{LATIN SMALL LETTER SHARP S}\ud800/",
        "http://press example/",
        "http://jana:secret@press.example/",
        "http://10.0.0.1\\@press.example/",
        "story.txt",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """Whatever is spelt wrong, or is no address of the web, gets a sentence and no request."""
    with pytest.raises(BadAddress) as caught:
        fetch(url, limits=LIMITS)
    assert "secret" not in str(caught.value)


def test_the_limit_of_size_is_named(site: Site) -> None:
    """A page above the limit is refused while it comes, and the message names the limit; so is one that unpacks to more."""
    site.answers["/long"] = answer(200, b"x" * 2_001)
    site.answers["/packed"] = answer(200, gzip.compress(b"x" * 1_000_000), Content_Encoding="gzip")
    small = replace(LIMITS, largest_file=2_000)
    for path in ("/long", "/packed"):
        with pytest.raises(TooLarge, match="2,000 bytes"):
            fetch(site.address + path, limits=small)


def test_a_host_is_allowed_by_the_environment(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """WORKBENCH_ALLOW_HOSTS allows hosts of one's own network by name."""
    site.answers["/"] = answer(200, b"Here.")
    monkeypatch.setenv("WORKBENCH_ALLOW_HOSTS", "intranet.example, 127.0.0.1")
    assert fetch(site.address).content == b"Here."


def test_the_connection_goes_to_the_checked_address(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is looked up once: a second answer of the name server cannot lead elsewhere, and the server still hears the name."""
    real, port = socket.getaddrinfo, site.address.rpartition(":")[2]
    asked: list[str] = []

    def look_up(host: str, *rest: object, **more: object) -> object:
        asked.append(host)
        return real("127.0.0.1" if host == "press.example" else host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    site.answers["/"] = answer(200, b"Here.")
    limits = replace(LIMITS, allow_hosts=frozenset({"press.example"}))
    assert fetch(f"http://press.example:{port}/", limits=limits).content == b"Here."
    assert asked == ["press.example", "127.0.0.1"]
    assert site.asked[0][1]["host"] == f"press.example:{port}"


def test_the_surroundings_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy named in the environment is not asked, so that the address checked is the address reached."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    site.answers["/"] = answer(200, b"Here.")
    assert fetch(site.address, limits=LIMITS).content == b"Here."


def test_a_limit_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit in the environment that is not a whole number is an error with its name, not a default."""
    monkeypatch.setenv("WORKBENCH_LARGEST_ARTICLE", "5 MB")
    with pytest.raises(ClaimsError, match="WORKBENCH_LARGEST_ARTICLE is '5 MB'"):
        Limits()
