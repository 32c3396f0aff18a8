"""Whatever two people could decide at once has one winner, and the loser is told."""

from functools import partial

import pytest
from django.db import transaction

from perspectives.actions.documents import article_drafting, drafting, packs, restoring
from perspectives.actions.publication import archiving, bundles, publishing, retracting
from perspectives.actions.suggestions import authoring, suggestion_decisions
from perspectives.errors import ConflictError, DomainError
from perspectives.models import (
    Archiving,
    Article,
    Bundle,
    Crux,
    Edition,
    LogEntry,
    Proposal,
    Retraction,
    Suggestion,
    Topic,
    User,
)
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import bundling, factories, suggesting
from tests.actions.at_once import ROUNDS, at_once, one_winner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    return [User.objects.create_user(name, role=Role.MODERATOR) for name in ("one", "two", "three")]


@pytest.fixture
def ready():
    packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None)
    return Topic.objects.order_by("order").first()


def test_approve_and_send_back(ready, people):
    for number in range(1, ROUNDS + 1):
        Crux.objects.filter(topic=ready, order=0).update(would_settle=f"Survey {number}.")
        proposal = publishing.propose_topic(topic_id=ready.pk, by=people[0])
        outcomes = at_once(
            partial(publishing.approve, proposal_id=proposal.pk, by=people[1]),
            partial(publishing.send_back, proposal_id=proposal.pk, by=people[2], reason="No"),
        )
        assert one_winner(outcomes), outcomes
        proposal.refresh_from_db()
        assert proposal.status in {"approved", "returned"}
    assert Edition.objects.count() == Proposal.objects.filter(status="approved").count()


@pytest.fixture
def proposals(ready, people):
    """Propose anew in each round."""

    def propose(number):
        Crux.objects.filter(topic=ready, order=0).update(would_settle=f"Survey {number}.")
        return publishing.propose_topic(topic_id=ready.pk, by=people[0])

    return map(propose, range(1, ROUNDS + 1))


def test_approve_and_approve(proposals, people):
    for proposal in proposals:
        outcomes = at_once(
            *(partial(publishing.approve, proposal_id=proposal.pk, by=person) for person in people[1:]),
        )
        assert one_winner(outcomes), outcomes
    assert Edition.objects.count() == ROUNDS


def test_approve_and_withdraw(proposals, people):
    for proposal in proposals:
        outcomes = at_once(
            partial(publishing.approve, proposal_id=proposal.pk, by=people[1]),
            partial(publishing.withdraw, proposal_id=proposal.pk, by=people[0]),
        )
        assert one_winner(outcomes), outcomes
    assert Edition.objects.count() == Proposal.objects.filter(status="approved").count()


def draft(topic):
    return plain(draft_documents.topic_document(topic.pk))


def test_restore_and_restore(ready, people):
    (edition,) = publishing.publish_first(subjects=[ready], by=OPERATOR)
    for number in range(ROUNDS):
        Crux.objects.filter(topic=ready, order=0).update(would_settle=f"Survey {number}.")
        seen = parts.version(draft(ready))
        outcomes = at_once(
            *(
                partial(restoring.restore, edition_id=edition.pk, version=seen, by=person, reason="Back")
                for person in people[:2]
            ),
        )
        assert one_winner(outcomes), outcomes


def test_restore_and_edit(ready, people):
    (edition,) = publishing.publish_first(subjects=[ready], by=OPERATOR)
    for number in range(ROUNDS):
        Crux.objects.filter(topic=ready, order=0).update(would_settle=f"Survey {number}.")
        now = draft(ready)
        crux = now["cruxes"][0]
        edit = parts.Change("cruxes/0", crux, {**crux, "would_settle": "An edit."})
        outcomes = at_once(
            partial(restoring.restore, edition_id=edition.pk, version=parts.version(now), by=people[0]),
            partial(drafting.change, topic_id=ready.pk, changes=[edit], by=people[1]),
        )
        assert one_winner(outcomes), outcomes


