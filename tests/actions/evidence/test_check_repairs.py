"""A wrong quotation, a moved address and a retracted work are found, mended by one click, and no longer shown."""

import pytest
from django.utils import timezone

from perspectives.actions.evidence import check_repairs
from perspectives.errors import NotFoundError, NotPossibleError
from perspectives.models import Check, Citation, LogEntry, Source
from perspectives.queries.evidence import failing_checks
from tests import factories

pytestmark = pytest.mark.django_db
KEY = "pratt2018timber"


def found(kind, outcome, *, key=KEY, quote="", **columns):
    times = dict.fromkeys(("planned_at", "due_at", "finished_at", "again_at"), timezone.now())
    return Check.objects.create(
        kind=kind, source=Source.objects.get(key=key), quote=quote, state="done", outcome=outcome, is_current=True,
        **{"sentence": "A machine saw it.", **times, **columns},
    )  # fmt: skip


def test_an_address_is_corrected_in_the_record(drafts, proposer):
    check = found("link", "moved", asked="https://old.example/", detail={"address": "https://new.example/a"})
    assert [one.pk for one in failing_checks.listed()] == [check.pk]
    assert check_repairs.accept(check_id=check.pk, by=proposer).record["URL"] == "https://new.example/a"
    entry = LogEntry.objects.latest("pk")
    assert (entry.code, entry.note) == ("source.changed", f"Check {check.pk}: A machine saw it.")
    with pytest.raises(NotFoundError, match="may be mended"):
        check_repairs.accept(check_id=check.pk, by=proposer)


def test_a_quotation_is_corrected_in_every_draft_that_has_it(drafts, proposer):
    cited = Citation.objects.filter(claim__isnull=False).exclude(quote="").first()
    quote, words = cited.quote, f"{cited.quote} indeed"
    key = cited.source.key
    check = found("quotation", "near", key=key, quote=quote, detail={"exact": words})
    topics = check_repairs.accept(check_id=check.pk, by=proposer)
    assert {topic.pk for topic in topics} == {cited.claim.topic_id}
    assert Citation.objects.filter(source__key=key, quote=words).exists()
    remains = Citation.objects.filter(source__key=key, quote=quote, finding=None)
    assert not remains.exists()


def test_words_that_only_a_guide_quotes_are_not_changed_here(drafts, proposer):
    cited = Citation.objects.filter(finding__isnull=False).exclude(quote="").first()
    Citation.objects.filter(quote=cited.quote, finding=None).update(quote="Other words")
    check = found("quotation", "altered", key=cited.source.key, quote=cited.quote, detail={"exact": "x"})
    with pytest.raises(NotPossibleError, match="article guide"):
        check_repairs.accept(check_id=check.pk, by=proposer)


def test_a_retracted_work_is_deprecated_with_the_reason(drafts, proposer):
    check = found("retraction", "retracted", sentence="The publisher retracted this work on 2021-05-31.")
    source = check_repairs.accept(check_id=check.pk, by=proposer)
    assert (source.state, source.state_reason) == ("deprecated", check.sentence)
    assert failing_checks.count() == (0, None)


def test_where_nothing_is_proposed_nothing_is_changed(drafts, proposer):
    check = found("link", "gone", asked="https://old.example/")
    with pytest.raises(NotPossibleError, match="proposes nothing"):
        check_repairs.accept(check_id=check.pk, by=proposer)


def test_the_gravest_comes_first_and_what_is_well_is_left_out(drafts):
    moved = found("link", "moved", asked="https://old.example/")
    retracted = found("retraction", "retracted")
    found("link", "ok", key=factories.ARTICLE_SOURCE)
    found("quotation", "missing", quote="Words that nobody quotes any more")
    assert [one.pk for one in failing_checks.listed()] == [retracted.pk, moved.pk]
    assert [one.pk for one in failing_checks.listed(kind="link")] == [moved.pk]
    assert failing_checks.count()[0] == 2
