"""Drafts as documents: the way from the tables to what packs, proposals and exports hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.db.models.functions import Coalesce

from perspectives.errors import NotFoundError
from perspectives.models import (
    Agreement,
    Article,
    BibliographyEntry,
    Citation,
    Claim,
    Edition,
    Event,
    Finding,
    Holding,
    Passage,
    PassageClaim,
    PassageTopic,
    Perspective,
    Source,
    Topic,
)
from perspectives.rules.documents import consistency
from perspectives.rules.documents.article_document import ArticleDocument, ArticleEdition
from perspectives.rules.documents.packs import Known, Packs
from perspectives.rules.documents.topic_document import ArticleHead, TopicDocument, TopicEdition
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import SourceState

Plain = dict[str, Any]

_STATEMENTS = ("claim", "agreement", "event")
_CITATIONS = Prefetch("citations", Citation.objects.select_related("source"))


def topic_document(topic_id: int) -> TopicDocument:
    """Read a topic with all that belongs to it, in a fixed number of queries. Raises NotFoundError."""
    found = topic_documents([topic_id])
    if not found:
        raise NotFoundError(f"There is no topic with the id {topic_id}.")
    return found[topic_id]


def topic_documents(topic_ids: Iterable[int]) -> dict[int, TopicDocument]:
    """Read topics with all that belongs to them, by id, in a fixed number of queries; who is not there is left out."""
    found = (
        Topic.objects.filter(pk__in=topic_ids)
        .select_related("article")
        .prefetch_related(
            "tags",
            Prefetch("perspectives__holdings", Holding.objects.select_related("person")),
            Prefetch("perspectives__claims", Claim.objects.prefetch_related(_CITATIONS)),
            "responses__from_claim",
            "responses__to_claim",
            "gaps__claim",
            Prefetch("agreements", Agreement.objects.prefetch_related(_CITATIONS)),
            "cruxes",
            Prefetch("events", Event.objects.prefetch_related(_CITATIONS)),
            "bibliography__source",
        )
    )
    return {topic.pk: TopicDocument.model_validate(_topic(topic)) for topic in found}


def next_topic_edition(topic: Topic) -> TopicEdition:
    """Read a draft as the document of its next edition, with the records of every source that it cites."""
    document, head = topic_document(topic.pk), article_head(topic.article)
    sources = source_records({*consistency.all_source_keys([document]), head.source})
    return topic_edition(document, number=next_number(topic), head=head, sources=sources)


def topic_edition(
    document: TopicDocument, *, number: int, head: ArticleHead, sources: Mapping[str, SourceRecord]
) -> TopicEdition:
    """Make an edition of a draft, with those of the sources that it and its article's head name."""
    wanted = {*consistency.all_source_keys([document]), head.source}
    cited = {key: record for key, record in sources.items() if key in wanted}
    return TopicEdition(**dict(document), edition=number, article_head=head, sources=cited)


def article_document(article_id: int) -> ArticleDocument:
    """Read an article guide in a fixed number of queries. Raises NotFoundError."""
    passages = Passage.objects.select_related("section").prefetch_related(
        Prefetch("topic_links", PassageTopic.objects.select_related("topic")),
        Prefetch("claim_links", PassageClaim.objects.select_related("claim__topic")),
        Prefetch("findings", Finding.objects.select_related("topic").prefetch_related(_CITATIONS)),
    )
    article = (
        Article.objects.filter(pk=article_id)
        .select_related("source")
        .prefetch_related("sections", "links", Prefetch("passages", passages))
        .first()
    )
    if article is None:
        raise NotFoundError(f"There is no article with the id {article_id}.")
    return ArticleDocument.model_validate(_article(article))


def draft(subject: Topic | Article) -> TopicDocument | ArticleDocument:
    """Read the draft of a topic or of an article guide."""
    return topic_document(subject.pk) if isinstance(subject, Topic) else article_document(subject.pk)


def next_edition(subject: Topic | Article) -> TopicEdition | ArticleEdition:
    """Read a draft as the document of its next edition, with the records of every source that it cites."""
    return next_topic_edition(subject) if isinstance(subject, Topic) else next_article_edition(subject)


