"""The one way out to the web: an address in, its page out, within limits, and never to a machine of one's own network."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from claims.connections import CheckedAdapter, Watch, misspelt, shown
from claims.errors import BadAddress, BadStatus, ClaimsError, NoAnswer, RedirectLoop, TooLarge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3 import BaseHTTPResponse

#: How the program names itself, where the desk gives nobody to write to.
USER_AGENT = "claims-workbench/1 (news fact-checking desk; reads one page at a person's request)"

#: Names whom those who are asked may write to.
CONTACT = "WORKBENCH_CONTACT"

#: What is asked for: a page that a person would read, or the answer of a service to a program.
PAGE = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
JSON = "application/json"

_CHUNK = 65_536
_SUCCESS = 2

# What a status means for the person who asked; other statuses by their hundred.
_STATUS = {
    401: ("asks for a password", "Log in with a browser, save the page and read the file."),
    403: ("refuses to show the page to a program", "Open it in a browser, save the page and read the file."),
    404: ("has no page there", "Check the address, or look for the page in a web archive."),
    410: ("has taken the page away", "Look for the page in a web archive."),
    429: ("has been asked too often", "Wait a few minutes and read the address again."),
}
_STATUS_BY_HUNDRED = {
    3: ("sends on without saying where", "Open the address in a browser and use the one it ends at."),
    4: ("refuses the request", "Open it in a browser, save the page and read the file."),
    5: ("has a fault of its own", "Try again later, or open it in a browser, save the page and read the file."),
}


def _number_from_environment(name: str, otherwise: int) -> int:
    written = os.environ.get(name, "").strip()
    if not written:
        return otherwise
    if not (written.isascii() and written.isdigit()):
        raise ClaimsError(
            f"The environment variable {name} is {written!r}, which is not a whole number.",
            f"Set it to one, such as {otherwise}, or remove it.",
        )
    return int(written)


def _hosts_from_environment() -> frozenset[str]:
    return frozenset(os.environ.get("WORKBENCH_ALLOW_HOSTS", "").replace(",", " ").lower().split())


def contact(environment: Mapping[str, str] = os.environ) -> str:
    """Whom those who are asked may write to, as the desk has set it; empty where it has not, and nothing is made up.

    >>> contact({"WORKBENCH_CONTACT": "desk@korda.example"}), contact({})
    ('desk@korda.example', '')
    """
    written = environment.get(CONTACT, "").strip()
    if not written.isascii() or not written.isprintable() or set("()") & set(written):
        raise ClaimsError(
            f"The environment variable {CONTACT} is {written!r}, which cannot stand in the name that the program gives itself.",
            "Set it to an e-mail address or a page's address, of ASCII's signs and without brackets, or remove it.",
        )
    return written


def user_agent(environment: Mapping[str, str] = os.environ) -> str:
    """How the program names itself to those who are asked, with the contact where there is one.

    >>> user_agent({"WORKBENCH_CONTACT": "desk@korda.example"})
    "claims-workbench/1 (news fact-checking desk; reads one page at a person's request; contact: desk@korda.example)"
    >>> user_agent({}) == USER_AGENT
    True
    """
    whom = contact(environment)
    return f"{USER_AGENT[:-1]}; contact: {whom})" if whom else USER_AGENT


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read, how long an answer may take, and which hosts of one's own network may be asked.

    ``largest_article`` counts characters of text, ``largest_file`` bytes of a file or page before its text is
    taken out; times are seconds. WORKBENCH_LARGEST_ARTICLE, WORKBENCH_LARGEST_FILE and WORKBENCH_ALLOW_HOSTS (names
    with blanks or commas between) set the defaults.

    >>> Limits(redirects=3).redirects
    3
    """

    largest_article: int = field(
        default_factory=lambda: _number_from_environment("WORKBENCH_LARGEST_ARTICLE", 5_000_000)
    )
    largest_file: int = field(default_factory=lambda: _number_from_environment("WORKBENCH_LARGEST_FILE", 50_000_000))
    connect_seconds: float = 5.0
    read_seconds: float = 15.0
    total_seconds: float = 30.0
    redirects: int = 8
    allow_hosts: frozenset[str] = field(default_factory=_hosts_from_environment)


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: ``url`` was asked, ``final_url`` answered; header names are in lower case."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    fetched_at: datetime


def fetch(
    url: str,
    *,
    limits: Limits | None = None,
    accept: str = PAGE,
    secret: Mapping[str, str] | None = None,
    patient: bool = True,
) -> Page:
    """The page at ``url``, or the reason why there is none.

    >>> fetch("http://127.0.0.1/admin")
    Traceback (most recent call last):
        ...
    claims.errors.BadAddress: The address http://127.0.0.1/admin leads into a private network (127.0.0.1). Use an \
address on the public web, or allow the host '127.0.0.1' by name in WORKBENCH_ALLOW_HOSTS.
    >>> fetch("ftp://press.example/story.txt")
    Traceback (most recent call last):
        ...
    claims.errors.BadAddress: The address ftp://press.example/story.txt is not a web address. Use one that starts \
with http:// or https://.

    Redirects are followed by hand, so that every hop is checked like the first; each connection goes to the very
    address that was checked, whatever the name resolves to a moment later. No cookie is taken. Proxies and
    passwords of the surroundings (netrc) are not used. ``secret`` holds headers that only the origin that was asked gets:
    a redirect to another is followed without them. Where it is ``patient``, a connection that is refused and 502, 503 and 504
    are tried three times within a second; who waits in turn asks once. Raises BadAddress, BadStatus, NoAnswer, RedirectLoop, TooLarge.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.total_seconds
    asked = url.strip()
    adapter = CheckedAdapter(limits.allow_hosts, watch := Watch(limits.total_seconds), patient=patient)
    with watch, _session(adapter, accept) as session:
        for _ in range(limits.redirects + 1):
            try:
                told = secret or {} if _origin(asked) == _origin(url.strip()) else {}
                with _ask(session, asked, limits, deadline, told) as response:
                    target = requests.Session.get_redirect_target(session, response)
                    if target is None:
                        return _page(url, response, limits, deadline)
                    asked = _next(str(response.url), target)
            except (requests.RequestException, HTTPError) as error:
                if watch.over.is_set():
                    raise _too_slow(asked, limits) from error
                raise _no_answer(asked, error, limits) from error
            except ValueError as error:  # requests itself looks at where an answer sends on to
                raise misspelt(asked) from error
    raise RedirectLoop(
        f"The address {shown(url)} sends on more than {limits.redirects} times.",
        "Open it in a browser and use the address that the page ends at.",
    )


def _next(url: str, target: str) -> str:
    """Where an answer sends on to, seen from the address that gave it."""
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise misspelt(target) from error


class _Session(requests.Session):
    """A session that looks at no answer before it is asked to: requests reads the whole body of what sends on elsewhere."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Where it is sent on to, :func:`fetch` asks itself."""


