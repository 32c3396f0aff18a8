"""What actions lock until their transaction ends, besides the rows that they change."""

from enum import IntEnum

from django.db import connection

from perspectives.models import User
from perspectives.policy import Actor


class Turn(IntEnum):
    """Keys of the advisory locks: what is done under one of them is done one after the other."""

    LOADING = 7_305_001
    PUBLISHING = 7_305_002
    """Editions, retractions, archivings and references appear in the order of their ids: so nobody misses any."""
    SOURCES = 7_305_003
    """No two sources take the same key or DOI. Topics and articles are locked before it, never after."""
    THESAURUS = 7_305_006
    ADDRESS = 7_305_007
    """Taken for an address by `wait_for_address`, so that no two accounts are made for it."""
    WEBHOOKS = 7_305_008
    HANDOUTS = 0x68616E64
    LTI_KEYS = 7_305_010


def wait_for_turn(turn: Turn) -> None:
    """Hold an advisory lock until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn.value])


def wait_for_address(email: str) -> None:
    """Hold an advisory lock for an address of e-mail until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(lower(%s)))", [Turn.ADDRESS.value, email])


def locked_actor(by: Actor | None) -> Actor | None:
    """Lock whoever acts, so that what they do at once is counted one by one; people come back as they are now."""
    return User.objects.select_for_update(no_key=True).filter(pk=by.pk).first() if isinstance(by, User) else by
