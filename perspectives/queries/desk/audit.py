"""What a machine can see of weak content in the drafts, as `manage.py audit_content` sees it in packs."""

from dataclasses import dataclass

from perspectives.models import Article, Topic
from perspectives.queries.documents import draft_documents
from perspectives.rules.audit.kinds import Finding, audit
from perspectives.rules.audit.places import part_path
from perspectives.rules.documents.consistency import all_source_keys
from perspectives.rules.documents.packs import Packs


@dataclass(frozen=True)
class Found:
    """A finding with the topic and the path of the part that it is about, or with the citekey of a source alone."""

    finding: Finding
    topic: str = ""
    path: str = ""
    source: str = ""


def findings() -> list[Found]:
    """Audit the drafts of all topics, which are read whole, in three queries; by kind, then by place."""
    ids = Topic.objects.order_by("article", "order").values_list("pk", flat=True)
    topics = list(draft_documents.topic_documents(ids).values())
    articles = Article.objects.values_list("source__key", flat=True)
    sources = draft_documents.source_records({*all_source_keys(topics), *articles})
    by_slug = {topic.topic: topic for topic in topics}
    found = []
    for one in audit(Packs(sources=sources, topics=topics)):
        slug, _, place = one.where.partition("/")
        if topic := by_slug.get(slug):
            found.append(Found(one, slug, part_path(topic, place)))
        else:
            found.append(Found(one, source=slug))
    return found
