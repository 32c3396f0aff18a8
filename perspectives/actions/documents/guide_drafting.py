"""Article documents to drafts: `load_article` and `queries.documents.draft_documents.article_document` are inverse."""

from collections.abc import Mapping

from perspectives.actions.documents import citing
from perspectives.actions.documents.syncing import Surplus, sync
from perspectives.models import (
    Article,
    ArticleLink,
    ArticleSection,
    Citation,
    Claim,
    Finding,
    Passage,
    PassageClaim,
    PassageTopic,
    Source,
    Topic,
)
from perspectives.rules.documents import consistency
from perspectives.rules.documents.article_document import ArticleDocument


def load_article_head(document: ArticleDocument) -> Article:
    """Write the article itself, without its guide, so that topics can belong to it."""
    article, _ = Article.objects.update_or_create(
        slug=document.article,
        defaults={
            "source": Source.objects.get(key=document.source),
            "author": document.author,
            "author_short": document.author_short,
            "title": document.title,
            "selector_note": document.selector_note,
        },
    )
    return article


def load_article(document: ArticleDocument) -> Article:
    """Write the article and its guide; the topics and claims that it names must be there."""
    article = load_article_head(document)
    surplus = Surplus()
    sections = [
        ArticleSection(article=article, order=i, heading=section.section, summary=section.summary)
        for i, section in enumerate(document.outline)
    ]
    sync(ArticleSection.objects.filter(article=article), sections, ("order",), surplus)
    links = [
        ArticleLink(article=article, order=i, label=link.label, url=link.url) for i, link in enumerate(document.links)
    ]
    sync(ArticleLink.objects.filter(article=article), links, ("order",), surplus)
    _load_passages(article, document, {section.heading: section for section in sections}, surplus)
    surplus.clear()
    return article


def _load_passages(
    article: Article,
    document: ArticleDocument,
    sections: Mapping[str, ArticleSection],
    surplus: Surplus,
) -> None:
    passages = [
        Passage(
            article=article,
            order=i,
            identifier=passage.id,
            section=sections[passage.section],
            start=passage.start,
            end=passage.end,
            quote=passage.quote,
            quote_by=passage.quote_by or "",
            paraphrase=passage.paraphrase,
        )
        for i, passage in enumerate(document.passages)
    ]
    sync(Passage.objects.filter(article=article), passages, ("identifier",), surplus)
    slugs = {slug for passage in document.passages for slug in passage.topics}
    topics = Topic.objects.in_bulk(slugs, field_name="slug")
    stating = {ref.split("/")[0] for passage in document.passages for ref in passage.claims}
    claims = {
        f"{claim.topic.slug}/{claim.identifier}": claim
        for claim in Claim.objects.filter(topic__slug__in=stating).select_related("topic")
    }
    pairs = list(zip(passages, document.passages, strict=True))
    sync(
        PassageTopic.objects.filter(passage__article=article),
        [
            PassageTopic(passage=row, order=i, topic=topics[slug])
            for row, passage in pairs
            for i, slug in enumerate(passage.topics)
        ],
        ("passage_id", "order"),
        surplus,
    )
    sync(
        PassageClaim.objects.filter(passage__article=article),
        [
            PassageClaim(passage=row, order=i, claim=claims[ref])
            for row, passage in pairs
            for i, ref in enumerate(passage.claims)
        ],
        ("passage_id", "order"),
        surplus,
    )
    findings = [
        (Finding(passage=row, order=i, topic=topics[item.topic], finding=item.finding, note=item.note), item.cites)
        for row, passage in pairs
        for i, item in enumerate(passage.findings)
    ]
    sync(
        Finding.objects.filter(passage__article=article),
        [finding for finding, _ in findings],
        ("passage_id", "order"),
        surplus,
    )
    sources = citing.cited_sources(consistency.all_source_keys([document]))
    sync(
        Citation.objects.filter(finding__passage__article=article),
        [citation for finding, cites in findings for citation in citing.citations("finding", finding, cites, sources)],
        ("finding_id", "order"),
        surplus,
    )
