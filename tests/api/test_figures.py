"""The figures are those of the rows, and every code has one."""

import pytest

from perspectives.models import PublishedClaim, PublishedSource, PublishedUse
from perspectives.vocab import CheckOutcome, QuoteStatus, SourceCategory, Stance

pytestmark = pytest.mark.django_db


def test_figures_are_counted_in_the_rows(client, published):
    figures = client.get("/api/v1/figures/").json()
    claims = list(PublishedClaim.objects.values_list("stance", flat=True))
    sources = list(PublishedSource.objects.values_list("category", flat=True))
    cites = [use.get("cite", {}) for use in PublishedUse.objects.values_list("record", flat=True)]
    states = [cite["quote_status"] for cite in cites if "quote" in cite]
    assert figures == {
        "claims": {one.value: claims.count(one.value) for one in Stance},
        "sources": {one.value: sources.count(one.value) for one in SourceCategory},
        "quotations": {one.value: states.count(one.value) for one in QuoteStatus},
        "checks": dict.fromkeys(CheckOutcome.values, 0),
    }
    assert sum(figures["quotations"].values()) == len(states) > 0


def test_claims_are_found_by_the_state_of_a_quotation(client, published):
    rows = client.get("/api/v1/claims/?quote_status=own-text&limit=100").json()["results"]
    assert rows
    assert all("own-text" in [cite.get("quote_status") for cite in row["cites"]] for row in rows)
    others = {claim["id"] for claim in client.get("/api/v1/claims/?limit=100").json()["results"]}
    assert others - {row["id"] for row in rows}
    assert client.get("/api/v1/claims/?quote_status=second-hand").json()["results"] == []
    assert client.get("/api/v1/claims/?quote_status=verified").status_code == 400
