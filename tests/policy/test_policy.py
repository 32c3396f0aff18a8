"""The policy table, all pairs."""

from itertools import product

import pytest

from perspectives.errors import NotPermittedError
from perspectives.models import User
from perspectives.policy import OPERATOR, Permission, can, require, require_person
from perspectives.vocab import Role

MODERATOR = User(pk=1, username="m", role=Role.MODERATOR)
OTHER = User(pk=2, username="o", role=Role.MODERATOR)
READER = User(pk=3, username="r", role=Role.READER)
LEFT = User(pk=4, username="l", role=Role.MODERATOR, is_active=False)
ACTORS = {"nobody": None, "operator": OPERATOR, "moderator": MODERATOR, "reader": READER, "left": LEFT}

ALLOWED = {
    (Permission.PACK_LOAD, "operator", "nobody"),
    (Permission.PACK_LOAD, "operator", "self"),
    (Permission.PACK_LOAD, "operator", "other"),
    (Permission.ARGUMENT_IMPORT, "operator", "nobody"),
    (Permission.ARGUMENT_IMPORT, "operator", "self"),
    (Permission.ARGUMENT_IMPORT, "operator", "other"),
    (Permission.FIXTURE_PUBLISH, "operator", "nobody"),
    (Permission.FIXTURE_PUBLISH, "operator", "self"),
    (Permission.FIXTURE_PUBLISH, "operator", "other"),
    (Permission.ACCOUNT_CREATE, "operator", "nobody"),
    (Permission.ACCOUNT_CREATE, "operator", "self"),
    (Permission.ACCOUNT_CREATE, "operator", "other"),
    (Permission.API_KEY_CREATE, "moderator", "nobody"),
    (Permission.API_KEY_CREATE, "moderator", "self"),
    (Permission.API_KEY_CREATE, "moderator", "other"),
    (Permission.API_KEY_CREATE, "reader", "nobody"),
    (Permission.API_KEY_CREATE, "reader", "self"),
    (Permission.API_KEY_CREATE, "reader", "other"),
    (Permission.API_KEY_REVOKE, "moderator", "nobody"),
    (Permission.API_KEY_REVOKE, "moderator", "self"),
    (Permission.API_KEY_REVOKE, "moderator", "other"),
    (Permission.API_KEY_REVOKE, "reader", "self"),
    (Permission.EDITION_PROPOSE, "moderator", "nobody"),
    (Permission.EDITION_PROPOSE, "moderator", "self"),
    (Permission.EDITION_PROPOSE, "moderator", "other"),
    (Permission.EDITION_APPROVE, "moderator", "other"),
    (Permission.EDITION_RETURN, "moderator", "other"),
    (Permission.EDITION_WITHDRAW, "moderator", "self"),
    (Permission.EDITION_RESTORE, "moderator", "nobody"),
    (Permission.EDITION_RESTORE, "moderator", "self"),
    (Permission.EDITION_RESTORE, "moderator", "other"),
}


@pytest.mark.parametrize(("permission", "who", "begun"), list(product(Permission, ACTORS, ("nobody", "self", "other"))))
def test_every_pair_is_as_the_table_says(permission, who, begun):
    actor = ACTORS[who]
    begun_by = {"nobody": None, "self": getattr(actor, "pk", None), "other": OTHER.pk}[begun]
    assert can(actor, permission, begun_by=begun_by) == ((permission, who, begun) in ALLOWED)


@pytest.mark.parametrize("permission", Permission)
def test_a_refusal_says_who_and_which_rule(permission):
    with pytest.raises(NotPermittedError, match=rf"^Nobody may not do this \({permission.value}\). The rule: Allow "):
        require(None, permission)


def test_the_operator_is_no_person():
    with pytest.raises(NotPermittedError, match="needs a person's name"):
        require_person(OPERATOR, Permission.PACK_LOAD)


def test_the_allowed_actor_is_given_back():
    assert require(OPERATOR, Permission.PACK_LOAD) is OPERATOR
    assert require_person(MODERATOR, Permission.EDITION_PROPOSE) is MODERATOR
