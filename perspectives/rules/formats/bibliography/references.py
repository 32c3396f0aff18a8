"""Formatted references, runs of text as the formatter gives them, as plain text or as HTML.

The HTML is built here from the runs, never taken from the formatter: nothing in a title can become markup.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

Runs = Iterable[Mapping[str, Any]]
"""Pieces with `text`, `emphasis` and `href` ('' for none)."""

_SAFE_SCHEMES = ("https://", "http://")


def text(entries: Mapping[str, Runs]) -> str:
    """Write references (citekey -> runs) as plain text, one a line, in the given order."""
    return "".join(f"{''.join(run['text'] for run in runs)}\n" for runs in entries.values())


def html(entries: Mapping[str, Runs]) -> str:
    """Write references as an HTML list; each item has its citekey as `id`, with `ref-` before it."""
    items = "".join(f'<li id="ref-{escape(key)}">{"".join(map(_piece, runs))}</li>\n' for key, runs in entries.items())
    return f'<ul class="references">\n{items}</ul>\n'


def _piece(run: Mapping[str, Any]) -> str:
    piece = escape(run["text"])
    if run.get("emphasis"):
        piece = f"<em>{piece}</em>"
    if str(run.get("href") or "").startswith(_SAFE_SCHEMES):
        piece = f'<a href="{escape(run["href"])}">{piece}</a>'
    return piece
