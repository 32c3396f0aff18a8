"""The rows of the desk's routes, and the small world in which they are asked for."""

from typing import Any, NamedTuple

from django.utils import timezone

from perspectives.actions.accounts import api_keys, invitations
from perspectives.actions.classroom import activities, classes
from perspectives.actions.discussion import comments
from perspectives.actions.documents import drafting
from perspectives.actions.evidence import confirmations
from perspectives.actions.intake import intake_batches
from perspectives.actions.publication import bundles, publishing
from perspectives.actions.sources import source_records
from perspectives.actions.webhooks import webhooks
from perspectives.models import (
    Check,
    Citation,
    Edition,
    LogEntry,
    LtiRegistration,
    Source,
    Topic,
    User,
    WebhookDelivery,
)
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.evidence.confirmations import Seen
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role, Scope
from tests import factories, people, suggesting

ROLES = ("anonymous", *(role.value for role in Role))
"""In this order stand the statuses of a row."""
NONE_BELOW_CONTRIBUTOR = (302, 404, 200, 200, 200)
NONE_BELOW_MODERATOR = (302, 404, 404, 200, 200)
NOT_TAKEN = (405,) * 5


class Row(NamedTuple):
    """What a route of the desk answers each role."""

    reads: tuple[int, ...]
    """Statuses of GET and HEAD."""
    sends: tuple[int, ...] = NOT_TAKEN
    """Statuses of POST with nothing in it."""
    arguments: dict[str, Any] = {}
    """What the address needs; the names of `WORLD` stand for what that makes."""


TOPIC = {"slug": factories.TOPIC}
NONE_BELOW_CHIEF_EDITOR = (302, 404, 404, 404, 200)
SENT_FROM_MODERATOR = (302, 404, 404, 302, 302)
ARTICLE = {"slug": factories.ARTICLE}
PROPOSAL = {"number": "proposal"}
DISCUSSED = {"kind": "topic", "number": "discussed"}
EDITION = {"number": "edition"}
ENTRY = {"number": "entry"}
SOURCE = {"key": "pratt2018timber"}
NOTHING_SENT = (302, 404, 404, 400, 400)
REFUSED = (302, 404, 404, 409, 409)
PERSON = {"number": "person"}
INTAKE = {"number": "intake"}
HANDED_IN = {**INTAKE, "entry": 1}
PLATFORM = {
    **dict.fromkeys(("issuer", "login_url", "token_url", "jwks_url"), "https://moodle.school.example"),
    "client_id": "client",
    "name": "Moodle of Elm School",
}
PART = {**TOPIC, "part": "perspectives/repair/claims/s1"}

