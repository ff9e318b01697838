"""The connections of the one way out: to the very address that was checked, and cut off when their time is over."""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import re
import socket
import threading
from time import monotonic
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError
from urllib3.util import Retry

from claims.errors import BadAddress, NoAnswer

if TYPE_CHECKING:
    import requests
    from requests.adapters import _HostParams, _PoolKwargs
    from urllib3 import HTTPConnectionPool

_RETRIES = Retry(
    total=2,
    read=False,
    status_forcelist={502, 503, 504},
    allowed_methods={"GET"},
    backoff_factor=0.3,
    raise_on_status=False,
    respect_retry_after_header=False,
)

# IPv6 addresses of this block stand for the IPv4 address in their last 32 bits (RFC 6052).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

# Not of the open internet, whatever Python says: protocol assignments and the one address of a cloud's own services, relays
# from old to new addresses, site-local IPv6, and what stands in documentation (RFC 9637).
_INNER = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "168.63.129.16/32", "192.88.99.0/24", "fec0::/10", "3fff::/20"))
)

# In an address of IPv6 that is made of one of IPv4 in a local network (ISATAP, RFC 5214): what stands before those 32 bits.
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}

# How an address begins, rightly or not: only a scheme that is known, or has its stroke, is one and no name before a password.
_BEGINNING = re.compile(r"\s*(?:https?:|[a-z][a-z0-9+.-]*:(?=[/\\]))?[/\\]*", re.IGNORECASE)

# A host with a dot, or of IPv6, whose path begins right behind it. Behind a colon a password may stand as well as a port.
_HOST_AND_PATH = re.compile(r"(?:(?=[^\s:/?#@\\.]*+\.)[^\s:/?#@\\]++|\[[0-9a-f:.]++\])[/?#]", re.IGNORECASE)

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Watch:
    """So many seconds for all the connections that are made in the block, then they are cut.

    A server that sends a byte now and then keeps within every limit that is set for a piece of its answer.
    """

    def __init__(self, seconds: float) -> None:
        self.over = threading.Event()
        self._seconds, self._begun = seconds, monotonic()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._made: list[socket.socket] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._begun = monotonic()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            for made in self._made:
                made.close()

    @property
    def left(self) -> float:
        """Seconds that are left, none below 0."""
        return max(self._seconds - (monotonic() - self._begun), 0.0)

    def holds(self, made: socket.socket) -> None:
        """Watch this connection too. It is known by a second name, for TLS takes the first one away."""
        with self._lock:
            self._made.append(made.dup())
        if self.over.is_set():
            self._cut()

    def _cut(self) -> None:
        self.over.set()
        with self._lock:
            for made in self._made:
                with contextlib.suppress(OSError):  # it has ended by itself
                    made.shutdown(socket.SHUT_RDWR)


def _watched(kind: Any, watch: Watch) -> Any:
    """urllib3's connection of this kind, which this watch holds."""

    class Watched(kind):  # type: ignore[misc]
        watched = True

        def _new_conn(self) -> socket.socket:
            if watch.over.is_set():
                raise ConnectTimeoutError(self, "The time is over.")
            made: socket.socket = super()._new_conn()
            watch.holds(made)
            return made

    return Watched


class CheckedAdapter(HTTPAdapter):
    """Connects to the address that was checked, and tells the server (and its certificate) the name that was asked."""

    def __init__(self, allow_hosts: frozenset[str], watch: Watch, *, patient: bool = True) -> None:
        self._allow_hosts, self._watch = allow_hosts, watch
        super().__init__(max_retries=_RETRIES if patient else 0)

    def get_connection_with_tls_context(self, *args: Any, **named: Any) -> HTTPConnectionPool:
        """The pool whose connections are watched."""
        pool: Any = super().get_connection_with_tls_context(*args, **named)
        if not hasattr(pool.ConnectionCls, "watched"):
            pool.ConnectionCls = _watched(pool.ConnectionCls, self._watch)
        return cast("HTTPConnectionPool", pool)

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,  # noqa: FBT001 - the signature is that of requests
        cert: str | tuple[str, str] | None = None,
    ) -> tuple[_HostParams, _PoolKwargs]:
        """The connection's address is the one that was checked; the request and the certificate bear the name."""
        host, security = super().build_connection_pool_key_attributes(request, verify, cert)
        url, name = str(request.url), str(host["host"]).strip("[]")
        request.headers["Host"] = urlsplit(url).netloc
        host["host"] = _checked_address(url, name, self._allow_hosts, self._watch.left)
        if host["scheme"] == "https":
            cast("dict[str, object]", security).update(server_hostname=name, assert_hostname=name)
        return host, security


