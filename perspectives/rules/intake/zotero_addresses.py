"""Libraries of Zotero, as people paste their addresses."""

import re
from typing import Final

ALONE: Final = "A library of Zotero is read alone: paste its address and nothing else."
OTHERS: Final = (
    "Only a group's address with its number can be read, such as https://www.zotero.org/groups/123/name; "
    "your own library by an API key alone, without an address."
)
NO_KEY: Final = (
    "This is no API key of Zotero: a key has letters and digits only. Copy it whole from zotero.org/settings/keys."
)
OWN: Final = "users/"
"""What paths of people's own libraries begin with; the person's number there follows."""
_ZOTERO = re.compile(r"https?://(?:www\.)?zotero\.org/(?!support/|styles\b)\S+", re.IGNORECASE)
_GROUP = re.compile(r"/groups/(\d{1,12})(?=[/?#\s]|\Z)")
_COLLECTION = re.compile(r"/collections/([A-Z0-9]{8})(?=[/?#\s]|\Z)")


def address(text: str) -> str:
    """Find the address of a library in a text; '' if there is none."""
    found = _ZOTERO.search(text)
    return found[0] if found else ""


def is_key(text: str) -> bool:
    """Return whether a text can be an API key of Zotero; others cannot even be sent to it."""
    return text.isascii() and text.isalnum()


def path(named: str) -> str:
    """Turn an address into the path by which Zotero's API knows it; '' where it names no group by its number."""
    group, collection = _GROUP.search(named), _COLLECTION.search(named)
    if group is None:
        return ""
    return f"groups/{group[1]}" + (f"/collections/{collection[1]}" if collection else "")
