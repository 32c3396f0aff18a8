"""The conventions, at every address: methods, Accept, query parameters, slashes."""

import pytest
from django.urls import URLPattern, get_resolver
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from perspectives.api.desk.urls import of_readers
from perspectives.api.desk.urls import urlpatterns as of_desk
from perspectives.api.http.authentication import ApiKeyAuthentication
from perspectives.api.http.errors import problem_response
from perspectives.api.http.permissions import HasScope
from perspectives.api.http.throttling import ClientThrottle
from perspectives.api.http.views import ApiView
from perspectives.api.schema.about import RootView, UnknownView
from perspectives.api.search.filters import ClaimFilter
from perspectives.api.urls import urlpatterns
from tests import factories
from tests.api.conftest import assert_problem

pytestmark = pytest.mark.django_db
TOPIC, ARTICLE = factories.TOPIC, factories.ARTICLE
ADDRESSES = {
    "root": "",
    "topics": "topics/",
    "topic": f"topics/{TOPIC}/",
    "topic-editions": f"topics/{TOPIC}/editions/",
    "topic-edition": f"topics/{TOPIC}/editions/1/",
    "topic-timemap": f"topics/{TOPIC}/timemap/",
    "topic-diff": f"topics/{TOPIC}/diff/1/2/",
    "topic-matrix": f"topics/{TOPIC}/matrix/",
    "topic-brief": f"topics/{TOPIC}/brief/",
    "topic-handouts": f"topics/{TOPIC}/handouts/",
    "topic-quiz": f"topics/{TOPIC}/quiz/",
    "topic-teach": f"topics/{TOPIC}/teach/",
    "topic-graph": f"topics/{TOPIC}/graph/",
    "topic-checks": f"topics/{TOPIC}/checks/",
    "topic-timeline": f"topics/{TOPIC}/timeline/",
    "articles": "articles/",
    "article": f"articles/{ARTICLE}/",
    "article-editions": f"articles/{ARTICLE}/editions/",
    "article-edition": f"articles/{ARTICLE}/editions/1/",
    "article-timemap": f"articles/{ARTICLE}/timemap/",
    "claims": "claims/",
    "claim": f"claims/{TOPIC}/s1/",
    "responses": "responses/",
    "events": "events/",
    "people": "people/",
    "person": f"people/{factories.PERSON}/",
    "passages": "passages/",
    "passage": f"passages/{ARTICLE}/p1/",
    "citations": "citations/",
    "sources": "sources/",
    "source": "sources/pratt2018timber/",
    "search": "search/",
    "answers": f"answers/?topic={TOPIC}",
    "styles": "styles/",
    "figures": "figures/",
    "tags": "tags/",
    "changes": "changes/",
    "dataset": "dataset/",
    "graph": "graph/",
    "shapes": "shapes/",
    "vocabulary": "vocabulary/",
    "problems": "problems/",
    "oembed": f"oembed/?url=http://testserver/topics/{TOPIC}/",
    "schema": "schema/",
}
EVERYWHERE = [f"/api/v1/{address}" for address in ADDRESSES.values()]
ANSWERING = [f"{address}?q=timber" if address.endswith("/search/") else address for address in EVERYWHERE]
every_address = pytest.mark.parametrize("address", EVERYWHERE)
every_answer = pytest.mark.parametrize("address", ANSWERING)
LIST = "/api/v1/claims/"


def asking(address, query):
    """Add a query to an address that may have one."""
    return f"{address}{'&' if '?' in address else '?'}{query}"


def test_every_route_is_tried_here():
    """Those of the desk, which are included, keep to other conventions: `tests/api/desk/`."""
    own = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)]
    assert {pattern.name for pattern in own} == {*ADDRESSES, "docs", "unknown"}
    assert "api" in get_resolver().namespace_dict


def test_every_resource_is_answered_by_rest_framework_with_our_classes_at_its_points():
    """As ADR 6 says."""
    patterns = [pattern for pattern in [*urlpatterns, *of_desk, *of_readers] if isinstance(pattern, URLPattern)]
    views = {pattern.callback.cls for pattern in patterns if pattern.name not in {"docs", "unknown"}}
    assert len(views) > 60
    for view in views:
        assert issubclass(view, ApiView)
        assert view.dispatch is APIView.dispatch
        assert view.authentication_classes == [ApiKeyAuthentication]
        assert view.throttle_classes == [ClientThrottle]
        assert HasScope in view.permission_classes
    assert api_settings.EXCEPTION_HANDLER is problem_response


