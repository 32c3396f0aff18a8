"""Erasing an account: nothing names the person any more, and the record holds."""

from datetime import timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from perspectives.actions.accounts import api_keys, erasing, invitations, members
from perspectives.actions.intake import intake_batches
from perspectives.api.http.authentication import key_of
from perspectives.api.http.errors import RefusedError
from perspectives.errors import DomainError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import ApiKey, IntakeBatch, Invitation, LogEntry, LogLink, Proposal, Suggestion, User
from perspectives.models.suggestion import WAITING
from perspectives.policy import OPERATOR
from perspectives.queries.accounts import own_data
from perspectives.queries.publication import verification
from perspectives.vocab import EventCode, Role
from tests import suggesting, whole_person
from tests.actions.at_once import ROUNDS, at_once, one_winner
from tests.people import PASSWORD, account

pytestmark = pytest.mark.django_db


def erase(person, by=None, reason="Asked for it."):
    return erasing.erase(account_id=person.pk, by=by or person, reason=reason)


@pytest.fixture
def whole(published):
    return whole_person.made()


def test_no_row_of_any_table_names_the_person_and_the_record_holds(whole):
    person, _ = whole
    connection.check_constraints()  # as a commit does
    before = list(LogLink.objects.values_list("number", "sha256"))
    named = {"user", "invitation", "apikey", "webhook"}
    others = {"account_emailaddress", "axes_accessattempt", "sessions"}
    assert {*whole_person.places()} == {*(f"perspectives_{name}" for name in named), *others}
    assert len(list(own_data.sessions(person))) == 2
    erase(person)
    connection.check_constraints()
    assert whole_person.places() == []
    assert not list(own_data.sessions(person))
    assert Session.objects.count() == 1, "that of nobody stays"
    assert not Authenticator.objects.filter(user=person).exists()
    assert not EmailAddress.objects.filter(user=person).exists()
    assert list(LogLink.objects.order_by("number").values_list("number", "sha256"))[: len(before)] == sorted(before)
    assert [*verification.log_chain(), *verification.unlogged(), *verification.numbering()] == []


def test_what_is_open_is_taken_back_and_what_is_decided_stays(whole):
    person, _ = whole
    decided = Proposal.objects.exclude(status="open").count()
    erase(person)
    assert not Proposal.objects.filter(status="open").exists()
    withdrawn = Proposal.objects.get(status="withdrawn")
    assert (withdrawn.decided_by, withdrawn.reason) == (person, "The account of whoever proposed it was erased.")
    assert Proposal.objects.exclude(status__in=["open", "withdrawn"]).count() == decided
    assert not Suggestion.objects.filter(by=person, status__in=WAITING).exists()
    assert set(Suggestion.objects.filter(by=person).values_list("status", flat=True)) == {"withdrawn", "declined"}
    assert not Invitation.objects.undecided().exists()
    assert not ApiKey.objects.filter(owner=person, revoked_at=None).exists()
    entry = LogEntry.objects.latest("pk")
    assert (entry.code, entry.by, entry.account, entry.note) == (EventCode.ACCOUNT_ERASED, person, person, "")
    assert entry.detail == {"proposals": 1, "suggestions": 1}


def test_the_row_is_nobodys(whole):
    person, _ = whole
    before = person.get_session_auth_hash()
    assert erase(person) == person
    person.refresh_from_db()
    assert (person.username, str(person), person.role, person.is_active) == (
        *(f"erased-{person.pk}",) * 2,
        Role.READER,
        False,
    )
    assert not person.has_usable_password()
    assert person.get_session_auth_hash() != before
    assert person.erased_at


def test_an_open_guide_is_taken_back_too(published, article, proposer):
    Proposal.objects.create(article=article, body=b"{}", proposed_at=timezone.now(), proposed_by=proposer)
    erase(proposer)
    assert Proposal.objects.get().status == "withdrawn"
    assert LogEntry.objects.get(code=EventCode.EDITION_WITHDRAWN).article == article


def test_invitations_to_the_person_go_too(db):
    person, chief = account(), User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    EmailAddress.objects.filter(user=person).update(verified=False)
    invitations.invite(email=person.email, role="moderator", by=chief)
    erase(person)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.revoked_by) == (f"erased-{person.pk}@erased.invalid", person)


def test_the_number_of_an_own_library_at_zotero_goes_and_a_groups_stays(db):
    person = account()
    User.objects.filter(pk=person.pk).update(role=Role.CONTRIBUTOR)
    for place, library in enumerate(("users/475425", "groups/12")):
        text = f"A line that holds nothing, {place}."
        intake_batches.start(by=User.objects.get(pk=person.pk), text=text, library=library, library_version=7)
    erase(person)
    assert {*IntakeBatch.objects.values_list("library", "library_version")} == {("", None), ("groups/12", 7)}


