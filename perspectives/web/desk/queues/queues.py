"""Queues of the desk that have no area of their own: evidence, gaps, stale topics, proposals, entries of intakes."""

from collections.abc import Iterator, Sequence
from typing import Final, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator

from perspectives.models import Agreement, Citation, Claim, Event, Finding, IntakeEntry, Proposal, Topic
from perspectives.policy import Permission, can
from perspectives.queries.desk import evidence, gaps, history, stale, waiting
from perspectives.rules.publication.balance import ANSWERING
from perspectives.vocab import EvidenceProblem, IntakeState, ProposalQueue, ProposalStatus, Stance
from perspectives.web.desk.layout import desk_page, person
from perspectives.web.desk.queues.queue_page import Cell, Line, Queue, chosen, show_queue
from perspectives.web.http.view_decorators import READING

_SHORT: Final = 140
_STALE: Final = (("changed", "Changed over 30 days ago"), ("old", "Edition over a year old"))


@desk_page(methods=READING)
def evidence_queue(request: HttpRequest) -> HttpResponse:
    """List the citations of drafts whose evidence is not yet as it should be."""
    problem = chosen(request, "problem", "Problem", EvidenceProblem.choices)
    topic = chosen(request, "topic", "Topic", history.topic_titles().items())
    found = evidence.listed(EvidenceProblem.of(problem.chosen) if problem.chosen else None, topic=topic.chosen)
    may_change = can(person(request), Permission.TOPIC_CHANGE)

    def lines(rows: Sequence[Citation]) -> Iterator[Line]:
        paths = evidence.paths(rows)
        for one in rows:
            yield _citation(one, paths.get(one.pk, ""), may_change=may_change)

    queue = Queue(
        "Evidence",
        "Citations of the drafts whose quotation nobody has checked, that name no page or section of a work that has "
        "pages, or whose source is not to be cited any more.",
        "citations with a problem",
        ("What cites", "Source", "To do", "Topic"),
        (problem, topic),
    )
    return show_queue(request, queue, found, lines)


def _citation(one: Citation, path: str, *, may_change: bool) -> Line:
    # A constraint of the table: a citation has exactly one owner.
    owner = cast("Claim | Agreement | Event | Finding", one.claim or one.agreement or one.event or one.finding)
    topic = owner.topic
    text = next(getattr(owner, name) for name in ("text", "title", "note") if hasattr(owner, name))
    problems = [str(term.label) for term in EvidenceProblem if getattr(one, f"is_{term.name.lower()}")]
    return Line(
        Truncator(text).chars(_SHORT),
        reverse("desk-topic-edit", args=[topic.slug, path]) if path and may_change else "",
        (
            Cell("Source", one.source.key, reverse("desk-source", args=[one.source.key])),
            Cell("To do", ", ".join(problems)),
            Cell("Topic", f"{topic.title}{'' if path else ' (article guide)'}"),
        ),
        f"“{Truncator(one.quote).chars(_SHORT)}”" if one.quote else "",
    )


@desk_page(methods=READING)
def gap_queue(request: HttpRequest) -> HttpResponse:
    """List the author's claims that a side does not answer in the drafts."""
    stance = chosen(request, "stance", "Without an answer from", [(one.value, one.label) for one in ANSWERING])
    topic = chosen(request, "topic", "Topic", history.topic_titles().items())
    said = chosen(request, "said", "Gap on record", [("no", "No")])
    found = gaps.listed(
        Stance.of(stance.chosen) if stance.chosen else None, topic=topic.chosen, is_unsaid=bool(said.chosen)
    )
    may_change = can(person(request), Permission.TOPIC_CHANGE)
    queue = Queue(
        "Gaps",
        "Claims of the author that no claim of the opposing or of the neutral side answers. Readers are told of a gap "
        "that is on record; one that is not keeps the topic from being published.",
        "claims without an answer",
        ("Claim", "No answer from", "On record", "Topic"),
        (stance, topic, said),
    )
    return show_queue(request, queue, found, lambda rows: (_gap(one, may_change=may_change) for one in rows))


