"""The screens' settings: one source, private by default, readable in light and in dark."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "workbench" / ".streamlit" / "config.toml"
SETTINGS: dict[str, Any] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))

#: WCAG 2.2, 1.4.3 (text) and 1.4.11 (the bounds and states of controls).
TEXT, CONTROL = 4.5, 3.0

#: Streamlit draws captions and placeholders with the text's colour at this opacity.
FADED = 0.6

VERDICTS = ("green", "red", "violet", "gray")


def channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def luminance(colour: tuple[float, float, float]) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(front: str, back: str, opacity: float = 1.0) -> float:
    ground = channels(back)
    red, green, blue = (
        opacity * one + (1 - opacity) * other for one, other in zip(channels(front), ground, strict=True)
    )
    darker, lighter = sorted((luminance((red, green, blue)), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def theme(name: str) -> dict[str, Any]:
    chosen: dict[str, Any] = SETTINGS["theme"][name]
    return chosen


def grounds(name: str) -> list[str]:
    """Every background that plain text stands on."""
    keys = ("backgroundColor", "secondaryBackgroundColor")
    return [theme(name)[key] for key in keys] + [theme(name)["sidebar"][key] for key in keys]


def test_contrast_is_measured_as_wcag_does() -> None:
    """Black on white is 21 to 1, and #767676 on white the darkest grey that just passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") >= TEXT > contrast("#777777", "#ffffff")


def test_working_in_the_repository_looks_like_the_installed_program() -> None:
    """The settings at the top of the repository are the shipped ones, byte for byte."""
    assert (ROOT / ".streamlit" / "config.toml").read_bytes() == SHIPPED.read_bytes()


def test_private_by_default() -> None:
    """The desk answers to this machine only and tells nobody that it runs."""
    assert SETTINGS["server"]["address"] == "127.0.0.1"
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["server"]["showEmailPrompt"] is False


def test_no_table_leaves_but_by_our_own_export() -> None:
    """Streamlit's CSV of a table would let formulas run; it is switched off."""
    assert SETTINGS["client"]["disableDataExport"] is True


def test_streamlit_knows_every_setting(tmp_path: Path) -> None:
    """No setting is misspelt: Streamlit, asked from any folder, reads them from beside the entry script without a warning."""
    code = (
        "import sys; from streamlit import config;"
        "config._main_script_path = sys.argv[1]; config.get_config_options();"
        "print(config.get_option('server.address'), config.get_option('theme.dark.primaryColor'))"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(SHIPPED.parents[1] / "app.py")],
        cwd=tmp_path,
        env=clean | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["127.0.0.1", theme("dark")["primaryColor"]]
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_readable(name: str) -> None:
    """Text, captions, links and table headers reach 4.5 to 1 on every ground they stand on."""
    look = theme(name)
    for ground in grounds(name):
        assert contrast(look["textColor"], ground) >= TEXT
        assert contrast(look["textColor"], ground, FADED) >= TEXT
        assert contrast(look["linkColor"], ground) >= TEXT
        for colour in VERDICTS:
            assert contrast(look[f"{colour}TextColor"], ground) >= TEXT
    assert contrast(look["dataframeHeaderTextColor"], look["dataframeHeaderBackgroundColor"]) >= TEXT
    assert contrast(look["codeTextColor"], look["codeBackgroundColor"]) >= TEXT


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("colour", ["green", "red", "violet", "gray", "yellow", "orange", "blue"])
def test_badges_are_readable(name: str, colour: str) -> None:
    """A word on its own tinted ground reaches 4.5 to 1."""
    look = theme(name)
    assert contrast(look[f"{colour}TextColor"], look[f"{colour}BackgroundColor"]) >= TEXT


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_accent_carries_white_words_and_stands_out(name: str) -> None:
    """Streamlit writes white on the accent: that is text; the accent against the page is a control."""
    look = theme(name)
    assert contrast("#ffffff", look["primaryColor"]) >= TEXT
    for ground in grounds(name):
        assert contrast(look["primaryColor"], ground) >= CONTROL


@pytest.mark.parametrize("name", ["light", "dark"])
def test_highlighted_words_stay_readable(name: str) -> None:
    """The article's own words on a highlight reach 4.5 to 1."""
    assert contrast(theme(name)["textColor"], theme(name)["yellowBackgroundColor"]) >= TEXT


def test_both_themes_set_the_same() -> None:
    """What is chosen for light is chosen for dark, so that neither falls back to a stranger's colour."""
    assert theme("light").keys() == theme("dark").keys()
    assert theme("light")["sidebar"].keys() == theme("dark")["sidebar"].keys()
