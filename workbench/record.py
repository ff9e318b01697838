"""The record that the program was started with, opened once: the screens, and what is served beside them, show the same.

A record in memory would be another one at each opening.

    store     it, open
    let_go    close it
"""

from __future__ import annotations

import os
from threading import Lock

from claims import Store
from workbench.commands.asking import STORE_VARIABLE, Desk

_opened: dict[str, Store] = {}
_lock = Lock()


def store() -> Store:
    """The record, the same for all who ask in this process."""
    address = Desk(os.environ.get(STORE_VARIABLE)).address
    with _lock:
        if address not in _opened:
            _opened[address] = Store(address)
        return _opened[address]


def let_go() -> None:
    """Close it; whoever asks next opens it anew."""
    with _lock:
        while _opened:
            _opened.popitem()[1].close()
