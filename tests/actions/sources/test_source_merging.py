"""Merging two sources: one record is left, every draft cites it, nothing that was said is lost, all can be undone."""

import pytest
from django.db.models import ForeignKey

from perspectives.actions.documents import citing, drafting, restoring
from perspectives.actions.sources import source_merging, source_records
from perspectives.errors import BrokenRulesError, ConflictError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import (
    Article,
    BibliographyEntry,
    Bundle,
    Check,
    Citation,
    Edition,
    IntakeEntry,
    LogEntry,
    QuotationConfirmation,
    Source,
    Suggestion,
    Topic,
)
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication.index_records import plain
from tests import factories

FROM, INTO = "weir2016cost", "pratt2018timber"
REPOINTED = {Citation, BibliographyEntry, Article}
KEPT = {Bundle, Check, LogEntry, QuotationConfirmation, Source, IntakeEntry, Suggestion}
"""History, bundles, checks, confirmations, suggestions and what was taken in as it stay; earlier merges follow."""


def source(key):
    return Source.objects.get(key=key)


def versions(*keys):
    return {key: parts.version(source(key).record) for key in keys or (FROM, INTO)}


def merge(by, from_key=FROM, into_key=INTO, **changes):
    given = {"record": source(into_key).record, "versions": versions(from_key, into_key), **changes}
    return source_merging.merge(from_key=from_key, into_key=into_key, by=by, **given)


def documented():
    return {topic.slug: plain(draft_documents.topic_document(topic.pk)) for topic in Topic.objects.all()}


def state():
    return documented(), list(Source.objects.values()), LogEntry.objects.count()


def test_every_relation_to_a_source_is_repointed_or_kept():
    """A new table that names sources must be thought of in `source_merging`."""
    fields = Source._meta.get_fields()
    pointing = {field.related_model for field in fields if isinstance(getattr(field, "field", None), ForeignKey)}
    assert pointing == REPOINTED | KEPT


def test_all_drafts_cite_the_survivor_and_the_other_is_superseded(drafts, proposer):
    assert Citation.objects.filter(source__key=FROM).exists()
    record = {**source(INTO).record, "genre": "Essay"}
    assert merge(proposer, record=record, note="Seen side by side.") == source(INTO)
    merged = source(FROM)
    assert (merged.state, merged.superseded_by, merged.state_reason) == (
        "superseded",
        source(INTO),
        "Seen side by side.",
    )
    assert source(INTO).record == record
    for model in REPOINTED:
        assert not model.objects.filter(source=merged).exists()
    assert draft_documents.checked_topic(plain(draft_documents.topic_document(Topic.objects.first().pk)))


def test_each_action_is_recorded_with_what_it_changed(topic, proposer):
    merge(proposer)
    entries = LogEntry.objects.filter(code="source.merged")
    assert {str(entry.source) for entry in entries if entry.source} == {FROM, INTO}
    assert {entry.topic for entry in entries if entry.topic}
    assert all(entry.changes for entry in entries if entry.topic)
    assert {(entry.detail["merged"], entry.detail["into"]) for entry in entries} == {(FROM, INTO)}


def test_a_merge_is_undone_draft_by_draft_once_the_source_is_reinstated(drafts, proposer):
    before = documented()
    merge(proposer)
    entries = LogEntry.objects.filter(code="source.merged", topic__isnull=False)
    with pytest.raises(BrokenRulesError, match=f"was merged into '{INTO}'"):
        drafting.revert(entry_id=entries[0].pk, by=proposer)
    source_records.reinstate(key=FROM, by=proposer)
    for entry in entries:
        drafting.revert(entry_id=entry.pk, by=proposer)
    assert documented() == before


@pytest.mark.parametrize("who", ["nobody", "the operator", "a reader"])
def test_only_moderators_may(who, drafts, reader):
    by = {"nobody": None, "the operator": OPERATOR, "a reader": reader}[who]
    before = state()
    with pytest.raises(NotPermittedError):
        merge(by)
    assert state() == before


