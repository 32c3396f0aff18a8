"""Signatures are those of Standard Webhooks: by the vector of its specification, and by its library."""

import json
import time
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from perspectives.rules.webhooks import messages, signing
from perspectives.vocab import MessageType

KEY, SALT = "of the installation", "of the webhook"
AT = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_the_vector_of_the_specification():
    signed = signing.headers(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],  # pragma: allowlist secret - of the specification
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signed == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",  # pragma: allowlist secret - of it too
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",  # pragma: allowlist secret - of it too
    }


def test_a_secret_belongs_to_one_webhook_of_one_installation():
    secret = signing.secret(KEY, SALT)
    assert secret == signing.secret(KEY, SALT)
    assert len({secret, signing.secret(KEY, "another"), signing.secret("another", SALT)}) == 3


def test_the_library_takes_what_any_of_the_keys_signed_and_nothing_else():
    body = messages.of_test(AT, base="https://kb.example").encode()
    old, new = signing.secret("old key", SALT), signing.secret(KEY, SALT)
    headers = signing.headers([new, old], message_id="msg_1", timestamp=int(time.time()), body=body)
    for secret in (old, new):
        assert Webhook(secret).verify(body, headers)["type"] == "webhook.test"
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.secret("another key", SALT)).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(body + b" ", headers)
    late = signing.headers([new], message_id="msg_1", timestamp=int(time.time()) - 3600, body=body)
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(body, late)


@pytest.mark.parametrize("owner", ["topic", "article"])
def test_a_message_tells_where_to_read_and_nothing_of_it(owner):
    text = messages.of_edition(
        MessageType.EDITION_PUBLISHED, AT, base="https://kb.example", owner=owner, slug="minsk-ii", number=3
    )
    assert json.loads(text) == {
        "type": "edition.published",
        "timestamp": "2026-11-28T12:00:00+00:00",
        "data": {
            owner: "minsk-ii",
            "edition": 3,
            "url": f"https://kb.example/api/v1/{owner}s/minsk-ii/editions/3/",
        },
    }
