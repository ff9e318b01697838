"""The door, drawn without a browser: what stands there, and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from claims import Store
from claims.errors import ClaimsError, NotAllowed
from workbench import desk, signin
from workbench.signin import Settings

DESK = Settings(("korda.example",), (), "id.korda.example", "https://desk.korda.example/oauth2callback")


def shown(app: AppTest) -> str:
    """All that is drawn, in one text."""
    return " ".join(str(each.proto) for each in app.main)


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk has a sign-in."""
    monkeypatch.setattr(signin, "settings", lambda: DESK)


@pytest.mark.usefixtures("filled", "behind")
def test_nobody_comes_in_who_has_not_signed_in(app: AppTest) -> None:
    """One button, and where it leads; nothing of the desk, not even what stands in the session from elsewhere."""
    app.session_state["person"] = "Marusa"
    app.session_state[desk.SIGNED_IN] = "Marusa"
    app.run()
    assert [button.label for button in app.button] == ["Sign in"]
    assert "id.korda.example" in shown(app)
    assert "inmates" not in shown(app)
    assert not app.exception


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.7", None])
def test_a_desk_on_a_network_without_sign_in_draws_nothing(app: AppTest, address: str | None) -> None:
    """Whatever started it so: a sentence stands there, with what to do."""
    config.set_option("server.address", address)
    try:
        app.run()
    finally:
        config.get_config_options(force_reparse=True)
    assert "no sign-in is set" in shown(app)
    assert list(app.button) == []
    assert "inmates" not in shown(app)


@pytest.mark.usefixtures("filled")
def test_settings_that_are_wrong_shut_the_desk(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the file is told, and is no reason to let everybody in."""

    def broken() -> Settings | None:
        raise ClaimsError("[auth] in secrets.toml lacks client_id.", "Put it there.")

    monkeypatch.setattr(signin, "settings", broken)
    app.run()
    assert "lacks client_id" in shown(app)
    assert "inmates" not in shown(app)


def guest(**told: Any) -> dict[str, Any]:
    return {"iat": signin.now(), "email": "jana@korda.example", "email_verified": True, "name": "Jana"} | told


@pytest.mark.usefixtures("behind")
def test_nobody_signed_in_sits_down_as_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by the choice of a name, nor after the sign-in has come to its end, nor by the computer's name."""
    session: dict[str, Any] = {desk.SIGNED_IN: "Jana", "person": "Marusa"}
    user: dict[str, Any] = guest()
    monkeypatch.setattr(desk.st, "session_state", session)
    monkeypatch.setattr(desk.st.user.__class__, "to_dict", lambda _: user)
    assert (desk.person(), desk.seated()) == ("Jana", "Jana")
    with pytest.raises(NotAllowed, match="You are signed in, and cannot be Marusa"):
        desk.sit("Marusa")
    user["iat"] = 0
    with pytest.raises(NotAllowed, match="more than 12 hours old"):
        desk.person()
    user |= guest()
    del session[desk.SIGNED_IN]
    with pytest.raises(NotAllowed, match="Nobody has signed in here"):
        desk.person()


def test_without_a_sign_in_a_name_is_chosen(store: Store, app: AppTest) -> None:
    """The desk of one machine asks who sits there, as ever."""
    store.add_person("Marusa")
    app.run()
    assert "Who sits here" in [box.label for box in app.selectbox]
