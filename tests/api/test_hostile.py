"""Bad input at every parameter: an answer by the conventions, never a server error or a new header."""

from urllib.parse import quote

import pytest

from perspectives.api.schema.generator import openapi
from perspectives.models import PublishedTopic
from tests import factories

pytestmark = pytest.mark.django_db

SQL = [
    "' OR '1'='1",
    "'; DROP TABLE perspectives_edition; --",
    "1) UNION SELECT body FROM perspectives_edition --",
    "%' AND pg_sleep(5) --",
    "\\'; SELECT 1; --",
    "$$; SELECT pg_sleep(5); $$",
    "{}[]()*+?.|^$",
]
SLOW_FOR_PATTERNS = ["a-" * 40 + "!", "a_" * 40 + "!", "0" * 80 + "x", "(" * 200, '"' * 199, "a OR " * 39, "-" * 200]
INJECTION = [
    "x\r\nSet-Cookie: a=b",
    "x\nLocation: https://evil.example/",
    "x%0d%0aX-Injected: 1",
    "\u2028X-Injected: 1",
    "<script>alert(1)</script>",
]
ODD = [
    "\x00",
    "\ufffd",
    "\u202egnp.exe",
    "\U0001f4a9" * 20,
    "10" * 500,
    "1e9",
    "-1",
    "NaN",
    "null",
    "[]",
    "../../etc/passwd",
]
CORPUS = [*SQL, *SLOW_FOR_PATTERNS, *INJECTION, *ODD]
RAW = ["%00", "%ED%A0%80", "%FF%FE", "%", "%zz", "%u0041", "+%2B%2b", "%F0%9F%92"]
"""Values that are no UTF-8, or no percent-encoding."""


def operations():
    """Give each path with values for its variables, and the names of its parameters."""
    places = {
        "{slug}": factories.TOPIC,
        "{topic}": factories.TOPIC,
        "{claim}": "s1",
        "{article}": factories.ARTICLE,
        "{passage}": "p1",
        "{person}": factories.PERSON,
        "{key}": "pratt2018timber",
        "{number}": "1",
        "{before}": "1",
        "{after}": "2",
    }
    for path, item in openapi()["paths"].items():
        address = path.replace("/articles/{slug}/", f"/articles/{factories.ARTICLE}/")
        for variable, value in places.items():
            address = address.replace(variable, value)
        for parameter in item["get"]["parameters"]:
            if parameter["in"] == "query":
                yield address, parameter["name"]


def check(response):
    assert response.status_code in {200, 400, 404, 414}, response.content
    assert not {"set-cookie", "location", "x-injected"} & {name.lower() for name in response.headers}
    assert all("\r" not in value and "\n" not in value for value in response.headers.values())
    if response.status_code != 200:
        assert response["Content-Type"] == "application/problem+json"
        assert b"<script>" not in response.content or b"\\u003c" in response.content or b'"detail"' in response.content


@pytest.mark.parametrize("value", CORPUS, ids=range(len(CORPUS)))
def test_no_value_of_any_parameter_breaks_a_resource(client, library, value):
    for address, name in operations():
        check(client.get(address, {name: value} if name in {"q", "url"} else {**needed(address), name: value}))
    assert PublishedTopic.objects.exists()


@pytest.mark.parametrize("value", RAW)
def test_no_bytes_of_any_parameter_break_a_resource(client, library, value):
    for address, name in operations():
        check(client.get(f"{address}?{name}={value}"))


def needed(address):
    return {"q": "timber"} if address.endswith("/search/") else {}


@pytest.mark.parametrize("value", [*SQL, *INJECTION, *ODD], ids=range(len(SQL) + len(INJECTION) + len(ODD)))
def test_no_name_in_a_path_breaks_a_resource(client, library, value):
    for form in (
        "topics/{}/",
        "claims/{}/s1/",
        "sources/{}/",
        "people/{}/",
        "topics/{}.jsonld",
        "topics.{}",
        "articles/{}/",
    ):
        response = client.get("/api/v1/" + form.format(quote(value, safe="")))
        assert response.status_code in {301, 404}, (form, value)
        assert "set-cookie" not in {name.lower() for name in response.headers}


@pytest.mark.parametrize(
    "headers",
    [
        {"accept": "a/b;q=" + "9" * 4000},
        {"accept": "*/*;" * 900},
        {"if-none-match": '"' * 4000},
        {"if-none-match": 'W/"' + "a" * 4000},
        {"if-modified-since": "9" * 4000},
        {"accept-datetime": "Thu, 31 Dec 9999 23:59:59 GMT"},
        {"accept-encoding": ",".join(["gzip;q=0.1"] * 900)},
        {"accept-encoding": "br;q=1e999, gzip;q=-1, *;q=nan"},
        {"authorization": "Bearer " + "a" * 4000},
        {"authorization": "Basic Og=="},
        {"origin": "null"},
        {"host": "testserver", "x-forwarded-host": "evil.example"},
        {"range": "bytes=0-1"},
        {"content-length": "5"},
    ],
    ids=range(14),
)
def test_no_header_breaks_a_resource(client, library, headers):
    for address in (f"/api/v1/topics/{factories.TOPIC}/", "/api/v1/claims/", "/api/v1/search/?q=timber"):
        response = client.get(address, headers=headers)
        assert response.status_code in {200, 302, 304, 400, 401, 406}, response.content
        assert b"evil.example" not in response.content
