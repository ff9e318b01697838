"""What may be asked for beside the screens, without a sign-in and with one; the browser journeys ask the real server."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from workbench import door, signin
from workbench.door import Door
from workbench.signin import Settings

DESK = Settings(("korda.example",), (), "id.korda.example", "")


async def heard(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("the desk")
    await socket.close()


def answer(request: Request) -> Response:
    """A logo is a picture; whatever else is asked for is text, by whatever name."""
    return PlainTextResponse("the desk", media_type="image/png" if "logo" in request.url.path else "text/plain")


def asked() -> Door:
    """A server that answers whatever it is asked, behind the door."""
    kept = ["/media/{name}", "/static/media/{name}", "/_stcore/upload_file/{name}"]
    paths = ["/", *kept, "/_stcore/metrics", "/_stcore/health", "/api/claims"]
    routes = [Route(path, answer) for path in paths]
    return Door(Starlette(routes=[*routes, WebSocketRoute("/_stcore/stream", heard)]))


def client(host: str = "127.0.0.1:8501") -> TestClient:
    return TestClient(asked(), base_url=f"http://{host}")


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk without a sign-in."""
    monkeypatch.setattr(signin, "settings", lambda: None)


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk with one."""
    monkeypatch.setattr(signin, "settings", lambda: DESK)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "127.0.0.1"])
def test_a_desk_without_sign_in_answers_to_its_own_names(host: str) -> None:
    """As its reader's browser calls it."""
    assert client(host).get("/").text == "the desk"
    with client(host).websocket_connect(f"ws://{host}/_stcore/stream") as socket:
        assert socket.receive_text() == "the desk"


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    "host", ["evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example:8501", "192.0.2.7:8501"]
)
def test_a_desk_without_sign_in_answers_to_no_other_name(host: str) -> None:
    """A page whose name was made to lead to this machine reads nothing, over whatever it asks."""
    answer = client(host).get("/")
    assert (answer.status_code, answer.text) == (403, "This desk answers on this machine only, as http://localhost.")
    with pytest.raises(WebSocketDisconnect), client(host).websocket_connect(f"ws://{host}/_stcore/stream"):
        pass


@pytest.mark.parametrize("sign_in", ["alone", "behind"])
@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://127.0.0.1:9999",
        "http://localhost:8501",
        "null",
        "",
        "http://[",
        "127.0.0.1:8501",
    ],
)
def test_no_page_from_elsewhere_gets_a_websocket(origin: str, sign_in: str, request: pytest.FixtureRequest) -> None:
    """It says where it is from, and that is not where it asks; one that says nothing of it is no browser's."""
    request.getfixturevalue(sign_in)
    for host in ("127.0.0.1:8501",) if sign_in == "alone" else ("127.0.0.1:8501", "desk.korda.example"):
        own, stream = client(host), f"ws://{host}/_stcore/stream"
        with (
            pytest.raises(WebSocketDisconnect) as shut,
            own.websocket_connect(stream, headers={"origin": origin}),
        ):
            pass
        assert (shut.value.code, shut.value.reason) == (1008, "Only this desk's own pages may ask that.")
        for said in ({"origin": f"http://{host}"}, {"origin": f"https://{host}"}, {}):
            with own.websocket_connect(stream, headers=said) as socket:
                assert socket.receive_text() == "the desk"


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(
    "path", ["/media/abc.csv", "/media/abc", "/media/abc.html", "/_stcore/upload_file/abc", "/_stcore/metrics"]
)
def test_files_are_for_who_is_in(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a cookie, and with one that this desk never signed, there are none."""
    assert client("desk.korda.example").get(path).status_code == 403
    forged = {
        "_streamlit_user": "eyJlbWFpbCI6Im1hcnVzYSJ9.aaaa.bbbb",
        "_streamlit_user_1": "\N{LATIN SMALL LETTER E WITH ACUTE}",
    }
    assert not door.is_inside(forged)
    monkeypatch.setattr(door, "is_inside", lambda _: True)
    assert client("desk.korda.example").get(path).text == "the desk"


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize("path", ["/media/export.png", "/media/export.svg"])
def test_a_table_is_not_given_away_as_a_picture(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit hands a file out by its number alone, whatever ending the name is given."""
    refused = client("desk.korda.example").get(path)
    assert (refused.status_code, refused.text) == (403, "Sign in at this desk first.")
    monkeypatch.setattr(door, "is_inside", lambda _: True)
    assert client("desk.korda.example").get(path).text == "the desk"


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(
    "path", ["/", "/media/logo.png", "/media/logo.svg", "/static/media/letters.woff2", "/_stcore/health", "/api/claims"]
)
def test_what_the_door_is_drawn_with_is_for_all(path: str) -> None:
    """The page that asks for the sign-in, its pictures and letters; the address for programs has a lock of its own."""
    assert client("desk.korda.example").get(path).text == "the desk"


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize(
    "host",
    [
        "desk.korda.example",
        "desk.korda.example/?",
        "desk.korda.example/x#",
        "x?",
        "#",
        "x/..",
        "[",
        "x:y",
        "",
        "a\\b",
        "@",
    ],
)
def test_no_name_of_the_server_opens_the_files(host: str) -> None:
    """The path is the one that was asked for, whatever the request calls the server."""
    refused = client("desk.korda.example").get("/media/abc.csv", headers={"host": host})
    assert (refused.status_code, refused.text) == (403, "Sign in at this desk first.")


def test_the_path_is_the_one_that_is_answered() -> None:
    """An address made of the server's name and the path is taken apart otherwise than it was put together."""
    for path in ("/media/a\tb", "/media/\n", "/me\tdia/abc", "//media/abc", "/media/a?b#c\\d", "/media/\u00e4"):
        scope = {"type": "http", "path": path, "headers": [(b"host", b"desk.korda.example")], "query_string": b""}
        assert door._path(HTTPConnection(scope)) == path