@every_answer
def test_every_address_answers_json(client, library, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert "Accept" in response["Vary"].split(", ")
    assert "Accept-Encoding" in response["Vary"].split(", ")
    assert response["ETag"].startswith('"')
    assert response.json()
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_only_reading_is_allowed(client, method, django_assert_num_queries):
    for address in EVERYWHERE:
        with django_assert_num_queries(0):
            response = client.generic(method, address, data=b"\x00{", content_type="text/nonsense")
        assert_problem(response, 405, "method_not_allowed")
        assert response["Allow"] == "GET, HEAD, OPTIONS"


@every_address
def test_options_tells_the_methods_and_costs_no_query(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.options(address)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@every_answer
def test_head_is_get_without_its_body(client, library, address):
    got, headed = client.get(address), client.head(address)
    assert headed.content == b""
    assert headed["Content-Length"] == str(len(got.content))
    assert headed["ETag"] == got["ETag"]


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "application/xml, image/*",
        "application/json;q=0",
        "nonsense",
        "text/html; charset*=nowhere'en'%41",
        "a/b;" + "c=d;" * 2000,
        "text/html;q=é",
    ],
)
def test_what_we_do_not_have_is_not_acceptable(client, accept):
    for address in EVERYWHERE:
        assert_problem(client.get(address, headers={"accept": accept}), 406, "not_acceptable")


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/*",
        "application/json",
        "text/html, */*;q=0.1",
        "application/json;q=0.5",
        "APPLICATION/JSON",
        "",
    ],
)
def test_what_we_have_is_acceptable(client, library, accept):
    for address in ANSWERING:
        assert client.get(address, headers={"accept": accept}).status_code == 200


@every_address
def test_an_unknown_parameter_is_named_with_the_known_ones(client, library, address):
    problem = assert_problem(client.get(asking(address, "colour=red")), 400, "unknown_parameter", parameter="colour")
    assert "'colour'" in problem["detail"]
    assert all(name in problem["detail"] for name in problem["known"])


def test_the_known_parameters_of_a_list(client, library):
    problem = client.get(f"{LIST}?colour=red").json()
    further = ("count", "cursor", "fields", "group_by", "include", "limit", "ordering")
    assert problem["known"] == sorted([*ClaimFilter.base_filters, *further])


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("=x", "unknown_parameter", ""),
        ("%00=x", "unknown_parameter", "\x00"),
        ("%ED%A0%80=x", "unknown_parameter", "\ufffd\ufffd\ufffd"),
        ("Topic=x", "unknown_parameter", "Topic"),
        ("limit[]=1", "unknown_parameter", "limit[]"),
        ("n" * 3000, "unknown_parameter", "n" * 80 + "…"),
        ("topic=", "invalid_parameter", "topic"),
        ("topic", "invalid_parameter", "topic"),
        ("topic=a%00b", "invalid_parameter", "topic"),
        ("topic=a%0D%0ASet-Cookie:x", "invalid_parameter", "topic"),
        ("topic=%ED%A0%80", "invalid_parameter", "topic"),
        ("topic=%FF", "invalid_parameter", "topic"),
        ("topic=Minsk", "invalid_parameter", "topic"),
        ("topic=a%0A", "invalid_parameter", "topic"),
        ("topic=' OR 1=1--", "invalid_parameter", "topic"),
        ("topic=" + "a" * 81, "invalid_parameter", "topic"),
        ("topic=" + "a-" * 1900, "invalid_parameter", "topic"),
        ("source=" + "a_" * 1900, "invalid_parameter", "source"),
        ("stance=none", "invalid_parameter", "stance"),
        ("stance=null", "invalid_parameter", "stance"),
        ("stance=Author", "invalid_parameter", "stance"),
        ("kind=%F0%9F%92%A9", "invalid_parameter", "kind"),
        ("stance=author&stance=author", "invalid_parameter", "stance"),
        ("stance[]=author&stance=author", "invalid_parameter", "stance"),
        ("q=timber&q=bridge", "repeated_parameter", "q"),
        ("limit=1&limit=1", "repeated_parameter", "limit"),
    ],
)
def test_a_parameter_that_cannot_be(client, library, query, code, parameter):
    assert_problem(client.get(f"{LIST}?{query}"), 400, code, parameter=parameter)


