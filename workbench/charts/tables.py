"""The numbers of a chart as a table of the page: a caption, heads to its columns and its rows, all of it text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.shown import escape


def table_html(caption: str, heads: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """A table whose first column names its rows.

    >>> table_html("Verdicts", ["Verdict", "Claims"], [["<b>", 1200]])
    '<table class="numbers"><caption>Verdicts</caption><thead><tr><th scope="col">Verdict</th><th scope="col">Claims</th></tr>\
</thead><tbody><tr><th scope="row">&lt;b&gt;</th><td>1,200</td></tr></tbody></table>'
    """
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(
        f'<tr><th scope="row">{_cell(line[0])}</th>{"".join(f"<td>{_cell(each)}</td>" for each in line[1:])}</tr>'
        for line in lines
    )
    return (
        f'<table class="numbers"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else escape(str(value))
