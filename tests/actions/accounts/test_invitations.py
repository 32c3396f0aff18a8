"""Inviting, taking back, joining."""

from datetime import timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from perspectives.actions.accounts import invitations, sessions
from perspectives.errors import BrokenRulesError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Invitation, LogEntry, User
from perspectives.policy import OPERATOR
from perspectives.rules.accounts.key_secret import digest
from perspectives.vocab import InvitationState, Role
from tests.actions.at_once import ROUNDS, at_once, one_winner
from tests.people import PASSWORD, account

EMAIL = "ada@university.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(db):
    return User.objects.create_user("chief", role=Role.CHIEF_EDITOR)


def invite(by, **changes):
    return invitations.invite(**{"email": EMAIL, "role": "moderator", "by": by, **changes})


def join(token, **changes):
    return invitations.join(**{"token": token, "password": PASSWORD, "display_name": "Ada Example", **changes})


def expire():
    long_ago = timezone.now() - timedelta(days=30)
    Invitation.objects.update(invited_at=long_ago, expires_at=long_ago + timedelta(days=7))


def state():
    return Invitation.objects.first().state(timezone.now())


def test_who_is_invited_joins_in_the_role_with_a_verified_address(chief):
    invitation, token = invite(chief, email=" ADA@university.example ")
    assert (invitation.email, invitation.role, invitation.invited_by) == (EMAIL, "moderator", chief)
    assert invitation.expires_at - invitation.invited_at == timedelta(days=7)
    assert invitation.token_sha256 == digest(token)
    assert token not in str(list(Invitation.objects.values()))
    made = join(token)
    assert (made.role, made.email, str(made)) == (Role.MODERATOR, EMAIL, "Ada Example")
    assert made.check_password(PASSWORD)
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (made.pk, EMAIL, True, True)
    ]
    invitation.refresh_from_db()
    assert invitation.accepted_by == made
    assert state() is InvitationState.ACCEPTED
    invited, joined = LogEntry.objects.order_by("pk")
    assert (invited.code, invited.by, invited.detail) == (
        "account.invited",
        chief,
        {"invitation": invitation.pk, "role": "moderator"},
    )
    assert (joined.code, joined.by, joined.account) == ("account.joined", made, made)
    assert EMAIL not in str(list(LogEntry.objects.values()))


def test_a_token_works_once_and_not_after_its_time_nor_after_it_was_taken_back(chief):
    _, token = invite(chief)
    join(token)
    _, late = invite(chief, email="late@university.example")
    expire()
    _, taken = invite(chief, email="taken@university.example")
    invitations.revoke_invitation(invitation_id=Invitation.objects.get(token_sha256=digest(taken)).pk, by=chief)
    for wrong in (token, late, taken, "", "unheard-of"):
        with pytest.raises(NotFoundError, match="does not work, or no longer"):
            join(wrong)
    assert User.objects.count() == 2


@pytest.mark.parametrize("role", [None, *Role, "operator", "left"])
def test_only_chief_editors_invite_and_take_back(role):
    invitation, _ = invitations.invite_chief_editor(email="first@university.example", by=OPERATOR)
    assert invitation.invited_by is None
    actors = {None: None, "operator": OPERATOR}
    by = actors[role] if role in actors else User.objects.create_user("by", role=Role.CHIEF_EDITOR)
    if role == Role.CHIEF_EDITOR:
        invite(by)
        invitations.revoke_invitation(invitation_id=invitation.pk, by=by)
        return
    if role == "left":
        User.objects.update(is_active=False)
    elif role in Role:
        User.objects.update(role=role)
    if isinstance(by, User):
        by.refresh_from_db()
    with pytest.raises(NotPermittedError):
        invite(by)
    with pytest.raises(NotPermittedError):
        invitations.revoke_invitation(invitation_id=invitation.pk, by=by)
    assert Invitation.objects.undecided().count() == 1


