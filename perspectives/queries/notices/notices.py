"""Notices of one person, in words and with the address of what they are about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import F, QuerySet
from django.urls import reverse

from perspectives.errors import NotFoundError, require_found
from perspectives.models import LogEntry, MailChoice, Notice, NoticeMail, User
from perspectives.rules.notices import mail_times, sentences
from perspectives.vocab import AcceptReason, DeclineReason, EventCode, MailFrequency, NoticeKind

_SALT = "perspectives.queries.notices.notices.token"
_RELATED = ("entry__by", "entry__topic", "entry__article", "entry__source", "entry__suggestion")
_OPERATOR = "The operator at the command line"
_DISCUSSED = frozenset({NoticeKind.COMMENT, NoticeKind.MENTION, NoticeKind.ASSIGNMENT})


@dataclass(frozen=True)
class Told:
    """A notice as people read it: a sentence, words that go with it, and the path of the page that it is about."""

    notice: Notice
    sentence: str
    words: str
    address: str


def unread_count(person: User) -> int:
    """Count the notices that somebody has not read; one query."""
    return Notice.objects.filter(recipient=person, read_at=None).count()


def listed(person: User) -> QuerySet[Notice]:
    """List somebody's notices, those that are not read first, then the newest first."""
    found = Notice.objects.filter(recipient=person).select_related(*_RELATED)
    return found.order_by(F("read_at").desc(nulls_first=True), "-pk")


def notice(person: User, number: int) -> Notice:
    """Find somebody's own notice. Raises NotFoundError."""
    return require_found(listed(person).filter(pk=number).first(), f"You have no notice {number}.")


def in_mail(mail: NoticeMail) -> QuerySet[Notice]:
    """List the notices of a mail, the oldest first."""
    return Notice.objects.filter(mail=mail).select_related(*_RELATED).order_by("pk")


def told(one: Notice) -> Told:
    """Put a notice into words."""
    entry, kind = one.entry, NoticeKind.of(one.kind)
    code = EventCode.of(entry.code)
    who = str(entry.by) if entry.by else _OPERATOR
    day = date.fromisoformat(entry.detail["due"]) if "due" in entry.detail else None
    due = f"{day.day} {day:%B %Y}" if day else ""
    words = sentences.sentence(kind, code, who=who, what=_what(entry, kind), due=due)
    return Told(one, words, _words(entry, kind), _address(entry, kind))


def choices(person: User) -> dict[NoticeKind, MailFrequency]:
    """Tell how often notices of each kind are mailed to somebody."""
    chosen = dict(MailChoice.objects.filter(owner=person).values_list("kind", "frequency"))
    return {
        kind: MailFrequency.of(chosen.get(kind.value, default.value)) for kind, default in mail_times.DEFAULTS.items()
    }


def token(person: User) -> str:
    """Sign what lets its bearer stop the mails of one person, and nothing else; it works until the account ends."""
    return signing.Signer(salt=_SALT).sign(f"{person.pk}-{int(person.date_joined.timestamp())}")


def person_of(token: str) -> User:
    """Find whose mails a token may stop. Raises NotFoundError."""
    try:
        number, joined = map(int, signing.Signer(salt=_SALT).unsign(token).split("-"))
    except signing.BadSignature:
        raise NotFoundError("This link is not whole. Copy all of it from the mail.") from None
    second = datetime.fromtimestamp(joined, UTC)
    same = User.objects.filter(pk=number, date_joined__gte=second, date_joined__lt=second + timedelta(seconds=1))
    found = same.filter(is_active=True).first()
    return require_found(found, "There is no such account any more, so it gets no mails.")


def _what(entry: LogEntry, kind: NoticeKind) -> str:
    if kind is NoticeKind.SUGGESTION:
        return f"your suggestion {entry.suggestion_id}"
    if entry.source:
        return entry.source.key
    name = f"“{entry.topic.title}”" if entry.topic else f"the guide to “{entry.article.title}”" if entry.article else ""
    number = entry.detail.get("proposal")
    if kind not in _DISCUSSED:
        return name
    return f"proposal {number} of {name}" if number else f"the draft of {name}"


def _words(entry: LogEntry, kind: NoticeKind) -> str:
    """Give the note of an action, and of a decision on a suggestion its reason; comments are read on the site only."""
    reason = entry.detail.get("reason", "")
    if kind is NoticeKind.SUGGESTION and reason:
        terms: dict[str, Any] = {term.value: term for term in (*AcceptReason, *DeclineReason)}
        return " ".join(part for part in (terms[reason].sentence, entry.note) if part)
    return entry.note


def _address(entry: LogEntry, kind: NoticeKind) -> str:
    if kind is NoticeKind.SUGGESTION:
        return reverse("account-suggestion", args=[entry.suggestion_id])
    if entry.source:
        return reverse("desk-source", args=[entry.source.key])
    number, comment = entry.detail.get("proposal"), entry.detail.get("comment")
    if kind in _DISCUSSED:
        drafts = ("topic", entry.topic_id) if entry.topic_id else ("article", entry.article_id)
        place = f"#comment_{comment}" if comment else ""
        return reverse("desk-discussion", args=("proposal", number) if number else drafts) + place
    if number:
        return reverse("desk-proposal", args=[number])
    return reverse("desk-editions", args=[entry.topic.slug]) if entry.topic else reverse("desk-proposals")
