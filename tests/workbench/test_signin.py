"""Who may enter, by what the provider told and the settings say; what is missing or wrong there is said, and shuts the desk."""

from __future__ import annotations

from typing import Any

import pytest

from claims.errors import ClaimsError, NotAllowed
from workbench import signin
from workbench.signin import LASTS, Settings, admit, as_admin, is_own, read

NOW = 1_700_000_000.0

DESK = Settings(("korda.example", "tom@ferry.example"), ("marusa@korda.example",), "id.korda.example", "")

TOLD: dict[str, Any] = {
    "iss": "https://id.korda.example", "sub": "17", "nonce": "n", "iat": int(NOW) - 60, "email": "jana@korda.example",
    "email_verified": True, "name": "Jana Ilic",
}  # fmt: skip

AUTH: dict[str, Any] = {
    "redirect_uri": "https://desk.korda.example/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "desk",
    "client_secret": "known to two",
    "server_metadata_url": "https://id.korda.example/.well-known/openid-configuration",
    "allow": ["Korda.example", "@vell.example", " Tom@ferry.example "],
}


def test_settings_are_read_from_the_table_of_streamlits_sign_in() -> None:
    """Domains with and without the sign before them, addresses, capitals: all are read as they are compared."""
    assert read(AUTH) == Settings(
        ("korda.example", "vell.example", "tom@ferry.example"), (), "id.korda.example", AUTH["redirect_uri"]
    )


@pytest.mark.parametrize("name", signin.NEEDED)
def test_what_is_missing_is_named(name: str) -> None:
    """A table without one of its parts, or with an empty one, is no sign-in, and no reason to go without."""
    for told in ({key: value for key, value in AUTH.items() if key != name}, AUTH | {name: " "}):
        with pytest.raises(ClaimsError, match=rf"lacks {name}\."):
            read(told)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"cookie_secret": "short"}, "has fewer than 32 characters"),
        ({"redirect_uri": "https://desk.korda.example/"}, "does not end with /oauth2callback"),
        ({"redirect_uri": "desk.korda.example/oauth2callback"}, "does not end with /oauth2callback"),
        ({"allow": []}, "does not say who may enter"),
        ({"allow": "korda.example"}, "allow in .auth. is no list of addresses"),
        ({"allow": [7]}, "allow in .auth. is no list of addresses"),
        ({"allow": ["*"]}, "the first stranger to sign in would be the admin"),
        ({"allow": ["korda.example", "*"], "admins": []}, "the first stranger to sign in would be the admin"),
        ({"admins": ["korda.example"]}, "admins in .auth. names somebody without an address"),
    ],
)
def test_what_is_wrong_is_said(given: dict[str, Any], why: str) -> None:
    """Nothing of it is guessed."""
    with pytest.raises(ClaimsError, match=why):
        read(AUTH | given)
    with pytest.raises(ClaimsError, match="lacks"):
        read("no table")


@pytest.mark.parametrize(
    "address", ["jana@korda.example", "JANA@Korda.example", "tom@ferry.example", "marusa@korda.example"]
)
def test_who_is_on_the_list_comes_in(address: str) -> None:
    """By their domain or their own address, whatever the case."""
    assert admit(TOLD | {"email": address}, DESK, NOW).address == address.lower()


@pytest.mark.parametrize(
    "address",
    [
        "ilic@ferry.example", "jana@mail.korda.example", "jana@korda.example.evil.example", "jana@evil-korda.example",
        "korda.example@evil.example", "tom@ferry.example@evil.example", "jana@\N{KELVIN SIGN}orda.example",
        "jana@kord\N{CYRILLIC SMALL LETTER A}.example", "korda.example", "@korda.example", "",
        "jana @korda.example", None, 7, ["jana@korda.example"],
    ],
)  # fmt: skip
def test_who_is_not_on_the_list_stays_out(address: Any) -> None:
    """Neither a like name nor a like domain opens the door; what is no address is none."""
    with pytest.raises(NotAllowed):
        admit(TOLD | {"email": address}, DESK, NOW)


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 1.5, 0, [], {}])
def test_an_address_that_nobody_proved_stays_out(verified: Any) -> None:
    """Only a plain yes of the provider's counts, be it the word."""
    with pytest.raises(NotAllowed, match=r"has not verified that jana@korda\.example is yours"):
        admit(TOLD | {"email_verified": verified}, DESK, NOW)
    assert admit(TOLD | {"email_verified": "true"}, DESK, NOW)
    untold = {name: value for name, value in TOLD.items() if name != "email_verified"}
    with pytest.raises(NotAllowed, match="has not verified"):
        admit(untold, DESK, NOW)


@pytest.mark.parametrize("began", [NOW - LASTS, NOW + 3600, 0, None, "yesterday", True, float("nan"), float("inf")])
def test_a_sign_in_has_its_time(began: Any) -> None:
    """Too old, of the future or without a time, it is none; in the last second of its day it holds."""
    with pytest.raises(NotAllowed, match="more than 12 hours old"):
        admit(TOLD | {"iat": began}, DESK, NOW)
    assert admit(TOLD | {"iat": NOW - LASTS + 1}, DESK, NOW)


def test_a_sign_in_that_was_ended_is_none() -> None:
    """Whoever brings it again; another one of the same person's holds."""
    told = TOLD | {"nonce": "ended here"}
    assert admit(told, DESK, NOW)
    signin.end(told, NOW)
    with pytest.raises(NotAllowed, match="You have signed out"):
        admit(told, DESK, NOW)
    assert admit(TOLD | {"nonce": "the next"}, DESK, NOW)
    signin.end(TOLD | {"nonce": "much later"}, NOW + 3 * LASTS)
    assert admit(told, DESK, NOW)  # forgotten, since by then its time is over too


def test_the_settings_say_who_is_admin() -> None:
    """Where they name none, that is left to who is first."""
    marusa, jana = (admit(TOLD | {"email": name}, DESK, NOW) for name in ("Marusa@korda.example", "jana@korda.example"))
    assert (as_admin(marusa, DESK), as_admin(jana, DESK)) == (True, False)
    assert as_admin(jana, read(AUTH)) is None


def test_everybody_can_be_let_in_by_the_word_for_it() -> None:
    """Whom the provider vouches for, then, if it is the newsroom's own; who is admin is said."""
    desk = read(AUTH | {"allow": ["*"], "admins": ["marusa@korda.example"]})
    assert as_admin(admit(TOLD | {"email": "anybody@vell.example"}, desk, NOW), desk) is False


@pytest.mark.parametrize(
    "address", ["0.0.0.0", "::", "", None, "192.0.2.7", "desk.korda.example", "unix:///desk.sock", "127.0.0.1.example"]
)
def test_what_is_not_surely_this_machine_is_a_network(address: str | None) -> None:
    """An address that is not known to be this machine's own counts as open."""
    assert not is_own(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_is_known_by_its_own_addresses(address: str) -> None:
    """All of them."""
    assert is_own(address)
