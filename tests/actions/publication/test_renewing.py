"""A new version of the code with another form of the index cuts its rows anew from the editions."""

from django.utils import timezone

from perspectives.actions.documents import bootstrap
from perspectives.models import (
    Edition,
    PublishedArticle,
    PublishedClaim,
    PublishedEvent,
    PublishedPerson,
    PublishedResponse,
    PublishedTopic,
    SynonymGroup,
)
from perspectives.queries.publication import verification
from perspectives.rules.publication import index_records
from perspectives.rules.publication.canonical_json import sha256
from tests import factories

KEPT = (PublishedClaim, PublishedEvent, PublishedResponse, PublishedPerson, PublishedTopic, PublishedArticle)


def rows():
    return {
        model: sorted(model.objects.values_list("record" if model not in KEPT[4:] else "summary", flat=True), key=str)
        for model in KEPT
    }


def test_a_database_without_a_thesaurus_takes_that_of_the_packs(published, tmp_path):
    SynonymGroup.objects.all().delete()
    (tmp_path / "thesaurus.yaml").write_text("deaths:\n- killed\n- casualties\n")
    bootstrap.first_start(fixtures=tmp_path, show=lambda _: None)
    assert SynonymGroup.objects.count() == 1


def test_rows_of_an_older_form_are_renewed_once(published):
    before = rows()
    PublishedTopic.objects.update(form=0, summary={})
    PublishedArticle.objects.update(form=0, summary={})
    for model in (PublishedEvent, PublishedResponse, PublishedPerson):
        model.objects.all().delete()
    PublishedClaim.objects.update(holders=[], record={})
    said = []
    bootstrap.first_start(fixtures=factories.FOLDER, show=said.append)
    assert rows() == before
    assert said == ["index: renewed for 3 editions"]
    assert set(PublishedTopic.objects.values_list("form", flat=True)) == {index_records.FORM}
    bootstrap.first_start(fixtures=factories.FOLDER, show=said.append)
    assert len(said) == 1


def test_an_edition_of_an_older_form_is_read_and_renewed_and_keeps_its_bytes(published, client, proposer, reviewer):
    first = next(one for one in published if one.topic and one.topic.slug == factories.TOPIC)
    body = bytes(first.body).replace(b'"edition":1,', b'"edition":2,')
    for now, then in ((b'"own-text"', b'"verified"'), (b'"not-checked"', b'"unverified"')):
        body = body.replace(b'"quote_status":' + now, b'"quote_status":' + then)
    decided = {"proposed_by": proposer, "approved_by": reviewer, "proposed_at": timezone.now()}
    old = Edition.objects.create(
        topic=first.topic,
        number=2,
        body=body,
        sha256=sha256(body),
        origin="review",
        published_at=timezone.now(),
        **decided,
    )
    PublishedTopic.objects.filter(topic=first.topic).update(edition=old, form=1)
    bootstrap.first_start(fixtures=factories.FOLDER, show=lambda _: None)
    assert {fault for _, fault in verification.editions()} == {""}
    assert client.get(f"/api/v1/topics/{factories.TOPIC}/editions/2/").content == body
    page = client.get(f"/topics/{factories.TOPIC}/editions/2/").text
    assert "An editor read these words in a copy or reprint of the work." in page
    claims = client.get("/api/v1/claims/?quote_status=reproduction").json()["results"]
    assert {claim["topic"] for claim in claims} == {factories.TOPIC}
