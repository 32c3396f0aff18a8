"""All functions of all modules of actions: which are actions of people, and with what each of those is tried."""

import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from perspectives import actions
from perspectives.actions.documents import article_drafting
from perspectives.actions.sources import source_records
from perspectives.actions.suggestions import suggestion_decisions
from perspectives.models import Article, IntakeEntry, LogEntry, Source, Suggestion, Topic, User
from perspectives.queries.documents import draft_documents
from perspectives.queries.search import thesaurus
from perspectives.rules.documents import parts
from perspectives.rules.documents.parts import Change
from perspectives.rules.evidence.confirmations import Seen
from perspectives.rules.formats.argument import argdown, argdown_reading
from perspectives.rules.publication.index_records import plain
from perspectives.vocab import Role
from tests import factories, lesson, suggesting
from tests.repo import desk_routes

Made = dict[str, Any]

FUNCTIONS: dict[str, Callable[..., Any]] = {
    f"{module.name.rpartition('.')[2]}.{label}": function
    for module in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}.")
    if not module.ispkg
    for found in [import_module(module.name)]
    for label, function in vars(found).items()
    if inspect.isfunction(function) and function.__module__ == found.__name__ and not label.startswith("_")
}
BY_THE_SYSTEM_ITSELF = {
    "members.make_demo_people",
    "members.sign_up",
    "sessions.clear",
    "classes.clear",
    "grading.send_for",
    "inviting.accept",
    "inviting.invited",
    "keys.renew",
    "keys.signed",
    "launching.came",
    "launching.launched",
    "scoring.send",
    "taking_part.come_back",
    "taking_part.hand_in",
    "taking_part.join",
    "taking_part.vote",
    "bibliographies.enqueue_missing",
    "check_planning.plan",
    "check_planning.resume",
    "check_planning.sweep",
    "check_reports.report",
    "check_running.run_for",
    "check_running.run_next",
    "retraction_loading.load",
    "bibliographies.format_edition",
    "bootstrap.first_start",
    "datasets.build",
    "handouts.make_next",
    "intake_reading.read_next",
    "intake_reading.resume",
    "indexing.renew",
    "index_checking.index_faults",
    "invitations.join",
    "api_keys.note_use",
    "mailing.clear",
    "mailing.send_due",
    "purging.purge",
    "delivering.deliver_next",
}
"""Actions without an actor of their own: the first start, jobs, what requests leave, who has no account."""
PIECES = {
    "assignments.end_all",
    "classes.remove_all",
    "launching.remove_all",
    "grading.sent",
    "keys.access",
    "line_items.address_of",
    "registering.require_sound",
    "pins.hashed",
    "pins.is_right",
    "pins.set_new_pin",
    "notifying.notify",
    "purging.ask",
    "check_outcomes.matches",
    "check_outcomes.outcomes",
    "check_results.end",
    "check_results.finish",
    "check_results.give_back",
    "check_results.take_back",
    "citing.cited_sources",
    "citing.hold_claims",
    "citing.hold_claims_that_go",
    "citing.load_sources",
    "citing.with_survivors",
    "edits.changing",
    "edits.moving",
    "edits.putting",
    "edits.removing",
    "edits.replacing",
    "edits.require_version",
    "edits.seen",
    "draft_writing.write_article",
    "draft_writing.write_article_head",
    "draft_writing.write_topics",
    "indexing.index_anew",
    "indexing.index_articles",
    "indexing.index_topics",
    "indexing.leave_out",
    "indexing.source_row",
    "new_accounts.add_account",
    "new_accounts.add_verified_address",
    "event_log.record",
    "event_log.record_all",
    "people.ids",
    "authoring.withdraw_all",
    "publishing.decide",
    "publishing.publish",
    "publishing.withdraw_all",
    "webhooks.remove_all",
    "locks.locked_actor",
    "locks.wait_for_address",
    "locks.wait_for_turn",
    "row_sets.delete",
    "row_sets.insert",
    "row_sets.new_ids",
    "row_sets.sync",
    "row_sets.update",
    "source_records.locked",
    "source_records.locked_all",
    "source_records.put_in_state",
    "source_records.require_version",
    "source_records.write_new",
    "source_records.write_record",
    "subjects.locked",
    "subjects.locked_all",
    "subjects.locked_edition",
    "subjects.locked_owner",
    "subjects.locked_proposal",
    "subjects.read",
    "subjects.require_open",
    "suggested_changes.apply",
    "suggested_changes.is_applicable",
    "suggestion_states.locked",
    "suggestion_states.move",
    "suggestion_states.say",
    "search_vocabulary.begin",
    "search_vocabulary.recount",
    "thesaurus.load",
}
"""What actions are made of; the permission was asked for before."""
ACTIONS = sorted(set(FUNCTIONS) - PIECES - BY_THE_SYSTEM_ITSELF)
FOR_EVERY_PERSON = {
    "members.change_profile",
    "api_keys.create",
    "authoring.drafted",
    "authoring.send",
    "webhooks.add",
    "classes.begin",
    "own_notices.choose_mails",
    "own_notices.mark_read",
}
"""Actions that a reader may do, since they are about what is their own."""

