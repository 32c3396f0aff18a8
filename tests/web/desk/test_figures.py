"""The page of figures: what it counts is what is there."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from perspectives.models import Citation, Source, Suggestion, Topic, User
from perspectives.queries.desk import desk_statistics
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import consistency
from perspectives.rules.publication import balance
from perspectives.vocab import Role, Stance
from perspectives.web.desk.queues import statistics_tables
from perspectives.web.desk.queues.csv_table import as_csv
from tests import factories, suggesting

pytestmark = pytest.mark.usefixtures("published")
FIGURES = "/desk/figures/"


@pytest.fixture
def desk(signed_in):
    return signed_in("moderator")[0]


def decided(number, kind, by, *, accepted, days=2):
    sent = suggesting.sent(User.objects.create_user(f"sender{number}"), kind)
    status, reason = ("accepted", "as-sent") if accepted else ("declined", "other")
    now = timezone.now()
    Suggestion.objects.filter(pk=sent.pk).update(
        status=status, reason=reason, decided_by=by, decided_at=now, sent_at=now - timedelta(days=days)
    )


def table(client, code):
    response = client.get(f"{FIGURES}{code}.csv")
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_balance_is_that_of_the_gate():
    found = {one.slug: one for one in desk_statistics.balance()}
    for topic in Topic.objects.all():
        document = draft_documents.topic_document(topic.pk)
        figures = balance.figures(document, draft_documents.source_records(consistency.all_source_keys([document])))
        for stance in Stance:
            for name in ("words", "claims", "sources"):
                assert getattr(found[topic.slug], name).get(stance, 0) == getattr(figures, name)[stance], (topic, name)


def test_the_scholarly_share_counts_each_source_once_a_side():
    cited = Citation.objects.filter(claim__perspective__stance="neutral").values_list("source__key", "source__category")
    works = dict(cited)
    good = sum(category in desk_statistics.SCHOLARLY for category in works.values())
    assert desk_statistics.scholarly()["neutral"] == (len(works), good)


def test_the_concentration_is_between_many_and_one():
    found = desk_statistics.concentration()
    assert found.citations == Citation.objects.count()
    assert sum(count for *_, count in found.most) <= found.citations
    assert 1 / found.sources <= found.evenness < 1
    Citation.objects.update(source=Source.objects.first())
    assert desk_statistics.concentration().evenness == 1


def test_decisions_are_counted_by_person_leaning_kind_and_side(desk):
    one = User.objects.create_user("lena", role=Role.MODERATOR, leaning="author-side", display_name="=Lena")
    decided(1, "citation", one, accepted=True)
    decided(2, "citation", one, accepted=False)
    decided(3, "missing-view", one, accepted=True)
    decided(4, "gap-answer", one, accepted=True)
    decided(5, "broken-link", one, accepted=False)
    found = {(row["Kind"], row["Side"]): row for row in table(desk, "decisions")}
    assert {key: (row["Accepted"], row["Declined"]) for key, row in found.items()} == {
        ("Citation for a claim", "Author’s side"): ("1", "1"),
        ("Missing view", "Neutral"): ("1", "0"),
        ("Answer to a gap", "Opposing"): ("1", "0"),
        ("Broken link", "None"): ("0", "1"),
    }
    assert {row["Moderator"] for row in found.values()} == {"'=Lena"}
    assert {row["Leaning"] for row in found.values()} == {"Author's side"}


def test_the_median_is_of_what_was_decided_in_the_month(desk):
    one = User.objects.create_user("lena", role=Role.MODERATOR)
    for number, days in enumerate((1, 2, 6)):
        decided(number, "new-source", one, accepted=True, days=days)
    newest = table(desk, "suggestions")[0]
    assert (newest["Decided"], newest["Median days to decide"]) == ("3", "2.0")
    assert table(desk, "proposals") == []


def test_the_page_costs_as_much_for_many_decisions_as_for_few(desk, reader):
    def price():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(FIGURES).status_code == 200
        return len(captured)

    price()
    before = price()
    many = suggesting.many(reader, Topic.objects.get(slug=factories.TOPIC), 1000)
    moderator = User.objects.create_user("lena", role=Role.MODERATOR)
    Suggestion.objects.filter(pk__in=[one.pk for one in many]).update(
        status="declined", reason="spam", decided_by=moderator, decided_at=timezone.now()
    )
    assert price() == before


def test_an_age_falls_into_one_band(monkeypatch):
    now = timezone.now()
    ages = [now - timedelta(days=days) for days in (0, 31, 32, 365, 366)]
    monkeypatch.setattr(statistics_tables.rows, "edition_ages", lambda: ages)
    assert [row[1].text for row in statistics_tables.edition_ages().rows] == ["2", "1", "1", "1"]


def test_unknown_tables_are_not_there(desk):
    assert desk.get(f"{FIGURES}secrets.csv").status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\ta", "\ra"])
def test_no_cell_is_a_formula(cell):
    assert next(csv.reader(io.StringIO(as_csv(["a"], [[cell]]).partition("\r\n")[2], newline="")))[0] == f"'{cell}"