def test_retract_and_retract(proposals, people):
    chiefs = [User.objects.create_user(name, role=Role.CHIEF_EDITOR) for name in ("four", "five")]
    for proposal in proposals:
        edition = publishing.approve(proposal_id=proposal.pk, by=people[1])
        outcomes = at_once(
            *(partial(retracting.retract, edition_id=edition.pk, note="Wrong.", by=person) for person in chiefs),
        )
        assert one_winner(outcomes), outcomes
    assert Retraction.objects.count() == ROUNDS


def test_archive_and_archive(ready):
    publishing.publish_first(subjects=[ready], by=OPERATOR)
    chiefs = [User.objects.create_user(name, role=Role.CHIEF_EDITOR) for name in ("four", "five")]
    for action in (archiving.archive_topic, archiving.bring_back_topic) * 2:
        outcomes = at_once(*(partial(action, topic_id=ready.pk, note="Settled.", by=person) for person in chiefs))
        assert one_winner(outcomes), outcomes
    assert Archiving.objects.count() == 4


def test_archive_and_propose(ready, people):
    chief = User.objects.create_user("four", role=Role.CHIEF_EDITOR)
    publishing.publish_first(subjects=[ready], by=OPERATOR)
    Crux.objects.filter(topic=ready, order=0).update(would_settle="Another survey.")
    outcomes = at_once(
        lambda: archiving.archive_topic(topic_id=ready.pk, note="Settled.", by=chief),
        lambda: publishing.propose_topic(topic_id=ready.pk, by=people[0]),
    )
    assert one_winner(outcomes), outcomes


def test_propose_and_propose(ready, people):
    for _ in range(ROUNDS):
        outcomes = at_once(
            lambda: publishing.propose_topic(topic_id=ready.pk, by=people[0]),
            lambda: publishing.propose_topic(topic_id=ready.pk, by=people[1]),
        )
        assert one_winner(outcomes), outcomes
        winner = Proposal.objects.get(status="open")
        publishing.withdraw(proposal_id=winner.pk, by=winner.proposed_by)


@pytest.fixture
def bundles_made(ready, people):
    """Correct the source and propose it for both topics anew in each round; give the bundle."""
    publishing.publish_first(subjects=list(Topic.objects.order_by("order")), by=OPERATOR)

    def propose(number):
        bundling.correct(people[0], volume=str(1000 + number))
        return bundling.propose(people[0])

    return map(propose, range(1, ROUNDS + 1))


@pytest.mark.parametrize("action", ["approve", "return", "withdraw", "decide one"])
def test_a_bundle_is_decided_once(action, bundles_made, people):
    for bundle in bundles_made:
        others = {
            "approve": partial(bundles.approve, bundle_id=bundle.pk, by=people[2]),
            "return": partial(bundles.send_back, bundle_id=bundle.pk, by=people[2], reason="No"),
            "withdraw": partial(bundles.withdraw, bundle_id=bundle.pk, by=people[0]),
            "decide one": partial(publishing.approve, proposal_id=bundle.proposals.last().pk, by=people[2]),
        }
        outcomes = at_once(partial(bundles.approve, bundle_id=bundle.pk, by=people[1]), others[action])
        assert one_winner(outcomes), outcomes
        (status,) = set(bundle.proposals.values_list("status", flat=True))
        assert status != "open"


def test_bundle_and_bundle(ready, people):
    publishing.publish_first(subjects=list(Topic.objects.order_by("order")), by=OPERATOR)
    for number in range(ROUNDS):
        bundling.correct(people[0], volume=str(1000 + number))
        outcomes = at_once(*(partial(bundling.propose, person) for person in people[:2]))
        assert one_winner(outcomes), outcomes
        winner = Bundle.objects.latest("pk")
        assert winner.proposals.count() == 2
        bundles.withdraw(bundle_id=winner.pk, by=winner.proposed_by)


