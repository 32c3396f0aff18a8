"""What tests of several layers share: people, and a small invented knowledge base."""

import logging
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from redis import Redis

from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.models import Article, Edition, Topic, User
from perspectives.policy import OPERATOR
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.vocab import Role
from tests import factories, people, snapshots
from tests.database_template import Template

COUNTERS = "debatekb:limit:*"


@pytest.fixture(scope="session")
def database_template(django_db_blocker):
    with django_db_blocker.unblock():
        return Template()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, database_template):
    database_template.use()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, database_template, django_db_blocker):
    with django_db_blocker.unblock():
        database_template.keep()


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_quickly():
    """After tests that commit; there is no public way to choose how Django does it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: snapshots.empty())
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_root():
    """WhiteNoise asks for the directory when a server starts, before the fixtures of the first test."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _log_level_stays():
    """A Celery worker that a test starts in this process sets the level of all logging, for every later test too."""
    logging.getLogger().setLevel(django_settings.LOGGING["root"]["level"])
    logging.disable(logging.NOTSET)


@pytest.fixture
def log_of(caplog, monkeypatch):
    """Capture what a module logs by a handler of its own, whatever else in this process did to the root's."""

    def capture(module):
        log = logging.getLogger(module.__name__)
        monkeypatch.setattr(log, "handlers", [caplog.handler])
        monkeypatch.setattr(log, "disabled", False)
        caplog.set_level(logging.WARNING, logger=log.name)
        return caplog

    return capture


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings):
    """Pages name static files by plain names, so that nothing has to be collected first."""
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain_files}


@pytest.fixture(autouse=True)
def _nothing_published_is_cached(settings):
    """Tests that are rolled back publish other things under the same names and ids, a moment later."""
    settings.PUBLICATION_VERSION_TTL = 0
    CACHE.clear()


@pytest.fixture(autouse=True)
def _no_rate_limits(settings):
    """All tests ask from one address; those about limits set their own."""
    settings.API_ANONYMOUS_PER_MINUTE = settings.API_KEY_PER_MINUTE = settings.PAGES_PER_MINUTE = 0
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def valkey(settings):
    """The Valkey of the tests without anybody's counters."""
    with Redis.from_url(settings.CACHE_URL) as client:
        forget_all(client)
        yield client
        forget_all(client)


def forget_all(client):
    if counters := list(client.scan_iter(COUNTERS)):
        client.delete(*counters)


@pytest.fixture(autouse=True)
def _passwords_are_hashed_quickly(settings):
    """A hash that is slow on purpose would be most of what the tests of accounts take."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def proposer(db):
    return User.objects.create_user("proposer", role=Role.MODERATOR)


@pytest.fixture
def reviewer(db):
    return User.objects.create_user("reviewer", role=Role.MODERATOR)


@pytest.fixture
def reader(db):
    return User.objects.create_user("reader")


@pytest.fixture
def drafts(db):
    """The small folder of packs, loaded."""
    snapshots.begin("drafts", lambda: packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None))


@pytest.fixture
def topic(drafts):
    return Topic.objects.order_by("order").first()


@pytest.fixture
def article(drafts):
    return Article.objects.get()


@pytest.fixture
def published(drafts):
    """The small folder of packs, loaded and published: the editions of its topics and of the guide."""
    snapshots.begin("published", _publish)
    return list(Edition.objects.order_by("pk"))


def _publish():
    for subject in [*Topic.objects.order_by("order"), *Article.objects.all()]:
        publishing.publish_first(subjects=[subject], by=OPERATOR)


@pytest.fixture
def signed_in(client, db):
    """Sign a person of a role in, with all that the desk asks for, and give the client and the person.

    Who needs a second factor has one, and the session says so in allauth's own words: the check is the real one.
    """

    def sign_in(role, username=""):
        user, _ = User.objects.get_or_create(username=username or role, defaults={"role": role})
        people.sign_in(client, user)
        return client, user

    return sign_in
