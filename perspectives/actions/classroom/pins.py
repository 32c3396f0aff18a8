"""The PIN with which a pupil comes back: six digits, of which only a keyed hash is kept."""

from django.utils.crypto import constant_time_compare, salted_hmac

from perspectives.models import Pupil
from perspectives.rules.classroom import codes

_SALT = "perspectives.classroom.pin"


def hashed(classroom_id: int, nickname: str, pin: str) -> str:
    """Hash a PIN with the installation's key: without that nobody can try all of a million."""
    return salted_hmac(_SALT, f"{classroom_id} {nickname} {pin}", algorithm="sha256").hexdigest()


def set_new_pin(pupil: Pupil) -> str:
    """Give a pupil a PIN that is not written anywhere, and tell it."""
    pin = codes.new_pin()
    pupil.pin_sha256 = hashed(pupil.classroom_id, pupil.nickname, pin)
    pupil.wrong_pins = 0
    pupil.save()
    return pin


def is_right(pupil: Pupil, pin: str) -> bool:
    """Whether this is the pupil's PIN."""
    return constant_time_compare(pupil.pin_sha256, hashed(pupil.classroom_id, pupil.nickname, pin))
