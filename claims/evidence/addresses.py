"""Web addresses: which of them lead to the same page, which lead to a copy in an archive, and which are none."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

#: Characters of the longest address that is taken: what browsers and servers still agree on.
LONGEST = 2_000

# What is not seen and does something: tabs, ends of lines, signs that no XML can hold.
_CONTROL = r"\x00-\x1f\x7f-\x9f"

#: A web address: http(s), and neither a blank nor a control character in it.
WEB = re.compile(rf"https?://[^\s{_CONTROL}]+", re.IGNORECASE)
_UNSEEN = re.compile(f"[{_CONTROL}]")

# Half of a pair that only together are a character: no address on the network can hold it.
_HALF = re.compile("[\ud800-\udfff]")

# What says where a reader came from, and nothing about the page.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|at_(?:medium|campaign)", re.IGNORECASE)
_STANDARD_PORT = {"http": 80, "https": 443}

# What a browser would run or open on the reader's own machine, where a link should lead to a page.
_OTHER_SCHEME = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://|(?P<bare>javascript|vbscript|data|file|blob|about):", re.IGNORECASE
)

# A scheme of the web without its two strokes, which a browser puts in and nothing here does; behind a blank it begins a title.
_WITHOUT_STROKES = re.compile(r"https?:(?!//)(?!\s)", re.IGNORECASE)

# An address whose scheme is left out, with a name or a password before its host.
_PASSWORD = re.compile(r"//+(?:[^/?#\s]*@|[^/?#@:\s]*+:\S*@)")
_MISSPELT = "The address is not spelt like a web address: copy it again from the browser."
_CARRIES = "The address carries a user name or password: take out all between // and @."

_WAYBACK = re.compile(
    r"""
    https?://(?:www\.)?web\.archive\.org/web
    /[\d*]+ (?:[a-z]{2}_)? /          # the moment, and how the copy is shown ("id_": as it was)
    (?P<page>.+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ARCHIVE_TODAY = re.compile(
    r"""
    https?://archive\.(?:ph|today|is|li|md|vn|fo)
    / (?: [\d.-]+ / (?P<page>https?:.+)  # the moment and the address of the page
        | \w+ )                          # or a short name, which does not say
    """,
    re.VERBOSE | re.IGNORECASE,
)


def page_key(address: str) -> str:
    """What two addresses of one page share; empty where the address is none of the web.

    The scheme, ``www.``, a standard port, a final slash, the fragment and what only tracks readers make no difference;
    a copy in an archive has the key of its original.

    >>> page_key("HTTPS://www.Korda.example:443/guards/?utm_source=x#top")
    'korda.example/guards'
    >>> page_key("https://web.archive.org/web/20240304/http://korda.example/guards")
    'korda.example/guards'
    >>> page_key("https://korda.example/story?id=7&utm_medium=mail") == page_key("https://korda.example/story?id=8")
    False
    >>> page_key("the roll call of 4 March")
    ''
    """
    written = archived_original(address) or address.strip()
    if not WEB.fullmatch(written):
        return ""
    try:
        parts = urlsplit(written)
        host, port = _host(parts), parts.port
    except ValueError:
        return ""
    at = host if port in (None, _STANDARD_PORT[parts.scheme]) else f"{host}:{port}"
    query = urlencode(
        [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.fullmatch(name)
        ]
    )
    path = unquote(parts.path).rstrip("/")
    return f"{at}{path}?{query}" if query else f"{at}{path}"


def _host(parts: SplitResult) -> str:
    """The host as the network knows it: a name with letters beyond ASCII in its Punycode."""
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def is_archive(address: str) -> bool:
    """Whether an address leads to a copy of one page in an archive.

    >>> is_archive("https://archive.ph/aB3xZ"), is_archive("https://web.archive.org/about")
    (True, False)
    """
    written = address.strip()
    return bool(_WAYBACK.fullmatch(written) or _ARCHIVE_TODAY.fullmatch(written))


def archived_original(address: str) -> str:
    """The address of the page that a copy in an archive was made of; empty where this does not say it.

    >>> archived_original("https://web.archive.org/web/20240304101500id_/https://korda.example/guards")
    'https://korda.example/guards'
    >>> archived_original("https://archive.ph/aB3xZ"), archived_original("https://korda.example/guards")
    ('', '')
    """
    written = address.strip()
    found = _WAYBACK.fullmatch(written) or _ARCHIVE_TODAY.fullmatch(written)
    page = (found and found["page"]) or ""
    if page and "://" not in page:
        page = f"http://{page}"
    return page if WEB.fullmatch(page) else ""


def address_problem(location: str) -> str:
    r"""What keeps a location from being shown as one, as a sentence; empty if all is well, and for a document's name.

    >>> address_problem("javascript:alert(1)")
    'An address of the kind javascript: is not taken as a source: use one that starts with http:// or https://.'
    >>> address_problem("https://korda.example/\ud83d")
    'The address has half of a character in it: copy it again from the browser.'
    >>> address_problem("https://korda.example/roll-call"), address_problem("Roll call, 4 March: the count")
    ('', '')
    >>> address_problem("https:/korda.example/roll-call")
    'The address is not spelt like a web address: copy it again from the browser.'
    >>> address_problem("https://korda.example/\x01")
    'The address has a control character in it: copy it again from the browser.'
    """
    written = location.strip()
    if len(written) > LONGEST:
        return f"The address has {len(written):,} characters; {LONGEST:,} are the most: copy it again, or give a title."
    if _WITHOUT_STROKES.match(written):
        return _MISSPELT
    other = _OTHER_SCHEME.match(written)
    if other is None:
        return _CARRIES if _PASSWORD.match(written) else ""
    if (scheme := (other["scheme"] or other["bare"]).lower()) not in _STANDARD_PORT:
        return (
            f"An address of the kind {scheme}: is not taken as a source: use one that starts with http:// or https://."
        )
    return _misspelling(written)


def _misspelling(written: str) -> str:
    """What keeps an address of the web from being asked, as a sentence; empty if all is well."""
    if not WEB.fullmatch(written) or _HALF.search(written):
        unseen = "a control character" if _UNSEEN.search(written) else "a blank"
        stray = "half of a character" if WEB.fullmatch(written) else unseen
        return f"The address has {stray} in it: copy it again from the browser."
    try:
        parts = urlsplit(written)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        return _MISSPELT
    return _CARRIES if "@" in parts.netloc else ""
