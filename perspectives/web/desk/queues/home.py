"""The first page of the desk: what waits, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from perspectives.models import Assignment, User
from perspectives.policy import Permission, can
from perspectives.queries.desk import evidence, gaps, stale, waiting
from perspectives.queries.desk.waiting import Wait
from perspectives.queries.discussion import discussed
from perspectives.queries.evidence import failing_checks
from perspectives.vocab import ProposalQueue
from perspectives.web.desk.discussion import panel
from perspectives.web.desk.layout import desk_page, person, show_part
from perspectives.web.http.view_decorators import READING


@dataclass(frozen=True)
class QueueItem:
    """One thing that waits, with the queue in which it does."""

    name: str
    address: str
    wait: Wait
    words: str = ""

    @property
    def days(self) -> int | None:
        """For how many whole days the oldest of it waits; None where nothing says so."""
        return (timezone.now() - self.wait.oldest).days if self.wait.oldest else None


@dataclass(frozen=True)
class Yours:
    """Something that the person sees to."""

    title: str
    address: str
    due_on: date | None
    by: str

    @classmethod
    def of(cls, one: Assignment) -> Self:
        """Show an assignment in a line."""
        about = discussed.subject_of(one)
        return cls(panel.title(about), panel.home(about), one.due_on, str(one.by))

    @property
    def is_overdue(self) -> bool:
        """Whether its day is over."""
        return self.due_on is not None and self.due_on < timezone.now().date()


@desk_page(methods=READING)
def home(request: HttpRequest) -> HttpResponse:
    """Show what the person sees to, and what waits: what people have sent, the longest waiting first; then drafts."""
    who = person(request)
    sent = sorted(_sent(who), key=lambda one: (one.wait.oldest is None, one.wait.oldest or timezone.now()))
    groups = (("People wait", sent), ("Work on the drafts", list(_standing(who))))
    context = {
        "groups": [(name, [one for one in matters if one.wait.count]) for name, matters in groups if matters],
        "done": [one for _, matters in groups for one in matters if not one.wait.count],
    }
    context["yours"] = [Yours.of(one) for one in discussed.assignments_of(who)]
    context["said"] = f"What people have sent: {sum(one.wait.count for one in sent)} wait."
    return show_part(request, "home.html", "queues/home_part.html", context)


def _sent(who: User) -> Iterator[QueueItem]:
    """Give what people have sent, as far as this person may deal with it."""
    if can(who, Permission.EDITION_PROPOSE):
        address = reverse("desk-proposals-waiting")
        waits = waiting.proposal_waits(who)
        yield QueueItem("Proposals for you to decide", address, waits[ProposalQueue.TO_DECIDE])
        yield QueueItem("Proposals returned to you", f"{address}?whose=returned", waits[ProposalQueue.RETURNED])
        own = waits[ProposalQueue.OWN]
        yield QueueItem("Your proposals", f"{address}?whose=own", own, "Another moderator decides.")
    if can(who, Permission.TOPIC_CHANGE):
        address = reverse("desk-suggestions")
        found = waiting.suggestion_waits()
        yield QueueItem("Open suggestions", address, found["open"])
        words = "They are among the open ones."
        yield QueueItem("Suggestions whose authors answered you", f"{address}?answered=yes", found["answered"], words)
        words = "They look like spam."
        yield QueueItem(
            "Suggestions in quarantine", f"{address}?quarantined=yes&status=open", found["quarantined"], words
        )
    if can(who, Permission.INTAKE_DECIDE):
        yield QueueItem("Entries of intakes to decide", reverse("desk-intake-waiting"), waiting.intake_wait())


def _standing(who: User) -> Iterator[QueueItem]:
    """Give what is to be done about drafts and sources; most of it has no date."""
    topics, claims, citations = stale.counts(), gaps.counts(), evidence.counts()
    address = reverse("desk-stale")
    yield QueueItem("Drafts changed and not published", f"{address}?why=changed", _since(topics, "changed"))
    yield QueueItem("Editions more than a year old", f"{address}?why=old", _since(topics, "old"))
    if can(who, Permission.SOURCE_CHANGE):
        yield QueueItem("Checks that failed", reverse("desk-checks"), Wait(*failing_checks.count()), "By a machine.")
    address = reverse("desk-evidence")
    yield QueueItem("Citations of deprecated sources", f"{address}?problem=deprecated", Wait(citations["deprecated"]))
    yield QueueItem("Citations of superseded sources", f"{address}?problem=superseded", Wait(citations["superseded"]))
    yield QueueItem("Quotations not checked", f"{address}?problem=not-checked", Wait(citations["not_checked"]))
    yield QueueItem(
        "Citations without a page or section", f"{address}?problem=no-locator", Wait(citations["no_locator"])
    )
    address = reverse("desk-gaps")
    yield QueueItem("Gaps that are not on record", f"{address}?said=no", Wait(claims["unsaid"]))
    yield QueueItem("Claims without an answer", address, Wait(claims["any"]))
    address, sources = reverse("desk-sources"), waiting.source_waits()
    yield QueueItem("Sources confirmed in part", f"{address}?state=current&metadata=partly", sources["partly"])
    yield QueueItem(
        "Sources without DOI, ISBN or address", f"{address}?state=current&lacks=identifier", sources["unnamed"]
    )


def _since(found: dict[str, int | datetime | None], name: str) -> Wait:
    count, since = found[name], found[f"{name}_since"]
    return Wait(count if isinstance(count, int) else 0, since if isinstance(since, datetime) else None)
