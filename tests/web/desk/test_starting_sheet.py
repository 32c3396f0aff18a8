"""The starting sheet: a new topic gets all that the gate asks for in one submission, or is told what it lacks."""

import pytest
from django.urls import reverse

from perspectives.actions.documents import drafting
from perspectives.models import Topic
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import consistency
from perspectives.rules.publication import balance
from tests import factories


@pytest.fixture
def begun(drafts, proposer):
    side = {**factories.topic_document()["perspectives"][0], "claims": []}
    document = factories.topic_document("third-topic", order=99, perspectives=[side])
    for name in ("responses", "gaps", "common_ground", "cruxes", "events", "bibliography", "terms"):
        document[name] = []
    return drafting.begin(document=document, by=proposer)


@pytest.fixture
def editor(signed_in):
    client, _ = signed_in("moderator")
    return client


def filled():
    """What the first topic of the footbridge says, typed into the sheet."""
    document = factories.topic_document()
    typed = {}
    for side in document["perspectives"]:
        if side["stance"] != "author":
            typed |= {f"{side['stance']}-{name}": side[name] for name in ("label", "summary")}
        for claim in side["claims"]:
            cite = claim["cites"][0]
            row = {"text": claim["text"], "kind": claim["kind"], "source": cite["source"], "relation": cite["relation"]}
            typed |= {f"{claim['id']}-{name}": value for name, value in row.items()}
    stances = {"o": "opposing", "n": "neutral"}
    for answer in document["responses"]:
        if answer["from"][0] in stances:
            row = f"{answer['to']}-{stances[answer['from'][0]]}"
            typed |= {f"{row}-by": answer["from"], f"{row}-type": answer["type"], f"{row}-note": answer["note"]}
    for gap in document["gaps"]:
        row = f"{gap['claim']}-{gap['stance']}"
        typed |= {f"{row}-by": "gap", f"{row}-note": gap["note"]}
    for number, agreement in enumerate(document["common_ground"], start=1):
        typed[f"a{number}-text"] = agreement["text"]
    typed["a1-source"] = document["common_ground"][0]["cites"][0]["source"]
    return typed | {f"crux-{name}": value for name, value in document["cruxes"][0].items()}


def address(topic):
    return reverse("desk-topic-sheet", args=[topic.slug])


def test_one_submission_makes_a_draft_that_keeps_all_rules_of_the_gate(editor, begun):
    assert address(begun) in editor.get(reverse("desk-topic", args=[begun.slug])).content.decode()
    answer = editor.post(address(begun), filled())
    assert answer.status_code == 302, answer.context["form"].errors
    document = draft_documents.topic_document(begun.pk)
    sources = draft_documents.source_records(consistency.all_source_keys([document]))
    assert balance.broken(document, sources) == ()
    assert editor.get(address(begun)).status_code == 409
    assert address(begun) not in editor.get(reverse("desk-topic", args=[begun.slug])).content.decode()


def test_what_stays_empty_is_passed_over(editor, begun):
    typed = {name: value for name, value in filled().items() if name.startswith(("neutral-", "n1", "s1-text", "s1-k"))}
    cite = {
        f"{row}-{name}": value
        for row in ("s1",)
        for name, value in {"source": "weir2016cost", "relation": "supports"}.items()
    }
    assert editor.post(address(begun), {**typed, **cite}).status_code == 302
    made = draft_documents.topic_document(begun.pk)
    assert [(side.stance.value, len(side.claims)) for side in made.perspectives] == [("author", 1), ("neutral", 1)]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"s1-kind": ""}, ["s1-kind"]),
        ({"s1-source": ""}, ["s1-source"]),
        ({"o2-source": "nobody1900"}, ["o2-source"]),
        ({"opposing-label": ""}, ["opposing-label"]),
        ({"opposing-label": "", "opposing-summary": ""}, ["opposing-label"]),
        ({"s1-opposing-by": ""}, ["s1-opposing-by"]),
        ({"s1-opposing-by": "o4"}, ["s1-opposing-by"]),
        ({"s1-opposing-type": ""}, ["s1-opposing-type"]),
        ({"s2-opposing-note": ""}, ["s2-opposing-note"]),
        ({"crux-kind": ""}, ["crux-kind"]),
        ({"n1-text": "a\u202eb"}, ["n1-text"]),
    ],
)
def test_what_is_wrong_stands_beside_its_field(editor, begun, changed, fields):
    answer = editor.post(address(begun), {**filled(), **changed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == fields
    assert not draft_documents.topic_document(begun.pk).perspectives[0].claims


def test_a_draft_that_has_grown_has_no_sheet(editor, topic):
    assert editor.get(address(topic)).status_code == 409
    assert Topic.objects.get(pk=topic.pk).slug == factories.TOPIC