def _checked_address(url: str, name: str, allow_hosts: frozenset[str], seconds: float) -> str:
    """The numeric address to connect to for ``name``: IPv4 where there is one, as not every network carries IPv6."""
    try:
        found = _looked_up(name, seconds)
    except UnicodeError as error:
        raise misspelt(url) from error
    except OSError as error:
        raise NoAnswer(
            f"The host {name!r} of the address {shown(url)} is not known.",
            "Check the spelling of the address and the connection to the internet.",
        ) from error
    addresses = sorted(
        {ipaddress.ip_address(entry[4][0]) for entry in found}, key=lambda each: (each.version, int(each))
    )
    private = next((address for address in addresses if not is_public(address)), None)
    if private is not None and name.lower() not in allow_hosts:
        raise BadAddress(
            f"The address {shown(url)} leads into a private network ({private}).",
            f"Use an address on the public web, or allow the host {name!r} by name in WORKBENCH_ALLOW_HOSTS.",
        )
    return str(addresses[0])


def _looked_up(name: str, seconds: float) -> list[Any]:
    """What the system's resolver says, within so many seconds: it has no limit of its own, and is left behind where it hangs."""
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def look() -> None:
        try:
            answers.put(socket.getaddrinfo(name, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        raise NoAnswer(
            f"Where the host {name!r} is was not known after {seconds:.0f} seconds.",
            "Check the connection to the internet, and try again.",
        ) from None
    if isinstance(found, Exception):
        raise found
    return cast("list[Any]", found)


def is_public(address: _Address) -> bool:
    """Whether the address is one of the open internet; an IPv4 address in IPv6 clothes is judged as what it is.

    >>> [is_public(ipaddress.ip_address(text)) for text in ("93.184.216.34", "169.254.169.254", "::ffff:10.0.0.1")]
    [True, False, False]
    >>> [is_public(ipaddress.ip_address(text)) for text in ("168.63.129.16", "2001:db9::5efe:a00:1", "2620:0:2d0:200::7")]
    [False, False, True]
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if address.teredo or int(address) >> 32 & 0xFFFF_FFFF in _ISATAP:
            return False
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in _INNER):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def misspelt(url: str) -> BadAddress:
    """What is told of an address that is not spelt like one.

    >>> print(misspelt("http://jana:secret@[korda"))
    The address http://[korda is not spelt like a web address. Copy it again from the browser.
    """
    return BadAddress(f"The address {shown(url)} is not spelt like a web address.", "Copy it again from the browser.")


def shown(url: str) -> str:
    """An address as messages tell it: without what may be a name and password before its host, however it is misspelt.

    Where the address begins with a host and a path, a later @ hides nothing. Everywhere else all before the last one goes: a
    password may hold any sign.

    >>> shown("http:jana:gehe/im@korda.example/x"), shown("jana:geheim@korda.example")
    ('http:korda.example/x', 'korda.example')
    >>> shown("https://korda.example/@jana")
    'https://korda.example/@jana'
    """
    begun = _BEGINNING.match(url)
    start = begun.end() if begun else 0
    if "@" not in url[start:] or _HOST_AND_PATH.match(url, start):
        return url
    return url[:start] + url.rpartition("@")[2]
