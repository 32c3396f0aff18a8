"""Confirmations of quotations over REST."""

import pytest

from perspectives.models import Citation
from tests.api.desk.test_sources import assert_problem

pytestmark = pytest.mark.django_db


def test_a_quotation_is_confirmed_listed_and_taken_back(published, moderator):
    quoted = Citation.objects.exclude(quote="").select_related("source").order_by("pk").first()
    place = f"sources/{quoted.source.key}/confirmations/"
    said = {"quote": quoted.quote, "seen_in": "Print of 2018", "place": "p. 4", "seen_on": "2026-03-03"}
    made = moderator.ask("post", place, said)
    assert made.status_code == 201
    assert made.json().items() >= (said | {"is_named": False}).items()
    assert moderator.get(place).json() == {"results": [made.json()]}
    assert_problem(moderator.ask("post", place, {**said, "seen_on": "2999-01-01"}), 422, "rules_broken")
    assert_problem(moderator.ask("post", place, {**said, "quote": "Never quoted"}), 404, "not_found")
    one = f"{place}{made.json()['id']}/"
    assert_problem(moderator.ask("delete", one.replace(quoted.source.key, "weir2016cost")), 404, "not_found")
    assert moderator.ask("delete", one).status_code == 200
    assert moderator.get(place).json() == {"results": []}
    assert_problem(moderator.ask("delete", one), 409, "not_possible")