@pytest.mark.parametrize(
    "query",
    [
        "year=0",
        "year=-5",
        "year=19.5",
        "year=10000",
        "year=1e3",
        "year=\u0662",
        "language=-",
        "language=" + "a" * 36,
        "category=x",
    ],
)
def test_a_filter_of_sources_that_cannot_be(client, library, query):
    assert_problem(client.get(f"/api/v1/sources/?{query}"), 400, "invalid_parameter", parameter=query.split("=")[0])


def test_a_code_that_is_not_one_is_answered_with_those_that_are(client, library):
    assert client.get(f"{LIST}?stance=x").json()["detail"] == "Give one or several of: author, opposing, neutral."


@pytest.mark.parametrize("query", ["topic=" + "a" * 8000, "&" * 8000, "a=1&" * 2000])
def test_a_query_that_is_too_long(client, query):
    for address in EVERYWHERE:
        assert_problem(client.get(asking(address, query)), 414, "query_too_long")


def test_too_many_parameters(client, library, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    assert_problem(client.get(f"{LIST}?{'limit=1&' * 6}"), 400, "bad_request")
    assert_problem(client.get(f"/api/v1/topics/{TOPIC}/?{'limit=1&' * 6}"), 400, "bad_request")


@pytest.mark.parametrize(
    "address",
    [
        "nothing/",
        "topics//",
        "topics/a/b/",
        "topics/a b/",
        "topics/a%00b/",
        "topics/%ED%A0%80/",
        "topics/%0D%0Ax:y/",
        "topics/ä/",
        f"topics/{TOPIC}/editions/x/",
        f"topics/{TOPIC}/editions/-1/",
        f"topics/{TOPIC}/editions/1.0/",
        f"topics/{TOPIC}/editions/{'9' * 5000}/",
        "claims/a/",
        "sources/../topics/",
        "nothing.json",
        "topics.json/",
        "nothing",
    ],
)
@pytest.mark.parametrize("method", ["get", "head", "post", "delete", "options"])
def test_an_address_that_is_none(client, address, method, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = getattr(client, method)(f"/api/v1/{address}")
    if method == "head":
        assert (response.status_code, response.content) == (404, b"")
    else:
        assert "/api/v1/" in assert_problem(response, 404, "unknown_address")["detail"]


def test_a_missing_slash_is_added(client):
    response = client.get("/api/v1/topics/a-b?limit=1&x=%00")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/topics/a-b/?limit=1&x=%00")
    assert client.head("/api/v1/claims")["Location"] == "/api/v1/claims/"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_a_method_is_refused_with_and_without_the_slash_and_with_a_suffix(client, method):
    for address in ("claims", "claims/", "claims.csv", "topics/a-b", "topics/a-b.nothing", "dataset.zip", "docs"):
        response = client.generic(method, f"/api/v1/{address}")
        assert response.status_code == 405, address
        assert set(response["Allow"].split(", ")) <= {"GET", "HEAD", "OPTIONS"}
        assert_problem(response, 405, "method_not_allowed")


def test_a_change_without_the_slash_is_led_on_with_its_method_and_body(client):
    response = client.post("/api/v1/suggestions?x=1", data=b"{}", content_type="application/json")
    assert (response.status_code, response["Location"]) == (308, "/api/v1/suggestions/?x=1")
    assert_problem(client.delete("/api/v1/suggestions"), 405, "method_not_allowed")


def test_answers_are_kept_apart_by_key(client, library):
    for address in ANSWERING:
        assert "Authorization" in client.get(address)["Vary"].split(", ")


def test_the_root_lists_what_there_is(client, library):
    resources = client.get("/api/v1/").json()["resources"]
    assert set(resources) == set(RootView.names)
    needed = {"oembed": {"url": f"http://testserver/topics/{TOPIC}/"}, "search": {"q": "timber"}}
    needed["answers"] = {"topic": TOPIC}
    for name, address in resources.items():
        assert client.get(address, needed.get(name, {})).status_code == 200


def test_the_unknown_is_no_part_of_the_schema():
    assert UnknownView.schema is None
