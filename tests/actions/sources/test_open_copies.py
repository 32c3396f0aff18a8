"""An open copy is looked for by an editor, and readers get what the editor took into the record."""

import pytest

from perspectives.actions.sources import open_copies
from perspectives.errors import ConflictError, NotPermittedError, NotPossibleError
from perspectives.models import LogEntry, Source, User
from perspectives.rules.documents import parts
from perspectives.vocab import Role
from tests import factories
from tests.clients import registry_servers
from tests.clients.registry_servers import COPY, Handler

KEY = "pratt2018timber"


@pytest.fixture(autouse=True)
def server(settings):
    yield from registry_servers.playing(settings)


@pytest.fixture
def source(drafts):
    return with_doi("10.1000/piers")


def with_doi(doi):
    record = factories.source_record(DOI=doi)
    Source.objects.filter(key=KEY).update(record=record)
    return Source.objects.get(key=KEY)


def test_the_copy_is_found_and_taken_into_the_record(source, proposer):
    found = open_copies.find(key=KEY, by=proposer)
    assert found.address == COPY["url"]
    version = parts.version(source.record)
    changed = open_copies.accept(key=KEY, address=found.address, version=version, by=proposer)
    assert changed.record == {**source.record, "URL": COPY["url"]}
    entry = LogEntry.objects.latest("pk")
    assert (entry.code, entry.note) == ("source.changed", "Open copy that Unpaywall names.")
    with pytest.raises(ConflictError):
        open_copies.accept(key=KEY, address=found.address, version=version, by=proposer)


@pytest.mark.parametrize("doi", ["10.1000/piers", "10.1000/closed"])
def test_what_is_not_named_any_more_is_not_taken(doi, source, proposer):
    changed = with_doi(doi)
    with pytest.raises(ConflictError, match="another copy now, or none"):
        open_copies.accept(key=KEY, address="https://old.example/", version=parts.version(changed.record), by=proposer)


def test_without_a_doi_or_a_service_nothing_is_asked(source, proposer, settings):
    with_doi("")
    with pytest.raises(NotPossibleError, match="has no DOI"):
        open_copies.find(key=KEY, by=proposer)
    settings.UNPAYWALL_EMAIL = ""
    with pytest.raises(NotPossibleError, match="UNPAYWALL_EMAIL is not set"):
        open_copies.find(key=KEY, by=proposer)
    assert Handler.asked == []


def test_an_answer_that_cannot_be_read_is_said(source, proposer):
    with_doi("10.1000/rubbish")
    with pytest.raises(NotPossibleError, match="no record that can be read"):
        open_copies.find(key=KEY, by=proposer)


def test_contributors_do_not_ask(source):
    contributor = User.objects.create_user("contributor", role=Role.CONTRIBUTOR)
    with pytest.raises(NotPermittedError):
        open_copies.find(key=KEY, by=contributor)
    assert Handler.asked == []
