"""The key with which a teacher links a class from a learning platform, without an account of ours there."""

from typing import Final

from django.core import signing

HOURS: Final = 8
_SALT: Final = "perspectives.lti.link-key"


def made(classroom: int) -> str:
    """Make the key of a class; it holds for hours."""
    return signing.dumps(classroom, salt=_SALT)


def is_of(classroom: int, key: str) -> bool:
    """Whether this is a key of the class that still holds."""
    try:
        return bool(signing.loads(key.strip(), salt=_SALT, max_age=HOURS * 3600) == classroom)
    except signing.BadSignature:
        return False
