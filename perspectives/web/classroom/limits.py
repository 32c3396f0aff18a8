"""How often an address may try codes, come in and come back: sized for 1,000 pupils behind one (docs/security.md)."""

from math import ceil
from typing import Final

from django.http import HttpRequest

from perspectives.serving.clients import client_address
from perspectives.serving.counting import counter
from perspectives.web.http.view_decorators import TooManyPagesError

MOST_A_MINUTE: Final = 300
MOST_PINS_A_MINUTE: Final = 5


def count_code(request: HttpRequest) -> None:
    """Count a wrong code. Raises TooManyPagesError."""
    _count(f"class-codes:{client_address(request)}", MOST_A_MINUTE, "Too many wrong codes came from your address.")


def count_join(request: HttpRequest) -> None:
    """Count a pupil who comes in, or wants to. Raises TooManyPagesError."""
    _count(f"class-joins:{client_address(request)}", MOST_A_MINUTE, "Too many pupils came in from your address.")


def count_pin(code: str, nickname: str) -> None:
    """Count a PIN for a nickname, wherever it comes from. Raises TooManyPagesError."""
    _count(f"class-pins:{code}:{nickname}", MOST_PINS_A_MINUTE, "Too many PINs were tried for this nickname.")


def _count(name: str, most: int, sentence: str) -> None:
    counted = counter().count(name)
    if counted and counted.requests > most:
        seconds = max(1, ceil(counted.seconds))
        raise TooManyPagesError(f"{sentence} Nothing was done; try again in {seconds} seconds.", seconds)