def test_only_the_operator_invites_without_a_name(chief):
    for by in (None, chief):
        with pytest.raises(NotPermittedError):
            invitations.invite_chief_editor(email=EMAIL, by=by)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"email": "nobody"}, ["email"]),
        ({"email": ""}, ["email"]),
        ({"role": "king"}, ["role"]),
        ({"email": "a b@c", "role": ""}, ["email", "role"]),
    ],
)
def test_what_is_no_address_or_no_role_is_refused(chief, change, fields):
    with pytest.raises(BrokenRulesError) as raised:
        invite(chief, **change)
    assert [problem.field for problem in raised.value.problems] == fields
    assert not Invitation.objects.exists()


def test_an_address_has_one_open_invitation(chief):
    first, _ = invite(chief)
    with pytest.raises(NotPossibleError, match="invited already"):
        invite(chief, role="reader")
    expire()
    assert state() is InvitationState.EXPIRED
    invite(chief)
    first.refresh_from_db()
    assert first.revoked_by == chief
    assert Invitation.objects.undecided().count() == 1


def test_who_has_an_account_is_not_invited_and_does_not_join(chief):
    _, token = invite(chief, email="reader@people.example")
    account("reader")
    with pytest.raises(NotPossibleError, match="belongs to an account"):
        invite(chief, email="Reader@people.example")
    with pytest.raises(NotPossibleError, match="account with this address already"):
        join(token)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "12345678901234"}, "password"),
        ({"display_name": ""}, "display_name"),
        ({"display_name": "a\u202eb"}, "display_name"),
    ],
)
def test_who_joins_badly_can_try_again(chief, change, field):
    _, token = invite(chief)
    with pytest.raises(BrokenRulesError) as raised:
        join(token, **change)
    assert {problem.field for problem in raised.value.problems} == {field}
    assert state() is InvitationState.OPEN
    join(token)


def test_what_is_decided_is_not_taken_back(chief):
    invitation, token = invite(chief)
    invitations.revoke_invitation(invitation_id=invitation.pk, by=chief)
    assert state() is InvitationState.REVOKED
    with pytest.raises(NotPossibleError, match="taken back already"):
        invitations.revoke_invitation(invitation_id=invitation.pk, by=chief)
    invitation, token = invite(chief)
    join(token)
    with pytest.raises(NotPossibleError, match="accepted already"):
        invitations.revoke_invitation(invitation_id=invitation.pk, by=chief)
    with pytest.raises(NotFoundError):
        invitations.revoke_invitation(invitation_id=0, by=chief)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_join_by_one_link_one_does(chief):
    for number in range(ROUNDS):
        _, token = invite(chief, email=f"{number}@university.example")
        assert one_winner(at_once(*[partial(join, token)] * 2))
        assert User.objects.filter(email=f"{number}@university.example").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_invite_one_address_one_does(chief):
    other = User.objects.create_user("other", role=Role.CHIEF_EDITOR)
    for number in range(ROUNDS):
        email = f"{number}@university.example"
        assert one_winner(at_once(*(partial(invite, by, email=email) for by in (chief, other))))
        assert Invitation.objects.filter(email=email).count() == 1


def test_what_nobody_accepted_is_forgotten_after_ninety_days(db):
    chief = User.objects.create_user("one-more", role=Role.CHIEF_EDITOR)
    long_ago = timezone.now() - sessions.INVITATIONS_KEPT - timedelta(days=1)
    for name in ("expired", "revoked", "accepted", "fresh"):
        invitations.invite(email=f"{name}@university.example", role="reader", by=chief)
    Invitation.objects.exclude(email__startswith="fresh").update(invited_at=long_ago - timedelta(days=9))
    Invitation.objects.filter(email__startswith="expired").update(expires_at=long_ago)
    Invitation.objects.filter(email__startswith="revoked").update(revoked_at=long_ago)
    accepted = Invitation.objects.filter(email__startswith="accepted")
    accepted.update(expires_at=long_ago, accepted_at=long_ago, accepted_by=chief)
    sessions.clear()
    assert {one.email.partition("@")[0] for one in Invitation.objects.all()} == {"accepted", "fresh"}
