"""What the study tools read of the published index, in a constant number of queries."""

from typing import Any

from perspectives.errors import NotFoundError
from perspectives.queries import published
from perspectives.rules import quiz

Record = dict[str, Any]


def quiz_sheet(*, seed: int, topic: str = "") -> tuple[list[Record], dict[str, Record]]:
    """Choose the claims of a quiz sheet, of one topic or of all, and give them with the topics' summaries by slug.

    A sheet of all topics takes its claims from as many topics as it has questions, so that it reads few of them.
    Raises NotFoundError where there is no such topic.
    """
    slugs = [topic] if topic else _dealt_topics(seed)
    topics = dict(published.topics().filter(slug__in=slugs).values_list("slug", "summary"))
    if topic and not topics:
        raise NotFoundError(f"There is no published topic '{topic}'.")
    authors = {summary["author"] for summary in published.articles().values_list("summary", flat=True)}
    claims = published.claims().filter(published_topic__slug__in=slugs).values_list("record", flat=True)
    sheet = quiz.sheet(claims, people=authors, seed=seed)
    return [dict(record) for record in sheet], topics


def _dealt_topics(seed: int) -> list[str]:
    return quiz.dealt(published.topics().values_list("slug", flat=True), seed)[: quiz.QUESTIONS]