DESK_ROUTES = {
    "desk": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-suggestions": Row(NONE_BELOW_MODERATOR),
    "desk-suggestions-decline": Row(NOT_TAKEN, SENT_FROM_MODERATOR),
    "desk-suggestions-undo": Row(NOT_TAKEN, SENT_FROM_MODERATOR),
    "desk-suggestion": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR, {"number": "suggestion"}),
    "desk-evidence": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-checks": Row(NONE_BELOW_MODERATOR),
    "desk-check": Row(NONE_BELOW_MODERATOR, SENT_FROM_MODERATOR, {"number": "check"}),
    "desk-gaps": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-audit": Row(NONE_BELOW_MODERATOR),
    "desk-stale": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-proposals-waiting": Row(NONE_BELOW_MODERATOR),
    "desk-intake-waiting": Row(NONE_BELOW_MODERATOR),
    "desk-figures": Row(NONE_BELOW_MODERATOR),
    "desk-figures-file": Row(NONE_BELOW_MODERATOR, arguments={"table": "decisions"}),
    "desk-topics": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-topic-new": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422)),
    "desk-topic": Row(NONE_BELOW_CONTRIBUTOR, arguments=TOPIC),
    "desk-topic-sheet": Row((302, 404, 404, 409, 409), (302, 404, 404, 409, 409), TOPIC),
    "desk-articles": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-article-new": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422)),
    "desk-article": Row(NONE_BELOW_CONTRIBUTOR, arguments=ARTICLE),
    "desk-article-preview": Row(NONE_BELOW_CONTRIBUTOR, arguments=ARTICLE),
    "desk-article-pick": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), ARTICLE),
    "desk-article-pick-anew": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), {**ARTICLE, "passage": "p1"}),
    "desk-article-edit": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), {**ARTICLE, "part": "passages/p1"}),
    "desk-article-add": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), {**ARTICLE, "part": "outline"}),
    "desk-article-remove": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 409, 409), {**ARTICLE, "part": "passages/p1"}),
    "desk-article-move": Row(NOT_TAKEN, (302, 404, 404, 409, 409), {**ARTICLE, "part": "passages/p1"}),
    "desk-topic-preview": Row(NONE_BELOW_CONTRIBUTOR, arguments=TOPIC),
    "desk-topic-edit": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), PART),
    "desk-topic-add": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), {**TOPIC, "part": "events"}),
    "desk-topic-claims": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 422, 422), {**TOPIC, "side": "repair"}),
    "desk-topic-citations": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 409, 409), TOPIC),
    "desk-topic-remove": Row(NONE_BELOW_MODERATOR, (302, 404, 404, 409, 409), PART),
    "desk-topic-move": Row(NOT_TAKEN, (302, 404, 404, 409, 409), PART),
    "desk-topic-balance": Row(NOT_TAKEN, (302, 404, 404, 200, 200), PART),
    "desk-propose": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR, TOPIC),
    "desk-propose-article": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR, ARTICLE),
    "desk-proposals": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-proposal": Row(NONE_BELOW_CONTRIBUTOR, NONE_BELOW_CONTRIBUTOR, PROPOSAL),
    "desk-proposal-preview": Row(NONE_BELOW_CONTRIBUTOR, NOT_TAKEN, PROPOSAL),
    "desk-editions": Row(NONE_BELOW_CONTRIBUTOR, NOT_TAKEN, TOPIC),
    "desk-article-editions": Row(NONE_BELOW_CONTRIBUTOR, NOT_TAKEN, ARTICLE),
    "desk-edition-restore": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR, EDITION),
    "desk-edition-retract": Row(NONE_BELOW_CHIEF_EDITOR, NONE_BELOW_CHIEF_EDITOR, EDITION),
    "desk-topic-archive": Row(NONE_BELOW_CHIEF_EDITOR, (302, 404, 404, 404, 422), TOPIC),
    "desk-article-archive": Row(NONE_BELOW_CHIEF_EDITOR, (302, 404, 404, 404, 422), ARTICLE),
    "desk-discussion": Row(NONE_BELOW_CONTRIBUTOR, (302, 404, 422, 422, 422), DISCUSSED),
    "desk-discussion-assign": Row(NOT_TAKEN, (302, 404, 403, 422, 422), DISCUSSED),
    "desk-comment": Row((302, 404, 403, 403, 403), (302, 404, 403, 403, 403), {"number": "comment"}),
    "desk-comment-delete": Row(NOT_TAKEN, (302, 404, 403, 403, 302), {"number": "comment"}),
    "desk-history": Row(NONE_BELOW_MODERATOR),
    "desk-sources": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-source-new": Row(NONE_BELOW_MODERATOR, NOTHING_SENT),
    "desk-source-table": Row(NONE_BELOW_MODERATOR, SENT_FROM_MODERATOR),
    "desk-source": Row(NONE_BELOW_CONTRIBUTOR, (302, 404, 403, 400, 400), SOURCE),
    "desk-source-confirmation": Row((302, 404, 404, 404, 404), (302, 404, 404, 404, 404), SOURCE),
    "desk-source-merge": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR, SOURCE),
    "desk-source-deprecate": Row(NONE_BELOW_MODERATOR, NOTHING_SENT, SOURCE),
    "desk-source-reinstate": Row(NONE_BELOW_MODERATOR, REFUSED, SOURCE),
    "desk-source-open-copy": Row((302, 404, 404, 409, 409), (302, 404, 404, 409, 409), SOURCE),
    "desk-source-editions": Row(NONE_BELOW_MODERATOR, REFUSED, SOURCE),
    "desk-bundle": Row(NONE_BELOW_CONTRIBUTOR, NONE_BELOW_CONTRIBUTOR, {"number": "bundle"}),
    "desk-source-undo": Row(NONE_BELOW_MODERATOR, SENT_FROM_MODERATOR, {**SOURCE, "entry": "correction"}),
    "desk-history-entry": Row(NONE_BELOW_MODERATOR, SENT_FROM_MODERATOR, ENTRY),
    "desk-thesaurus": Row(NONE_BELOW_MODERATOR, NONE_BELOW_MODERATOR),
    "desk-intake": Row(NONE_BELOW_CONTRIBUTOR, NONE_BELOW_CONTRIBUTOR),
    "desk-intake-batch": Row(NONE_BELOW_CONTRIBUTOR, arguments=INTAKE),
    "desk-intake-report": Row(NONE_BELOW_CONTRIBUTOR, arguments={**INTAKE, "suffix": "csv"}),
    "desk-intake-add-ready": Row(NOT_TAKEN, SENT_FROM_MODERATOR, INTAKE),
    "desk-intake-entry": Row(NONE_BELOW_CONTRIBUTOR, NONE_BELOW_CONTRIBUTOR, HANDED_IN),
    "desk-intake-merge": Row(NOT_TAKEN, REFUSED, HANDED_IN),
    "desk-intake-dismiss": Row(NOT_TAKEN, SENT_FROM_MODERATOR, HANDED_IN),
    "desk-intake-retry": Row(NOT_TAKEN, SENT_FROM_MODERATOR, HANDED_IN),
    "desk-people": Row(NONE_BELOW_CONTRIBUTOR),
    "desk-person": Row(NONE_BELOW_MODERATOR, arguments=PERSON),
    "desk-person-role": Row(NONE_BELOW_CHIEF_EDITOR, NONE_BELOW_CHIEF_EDITOR, PERSON),
    "desk-person-deactivate": Row(NONE_BELOW_CHIEF_EDITOR, NONE_BELOW_CHIEF_EDITOR, PERSON),
    "desk-person-reactivate": Row(NONE_BELOW_CHIEF_EDITOR, NONE_BELOW_CHIEF_EDITOR, PERSON),
    "desk-person-erase": Row(NONE_BELOW_CHIEF_EDITOR, NONE_BELOW_CHIEF_EDITOR, PERSON),
    "desk-person-key-revoke": Row(NONE_BELOW_MODERATOR, SENT_FROM_MODERATOR, {**PERSON, "key": "key"}),
    "desk-invitations": Row(NONE_BELOW_CHIEF_EDITOR, NONE_BELOW_CHIEF_EDITOR),
    "desk-platforms": Row(NONE_BELOW_CHIEF_EDITOR, NONE_BELOW_CHIEF_EDITOR),
    "desk-platform-invite": Row(NOT_TAKEN, NONE_BELOW_CHIEF_EDITOR),
    "desk-platform": Row(NONE_BELOW_CHIEF_EDITOR, NONE_BELOW_CHIEF_EDITOR, {"number": "platform"}),
    "desk-invitation-revoke": Row(NONE_BELOW_CHIEF_EDITOR, (302, 404, 404, 404, 302), {"number": "invitation"}),
}


