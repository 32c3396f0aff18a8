"""What is kept of a person: all of it, nothing of others, and nothing that helps thieves."""

import json

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey

from perspectives.models import ApiKey, User
from perspectives.queries.accounts import own_data
from tests import whole_person

pytestmark = pytest.mark.django_db


def columns_that_name_people():
    """Name every column of every table that leads to an account; the admin's own log is never written."""
    return {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is User and model._meta.app_label != "admin"
    }


def test_every_column_that_names_a_person_is_exported():
    assert {(kind.model, kind.by) for kind in own_data.KEPT.values()} == columns_that_name_people()


def test_there_is_something_of_every_kind_and_it_is_json(published):
    person, other = whole_person.made()
    found = own_data.kept(person)
    assert [name for name, rows in found.items() if not rows] == []
    assert found["account"]["display_name"] == whole_person.NAME
    assert [one["email"] for one in found["email_addresses"]] == [whole_person.ADDRESS]
    assert {one["username"].partition(" ")[0] for one in found["failed_sign_ins"]} == {
        whole_person.ADDRESS,
        person.username,
    }
    assert [one["began_at"] is None for one in found["sessions"]].count(True) == 1, "one stopped half-way"
    text = json.dumps(found, cls=DjangoJSONEncoder)
    for secret in (person.password, other.username, *ApiKey.objects.values_list("sha256", flat=True)):
        assert secret not in text


def test_of_somebody_who_did_nothing_there_is_the_account(reader):
    found = own_data.kept(reader)
    assert [name for name, rows in found.items() if rows] == ["form", "made_at", "account", "left_out"]


def test_the_price_is_one_query_a_kind(published, django_assert_num_queries):
    person, _ = whole_person.made()
    with django_assert_num_queries(len(own_data.KEPT) + 3):
        own_data.kept(person)
