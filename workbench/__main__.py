"""``python -m workbench`` where the command is not on the path."""

from __future__ import annotations

from workbench.cli import main

main(prog_name="workbench")
