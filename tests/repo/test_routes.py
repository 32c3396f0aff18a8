"""Every route has a row: who may do what there, and what it costs in queries."""

from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from perspectives.actions.accounts import api_keys
from perspectives.actions.documents import packs
from perspectives.actions.publication import datasets, publishing
from perspectives.actions.webhooks import webhooks
from perspectives.models import Article, Topic, User
from perspectives.policy import OPERATOR
from perspectives.queries.documents import packs as folders
from perspectives.queries.suggestions.suggestion_targets import Target
from perspectives.vocab import Role
from tests import factories, lesson, people, suggesting
from tests.repo import desk_routes

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
TOPIC = {"slug": factories.TOPIC}
ARTICLE = {"slug": factories.ARTICLE}
SOURCE = {"key": factories.ARTICLE_SOURCE}

# route: what its address needs, the status of GET, the queries of GET
ROUTES = {
    "home": ({}, 200, 4),
    "about": ({}, 200, 0),
    "topics": ({}, 302, 0),
    "topic": (TOPIC, 200, 4),
    "topic-editions": (TOPIC, 200, 1),
    "topic-edition": ({**TOPIC, "number": 1}, 200, 4),
    "topic-brief": (TOPIC, 200, 2),
    "topic-feed": (TOPIC, 200, 2),
    "topic-brief-png": (TOPIC, 200, 1),
    "topic-map": (TOPIC, 200, 2),
    "topic-map-svg": (TOPIC, 200, 1),
    "topic-map-png": (TOPIC, 200, 1),
    "handout": (TOPIC, 200, 2),
    "handout-file": ({**TOPIC, "suffix": "pdf"}, 302, 2),
    "feed": ({}, 200, 1),
    "llms": ({}, 200, 1),
    "robots": ({}, 200, 0),
    "lti-keys": ({}, 200, 1),
    "sitemap": ({}, 200, 4),
    "unapi": ({}, 200, 0),
    "topic-worksheet": (TOPIC, 200, 1),
    "topic-teach": (TOPIC, 200, 1),
    "topic-paper": ({**TOPIC, "name": "role-author"}, 200, 2),
    "only-article": ({}, 302, 1),
    "articles": ({}, 200, 2),
    "article": (ARTICLE, 200, 4),
    "article-editions": (ARTICLE, 200, 1),
    "article-edition": ({**ARTICLE, "number": 1}, 200, 5),
    "sources": ({}, 200, 3),
    "source": (SOURCE, 200, 5),
    "timeline": ({}, 200, 5),
    "people": ({}, 200, 3),
    "person": ({"slug": factories.PERSON}, 200, 5),
    "people-compare": ({}, 400, 0),
    "search": ({}, 200, 3),
    "tray-export": ({}, 400, 0),
    "quiz": ({}, 302, 0),
    "suggest": ({}, 200, 0),
    "embed-topic": (TOPIC, 200, 2),
    "embed-topic-edition": ({**TOPIC, "number": 1}, 200, 2),
    "embed-topic-brief": (TOPIC, 200, 2),
    "embed-topic-map": (TOPIC, 200, 2),
    "embed-claim": ({"topic": factories.TOPIC, "claim": "s1"}, 200, 2),
    "api:root": ({}, 200, 0),
    "api:topics": ({}, 200, 1),
    "api:topic": (TOPIC, 200, 1),
    "api:topic-editions": (TOPIC, 200, 1),
    "api:topic-edition": ({**TOPIC, "number": 1}, 200, 1),
    "api:topic-timemap": (TOPIC, 200, 1),
    "api:topic-diff": ({**TOPIC, "before": 1, "after": 1}, 200, 2),
    "api:topic-matrix": (TOPIC, 200, 1),
    "api:topic-brief": (TOPIC, 200, 2),
    "api:topic-handouts": (TOPIC, 200, 2),
    "api:topic-quiz": (TOPIC, 200, 4),
    "api:topic-teach": (TOPIC, 200, 1),
    "api:topic-graph": (TOPIC, 200, 1),
    "api:topic-timeline": (TOPIC, 200, 1),
    "api:topic-checks": (TOPIC, 200, 2),
    "api:articles": ({}, 200, 1),
    "api:article": (ARTICLE, 200, 1),
    "api:article-editions": (ARTICLE, 200, 1),
    "api:article-edition": ({**ARTICLE, "number": 1}, 200, 1),
    "api:article-timemap": (ARTICLE, 200, 1),
    "api:claims": ({}, 200, 1),
    "api:claim": ({"topic": factories.TOPIC, "claim": "s1"}, 200, 1),
    "api:responses": ({}, 200, 1),
    "api:events": ({}, 200, 1),
    "api:people": ({}, 200, 1),
    "api:person": ({"person": factories.PERSON}, 200, 1),
    "api:passages": ({}, 200, 1),
    "api:passage": ({"article": factories.ARTICLE, "passage": "p1"}, 200, 1),
    "api:citations": ({}, 200, 1),
    "api:sources": ({}, 200, 1),
    "api:source": (SOURCE, 200, 3),
    "api:styles": ({}, 200, 0),
    "api:tags": ({}, 200, 1),
    "api:figures": ({}, 200, 4),
    "api:changes": ({}, 200, 3),
    "api:dataset": ({}, 200, 1),
    "api:graph": ({}, 200, 0),
    "api:shapes": ({}, 200, 0),
    "api:vocabulary": ({}, 200, 0),
    "api:search": ({}, 400, 0),
    "api:answers": ({}, 200, 0),
    "mcp": ({}, 405, 0),
    "api:problems": ({}, 200, 0),
    "api:oembed": ({}, 400, 0),
    "api:schema": ({}, 200, 0),
    "api:docs": ({}, 200, 0),
    "health": ({}, 200, 0),
    "health-live": ({}, 200, 0),
    "health-ready": ({}, 503, 0),
    "metrics": ({}, 200, 0),
}
SIGNED_IN = tuple(role.value for role in Role)
# route: the statuses of GET for nobody and for people, the same of POST with nothing in it, the queries of GET
ACCOUNT_ROUTES = {
    "sign-in": ((200, 302), (200, 302), 0),
    "sign-out": ((405, 405), (302, 302), 0),
    "account_login": ((200, 302), (200, 302), 0),
    "account_logout": ((405, 405), (302, 302), 0),
    "account_signup": ((200, 302), (200, 302), 0),
    "account_inactive": ((200, 200), (405, 405), 0),
    "account_email": ((302, 200), (302, 302), 0),
    "account_email_verification_sent": ((200, 200), (405, 405), 0),
    "account_confirm_email": ((200, 200), (404, 404), 0),
    "account_change_password": ((302, 302), (302, 302), 0),
    "account_set_password": ((302, 200), (302, 200), 0),
    "account_reset_password": ((200, 200), (200, 200), 0),
    "account_reset_password_done": ((200, 200), (405, 405), 0),
    "account_reset_password_from_key": ((200, 200), (200, 200), 2),
    "account_reset_password_from_key_done": ((200, 200), (405, 405), 0),
    "account_reauthenticate": ((302, 403), (302, 403), 0),
    "mfa_index": ((302, 200), (405, 405), 0),
    "mfa_authenticate": ((302, 302), (302, 302), 0),
    "mfa_reauthenticate": ((302, 403), (302, 403), 0),
    "mfa_activate_totp": ((302, 200), (302, 200), 0),
    "mfa_deactivate_totp": ((302, 404), (302, 404), 0),
    "mfa_view_recovery_codes": ((302, 404), (405, 405), 0),
    "mfa_generate_recovery_codes": ((302, 200), (302, 200), 0),
    "account": ((302, 200), (405, 405), 0),
    "account-profile": ((302, 200), (302, 200), 0),
    "account-data": ((302, 200), (405, 405), 0),
    "account-export": ((302, 200), (405, 405), 0),
    "account-erase": ((302, 200), (302, 200), 0),
    "account-join": ((404, 404), (404, 404), 1),
    "account-qr-code": ((302, 404), (405, 405), 0),
    "tray": ((200, 200), (403, 403), 0),
    "account-keys": ((302, 200), (302, 200), 0),
    "account-key-revoke": ((302, 404), (302, 404), 0),
    "account-webhooks": ((302, 200), (302, 200), 0),
    "account-webhook": ((302, 404), (302, 404), 0),
    "account-webhook-remove": ((302, 404), (302, 404), 0),
    "account-classes": ((302, 200), (302, 200), 0),
    "account-class": ((302, 404), (302, 404), 0),
    "account-class-code": ((302, 404), (405, 405), 0),
    "account-class-export": ((302, 404), (405, 405), 0),
    "account-class-export-pdf": ((302, 404), (405, 405), 0),
    "account-class-delete": ((302, 404), (302, 404), 0),
    "account-class-activity": ((302, 404), (302, 404), 0),
    "class": ((200, 200), (403, 403), 0),
    "class-join": ((404, 404), (403, 403), 1),
    "class-now": ((404, 404), (403, 403), 0),
    "lti-login": ((403, 403), (403, 403), 0),
    "lti-launch": ((405, 405), (403, 403), 0),
    "lti-from-course": ((403, 403), (405, 405), 0),
    "lti-register": ((403, 403), (403, 403), 0),
    "lti-score": ((405, 405), (403, 403), 0),
    "lti-choose": ((405, 405), (403, 403), 0),
    "suggest-kind": ((200, 200), (200, 200), 0),
    "account-suggestions": ((302, 200), (405, 405), 0),
    "account-suggestion": ((302, 404), (302, 404), 0),
    "account-notices": ((302, 200), (405, 405), 0),
    "account-notices-read": ((405, 405), (302, 302), 0),
    "account-notices-mail": ((302, 200), (302, 200), 0),
    "account-unsubscribe": ((404, 404), (404, 404), 0),
}
ROLES = ("anonymous", *SIGNED_IN)
TAKES_MESSAGES = ("mcp", "post")
"""The one route of readers that is sent something; it answers and changes nothing."""
WRITES = ("post", "put", "patch", "delete", "trace")


