"""What waits at the desk: true counts, queues that show them, and queries that do not grow."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from perspectives.actions.documents import drafting
from perspectives.actions.intake import intake_batches
from perspectives.actions.publication import publishing
from perspectives.actions.sources import source_records
from perspectives.actions.suggestions import authoring, suggestion_decisions
from perspectives.models import (
    Citation,
    Claim,
    Gap,
    IntakeBatch,
    IntakeEntry,
    LogEntry,
    Perspective,
    Proposal,
    Response,
    Source,
    Suggestion,
    Topic,
    User,
)
from perspectives.queries.desk import gaps
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import factories, suggesting

pytestmark = pytest.mark.usefixtures("published")
MANY = 10_000
DESK = "/desk/"
QUEUES = ("evidence", "gaps", "stale", "proposals/waiting", "intake/waiting", "suggestions", "sources")


@pytest.fixture
def topic(published):
    return Topic.objects.get(slug=factories.TOPIC)


@pytest.fixture
def desk(signed_in):
    return signed_in("moderator")[0]


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def waiting(client):
    """Read the desk's first page: address of a queue -> how much waits there."""
    text = page(client, DESK)
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">.*?data-name="How many"[^>]*>(\d+)<', text)
    nothing = re.findall(r'<li><a href="(/desk/[^"]+)">', text.partition("group_done")[2])
    return {address.replace("&amp;", "&"): int(count) for address, count in rows} | dict.fromkeys(nothing, 0)


def shown(client, address):
    """Read how much a queue says that it holds."""
    text = page(client, address)
    return int(re.search(r'class="guide-line"[^>]*>(\d+) ', text)[1])


def change_draft(topic, by):
    head = parts.find(plain(draft_documents.topic_document(topic.pk)), parts.HEAD)
    drafting.change(
        topic_id=topic.pk, changes=[parts.Change(parts.HEAD, head, {**head, "title": f"{head['title']}!"})], by=by
    )


