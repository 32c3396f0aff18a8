"""Making, using and revoking API keys."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from perspectives.actions.accounts import api_keys
from perspectives.errors import BrokenRulesError, DomainError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import ApiKey, LogEntry, User
from perspectives.policy import OPERATOR
from perspectives.queries.accounts import api_keys as reading
from perspectives.rules.accounts import key_secret
from perspectives.vocab import KeyState, Role
from tests import people
from tests.actions.at_once import ROUNDS, at_once, one_winner

pytestmark = pytest.mark.django_db


def make(by, name="Reading room", **changes):
    return api_keys.create(**{"by": by, "name": name, "scopes": ["read"], "expires_at": None, **changes})


def test_a_key_is_made_and_its_secret_is_not_kept(reader):
    until = timezone.now() + timedelta(days=365)
    key, secret = make(reader, " Reading room ", scopes=["suggest", "read", "read"], expires_at=until)
    key.refresh_from_db()
    assert (key.owner, key.name, key.scopes, key.expires_at) == (reader, "Reading room", ["read", "suggest"], until)
    assert key_secret.is_well_written(secret)
    assert key.sha256 == key_secret.digest(secret)
    assert secret.startswith(key.hint)
    assert secret not in str(ApiKey.objects.values().get())
    assert reading.of_secret(secret) == key


def test_two_secrets_differ(reader):
    assert make(reader, "One")[1] != make(reader, "Two")[1]


def test_making_and_revoking_are_recorded_without_the_secret(reader, proposer):
    key, secret = make(reader)
    api_keys.revoke(key_id=key.pk, by=proposer)
    revoked, created = LogEntry.objects.order_by("-pk")[:2]
    assert (created.code, created.by) == ("api-key.created", reader)
    assert created.detail == {"key": key.pk, "scopes": ["read"]}
    assert (revoked.code, revoked.by) == ("api-key.revoked", proposer)
    assert revoked.detail == {"key": key.pk}
    assert secret not in str(list(LogEntry.objects.values()))


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b", "a\nb"])
def test_a_name_must_be_one(reader, name):
    with pytest.raises(BrokenRulesError, match="a name of at most 80"):
        make(reader, name)


@pytest.mark.parametrize("scopes", [[], ["write"], ["read", "write"]])
def test_scopes_must_be_known(reader, scopes):
    with pytest.raises(BrokenRulesError, match="the scopes read, suggest"):
        make(reader, scopes=scopes)


def test_all_that_is_wrong_is_told_at_once_and_nothing_written(reader):
    with pytest.raises(BrokenRulesError) as raised:
        make(reader, "", scopes=[], expires_at=timezone.now())
    assert len(raised.value.problems) == 3
    assert not ApiKey.objects.exists()
    assert not LogEntry.objects.exists()


def test_who_may_not_make_keys(reader):
    User.objects.filter(pk=reader.pk).update(is_active=False)
    for actor in (None, OPERATOR, reader, User(pk=0)):
        with pytest.raises(NotPermittedError):
            make(actor)


def test_a_name_is_free_again_when_its_key_is_revoked(reader, proposer):
    key, _ = make(reader)
    make(proposer)
    with pytest.raises(NotPossibleError, match="a key 'Reading room' already"):
        make(reader)
    api_keys.revoke(key_id=key.pk, by=reader)
    make(reader)


def test_twenty_keys_that_work_are_the_most(reader, proposer):
    made = [make(reader, f"Key {number}")[0] for number in range(20)]
    with pytest.raises(NotPossibleError, match="You have 20 keys already"):
        make(reader, "One more")
    make(proposer)
    api_keys.revoke(key_id=made[0].pk, by=reader)
    make(reader, "In place of the revoked one")
    past = timezone.now() - timedelta(days=1)
    ApiKey.objects.filter(pk=made[1].pk).update(created_at=past - timedelta(days=1), expires_at=past)
    make(reader, "In place of the expired one")


def test_owners_and_moderators_revoke(reader, proposer):
    for by in (reader, proposer):
        key, _ = make(reader)
        assert key.state(timezone.now()) == KeyState.LIVE
        api_keys.revoke(key_id=key.pk, by=by)
        key.refresh_from_db()
        assert key.revoked_by == by
        assert key.state(timezone.now()) == KeyState.REVOKED
        with pytest.raises(NotPossibleError, match="was revoked already"):
            api_keys.revoke(key_id=key.pk, by=by)


def test_others_do_not_revoke(reader):
    key, _ = make(reader)
    for actor in (None, OPERATOR, User.objects.create_user("somebody")):
        with pytest.raises(NotPermittedError):
            api_keys.revoke(key_id=key.pk, by=actor)
    with pytest.raises(NotFoundError):
        api_keys.revoke(key_id=0, by=reader)


def test_a_key_expires_at_the_moment_that_was_said(reader):
    until = timezone.now() + timedelta(days=30)
    key, _ = make(reader, expires_at=until)
    assert key.state(until - timedelta(seconds=1)) == KeyState.LIVE
    assert key.state(until) == KeyState.EXPIRED
    assert list(ApiKey.objects.live(until - timedelta(seconds=1))) == [key]
    assert not ApiKey.objects.live(until)


def test_use_is_noted_once_a_minute(reader):
    key, _ = make(reader)
    api_keys.note_use(key_id=key.pk)
    key.refresh_from_db()
    first = key.last_used_at
    assert first
    api_keys.note_use(key_id=key.pk)
    key.refresh_from_db()
    assert key.last_used_at == first
    ApiKey.objects.update(last_used_at=first - timedelta(seconds=61))
    api_keys.note_use(key_id=key.pk)
    key.refresh_from_db()
    assert key.last_used_at > first


@pytest.mark.django_db(transaction=True)
def test_the_twentieth_key_is_made_once(reader):
    for number in range(19):
        make(reader, f"Key {number}")
    for number in range(ROUNDS):
        outcomes = at_once(*(partial(make, reader, f"{which} {number}") for which in ("Left", "Right")))
        assert one_winner(outcomes), outcomes
        assert ApiKey.objects.live(timezone.now()).count() == 20
        api_keys.revoke(key_id=ApiKey.objects.live(timezone.now()).first().pk, by=reader)


@pytest.mark.django_db(transaction=True)
def test_one_name_is_taken_once(reader):
    for number in range(ROUNDS):
        assert one_winner(at_once(*[partial(make, reader, f"Key {number}")] * 2))


@pytest.mark.django_db(transaction=True)
def test_a_key_is_revoked_once(reader, proposer):
    for number in range(ROUNDS):
        key, _ = make(reader, f"Key {number}")
        outcomes = at_once(*(partial(api_keys.revoke, key_id=key.pk, by=by) for by in (reader, proposer)))
        assert one_winner(outcomes), outcomes
        assert not [one for one in outcomes if isinstance(one, DomainError) and one.code != "not_possible"]
    assert LogEntry.objects.filter(code="api-key.revoked").count() == ROUNDS


@pytest.mark.parametrize("role", Role)
def test_a_key_that_curates_is_for_the_desk_and_as_well_guarded(role, db):
    person = User.objects.create_user("somebody", role=role)
    sentence = {
        Role.READER: "it is for those who take part at the desk",
        Role.MODERATOR: "Set a second factor up first",
        Role.CHIEF_EDITOR: "Set a second factor up first",
    }.get(role)
    if sentence:
        with pytest.raises(BrokenRulesError, match=sentence):
            make(person, scopes=["curate"])
        assert not person.api_keys.exists()
    people.protect(person)
    if role == Role.READER:
        with pytest.raises(BrokenRulesError):
            make(person, scopes=["curate"])
    else:
        assert make(person, scopes=["curate"])[0].scopes == ["curate"]
