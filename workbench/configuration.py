"""The program's configuration: one table of what may be set, by the environment or in one TOML file.

    SETTINGS   each setting with its variable, its key in the file, how it is written, its default and its meaning
    take       put what the file says where the environment says nothing, so that all who ask the environment hear it

The file is ``workbench.toml`` in the user's folder of configuration, or the one that WORKBENCH_CONFIG names. The environment
wins over it, and the command line over both.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from claims.errors import ClaimsError

#: Names the file, where it is not in its usual place.
CONFIG_VARIABLE = "WORKBENCH_CONFIG"


@dataclass(frozen=True, slots=True)
class Kind:
    """How a setting is written in the file: ``words`` for it, whether a value ``fits``, and it ``as_text`` for the environment."""

    words: str
    fits: Callable[[Any], bool]
    as_text: Callable[[Any], str] = str


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each.split() == [each] for each in value)


TEXT = Kind("a text", lambda value: isinstance(value, str) and bool(value.strip()))
NUMBER = Kind("a whole number above 0", lambda value: type(value) is int and value > 0)
NAMES = Kind("a list of names", _is_names, " ".join)


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that may be set; ``key`` is its place in the file, with a dot where it stands in a table.

    A ``secret`` one, or one that may hold a password, is told in no error.
    """

    variable: str
    key: str
    kind: Kind
    default: str
    meaning: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("WORKBENCH_STORE", "store", TEXT, "`desk.sqlite` in your data folder", "the record: a file, `sqlite:///...` or `postgresql://user@host/name`", secret=True),
    Setting("WORKBENCH_PERSON", "person", TEXT, "your name on this computer", "who writes, until somebody of the roster sits down"),
    Setting("WORKBENCH_API_TOKEN", "api_token", TEXT, "none: the address is closed", "what programs bring to `/api/...`, 20 characters or more", secret=True),
    Setting("STREAMLIT_SERVER_BASE_URL_PATH", "base_path", TEXT, "none", "the path that the desk stands under, such as `desk`"),
    Setting("WORKBENCH_ALLOW_HOSTS", "fetch.allow_hosts", NAMES, "none", "hosts of your own network that may be read from"),
    Setting("WORKBENCH_CONTACT", "fetch.contact", TEXT, "none", "whom those who are asked may write to, told in the user agent; an e-mail address to Crossref too"),
    Setting("WORKBENCH_LARGEST_ARTICLE", "fetch.largest_article", NUMBER, "5000000", "characters that an article may have"),
    Setting("WORKBENCH_LARGEST_FILE", "fetch.largest_file", NUMBER, "50000000", "bytes that a file or page may have"),
    Setting("WORKBENCH_FINDERS", "finders.ask", NAMES, "none", "services that Find evidence asks, or `all`"),
    Setting("WORKBENCH_FACTCHECK_KEY", "finders.factcheck_key", TEXT, "none", "the key for Google's `factchecks`", secret=True),
    Setting("WORKBENCH_FACTCHECKS_ADDRESS", "finders.factchecks_address", TEXT, "its own", "where `factchecks` is asked"),
    Setting("WORKBENCH_WIKIPEDIA_ADDRESS", "finders.wikipedia_address", TEXT, "its own", "where `wikipedia` is asked, such as another language's"),
    Setting("WORKBENCH_WIKIDATA_ADDRESS", "finders.wikidata_address", TEXT, "its own", "where `wikidata` is asked"),
    Setting("WORKBENCH_GDELT_ADDRESS", "finders.gdelt_address", TEXT, "its own", "where `gdelt` is asked"),
    Setting("WORKBENCH_CROSSREF_ADDRESS", "finders.crossref_address", TEXT, "its own", "where `crossref` is asked"),
    Setting("WORKBENCH_ARCHIVE_KEY", "archive.key", TEXT, "none", "`ACCESS:SECRET` of your account at the Internet Archive, which then saves by it", secret=True),
    Setting("WORKBENCH_ARCHIVE_ADDRESS", "archive.address", TEXT, "its own", "where the Internet Archive is asked for copies"),
    Setting("WORKBENCH_ARCHIVE_SAVE_ADDRESS", "archive.save_address", TEXT, "its own", "where it is asked to save one"),
)  # fmt: skip


def default_path() -> Path:
    """Where the file is looked for unless WORKBENCH_CONFIG names another.

    >>> default_path().name
    'workbench.toml'
    """
    return user_config_path("claims-workbench", appauthor=False) / "workbench.toml"


def take(environment: MutableMapping[str, str] = os.environ) -> Path | None:
    """Put what the file says into the environment where it says nothing itself; the file, or None where there is none.

    ClaimsError for a file that is named and not there, cannot be read, or says what is no setting; and for a service or
    a contact, wherever they are set, that cannot be.
    """
    path = _taken(environment)
    _check(environment)
    return path


def _check(environment: Mapping[str, str]) -> None:
    """What only the engine knows of its settings; it is fetched where one is set, since that takes its time."""
    if environment.get("WORKBENCH_FINDERS", "").strip():
        from claims.finders.services import switched_on  # noqa: PLC0415

        switched_on(environment)
    if environment.get("WORKBENCH_CONTACT", "").strip():
        from claims.fetch import contact  # noqa: PLC0415

        contact(environment)


def _taken(environment: MutableMapping[str, str]) -> Path | None:
    named = environment.get(CONFIG_VARIABLE, "").strip()
    path = Path(named).expanduser() if named else default_path()
    try:
        written = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        if not named:
            return None
        raise ClaimsError(f"There is no configuration at {path}.", f"Mend {CONFIG_VARIABLE}, or remove it.") from error
    except OSError as error:
        raise ClaimsError(f"The configuration {path} cannot be read.", f"Mend it: {error}") from error
    for variable, text in read(written, str(path)).items():
        if not environment.get(variable, "").strip():
            environment[variable] = text
    return path


def read(written: bytes, place: str = "workbench.toml") -> dict[str, str]:
    r"""What a file says, as the environment would; ``place`` is what errors call it.

    >>> read(b'store = "desk.sqlite"\n[fetch]\nallow_hosts = ["wiki.korda.example"]\nlargest_file = 1000')
    {'WORKBENCH_STORE': 'desk.sqlite', 'WORKBENCH_ALLOW_HOSTS': 'wiki.korda.example', 'WORKBENCH_LARGEST_FILE': '1000'}
    >>> read(b'[fetch]\nlargest_file = "50 MB"')
    Traceback (most recent call last):
    claims.errors.ClaimsError: fetch.largest_file in workbench.toml is '50 MB', which is not a whole number above 0. Write it so, or take it out.
    """
    try:
        told = tomllib.loads(written.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ClaimsError(f"The configuration {place} is not TOML.", f"Mend it: {error}") from error
    known = {setting.key: setting for setting in SETTINGS}
    found: dict[str, str] = {}
    for key, value in _leaves(told):
        if key not in known:
            raise ClaimsError(f"{key} in {place} is no setting.", f"Take it out, or write one of: {', '.join(known)}.")
        setting = known[key]
        if not setting.kind.fits(value):
            what = "not" if setting.secret else f"{value!r}, which is not"
            raise ClaimsError(f"{key} in {place} is {what} {setting.kind.words}.", "Write it so, or take it out.")
        found[setting.variable] = setting.kind.as_text(value)
    return {setting.variable: found[setting.variable] for setting in SETTINGS if setting.variable in found}


def _leaves(told: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Each value with its key; one that stands in a table with the table's name before a dot."""
    for name, value in told.items():
        if isinstance(value, dict) and not above:
            yield from _leaves(value, f"{name}.")
        else:
            yield above + name, value
