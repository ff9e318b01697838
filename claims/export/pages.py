"""How every form is written: pages and Markdown from templates, where nothing that is told becomes markup, and JSON."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from claims.store.schema import storable

#: What Markdown gives a meaning to anywhere, and what it does at the beginning of a line; a backslash takes it away.
_INLINE = re.compile(r"([\\`*_{}\[\]<>|~$&])")
_LEADING = re.compile(r"^(\d{0,9})([-+#=.)])")

# What turns the direction of the text that follows it, and what ends that; the marks only lean what is beside them.
_PDI, _PDF = "\N{POP DIRECTIONAL ISOLATE}", "\N{POP DIRECTIONAL FORMATTING}"
_ISOLATES = "\N{LEFT-TO-RIGHT ISOLATE}\N{RIGHT-TO-LEFT ISOLATE}\N{FIRST STRONG ISOLATE}"
_OPENING = "\N{LEFT-TO-RIGHT EMBEDDING}\N{RIGHT-TO-LEFT EMBEDDING}\N{LEFT-TO-RIGHT OVERRIDE}\N{RIGHT-TO-LEFT OVERRIDE}"
_MARKS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
_TURNING = re.compile(f"[{_PDI}{_PDF}{_ISOLATES}{_OPENING}{_MARKS}]")


def environment(**filters: Callable[..., Any]) -> jinja2.Environment:
    """The templates of this folder: pages escape all that they are told, Markdown does so by ``md``.

    Whatever they are told keeps its direction to itself, as :func:`alone` says; what has been escaped by ``e`` stays as it is,
    since a link's address leads nowhere with anything added to it.
    """
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("claims", "export"),
        autoescape=jinja2.select_autoescape(["html"], default_for_string=True),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_alone,
    )
    made.filters |= {"md": markdown_text, "day": day_words, **filters}
    return made


def page_html(template: jinja2.Template, styles: Sequence[str], **told: Any) -> str:
    """A page on its own, made of page.html: no script, nothing from elsewhere, and a policy that allows neither."""
    folder = resources.files("claims") / "export"
    style = "".join((folder / name).read_text(encoding="utf-8") for name in styles)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return storable(template.render(style=Markup(style), digest=digest, **told))  # noqa: S704 - our own files


def markdown_text(text: object) -> str:
    r"""A text that Markdown shows as it is, on one line.

    >>> markdown_text("a *b* <script> [x](y)"), markdown_text("1. May"), markdown_text("# 3 - 2")
    ('a \\*b\\* \\<script\\> \\[x\\](y)', '1\\. May', '\\# 3 - 2')
    """
    return alone(_LEADING.sub(r"\1\\\2", _INLINE.sub(r"\\\1", " ".join(str(text).split()))))


def alone(text: str) -> str:
    r"""A text that turns the direction of nothing beside it: where it holds controls of direction, an isolate around it.

    What it opens is closed at its end; a sign that would close what is around it is left out. All else stays as it is.

    >>> alone("Ilic \N{RIGHT-TO-LEFT OVERRIDE}Korda") == (
    ...     "\N{FIRST STRONG ISOLATE}Ilic \N{RIGHT-TO-LEFT OVERRIDE}Korda\N{POP DIRECTIONAL FORMATTING}\N{POP DIRECTIONAL ISOLATE}"
    ... )
    True
    >>> alone("Ilic\N{POP DIRECTIONAL ISOLATE}"), alone("Čorda")
    ('Ilic', 'Čorda')
    """
    if not _TURNING.search(text):
        return text
    kept: list[str] = []
    ends: list[str] = []  # what would close what is open, the innermost last
    isolates = 0  # how many of these are open
    bare = False
    for sign in text:
        bare |= sign in _OPENING + _MARKS and not isolates
        if sign in _ISOLATES:
            ends.append(_PDI)
            isolates += 1
        elif sign in _OPENING:
            ends.append(_PDF)
        elif sign == _PDF and ends[-1:] == [_PDF]:
            ends.pop()
        elif sign == _PDI:
            if not isolates:
                continue
            isolates -= 1
            while ends.pop() != _PDI:  # the end of an isolate ends what was opened in it
                pass
        kept.append(sign)
    inner = "".join([*kept, *reversed(ends)])
    return f"\N{FIRST STRONG ISOLATE}{inner}{_PDI}" if bare or ends else inner


def day_words(day: date) -> str:
    """A day as people write it.

    >>> day_words(date(2024, 3, 4))
    '4 March 2024'
    """
    return f"{day.day} {day:%B %Y}"


def json_bytes(value: object) -> bytes:
    r"""JSON for people's eyes too; half characters, which UTF-8 cannot hold, as JSON writes them.

    >>> json_bytes({"claim": "Čorda"}).decode()
    '{\n  "claim": "Čorda"\n}\n'
    """
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _alone(value: object) -> object:
    return alone(value) if isinstance(value, str) and not isinstance(value, Markup) else value
