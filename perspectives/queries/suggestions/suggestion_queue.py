"""Suggestions: one's own, the moderators' queue, and what is like another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from rapidfuzz import fuzz

from perspectives.errors import require_found
from perspectives.models import LogEntry, PublishedSource, Source, Suggestion, SuggestionMessage, Topic, User
from perspectives.models.suggestion import WAITING
from perspectives.rules.suggestions.suggestion_kinds import comparable
from perspectives.vocab import EventCode, SuggestionKind, SuggestionStatus

PER_PAGE = 50
"""How many suggestions a page of the queue shows."""
LIKE = 70
"""From which likeness of words, of 100, on two suggestions for one place may be the same."""
_COMPARED = 200
"""With how many of the newest suggestions for the same place another is compared."""
_BIGGEST_ID = 2**63 - 1
HAS_ANSWER = Exists(SuggestionMessage.objects.filter(suggestion=OuterRef("pk"), by=OuterRef("by")))
"""Whether the author of a suggestion was asked something and answered."""
_ABOUT = ("topic", "article", "source")


@dataclass(frozen=True)
class Filters:
    """What of the queue is shown; `before` keeps what was sent before then."""

    status: SuggestionStatus | None = SuggestionStatus.OPEN
    kind: SuggestionKind | None = None
    topic: str = ""
    is_quarantined: bool = False
    before: datetime | None = None
    is_answered: bool = False
    """Only those whose authors were asked something and answered."""


@dataclass(frozen=True)
class Slice:
    """One page of the queue; `next_after` is where the next begins, 0 where there is none."""

    rows: list[Suggestion]
    total: int
    next_after: int


@dataclass(frozen=True)
class Likeness:
    """Suggestions and sources that are like a suggestion."""

    suggestions: list[Suggestion]
    sources: list[str]
    """Citekeys of sources that are the work that it describes."""

    def __bool__(self) -> bool:
        return bool(self.suggestions or self.sources)


@dataclass(frozen=True)
class SenderRecord:
    """What became of what a person sent."""

    sent: int
    accepted: int
    declined: int
    undecided: int
    joined: datetime


def own(person: User) -> QuerySet[Suggestion]:
    """List a person's suggestions, newest first."""
    return Suggestion.objects.filter(by=person).select_related(*_ABOUT).order_by("-pk")


def own_suggestion(person: User, number: int) -> Suggestion:
    """Find one of a person's suggestions. Raises NotFoundError, also where it is somebody else's."""
    found = own(person).filter(pk=number).first() if number <= _BIGGEST_ID else None
    return require_found(found, f"You have sent no suggestion with the number {number}.")


def sent_with(person: User, token: str) -> Suggestion | None:
    """Find what a person sent with a form's token, in one query; nothing where it was not sent."""
    return Suggestion.objects.filter(by=person, token=token).first() if token and token.isprintable() else None


def suggestion(number: int) -> Suggestion:
    """Find a suggestion with what it is about and its people. Raises NotFoundError."""
    related = (*_ABOUT, "by", "decided_by", "via")
    found = Suggestion.objects.select_related(*related).filter(pk=number).first() if number <= _BIGGEST_ID else None
    return require_found(found, f"There is no suggestion with the number {number}.")


def matching(filters: Filters) -> QuerySet[Suggestion]:
    """Find the suggestions that the filters let through, each with what it is about and its people, in no order."""
    found = Suggestion.objects.select_related(*_ABOUT, "by", "decided_by").filter(is_quarantined=filters.is_quarantined)
    if filters.status is not None:
        found = found.filter(status=filters.status)
    if filters.kind is not None:
        found = found.filter(kind=filters.kind)
    if filters.topic:
        found = found.filter(topic__slug=filters.topic)
    if filters.is_answered:
        found = found.filter(HAS_ANSWER)
    return found.filter(sent_at__lt=filters.before) if filters.before else found


def queue(filters: Filters, *, after: int = 0) -> Slice:
    """Cut a page of the queue, oldest first, from behind the suggestion numbered `after`; two queries."""
    found = matching(filters)
    total = found.count()
    rows = list(found.filter(pk__gt=min(after, _BIGGEST_ID)).order_by("pk")[: PER_PAGE + 1])
    return Slice(rows[:PER_PAGE], total, rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else 0)


def chosen(ids: Iterable[int]) -> list[Suggestion]:
    """Fetch suggestions by number, oldest first; what is not there is left out."""
    found = Suggestion.objects.filter(pk__in=[number for number in ids if 0 < number <= _BIGGEST_ID])
    return list(found.select_related(*_ABOUT, "by").order_by("pk"))


