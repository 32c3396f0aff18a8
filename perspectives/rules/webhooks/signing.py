"""Secrets and signatures of webhooks, as Standard Webhooks has them (scheme v1, HMAC-SHA256).

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Final

PREFIX: Final = "whsec_"
_PURPOSE: Final = b"debatekb webhook "
"""Sets what is derived here apart from everything else that the installation's key is used for."""


def secret(key: str, salt: str) -> str:
    """Derive a webhook's secret, 32 bytes, from the installation's key and the webhook's own salt."""
    return PREFIX + b64encode(hmac.digest(key.encode(), _PURPOSE + salt.encode(), hashlib.sha256)).decode()


def headers(secrets: Sequence[str], *, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Give the headers of an attempt: the message's id, the attempt's time (Unix, seconds), a signature a secret."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    signatures = " ".join(f"v1,{_signature(one, signed)}" for one in secrets)
    return {"webhook-id": message_id, "webhook-timestamp": str(timestamp), "webhook-signature": signatures}


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
