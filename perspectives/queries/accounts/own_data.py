"""All that is kept of one person, for that person: `docs/privacy.md` says of each kind why and how long."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, QuerySet

from perspectives.models import (
    ApiKey,
    Archiving,
    Assignment,
    Bundle,
    Classroom,
    Comment,
    Edition,
    IntakeBatch,
    IntakeEntry,
    Invitation,
    LogEntry,
    LtiRegistration,
    MailChoice,
    Notice,
    NoticeMail,
    Proposal,
    QuotationConfirmation,
    Retraction,
    Suggestion,
    SuggestionMessage,
    User,
    Webhook,
)

FORM: Final = 1
"""Counts the forms of the file; raised where a member changes its meaning or goes."""
ACCOUNT: Final = (
    "id",
    "username",
    "email",
    "first_name",
    "last_name",
    "display_name",
    "role",
    "leaning",
    "interests",
    "date_joined",
    "last_login",
    "is_active",
    "is_staff",
    "is_superuser",
)
LEFT_OUT: Final = (
    "Password, second factor, keys and links: only what tells that they are right is kept, and it would help thieves.",
    "The texts of drafts, proposals, editions and intakes: they are about the subject, and stand at the desk.",
    "What told whether a suggestion is spam: it would teach how to send some.",
    "Others: where somebody else did something, it is not said who.",
)
"""What the file does not hold, and why."""
_IN_BROWSER: Final = " in browser "


@dataclass(frozen=True)
class Kept:
    """Rows of a model that name a person in the field `by`, and what of them is about that person."""

    model: type[Model]
    by: str
    fields: tuple[str, ...]


KEPT: Final[Mapping[str, Kept]] = {
    "email_addresses": Kept(EmailAddress, "user", ("email", "verified", "primary")),
    "second_factors": Kept(Authenticator, "user", ("type", "created_at", "last_used_at")),
    "api_keys": Kept(
        ApiKey, "owner", ("id", "name", "hint", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")
    ),
    "api_keys_revoked": Kept(ApiKey, "revoked_by", ("id", "revoked_at")),
    "webhooks": Kept(
        Webhook, "owner", ("id", "address", "state", "added_at", "failing_since", "paused_at", "pause_reason")
    ),
    "lti_registrations": Kept(LtiRegistration, "made_by", ("id", "name", "issuer", "client_id", "made_at")),
    "classes": Kept(Classroom, "owner", ("id", "code", "topics", "opened_at", "expires_at", "is_stopped")),
    "invitation": Kept(Invitation, "accepted_by", ("id", "email", "role", "invited_at", "expires_at", "accepted_at")),
    "invitations_made": Kept(Invitation, "invited_by", ("id", "role", "invited_at")),
    "invitations_taken_back": Kept(Invitation, "revoked_by", ("id", "role", "revoked_at")),
    "suggestions": Kept(
        Suggestion,
        "by",
        (
            *("id", "kind", "status", "topic__slug", "article__slug", "source__key", "path", "payload", "words"),
            *("sent_at", "via", "decided_at", "reason", "answer"),
        ),
    ),
    "suggestions_decided": Kept(Suggestion, "decided_by", ("id", "status", "reason", "answer", "decided_at")),
    "suggestion_messages": Kept(SuggestionMessage, "by", ("suggestion", "at", "text")),
    "intakes": Kept(IntakeBatch, "by", ("id", "at", "note", "file_name", "library", "format")),
    "intake_decisions": Kept(IntakeEntry, "decided_by", ("batch", "number", "state", "reason", "decided_at")),
    "proposals": Kept(Proposal, "proposed_by", ("id", "topic__slug", "article__slug", "status", "note", "proposed_at")),
    "proposals_decided": Kept(Proposal, "decided_by", ("id", "status", "reason", "decided_at")),
    "bundles": Kept(Bundle, "proposed_by", ("id", "source__key", "note", "proposed_at")),
    "editions_proposed": Kept(Edition, "proposed_by", ("topic__slug", "article__slug", "number", "proposed_at")),
    "editions_approved": Kept(Edition, "approved_by", ("topic__slug", "article__slug", "number", "published_at")),
    "retractions": Kept(Retraction, "by", ("edition", "note", "at")),
    "archivings": Kept(Archiving, "by", ("edition", "is_archived", "note", "at")),
    "confirmations": Kept(
        QuotationConfirmation,
        "by",
        ("id", "source__key", "quote", "seen_in", "place", "seen_on", "is_named", "at", "withdrawn_at"),
    ),
    "confirmations_withdrawn": Kept(QuotationConfirmation, "withdrawn_by", ("id", "withdrawn_at")),
    "comments": Kept(
        Comment, "by", ("id", "topic__slug", "article__slug", "proposal", "at", "text", "edited_at", "deleted_at")
    ),
    "comments_deleted": Kept(Comment, "deleted_by", ("id", "deleted_at")),
    "assignments": Kept(
        Assignment, "assignee", ("topic__slug", "article__slug", "proposal", "due_on", "at", "ended_at")
    ),
    "assignments_made": Kept(Assignment, "by", ("id", "at")),
    "assignments_ended": Kept(Assignment, "ended_by", ("id", "ended_at")),
    "notices": Kept(Notice, "recipient", ("id", "kind", "entry__at", "read_at", "mail_due_at", "mail")),
    "mails_of_notices": Kept(NoticeMail, "recipient", ("id", "made_at", "attempts", "sent_at", "error")),
    "mails_chosen": Kept(MailChoice, "owner", ("kind", "frequency")),
    "log": Kept(LogEntry, "by", ("id", "at", "code", "note")),
    "log_about_you": Kept(LogEntry, "account", ("id", "at", "code", "note", "changes")),
}
"""Every column that names a person has its row; a test compares them with the models."""


def kept(person: User) -> dict[str, Any]:
    """Give all that is kept of a person, as JSON can hold it; as many queries as there are kinds."""
    return {
        "form": FORM,
        "made_at": datetime.now(tz=UTC),
        "account": {name: getattr(person, name) for name in ACCOUNT},
        **{name: _rows(person, kind) for name, kind in KEPT.items()},
        "sessions": [_session(one) for one in sessions(person)],
        "failed_sign_ins": list(attempts(person).values("attempt_time", "ip_address", "user_agent", "username")),
        "left_out": LEFT_OUT,
    }


def sessions(person: User) -> Iterator[Session]:
    """Find the sessions of a person, signed in or not quite yet; only their content says whose, so all are read."""
    for session in Session.objects.iterator():
        held = session.get_decoded()
        half_way = held.get("account_login", {}).get("user_pk")
        if held.get("_auth_user_id") == str(person.pk) or half_way == user_pk_to_url_str(person):
            yield session


def attempts(person: User) -> QuerySet[AccessAttempt]:
    """Find the tries to sign in that failed under a name or an address of the person, in whatever browser."""
    found = Q()
    for name in {person.username.lower(), *addresses(person)}:
        found |= Q(username=name) | Q(username__startswith=f"{name}{_IN_BROWSER}")
    attempts: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(found)
    return attempts


def addresses(person: User) -> set[str]:
    """Give the e-mail addresses of a person, confirmed or not, in small letters."""
    found = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {address.lower() for address in (person.email, *found) if address}


def _rows(person: User, kind: Kept) -> list[dict[str, Any]]:
    rows = kind.model._default_manager.filter(**{kind.by: person}).order_by("pk")
    return [{name.partition("__")[0]: value for name, value in row.items()} for row in rows.values(*kind.fields)]


def _session(session: Session) -> dict[str, Any]:
    held = session.get_decoded()
    said = (name for name in ("began_at", "used_at") if name in held)
    times: dict[str, Any] = {name: datetime.fromtimestamp(held[name], UTC) for name in said}
    return {"began_at": None, "used_at": None, **times, "ends_at": session.expire_date}
