"""Roles, closing and opening accounts, profiles."""

from functools import partial

import pytest
from allauth.account.models import EmailAddress

from perspectives.actions.accounts import api_keys, invitations, members
from perspectives.actions.accounts.new_accounts import add_verified_address
from perspectives.api.http.authentication import key_of
from perspectives.api.http.errors import RefusedError
from perspectives.errors import BrokenRulesError, DomainError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Invitation, LogEntry, User
from perspectives.policy import OPERATOR
from perspectives.vocab import Role
from tests.actions.at_once import ROUNDS, at_once, one_winner

pytestmark = pytest.mark.django_db
PROFILE = {"display_name": "Ada Example", "leaning": "neither", "interests": ""}


@pytest.fixture
def chief(db):
    return User.objects.create_user("chief", role=Role.CHIEF_EDITOR)


def change_role(account, by, role=Role.CONTRIBUTOR, reason="Asked for it"):
    return members.change_role(account_id=account.pk, role=role, by=by, reason=reason)


def deactivate(account, by, reason="Left"):
    return members.deactivate(account_id=account.pk, by=by, reason=reason)


def reactivate(account, by, reason="Came back"):
    return members.reactivate(account_id=account.pk, by=by, reason=reason)


ACTIONS = (change_role, deactivate, reactivate)


def test_a_role_is_changed_and_recorded(reader, chief):
    before = reader.get_session_auth_hash()
    changed = change_role(reader, chief)
    reader.refresh_from_db()
    assert changed.role == reader.role == Role.CONTRIBUTOR
    assert reader.get_session_auth_hash() != before
    entry = LogEntry.objects.get()
    assert (entry.code, entry.by, entry.account, entry.note) == ("account.role-changed", chief, reader, "Asked for it")
    assert entry.changes == [{"path": "role", "before": "reader", "after": "contributor"}]


@pytest.mark.parametrize(("role", "is_staff"), [(Role.CHIEF_EDITOR, True), (Role.CONTRIBUTOR, False)])
def test_who_is_moderator_no_more_has_no_admin(chief, proposer, role, is_staff):
    User.objects.filter(pk=proposer.pk).update(is_staff=True)
    assert change_role(proposer, chief, role).is_staff == is_staff


def test_an_account_is_closed_and_opened_again_and_its_record_stays(reader, chief, rf):
    key, secret = api_keys.create(by=reader, name="Terminal", scopes=["read"], expires_at=None)
    before = reader.get_session_auth_hash()
    deactivate(reader, chief)
    with pytest.raises(RefusedError):
        key_of(rf.get("/", headers={"authorization": f"Bearer {secret}"}))
    reader.refresh_from_db()
    assert not reader.is_active
    reactivate(reader, chief)
    reader.refresh_from_db()
    assert reader.is_active
    assert reader.get_session_auth_hash() != before
    assert key_of(rf.get("/", headers={"authorization": f"Bearer {secret}"})) == key
    assert [(entry.code, entry.account, entry.note) for entry in LogEntry.objects.order_by("pk")[1:]] == [
        ("account.deactivated", reader, "Left"),
        ("account.reactivated", reader, "Came back"),
    ]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", [None, *Role, "operator", "left"])
def test_nobody_but_an_active_chief_editor_does_so(action, role, reader):
    actors = {None: None, "operator": OPERATOR}
    by = actors[role] if role in actors else User.objects.create_user("by", role=Role.CHIEF_EDITOR)
    if role == "left":
        User.objects.filter(pk=by.pk).update(is_active=False)
    elif role in Role:
        User.objects.filter(pk=by.pk).update(role=role)
    if role == Role.CHIEF_EDITOR:
        with pytest.raises(NotFoundError, match="no account with the number 0"):
            action(User(pk=0), by)
        return
    with pytest.raises(NotPermittedError):
        action(reader, by)
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_does_so_to_themselves(action, chief):
    with pytest.raises(NotPermittedError, match="not about themselves"):
        action(chief, chief)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("reason", ["", " \n ", "a\u202eb", "x" * 2001])
def test_a_reason_is_given(action, reason, reader, chief):
    User.objects.filter(pk=reader.pk).update(is_active=action is not reactivate)
    with pytest.raises(NotPossibleError, match="Give a reason"):
        action(reader, chief, reason=reason)
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (partial(change_role, role=Role.READER), "has this role already"),
        (partial(change_role, role="king"), "There is no role 'king'"),
        (reactivate, "is open"),
    ],
)
def test_what_is_so_already_is_not_done_again(action, words, reader, chief):
    with pytest.raises(NotPossibleError, match=words):
        action(reader, chief)


