"""Impossible states are impossible in the database, whoever writes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, ForeignKey, ManyToManyField
from django.db.models.deletion import PROTECT

from perspectives.models import (
    Agreement,
    ApiKey,
    Archiving,
    Article,
    Citation,
    Claim,
    Edition,
    Event,
    Gap,
    Invitation,
    LogEntry,
    Passage,
    Perspective,
    Proposal,
    Response,
    Retraction,
    Source,
    Topic,
    User,
    Webhook,
    WebhookDelivery,
)
from perspectives.rules.publication.canonical_json import sha256

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def claim(stance, index=0):
    return Claim.objects.filter(perspective__stance=stance).order_by("topic__order", "perspective__order", "order")[
        index
    ]


def edition(**changes):
    values = {"topic": Topic.objects.first(), "number": 1, "body": b"{}", "origin": "fixture", "published_at": NOW}
    return {**values, "sha256": sha256(values["body"]), **changes}


def proposal(**changes):
    values = {"topic": Topic.objects.first(), "body": b"{}", "proposed_at": NOW, "proposed_by": User.objects.get()}
    return Proposal.objects.create(**{**values, **changes})


def citation(**changes):
    values = {"order": 77, "source": Source.objects.first(), "relation": "states", "claim": claim("author")}
    return Citation.objects.create(**{**values, **changes})


def api_key(**changes):
    values = {"owner": User.objects.get(), "name": "K", "sha256": "0" * 64, "hint": "dkb_", "scopes": ["read"]}
    return ApiKey.objects.create(**{**values, "created_at": NOW, **changes})


def webhook(**changes):
    values = {"owner": User.objects.get(), "address": "https://kb.example/", "salt": "S", "added_at": NOW}
    return Webhook.objects.create(**{**values, "told_edition": 0, "told_retraction": 0, **changes})


def delivery(**changes):
    values = {"type": "webhook.test", "body": "{}", "made_at": NOW, "due_at": NOW}
    return WebhookDelivery.objects.create(**{"webhook": changes.pop("webhook", None) or webhook(), **values, **changes})


def two_deliveries(**changes):
    one = webhook()
    return [delivery(webhook=one, **changes) for _ in range(2)]


def of_edition():
    return {"edition": Edition.objects.create(**edition()), "type": "edition.published"}


def retraction(**changes):
    whole = Edition.objects.first() or Edition.objects.create(**edition())
    return Retraction.objects.create(**{"edition": whole, "note": "N", "at": NOW, "by": User.objects.get(), **changes})


def archiving(**changes):
    whole = Edition.objects.first() or Edition.objects.create(**edition())
    values = {"edition": whole, "number": 1, "note": "N", "at": NOW, "by": User.objects.get()}
    return Archiving.objects.create(**{**values, **changes})


TWO = ("pratt2018timber", "weir2016cost")
RECORD = {"type": "book", "title": "T", "category": "opinion"}


def invitation(**changes):
    values = {"email": "a@b.example", "role": "reader", "token_sha256": "0" * 64, "invited_at": NOW}
    return Invitation.objects.create(**{**values, "expires_at": NOW + timedelta(days=7), **changes})


@transaction.atomic
def commit(write):
    """Write, and check what is checked at commit."""
    write()
    connection.check_constraints()


IMPOSSIBLE = {
    "an unknown stance": lambda: Perspective.objects.filter(stance="neutral").update(stance="hostile"),
    "an unknown kind of claim": lambda: Claim.objects.update(kind="rhetorical"),
    "an unknown relation": lambda: Citation.objects.update(relation="mentions"),
    "an unknown response": lambda: Response.objects.update(type="mocks"),
    "an unknown role": lambda: User.objects.update(role="king"),
    "a blank claim": lambda: Claim.objects.update(text=" "),
    "a blank question": lambda: Topic.objects.update(question=""),
    "a date that is none": lambda: Event.objects.update(date="2014/02/01"),
    "two author perspectives": lambda: Perspective.objects.filter(stance="neutral").update(stance="author"),
    "a claim twice": lambda: Claim.objects.filter(topic=claim("author").topic).update(identifier="same"),
    "two claims at one place": lambda: Claim.objects.update(order=0),
    "a response to itself": lambda: Response.objects.update(from_claim=claim("author"), to_claim=claim("author")),
    "a gap of the author": lambda: Gap.objects.create(
        topic=claim("author").topic, order=77, claim=claim("author"), stance="author", note="No"
    ),
    "a citation of nothing": lambda: citation(claim=None),
    "a citation of two things": lambda: citation(agreement=Agreement.objects.first()),
    "two citations at one place": lambda: (citation(), citation()),
    "a quotation without a state": lambda: citation(quote="words"),
    "a state without a quotation": lambda: citation(quote_status="own-text"),
    "a translation without a translator": lambda: citation(
        quote="Wörter", quote_status="own-text", translation="words"
    ),
    "a translator of nothing": lambda: citation(quote="words", quote_status="own-text", translator="editors"),
    "words seen in translation by nobody": lambda: citation(quote="words", quote_status="translated"),
    "second-hand words of no work": lambda: citation(quote="words", quote_status="second-hand"),
    "unseen words seen somewhere": lambda: citation(quote="words", quote_status="not-checked", quote_seen_in="a copy"),
    "a day on which no words were seen": lambda: citation(quote_seen_on="2026-11"),
    "a source of no known type": lambda: Source.objects.create(
        key="x", record={"type": "tablet", "title": "T", "category": "opinion"}
    ),
    "a source of no category": lambda: Source.objects.create(key="x", record={"type": "book", "title": "T"}),
    "a source without a title": lambda: Source.objects.create(
        key="x", record={"type": "book", "category": "opinion", "title": " "}
    ),
    "a DOI twice": lambda: [
        Source.objects.create(key=key, record={"type": "book", "title": "T", "category": "opinion", "DOI": doi})
        for key, doi in (("x", "10.1/abc"), ("y", "10.1/ABC"))
    ],
    "an unknown state of a source": lambda: Source.objects.update(state="lost", state_reason="Why"),
    "a deprecated source without a reason": lambda: Source.objects.update(state="deprecated", state_reason=" "),
    "a reason for a current source": lambda: Source.objects.update(state_reason="Why"),
    "a superseded source without a successor": lambda: Source.objects.update(state="superseded", state_reason="Why"),
    "a successor of a source that is not superseded": lambda: Source.objects.filter(key=TWO[0]).update(
        state="deprecated", state_reason="Why", superseded_by=Source.objects.get(key=TWO[1])
    ),
    "a source that is its own successor": lambda: Source.objects.update(
        state="superseded", state_reason="Why", superseded_by=F("pk")
    ),
    "a DOI of a deprecated source once more": lambda: [
        Source.objects.create(key=key, record={**RECORD, "DOI": "10.1/abc"}, **state)
        for key, state in (("x", {"state": "deprecated", "state_reason": "Why"}), ("y", {}))
    ],
    "a passage that ends before it starts": lambda: Passage.objects.update(start=10, end=10),
    "two open proposals": lambda: (proposal(), proposal()),
    "a decision without a person": lambda: proposal(status="approved", decided_at=NOW),
    "an open proposal with a decision": lambda: proposal(decided_at=NOW, decided_by=User.objects.get()),
    "an approval by the proposer": lambda: proposal(status="approved", decided_at=NOW, decided_by=User.objects.get()),
    "a proposal for two things": lambda: proposal(article=Article.objects.get()),
    "an edition zero": lambda: Edition.objects.create(**edition(number=0)),
    "a hash of something else": lambda: Edition.objects.create(**edition(sha256="0" * 64)),
    "a fixture as edition 2": lambda: Edition.objects.create(**edition(number=2)),
    "a reviewed edition without people": lambda: Edition.objects.create(**edition(origin="review")),
    "an edition approved by its proposer": lambda: Edition.objects.create(
        **edition(origin="review", proposed_at=NOW, proposed_by=User.objects.get(), approved_by=User.objects.get())
    ),
    "an edition twice": lambda: (Edition.objects.create(**edition()), Edition.objects.create(**edition())),
    "a key without a name": lambda: api_key(name=" "),
    "a key without a scope": lambda: api_key(scopes=[]),
    "a key of an unknown scope": lambda: api_key(scopes=["read", "write"]),
    "a key with a secret in place of its hash": lambda: api_key(sha256="dkb_secret"),
    "a key that expires as it is made": lambda: api_key(expires_at=NOW),
    "a key revoked by nobody": lambda: api_key(revoked_at=NOW),
    "a key revoked at no time": lambda: api_key(revoked_by=User.objects.get()),
    "a secret twice": lambda: (api_key(), api_key(name="L")),
    "a key's name twice": lambda: (api_key(), api_key(sha256="1" * 64)),
    "an archiving without a note": lambda: archiving(note=" "),
    "an archiving before the first": lambda: archiving(number=0),
    "something archived twice": lambda: (archiving(), archiving()),
    "a retraction without a note": lambda: retraction(note=" "),
    "an edition retracted twice": lambda: (retraction(), retraction()),
    "an unknown leaning": lambda: User.objects.update(leaning="left"),
    "an invitation of nobody": lambda: invitation(email=" "),
    "an invitation in capitals": lambda: invitation(email="A@b.example"),
    "an invitation to an unknown role": lambda: invitation(role="king"),
    "an invitation with a token in place of its hash": lambda: invitation(token_sha256="token"),
    "an invitation that expires as it is made": lambda: invitation(expires_at=NOW),
    "an invitation accepted by nobody": lambda: invitation(accepted_at=NOW),
    "an invitation accepted at no time": lambda: invitation(accepted_by=User.objects.get()),
    "an invitation taken back at no time": lambda: invitation(revoked_by=User.objects.get()),
    "an invitation accepted and taken back": lambda: invitation(
        accepted_at=NOW, accepted_by=User.objects.get(), revoked_at=NOW
    ),
    "a token twice": lambda: (invitation(), invitation(email="c@d.example")),
    "two open invitations of one address": lambda: (invitation(), invitation(token_sha256="1" * 64)),
    "a webhook in an unknown state": lambda: webhook(state="lost"),
    "a webhook without a salt": lambda: webhook(salt=" "),
    "a webhook of no web address": lambda: webhook(address="mailto:a@b.example"),
    "an address twice for one owner": lambda: (webhook(), webhook()),
    "a pause at no time": lambda: webhook(state="paused", pause_reason="R"),
    "a pause without a reason": lambda: webhook(state="paused", paused_at=NOW, pause_reason=" "),
    "a reason for no pause": lambda: webhook(pause_reason="R"),
    "a message of an unknown type": lambda: delivery(type="edition.sung"),
    "a delivery in an unknown state": lambda: delivery(state="lost"),
    "a message that says nothing": lambda: delivery(body=" "),
    "a message of no edition": lambda: delivery(type="edition.published"),
    "a test of an edition": lambda: delivery(**{**of_edition(), "type": "webhook.test"}),
    "a message twice": lambda: two_deliveries(**of_edition()),
    "two messages being sent": lambda: two_deliveries(state="sending"),
    "a delivery at no time": lambda: delivery(state="delivered"),
    "a delivery with an error": lambda: delivery(state="delivered", delivered_at=NOW, error="E"),
    "a delivery that failed for no reason": lambda: delivery(state="failed"),
    "an unknown action": lambda: LogEntry.objects.create(code="topic.sung", at=NOW),
}


@pytest.mark.parametrize("state", IMPOSSIBLE)
def test_impossible(state, drafts, proposer):
    with pytest.raises(IntegrityError):
        commit(IMPOSSIBLE[state])


def test_a_superseded_source_gives_its_doi_up(drafts):
    kept, gone = (Source.objects.get(key=key) for key in TWO)
    gone.record, gone.state, gone.state_reason, gone.superseded_by = kept.record, "superseded", "Why", kept
    commit(gone.save)
    assert Source.objects.get(pk=gone.pk).doi is None


def test_a_claim_cannot_leave_its_topic(drafts):
    first, second = Topic.objects.order_by("order")[:2]
    for statement in (
        lambda: Claim.objects.filter(pk=claim("author").pk).update(topic=second, identifier="moved"),
        lambda: Response.objects.filter(topic=first).update(topic=second),
        lambda: Gap.objects.create(topic=second, order=77, claim=claim("author"), stance="neutral", note="No"),
    ):
        with pytest.raises(IntegrityError):
            commit(statement)


@pytest.mark.parametrize("action", ["update", "delete"])
@pytest.mark.parametrize("model", [Archiving, Edition, LogEntry, Retraction])
def test_editions_retractions_and_the_log_only_grow(model, action, published, proposer):
    retraction()
    archiving()
    rows = model.objects.all()
    count = rows.count()
    with pytest.raises(DatabaseError, match="is append-only"), transaction.atomic():
        rows.update(detail={}) if model is LogEntry and action == "update" else (
            rows.update(note="changed") if action == "update" else rows._raw_delete(rows.db)
        )
    assert rows.count() == count


def test_every_relation_is_protected():
    models = apps.get_app_config("perspectives").get_models()
    cascading = [
        str(field)
        for model in models
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is not PROTECT
    ]
    assert not cascading
    assert not [
        str(field)
        for model in apps.get_app_config("perspectives").get_models()
        for field in model._meta.local_many_to_many
        if isinstance(field, ManyToManyField) and model is not User
    ]


def test_constraints_are_named_for_the_application():
    for model in apps.get_app_config("perspectives").get_models():
        for constraint in model._meta.constraints:
            assert constraint.name.startswith("perspectives_"), constraint.name
