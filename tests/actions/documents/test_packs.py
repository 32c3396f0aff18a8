"""Packs into drafts and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from perspectives.actions.documents import bootstrap, packs
from perspectives.errors import BrokenRulesError, NotPermittedError
from perspectives.models import Article, Citation, Claim, Edition, LogEntry, Passage, Person, Perspective, Source, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.queries.documents import packs as folders
from perspectives.queries.publication import verification
from tests import content, factories
from tests.rules.broken.packs import BROKEN

TABLES = (Article, Citation, Claim, LogEntry, Passage, Person, Perspective, Source, Topic)


def load(files):
    return packs.load(files=files, by=OPERATOR, show=lambda _: None)


def counts():
    return {table: table.objects.count() for table in TABLES}


def dump(slug=None):
    return folders.texts(draft_documents.packs(slug or Article.objects.get().slug))


def test_loading_twice_changes_nothing(drafts):
    before = counts(), dump()
    lines = []
    packs.load(files=factories.packs(), by=OPERATOR, show=lines.append)
    assert (counts(), dump()) == before
    assert len([line for line in lines if line.endswith("(unchanged)")]) == 3


def test_loading_needs_the_operator(proposer, db):
    for actor in (None, proposer):
        with pytest.raises(NotPermittedError):
            packs.load(files=factories.packs(), by=actor, show=lambda _: None)
    assert not Topic.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.id)
def test_a_broken_pack_is_refused_and_nothing_is_written(broken):
    with pytest.raises(BrokenRulesError) as refusal:
        load(broken.files())
    assert refusal.value.problems
    assert not any(counts().values())


def test_dump_of_a_dump_is_the_same_bytes(drafts):
    first = dump()
    load({name: text.encode() for name, text in first.items()})
    assert dump() == first


def test_what_keeps_its_id_keeps_its_row_and_the_rest_goes(drafts, topic):
    before = dict(Claim.objects.filter(topic=topic).values_list("identifier", "pk"))
    document = factories.topic_document(slug=topic.slug)
    document["perspectives"].reverse()
    neutral = next(side for side in document["perspectives"] if side["stance"] == "neutral")
    gone = neutral["claims"].pop()["id"]
    document["responses"] = [link for link in document["responses"] if gone not in {link["from"], link["to"]}]
    files = {f"topics/{topic.slug}.yaml": factories.as_yaml(document)}
    load(files)
    after = dict(Claim.objects.filter(topic=topic).values_list("identifier", "pk"))
    assert after == {name: pk for name, pk in before.items() if name != gone}
    order = list(Perspective.objects.filter(topic=topic).order_by("order").values_list("identifier", flat=True))
    assert order == [side["id"] for side in document["perspectives"]]


def test_topics_change_places(drafts):
    first, second = Topic.objects.order_by("order")
    files = factories.packs()
    for topic, order in ((first, second.order), (second, first.order)):
        document = factories.topic_document(slug=topic.slug, order=order)
        files[f"topics/{topic.slug}.yaml"] = factories.as_yaml(document)
    load(files)
    assert list(Topic.objects.order_by("order")) == [second, first]


def test_a_topic_alone_must_not_lose_a_claim_that_the_guide_names(drafts, article):
    link = Passage.objects.filter(claim_links__isnull=False).first().claim_links.first()
    slug, gone = link.claim.topic.slug, link.claim.identifier
    text = dump()[f"topics/{slug}.yaml"].replace(f"id: {gone}\n", f"id: {gone}-renamed\n")
    for name in ("from", "to", "claim"):
        text = text.replace(f"{name}: {gone}\n", f"{name}: {gone}-renamed\n")
    with pytest.raises(BrokenRulesError, match="keep its id or load the guide too"):
        load({f"topics/{slug}.yaml": text.encode()})


def test_a_topic_alone_must_not_take_a_place_or_a_doi_that_is_taken(drafts):
    first, second = Topic.objects.order_by("order")
    document = factories.topic_document(slug=first.slug, order=second.order)
    with pytest.raises(BrokenRulesError, match="is the order of another topic too"):
        load({f"topics/{first.slug}.yaml": factories.as_yaml(document)})
    with_doi = Source.objects.exclude(doi=None).first()
    record = {**factories.source_record(), "DOI": with_doi.record["DOI"]}
    with pytest.raises(BrokenRulesError, match=f"is also the DOI of '{with_doi.key}'"):
        load({"sources.yaml": factories.as_yaml({"another2020one": record})})


def test_people_of_like_names_get_their_own_addresses(drafts, topic):
    document = factories.topic_document(slug=topic.slug)
    document["perspectives"][0]["held_by"] = ["Ána Bell", "Ana Bell", "木村"]
    load({f"topics/{topic.slug}.yaml": factories.as_yaml(document)})
    slugs = list(Person.objects.filter(name__in=["Ána Bell", "Ana Bell", "木村"]).values_list("slug", flat=True))
    assert sorted(slugs) == ["ana-bell", "ana-bell-2", "person"]


def test_the_number_of_queries_does_not_grow_with_the_document(drafts, topic, article):
    def price(read, pk):
        with CaptureQueriesContext(connection) as queries:
            read(pk)
        return len(queries)

    before = price(draft_documents.topic_document, topic.pk)
    document = factories.topic_document(slug=topic.slug)
    neutral = next(side for side in document["perspectives"] if side["stance"] == "neutral")
    neutral["claims"] += [{**neutral["claims"][0], "id": f"extra-{i}", "text": f"Another {i}."} for i in range(20)]
    load({f"topics/{topic.slug}.yaml": factories.as_yaml(document)})
    assert price(draft_documents.topic_document, topic.pk) == before
    assert price(draft_documents.article_document, article.pk) == before == 1


@pytest.mark.django_db
def test_the_real_packs_load_pass_publish_verify_and_round_trip():
    bootstrap.first_start(fixtures=content.FIXTURES, show=lambda _: None)
    packs_read = content.packs()
    claims = sum(len(side.claims) for topic in packs_read.topics for side in topic.perspectives)
    assert (Topic.objects.count(), Claim.objects.count()) == (25, claims)
    assert Source.objects.count() == len(packs_read.sources)
    assert Edition.objects.count() == 26
    assert [fault for _, fault in verification.editions() if fault] == []
    written = dump()
    for name, text in written.items():
        assert (content.FIXTURES / name).read_text() == text, name
    assert len(written) == 28
    queries = counts()
    bootstrap.first_start(fixtures=content.FIXTURES, show=lambda _: None)
    assert counts() == queries


def test_a_second_article_loads_beside_the_first(db):
    load(content.few_files())
    first = dump(Article.objects.get().slug)
    load(factories.packs())
    assert Article.objects.count() == 2
    small = Article.objects.exclude(slug="sachs-2024-fifth-offer").get()
    assert {name: text.encode() for name, text in dump(small.slug).items()} == factories.packs()
    assert dump("sachs-2024-fifth-offer") == first


def test_part_of_a_folder_is_refused_whole(db):
    some = {"sources.yaml", "article.yaml", "topics/minsk-ii.yaml"}
    with pytest.raises(BrokenRulesError):
        load({name: text for name, text in content.few_files().items() if name in some})
    assert not any(counts().values())


def test_a_start_that_was_broken_off_is_finished_by_the_next(db, tmp_path, monkeypatch):
    files = content.few_files()
    monkeypatch.setattr(packs, "AT_ONCE", 1)
    seen = []

    def stop(line):
        seen.append(line)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        packs.load(files=files, by=OPERATOR, show=stop)
    assert 0 < Topic.objects.count() < len(content.FEW)
    bootstrap.first_start(fixtures=factories.write_packs(tmp_path, files), show=lambda _: None)
    assert Edition.objects.count() == len(content.FEW) + 1
