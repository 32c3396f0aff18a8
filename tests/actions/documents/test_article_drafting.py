"""A guide is made part by part: passages are picked, what was seen is named, and nothing of the text is kept."""

import json

import pytest
from django.db import connection

from perspectives.actions.documents import article_drafting, drafting
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Article, LogEntry, PassageClaim, Source
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication.index_records import plain
from tests import factories

TEXT = (
    "Limes cool a street. Orla Finch counted the bees in every crown, and gave up at ten thousand of them one June day."
)
LONG = "Orla Finch counted the bees in every crown, and gave up at ten thousand of them one June day."
RECORD = factories.source_record(
    DOI="10.1000/limes", title="Plant Limes", author=[{"family": "Finch", "given": "Orla"}]
)
LIMES = {
    "article": "plant-limes",
    "title": "Plant Limes",
    "author": "Orla Finch",
    "author_short": "Finch",
    "outline": [{"section": "Shade", "summary": "Finch praises the shade."}],
}


@pytest.fixture
def limes(drafts, proposer):
    return article_drafting.begin(document=LIMES, source=RECORD, by=proposer)


def guide(article):
    return plain(draft_documents.article_document(article.pk))


def pick(article, by, *passages, **given):
    said = {"section": "Shade", "paraphrase": "Trees are praised."}
    passages = [{**said, **passage} for passage in passages]
    return article_drafting.pick(article_id=article.pk, text=TEXT, passages=passages, by=by, **given)


def test_an_article_is_begun_with_its_record(limes, proposer):
    assert Source.objects.get(key=limes.source.key).record["title"] == "Plant Limes"
    assert guide(limes)["selector_note"].startswith("start and end count characters")
    entry = LogEntry.objects.get(article=limes)
    assert (entry.code, entry.by, entry.detail) == ("article.changed", proposer, {"begun": True})


def test_an_article_is_begun_once(limes, proposer):
    with pytest.raises(NotPossibleError, match="There is an article 'plant-limes' already"):
        article_drafting.begin(document=LIMES, source=RECORD, by=proposer)
    with pytest.raises(BrokenRulesError) as refused:
        article_drafting.begin(document={**LIMES, "article": "again", "source": limes.source.key}, by=proposer)
    assert "is already the source of the article 'plant-limes'" in str(refused.value)
    assert Article.objects.count() == 2


def test_what_a_new_article_lacks_is_told_and_its_record_not_kept(drafts, proposer):
    with pytest.raises(BrokenRulesError) as refused:
        article_drafting.begin(document={**LIMES, "author_short": ""}, source=RECORD, by=proposer)
    assert [problem.path for problem in refused.value.problems] == ["author_short"]
    assert not Source.objects.filter(doi="10.1000/limes").exists()


def test_passages_are_picked_and_the_text_is_nowhere(limes, proposer):
    pick(limes, proposer, {"passage": LONG, "words": "counted the bees"}, {"passage": "Limes cool a street."})
    made = guide(limes)["passages"]
    assert [(one["id"], one["start"], one["quote"]) for one in made] == [
        ("p2", 0, "Limes cool a street."),
        ("p1", 21, "counted the bees"),
    ]
    assert len({one["text_sha256"] for one in made}) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'perspectives%%'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" AS one WHERE one::text LIKE %s', ["%ten thousand of them%"])
            assert cursor.fetchone() == (0,), table


def test_a_passage_is_picked_anew_and_keeps_what_is_said_of_it(limes, proposer):
    pick(limes, proposer, {"passage": "Limes cool a street."})
    given = {"text": f"Anew. {TEXT}", "passages": [{"id": "p1", "passage": LONG, "words": "one June day."}]}
    article_drafting.pick(article_id=limes.pk, by=proposer, **given)
    (passage,) = guide(limes)["passages"]
    assert (passage["start"], passage["quote"], passage["paraphrase"]) == (27, "one June day.", "Trees are praised.")


def test_problems_of_picking_name_the_passage_that_was_asked_for(limes, proposer):
    with pytest.raises(BrokenRulesError) as refused:
        pick(limes, proposer, {"passage": "Limes cool a street."}, {"passage": LONG})
    assert [problem.path for problem in refused.value.problems] == ["passages[1].words"]
    pick(limes, proposer, {"passage": "Limes cool a street."})
    with pytest.raises(BrokenRulesError) as refused:
        pick(
            limes, proposer, {"passage": "bees in every crown", "section": "Bees"}, version=parts.version(guide(limes))
        )
    assert [problem.path for problem in refused.value.problems] == ["passages[0].section"]
    with pytest.raises(ConflictError):
        pick(limes, proposer, {"passage": "bees in every crown"}, version="0" * 16)


