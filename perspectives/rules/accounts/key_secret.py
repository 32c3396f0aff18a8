"""The form of an API key's secret: a prefix that people and scanners know, 256 random bits, and a checksum.

The checksum tells a mistyped key from an unknown one without asking the database. Only the SHA-256 of a secret is
stored, and plain: a slow, salted hash protects passwords because people choose guessable ones, and 256 random bits
cannot be guessed, while a hash without salt can be looked up by an index in one query.
"""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from zlib import crc32

RANDOM_BYTES = 32
_PREFIX = "dkb_"
_CHECKSUM_CHARACTERS = 6
_HINT_CHARACTERS = 10
_FORM = re.compile(rf"{_PREFIX}[A-Za-z0-9_-]{{49}}")


def written(random: bytes) -> str:
    """Write `RANDOM_BYTES` random bytes as a secret of 53 characters."""
    body = _PREFIX + _text(random)
    return body + _checksum(body)


def is_well_written(secret: str) -> bool:
    """Whether this can be a secret: its form is right, and its checksum fits."""
    body, checksum = secret[:-_CHECKSUM_CHARACTERS], secret[-_CHECKSUM_CHARACTERS:]
    return _FORM.fullmatch(secret) is not None and checksum == _checksum(body)


def digest(secret: str) -> str:
    """Give the SHA-256 by which a secret is stored and found, in hexadecimal."""
    return sha256(secret.encode()).hexdigest()


def hint(secret: str) -> str:
    """Give the first characters, by which its owner knows a key again; they tell 36 of the 256 bits."""
    return secret[:_HINT_CHARACTERS]


def _checksum(body: str) -> str:
    return _text(crc32(body.encode()).to_bytes(4))


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