def next_open(after: int, person: User) -> int | None:
    """Give the number of the open suggestion that a person may decide next: behind `after`, or else the oldest."""
    waiting = Suggestion.objects.filter(status=SuggestionStatus.OPEN, is_quarantined=False).exclude(by=person)
    numbers = waiting.order_by("pk").values_list("pk", flat=True)
    return numbers.filter(pk__gt=after).first() or numbers.exclude(pk=after).first()


def counts() -> dict[str, int]:
    """Count suggestions by status, without those in quarantine, which are counted as `quarantined`; one query."""
    counted = {status: Count("pk", filter=Q(status=status, is_quarantined=False)) for status in SuggestionStatus.values}
    held = Count("pk", filter=Q(is_quarantined=True, status__in=WAITING))
    return Suggestion.objects.aggregate(
        quarantined=held, **{name.replace("-", "_"): one for name, one in counted.items()}
    )


def undecided_on(topic_id: int) -> list[Suggestion]:
    """List the oldest suggestions on a topic that wait for a decision, a page of them at most."""
    waiting = Suggestion.objects.filter(topic=topic_id, status__in=WAITING, is_quarantined=False)
    return list(waiting.order_by("pk")[:PER_PAGE])


def topics_in_queue() -> list[tuple[str, str]]:
    """List the topics that undecided suggestions are about, in the editors' order: slug and title."""
    waiting = Suggestion.objects.filter(status__in=WAITING, topic__isnull=False).values("topic")
    return list(Topic.objects.filter(pk__in=waiting).order_by("order").values_list("slug", "title"))


def like(one: Suggestion) -> Likeness:
    """Find what is like a suggestion, saved or not: the same work, or similar words for the same place.

    A withdrawn suggestion is no duplicate. Not for readers: it tells of what is in quarantine and of drafts' sources.
    """
    return _like(one, Source.objects.all())


def like_for_author(one: Suggestion) -> Likeness:
    """Find what is like a suggestion, as far as its author may know of it: of others' nothing in quarantine."""
    found = _like(one, PublishedSource.objects.all())
    known = [other for other in found.suggestions if other.by_id == one.by_id or not other.is_quarantined]
    return Likeness(known, found.sources)


def _like(one: Suggestion, known_sources: "QuerySet[Any]") -> Likeness:
    """Compare a suggestion with others, and its work with sources, which have the columns `key` and `record`."""
    others = Suggestion.objects.exclude(status=SuggestionStatus.WITHDRAWN).exclude(pk=one.pk)
    place = others.filter(topic=one.topic_id, article=one.article_id, source=one.source_id, path=one.path)
    text = comparable(one.text)
    near = [
        other
        for other in place.order_by("-pk")[:_COMPARED]
        if other.fingerprint == one.fingerprint or (text and fuzz.token_set_ratio(text, comparable(other.text)) >= LIKE)
    ]
    same_work = others.filter(work=one.work).order_by("-pk")[:PER_PAGE] if one.work else []
    found = {other.pk: other for other in [*near, *same_work]}
    return Likeness(list(found.values())[:PER_PAGE], list(_same_work(one.work, known_sources)))


def sender_record(person: User) -> SenderRecord:
    """Count what became of what a person sent; one query."""
    figures = Suggestion.objects.filter(by=person).aggregate(
        sent=Count("pk"),
        accepted=Count("pk", filter=Q(status=SuggestionStatus.ACCEPTED)),
        declined=Count("pk", filter=Q(status=SuggestionStatus.DECLINED)),
        undecided=Count("pk", filter=Q(status__in=WAITING)),
    )
    return SenderRecord(**figures, joined=person.date_joined)


def signs_of_spam(one: Suggestion) -> list[str]:
    """Give the sentences that put a suggestion into quarantine."""
    sent = LogEntry.objects.filter(suggestion=one, code=EventCode.SUGGESTION_SENT).values_list("detail", flat=True)
    return list((sent.first() or {}).get("signs", ()))


def _same_work(work: str, known: "QuerySet[Any]") -> list[str]:
    """Find sources by the name of a work, as `rules.suggestions.suggestion_kinds.work_of` writes it."""
    scheme, _, name = work.partition(":")
    if scheme == "doi":
        return list(known.filter(record__DOI__iexact=name).values_list("key", flat=True))
    if scheme == "isbn":
        isbns = known.filter(record__has_key="ISBN").values_list("key", "record__ISBN")
        return [key for key, isbn in isbns if isbn.replace("-", "") == name]
    if scheme == "url":
        starts = ("https://", "http://", "https://www.", "http://www.")
        written = [f"{start}{name}{end}" for start in starts for end in ("", "/")]
        return list(known.filter(record__URL__in=written).values_list("key", flat=True))
    return []
