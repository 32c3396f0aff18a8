"""What waits for what: an address of e-mail is held however it is written, and no other."""

from contextlib import closing

import pytest
from django.db import connection

from perspectives.actions.locks import Turn, wait_for_address


@pytest.mark.django_db
def test_an_address_is_held_until_the_transaction_ends():
    wait_for_address("Ada@Example.org")
    with closing(connection.copy()) as other, other.cursor() as cursor:
        for address, is_free in {"ada@example.org": False, "eve@example.org": True}.items():
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [Turn.ADDRESS.value, address])
            assert cursor.fetchone() == (is_free,)