def named(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from named(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def price(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_no_route_is_missing():
    routes = list(named(get_resolver().url_patterns))
    assert None not in routes
    assert set(routes) - {"api:unknown"} == {
        *ROUTES,
        *ACCOUNT_ROUTES,
        *desk_routes.DESK_ROUTES,
        *desk_routes.DESK_API_ROUTES,
    }


@pytest.fixture
def published(published):
    """What is published, with the dataset of it."""
    datasets.build()
    return published


@pytest.fixture
def as_role(client, db):
    def sign_in(role):
        if role != "anonymous":
            client.force_login(User.objects.create_user(role, role=role))
        return client

    return sign_in


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_each_role_as_its_row_says(role, as_role, published):
    client = as_role(role)
    for route, (arguments, status, _) in ROUTES.items():
        address = reverse(route, kwargs=arguments)
        assert client.get(address).status_code == status, address
        assert client.head(address).status_code == status, address
        for method in WRITES:
            refusal = 400 if (route, method) == TAKES_MESSAGES else 405
            assert getattr(client, method)(address).status_code == refusal, (method, address)


@contextmanager
def undone(client):
    """Undo what requests do to the database and to the client's cookies, so that one world serves many routes."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    begin = transaction.savepoint()
    yield
    transaction.savepoint_rollback(begin)
    client.cookies.clear()
    client.cookies.load(cookies)


def statuses(client, address, methods, **sent):
    return {method: getattr(client, method)(address, **sent).status_code for method in methods}


NEVER_TAKEN = ("put", "patch", "delete", "options", "trace")
PAGE_METHODS = ("get", "head", *NEVER_TAKEN, "post")


def said_of_page(reads, sends):
    return {"get": reads, "head": reads, "post": sends, **dict.fromkeys(NEVER_TAKEN, 405)}


@pytest.mark.parametrize("role", ROLES)
def test_every_account_route_answers_each_role_as_its_row_says(role, as_role, reviewer):
    key, _ = api_keys.create(by=reviewer, name="Somebody else's", scopes=["read"], expires_at=None)
    webhook, _ = webhooks.add(by=reviewer, address="https://93.184.215.14/hook")
    suggestion = suggesting.sent(reviewer, "new-source", target=Target())
    activity = lesson.activity(owner=reviewer)
    of_class = {"number": activity.classroom_id}
    arguments = {
        **dict.fromkeys(("account-class", "account-class-code", "account-class-export"), of_class),
        "account-class-export-pdf": of_class,
        "account-class-delete": of_class,
        "account-class-activity": {**of_class, "activity": activity.pk},
        "class-join": {"code": "ABCDEFGH"},
        "lti-from-course": {"token": "unheard-of"},
        "lti-register": {"token": "unheard-of"},
        "account-key-revoke": {"number": key.pk},
        "account-webhook": {"number": webhook.pk},
        "account-webhook-remove": {"number": webhook.pk},
        "account-suggestion": {"number": suggestion.pk},
        "suggest-kind": {"kind": "new-source"},
        "account-join": {"token": "unheard-of"},
        "account-unsubscribe": {"token": "unheard-of"},
        "account_confirm_email": {"key": "unheard-of"},
        "account_reset_password_from_key": {"uidb36": user_pk_to_url_str(reviewer), "key": "unheard-of"},
    }
    client, wrong = as_role(role), {}
    for route, (reads, sends, price_for_nobody) in ACCOUNT_ROUTES.items():
        address = reverse(route, kwargs=arguments.get(route, {}))
        said = said_of_page(reads[role in SIGNED_IN], sends[role in SIGNED_IN])
        with undone(client):
            if role == "anonymous":
                assert price(client, address) == price_for_nobody, route
            if (found := statuses(client, address, PAGE_METHODS)) != said:
                wrong[route] = (found, said)
    assert not wrong


@pytest.mark.parametrize("role", desk_routes.ROLES)
def test_every_route_of_the_desk_answers_each_role_as_its_row_says(role, client, signed_in, published):
    place, made, wrong = desk_routes.ROLES.index(role), desk_routes.world(), {}
    if role != "anonymous":
        signed_in(role)
    for route, row in desk_routes.DESK_ROUTES.items():
        address = reverse(route, kwargs={name: made.get(value, value) for name, value in row.arguments.items()})
        said = said_of_page(row.reads[place], row.sends[place])
        with undone(client):
            if (found := statuses(client, address, PAGE_METHODS)) != said:
                wrong[route] = (found, said)
    assert not wrong


@pytest.mark.parametrize("role", desk_routes.ROLES)
def test_every_resource_of_the_desk_answers_each_role_as_its_row_says(role, client, published):
    place, made, wrong = desk_routes.ROLES.index(role), desk_routes.world(), {}
    headers = {}
    if role != "anonymous":
        headers = {"authorization": f"Bearer {desk_routes.key_of_all_scopes(role)}"}
    for route, row in desk_routes.DESK_API_ROUTES.items():
        address = reverse(route, kwargs={name: made.get(value, value) for name, value in row.arguments.items()})
        methods = ("get", "post", "put", "delete", "patch")
        said = {method: row.statuses.get(method, desk_routes.no_method(route))[place] for method in methods}
        with undone(client):
            found = statuses(client, address, methods[:1], headers=headers)
            found |= statuses(client, address, methods[1:], headers=headers, data="{}", content_type="application/json")
            if found != said:
                wrong[route] = (found, said)
    assert not wrong


def test_what_is_missing_and_what_is_hidden_are_not_found(client, drafts):
    """Drafts are there, but nothing is published: to readers that is the same as nothing."""
    for route, (arguments, _, _) in ROUTES.items():
        if arguments:
            assert client.get(reverse(route, kwargs=arguments)).status_code == 404, route


@pytest.mark.parametrize("role", ROLES)
def test_the_admin_is_for_staff_to_look_at(role, as_role, published):
    client = as_role(role)
    assert client.get(reverse("admin:index")).status_code == 302
    door = client.get(reverse("admin:login"))
    assert door.status_code == (302 if role == "anonymous" else 404)
    staff = User.objects.create_user("staff", is_staff=True)
    client.force_login(staff)
    assert client.get(reverse("admin:index"), follow=True).redirect_chain[1][0].startswith("/account/second-factor/")
    people.show_second_factor(client, staff)
    assert client.get(reverse("admin:index")).status_code == 200
    for model, action in product(("topic", "edition", "claim", "user"), ("add", "changelist")):
        status = client.get(reverse(f"admin:perspectives_{model}_{action}")).status_code
        assert status == (403 if action == "add" else 200), (model, action)


@pytest.mark.django_db
def test_prices_in_queries_are_as_said_and_do_not_grow(client, published):
    small = {route: price(client, reverse(route, kwargs=row[0])) for route, row in ROUTES.items()}
    packs.load(files=folders.files(FIXTURES), by=OPERATOR, show=lambda _: None)
    unpublished = [*Topic.objects.filter(editions=None), *Article.objects.filter(editions=None)]
    publishing.publish_first(subjects=unpublished, by=OPERATOR)
    (published_slug, article) = ("minsk-ii", "sachs-2024-fifth-offer")
    large_arguments = {
        "slug": {
            factories.TOPIC: published_slug,
            factories.ARTICLE: article,
            factories.PERSON: "jeffrey-d-sachs",
        },
        "topic": {factories.TOPIC: published_slug},
        "article": {factories.ARTICLE: article},
        "key": {factories.ARTICLE_SOURCE: "sachs2024fifth"},
        "person": {factories.PERSON: "jeffrey-d-sachs"},
    }
    large = {
        route: price(
            client,
            reverse(
                route,
                kwargs={name: large_arguments.get(name, {}).get(value, value) for name, value in row[0].items()},
            ),
        )
        for route, row in ROUTES.items()
    }
    said = {route: row[2] for route, row in ROUTES.items()}
    assert small == said
    assert large == said
