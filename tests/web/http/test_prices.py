"""What the pages cost in queries: the same for one row and for more than twenty."""

import pytest
from django.core.signing import Signer

from perspectives.models import PublishedTopic
from perspectives.rules.study.tray import written
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"
ARTICLE = f"/articles/{factories.ARTICLE}/"


def tray(*claims):
    """The address of a tray."""
    return f"/tray/?t={Signer(salt='perspectives.tray').sign(written(claims))}"


PRICES = {
    "/": 4,
    "/search/": 3,
    "/about/": 0,
    TOPIC: 4,
    f"{TOPIC}editions/": 1,
    f"{TOPIC}editions/1/": 4,
    f"{TOPIC}handout/": 2,
    "/feed.atom": 1,
    f"{TOPIC}worksheet/": 1,
    f"{TOPIC}worksheet/?side=all": 1,
    f"{TOPIC}teach/": 1,
    f"{TOPIC}teach/role-author.pdf": 2,
    "/articles/": 2,
    ARTICLE: 4,
    f"{ARTICLE}editions/": 1,
    f"{ARTICLE}editions/1/": 5,
    "/sources/": 3,
    "/sources/council2020survey/": 5,
    "/timeline/": 5,
    f"/timeline/?topic={factories.TOPIC}&from=1800": 5,
    "/people/": 3,
    f"/people/{factories.PERSON}/": 5,
    "/tray/": 0,
    tray(f"{factories.TOPIC}/s1"): 6,
    tray(f"{factories.TOPIC}/s1", f"{factories.TOPIC}/o2", f"{factories.OTHER_TOPIC}/s1"): 6,
    "/quiz/?sheet=7": 4,
    f"/quiz/?sheet=7&topic={factories.TOPIC}": 3,
    f"/quiz/?sheet=7&topic={factories.TOPIC}&ask=rebuttal&done=1": 4,
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("address", "price"), PRICES.items())
def test_price_of_few_rows(client, published, django_assert_num_queries, address, price):
    with django_assert_num_queries(price):
        assert client.get(address).status_code == 200


def test_price_of_many_rows(client, many, django_assert_num_queries):
    assert PublishedTopic.objects.count() > 20
    for address, price in PRICES.items():
        with django_assert_num_queries(price, info=address):
            assert client.get(address).status_code == 200


def test_price_of_a_later_edition_includes_the_one_before(client, second_edition, django_assert_num_queries):
    with django_assert_num_queries(5):
        assert client.get(f"{TOPIC}editions/2/").status_code == 200
