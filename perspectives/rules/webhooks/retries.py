"""What an answer to a message means, and when the message is sent again."""

from typing import Final

WAITS: Final = (60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds after the first, second … failed attempt until the next: a minute to a day, three days in all."""
MOST_ATTEMPTS: Final = len(WAITS) + 1
LONGEST_WAIT: Final = WAITS[-1]
GONE: Final = 410
_OK: Final = 200
_MULTIPLE_CHOICES: Final = 300
_BAD_REQUEST: Final = 400


def is_success(status: int) -> bool:
    """Whether the receiver took the message."""
    return _OK <= status < _MULTIPLE_CHOICES


def wait(attempts: int, retry_after: float | None) -> float | None:
    """Give the seconds until the next attempt after so many that failed; None where that was the last.

    A receiver may ask by Retry-After for a longer wait, up to `LONGEST_WAIT`, never for a shorter one.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    return max(WAITS[attempts - 1], min(retry_after or 0, LONGEST_WAIT))


def complaint(host: str, status: int) -> str:
    """Say what is wrong with an answer that is no success."""
    if status == GONE:
        return f"{host} answered 410: it wants no more messages."
    if _MULTIPLE_CHOICES <= status < _BAD_REQUEST:
        return f"{host} answered {status}: it leads elsewhere, and redirects are not followed. Add the new address."
    return f"{host} answered {status}; a success is 200 to 299."
