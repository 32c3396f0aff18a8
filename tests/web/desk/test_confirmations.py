"""Confirming a quotation at the desk and over the API, and what readers then see."""

from urllib.parse import urlencode

import pytest

from perspectives.actions.evidence import check_reports
from perspectives.models import Citation, QuotationConfirmation

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(signed_in, published):
    return signed_in("moderator")[0]


@pytest.fixture
def quoted(published):
    return Citation.objects.filter(claim__isnull=False).exclude(quote="").order_by("pk").first()


def test_one_form_confirms_and_readers_see_where_the_words_were_seen(moderator, quoted, client):
    key = quoted.source.key
    place = f"/desk/sources/{key}/confirmation/?{urlencode({'words': quoted.quote})}"
    leads = place.replace("&", "&amp;").replace("+", "%20")
    for page in (f"/desk/sources/{key}/", f"/desk/topics/{quoted.claim.topic.slug}/citations/"):
        assert leads in moderator.get(page).content.decode()
    assert quoted.quote in moderator.get(place).content.decode()
    refused = moderator.post(place, {"seen_in": "Print", "seen_on": "2999-01-01"})
    assert (refused.status_code, b"yet to come" in refused.content) == (400, True)
    assert moderator.post(place, {"seen_in": "Print", "place": "p. 4", "seen_on": "2026-03-03"}).status_code == 302
    check_reports.report(at_once=True)
    said = "Seen by an editor in Print, p. 4, on 3 March 2026."
    for page in (f"/sources/{key}/", f"/topics/{quoted.claim.topic.slug}/"):
        assert said in client.get(page).content.decode()
    for record in (f"/api/v1/sources/{key}/", f"/api/v1/topics/{quoted.claim.topic.slug}/checks/"):
        [one] = client.get(record).json()["confirmations"]
        assert (one["sentence"], one["quote"], "by" in one) == (said, quoted.quote, False)
    assert said in client.get(f"/api/v1/topics/{quoted.claim.topic.slug}.jsonld").content.decode()
    page = moderator.get(place).content.decode()
    assert "Withdraw it" in page
    assert moderator.post(place, {"withdraw": QuotationConfirmation.objects.get().pk}).status_code == 302
    check_reports.report(at_once=True)
    assert said not in client.get(f"/sources/{key}/").content.decode()