def test_bundle_and_propose(ready, people):
    publishing.publish_first(subjects=list(Topic.objects.order_by("order")), by=OPERATOR)
    for number in range(ROUNDS):
        bundling.correct(people[0], volume=str(1000 + number))
        outcomes = at_once(
            partial(bundling.propose, people[0]), partial(publishing.propose_topic, topic_id=ready.pk, by=people[1])
        )
        assert one_winner(outcomes), outcomes
        with transaction.atomic():
            for person in people[:2]:
                publishing.withdraw_all(person, by=person)


CLAIMS = ("perspectives/repair/claims/s1", "perspectives/replace/claims/o2")


def reworded(draft, path, text):
    part = parts.find(draft, path)
    return Change(path, part, {**part, "text": text})


def test_edit_and_edit_of_one_part(ready, people):
    for number in range(ROUNDS):
        draft = plain(draft_documents.topic_document(ready.pk))
        changes = [reworded(draft, CLAIMS[0], f"Round {number} of {name}.") for name in ("one", "two")]
        outcomes = at_once(
            *(
                partial(drafting.change, topic_id=ready.pk, changes=[change], by=person)
                for change, person in zip(changes, people, strict=False)
            )
        )
        assert one_winner(outcomes), outcomes
        (loser,) = (outcome for outcome in outcomes if isinstance(outcome, DomainError))
        assert isinstance(loser, ConflictError)
        assert loser.now == changes[1 - outcomes.index(loser)].after
        assert parts.find(plain(draft_documents.topic_document(ready.pk)), CLAIMS[0]) == loser.now


