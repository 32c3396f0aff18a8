"""Lists: pages, filters, links, validators, and the number of queries."""

import base64
import json

import pytest

from perspectives.models import Edition, PublishedClaim, PublishedPassage, PublishedSource, PublishedTopic
from tests import factories
from tests.api.conftest import MANY, assert_problem

pytestmark = pytest.mark.django_db
LISTS = {
    "/api/v1/topics/": 1,
    "/api/v1/articles/": 1,
    "/api/v1/claims/": 1,
    "/api/v1/responses/": 1,
    "/api/v1/events/": 1,
    "/api/v1/people/": 1,
    "/api/v1/passages/": 1,
    "/api/v1/sources/": 1,
    "/api/v1/citations/": 1,
    "/api/v1/changes/": 3,
    "/api/v1/topics/copy-0/editions/": 1,
    "/api/v1/articles/article-0/editions/": 1,
}
FILTERED = {
    "/api/v1/topics/?tag=bridges": 1,
    "/api/v1/claims/?stance=author&source=pratt2018timber": 1,
    "/api/v1/sources/?topic=copy-0": 1,
    "/api/v1/passages/?topic=replace-or-repair": 1,
    "/api/v1/passages/?finding=unsupported": 1,
    "/api/v1/responses/?type=rebuts&to_stance=author": 1,
    "/api/v1/events/?tag=bridges&after=2018": 1,
    "/api/v1/people/?stance=opposing": 1,
    "/api/v1/sources/?stance=opposing": 1,
    "/api/v1/citations/?stance=opposing,neutral&year=2017..": 1,
    "/api/v1/claims/?stance=opposing,neutral&year=2017..": 1,
    "/api/v1/claims/?topic=copy-0,copy-1&tag=bridges": 2,
    "/api/v1/claims/?count=true": 2,
    "/api/v1/claims/?include=sources": 2,
    "/api/v1/responses/?include=claims": 2,
    "/api/v1/people/?include=claims": 2,
    "/api/v1/passages/?include=claim_records": 2,
    "/api/v1/sources/?include=uses": 2,
}


def pages(client, address):
    """Follow `next` to the end."""
    while address:
        page = client.get(address).json()
        yield page
        address = page["next"]


def identity(record):
    return json.dumps(record, sort_keys=True)


@pytest.mark.parametrize(("address", "price"), {**LISTS, **FILTERED}.items())
def test_a_list_costs_the_same_for_one_row_and_for_twenty(client, crowd, django_assert_num_queries, address, price):
    sign = "&" if "?" in address else "?"
    for limit in (1, MANY):
        with django_assert_num_queries(price):
            page = client.get(f"{address}{sign}limit={limit}").json()
        assert len(page["results"]) == limit or "?" in address
        assert page["results"]


@pytest.mark.parametrize("address", LISTS)
def test_pages_join_to_the_whole_list_forwards_and_backwards(client, crowd, address):
    whole = [row for page in pages(client, f"{address}?limit=200") for row in page["results"]]
    assert len(whole) >= MANY
    size = len(whole) // 4 + 1
    forward = list(pages(client, f"{address}?limit={size}"))
    assert [identity(row) for page in forward for row in page["results"]] == [identity(row) for row in whole]
    assert forward[0]["previous"] is None
    backward, link = [forward[-1]], forward[-1]["previous"]
    while link:
        backward.append(client.get(link).json())
        link = backward[-1]["previous"]
    assert [page["results"] for page in reversed(backward)] == [page["results"] for page in forward]
    assert [page["next"] is None for page in reversed(backward)] == [page["next"] is None for page in forward]


def test_a_page_keeps_filters_and_repeats_its_links_as_headers(client, crowd):
    response = client.get("/api/v1/claims/?stance=neutral&limit=2")
    following = response.json()["next"]
    assert response["Link"] == f'<{following}>; rel="next"'
    assert "stance=neutral" in following
    assert "limit=2" in following
    second = client.get(following)
    assert second["Link"] == f'<{second.json()["next"]}>; rel="next", <{second.json()["previous"]}>; rel="prev"'
    assert {row["stance"] for row in second.json()["results"]} == {"neutral"}
    assert "Link" not in client.get("/api/v1/topics/?limit=200")


def test_a_row_that_comes_between_does_not_shift_the_next_page(client, crowd):
    first = client.get("/api/v1/claims/?limit=5").json()
    due = client.get(first["next"]).json()["results"]
    early = PublishedClaim.objects.get(public_id=first["results"][0]["id"])
    early.pk, early.public_id = None, "aaa/a1"
    early.save()
    assert client.get(first["next"]).json()["results"] == due


