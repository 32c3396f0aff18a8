"""Canonical JSON after RFC 8785, with the examples of the RFC."""

import hashlib
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from perspectives.rules.publication.canonical_json import canonical_json, sha256

TEXTS = st.text(st.characters(codec="utf-8"))
LEAVES = TEXTS | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans() | st.none()
PLAIN = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))
ASCII_NAMES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="ascii")), inner, max_size=4)
    ),
)


def test_escapes_and_literals_of_the_rfc() -> None:
    # RFC 8785, 3.2.2: escapes as short as can be, everything else as it is.
    data = {
        "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
        "literals": [None, True, False],
        "numbers": [333, 1],
    }
    expected = '{"literals":[null,true,false],"numbers":[333,1],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical_json(data) == expected.encode()


def test_members_are_sorted_by_utf_16_as_in_the_rfc() -> None:
    # RFC 8785, 3.2.3: the emoji comes before U+FB33, though its code point is greater.
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical_json(dict.fromkeys(names, "")))) == expected


def test_order_of_fields_does_not_matter_order_of_items_does() -> None:
    assert canonical_json({"a": 1, "b": [{"d": "x", "c": "y"}]}) == canonical_json(
        {"b": [{"c": "y", "d": "x"}], "a": 1}
    )
    assert canonical_json({"a": ["x", "y"]}) != canonical_json({"a": ["y", "x"]})


@given(PLAIN)
def test_canonical_json_is_json_of_the_same_data_and_stays_the_same(data: Any) -> None:
    body = canonical_json(data)
    assert json.loads(body) == data
    assert canonical_json(json.loads(body)) == body


@given(PLAIN | ASCII_NAMES)
def test_the_quick_way_writes_the_same_bytes(data: Any) -> None:
    assert canonical_json(data) == rfc8785.dumps(data)


def test_numbers_that_json_cannot_hold_exactly_are_refused() -> None:
    assert canonical_json(2**53 - 1) == b"9007199254740991"
    with pytest.raises(rfc8785.IntegerDomainError):
        canonical_json(2**53)


def test_hash_is_sha_256_in_hexadecimal() -> None:
    # pragma: allowlist nextline secret - a hash
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256(canonical_json({"b": "", "a": ""})) == hashlib.sha256(b'{"a":"","b":""}').hexdigest()