def test_edits_of_two_parts(ready, people):
    for number in range(ROUNDS):
        draft = plain(draft_documents.topic_document(ready.pk))
        changes = [reworded(draft, path, f"Round {number}.") for path in CLAIMS]
        outcomes = at_once(
            *(
                partial(drafting.change, topic_id=ready.pk, changes=[change], by=person)
                for change, person in zip(changes, people, strict=False)
            )
        )
        assert not [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
        now = plain(draft_documents.topic_document(ready.pk))
        assert [parts.find(now, path)["text"] for path in CLAIMS] == [f"Round {number}."] * 2


def test_begin_and_begin(ready, people):
    side = {**factories.topic_document()["perspectives"][0], "claims": []}
    for number in range(ROUNDS):
        document = factories.topic_document(
            f"new-{number}", order=100 + number, perspectives=[side], responses=[], gaps=[]
        )
        outcomes = at_once(*(partial(drafting.begin, document=document, by=person) for person in people[:2]))
        assert one_winner(outcomes), outcomes


def test_load_and_load(people):
    outcomes = at_once(
        *(lambda: packs.load(files=factories.packs(), by=OPERATOR, show=lambda _: None) for _ in range(2)),
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    assert Topic.objects.count() == 2


@pytest.fixture
def decided_by_two(ready, people):
    publishing.publish_first(subjects=[ready], by=OPERATOR)

    def decide(*actions):
        for _ in range(ROUNDS):
            suggestion = suggesting.sent(people[0], "missing-view")
            both = (partial(action, suggestion_id=suggestion.pk) for action in actions)
            outcomes = at_once(*both)
            assert one_winner(outcomes), outcomes
            suggestion.refresh_from_db()
            decided = ("suggestion.accepted", "suggestion.declined", "suggestion.withdrawn")
            assert LogEntry.objects.filter(suggestion=suggestion, code__in=decided).count() == 1
            assert suggestion.decided_by is not None

    return decide


def test_accept_and_accept(decided_by_two, people):
    accept = partial(suggestion_decisions.accept, words="Done.")
    decided_by_two(partial(accept, by=people[1]), partial(accept, by=people[2]))


def test_accept_and_decline(decided_by_two, people):
    accept = partial(suggestion_decisions.accept, words="Done.", by=people[1])
    decided_by_two(accept, partial(suggestion_decisions.decline, reason="spam", by=people[2]))


def test_accept_and_withdraw(decided_by_two, people):
    accept = partial(suggestion_decisions.accept, words="Done.", by=people[1])
    decided_by_two(accept, partial(authoring.withdraw, by=people[0]))


def test_a_form_sent_twice_at_once_makes_one_suggestion(ready, people):
    publishing.publish_first(subjects=[ready], by=OPERATOR)
    for number in range(ROUNDS):
        sending = partial(authoring.send, by=people[0], proposed=suggesting.proposed(), token=f"form {number}")
        first, second = at_once(sending, sending)
        assert first == second
    assert Suggestion.objects.count() == ROUNDS


def limes(number):
    record = factories.source_record(DOI=f"10.1000/limes{number}", title=f"Plant Limes {number}")
    document = {"article": f"limes-{number}", "title": "Plant Limes", "author": "Orla Finch", "author_short": "Finch"}
    return {"document": {**document, "outline": [{"section": "Shade", "summary": "On shade."}]}, "source": record}


def test_begin_and_begin_an_article(ready, people):
    for number in range(ROUNDS):
        outcomes = at_once(*(partial(article_drafting.begin, **limes(number), by=person) for person in people[:2]))
        assert one_winner(outcomes), outcomes
    assert Article.objects.count() == ROUNDS + 1


def guide(article):
    return plain(draft_documents.article_document(article.pk))


def test_edit_and_edit_of_one_passage(ready, people):
    article = ready.article
    for number in range(ROUNDS):
        seen = parts.find(guide(article), "passages/p1")
        changes = [
            Change("passages/p1", seen, {**seen, "paraphrase": f"{number} of {name}."}) for name in ("one", "two")
        ]
        outcomes = at_once(
            *(
                partial(article_drafting.change, article_id=article.pk, changes=[change], by=person)
                for change, person in zip(changes, people, strict=False)
            )
        )
        assert one_winner(outcomes), outcomes


def test_pick_and_pick(ready, people):
    article, section = ready.article, guide(ready.article)["outline"][0]["section"]
    for number in range(ROUNDS):
        words = [f"Lime {number} of {name}." for name in ("one", "two")]
        outcomes = at_once(
            *(
                partial(
                    article_drafting.pick,
                    article_id=article.pk,
                    text=" ".join(words),
                    passages=[{"passage": said, "section": section, "paraphrase": "A tree."}],
                    by=person,
                )
                for said, person in zip(words, people, strict=False)
            )
        )
        assert not [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    assert len(guide(article)["passages"]) == 2 + 2 * ROUNDS


def test_propose_and_propose_a_guide(ready, people):
    for _ in range(ROUNDS):
        outcomes = at_once(
            *(partial(publishing.propose_article, article_id=ready.article_id, by=person) for person in people[:2])
        )
        assert one_winner(outcomes), outcomes
        winner = Proposal.objects.get(status="open")
        publishing.withdraw(proposal_id=winner.pk, by=winner.proposed_by)


def test_naming_a_claim_and_removing_it(ready, people):
    """Whoever comes second is told: a passage never names a claim that is gone, and no link goes without a word."""
    article, path = ready.article, "perspectives/repair/claims/s9"
    for number in range(ROUNDS):
        claim = {**parts.find(draft(ready), CLAIMS[0]), "id": "s9", "text": f"Claim {number}."}
        drafting.put(topic_id=ready.pk, path=path, value=claim, version=None, by=people[0])
        seen = parts.find(guide(article), "passages/p2")
        naming = {**seen, "claims": [*seen["claims"], f"{ready.slug}/s9"]}
        outcomes = at_once(
            partial(
                article_drafting.change,
                article_id=article.pk,
                changes=[Change("passages/p2", seen, naming)],
                by=people[0],
            ),
            partial(drafting.remove, topic_id=ready.pk, path=path, version=parts.version(claim), by=people[1]),
        )
        assert one_winner(outcomes), outcomes
        if parts.find(guide(article), "passages/p2") == naming:
            article_drafting.change(article_id=article.pk, changes=[Change("passages/p2", naming, seen)], by=people[0])
            drafting.remove(topic_id=ready.pk, path=path, version=parts.version(claim), by=people[0])