@pytest.mark.parametrize("address", LISTS)
def test_a_list_has_a_strong_tag_over_its_content(client, crowd, address):
    first = client.get(address)
    assert first["ETag"].startswith('"')
    assert first["Cache-Control"] == "public, max-age=60"
    assert first["Vary"].startswith("Accept, Accept-Encoding")
    assert first["Last-Modified"]
    for held in (first["ETag"], f"W/{first['ETag']}", "*"):
        again = client.get(address, headers={"if-none-match": held})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again.get("Link") == first.get("Link")
    assert client.get(f"{address}?limit=1", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.head(address)["Content-Length"] == str(len(first.content))


def test_topics_are_summed_up_with_their_editions(client, crowd):
    current = Edition.objects.get(topic__slug=factories.TOPIC, number=2)
    listed = {topic["topic"]: topic for topic in client.get("/api/v1/topics/").json()["results"]}
    assert list(listed)[-MANY:] == [f"copy-{number}" for number in range(MANY)]
    assert list(listed)[:2] == [factories.TOPIC, factories.OTHER_TOPIC]
    first = listed[factories.TOPIC]
    assert first["sha256"] == current.sha256
    assert first["edition"] == 2
    assert first["published_at"].endswith("+00:00")
    assert {position["stance"] for position in first["positions"]} == {"author", "opposing", "neutral"}


def test_editions_are_listed_newest_first_without_people(client, crowd):
    second, first = client.get(f"/api/v1/topics/{factories.TOPIC}/editions/").json()["results"]
    assert (second["edition"], second["origin"], second["note"]) == (2, "review", "A better test")
    assert (first["edition"], first["origin"], "proposed_at" in first) == (1, "fixture", False)
    assert second["sha256"] == Edition.objects.get(topic__slug=factories.TOPIC, number=2).sha256
    assert "reviewer" not in str([first, second])
    (guide,) = client.get(f"/api/v1/articles/{factories.ARTICLE}/editions/").json()["results"]
    assert guide["article"] == factories.ARTICLE


FILTERS = {
    f"topics/?article={factories.ARTICLE}": PublishedTopic.objects.all,
    f"claims/?topic={factories.TOPIC}": lambda: PublishedClaim.objects.filter(
        published_topic__slug=factories.TOPIC,
    ),
    "claims/?stance=opposing": lambda: PublishedClaim.objects.filter(stance="opposing"),
    "claims/?kind=causal": lambda: PublishedClaim.objects.filter(kind="causal"),
    "claims/?kind=normative&stance=author": lambda: PublishedClaim.objects.filter(kind="normative", stance="author"),
    "claims/?source=pratt2018timber": lambda: PublishedClaim.objects.filter(sources__contains=["pratt2018timber"]),
    "sources/?category=peer-reviewed": lambda: PublishedSource.objects.filter(category="peer-reviewed"),
    "sources/?year=2018": lambda: PublishedSource.objects.filter(year=2018),
    "sources/?year=9": PublishedSource.objects.none,
    "sources/?language=en": lambda: PublishedSource.objects.filter(language="en"),
    f"sources/?topic={factories.OTHER_TOPIC}": lambda: PublishedSource.objects.filter(
        uses__edition__topic__slug=factories.OTHER_TOPIC,
    ).distinct(),
    f"passages/?topic={factories.TOPIC}": lambda: PublishedPassage.objects.filter(topics__contains=[factories.TOPIC]),
    f"passages/?article={factories.ARTICLE}": lambda: PublishedPassage.objects.filter(
        published_article__slug=factories.ARTICLE,
    ),
}


@pytest.mark.parametrize(("address", "expected"), FILTERS.items(), ids=FILTERS)
def test_filters_find_what_they_name(client, crowd, address, expected):
    results = client.get(f"/api/v1/{address}&limit=200").json()["results"]
    assert len(results) == expected().count() < 200


@pytest.mark.parametrize(
    ("address", "parameter", "nearest"),
    [
        ("topics/?article=ellingwood-2021-footbrige", "article", factories.ARTICLE),
        ("topics/?tag=bridge", "tag", "bridges"),
        ("claims/?topic=replace-or-repar", "topic", factories.TOPIC),
        ("claims/?topic=replace-or-repar&stance=author&limit=1", "topic", factories.TOPIC),
        ("claims/?source=pratt2018", "source", "pratt2018timber"),
        (f"claims/?id={factories.TOPIC}/s1,{factories.TOPIC}/s1000", "id", f"{factories.TOPIC}/s1"),
        ("claims/?holder=nobody", "holder", None),
        ("claims/?stated_by=nobody", "stated_by", None),
        ("responses/?claim=none/s1", "claim", None),
        ("events/?topic=none", "topic", None),
        ("people/?topic=none", "topic", None),
        ("passages/?topic=none", "topic", None),
        ("sources/?topic=none", "topic", None),
        ("search/?q=timber&topic=none", "topic", None),
        ("answers/?topic=none", "topic", None),
        ("answers/?q=timber&topic=none", "topic", None),
        ("sources.txt?topic=none", "topic", None),
    ],
)
def test_a_name_that_nothing_has_is_told_with_names_like_it(client, crowd, address, parameter, nearest):
    problem = assert_problem(client.get(f"/api/v1/{address}"), 404, "not_found", parameter=parameter)
    assert 0 < len(problem["known"]) <= 20
    assert nearest is None or nearest in problem["known"][:3]


def test_a_name_that_is_there_may_find_nothing(client, crowd):
    assert client.get(f"/api/v1/claims/?topic={factories.TOPIC}&q=nonsense").json()["results"] == []
    ids = ",".join(f"{factories.TOPIC}/{name}" for name in ("s1", "s2"))
    assert len(client.get(f"/api/v1/claims/?id={ids}").json()["results"]) == 2
    assert client.get(f"/api/v1/claims/?id={ids}&stance=opposing").json()["results"] == []


def test_each_record_has_an_address_of_its_own(client, crowd, django_assert_num_queries):
    for claim in client.get("/api/v1/claims/?limit=200").json()["results"]:
        with django_assert_num_queries(1):
            assert client.get(f"/api/v1/claims/{claim['id']}/").json() == claim
    for passage in client.get("/api/v1/passages/").json()["results"]:
        with django_assert_num_queries(1):
            assert client.get(f"/api/v1/passages/{passage['id']}/").json() == passage
    for source in client.get("/api/v1/sources/").json()["results"]:
        with django_assert_num_queries(3):
            whole = client.get(f"/api/v1/sources/{source['key']}/").json()
        assert whole["record"] == source["record"]
        assert whole["uses"]


def test_a_source_in_twenty_topics_costs_as_much_as_in_one(client, crowd, django_assert_num_queries):
    with django_assert_num_queries(3):
        uses = client.get("/api/v1/sources/pratt2018timber/").json()["uses"]
    assert len({use["topic"] for use in uses if "topic" in use}) >= MANY


@pytest.mark.parametrize("address", ["claims/none/c1/", "passages/none/p1/", "sources/none/"])
def test_a_record_that_is_not_there(client, crowd, address):
    assert_problem(client.get(f"/api/v1/{address}"), 404, "not_found")


@pytest.mark.parametrize(
    "limit", ["0", "201", "-1", "1e1", "1.0", "+1", "01", "ten", "1000000000", "9" * 999, "\u0661", " 1"]
)
def test_a_limit_that_cannot_be(client, crowd, limit):
    response = client.get("/api/v1/claims/", {"limit": limit})
    assert "200" in assert_problem(response, 400, "invalid_parameter", parameter="limit")["detail"]


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "####",
        "A" * 3000,
        "é",
        encoded({}),
        encoded("text"),
        encoded([]),
        encoded([0]),
        encoded([2, "a"]),
        encoded(["0", "a"]),
        encoded([0, "a", "b"]),
        encoded([0, None]),
        encoded([0, True]),
        encoded([0, 1.5]),
        encoded([0, -1]),
        encoded([0, 2**63]),
        encoded([0, "id", "a\x00b"]),
        encoded([0, "id", "\ud800"]),
        encoded([0, "id", "a" * 301]),
        encoded([0, "topic", "a"]),
        encoded([0, "order", "a", 2**31, "b"]),
        encoded([0, "order", "a", -1, "b"]),
        encoded([0, ["a"]]),
        base64.urlsafe_b64encode(b"[" * 2000).decode().rstrip("="),
        base64.urlsafe_b64encode(b"[0,NaN]").decode().rstrip("="),
        base64.urlsafe_b64encode(b"\xff\xfe").decode().rstrip("="),
    ],
)
@pytest.mark.parametrize("address", ["claims/", "topics/"])
def test_a_cursor_that_we_did_not_give_out(client, crowd, address, cursor):
    assert_problem(client.get(f"/api/v1/{address}", {"cursor": cursor}), 404, "invalid_cursor", parameter="cursor")


@pytest.mark.parametrize("cursor", [[0, 5], [0, "zzz"], [1, "aaa"], [1, 0]])
def test_a_cursor_of_another_list_finds_nothing_or_is_refused(client, crowd, cursor):
    for address in ("claims/", f"topics/{factories.TOPIC}/editions/", "sources/"):
        response = client.get(f"/api/v1/{address}", {"cursor": encoded(cursor)})
        assert response.status_code in {200, 400, 404}


def test_an_empty_page_leads_nowhere(client, crowd):
    page = client.get("/api/v1/claims/", {"cursor": encoded([0, "id", "zzz"])}).json()
    assert page == {"next": None, "previous": None, "results": []}
    assert Edition.objects.exists()
