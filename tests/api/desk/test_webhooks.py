"""One's own webhooks over REST."""

import pytest
from django.utils import timezone

from perspectives.actions.webhooks import webhooks
from perspectives.models import User, Webhook, WebhookDelivery
from perspectives.vocab import Scope
from tests.api.conftest import assert_problem
from tests.api.desk.conftest import Curator
from tests.web.webhooks.test_webhook_pages import delivered

WEBHOOKS = "/api/v1/webhooks/"
ADDRESS = "https://93.184.215.14/hook"


@pytest.fixture
def subscriber(db):
    return Curator(User.objects.create_user("subscribes"), scopes=[Scope.SUBSCRIBE.value])


@pytest.fixture
def added(subscriber):
    return subscriber.post(WEBHOOKS, {"address": ADDRESS}).json()


def test_a_webhook_is_added_and_its_secret_told_once(subscriber):
    answer = subscriber.post(WEBHOOKS, {"address": ADDRESS})
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    made = answer.json()
    assert made["secret"].startswith("whsec_")
    assert (made["address"], made["state"]) == (ADDRESS, "unconfirmed")
    own = subscriber.get(answer["Location"]).json()
    assert own == {name: value for name, value in made.items() if name != "secret"}
    assert subscriber.get(WEBHOOKS).json() == {"results": [own]}
    assert_problem(subscriber.post(WEBHOOKS, {"address": ADDRESS}), 409, "not_possible")


@pytest.mark.parametrize(
    "body",
    [{}, {"address": ""}, {"address": 5}, {"address": "http://93.184.215.14/"}, {"address": "https://10.0.0.1/"},
     {"address": f"{ADDRESS}/{'x' * 500}"}, {"address": ADDRESS, "secret": "mine"}, {"address": "https://a\u202eb/"}],
)  # fmt: skip
def test_rubbish_is_refused(subscriber, body):
    assert_problem(subscriber.post(WEBHOOKS, body), 422, "rules_broken")
    assert not Webhook.objects.exists()


def test_a_test_is_sent_and_looked_at(subscriber, added):
    place = f"{WEBHOOKS}{added['id']}/"
    answer = subscriber.post(f"{place}tests/")
    assert answer.status_code == 201
    test = answer.json()
    assert (test["type"], test["state"], test["attempts"]) == ("webhook.test", "waiting", 0)
    assert test["message_id"].startswith("msg_")
    assert test["body"]["type"] == "webhook.test"
    assert subscriber.get(answer["Location"]).json() == test
    listed = subscriber.get(f"{place}deliveries/").json()["results"]
    assert (listed[0], len(listed)) == (test, 2)
    assert_problem(subscriber.post(f"{answer['Location']}repetition/"), 409, "not_possible")


def test_a_message_is_sent_again_and_a_pause_ended(subscriber, added, published):
    place = f"{WEBHOOKS}{added['id']}/"
    assert_problem(subscriber.post(f"{place}resumption/"), 409, "not_possible")
    Webhook.objects.update(state="paused", paused_at=timezone.now(), pause_reason="It was away.")
    assert subscriber.get(place).json()["pause_reason"] == "It was away."
    resumed = subscriber.post(f"{place}resumption/").json()
    assert (resumed["state"], "paused_at" in resumed) == ("active", False)
    one = delivered(Webhook.objects.get(), published[0])
    again = subscriber.post(f"{place}deliveries/{one.pk}/repetition/").json()
    assert (again["state"], again["message_id"], again["attempts"]) == ("waiting", one.message_id, 0)


def test_it_is_removed(subscriber, added):
    place = f"{WEBHOOKS}{added['id']}/"
    assert subscriber.ask("delete", place).status_code == 204
    assert_problem(subscriber.ask("delete", place), 404, "not_found")
    assert not Webhook.objects.exists()


def test_keys_for_something_else_and_other_people_do_not_reach_it(subscriber, added):
    place = f"{WEBHOOKS}{added['id']}/"
    delivery = WebhookDelivery.objects.get()
    scopes = [Scope.READ.value, Scope.SUGGEST.value, Scope.EXPORT.value]
    assert_problem(Curator(subscriber.user, scopes=scopes).get(WEBHOOKS), 403, "not_permitted")
    other = Curator(User.objects.create_user("other"), scopes=[Scope.SUBSCRIBE.value])
    assert other.get(WEBHOOKS).json() == {"results": []}
    for method, rest in (
        ("get", ""),
        ("delete", ""),
        ("post", "resumption/"),
        ("post", "tests/"),
        ("get", "deliveries/"),
        ("get", f"deliveries/{delivery.pk}/"),
        ("post", f"deliveries/{delivery.pk}/repetition/"),
    ):
        assert_problem(other.ask(method, f"{place}{rest}", {}), 404, "not_found")
    elsewhere, _ = webhooks.add(by=subscriber.user, address=f"{ADDRESS}/2")
    assert_problem(subscriber.get(f"{WEBHOOKS}{elsewhere.pk}/deliveries/{delivery.pk}/"), 404, "not_found")
    assert Webhook.objects.count() == 2


def test_deliveries_come_fifty_a_page_at_one_price(subscriber, added, django_assert_num_queries):
    place = f"{WEBHOOKS}{added['id']}/deliveries/"
    webhook, now = Webhook.objects.get(), timezone.now()
    body = WebhookDelivery.objects.get().body
    tests = (
        WebhookDelivery(webhook=webhook, type="webhook.test", body=body, made_at=now, due_at=now) for _ in range(50)
    )
    WebhookDelivery.objects.bulk_create(tests)
    subscriber.get(place)
    with django_assert_num_queries(3):
        first = subscriber.get(place).json()
    assert len(first["results"]) == 50
    rest = subscriber.get(first["next"].removeprefix("http://testserver")).json()
    assert (len(rest["results"]), "next" in rest) == (1, False)
