"""Importing arguments: what is exported comes back as the same draft; who may, what is logged, what is refused."""

import json

import pytest

from perspectives.actions.documents import argument_drafting, packs
from perspectives.actions.publication import publishing
from perspectives.errors import BrokenRulesError, NotFoundError, NotPermittedError, NotPossibleError
from perspectives.models import Claim, LogEntry, PassageClaim, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.rules.formats.argument import aif, aif_reading, argdown, argdown_reading
from tests import content, factories


def draft(topic):
    return draft_documents.topic_document(topic.pk)


def argument(topic, change=lambda text: text):
    return argdown_reading.read(change(argdown.topic(draft(topic))))


def run(topic, wanted, *, by=OPERATOR, **options):
    return argument_drafting.import_argument(topic_id=topic.pk, argument=wanted, by=by, **options)


def entries():
    return list(LogEntry.objects.filter(code="argument.imported"))


def without(claim):
    def change(text):
        blocks = [block for block in text.split("\n\n") if not block.startswith(f"[{claim}]:")]
        lines = "\n\n".join(blocks).split("\n")
        return "\n".join(line for line in lines if f" [{claim}] " not in line)

    return change


def test_every_topic_of_the_fixtures_comes_back_as_the_same_draft(db):
    packs.load(files=content.files(), by=OPERATOR, show=lambda _: None)
    for topic in Topic.objects.all():
        before = draft(topic)
        run(topic, argdown_reading.read(argdown.topic(before)))
        run(topic, aif_reading.read(json.dumps(aif.topic(before))))
        assert draft(topic) == before
    assert entries() == []


def test_an_edited_claim_is_written_and_logged(topic):
    claim = Claim.objects.filter(topic=topic).order_by("pk").first()
    text = claim.text
    merge = run(topic, argument(topic, lambda written: written.replace(f": {text} #", ": Said anew. #")))
    assert merge.changed == (claim.identifier,)
    claim.refresh_from_db()
    assert claim.text == "Said anew."
    assert claim.citations.exists()
    [entry] = entries()
    assert (entry.topic, entry.by) == (topic, None)
    assert entry.detail == {"added": [], "changed": [claim.identifier], "removed": []}


def test_a_new_claim_keeps_the_draft_from_being_published_until_it_is_cited(topic, proposer):
    run(topic, argument(topic, lambda written: f"{written}\n[new]: Uncited. {{kind: causal}}\n"))
    assert Claim.objects.get(topic=topic, identifier="new").citations.count() == 0
    with pytest.raises(BrokenRulesError, match="new"):
        publishing.propose_topic(topic_id=topic.pk, by=proposer)


def removable(topic):
    named = set(PassageClaim.objects.values_list("claim_id", flat=True))
    return Claim.objects.filter(topic=topic).exclude(pk__in=named).order_by("-pk").first()


def test_a_missing_claim_is_refused_or_removed(topic):
    claim = removable(topic)
    wanted = argument(topic, without(claim.identifier))
    with pytest.raises(BrokenRulesError, match=f"lack '{claim.identifier}'"):
        run(topic, wanted)
    assert run(topic, wanted, may_remove=True).removed == (claim.identifier,)
    assert not Claim.objects.filter(pk=claim.pk).exists()


def test_a_claim_that_the_guide_names_may_not_go(topic):
    named = PassageClaim.objects.filter(claim__topic=topic).select_related("claim").first().claim
    with pytest.raises(NotPossibleError, match=f"names the claim '{named.identifier}'; change the guide first"):
        run(topic, argument(topic, without(named.identifier)), may_remove=True)
    assert Claim.objects.filter(pk=named.pk).exists()


def test_only_the_operator_imports(topic, proposer):
    for by in (None, proposer):
        with pytest.raises(NotPermittedError):
            run(topic, argument(topic), by=by)


def test_a_topic_that_is_not_there(topic):
    wanted = argument(topic)
    with pytest.raises(NotFoundError):
        argument_drafting.import_argument(topic_id=0, argument=wanted, by=OPERATOR)


def test_another_topics_argument_is_refused(topic):
    other = Topic.objects.exclude(pk=topic.pk).get()
    with pytest.raises(BrokenRulesError, match=f"is '{factories.OTHER_TOPIC}'|is '{factories.TOPIC}'"):
        run(topic, argument(other))
