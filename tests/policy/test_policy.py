"""The policy table, all pairs."""

from itertools import product

import pytest

from perspectives.errors import NotPermittedError
from perspectives.models import User
from perspectives.policy import OPERATOR, Permission, can, needs_second_factor, require, require_person
from perspectives.vocab import Role

CHIEF = User(pk=1, username="e", role=Role.CHIEF_EDITOR)
OTHER = User(pk=2, username="o", role=Role.MODERATOR)
READER = User(pk=3, username="r", role=Role.READER)
LEFT = User(pk=4, username="l", role=Role.CHIEF_EDITOR, is_active=False)
MODERATOR = User(pk=5, username="m", role=Role.MODERATOR)
CONTRIBUTOR = User(pk=6, username="c", role=Role.CONTRIBUTOR)
ACTORS = {
    "nobody": None,
    "operator": OPERATOR,
    "chief editor": CHIEF,
    "moderator": MODERATOR,
    "contributor": CONTRIBUTOR,
    "reader": READER,
    "left": LEFT,
}
BEGUN = ("nobody", "self", "other")
ANY, OWN, OTHERS = BEGUN, ("self",), ("other",)

OPERATORS = {"operator": ANY}
CHIEFS = {"chief editor": ANY}
MODERATORS = {**CHIEFS, "moderator": ANY}
CONTRIBUTORS = {**MODERATORS, "contributor": ANY}
PEOPLE = {**CONTRIBUTORS, "reader": ANY}
ALLOWED = {
    Permission.PACK_LOAD: OPERATORS,
    Permission.ARGUMENT_IMPORT: OPERATORS,
    Permission.FIXTURE_PUBLISH: OPERATORS,
    Permission.ACCOUNT_CREATE: OPERATORS,
    Permission.ACCOUNT_INVITE: CHIEFS,
    Permission.ACCOUNT_CHANGE: dict.fromkeys(PEOPLE, OWN),
    Permission.ACCOUNT_CHANGE_ROLE: dict.fromkeys(CHIEFS, OTHERS),
    Permission.ACCOUNT_DEACTIVATE: dict.fromkeys(CHIEFS, OTHERS),
    Permission.ACCOUNT_EXPORT: PEOPLE,
    Permission.ACCOUNT_ERASE: {**dict.fromkeys(PEOPLE, OWN), **CHIEFS},
    Permission.ACCOUNT_ERASE_AGAIN: OPERATORS,
    Permission.API_KEY_CREATE: PEOPLE,
    Permission.API_KEY_REVOKE: {**dict.fromkeys(PEOPLE, OWN), **MODERATORS},
    Permission.WEBHOOK_ADD: PEOPLE,
    Permission.WEBHOOK_CHANGE: dict.fromkeys(PEOPLE, OWN),
    Permission.PLATFORM_CHANGE: CHIEFS,
    Permission.CLASS_OPEN: PEOPLE,
    Permission.CLASS_LEAD: dict.fromkeys(PEOPLE, OWN),
    Permission.COMMENT_WRITE: CONTRIBUTORS,
    Permission.COMMENT_EDIT: dict.fromkeys(CONTRIBUTORS, OWN),
    Permission.COMMENT_DELETE: {**dict.fromkeys(PEOPLE, OWN), **CHIEFS},
    Permission.ASSIGNMENT_MAKE: MODERATORS,
    Permission.NOTICE_READ: PEOPLE,
    Permission.NOTICE_CHOOSE: PEOPLE,
    Permission.DOCUMENT_ARCHIVE: CHIEFS,
    Permission.DESK_SEE: CONTRIBUTORS,
    Permission.HISTORY_SEE: MODERATORS,
    Permission.EDITION_PROPOSE: MODERATORS,
    Permission.EDITION_APPROVE: dict.fromkeys(MODERATORS, OTHERS),
    Permission.EDITION_RETURN: dict.fromkeys(MODERATORS, OTHERS),
    Permission.EDITION_WITHDRAW: dict.fromkeys(MODERATORS, OWN),
    Permission.EDITION_RESTORE: MODERATORS,
    Permission.EDITION_RETRACT: CHIEFS,
    Permission.TOPIC_CHANGE: MODERATORS,
    Permission.ARTICLE_CHANGE: MODERATORS,
    Permission.SOURCE_CHANGE: MODERATORS,
    Permission.SOURCE_MERGE: MODERATORS,
    Permission.THESAURUS_CHANGE: MODERATORS,
    Permission.EVIDENCE_CHECK: OPERATORS,
    Permission.QUOTATION_CONFIRM: MODERATORS,
    Permission.INTAKE_START: CONTRIBUTORS,
    Permission.INTAKE_DECIDE: MODERATORS,
    Permission.SUGGESTION_SEND: PEOPLE,
    Permission.SUGGESTION_ANSWER: dict.fromkeys(PEOPLE, OWN),
    Permission.SUGGESTION_DECIDE: dict.fromkeys(MODERATORS, OTHERS),
}


@pytest.mark.parametrize(("permission", "who", "begun"), list(product(Permission, ACTORS, BEGUN)))
def test_every_pair_is_as_the_table_says(permission, who, begun):
    actor = ACTORS[who]
    begun_by = {"nobody": None, "self": getattr(actor, "pk", None), "other": OTHER.pk}[begun]
    is_allowed = begun in ALLOWED[permission].get(who, ())
    assert can(actor, permission, begun_by=begun_by) == is_allowed
    for ask, allowed in ((require, is_allowed), (require_person, is_allowed and actor is not OPERATOR)):
        if allowed:
            assert ask(actor, permission, begun_by=begun_by) is actor
        else:
            with pytest.raises(NotPermittedError):
                ask(actor, permission, begun_by=begun_by)


@pytest.mark.parametrize("permission", Permission)
def test_a_refusal_says_who_and_which_rule(permission):
    with pytest.raises(NotPermittedError, match=rf"^Nobody may not do this \({permission.value}\). The rule: Allow "):
        require(None, permission)


@pytest.mark.parametrize(("actor", "who"), [(READER, "r"), (OPERATOR, "the operator at the command line")])
def test_a_refusal_names_whom_it_refuses(actor, who):
    with pytest.raises(NotPermittedError, match=rf"^{who} may not do this \(edition.propose\)"):
        require(actor, Permission.EDITION_PROPOSE)


def test_the_operator_is_no_person():
    with pytest.raises(NotPermittedError, match="needs a person's name"):
        require_person(OPERATOR, Permission.PACK_LOAD)


def test_the_allowed_actor_is_given_back():
    assert require(OPERATOR, Permission.PACK_LOAD) is OPERATOR
    assert require_person(MODERATOR, Permission.EDITION_PROPOSE) is MODERATOR


@pytest.mark.parametrize("role", Role)
def test_who_decides_what_is_published_needs_a_second_factor(role):
    assert needs_second_factor(User(role=role)) == (role in {Role.MODERATOR, Role.CHIEF_EDITOR})