def _session(adapter: CheckedAdapter, accept: str) -> requests.Session:
    session = _Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["User-Agent"] = user_agent()
    session.headers["Accept"] = accept
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)
    return session


def _origin(url: str) -> tuple[str, str]:
    """The scheme and the host with its port, which together get a secret.

    >>> _origin("https://Korda.example/a") == _origin("https://korda.example/b") != _origin("http://korda.example/b")
    True
    """
    scheme, _, rest = url.partition("://")
    return scheme.lower(), rest.partition("/")[0].partition("?")[0].lower()


def _ask(
    session: requests.Session, url: str, limits: Limits, deadline: float, secret: Mapping[str, str]
) -> requests.Response:
    """The answer's head; its body is not read yet."""
    request = _prepare(session, url)
    request.headers.update(secret)
    left = deadline - time.monotonic()
    if left <= 0:
        raise _too_slow(url, limits)
    timeout = (min(limits.connect_seconds, left), min(limits.read_seconds, left))
    return session.send(request, stream=True, allow_redirects=False, timeout=timeout)


def _prepare(session: requests.Session, url: str) -> requests.PreparedRequest:
    """The request for ``url``, if it is spelt like a web address and hides nobody's password."""
    if url.partition(":")[0].lower() not in {"http", "https"}:
        raise BadAddress(
            f"The address {shown(url)} is not a web address.", "Use one that starts with http:// or https://."
        )
    try:
        request = session.prepare_request(requests.Request("GET", url))
        parts = urlsplit(str(request.url))
        usable = bool(parts.hostname) and parts.port != 0
    except (requests.RequestException, ValueError) as error:
        raise misspelt(url) from error
    if not usable:
        raise misspelt(url)
    if "@" in parts.netloc:
        raise BadAddress(
            f"The address of {parts.hostname} carries a user name or password before its host.",
            "Take out everything between // and @, so that no password is kept with the article.",
        )
    return request


def _page(url: str, response: requests.Response, limits: Limits, deadline: float) -> Page:
    final_url = str(response.url)
    if response.status_code // 100 != _SUCCESS:
        raise _bad_status(final_url, response.status_code, response.headers.get("Retry-After", ""))
    return Page(
        url=url,
        final_url=final_url,
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        content=_body(response.raw, final_url, limits, deadline),
        fetched_at=datetime.now(UTC),
    )


def _body(raw: BaseHTTPResponse, url: str, limits: Limits, deadline: float) -> bytes:
    """The body, unpacked, read piece by piece so that neither size nor time runs over."""
    body = bytearray()
    while True:
        piece = raw.read1(_CHUNK, decode_content=True)
        body += piece
        if len(body) > limits.largest_file:
            raise TooLarge(
                f"The page at {shown(url)} is larger than the limit of {limits.largest_file:,} bytes.",
                "Save the article's text and read that, or raise the limit with WORKBENCH_LARGEST_FILE.",
            )
        if time.monotonic() > deadline:  # asked at the end, too: it may have been cut off
            raise _too_slow(url, limits)
        if not piece:
            return bytes(body)


def _bad_status(url: str, status: int, retry_after: str) -> BadStatus:
    means, remedy = _STATUS.get(status) or _STATUS_BY_HUNDRED.get(status // 100, _STATUS_BY_HUNDRED[4])
    return BadStatus(f"The server of {shown(url)} {means} (status {status}).", remedy, status, retry_after)


def _too_slow(url: str, limits: Limits) -> NoAnswer:
    return NoAnswer(
        f"The address {shown(url)} did not answer within {limits.total_seconds:g} seconds.",
        "Try again later, or open it in a browser, save the page and read the file.",
    )


def _no_answer(url: str, error: Exception, limits: Limits) -> NoAnswer:
    if isinstance(error, requests.ReadTimeout | ReadTimeoutError):
        return NoAnswer(
            f"The address {shown(url)} did not answer within {limits.read_seconds:g} seconds.",
            "Try again later, or open it in a browser, save the page and read the file.",
        )
    if isinstance(error, requests.exceptions.SSLError):
        return NoAnswer(
            f"The server of {shown(url)} cannot prove that it is who it says it is.",
            "Open the address in a browser and see what it warns of; save the page there if you trust it.",
        )
    return NoAnswer(
        f"The address {shown(url)} cannot be reached, or its answer broke off.",
        "Check the spelling of the address and the connection to the internet, and try again.",
    )