SUGGESTION = {"suggestion": "suggestion"}
WEBHOOK = {"webhook": "webhook"}
DELIVERY = {**WEBHOOK, "delivery": "delivery"}
CLASS = {"classroom": "classroom"}
ACTIVITY = {**CLASS, "activity": "activity"}
NO_METHOD = (401, 404, 405, 405, 405)
NO_METHOD_FOR_MODERATORS = (401, 404, 404, 405, 405)
NO_METHOD_FOR_ALL = (401, 405, 405, 405, 405)
"""Whoever may see a resource learns that it does not take the method."""
SEEN_BY_CONTRIBUTORS = (401, 404, 200, 200, 200)
BEGUN_BY_MODERATORS = (401, 404, 403, 422, 422)
"""An empty document lacks everything, but whether it may be begun is asked first."""
SEEN_BY_MODERATORS = (401, 404, 404, 200, 200)
SEEN_BY_ALL = (401, 200, 200, 200, 200)
NOT_THEIRS = (401, 404, 404, 404, 404)
NEEDS_A_BODY = (401, 422, 422, 422, 422)
LACKS_SOMETHING = (401, 404, 422, 422, 422)
"""An empty body does not say enough."""
NEEDS_A_VERSION = (401, 404, 428, 428, 428)
BY_MODERATORS = (401, 404, 403, 409, 409)
"""With an empty body: a contributor may not, a moderator could, if there were something to do."""


class ResourceRow(NamedTuple):
    """What a resource of the desk answers each role, with keys of every scope and an empty object as the body."""

    statuses: dict[str, tuple[int, ...]]
    """Statuses by method; other methods are not taken."""
    arguments: dict[str, Any] = {}


