"""What the answer of a server says of an address: that it works, moved, or is gone, even where the server denies it."""

import re
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from perspectives.vocab import CheckOutcome

_GOOD: Final = range(200, 300)
_GONE: Final = frozenset({404, 410})
_TITLE = re.compile(r"<(title|h1)\b[^>]*>(.{0,300}?)</\1", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]{0,500}>")
_NOTHING_HERE = re.compile(
    r"\b(?:error\s*404|404\s*(?:error|[-–—:|]|$)|(?:page|file|document|article|content|site)\b.{0,20}\bnot found"
    r"|not found\s*(?:$|[-–—:|])|no longer (?:available|exists?)|(?:does not|doesn[’']t) exist"
    r"|can(?:no|[’'])t be found|domain (?:is )?for sale|seite (?:wurde )?nicht gefunden|page introuvable"
    r"|страница не найдена|сторінк\w+ не знайдено)",
    re.IGNORECASE,
)


def outcome(asked: str, status: int, address: str, head: str, *, is_moved: bool) -> CheckOutcome:
    """Judge the answer to an address that was `asked` for: its `status`, the last `address`, the beginning of its page.

    `is_moved` says that all redirects on the way were meant for good. `head` is empty where the answer is no page.
    """
    if status in _GONE:
        return CheckOutcome.GONE
    if status not in _GOOD:
        return CheckOutcome.BLOCKED
    if says_gone(head) or _is_front_page(asked, address):
        return CheckOutcome.SOFT_404
    return CheckOutcome.MOVED if is_moved and not _is_same(asked, address) else CheckOutcome.OK


def says_gone(head: str) -> bool:
    """Whether the title or first heading of a page says that there is nothing at its address."""
    titles = (unescape(_TAG.sub(" ", found[2])).strip() for found in _TITLE.finditer(head))
    return any(_NOTHING_HERE.search(title) for title in titles)


def host(address: str) -> str:
    """Name the server of an address, in small letters; empty where it has none."""
    try:
        return (urlsplit(address).hostname or "")[:255]
    except ValueError:
        return ""


def _is_front_page(asked: str, address: str) -> bool:
    """Whether we were led from a page to the front page of the same server, as those do that have lost it."""
    before, after = urlsplit(asked), urlsplit(address)
    is_deep = before.path.strip("/") != "" or bool(before.query)
    leads_to_front = not after.path.strip("/") and not after.query
    return is_deep and leads_to_front and _bare(before.hostname) == _bare(after.hostname)


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing but the scheme, `www.` or a last slash."""
    first, second = urlsplit(one), urlsplit(other)
    return (_bare(first.hostname), first.path.rstrip("/"), first.query) == (
        _bare(second.hostname),
        second.path.rstrip("/"),
        second.query,
    )


def _bare(name: str | None) -> str:
    return (name or "").removeprefix("www.")
