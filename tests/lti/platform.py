"""A learning platform for tests: its keys on a server of its own, and tokens as it signs them."""

import json
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone
from jwt.algorithms import RSAAlgorithm

from perspectives.clients import single_request
from perspectives.models import LtiDeployment, LtiRegistration
from perspectives.valkey import cache
from tests.lti.serving import Serving

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
CLIENT = "client-1"
DEPLOYMENT = "deployment-1"


def key(kid):
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = json.loads(RSAAlgorithm.to_jwk(private.public_key()))
    return private, {**public, "kid": kid, "alg": "RS256", "use": "sig"}


def register(address, services=""):
    """Write a platform and its deployment down, as a chief editor would; its services may be elsewhere."""
    made = LtiRegistration.objects.create(
        issuer=address, client_id=CLIENT, name="Moodle of Elm School", login_url=f"{address}/auth",
        token_url=f"{services or address}/token", jwks_url=f"{address}/jwks", made_at=timezone.now(),
    )  # fmt: skip
    LtiDeployment.objects.create(registration=made, deployment_id=DEPLOYMENT)
    return made


def let_in(settings, monkeypatch, *addresses):
    """Let servers of a test be asked, at once and as if for the first time."""
    settings.LTI_INSIDE, settings.INTAKE_HOST_DELAY_SECONDS = list(addresses), 0
    monkeypatch.setattr(single_request, "_NEXT_TURN", {})
    cache.clear()


class Platform(Serving):
    """Keys are served at `address`/jwks; `asked` counts how often, `asked_at` is when last, `delay` takes so long."""

    asked_at = delay = 0.0

    def __init__(self):
        self.private, public = key("k1")
        self.keys, self.asked = [public], 0
        super().__init__()

    def get(self, _):
        self.asked, self.asked_at = self.asked + 1, time.monotonic()
        time.sleep(self.delay)
        return 200, {}, {"keys": self.keys}

    def rotate(self, kid):
        self.private, public = key(kid)
        self.keys = [public]

    def claims(self, nonce, site, /, **changes):
        """Give the claims of a sound launch; a change to None leaves one out."""
        now = int(time.time())
        sound = {
            "iss": self.address, "aud": CLIENT, "sub": "user-1", "iat": now, "exp": now + 300, "nonce": nonce,
            f"{LTI}version": "1.3.0", f"{LTI}message_type": "LtiResourceLinkRequest",
            f"{LTI}deployment_id": DEPLOYMENT, f"{LTI}target_link_uri": f"{site}/lti/launch/",
            f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            f"{LTI}resource_link": {"id": "link-1"}, f"{LTI}context": {"id": "course-1"},
            f"{LTI}custom": {"content": "material", "path": "/topics/replace-or-repair/teach/"},
            "name": "Never Kept", "email": "never.kept@school.example",
        }  # fmt: skip
        return {name: value for name, value in {**sound, **changes}.items() if value is not None}

    def token(self, claims, *, kid="k1", algorithm="RS256", private=None):
        said = json.dumps(claims).encode()  # unlike `jwt.encode` this signs claims of wrong types too
        return jwt.PyJWS().encode(said, private or self.private, algorithm, headers={"kid": kid})