DESK_API_ROUTES = {
    "api:desk-schema": ResourceRow(
        {"get": (200,) * 5, **dict.fromkeys(("post", "put", "delete", "patch"), (405,) * 5)},
    ),
    "api:desk-topics": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "post": BEGUN_BY_MODERATORS}),
    "api:desk-articles": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "post": BEGUN_BY_MODERATORS}),
    "api:desk-article-part": ResourceRow(
        {"get": SEEN_BY_CONTRIBUTORS, "put": NEEDS_A_VERSION, "delete": NEEDS_A_VERSION}, {**ARTICLE, "part": "head"}
    ),
    "api:desk-article-moves": ResourceRow({"post": NEEDS_A_VERSION}, ARTICLE),
    "api:desk-article-picks": ResourceRow({"post": NEEDS_A_VERSION}, ARTICLE),
    "api:desk-topic": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "put": NEEDS_A_VERSION}, TOPIC),
    "api:desk-part": ResourceRow(
        {"get": SEEN_BY_CONTRIBUTORS, "put": NEEDS_A_VERSION, "delete": NEEDS_A_VERSION}, {**TOPIC, "part": "head"}
    ),
    "api:desk-moves": ResourceRow({"post": NEEDS_A_VERSION}, TOPIC),
    "api:desk-topic-proposals": ResourceRow({"post": BY_MODERATORS}, TOPIC),
    "api:desk-article-proposals": ResourceRow({"post": BY_MODERATORS}, {"slug": factories.ARTICLE}),
    "api:desk-proposals": ResourceRow({"get": SEEN_BY_CONTRIBUTORS}),
    "api:desk-topic-editions": ResourceRow({"get": SEEN_BY_CONTRIBUTORS}, TOPIC),
    "api:desk-article": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "put": NEEDS_A_VERSION}, ARTICLE),
    "api:desk-article-editions": ResourceRow({"get": SEEN_BY_CONTRIBUTORS}, ARTICLE),
    "api:desk-restoration": ResourceRow({"post": NEEDS_A_VERSION}, {"edition": "edition"}),
    "api:desk-retraction": ResourceRow({"post": LACKS_SOMETHING}, {"edition": "edition"}),
    "api:desk-topic-archiving": ResourceRow({"post": LACKS_SOMETHING}, TOPIC),
    "api:desk-topic-reinstatement": ResourceRow({"post": LACKS_SOMETHING}, TOPIC),
    "api:desk-article-archiving": ResourceRow({"post": LACKS_SOMETHING}, ARTICLE),
    "api:desk-article-reinstatement": ResourceRow({"post": LACKS_SOMETHING}, ARTICLE),
    "api:desk-suggestions": ResourceRow({"get": SEEN_BY_MODERATORS}),
    "api:desk-suggestion": ResourceRow({"get": SEEN_BY_MODERATORS}, SUGGESTION),
    "api:desk-suggestion-decision": ResourceRow({"post": (401, 404, 404, 428, 428)}, SUGGESTION),
    "api:desk-sources": ResourceRow({"get": SEEN_BY_CONTRIBUTORS}),
    "api:desk-source": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "put": NEEDS_A_VERSION}, SOURCE),
    "api:desk-source-standing": ResourceRow({"get": SEEN_BY_CONTRIBUTORS}, SOURCE),
    "api:desk-source-deprecation": ResourceRow({"post": NEEDS_A_VERSION}, SOURCE),
    "api:desk-source-reinstatement": ResourceRow({"post": NEEDS_A_VERSION}, SOURCE),
    "api:desk-source-open-copy": ResourceRow(
        {"get": (401, 404, 404, 409, 409), "post": (401, 404, 404, 428, 428)}, SOURCE
    ),
    "api:desk-source-merge": ResourceRow({"post": LACKS_SOMETHING}, SOURCE),
    "api:desk-source-confirmations": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "post": LACKS_SOMETHING}, SOURCE),
    "api:desk-source-confirmation": ResourceRow(
        {"delete": (401, 404, 403, 200, 200)}, {"key": factories.ARTICLE_SOURCE, "number": "confirmation"}
    ),
    "api:desk-source-bundles": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "post": NEEDS_A_VERSION}, SOURCE),
    "api:desk-bundles": ResourceRow({"get": SEEN_BY_CONTRIBUTORS}),
    "api:desk-bundle": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "post": NEEDS_A_VERSION}, {"bundle": "bundle"}),
    "api:desk-intakes": ResourceRow({"get": SEEN_BY_CONTRIBUTORS, "post": LACKS_SOMETHING}),
    "api:desk-intake": ResourceRow({"get": SEEN_BY_CONTRIBUTORS}, {"intake": "intake"}),
    "api:desk-intake-additions": ResourceRow({"post": (401, 404, 403, 200, 200)}, {"intake": "intake"}),
    "api:desk-intake-entries": ResourceRow({"get": SEEN_BY_CONTRIBUTORS}, {"intake": "intake"}),
    "api:desk-intake-entry": ResourceRow(
        {"get": SEEN_BY_CONTRIBUTORS, "post": NEEDS_A_VERSION}, {"intake": "intake", "entry": 1}
    ),
    "api:desk-history": ResourceRow({"get": SEEN_BY_MODERATORS}),
    "api:desk-action": ResourceRow({"get": SEEN_BY_MODERATORS}, {"entry": "entry"}),
    "api:desk-revert": ResourceRow({"post": (401, 404, 404, 204, 204)}, {"entry": "entry"}),
    "api:own-suggestions": ResourceRow({"get": SEEN_BY_ALL, "post": (401, 422, 422, 422, 422)}),
    "api:own-account": ResourceRow({"get": SEEN_BY_ALL}),
    "api:own-notices": ResourceRow({"get": SEEN_BY_ALL}),
    "api:own-notices-reading": ResourceRow({"post": SEEN_BY_ALL}),
    "api:own-notices-mails": ResourceRow({"get": SEEN_BY_ALL, "put": (401, 422, 422, 422, 422)}),
    "api:own-webhooks": ResourceRow({"get": SEEN_BY_ALL, "post": (401, 422, 422, 422, 422)}),
    "api:own-webhook": ResourceRow({"get": NOT_THEIRS, "delete": NOT_THEIRS}, WEBHOOK),
    "api:own-webhook-resumption": ResourceRow({"post": NOT_THEIRS}, WEBHOOK),
    "api:own-webhook-tests": ResourceRow({"post": NOT_THEIRS}, WEBHOOK),
    "api:own-webhook-deliveries": ResourceRow({"get": NOT_THEIRS}, WEBHOOK),
    "api:own-webhook-delivery": ResourceRow({"get": NOT_THEIRS}, DELIVERY),
    "api:own-webhook-repetition": ResourceRow({"post": NOT_THEIRS}, DELIVERY),
    "api:own-classes": ResourceRow({"get": SEEN_BY_ALL, "post": NEEDS_A_BODY}),
    "api:own-class": ResourceRow({"get": NOT_THEIRS, "delete": NOT_THEIRS}, CLASS),
    "api:own-class-stop": ResourceRow({"put": NEEDS_A_BODY}, CLASS),
    "api:own-class-groups": ResourceRow({"post": NEEDS_A_BODY}, CLASS),
    "api:own-class-copies": ResourceRow({"post": NOT_THEIRS}, CLASS),
    "api:own-class-activities": ResourceRow({"post": NEEDS_A_BODY}, CLASS),
    "api:own-class-activity": ResourceRow({"get": NOT_THEIRS}, ACTIVITY),
    "api:own-class-phase": ResourceRow({"put": NEEDS_A_BODY}, ACTIVITY),
    "api:own-class-feedback": ResourceRow({"put": NEEDS_A_BODY}, ACTIVITY),
    "api:own-class-release": ResourceRow({"put": NEEDS_A_BODY}, ACTIVITY),
    "api:own-suggestion": ResourceRow({"get": NOT_THEIRS}, SUGGESTION),
    "api:own-suggestion-answer": ResourceRow({"post": (401, 422, 422, 422, 422)}, SUGGESTION),
    "api:own-suggestion-withdrawal": ResourceRow({"post": NOT_THEIRS}, SUGGESTION),
    "api:desk-proposal": ResourceRow({"get": (401, 404, 404, 404, 404), "post": NEEDS_A_VERSION}, {"proposal": 99}),
}