def test_tries_of_others_stay(client, db):
    for name in ("reader", "reader-2"):
        account(name)
        client.post("/account/sign-in/", {"login": name, "password": "wrong"})
    erase(User.objects.get(username="reader"))
    assert list(own_data.AccessAttempt.objects.values_list("username", flat=True)) == ["reader-2"]


def test_nobody_comes_in_any_more(client, rf):
    person = account()
    key, secret = api_keys.create(by=person, name="Terminal", scopes=["read"], expires_at=None)
    erase(person)
    assert client.post("/account/sign-in/", {"login": "reader", "password": PASSWORD}).status_code == 200
    with pytest.raises(RefusedError):
        key_of(rf.get("/", headers={"authorization": f"Bearer {secret}"}))
    key.refresh_from_db()
    assert (key.name, key.hint, key.last_used_at) == ("erased", "erased", None)
    assert account(), "name and address are free again"


@pytest.mark.parametrize("role", Role)
def test_who_may_erase_somebody_elses_account(reader, role):
    by = User.objects.create_user("by", role=role)
    if role != Role.CHIEF_EDITOR:
        with pytest.raises(NotPermittedError):
            erase(reader, by)
        return
    erase(reader, by)
    entry = LogEntry.objects.get(code=EventCode.ACCOUNT_ERASED)
    assert (entry.by, entry.account, entry.note) == (by, reader, "Asked for it.")


def test_others_need_a_reason(reader):
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    with pytest.raises(NotPossibleError, match="Give a reason"):
        erase(reader, chief, reason=" ")
    with pytest.raises(NotFoundError, match="no account with the number 0"):
        erase(User(pk=0), chief)


def test_a_closed_account_is_erased_by_a_chief_editor_alone(reader):
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    members.deactivate(account_id=reader.pk, by=chief, reason="Left.")
    with pytest.raises(NotPermittedError):
        erase(reader)
    erase(reader, chief)


def test_erasing_is_for_good(reader):
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    erase(reader)
    with pytest.raises(NotPossibleError, match=f"The account erased-{reader.pk} was erased already"):
        erase(reader, chief)
    for action, words in (
        (partial(members.change_role, role="moderator"), "is nobody's any more"),
        (members.reactivate, "is nobody's any more"),
        (members.deactivate, "is closed already"),
    ):
        with pytest.raises(NotPossibleError, match=words):
            action(account_id=reader.pk, by=chief, reason="Why not.")


def test_the_last_chief_editor_stays(db):
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    User.objects.create_user("left", role=Role.CHIEF_EDITOR, is_active=False)
    with pytest.raises(NotPossibleError, match="the last chief editor; give somebody else that role first"):
        erase(chief)
    User.objects.create_user("second", role=Role.CHIEF_EDITOR)
    erase(chief)


@pytest.mark.django_db(transaction=True)
def test_of_two_chief_editors_who_erase_themselves_at_once_one_remains():
    for number in range(ROUNDS):
        one, two = (User.objects.create_user(f"{name}-{number}", role=Role.CHIEF_EDITOR) for name in ("one", "two"))
        outcomes = at_once(partial(erase, one), partial(erase, two))
        assert one_winner(outcomes), outcomes
        assert User.objects.filter(role=Role.CHIEF_EDITOR, is_active=True).count() == 1
        User.objects.filter(role=Role.CHIEF_EDITOR).update(role=Role.READER)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_erase_the_same_account_one_does():
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    for number in range(ROUNDS):
        person = User.objects.create_user(f"person-{number}")
        outcomes = at_once(partial(erase, person), partial(erase, person, chief))
        assert one_winner(outcomes), outcomes
        assert {type(one) for one in outcomes if isinstance(one, DomainError)} <= {NotPossibleError, NotPermittedError}
        assert LogEntry.objects.filter(code=EventCode.ACCOUNT_ERASED, account=person).count() == 1


def test_who_is_erased_suggests_nothing_more(published, reader):
    erase(reader)
    with pytest.raises(NotPermittedError):
        suggesting.sent(reader)


# --- after a restore ----------------------------------------------------------------------------------------------


def test_what_a_restore_brought_back_is_erased_again(whole):
    person, other = whole
    again = partial(erasing.erase_again, account_id=person.pk, by=OPERATOR)
    assert not again(joined_at=person.date_joined + timedelta(seconds=1)), "it is another with the same number"
    assert again(joined_at=person.date_joined)
    assert whole_person.places() == []
    assert not again(joined_at=person.date_joined), "it is erased"
    entry = LogEntry.objects.latest("pk")
    assert (entry.by, entry.account, entry.note) == (None, person, "Erased again after a restore.")
    with pytest.raises(NotPermittedError):
        erasing.erase_again(account_id=other.pk, joined_at=other.date_joined, by=other)
