"""How the tests are spread over several processes (pytest -n 2): file by file, and the journeys in a browser last, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer

JOURNEYS = ("tests/browser/", "tests/newsroom/")


class Spread(LoadFileScheduling):
    """A file goes to one process whole. So do all journeys: two browsers with their servers would keep each other waiting."""

    def _split_scope(self, nodeid: str) -> str:
        return "journeys" if nodeid.startswith(JOURNEYS) else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Spread:
    """The order in which files are given out is that of their collection."""
    config.option.loadscopereorder = False
    return Spread(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys come last, when the other processes have little left to do beside them."""
    items.sort(key=lambda item: item.nodeid.startswith(JOURNEYS))