def no_method(route: str) -> tuple[int, ...]:
    """Give the statuses of methods that a resource does not take, to who may see it and who may not."""
    statuses = DESK_API_ROUTES[route].statuses
    if route.startswith("api:own-"):
        return NO_METHOD_FOR_ALL
    return NO_METHOD_FOR_MODERATORS if {one[2] for one in statuses.values()} == {404} else NO_METHOD


def key_of_all_scopes(role: str) -> str:
    """Make a person of a role with a second factor and a key; readers had it made while they were contributors."""
    person = User.objects.create_user(role, role=Role.CONTRIBUTOR if role == Role.READER else role)
    people.protect(person)
    _, secret = api_keys.create(by=person, name="Mine", scopes=Scope.values, expires_at=None)
    User.objects.filter(pk=person.pk).update(role=role)
    return secret


def world() -> dict[str, Any]:
    """Make what the addresses name, in a database with the small knowledge base published: name -> value."""
    moderator = User.objects.create_user("curator", role=Role.MODERATOR)
    return {**_of_drafts(moderator), **_of_sources(moderator), **_of_suggestions(), **_of_people(), **_of_intake()}


def _of_drafts(by: User) -> dict[str, Any]:
    topic = Topic.objects.get(**TOPIC)
    head = parts.find(plain(draft_documents.topic_document(topic.pk)), parts.HEAD)
    change = parts.Change(parts.HEAD, head, {**head, "title": "A title to undo"})
    drafting.change(topic_id=topic.pk, changes=[change], by=by)
    entry = LogEntry.objects.latest("pk").pk
    said = comments.write(kind="topic", number=topic.pk, text="Which survey?", by=by)
    return {
        "comment": said.comment.pk,
        "discussed": topic.pk,
        "entry": entry,
        "proposal": publishing.propose_topic(topic_id=topic.pk, by=by).pk,
        "edition": Edition.objects.get(topic=topic).pk,
    }