def later(by, days):
    """Let all that was done be so many days longer ago; the log and editions refuse changes elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, column in (("edition", "published_at"), ("logentry", "at")):
            cursor.execute(f"UPDATE perspectives_{table} SET {column} = {column} - %s", [timedelta(days=days)])
        cursor.execute("SET session_replication_role = DEFAULT")


def a_full_desk(topic, person):
    """Put at least one thing into every queue."""
    other = User.objects.create_user("other", role=Role.MODERATOR)
    sender = User.objects.create_user("sender")
    suggesting.sent(sender)
    asked = suggesting.sent(sender, "missing-view")
    suggestion_decisions.ask(suggestion_id=asked.pk, by=other, text="Where is that said?")
    authoring.answer(suggestion_id=asked.pk, by=sender, text="On page 3.")
    held = suggesting.sent(sender, "new-source")
    Suggestion.objects.filter(pk=held.pk).update(is_quarantined=True)
    second = Topic.objects.get(slug=factories.OTHER_TOPIC)
    change_draft(topic, person)
    change_draft(second, person)
    publishing.propose_topic(topic_id=topic.pk, by=other)
    returned = publishing.propose_topic(topic_id=second.pk, by=person)
    publishing.send_back(proposal_id=returned.pk, by=other, reason="Mend it.")
    batch = intake_batches.start(by=sender_with_role(), text="This line holds nothing.")
    IntakeEntry.objects.filter(batch=batch).update(state="failed", last_error="No identifier.")
    Citation.objects.filter(pk=Citation.objects.exclude(quote="").first().pk).update(quote_status="not-checked")
    cited = Citation.objects.filter(claim__isnull=False).first().source
    source_records.deprecate(key=cited.key, reason="Retracted in May.", by=other)
    Gap.objects.all().delete()
    later(person, 400)


def sender_with_role():
    return User.objects.create_user("contributor-too", role=Role.CONTRIBUTOR)


def test_every_count_is_what_its_queue_shows(signed_in, topic):
    client, person = signed_in("moderator")
    a_full_desk(topic, person)
    counted = waiting(client)
    assert len(counted) == 18
    for address, count in counted.items():
        assert shown(client, address) == count, address
    assert {address for address, count in counted.items() if not count} <= {
        "/desk/proposals/waiting/?whose=own",
        "/desk/checks/",
        "/desk/evidence/?problem=superseded",
        "/desk/stale/?why=old",
        "/desk/sources/?state=current&lacks=identifier",
        "/desk/sources/?state=current&metadata=partly",
        "/desk/evidence/?problem=no-locator",
    }


def test_what_people_sent_stands_by_its_age(signed_in, topic):
    client, person = signed_in("moderator")
    a_full_desk(topic, person)
    Suggestion.objects.filter(kind="citation").update(sent_at=timezone.now() - timedelta(days=90))
    IntakeBatch.objects.update(at=timezone.now() - timedelta(days=10))
    text = page(client, DESK)
    order = [text.index(name) for name in ("Open suggestions", "Entries of intakes to decide", "Suggestions in quaran")]
    assert order == sorted(order)
    assert "90 days" in text
    assert "10 days" in text


def test_contributors_see_the_drafts_alone(signed_in):
    client, _ = signed_in("contributor")
    text = page(client, DESK)
    assert "Claims without an answer" in text
    assert "uggestions" not in text.partition("<h1>")[2]
    assert "Intake" not in text.partition("<h1>")[2]


@pytest.mark.parametrize(
    "query", ["evidence/?problem=ugly", "gaps/?stance=author", "stale/?why=so", "evidence/?topic=x"]
)
def test_what_no_filter_knows_is_refused(query, desk):
    assert desk.get(DESK + query).status_code == 400


@pytest.mark.parametrize("kind", ["claim", "agreement", "event"])
def test_a_citation_leads_to_the_form_of_its_part(kind, desk, topic):
    citation = Citation.objects.filter(**{f"{kind}__topic": topic}).last()
    Citation.objects.exclude(pk=citation.pk).update(locator="p. 1")
    Citation.objects.filter(pk=citation.pk).update(locator="")
    Source.objects.filter(pk=citation.source_id).update(record={**citation.source.record, "type": "book"})
    text = page(desk, f"{DESK}evidence/?problem=no-locator&topic={topic.slug}")
    address = re.search(rf'href="(/desk/topics/{topic.slug}/edit/[^"]+)"', text)[1]
    form = page(desk, address)
    assert citation.source.key in form
    owner = getattr(citation, kind)
    assert getattr(owner, "identifier", getattr(owner, "title", None) or getattr(owner, "text", None)) in form


def test_contributors_are_led_to_no_form(signed_in):
    client, _ = signed_in("contributor")
    Citation.objects.update(locator="")
    assert "/edit/" not in page(client, f"{DESK}evidence/")
    Response.objects.all().delete()
    assert "/add/" not in page(client, f"{DESK}gaps/")


def test_a_gap_is_told_and_one_can_answer_it(desk, topic):
    claim = Claim.objects.filter(topic=topic, perspective__stance="author").first()
    Response.objects.filter(to_claim=claim, from_claim__perspective__stance="neutral").delete()
    Gap.objects.filter(claim=claim).delete()
    assert gaps.listed(is_unsaid=True).get() == claim
    text = page(desk, f"{DESK}gaps/?stance=neutral&topic={topic.slug}&said=no")
    address = re.search(r'href="(/desk/topics/[^"]+/add/responses/\?to=[^"]+)"', text)[1]
    assert re.search(rf'<option value="{claim.identifier}" selected', page(desk, address))
    Gap.objects.create(topic=topic, order=99, claim=claim, stance="neutral", note="Nobody has said so.")
    assert not gaps.listed(is_unsaid=True)
    assert "Nobody has said so." in page(desk, f"{DESK}gaps/?stance=neutral")


def test_only_old_changes_and_editions_are_stale(signed_in, topic):
    client, person = signed_in("moderator")
    assert shown(client, f"{DESK}stale/") == 0
    change_draft(topic, person)
    later(person, 29)
    assert shown(client, f"{DESK}stale/") == 0
    later(person, 2)
    assert shown(client, f"{DESK}stale/?why=changed") == 1
    assert shown(client, f"{DESK}stale/?why=old") == 0
    later(person, 366)
    assert shown(client, f"{DESK}stale/?why=old") == Topic.objects.count()


def fill(topic, person, many):
    """Put so many rows into every queue."""
    suggesting.many(User.objects.create_user(f"reader{many}"), topic, many, work=f"doi:10.5555/{many}")
    side = Perspective.objects.get(topic=topic, stance="author")
    claims = Claim.objects.bulk_create(
        Claim(
            topic=topic,
            perspective=side,
            order=many + place,
            identifier=f"m{many}-{place}",
            text="Said.",
            kind="causal",
        )
        for place in range(many)
    )
    record = factories.source_record(DOI=None)
    record = {name: value for name, value in record.items() if value is not None}
    works = Source.objects.bulk_create(Source(key=f"work{many}-{place}", record=record) for place in range(many))
    Citation.objects.bulk_create(
        Citation(claim=claim, order=0, source=work, relation="supports", locator="")
        for claim, work in zip(claims, works, strict=True)
    )
    topics = Topic.objects.bulk_create(
        Topic(
            article=topic.article,
            slug=f"t{many}-{place}",
            order=1000 * many + place,
            title="Whose?",
            question="Whose?",
            background="None.",
            period_start="2001",
            period_end="2002",
        )
        for place in range(many)
    )
    ago = timezone.now() - timedelta(days=40)
    LogEntry.objects.bulk_create(LogEntry(code="topic.changed", at=ago, by=person, topic=one) for one in topics)
    other = User.objects.create_user(f"other{many}", role=Role.MODERATOR)
    Proposal.objects.bulk_create(Proposal(topic=one, body=b"{}", proposed_at=ago, proposed_by=other) for one in topics)
    batch = IntakeBatch.objects.create(by=other, at=ago, encoding="utf-8", format="identifiers", text="x")
    IntakeEntry.objects.bulk_create(
        IntakeEntry(batch=batch, number=place, raw="x", kind="unknown", state="failed", last_error="No.")
        for place in range(1, many + 1)
    )


def queries(client, address):
    client.get(address)  # the first request of a session writes it
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queries_are_as_many_for_ten_thousand_rows_as_for_ten(signed_in, topic):
    client, person = signed_in("moderator")
    fill(topic, person, 10)
    addresses = [DESK, *(f"{DESK}{name}/" for name in QUEUES)]
    before = {address: queries(client, address) for address in addresses}
    fill(topic, person, MANY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert {address: queries(client, address) for address in addresses} == before
    for name in QUEUES:
        assert shown(client, f"{DESK}{name}/") >= MANY, name
    assert max(before.values()) <= 16
