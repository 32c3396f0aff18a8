"""The form of the secrets of API keys."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.accounts import key_secret

SECRET = key_secret.written(bytes(32))


@given(st.binary(min_size=32, max_size=32))
def test_what_is_written_is_well_written(random):
    secret = key_secret.written(random)
    assert key_secret.is_well_written(secret)
    assert len(secret) == 53
    assert secret.startswith("dkb_")


@given(st.integers(0, 52), st.characters())
def test_one_mistyped_character_is_told(place, character):
    mistyped = SECRET[:place] + character + SECRET[place + 1 :]
    assert key_secret.is_well_written(mistyped) == (mistyped == SECRET)


def test_other_lengths_are_no_secrets():
    for text in ("", "dkb_", SECRET[:-1], SECRET + "A", SECRET + "\n", " " + SECRET):
        assert not key_secret.is_well_written(text)


def test_the_digest_is_a_plain_sha256_and_the_hint_tells_little():
    assert key_secret.digest(SECRET) == hashlib.sha256(SECRET.encode()).hexdigest()
    assert key_secret.hint(SECRET) == "dkb_AAAAAA"
