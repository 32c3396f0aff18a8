"""Canonical JSON (RFC 8785) and its SHA-256: the form in which editions are kept."""

import hashlib
import json
from typing import Any

import rfc8785

_LARGEST = 2**53 - 1
"""The largest whole number that JSON holds exactly."""


def canonical_json(data: Any) -> bytes:
    """Write plain data (texts, integers, lists, mappings) as canonical JSON in UTF-8."""
    if _is_ordinary(data):
        # The same bytes, by code in C: names in ASCII sort alike by code point and by UTF-16.
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return rfc8785.dumps(data)


def _is_ordinary(value: Any) -> bool:
    """Tell whether all names are ASCII and no value is a fraction or a number that JSON cannot hold."""
    if isinstance(value, str) or value is None:
        return True
    if isinstance(value, dict):
        names = all(isinstance(name, str) and name.isascii() for name in value)
        return names and all(map(_is_ordinary, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_ordinary, value))
    return isinstance(value, int) and -_LARGEST <= value <= _LARGEST


def sha256(body: bytes) -> str:
    """Give the SHA-256 of `body` in 64 hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()
