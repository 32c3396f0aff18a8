"""The audit of the drafts as a queue: true counts by kind, and links to the parts that are meant."""

import re

import pytest

from perspectives.models import Citation, Source
from perspectives.queries.desk import audit
from perspectives.rules.audit.kinds import KINDS
from tests import factories

pytestmark = pytest.mark.usefixtures("published")
ADDRESS = "/desk/audit/"


@pytest.fixture
def cut(published):
    """A quotation of the drafts that leaves words out without a mark, and a source without any way."""
    quoting = Citation.objects.exclude(quote="").filter(claim__topic__slug=factories.TOPIC).first()
    Citation.objects.filter(pk=quoting.pk).update(quote="The frame … is sound")
    source = Source.objects.get(key=quoting.source.key)
    record = {name: value for name, value in source.record.items() if name not in ("DOI", "ISBN", "URL", "archive")}
    Source.objects.filter(pk=source.pk).update(record=record)
    return quoting


def test_findings_lead_to_parts_and_sources(signed_in, cut):
    client, _ = signed_in("moderator")
    page = client.get(ADDRESS).text
    claim = cut.claim
    part = f"perspectives/{claim.perspective.identifier}/claims/{claim.identifier}"
    assert f'href="/desk/topics/{factories.TOPIC}/edit/{part}/"' in page
    assert f'href="/desk/sources/{cut.source.key}/"' in page
    assert "A quotation leaves words out without […]. (1)" in page
    found = audit.findings()
    assert f"{len(found)} findings" in page
    assert all(
        client.get(address).status_code == 200
        for address in set(re.findall(r'<th scope="row"><a href="([^"]+)"', page))
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_kind_shows_as_many_as_it_counts(signed_in, cut, kind):
    client, _ = signed_in("moderator")
    wanted = [one for one in audit.findings() if one.finding.code == kind.code]
    page = client.get(ADDRESS, {"kind": kind.code}).text
    assert f"{len(wanted)} findings" in page
    assert f"{kind.sentence} ({len(wanted)})" in page.replace("&#x27;", "'")


def test_a_topic_narrows_and_nonsense_is_refused(signed_in, cut):
    client, _ = signed_in("moderator")
    wanted = [one for one in audit.findings() if one.topic == factories.OTHER_TOPIC]
    assert f"{len(wanted)} findings" in client.get(ADDRESS, {"topic": factories.OTHER_TOPIC}).text
    assert client.get(ADDRESS, {"kind": "nonsense"}).status_code == 400


def test_findings_cost_a_fixed_number_of_queries(cut, django_assert_num_queries):
    with django_assert_num_queries(4):
        audit.findings()
