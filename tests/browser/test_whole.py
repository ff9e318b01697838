"""What a click asks for is done whole, whatever the browser sends meanwhile."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import free_port, wait_until_healthy

#: Saving takes long enough for another click to come while it is under way.
APP = """
import time

import streamlit as st

from workbench.whole import keep_callbacks_whole

keep_callbacks_whole()

def save():
    time.sleep(1)
    st.session_state["saved"] = st.session_state.get("saved", 0) + 1
    st.session_state["following"] = "the next claim"

def ask():
    st.session_state["asked"] = st.session_state.get("asked", 0) + 1

st.button("Save", on_click=save)
st.button("Ask", on_click=ask)
st.text(" ".join(f"{name}: {st.session_state.get(name)}" for name in ("saved", "following", "asked")))
"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A screen with an act that takes a second."""
    script = tmp_path / "slow.py"
    script.write_text(APP, encoding="utf-8")
    port = free_port()
    flags = [f"--server.port={port}", "--server.headless=true", "--runner.fastReruns=false"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *flags], stdout=subprocess.DEVNULL
    )
    try:
        yield wait_until_healthy(port)
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_another_click_breaks_no_act_off(page: Page, address: str) -> None:
    """The second click comes while the first one's act is under way: both are done, each once."""
    page.goto(address)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("saved: 1 following: the next claim asked: 1")).to_be_visible()
