import errno

import pytest
from django.core.cache import caches
from django.db import InterfaceError, OperationalError, connection
from psycopg.errors import DiskFull

from perspectives.web.http.error_pages import server_error


def full() -> OperationalError:
    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull()
    return error


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("gone"), 503, "The database does not answer. What you sent was not saved"),
        (InterfaceError("gone"), 503, "The database does not answer. What you sent was not saved"),
        (full(), 503, "There is no room on the server to save anything; reading goes on. What you sent was not saved"),
        (OSError(errno.ENOSPC, "No space left on device"), 503, "There is no room on the server to save anything"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), 503, "There is no room on the server to save anything"),
        (OSError(errno.EACCES, "Permission denied"), 500, "Something went wrong here"),
        (ValueError("wrong"), 500, "Something went wrong here"),
    ],
)
def test_an_error_that_no_view_answers(rf, error, status, words):
    try:
        raise error
    except type(error):
        response = server_error(rf.get("/"))
    assert response.status_code == status
    assert words in response.content.decode()
    assert response.has_header("Retry-After") == (status == 503)


def test_a_cache_that_keeps_nothing_says_so(db):
    cache = caches["default"]
    assert cache.add("kept", 1)
    assert not cache.add("kept", 2)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE perspectives_cache ADD CHECK (cache_key NOT LIKE '%refused')")
    with pytest.raises(OperationalError, match="took no value"):
        cache.add("refused", 1)
