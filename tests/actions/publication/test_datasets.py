"""Making the dataset: of one moment, once a state, however often and by however many it is made."""

import hashlib
import io
import json
import zipfile

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from perspectives.actions.documents import packs
from perspectives.actions.publication import datasets, publishing, retracting
from perspectives.models import Crux, Dataset, Edition, Perspective, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.publication import datasets as queries
from perspectives.queries.publication import published
from perspectives.rules.publication import dataset as rules
from perspectives.vocab import Role
from tests import factories, people
from tests.actions.at_once import at_once


def publish_again(topic, proposer, reviewer, words="A new survey."):
    Crux.objects.filter(topic=topic, order=0).update(would_settle=words)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer)
    return publishing.approve(proposal_id=proposal.pk, by=reviewer)


def test_nothing_published_makes_nothing(drafts):
    datasets.build()
    assert not Dataset.objects.exists()
    assert queries.described() is None


def test_it_is_made_of_the_current_editions(published):
    datasets.build()
    made = Dataset.objects.get()
    assert made.state == rules.state(Edition.objects.values_list("sha256", flat=True), *[rules.lines_file("x", [])] * 3)
    assert made.sha256 == hashlib.sha256(bytes(made.body)).hexdigest()
    assert (made.edition, made.form) == (published[-1], rules.FORM)
    assert made.manifest["published_at"] == published[-1].published_at.isoformat()
    assert str(made) == f"{made.state[:12]} (form {rules.FORM})"


def test_running_twice_makes_it_once_and_costs_one_query(published, django_assert_num_queries):
    datasets.build()
    before = list(Dataset.objects.values_list("pk", "made_at"))
    with django_assert_num_queries(1):
        datasets.build()
    assert list(Dataset.objects.values_list("pk", "made_at")) == before


def test_the_same_state_gives_the_same_bytes(published):
    datasets.build()
    first = Dataset.objects.get()
    first.delete()
    datasets.build()
    second = Dataset.objects.get()
    assert (second.state, second.sha256, bytes(second.body)) == (first.state, first.sha256, bytes(first.body))
    assert second.made_at > first.made_at


def test_an_edition_makes_another_and_the_newest_two_are_kept(published, topic, proposer, reviewer):
    datasets.build()
    seen = [Dataset.objects.get()]
    for number in range(3):
        publish_again(topic, proposer, reviewer, f"Survey {number}.")
        assert not queries.described().is_current
        datasets.build()
        assert queries.described().is_current
        seen.append(queries.newest())
    assert len({made.state for made in seen}) == len({made.sha256 for made in seen}) == 4
    assert list(queries.datasets()) == seen[:1:-1]


def test_a_retraction_makes_another_that_tells_it(published):
    datasets.build()
    before = Dataset.objects.get()
    chief = people.account("chief", role=Role.CHIEF_EDITOR)
    retraction = retracting.retract(edition_id=published[0].pk, note="A misreading.", by=chief)
    assert not queries.described().is_current
    datasets.build()
    assert queries.described().is_current
    made = queries.newest()
    assert (made.edition, made.retraction) == (before.edition, retraction)
    assert len({made.state, before.state}) == 2
    with zipfile.ZipFile(io.BytesIO(bytes(made.body))) as archive:
        told = [json.loads(line) for line in archive.read(rules.RETRACTIONS).splitlines()]
    assert [(one["topic"], one["edition"], one["note"]) for one in told] == [(factories.TOPIC, 1, "A misreading.")]
    assert told[0]["sha256"] == published[0].sha256


def test_a_retraction_of_a_past_edition_changes_nothing(published, topic, proposer, reviewer):
    publish_again(topic, proposer, reviewer)
    datasets.build()
    retracting.retract(edition_id=published[0].pk, note="Misread.", by=people.account("chief", role=Role.CHIEF_EDITOR))
    assert queries.described().is_current


def test_drafts_change_nothing(published):
    datasets.build()
    Perspective.objects.update(label="A DRAFT")
    before = Dataset.objects.get().sha256
    Dataset.objects.all().delete()
    datasets.build()
    assert Dataset.objects.get().sha256 == before


def test_another_form_makes_it_anew(published):
    datasets.build()
    Dataset.objects.update(form="0.1")
    assert not queries.described().is_current
    datasets.build()
    assert queries.newest().form == rules.FORM
    assert Dataset.objects.count() == 2


def test_one_of_an_older_state_that_comes_late_does_not_become_the_newest(published, topic, proposer, reviewer):
    late = datasets._made()
    publish_again(topic, proposer, reviewer)
    datasets.build()
    late.save()
    assert queries.newest().edition.number == 2


def test_the_database_refuses_a_hash_that_is_not_of_the_body(published):
    datasets.build()
    with pytest.raises(IntegrityError, match="hash_is_of_its_body"), transaction.atomic():
        Dataset.objects.update(sha256="0" * 64)


@pytest.fixture
def ready(transactional_db):
    packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
    for topic in Topic.objects.order_by("order"):
        publishing.publish_first(subjects=[topic], by=OPERATOR)
    return topic


def test_made_by_several_at_once_it_is_kept_once(ready):
    for _ in range(5):
        outcomes = at_once(*[datasets.build] * 4)
        assert outcomes == [None] * 4
        assert Dataset.objects.count() == 1
        Dataset.objects.all().delete()


def test_what_is_published_meanwhile_is_not_seen(ready, proposer, reviewer):
    with queries.snapshot():
        before = [edition.pk for edition in queries.current_editions()]
        assert at_once(lambda: publish_again(ready, proposer, reviewer))[0].number == 2
        assert [edition.pk for edition in queries.current_editions()] == before
        assert all(b"A new survey." not in body for _, body in queries.bodies(published.topics()))
    assert any(b"A new survey." in body for _, body in queries.bodies(published.topics()))


def test_nothing_can_be_written_while_it_is_read(ready):
    with pytest.raises(DatabaseError, match="read-only"), queries.snapshot(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM perspectives_dataset")
