"""A learning platform for tests: its keys on a server of its own, and tokens as it signs them."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
CLIENT = "client-1"
DEPLOYMENT = "deployment-1"


def key(kid):
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = json.loads(RSAAlgorithm.to_jwk(private.public_key()))
    return private, {**public, "kid": kid, "alg": "RS256", "use": "sig"}


class Platform:
    """Keys are served at `address`/jwks; `asked` counts how often, `asked_at` is when last, `delay` takes so long."""

    asked_at = delay = 0.0

    def __init__(self):
        self.private, public = key("k1")
        self.keys, self.asked = [public], 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked, outer.asked_at = outer.asked + 1, time.monotonic()
                time.sleep(outer.delay)
                body = json.dumps({"keys": outer.keys}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

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
