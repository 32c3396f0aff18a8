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
from perspectives.clients.lti.services import Access
from perspectives.models import LtiKey, LtiRegistration
from perspectives.queries.lti.registrations import PUBLISHED_AFTER

LIFE: Final = timedelta(days=30)
"""How old the newest key becomes before another is made."""
SHOWN_BEFORE: Final = timedelta(days=1)
"""How long a new key is published before it signs, since platforms keep what we published for a while."""
_BITS: Final = 2048
_KID_BYTES: Final = 12
_PURPOSE: Final = b"debatekb lti key"


def signed(*, claims: dict[str, Any]) -> str:
    """Sign claims, and make a key where there is none, or none that SECRET_KEY reads (any more)."""
    key = _signing() or renew()
    try:
        private = _cipher().decrypt(key.private_pem)
    except InvalidToken:
        LtiKey.objects.filter(pk=key.pk).update(retired_at=timezone.now())
        return signed(claims=claims)
    return jwt.encode(claims, private.decode(), "RS256", headers={"kid": key.kid})


@transaction.atomic
def renew() -> LtiKey:
    """Give the key that signs, and make another where the newest is old; that one signs once it was shown for a while.

    The one before it is retired then, and forgotten once nobody can need it.
    """
    wait_for_turn(Turn.LTI_KEYS)
    now = timezone.now()
    LtiKey.objects.filter(retired_at__lte=now - PUBLISHED_AFTER).delete()
    kept = LtiKey.objects.filter(retired_at=None)
    newest = kept.first()
    if newest is None or newest.made_at <= now - LIFE:
        newest = _made()
    signing = _signing() or newest
    kept.filter(pk__lt=signing.pk).update(retired_at=now)
    return signing


def access(registration: LtiRegistration, scope: str) -> Access:
    """Give with what a service of a platform is asked."""
    return Access(registration, scope, lambda claims: signed(claims=claims))


def _signing() -> LtiKey | None:
    """Find the newest key that was shown for a while, else the one that is there."""
    kept = LtiKey.objects.filter(retired_at=None)
    return kept.filter(made_at__lte=timezone.now() - SHOWN_BEFORE).first() or kept.last()


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
