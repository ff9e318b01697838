"""Who may enter: the newsroom's provider says who somebody is, and the settings whom the desk lets in.

    settings     what secrets.toml says of it; None where the desk has no sign-in
    admit        a guest, from what the provider told; whoever may not enter is refused with a sentence
    check_open   where the desk may listen, with a sign-in and without

Streamlit keeps the settings (``[auth]`` in secrets.toml) and does the talking with the provider, through Authlib.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from claims.errors import ClaimsError, NotAllowed, StoreError
from claims.store.signing import address_of
from workbench.beneath import checked

#: Seconds that a sign-in lasts: a long working day. Streamlit's cookie would do for a month.
LASTS = 12 * 3600

#: Seconds by which the provider's clock may be ahead.
AHEAD = 300

#: Signs of the secret that signs the cookies: a guess must be hopeless.
SHORTEST = 32

#: What of [auth] is Streamlit's, and must be there.
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")

#: In the place of addresses: everybody for whom the provider vouches.
EVERYBODY = "*"

_CALLBACK = "/oauth2callback"

# Sign-ins that were signed out here, and when: another tab and a cookie that was copied end with them.
_ended: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Settings:
    """Whom the desk lets in, as addresses and domains, who is its admin, and at which address it is to be found."""

    allow: tuple[str, ...]
    admins: tuple[str, ...]
    provider: str
    redirect_uri: str

    @property
    def address(self) -> str:
        """Where people find the desk.

        >>> Settings((), (), "", "https://korda.example/desk/oauth2callback").address
        'https://korda.example/desk'
        """
        return self.redirect_uri.removesuffix(_CALLBACK)

    def lists(self, address: str) -> bool:
        """Whether somebody with this address may enter; a domain stands for itself and not for those below it.

        >>> desk = Settings(("korda.example", "tom@ferry.example"), (), "", "")
        >>> [desk.lists(name) for name in ("jana@korda.example", "tom@ferry.example", "ilic@ferry.example")]
        [True, True, False]
        >>> desk.lists("jana@mail.korda.example"), desk.lists("jana@korda.example.evil.example")
        (False, False)
        """
        return not {EVERYBODY, address, address.rpartition("@")[2]}.isdisjoint({*self.allow, *self.admins})


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody whom the provider vouches for and the settings let in; ``key`` names this one sign-in."""

    address: str
    name: str
    key: str


@cache
def settings() -> Settings | None:
    """What secrets.toml says of the sign-in, read once; None where it says nothing. ClaimsError where it says it wrongly.

    Read once: a desk that was started with a sign-in does not lose it where the file is changed or damaged.
    """
    from streamlit import config  # noqa: PLC0415 - half a second that `workbench --help` does not wait for
    from streamlit.errors import StreamlitSecretNotFoundError  # noqa: PLC0415
    from streamlit.runtime.secrets import secrets_singleton  # noqa: PLC0415

    there = [path for path in config.get_option("secrets.files") if Path(path).exists()]
    if not there:
        return None
    try:
        told = secrets_singleton.to_dict()
    except (StreamlitSecretNotFoundError, OSError, UnicodeDecodeError) as error:
        raise ClaimsError(
            f"The settings of the sign-in cannot be read: {', '.join(there)}.", f"Mend the file: {error}"
        ) from error
    return read(told["auth"]) if "auth" in told else None


def read(auth: Any) -> Settings:
    """The settings from the table [auth]. ClaimsError for what is missing in it.

    >>> read({"client_id": "desk"})
    Traceback (most recent call last):
    claims.errors.ClaimsError: [auth] in secrets.toml lacks redirect_uri, cookie_secret, client_secret, server_metadata_url. Put it there: README.md shows it whole.
    """
    told = auth if isinstance(auth, Mapping) else {}
    if missing := [name for name in NEEDED if not str(told.get(name) or "").strip()]:
        raise ClaimsError(
            f"[auth] in secrets.toml lacks {', '.join(missing)}.", "Put it there: README.md shows it whole."
        )
    if len(str(told["cookie_secret"])) < SHORTEST:
        raise ClaimsError(
            f"cookie_secret in [auth] has fewer than {SHORTEST} characters.",
            'Make one: python3 -c "import secrets; print(secrets.token_hex(32))"',
        )
    redirect = str(told["redirect_uri"])
    if not redirect.endswith(_CALLBACK) or urlsplit(redirect).scheme not in {"http", "https"}:
        raise ClaimsError(
            f"redirect_uri in [auth] does not end with {_CALLBACK}.",
            f"Give the desk's own address, such as https://desk.korda.example{_CALLBACK}.",
        )
    admins = _listed(told, "admins")
    allow = _listed(told, "allow")
    if not allow and not admins:
        raise ClaimsError(
            "[auth] in secrets.toml does not say who may enter.",
            f'Add allow = ["korda.example"], with addresses and domains, or "{EVERYBODY}" for all whom the provider knows.',
        )
    if EVERYBODY in allow and not admins:
        raise ClaimsError(
            "[auth] in secrets.toml lets everybody in and names no admins: the first stranger to sign in would be the admin.",
            'Add admins = ["jana@korda.example"], or let allow name addresses and domains.',
        )
    if any("@" not in each for each in admins):
        raise ClaimsError("admins in [auth] names somebody without an address.", "Give whole e-mail addresses.")
    if find_spec("authlib") is None or find_spec("httpx") is None:
        raise ClaimsError("The sign-in needs Authlib.", "Put it in: pip install 'claims-workbench[signin]'")
    return Settings(allow, admins, urlsplit(str(told["server_metadata_url"])).netloc, redirect)