def test_a_closed_account_is_not_closed_again(reader, chief):
    deactivate(reader, chief)
    with pytest.raises(NotPossibleError, match="is closed already"):
        deactivate(reader, chief)


@pytest.mark.parametrize("action", [change_role, deactivate])
def test_invitations_of_who_may_not_invite_any_more_are_taken_back(action, chief):
    other = User.objects.create_user("other", role=Role.CHIEF_EDITOR)
    invitations.invite(email="ada@university.example", role="moderator", by=other)
    action(other, chief)
    taken = Invitation.objects.get()
    assert taken.revoked_at
    assert taken.revoked_by == chief


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", [change_role, deactivate])
def test_of_two_chief_editors_who_undo_each_other_one_remains(action):
    one, two = (User.objects.create_user(name, role=Role.CHIEF_EDITOR) for name in ("one", "two"))
    for _ in range(ROUNDS):
        outcomes = at_once(partial(action, one, two), partial(action, two, one))
        assert one_winner(outcomes), outcomes
        assert {type(outcome) for outcome in outcomes if isinstance(outcome, DomainError)} == {NotPermittedError}
        assert User.objects.filter(role=Role.CHIEF_EDITOR, is_active=True).count() == 1
        User.objects.update(role=Role.CHIEF_EDITOR, is_active=True)


# --- profiles -----------------------------------------------------------------------------------------------------


def test_a_profile_is_kept_tidy_and_recorded_where_it_changed(reader):
    told = {
        "display_name": "  Ada   Example ",
        "leaning": "author-side",
        "interests": "One\r\ntwo.\r\n\r\n\r\n Three. ",
    }
    changed = members.change_profile(by=reader, **told)
    reader.refresh_from_db()
    assert (reader.display_name, reader.leaning, reader.interests) == (
        "Ada Example",
        "author-side",
        "One two.\n\nThree.",
    )
    assert str(changed) == "Ada Example"
    entry = LogEntry.objects.get()
    assert (entry.code, entry.by, entry.account) == ("account.changed", reader, reader)
    assert entry.changes == [{"path": "display_name"}, {"path": "leaning"}, {"path": "interests"}]
    members.change_profile(by=reader, **told)
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"display_name": " "}, "display_name", "The name is empty"),
        ({"display_name": "x" * 81}, "display_name", "more than 80 characters"),
        ({"display_name": "a\u202eb"}, "display_name", "the invisible character U\\+202E"),
        ({"interests": "x" * 2001}, "interests", "more than 2000 characters"),
        ({"interests": "a\x07b"}, "interests", "the invisible character U\\+0007"),
        ({"leaning": "left"}, "leaning", "Choose one of: author-side"),
    ],
)
def test_a_profile_that_cannot_be_kept_is_refused_by_field(reader, change, field, words):
    with pytest.raises(BrokenRulesError, match=words) as raised:
        members.change_profile(by=reader, **{**PROFILE, **change})
    assert [problem.field for problem in raised.value.problems] == [field]
    assert not LogEntry.objects.exists()


def test_only_people_have_profiles(reader):
    User.objects.filter(pk=reader.pk).update(is_active=False)
    for actor in (None, OPERATOR, reader, User(pk=0)):
        with pytest.raises(NotPermittedError):
            members.change_profile(by=actor, **PROFILE)


# --- new accounts -------------------------------------------------------------------------------------------------


def test_signing_up_makes_a_reader(db):
    told = {"email": "ada@university.example", "password": "a long and quiet river", "display_name": "Ada Example"}
    one, two = members.sign_up(**told), members.sign_up(**{**told, "email": "other@university.example"})
    assert one.username.startswith("ada-example-")
    assert one.username != two.username
    assert (one.role, one.is_staff, one.is_superuser) == (Role.READER, False, False)
    assert one.check_password(told["password"])
    assert list(LogEntry.objects.values_list("code", "by", "account")) == [
        ("account.created", two.pk, two.pk),
        ("account.created", one.pk, one.pk),
    ]


def test_a_name_of_other_letters_makes_a_user_name_too(db):
    made = members.sign_up(email="a@b.example", password="a long and quiet river", display_name="Ἀριστοτέλης")
    assert made.username.startswith("person-")


def test_demo_people_of_before_get_an_address(db):
    User.objects.create_user("demo-proposer", role=Role.MODERATOR)
    assert "demo-proposer" not in members.make_demo_people()
    assert EmailAddress.objects.get(user__username="demo-proposer").verified


def test_an_account_keeps_the_address_that_it_has(reader):
    add_verified_address(reader, "first@people.example")
    add_verified_address(reader, "second@people.example")
    assert [one.email for one in reader.emailaddress_set.all()] == ["first@people.example"]