REFUSED = {
    "into itself": (NotPossibleError, {"into_key": FROM}),
    "a missing one": (NotFoundError, {"from_key": "nobody1999", "versions": {}}),
    "into a missing one": (NotFoundError, {"into_key": "nobody1999", "versions": {}, "record": {}}),
    "a version that is not there": (ConflictError, {"versions": {}}),
    "a stale version": (ConflictError, {"versions": {FROM: "0" * 16, INTO: "0" * 16}}),
    "a broken record": (BrokenRulesError, {"record": {"title": " "}}),
    "into a deprecated one": (NotPossibleError, {"into_key": "floods2017levels"}),
    "a superseded one": (NotPossibleError, {"from_key": "hale2021meeting"}),
    "the article's own": (BrokenRulesError, {"into_key": factories.ARTICLE_SOURCE}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_merged_changes_nothing(case, drafts, proposer):
    source_records.deprecate(key="floods2017levels", reason="It was retracted.", by=proposer)
    merge(proposer, from_key="hale2021meeting")
    quoting = Citation.objects.filter(source__key=FROM).first()
    Citation.objects.filter(pk=quoting.pk).update(quote="word " * 20 + "word", quote_status="not-checked")
    refusal, changes = REFUSED[case]
    keys = {"from_key": FROM, "into_key": INTO, **changes}
    given = {"record": changes.get("record", source(INTO).record), "versions": changes.get("versions")}
    if given["versions"] is None:
        given["versions"] = versions(keys["from_key"], keys["into_key"])
    before = state()
    with pytest.raises(refusal):
        source_merging.merge(**{**keys, **given}, by=proposer)
    assert state() == before


def test_the_record_may_take_over_the_doi(drafts, proposer):
    doi = source(INTO).record["DOI"]
    record = {**source(FROM).record, "DOI": doi}
    merge(proposer, from_key=INTO, into_key=FROM, record=record)
    assert (source(FROM).doi, source(INTO).doi) == (doi.lower(), None)
    with pytest.raises(BrokenRulesError, match="DOI"):
        source_records.reinstate(key=INTO, by=proposer)


def test_a_bibliography_that_lists_both_keeps_what_was_said_of_both(topic, proposer):
    entries = BibliographyEntry.objects.filter(topic=topic)
    first, second = entries[:2]
    merge(proposer, from_key=second.source.key, into_key=first.source.key)
    [left] = entries.filter(source=first.source)
    assert left.argues == f"{first.argues} {second.argues}"
    assert not entries.filter(source=second.source).exists()


def test_citations_that_become_the_same_are_kept_once(topic, proposer):
    claim = Citation.objects.filter(claim__topic=topic, source__key=FROM).first().claim
    twin = claim.citations.get(source__key=FROM)
    twin.pk, twin.order, twin.source = None, 77, source(INTO)
    twin.save()
    merge(proposer)
    assert claim.citations.filter(source__key=INTO).count() == 1


def test_what_was_merged_earlier_follows(drafts, proposer):
    merge(proposer, from_key="hale2021meeting", into_key=FROM)
    merge(proposer)
    assert {str(one.superseded_by) for one in Source.objects.filter(state="superseded")} == {INTO}


def test_the_source_of_an_article_is_merged_with_its_guide(article, proposer):
    source_records.add(key="twin2021", record=_without_doi(source(factories.ARTICLE_SOURCE).record), by=proposer)
    merge(proposer, from_key=factories.ARTICLE_SOURCE, into_key="twin2021")
    assert Article.objects.get().source.key == "twin2021"
    assert LogEntry.objects.get(code="source.merged", article=article).detail["into"] == "twin2021"
    assert draft_documents.article_document(article.pk).source == "twin2021"


def _without_doi(record):
    return {name: value for name, value in record.items() if name != "DOI"}


def test_superseded_and_deprecated_sources_are_not_cited_anew(topic, proposer):
    claim = plain(draft_documents.topic_document(topic.pk))["perspectives"][0]["claims"][0]
    path = (
        f"perspectives/{plain(draft_documents.topic_document(topic.pk))['perspectives'][0]['id']}/claims/{claim['id']}"
    )
    source_records.add(key="new2024", record=_without_doi(source(INTO).record), by=proposer)
    source_records.add(key="old2004", record=_without_doi(source(INTO).record), by=proposer)
    source_records.deprecate(key="old2004", reason="It was retracted.", by=proposer)
    merge(proposer, from_key="new2024")
    for key, told in (("new2024", f"merged into '{INTO}'"), ("old2004", r"deprecated \(It was retracted\)")):
        cites = [*claim["cites"], {"source": key, "relation": "supports"}]
        with pytest.raises(BrokenRulesError, match=told):
            drafting.change(topic_id=topic.pk, changes=[Change(path, claim, {**claim, "cites": cites})], by=proposer)


def test_a_deprecated_source_that_is_cited_already_may_stay(topic, proposer):
    for key in (FROM, factories.ARTICLE_SOURCE):
        source_records.deprecate(key=key, reason="It was retracted.", by=proposer)
    document = plain(draft_documents.topic_document(topic.pk))
    changed = {**document, "title": "Another title"}
    drafting.replace(topic_id=topic.pk, document=changed, version=parts.version(document), by=proposer)
    assert plain(draft_documents.topic_document(topic.pk)) == changed
    guide = plain(draft_documents.article_document(topic.article_id))
    assert guide["source"] == factories.ARTICLE_SOURCE
    assert plain(draft_documents.checked_article(guide)) == guide


def test_a_restored_edition_cites_the_survivor(published, topic, proposer):
    merge(proposer)
    head = parts.find(plain(draft_documents.topic_document(topic.pk)), parts.HEAD)
    change = Change(parts.HEAD, head, {**head, "title": "Another title"})
    drafting.change(topic_id=topic.pk, changes=[change], by=proposer)
    version = parts.version(plain(draft_documents.topic_document(topic.pk)))
    restoring.restore(edition_id=Edition.objects.get(topic=topic).pk, version=version, by=proposer)
    assert not Citation.objects.filter(source__key=FROM).exists()
    assert parts.find(plain(draft_documents.topic_document(topic.pk)), parts.HEAD) == head


def test_packs_leave_out_what_was_merged(drafts, proposer):
    merge(proposer)
    assert FROM not in draft_documents.packs(factories.ARTICLE).sources


def test_who_cites_or_corrects_what_was_merged_meanwhile_is_told(drafts, proposer):
    merge(proposer)
    with pytest.raises(ConflictError, match="in the meantime"):
        citing.cited_sources([FROM])
    with pytest.raises(NotPossibleError, match="correct that"):
        source_records.change(key=FROM, record=source(FROM).record, version=versions(FROM)[FROM], by=proposer)
