"""Canonical JSON (RFC 8785) and its SHA-256: the form in which editions are kept."""

import hashlib
from typing import Any

import rfc8785


def canonical_json(data: Any) -> bytes:
    """Write plain data (texts, integers, lists, mappings) as canonical JSON in UTF-8."""
    return rfc8785.dumps(data)


def sha256(body: bytes) -> str:
    """Give the SHA-256 of `body` in 64 hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()