TOPIC, HEAD, KEY = factories.TOPIC, parts.HEAD, "pratt2018timber"
RECORD = factories.source_record(DOI="10.1000/another", title="Another title")


def sample() -> dict[str, Any]:
    """Make what the actions of `ARGUMENTS` are about, in a database with the small knowledge base published."""
    made = desk_routes.world()
    sender = User.objects.get(username="sender")
    moderator = User.objects.create_user("decides", role=Role.MODERATOR)
    declined = suggesting.sent(sender)
    suggestion_decisions.decline(suggestion_id=declined.pk, by=moderator, reason="spam")
    asked = suggesting.sent(sender)
    suggestion_decisions.ask(suggestion_id=asked.pk, by=moderator, text="Where?")
    aside = suggesting.sent(sender)
    Suggestion.objects.filter(pk=aside.pk).update(is_quarantined=True)
    closed = User.objects.create_user("closed", is_active=False)
    source_records.deprecate(key="weir2016cost", reason="Withdrawn.", by=moderator)
    article = Article.objects.get()
    seen = parts.find(plain(draft_documents.article_document(article.pk)), HEAD)
    article_drafting.change(
        article_id=article.pk, changes=[Change(HEAD, seen, {**seen, "about": "Anew."})], by=moderator
    )
    return {
        **made,
        "guide_entry": LogEntry.objects.latest("pk").pk,
        "declined": declined.pk,
        "asked": asked.pk,
        "aside": aside.pk,
        "closed": closed.pk,
        "activity": lesson.activity(owner=moderator),
        "topic": Topic.objects.get(slug=TOPIC),
        "other": Topic.objects.get(slug=factories.OTHER_TOPIC),
        "article": article,
        "source": Source.objects.get(key=KEY),
        "failed": IntakeEntry.objects.get(batch=made["intake"]).pk,
    }


def _draft(made: Made, path: str = "") -> Any:
    draft = plain(draft_documents.topic_document(made["topic"].pk))
    return parts.find(draft, path) if path else draft


def _guide(made: Made) -> Any:
    return plain(draft_documents.article_document(made["article"].pk))


def _version_of_guide(made: Made, path: str) -> str:
    return parts.version(parts.find(_guide(made), path))


def _version(made: Made, path: str = "") -> str:
    return parts.version(_draft(made, path))


