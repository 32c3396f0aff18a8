"""The keys with which this tool signs: made, changed for new ones, and read by what signs.

The private half lies in the database encrypted, by a key that is derived from SECRET_KEY: a backup alone signs nothing.
"""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any, Final

import jwt
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm

from perspectives.actions.locks import Turn, wait_for_turn
from perspectives.models import LtiKey
from perspectives.queries.lti.registrations import PUBLISHED_AFTER

LIFE: Final = timedelta(days=30)
"""How long a key signs before a new one takes its place."""
_BITS: Final = 2048
_KID_BYTES: Final = 12
_PURPOSE: Final = b"debatekb lti key"


def signed(*, claims: dict[str, Any]) -> str:
    """Sign claims with the newest key, and make one where there is none, or none that SECRET_KEY reads (any more)."""
    key = LtiKey.objects.filter(retired_at=None).first() or renew()
    try:
        private = _cipher().decrypt(key.private_pem)
    except InvalidToken:
        LtiKey.objects.filter(pk=key.pk).update(retired_at=timezone.now())
        return signed(claims=claims)
    return jwt.encode(claims, private.decode(), "RS256", headers={"kid": key.kid})


@transaction.atomic
def renew() -> LtiKey:
    """Give the key that signs; one that is old is retired for a new one, and forgotten once nobody can need it."""
    wait_for_turn(Turn.LTI_KEYS)
    now = timezone.now()
    LtiKey.objects.filter(retired_at__lte=now - PUBLISHED_AFTER).delete()
    current = LtiKey.objects.filter(retired_at=None).first()
    if current and current.made_at > now - LIFE:
        return current
    made = _made()
    LtiKey.objects.filter(retired_at=None).exclude(pk=made.pk).update(retired_at=now)
    return made


def _made() -> LtiKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    kid = secrets.token_urlsafe(_KID_BYTES)
    public = json.loads(RSAAlgorithm.to_jwk(private.public_key()))
    jwk = {"kty": "RSA", "n": public["n"], "e": public["e"], "kid": kid, "alg": "RS256", "use": "sig"}
    return LtiKey.objects.create(
        kid=kid, private_pem=_cipher().encrypt(pem).decode(), public_jwk=jwk, made_at=timezone.now()
    )


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(hmac.digest(settings.SECRET_KEY.encode(), _PURPOSE, hashlib.sha256)))
