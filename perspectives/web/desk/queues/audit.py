"""The queue of what a machine can see of weak content in the drafts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perspectives.policy import Permission
from perspectives.queries.desk import audit, history
from perspectives.queries.desk.audit import Found
from perspectives.rules.audit.kinds import KINDS
from perspectives.web.desk.layout import desk_page
from perspectives.web.desk.queues.queue_page import Cell, Line, Queue, chosen, show_queue
from perspectives.web.http.view_decorators import READING

_SENTENCES: Final = {kind.code: kind.sentence for kind in KINDS}


@desk_page(Permission.TOPIC_CHANGE, methods=READING)
def audit_queue(request: HttpRequest) -> HttpResponse:
    """List the findings of the audit, of all kinds or one, each with the part of the draft that it is about."""
    found, titles = audit.findings(), history.topic_titles()
    counts = Counter(one.finding.code for one in found)
    kinds = [(kind.code, f"{kind.sentence} ({counts[kind.code]})") for kind in KINDS]
    kind = chosen(request, "kind", "Kind", kinds, without=f"All ({len(found)})")
    topic = chosen(request, "topic", "Topic", titles.items())
    shown = [
        one
        for one in found
        if kind.chosen in ("", one.finding.code) and (not topic.chosen or topic.chosen == one.topic)
    ]
    queue = Queue(
        "Audit",
        "What a machine can see of weak content in the drafts: cut quotations, missing pages and ways, people of whom "
        "something is not told, claims that nobody answers, words that are hard to read. It finds where to look; "
        "whether something is wrong, an editor decides.",
        "findings",
        ("What was found", "Kind", "Topic or source"),
        (kind, topic),
        "The audit finds nothing.",
    )

    def lines(rows: Sequence[Found]) -> Iterator[Line]:
        return (_line(one, titles.get(one.topic, "")) for one in rows)

    return show_queue(request, queue, shown, lines)


def _line(one: Found, title: str) -> Line:
    if one.topic:
        place = one.finding.where.partition("/")[2]
        address = reverse("desk-topic-edit", args=[one.topic, one.path])
        whose = Cell("Topic or source", title, reverse("desk-topic", args=[one.topic]))
    else:
        place, address = one.source, reverse("desk-source", args=[one.source])
        whose = Cell("Topic or source", one.source, address)
    return Line(f"{place}: {one.finding.message}", address, (Cell("Kind", _SENTENCES[one.finding.code]), whose))