def _of_sources(by: User) -> dict[str, Any]:
    source = Source.objects.get(**SOURCE)
    record = {**source.record, "volume": "77"}
    source_records.change(key=source.key, record=record, version=parts.version(source.record), by=by)
    times = dict.fromkeys(("planned_at", "due_at", "finished_at", "again_at"), timezone.now())
    moved = {"sentence": "It moved.", "detail": {"address": "https://review.example/new"}}
    check = Check.objects.create(
        kind="link", source=source, state="done", outcome="moved", is_current=True, **times, **moved
    )
    version = parts.version(Source.objects.get(pk=source.pk).record)
    seen = Seen("Print of 2018", timezone.now().date())
    quoted = Citation.objects.filter(source__key=factories.ARTICLE_SOURCE).exclude(quote="").earliest("pk")
    confirmation = confirmations.confirm(key=factories.ARTICLE_SOURCE, quote=quoted.quote, seen=seen, by=by)
    bundle = bundles.propose(key=source.key, version=version, topics=[factories.OTHER_TOPIC], by=by)
    made = {"bundle": bundle.pk, "check": check.pk, "confirmation": confirmation.pk}
    return {"correction": LogEntry.objects.get(source=source, code="source.changed").pk, **made}


def _of_suggestions() -> dict[str, Any]:
    sender, _ = User.objects.get_or_create(username="sender")
    return {"suggestion": suggesting.sent(sender).pk}


def _of_people() -> dict[str, Any]:
    person = User.objects.create_user("somebody")
    key, _ = api_keys.create(by=person, name="Reading room", scopes=["read"], expires_at=None)
    invitation, _ = invitations.invite_chief_editor(email="ada@university.example", by=OPERATOR)
    webhook, _ = webhooks.add(by=person, address="https://93.184.215.14/hook")
    delivery = WebhookDelivery.objects.get(webhook=webhook)
    of_webhook = {"webhook": webhook.pk, "delivery": delivery.pk}
    room = classes.begin(by=person, topics=[factories.TOPIC])
    activity = activities.plan(classroom_id=room.pk, by=person, kind="quiz", topic=factories.TOPIC)
    of_class = {"classroom": room.pk, "activity": activity.pk}
    platform = LtiRegistration.objects.create(**PLATFORM, made_at=timezone.now())
    of_people = {"person": person.pk, "key": key.pk, "invitation": invitation.pk, "platform": platform.pk}
    return {**of_people, **of_webhook, **of_class}


def _of_intake() -> dict[str, Any]:
    person = User.objects.create_user("hands-in", role=Role.CONTRIBUTOR)
    return {"intake": intake_batches.start(by=person, text="This line holds nothing.").pk}
