"""Suggestions as tests send them: one of each kind, about the footbridge."""

from itertools import count
from typing import Any

from django.utils import timezone

from perspectives.actions.suggestions import authoring
from perspectives.actions.suggestions.authoring import Proposed
from perspectives.models import Suggestion, Topic, User
from perspectives.queries.suggestions.suggestion_targets import Target
from perspectives.rules.publication.canonical_json import sha256
from tests import factories

CLAIM = "perspectives/repair/claims/s1"
GAP = "gaps/0"
KINDS: dict[str, tuple[Target, dict[str, Any]]] = {
    "citation": (
        Target(topic=factories.TOPIC, path=CLAIM),
        {"source": "okoro2020spans", "relation": "supports", "locator": "p. 7", "quote": "sound enough"},
    ),
    "quotation": (
        Target(topic=factories.TOPIC, path=CLAIM),
        {"cite": 0, "locator": "section 2", "quote": "oak that has carried us"},
    ),
    "gap-answer": (
        Target(topic=factories.TOPIC, path=GAP),
        {
            "text": "No tender was ever asked for the mending.",
            "kind": "factual",
            "response": "undercuts",
            "note": "Without a tender there is no ratio.",
            "source": "okoro2020spans",
            "relation": "states",
        },
    ),
    "correction": (
        Target(topic=factories.TOPIC, path=CLAIM),
        {"wording": {"text": "The oak frame is sound and needs two new boards."}},
    ),
    "dispute": (
        Target(article=factories.ARTICLE, path="passages/p1/findings/0"),
        {"finding": "imprecise", "sources": "The survey of 2020, page 3."},
    ),
    "new-source": (
        Target(topic=factories.TOPIC),
        {
            "title": "Timber under water",
            "authors": ["Lind, Berit"],
            "issued": "2022",
            "DOI": "10.5555/timber.2022",
            "type": "book",
            "category": "trade-book",
            "language": "en",
        },
    ),
    "broken-link": (
        Target(source="pratt2018timber"),
        {"url": "https://example.org/old", "replacement": "https://example.org/new"},
    ),
    "missing-view": (
        Target(topic=factories.TOPIC),
        {"stance": "neutral", "label": "Ferry", "summary": "Some want a ferry.", "sources": "The Ferryman, 2020."},
    ),
}
_numbers = count()


def proposed(
    kind: str = "citation", *, target: Target | None = None, words: str | None = None, **changes: Any
) -> Proposed:
    """Give what is sent; each time with other words, unless they are given."""
    place, payload = KINDS[kind]
    merged = {name: value for name, value in {**payload, **changes}.items() if value is not None}
    return Proposed(kind, target or place, merged, f"Reason {next(_numbers)}." if words is None else words)


def sent(by: User, kind: str = "citation", **changes: Any) -> Suggestion:
    """Send a suggestion."""
    return authoring.send(by=by, proposed=proposed(kind, **changes))


def many(by: User, topic: Topic, number: int, **changes: Any) -> list[Suggestion]:
    """Put open suggestions into the table, as many as asked for."""
    made = [
        Suggestion(
            kind="missing-view",
            topic=topic,
            payload=KINDS["missing-view"][1],
            words=f"Many {place}.",
            text=f"Many {place}.",
            fingerprint=sha256(f"{changes} {place}".encode()),
            sent_at=timezone.now(),
            by=by,
            **changes,
        )
        for place in range(number)
    ]
    return Suggestion.objects.bulk_create(made, batch_size=1000)