def test_a_passage_that_is_there_is_not_picked_again(limes, proposer):
    pick(limes, proposer, {"passage": "Limes cool a street."})
    with pytest.raises(BrokenRulesError) as refused:
        pick(limes, proposer, {"passage": "bees in every crown"}, {"passage": "Limes cool a street."})
    (problem,) = refused.value.problems
    assert (problem.path, problem.message) == ("passages[1].passage", "This is passage p1 already; change that one.")
    assert len(guide(limes)["passages"]) == 1


def test_a_section_is_renamed_with_its_passages(limes, proposer):
    pick(limes, proposer, {"passage": "Limes cool a street."})
    section = guide(limes)["outline"][0]
    renamed = {**section, "section": "In the shade"}
    article_drafting.change(article_id=limes.pk, changes=[Change("outline/0", section, renamed)], by=proposer)
    assert guide(limes)["passages"][0]["section"] == "In the shade"
    entry = LogEntry.objects.filter(article=limes).latest("pk")
    article_drafting.revert(entry_id=entry.pk, by=proposer)
    assert guide(limes)["passages"][0]["section"] == "Shade"
    assert LogEntry.objects.filter(article=limes).latest("pk").detail == {"entry": entry.pk}


def test_only_what_changed_a_guide_is_undone_here(topic, proposer):
    head = parts.find(plain(draft_documents.topic_document(topic.pk)), parts.HEAD)
    drafting.change(topic_id=topic.pk, changes=[Change(parts.HEAD, head, {**head, "title": "Anew"})], by=proposer)
    with pytest.raises(NotPossibleError, match="no draft of a guide"):
        article_drafting.revert(entry_id=LogEntry.objects.latest("pk").pk, by=proposer)


def test_a_part_is_put_moved_and_removed(limes, proposer):
    new = {"section": "Bees", "summary": "Finch counts."}
    article_drafting.put(article_id=limes.pk, path="outline/1", value=new, version=None, by=proposer)
    seen = parts.version(new)
    article_drafting.move(article_id=limes.pk, path="outline/1", steps=-1, version=seen, by=proposer)
    assert [one["section"] for one in guide(limes)["outline"]] == ["Bees", "Shade"]
    article_drafting.remove(article_id=limes.pk, path="outline/0", version=seen, by=proposer)
    assert [one["section"] for one in guide(limes)["outline"]] == ["Shade"]


def test_a_whole_guide_is_replaced_but_its_address_stays(limes, proposer):
    draft = guide(limes)
    version = parts.version(draft)
    with pytest.raises(NotPossibleError, match="must be of the article 'plant-limes'"):
        article_drafting.replace(
            article_id=limes.pk, document={**draft, "article": "other"}, version=version, by=proposer
        )
    article_drafting.replace(article_id=limes.pk, document={**draft, "about": "Trees."}, version=version, by=proposer)
    assert guide(limes)["about"] == "Trees."
    head = parts.find(guide(limes), parts.HEAD)
    other = {**head, "article": "other"}
    with pytest.raises(NotPossibleError, match="The address of an article stays"):
        article_drafting.put(
            article_id=limes.pk, path=parts.HEAD, value=other, version=parts.version(head), by=proposer
        )


def test_what_changes_nothing_leaves_no_trace(limes, proposer):
    before = LogEntry.objects.count()
    article_drafting.change(article_id=limes.pk, changes=[], by=proposer)
    assert LogEntry.objects.count() == before


def test_who_may_and_what_is_there(limes, reader, proposer):
    with pytest.raises(NotPermittedError):
        article_drafting.change(article_id=limes.pk, changes=[], by=reader)
    with pytest.raises(NotFoundError):
        article_drafting.change(article_id=0, changes=[], by=proposer)


def test_a_passage_names_claims_that_are_there(limes, topic, proposer):
    pick(limes, proposer, {"passage": "Limes cool a street.", "topics": [topic.slug], "claims": [f"{topic.slug}/s1"]})
    assert PassageClaim.objects.filter(passage__article=limes).count() == 1
    with pytest.raises(BrokenRulesError, match="is not a known claim"):
        pick(limes, proposer, {"passage": "bees in every crown", "claims": [f"{topic.slug}/s99"]})
    claim = "perspectives/repair/claims/s1"
    seen = parts.version(parts.find(plain(draft_documents.topic_document(topic.pk)), claim))
    with pytest.raises(BrokenRulesError, match="which the passage"):
        drafting.remove(topic_id=topic.pk, path=claim, version=seen, by=proposer)


def test_the_log_holds_no_more_than_the_guide(limes, proposer):
    pick(limes, proposer, {"passage": LONG, "words": "counted the bees"})
    kept = json.dumps(list(LogEntry.objects.filter(article=limes).values_list("changes", "detail")))
    assert "counted the bees" in kept
    assert "gave up" not in kept
