"""Addresses of a platform's lists: with more asked for, and where they go on."""

import re
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

_LONGEST: Final = 4000
_LINK: Final = re.compile(r"<([^<>\s]*)>((?:\s*;[^,;]*)*)")
_NEXT: Final = re.compile(r";\s*rel\s*=\s*(?:next\s*(?:;|$)|\"(?:[^\"]*\s)?next(?:\s[^\"]*)?\")", re.IGNORECASE)


def with_query(address: str, **asked: str | int) -> str:
    """Ask for something more at an address; what stands after "?" in it stays."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(asked))))))


def following(header: str, address: str) -> str:
    """Give the address of the next page of the one at `address`, as the header Link names it (RFC 8288).

    '' where there is none, or it cannot be read.
    """
    for target, parameters in _LINK.findall(header[:_LONGEST]):
        if _NEXT.search(parameters):
            try:
                return urljoin(address, target)
            except ValueError:
                return ""
    return ""
