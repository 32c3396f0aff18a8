"""Compression: what is chosen, and that each encoding has a tag of its own."""

import gzip

import brotli
import pytest

from perspectives.serving import encoding
from tests import factories

TOPIC = f"/api/v1/topics/{factories.TOPIC}/"
READERS = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("*;q=0", None),
        ("*;q=0.1, br;q=0", "gzip"),
        ("identity", None),
        ("identity;q=1, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=1", "gzip"),
        ("gzip;q=nonsense", None),
        ("GZIP", "gzip"),
        ("deflate, zstd", None),
        (";;;,,,", None),
    ],
)
def test_the_heaviest_is_chosen_and_ours_first(header, chosen):
    assert encoding.choose(header) == chosen


@pytest.mark.django_db
@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("address", [TOPIC, f"{TOPIC}editions/1/", "/api/v1/claims/", "/api/v1/schema/"])
def test_a_packed_answer_is_the_plain_one(client, library, name, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": name})
    assert packed["Content-Encoding"] == name
    assert READERS[name](packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert packed["ETag"] == f'{plain["ETag"][:-1]}-{name}"'
    assert "Accept-Encoding" in packed["Vary"]
    held = {"accept-encoding": name, "if-none-match": packed["ETag"]}
    assert client.get(address, headers=held).status_code == 304
    for tag in (plain["ETag"], packed["ETag"], f"W/{packed['ETag']}", f'"other", {plain["ETag"][:-1]}-gzip"'):
        again = client.get(address, headers={"accept-encoding": name, "if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] in tag  # the tag that the reader holds, or a cache would not know which answer holds
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    for tag in (f'{plain["ETag"][:-1]}-zstd"', f'"x{plain["ETag"][1:]}', '"-br"'):
        assert client.get(address, headers={"accept-encoding": name, "if-none-match": tag}).status_code == 200
    head = client.head(address, headers={"accept-encoding": name})
    assert (head["Content-Length"], head.content) == (str(len(packed.content)), b"")


@pytest.mark.django_db
def test_short_answers_and_errors_are_not_packed(client, library):
    for address in ("/api/v1/tags/", "/api/v1/nothing/"):
        assert "Content-Encoding" not in client.get(address, headers={"accept-encoding": "br"})
