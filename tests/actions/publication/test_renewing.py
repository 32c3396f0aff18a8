"""A new version of the code with another form of the index cuts its rows anew from the editions."""

from perspectives.actions.documents import bootstrap
from perspectives.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedEvent,
    PublishedPerson,
    PublishedResponse,
    PublishedTopic,
)
from perspectives.rules.publication import index_records
from tests import factories

KEPT = (PublishedClaim, PublishedEvent, PublishedResponse, PublishedPerson, PublishedTopic, PublishedArticle)


def rows():
    return {
        model: sorted(model.objects.values_list("record" if model not in KEPT[4:] else "summary", flat=True), key=str)
        for model in KEPT
    }


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
