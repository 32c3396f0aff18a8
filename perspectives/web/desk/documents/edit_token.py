"""What an edit began with, signed: it goes into the form and comes back with it, and nobody can alter it between."""

from dataclasses import dataclass
from typing import Final

from django.core import signing

from perspectives.rules.documents.parts import Plain

FIELD: Final = "began"
_SALT: Final = "perspectives.desk.part"


@dataclass(frozen=True)
class Began:
    """The part as it was when the form was made; None where it is to be added."""

    part: Plain | None


def signed(topic_id: int, path: str, part: Plain | None) -> str:
    """Write what an edit of a part of a topic begins with."""
    return signing.dumps([topic_id, path, part], salt=_SALT, compress=True)


def read(token: str, topic_id: int, path: str) -> Began | None:
    """Read what an edit began with; None where the token is broken or that of another part."""
    try:
        topic, place, part = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Began(part) if (topic, place) == (topic_id, path) else None
