"""What tests of the search share: the footbridge published once a module, and searching it."""

import pytest
from django.db import transaction

from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.models import Article, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.search.claim_search import search
from perspectives.rules.search import years
from tests import factories


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The small folder of packs, published; rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
        for subject in [*Topic.objects.order_by("order"), *Article.objects.all()]:
            publishing.publish_first(subjects=[subject], by=OPERATOR)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def find(library, db):
    """Search with the given filters, fifty hits a page."""

    def ask(text, *, limit=50, offset=0, **filters):
        values = {name: [years.read(str(one)) if name == "year" else one] for name, one in filters.items()}
        return search(text, filters=values, limit=limit, offset=offset)

    return ask
