"""Requests of every kind that carry what no log may hold: names, addresses, words, tokens, cookies."""

import base64
import hmac
import re
import struct
import time
import uuid

import httpx

WORD = "zqcanary"
EMAIL = f"{WORD}@example.org"
ADDRESS = "198.51.100.77"
HEADERS = {
    "User-Agent": f"{WORD}/1.0",
    "Referer": f"https://{WORD}.example/",
    "X-Forwarded-For": ADDRESS,
    "X-Request-ID": f"{WORD}-{WORD}",
    "Accept-Language": WORD,
}
COOKIES = {"session": WORD, "theme": WORD}
READ = (
    f"/?{WORD}={WORD}",
    f"/search/?q={WORD}",
    f"/search/?q={WORD}%00",
    f"/topics/{WORD}/",
    f"/people/{WORD}/",
    f"/nothing/{WORD}",
    f"/static/{WORD}.css",
    f"/admin/login/?next=/{WORD}",
    f"/admin/{WORD}/",
    f"/desk/?q={WORD}",
    f"/account/join/{WORD}/",
    f"/account/email/confirm/{WORD}/",
    f"/account/password/reset/key/{WORD}-{WORD}/",
    f"/embed/topics/{WORD}/brief/",
    f"/api/v1/search/?q={WORD}",
    f"/api/v1/answers/?q={WORD}",
    f"/api/v1/topics/{WORD}/",
    f"/api/v1/{WORD}",
    f"/api/v1/oembed/?url=https://{WORD}.example/",
    f"/health/{WORD}",
    f"/metrics?{WORD}",
)
SENT = (
    ("/account/sign-in/", {"login": EMAIL, "password": WORD}),
    ("/account/sign-up/", {"email": EMAIL, "password1": WORD * 2, "password2": WORD * 2, "display_name": WORD}),
    ("/account/password/reset/", {"email": EMAIL}),
    ("/suggest/correction/", {"text": WORD, "note": WORD, "title": WORD}),
    ("/admin/login/", {"username": EMAIL, "password": WORD}),
)
TRIES = 7
"""More than may fail before an account is locked."""
BIBTEX = f"@article{{{WORD}, title={{{WORD}}}, author={{{WORD}}}, year={{2020}}, doi={{10.1234/{WORD}}}}}"


def send_all(client: httpx.Client) -> None:
    """Send every kind of request as somebody whom nobody knows."""
    client.cookies.update(COOKIES)
    for path in READ:
        for more in ({}, {"Authorization": f"Bearer {WORD}"}, {"Host": f"{WORD}.example"}):
            client.get(path, headers={**HEADERS, **more})
    for path, fields in SENT:
        client.post(path, data=fields, headers=HEADERS)  # without the token of the form
        for _ in range(TRIES):
            post(client, path, fields)
    client.request(WORD.upper(), "/", headers=HEADERS)
    for content in (f'{{"method": "{WORD}"', f'{{"jsonrpc": "2.0", "id": 1, "method": "{WORD}"}}'):
        client.post("/mcp", content=content, headers={**HEADERS, "Content-Type": "application/json"})


def post(client: httpx.Client, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
    """Send a form with the token that its page gave, and the code where it shows the secret of a second factor."""
    page = client.get(path, headers=HEADERS).text
    given = dict(fields)
    if token := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page):
        given["csrfmiddlewaretoken"] = token[1]
    if secret := re.search(r'class="secret">([A-Z2-7 ]+)<', page):
        given["code"] = totp(secret[1].replace(" ", ""))
    return client.post(path, data=given, headers={**HEADERS, **headers})


def totp(secret: str) -> str:
    """Give the code of a secret at this moment (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    place = digest[-1] & 0xF
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def hand_in(client: httpx.Client, *, login: str, password: str) -> str:
    """Sign in and hand in a source, which a worker reads; return the id of the request."""
    assert post(client, "/account/sign-in/", {"login": login, "password": password}).status_code == 302
    assert post(client, "/account/second-factor/set-up/", {}).status_code == 302
    request_id = uuid.uuid4().hex
    answer = post(client, "/desk/intake/", {"text": BIBTEX, "note": WORD}, **{"X-Request-ID": request_id})
    assert answer.headers["Location"].startswith("/desk/intake/")
    assert answer.headers["X-Request-ID"] == request_id
    return request_id