def next_article_edition(article: Article) -> ArticleEdition:
    """Read the draft of an article guide like `next_edition`."""
    document = article_document(article.pk)
    sources = source_records(consistency.all_source_keys([document]))
    return ArticleEdition(**dict(document), edition=next_number(article), sources=sources)


def next_number(subject: Topic | Article) -> int:
    """Count the editions that there are, and one."""
    owner = {"topic" if isinstance(subject, Topic) else "article": subject}
    return (Edition.objects.filter(**owner).aggregate(last=Max("number"))["last"] or 0) + 1


def article_head(article: Article) -> ArticleHead:
    """Read what a reader of one topic needs to know of the article."""
    return ArticleHead(
        article=article.slug,
        source=article.source.key,
        author=article.author,
        author_short=article.author_short,
        title=article.title,
    )


def source_records(keys: Iterable[str]) -> dict[str, SourceRecord]:
    """Read the records of the sources with these citekeys, by citekey."""
    return {
        key: SourceRecord.model_validate(record)
        for key, record in Source.objects.filter(key__in=set(keys)).order_by("key").values_list("key", "record")
    }


def dois() -> dict[str, str]:
    """Map the DOIs of all sources that were not merged into another, in small letters, to their citekeys."""
    return dict(Source.objects.exclude(doi=None).values_list("doi", "key"))


def known() -> Known:
    """Say what the database holds, so that packs may refer to it."""
    return Known(
        sources=frozenset(Source.objects.values_list("key", flat=True)),
        articles=dict(Article.objects.values_list("slug", "source__key")),
        topics=dict(Topic.objects.values_list("slug", "article__slug")),
        claims=frozenset(
            f"{slug}/{identifier}" for slug, identifier in Claim.objects.values_list("topic__slug", "identifier")
        ),
        passages={
            f"{topic}/{claim}": f"{article}/{passage}"
            for topic, claim, article, passage in PassageClaim.objects.values_list(
                "claim__topic__slug",
                "claim__identifier",
                "passage__article__slug",
                "passage__identifier",
            )
        },
        orders={
            (article, order): slug
            for article, order, slug in Topic.objects.values_list("article__slug", "order", "slug")
        },
        dois=dois(),
        retired={key: _why_retired(state, reason, successor) for key, state, reason, successor in _retired()},
        retired_uses=_retired_uses(),
    )


def _retired() -> QuerySet[Source, tuple[str, str, str, str | None]]:
    retired = Source.objects.exclude(state=SourceState.CURRENT)
    return retired.values_list("key", "state", "state_reason", "superseded_by__key")


def _why_retired(state: str, reason: str, successor: str | None) -> str:
    if state == SourceState.SUPERSEDED:
        return f"was merged into '{successor}'; cite that"
    return f"is deprecated ({reason.rstrip('.')}); cite another source"


def _retired_uses() -> frozenset[tuple[str, str]]:
    cited = Citation.objects.exclude(source__state=SourceState.CURRENT).values_list(
        Coalesce(*(f"{owner}__topic__slug" for owner in _STATEMENTS), "finding__passage__article__slug"),
        "source__key",
    )
    listed = BibliographyEntry.objects.exclude(source__state=SourceState.CURRENT)
    guides = Article.objects.exclude(source__state=SourceState.CURRENT)
    return frozenset(
        {*cited, *listed.values_list("topic__slug", "source__key"), *guides.values_list("slug", "source__key")}
    )


def packs(article_slug: str) -> Packs:
    """Read everything of an article: its guide, its topics, the sources they cite and those that nothing cites.

    Sources that were merged into others are left out: nothing cites them. Raises NotFoundError.
    """
    article = Article.objects.filter(slug=article_slug).first()
    if article is None:
        raise NotFoundError(f"There is no article '{article_slug}'.")
    guide = article_document(article.pk)
    topics = [topic_document(pk) for pk in Topic.objects.filter(article=article).values_list("pk", flat=True)]
    cited = consistency.all_source_keys([guide, *topics])
    others = Topic.objects.exclude(article=article).values_list("pk", flat=True)
    elsewhere = consistency.all_source_keys(topic_document(pk) for pk in others)
    guides = Article.objects.exclude(pk=article.pk).values_list("pk", flat=True)
    elsewhere |= consistency.all_source_keys(article_document(pk) for pk in guides)
    standing = Source.objects.exclude(state=SourceState.SUPERSEDED)
    keys = set(standing.values_list("key", flat=True)) - (elsewhere - cited)
    return Packs(sources=source_records(keys), article=guide, topics=topics)