CLAIM = "perspectives/repair/claims/s1"
ARGUMENTS: dict[str, Callable[[Made], dict[str, Any]]] = {
    "members.change_profile": lambda _: {"display_name": "Ada", "leaning": "neither", "interests": ""},
    "members.change_role": lambda made: {"account_id": made["person"], "role": "moderator", "reason": "Trusted."},
    "members.deactivate": lambda made: {"account_id": made["person"], "reason": "Leaves."},
    "members.reactivate": lambda made: {"account_id": made["closed"], "reason": "Returns."},
    "erasing.erase": lambda made: {"account_id": made["person"], "reason": "Asked for it."},
    "erasing.erase_again": lambda made: {
        "account_id": made["person"],
        "joined_at": User.objects.get(pk=made["person"]).date_joined,
    },
    "argument_drafting.import_argument": lambda made: {
        "topic_id": made["topic"].pk,
        "argument": argdown_reading.read(argdown.topic(draft_documents.topic_document(made["topic"].pk))),
    },
    "check_repairs.accept": lambda made: {"check_id": made["check"]},
    "confirmations.confirm": lambda _: {
        "key": KEY,
        "quote": "",
        "seen": Seen("Print of 2018", date(2026, 1, 1)),
    },
    "confirmations.withdraw": lambda made: {"confirmation_id": made["confirmation"]},
    "file_checks.record": lambda _: {"key": KEY, "found": (), "reading": None},
    "article_drafting.begin": lambda _: {"document": factories.article_document(article="another-article")},
    "article_drafting.change": lambda made: {"article_id": made["article"].pk, "changes": []},
    "article_drafting.edit": lambda made: {"article_id": made["article"].pk, "edit": lambda _: []},
    "article_drafting.move": lambda made: {
        "article_id": made["article"].pk,
        "path": "passages/p1",
        "steps": 1,
        "version": _version_of_guide(made, "passages/p1"),
    },
    "article_drafting.pick": lambda made: {
        "article_id": made["article"].pk,
        "text": "A short text.",
        "passages": [{"passage": "short text", "id": "p1"}],
    },
    "article_drafting.put": lambda made: {
        "article_id": made["article"].pk,
        "path": HEAD,
        "value": parts.find(_guide(made), HEAD),
        "version": _version_of_guide(made, HEAD),
    },
    "article_drafting.remove": lambda made: {
        "article_id": made["article"].pk,
        "path": "passages/p1",
        "version": _version_of_guide(made, "passages/p1"),
    },
    "article_drafting.replace": lambda made: {
        "article_id": made["article"].pk,
        "document": factories.article_document(),
        "version": parts.version(_guide(made)),
    },
    "article_drafting.revert": lambda made: {"entry_id": made["guide_entry"]},
    "bundles.approve": lambda made: {"bundle_id": made["bundle"]},
    "bundles.propose": lambda made: {"key": KEY, "version": "", "topics": [made["other"].slug]},
    "bundles.send_back": lambda made: {"bundle_id": made["bundle"], "reason": "Not yet."},
    "bundles.withdraw": lambda made: {"bundle_id": made["bundle"]},
    "drafting.begin": lambda _: {"document": factories.topic_document("third-topic", order=9)},
    "drafting.change": lambda made: {"topic_id": made["topic"].pk, "changes": [_retitled(made)]},
    "drafting.edit": lambda made: {"topic_id": made["topic"].pk, "edit": lambda _: [_retitled(made)]},
    "drafting.move": lambda made: {
        "topic_id": made["topic"].pk,
        "path": "events/0",
        "steps": 1,
        "version": _version(made, "events/0"),
    },
    "drafting.put": lambda made: {
        "topic_id": made["topic"].pk,
        "path": HEAD,
        "value": _retitled(made).after,
        "version": _version(made, HEAD),
    },
    "drafting.remove": lambda made: {"topic_id": made["topic"].pk, "path": CLAIM, "version": _version(made, CLAIM)},
    "drafting.replace": lambda made: {
        "topic_id": made["topic"].pk,
        "document": factories.topic_document(),
        "version": _version(made),
    },
    "drafting.revert": lambda made: {"entry_id": made["entry"]},
    "comments.write": lambda made: {"kind": "topic", "number": made["topic"].pk, "text": "Why not?"},
    "comments.edit": lambda made: {"comment_id": made["comment"], "text": "Why not now?"},
    "comments.delete": lambda made: {"comment_id": made["comment"]},
    "assignments.assign": lambda made: {
        "kind": "topic",
        "number": made["topic"].pk,
        "assignee_id": User.objects.get(username="decides").pk,
    },
    "own_notices.mark_read": lambda _: {},
    "own_notices.choose_mails": lambda _: {"choices": {"mention": "never"}},
    "intake_batches.add": lambda made: {"entry_id": made["failed"], "record": RECORD},
    "intake_batches.add_ready": lambda made: {"batch_id": made["intake"]},
    "intake_batches.dismiss": lambda made: {"entry_id": made["failed"]},
    "intake_batches.merge_into": lambda made: {
        "entry_id": made["failed"],
        "source_id": made["source"].pk,
        "choices": (),
        "version": "",
    },
    "intake_batches.retry": lambda made: {"entry_id": made["failed"]},
    "handing_in.hand_in": lambda _: {"text": "10.1000/another-one"},
    "intake_batches.start": lambda _: {"text": "10.1000/another"},
    "open_copies.find": lambda made: {"key": made["source"].key},
    "open_copies.accept": lambda made: {"key": made["source"].key, "address": "", "version": ""},
    "invitations.invite": lambda _: {"email": "new@university.example", "role": "moderator"},
    "invitations.invite_chief_editor": lambda _: {"email": "new@university.example"},
    "invitations.revoke_invitation": lambda made: {"invitation_id": made["invitation"]},
    "api_keys.create": lambda _: {"name": "Mine", "scopes": ["read"], "expires_at": None},
    "api_keys.revoke": lambda made: {"key_id": made["key"]},
    "webhooks.add": lambda _: {"address": "https://93.184.215.14/mine"},
    "webhooks.remove": lambda made: {"webhook_id": made["webhook"]},
    "webhooks.resume": lambda made: {"webhook_id": made["webhook"]},
    "webhooks.send_again": lambda made: {"delivery_id": made["delivery"]},
    "webhooks.send_test": lambda made: {"webhook_id": made["webhook"]},
    "archiving.archive_article": lambda made: {"article_id": made["article"].pk, "note": "It is settled."},
    "archiving.archive_topic": lambda made: {"topic_id": made["other"].pk, "note": "It is settled."},
    "archiving.bring_back_article": lambda made: {"article_id": made["article"].pk, "note": "It is not."},
    "archiving.bring_back_topic": lambda made: {"topic_id": made["other"].pk, "note": "It is not."},
    "inviting.invite": lambda _: {"name": "Moodle of Elm School"},
    "registering.register": lambda _: {"told": desk_routes.PLATFORM},
    "registering.deploy": lambda made: {"registration_id": made["platform"], "deployment_id": "d2"},
    "registering.stop": lambda made: {"registration_id": made["platform"], "is_active": False},
    "classes.begin": lambda _: {"topics": [TOPIC]},
    "classes.copy": lambda made: {"classroom_id": made["activity"].classroom_id},
    "classes.delete": lambda made: {"classroom_id": made["activity"].classroom_id},
    "classes.make_groups": lambda made: {"classroom_id": made["activity"].classroom_id, "number": 0},
    "classes.renew_pin": lambda made: {"classroom_id": made["activity"].classroom_id, "pupil_id": 0},
    "classes.stop": lambda made: {"classroom_id": made["activity"].classroom_id, "is_stopped": True},
    "grading.begin": lambda made: {"assignment_id": lesson.link(made["activity"].classroom).pk},
    "rosters.compare": lambda made: {"assignment_id": lesson.link(made["activity"].classroom).pk},
    "activities.go_to": lambda made: {"activity_id": made["activity"].pk, "phase": "ended"},
    "activities.plan": lambda made: {
        "classroom_id": made["activity"].classroom_id,
        "kind": "quiz",
        "topic": TOPIC,
    },
    "activities.release_feedback": lambda made: {"activity_id": made["activity"].pk, "is_released": True},
    "activities.say": lambda made: {"contribution_id": made["activity"].contributions.get().pk, "feedback": "Go on."},
    "packs.load": lambda _: {"files": factories.packs(), "show": lambda _: None},
    "publishing.approve": lambda made: {"proposal_id": made["proposal"]},
    "publishing.propose_article": lambda made: {"article_id": made["article"].pk},
    "publishing.propose_topic": lambda made: {"topic_id": made["other"].pk},
    "publishing.publish_first": lambda made: {"subjects": [made["other"]]},
    "publishing.send_back": lambda made: {"proposal_id": made["proposal"], "reason": "Not yet."},
    "publishing.withdraw": lambda made: {"proposal_id": made["proposal"]},
    "restoring.restore": lambda made: {"edition_id": made["edition"], "version": _version(made)},
    "retracting.retract": lambda made: {"edition_id": made["edition"], "note": "It is wrong."},
    "source_merging.merge": lambda made: {
        "from_key": KEY,
        "into_key": factories.ARTICLE_SOURCE,
        "record": made["source"].record,
        "versions": {},
    },
    "thesaurus.change": lambda _: {"groups": {"dead": ["dead", "killed"]}, "version": thesaurus.version({})},
    "source_records.add": lambda _: {"key": "another2020title", "record": RECORD},
    "source_records.change": lambda made: {
        "key": KEY,
        "record": RECORD,
        "version": parts.version(made["source"].record),
    },
    "source_records.change_all": lambda made: {
        "records": {KEY: RECORD},
        "versions": {KEY: parts.version(made["source"].record)},
    },
    "source_records.deprecate": lambda _: {"key": KEY, "reason": "Withdrawn."},
    "source_records.reinstate": lambda _: {"key": "weir2016cost"},
    "source_records.revert": lambda made: {"entry_id": made["correction"]},
    "suggestion_decisions.accept": lambda made: {"suggestion_id": made["suggestion"]},
    "suggestion_decisions.ask": lambda made: {"suggestion_id": made["suggestion"], "text": "Where?"},
    "suggestion_decisions.decline": lambda made: {"suggestion_id": made["suggestion"], "reason": "spam"},
    "suggestion_decisions.decline_many": lambda made: {"suggestion_ids": [made["suggestion"]], "reason": "spam"},
    "suggestion_decisions.release": lambda made: {"suggestion_id": made["aside"]},
    "suggestion_decisions.reopen": lambda made: {"suggestion_id": made["declined"]},
    "authoring.answer": lambda made: {"suggestion_id": made["asked"], "text": "There."},
    "authoring.drafted": lambda _: {"proposed": suggesting.proposed()},
    "authoring.send": lambda _: {"proposed": suggesting.proposed()},
    "authoring.withdraw": lambda made: {"suggestion_id": made["suggestion"]},
}
"""Of each action of a person what it could be done with, in a `world`, by somebody who may."""


def _retitled(made: Made) -> Change:
    head = _draft(made, HEAD)
    return Change(HEAD, head, {**head, "title": "Another title"})
