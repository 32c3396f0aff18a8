"""What is kept of the owner of a key, over REST."""

import pytest

from perspectives.api.desk.own_account import OwnAccount
from perspectives.models import User
from perspectives.vocab import Role, Scope
from tests import whole_person
from tests.api.conftest import assert_problem
from tests.api.desk.conftest import Curator

ACCOUNT = "/api/v1/account/"


def test_the_answer_is_as_described_and_of_the_owner(published):
    person, _ = whole_person.made()
    answer = Curator(person, scopes=[Scope.EXPORT.value]).get(ACCOUNT)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    found = answer.json()
    OwnAccount.model_validate_json(answer.content)
    assert found["account"]["email"] == whole_person.ADDRESS
    assert {one["name"] for one in found["api_keys"]} >= {"Quillfeather's tablet"}


@pytest.mark.parametrize("scope", [Scope.READ, Scope.SUGGEST, Scope.CURATE])
def test_keys_for_something_else_do_not_give_it(db, scope):
    owner = Curator(User.objects.create_user("owner", role=Role.CONTRIBUTOR), scopes=[scope.value])
    answer = owner.get(ACCOUNT)
    assert_problem(answer, 403, "not_permitted")
    assert "here it needs the scope 'export'" in answer.json()["detail"]