def _given(**fields: Any) -> Plain:
    """Leave out what is empty: in documents a missing field says that."""
    return {name: value for name, value in fields.items() if value not in ("", None)}


def _cites(citations: Iterable[Citation]) -> list[Plain]:
    return [
        _given(
            source=citation.source.key,
            locator=citation.locator,
            quote=citation.quote,
            quote_status=citation.quote_status,
            quote_language=citation.quote_language,
            translation=citation.translation,
            translator=citation.translator,
            relation=citation.relation,
        )
        for citation in citations
    ]


def _perspective(side: Perspective) -> Plain:
    return _given(
        id=side.identifier,
        stance=side.stance,
        label=side.label,
        summary=side.summary,
        held_by=[holding.person.name for holding in side.holdings.all()],
        held_by_note=side.held_by_note,
        claims=[
            {
                "id": claim.identifier,
                "text": claim.text,
                "kind": claim.kind,
                "cites": _cites(claim.citations.all()),
            }
            for claim in side.claims.all()
        ],
    )


def _topic(topic: Topic) -> Plain:
    return {
        "topic": topic.slug,
        "article": topic.article.slug,
        "order": topic.order,
        "title": topic.title,
        "question": topic.question,
        "background": topic.background,
        "period": {"start": topic.period_start, "end": topic.period_end},
        "tags": [tag.tag for tag in topic.tags.all()],
        "perspectives": [_perspective(side) for side in topic.perspectives.all()],
        "responses": [
            {"from": link.from_claim.identifier, "to": link.to_claim.identifier, "type": link.type, "note": link.note}
            for link in topic.responses.all()
        ],
        "gaps": [{"claim": gap.claim.identifier, "stance": gap.stance, "note": gap.note} for gap in topic.gaps.all()],
        "common_ground": [
            {"text": agreement.text, "cites": _cites(agreement.citations.all())} for agreement in topic.agreements.all()
        ],
        "cruxes": [
            {
                "question": crux.question,
                "kind": crux.kind,
                "author": crux.author,
                "opposing": crux.opposing,
                "neutral": crux.neutral,
                "would_settle": crux.would_settle,
            }
            for crux in topic.cruxes.all()
        ],
        "events": [
            {
                "date": event.date,
                "title": event.title,
                "description": event.description,
                "cites": _cites(event.citations.all()),
            }
            for event in topic.events.all()
        ],
        "bibliography": [{"source": entry.source.key, "argues": entry.argues} for entry in topic.bibliography.all()],
    }


def _passage(passage: Passage) -> Plain:
    return _given(
        id=passage.identifier,
        section=passage.section.heading,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        quote_by=passage.quote_by,
        paraphrase=passage.paraphrase,
        topics=[link.topic.slug for link in passage.topic_links.all()],
        claims=[f"{link.claim.topic.slug}/{link.claim.identifier}" for link in passage.claim_links.all()],
        findings=[
            {
                "topic": finding.topic.slug,
                "finding": finding.finding,
                "note": finding.note,
                "cites": _cites(finding.citations.all()),
            }
            for finding in passage.findings.all()
        ],
    )


def _article(article: Article) -> Plain:
    return {
        "article": article.slug,
        "source": article.source.key,
        "author": article.author,
        "author_short": article.author_short,
        "title": article.title,
        "selector_note": article.selector_note,
        "outline": [{"section": section.heading, "summary": section.summary} for section in article.sections.all()],
        "passages": [_passage(passage) for passage in article.passages.all()],
        "links": [{"label": link.label, "url": link.url} for link in article.links.all()],
    }
