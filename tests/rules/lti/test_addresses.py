import pytest

from perspectives.rules.lti import line_items
from perspectives.rules.lti.addresses import following, with_query

HERE = "https://school.example/members?limit=100"


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ("", ""),
        ('<https://school.example/2>; rel="next"', "https://school.example/2"),
        ("<?page=2>; rel=next", "https://school.example/members?page=2"),
        ('<https://s.example/1>; rel="prev", </2>;rel="last next"; title=two', "https://school.example/2"),
        ('<https://s.example/1>; rel="nextish", <https://s.example/1>; rel="differences"', ""),
        ('<http://[>; rel="next"', ""),
        ("next", ""),
        ("<" * 10_000 + '>; rel="next"', ""),
    ],
)
def test_where_a_list_goes_on(header, address):
    assert following(header, HERE) == address


def test_what_stands_behind_an_address_stays():
    assert with_query("https://school.example/items", limit=7) == "https://school.example/items?limit=7"
    asked = with_query("https://school.example/items?type_id=1", resource_link_id="a&b")
    assert asked == "https://school.example/items?type_id=1&resource_link_id=a%26b"


def test_of_several_line_items_of_a_link_that_of_the_class_is_taken():
    items = [
        {"id": "1", "resourceLinkId": "other", "resourceId": "debatekb-class-7"},
        {"id": "2", "resourceLinkId": "link"},
        {"id": "3", "resourceLinkId": "link", "resourceId": "debatekb-class-7"},
        "4",
    ]
    assert line_items.found(items, 7, "link") == items[2]
    assert line_items.found(items, 8, "link") == items[1]
    assert line_items.found(items, 7, "none") is None
