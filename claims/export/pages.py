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


def environment(**filters: Callable[..., Any]) -> jinja2.Environment:
    """The templates of this folder: pages escape all that they are told, Markdown does so by ``md``."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("claims", "export"),
        autoescape=jinja2.select_autoescape(["html"], default_for_string=True),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
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
    return _LEADING.sub(r"\1\\\2", _INLINE.sub(r"\\\1", " ".join(str(text).split())))


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
