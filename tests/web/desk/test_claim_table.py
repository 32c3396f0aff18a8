"""Several claims on one page, typed or pasted: every mistake is told, nothing typed is lost, all are added or none."""

import pytest
from django.urls import reverse

from perspectives.models import Claim, LogEntry
from perspectives.web.desk.documents.claim_table import MOST_ROWS
from tests import factories

ADDRESS = reverse("desk-topic-claims", args=[factories.TOPIC, "wait"])
TABLE = "Claim\tKind\tSource\tHow it bears on the statement\nIt is wet.\tfactual\tpratt2018timber\tsupports\n"


@pytest.fixture
def moderator(signed_in, published):
    client, _ = signed_in("moderator")
    return client


def rows(*claims, **more):
    sent = {"claims-count": str(len(claims)), **more}
    for place, claim in enumerate(claims):
        sent |= {f"claims-{place}-{name}": value for name, value in claim.items()}
    return sent


WET = {"text": "It is wet.", "kind": "factual", "source": "pratt2018timber", "relation": "supports"}
OLD = {"text": "It is old.", "kind": "factual"}


def own():
    return Claim.objects.filter(topic__slug=factories.TOPIC, perspective__identifier="wait").order_by("order")


def test_several_claims_are_added_at_once_and_empty_rows_are_passed_over(moderator):
    assert moderator.get(ADDRESS).text.count("<legend>Claim") == 3
    before = own().count()
    done = moderator.post(ADDRESS, rows(WET, {}, OLD, note="From the survey."), follow=True)
    assert "2 claims are added" in done.text
    added = list(own())[before:]
    assert [one.text for one in added] == ["It is wet.", "It is old."]
    assert [one.citations.count() for one in added] == [1, 0]
    assert len({one.identifier for one in own()}) == before + 2
    entry = LogEntry.objects.latest("pk")
    assert (entry.note, len(entry.changes)) == ("From the survey.", 2)


def test_a_table_is_pasted_looked_at_and_added(moderator):
    before = own().count()
    page = moderator.post(ADDRESS, rows(OLD, table=TABLE, read="1"))
    assert page.status_code == 200, page.context["mistakes"]
    assert own().count() == before
    fields = [row[name] for row in page.context["rows"] for name in row.fields]
    shown = {field.html_name: field.value() or "" for field in fields}
    assert moderator.post(ADDRESS, {"claims-count": "2", **shown}).status_code == 302
    assert own().count() == before + 2


def test_every_rows_mistakes_are_told_when_a_table_is_read(moderator):
    table = "It is wet.,factual,nobody1999,proves\n,factual\n" + "w " * 30 + ",strange\n"
    page = moderator.post(ADDRESS, rows(read="1", table=f"text,kind,source,relation\n{table}"))
    told = [f"{one.label} {one.message}" for one in page.context["mistakes"]]
    assert page.status_code == 422
    for part in ("Claim 1: How it bears", "“proves” is none of", "nobody1999", "Claim 3: Kind “strange” is none of"):
        assert any(part in one for one in told), (part, told)
    assert 'value="nobody1999"' in page.text


def test_what_cannot_be_read_or_does_not_fit_stays_in_the_box(moderator):
    broken = moderator.post(ADDRESS, rows(read="1", table='a,"b\n'))
    assert broken.context["table"] == 'a,"b\n'
    assert "Paste a table first" in moderator.post(ADDRESS, rows(read="1")).text
    many = "".join(f"Claim {number}.,factual\n" for number in range(MOST_ROWS + 2))
    page = moderator.post(ADDRESS, rows(read="1", table=f"text,kind\n{many}"))
    assert len(page.context["rows"]) == MOST_ROWS
    assert page.context["table"].count("\n") == 3
    assert "2 are still in the box" in page.text


def test_rows_come_and_go_and_keep_what_was_typed(moderator):
    more = moderator.post(ADDRESS, rows(WET, OLD, more="1")).context["rows"]
    assert [row["text"].value() or "" for row in more] == ["It is wet.", "It is old.", ""]
    less = moderator.post(ADDRESS, rows(WET, OLD, drop="0")).context["rows"]
    assert [row["text"].value() for row in less] == ["It is old."]
    found = moderator.post(ADDRESS, rows({**WET, "source": "timber"}, find="claims-0-source"))
    assert 'value="claims-0-source:pratt2018timber"' in found.text


def test_one_mistake_keeps_all_from_being_added(moderator):
    before = own().count()
    page = moderator.post(ADDRESS, rows(WET, {**OLD, "id": "No Id"}, {**OLD, "kind": ""}))
    assert page.status_code == 422
    assert own().count() == before
    labels = {one.label for one in page.context["mistakes"]}
    assert labels == {"Claim 2: Id", "Claim 3: Kind"}
    for one in page.context["mistakes"]:
        assert f'id="{one.anchor}"' in page.text


def test_an_id_that_is_taken_is_told(moderator):
    page = moderator.post(ADDRESS, rows({**OLD, "id": "s1"}))
    assert page.status_code == 422
    assert "s1" in page.context["mistakes"][0].message


def test_nothing_adds_nothing(moderator):
    for sent in ({}, rows({}, {}), {"claims-count": "x"}):
        assert "at least one claim" in moderator.post(ADDRESS, sent).text
    assert moderator.get(reverse("desk-topic-claims", args=[factories.TOPIC, "nobody"])).status_code == 404