def admit(told: Mapping[str, Any], desk: Settings, now: float) -> Guest:
    """Who comes, from what the provider told of them; NotAllowed, with the next step, where they may not enter.

    >>> desk = Settings(("korda.example",), (), "id.korda.example", "")
    >>> told = {"email": "Jana@korda.example", "email_verified": True, "name": "Jana Ilic", "iat": 1000}
    >>> admit(told, desk, 1001.0).address
    'jana@korda.example'
    >>> admit(told | {"email_verified": False}, desk, 1001.0)
    Traceback (most recent call last):
    claims.errors.NotAllowed: id.korda.example has not verified that Jana@korda.example is yours. Verify it there, then sign in again.
    """
    given = told.get("email")
    if not isinstance(given, str) or not given.strip():
        raise NotAllowed(
            f"{desk.provider} did not tell your e-mail address, by which the desk knows people.",
            "Ask whoever runs the desk to let it tell email and email_verified.",
        )
    if told.get("email_verified") not in (True, "true"):  # some write the word
        raise NotAllowed(
            f"{desk.provider} has not verified that {given} is yours.", "Verify it there, then sign in again."
        )
    began = told.get("iat")
    if isinstance(began, bool) or not isinstance(began, int | float) or not -AHEAD <= now - began < LASTS:
        raise NotAllowed(f"Your sign-in is more than {LASTS // 3600} hours old.", "Sign in again to go on.")
    key = _key(told)
    if key in _ended:
        raise NotAllowed("You have signed out.", "Sign in again to go on.")
    try:
        address = address_of(given)
    except StoreError as error:
        raise NotAllowed(error.problem, "Sign in with another account.") from error
    if not desk.lists(address):
        raise NotAllowed(
            f"{address} is not on the list of who may enter this desk.",
            "Ask whoever runs the desk to put you on it, or sign in with another account.",
        )
    return Guest(address, str(told.get("name") or ""), key)


def as_admin(guest: Guest, desk: Settings) -> bool | None:
    """Whether a guest comes as the desk's admin; None where the settings leave that to who is first."""
    return guest.address in desk.admins if desk.admins else None


def end(told: Mapping[str, Any], now: float) -> None:
    """From now on this sign-in is none, in whatever tab or copy of its cookie it comes again."""
    for key, ended in list(_ended.items()):
        if now - ended > LASTS + AHEAD:
            _ended.pop(key, None)
    _ended[_key(told)] = now


def is_own(address: str | None) -> bool:
    """Whether a server that listens at this address is reached from this machine alone.

    >>> is_own("127.0.0.1"), is_own("localhost"), is_own("0.0.0.0"), is_own(""), is_own("desk.korda.example")
    (True, True, False, False, False)
    """
    try:
        return address == "localhost" or ip_address(address or "").is_loopback
    except ValueError:
        return False


def check_open(address: str | None) -> Settings | None:
    """The settings of a desk that may listen at this address.

    ClaimsError for a network without a sign-in, for a base path that is none, and for a sign-in that comes back beside
    the desk: there its cookie would not be sent.
    """
    desk, path = settings(), checked()
    if desk is None and not is_own(address):
        raise ClaimsError(
            f"The desk would listen on the network at {address or 'every address'}, and whoever finds it could enter: no sign-in is set.",
            "Set one, as README.md says under “For a newsroom”, or listen on this machine only: leave out --public and server.address.",
        )
    if desk and path and not desk.redirect_uri.endswith(path + _CALLBACK):
        raise ClaimsError(
            f"The desk stands under {path} (server.baseUrlPath), and redirect_uri in [auth] leads elsewhere.",
            f"Let it end with {path}{_CALLBACK}, and tell the provider the same.",
        )
    return desk


def now() -> float:
    """The moment by this machine's clock, as the provider gives its own."""
    return time.time()


def _key(told: Mapping[str, Any]) -> str:
    parts = [str(told.get(name)) for name in ("iss", "sub", "iat", "nonce")]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _listed(told: Mapping[str, Any], name: str) -> tuple[str, ...]:
    given = told.get(name, [])
    if isinstance(given, str) or not isinstance(given, Sequence) or not all(isinstance(each, str) for each in given):
        raise ClaimsError(f"{name} in [auth] is no list of addresses.", f'Write it so: {name} = ["jana@korda.example"]')
    return tuple("".join(s.lower() if s.isascii() else s for s in each.strip()).removeprefix("@") for each in given)
