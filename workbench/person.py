"""Who writes, where nobody has said so: the name that was handed on, or the one that the computer knows the user by."""

from __future__ import annotations

import getpass
import os

#: Who writes: ``workbench --as`` hands it on to the screens, an administrator may set it.
PERSON_VARIABLE = "WORKBENCH_PERSON"


def default_person() -> str:
    """The name that is written beside what is done, until a person of the roster is chosen."""
    if named := " ".join(os.environ.get(PERSON_VARIABLE, "").split()):
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "checker"