def _gap(one: Claim, *, may_change: bool) -> Line:
    lacking = [stance for stance in ANSWERING if getattr(one, f"lacks_{stance.value}")]
    told = {gap.stance: gap.note for gap in one.gaps.all()}
    add = f"{reverse('desk-topic-add', args=[one.topic.slug, 'responses'])}?{urlencode({'to': one.identifier})}"
    return Line(
        f"{one.identifier}: {Truncator(one.text).chars(_SHORT)}",
        add if may_change else "",
        (
            Cell("No answer from", ", ".join(str(stance.label) for stance in lacking)),
            Cell("On record", "; ".join(Truncator(told.get(stance, "Nothing")).chars(_SHORT) for stance in lacking)),
            Cell("Topic", one.topic.title, reverse("desk-topic", args=[one.topic.slug])),
        ),
        "Add a response" if may_change else "",
    )


@desk_page(methods=READING)
def stale_queue(request: HttpRequest) -> HttpResponse:
    """List the topics whose draft was changed long ago and not published, or whose edition is old."""
    why = chosen(request, "why", "Why", _STALE)
    queue = Queue(
        "Stale topics",
        "Topics whose draft was changed more than 30 days ago and not published since, or whose edition is more than "
        "a year old.",
        "stale topics",
        ("Topic", "Changed and not published since", "Edition", "Published"),
        (why,),
    )
    return show_queue(request, queue, stale.listed(why.chosen), lambda rows: map(_stale, rows))


def _stale(one: Topic) -> Line:
    number = getattr(one, "number", None)
    return Line(
        one.title,
        reverse("desk-topic", args=[one.slug]),
        (
            Cell("Changed and not published since", at=getattr(one, "changed_at", None)),
            Cell("Edition", str(number or "None yet")),
            Cell("Published", at=getattr(one, "published_at", None)),
        ),
        "Proposed; waits for a second person" if getattr(one, "is_proposed", False) else "",
    )


@desk_page(Permission.EDITION_PROPOSE, methods=READING)
def proposal_queue(request: HttpRequest) -> HttpResponse:
    """List the proposals that wait for this person, were returned to them, or wait for others."""
    others = [(one.value, str(one.label)) for one in ProposalQueue if one is not ProposalQueue.TO_DECIDE]
    which = chosen(request, "whose", "Which", others, without=str(ProposalQueue.TO_DECIDE.label))
    wanted = ProposalQueue.of(which.chosen) if which.chosen else ProposalQueue.TO_DECIDE
    queue = Queue(
        f"Proposals: {str(wanted.label).lower()}",
        wanted.sentence,
        "proposals",
        ("What", "Proposed by", "When", "Note"),
        (which,),
    )
    return show_queue(request, queue, waiting.proposals(wanted, person(request)), lambda rows: map(_proposal, rows))


def _proposal(one: Proposal) -> Line:
    if one.bundle and one.status == ProposalStatus.OPEN:
        title, address = f"Correction of {one.bundle.source.key}", reverse("desk-bundle", args=[one.bundle.pk])
    else:
        title = f"{getattr(one.topic or one.article, 'title', '')}{' (article guide)' if one.article else ''}"
        address = reverse("desk-proposal", args=[one.pk])
    cells = (
        Cell("Proposed by", str(one.proposed_by)),
        Cell("When", at=one.proposed_at),
        Cell("Note", one.reason or one.note),
    )
    return Line(title, address, cells)


@desk_page(Permission.INTAKE_DECIDE, methods=READING)
def intake_queue(request: HttpRequest) -> HttpResponse:
    """List the entries of all intakes that somebody has to decide on."""
    queue = Queue(
        "Intake: entries to decide",
        "What was handed in and read, or could not be, and is neither a source yet nor put aside.",
        "entries",
        ("Entry", "State", "Handed in by", "When"),
    )
    return show_queue(request, queue, waiting.intake_entries(), lambda rows: map(_entry, rows))


def _entry(one: IntakeEntry) -> Line:
    title = (one.record or {}).get("title") or one.raw
    return Line(
        Truncator(str(title)).chars(_SHORT),
        reverse("desk-intake-entry", args=[one.batch_id, one.number]),
        (
            Cell("State", str(IntakeState.of(one.state).label)),
            Cell("Handed in by", str(one.batch.by)),
            Cell("When", at=one.batch.at),
        ),
        one.last_error if one.state == IntakeState.FAILED else "",
    )
