"""Documents to drafts: the way from packs and restored editions to the tables.

`load_topic` and `queries.documents.topic_document` are inverse, as are `load_article` and `article_document`.
"""

from collections.abc import Iterable, Mapping

from django.utils.text import slugify

from perspectives.actions.syncing import Surplus, sync
from perspectives.models import (
    Agreement,
    Article,
    ArticleLink,
    ArticleSection,
    BibliographyEntry,
    Citation,
    Claim,
    Crux,
    Event,
    Finding,
    Gap,
    Holding,
    Passage,
    PassageClaim,
    PassageTopic,
    Person,
    Perspective,
    Response,
    Source,
    Topic,
    TopicTag,
)
from perspectives.rules import consistency
from perspectives.rules.article_document import ArticleDocument
from perspectives.rules.document import Cite, TopicDocument
from perspectives.rules.index import plain
from perspectives.rules.source_record import SourceRecord

Owner = Claim | Agreement | Event | Finding


def load_sources(records: Mapping[str, SourceRecord]) -> None:
    """Write source records by citekey: new ones are added, changed ones replaced, others left alone."""
    wanted = [Source(key=key, record=plain(record)) for key, record in records.items()]
    sync(Source.objects.filter(key__in=records), wanted, ("key",), Surplus())


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
    links = [ArticleLink(article=article, order=i, label=link.label, url=link.url) for i, link in enumerate(document.links)]
    sync(ArticleLink.objects.filter(article=article), links, ("order",), surplus)
    _load_passages(article, document, {section.heading: section for section in sections}, surplus)
    surplus.delete()
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
    topics = Topic.objects.in_bulk({slug for passage in document.passages for slug in passage.topics}, field_name="slug")
    claims = {
        f"{claim.topic.slug}/{claim.identifier}": claim
        for claim in Claim.objects.filter(topic__slug__in=topics).select_related("topic")
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
    sources = _sources(consistency.all_source_keys([document]))
    sync(
        Citation.objects.filter(finding__passage__article=article),
        [citation for finding, cites in findings for citation in _citations("finding", finding, cites, sources)],
        ("finding_id", "order"),
        surplus,
    )


def load_topic(document: TopicDocument) -> Topic:
    """Write a topic with all that belongs to it. Its article and the sources it cites must be there.

    What keeps its id keeps its row; what is gone from the document is deleted.
    """
    topic, _ = Topic.objects.update_or_create(
        slug=document.topic,
        defaults={
            "article": Article.objects.get(slug=document.article),
            "order": document.order,
            "title": document.title,
            "question": document.question,
            "background": document.background,
            "period_start": document.period.start,
            "period_end": document.period.end,
        },
    )
    surplus = Surplus()
    tags = [TopicTag(topic=topic, order=i, tag=tag) for i, tag in enumerate(document.tags)]
    sync(TopicTag.objects.filter(topic=topic), tags, ("order",), surplus)
    sources = _sources(consistency.all_source_keys([document]))
    entries = [
        BibliographyEntry(topic=topic, order=i, source=sources[entry.source], argues=entry.argues)
        for i, entry in enumerate(document.bibliography)
    ]
    sync(BibliographyEntry.objects.filter(topic=topic), entries, ("order",), surplus)
    claims = _load_perspectives(topic, document, sources, surplus)
    _load_links(topic, document, claims, surplus)
    _load_common(topic, document, sources, surplus)
    surplus.delete()
    return topic


def _load_perspectives(
    topic: Topic,
    document: TopicDocument,
    sources: Mapping[str, Source],
    surplus: Surplus,
) -> dict[str, Claim]:
    sides = [
        Perspective(
            topic=topic,
            order=i,
            identifier=side.id,
            stance=side.stance,
            label=side.label,
            summary=side.summary,
            held_by_note=side.held_by_note or "",
        )
        for i, side in enumerate(document.perspectives)
    ]
    sync(Perspective.objects.filter(topic=topic), sides, ("identifier",), surplus)
    pairs = list(zip(sides, document.perspectives, strict=True))
    people = _people({name for side in document.perspectives for name in side.held_by})
    sync(
        Holding.objects.filter(perspective__topic=topic),
        [
            Holding(perspective=row, order=i, person=people[name])
            for row, side in pairs
            for i, name in enumerate(side.held_by)
        ],
        ("perspective_id", "order"),
        surplus,
    )
    claims = [
        (Claim(topic=topic, perspective=row, order=i, identifier=item.id, text=item.text, kind=item.kind), item.cites)
        for row, side in pairs
        for i, item in enumerate(side.claims)
    ]
    sync(Claim.objects.filter(topic=topic), [claim for claim, _ in claims], ("identifier",), surplus)
    sync(
        Citation.objects.filter(claim__topic=topic),
        [citation for claim, cites in claims for citation in _citations("claim", claim, cites, sources)],
        ("claim_id", "order"),
        surplus,
    )
    # The guide may name a claim that goes; whoever loads the topic has made sure that the guide is loaded after it.
    wanted = [claim.pk for claim, _ in claims]
    surplus.add(PassageClaim.objects.filter(claim__topic=topic).exclude(claim__in=wanted))
    return {claim.identifier: claim for claim, _ in claims}


def _load_links(topic: Topic, document: TopicDocument, claims: Mapping[str, Claim], surplus: Surplus) -> None:
    responses = [
        Response(
            topic=topic,
            order=i,
            from_claim=claims[link.from_claim],
            to_claim=claims[link.to_claim],
            type=link.type,
            note=link.note,
        )
        for i, link in enumerate(document.responses)
    ]
    sync(Response.objects.filter(topic=topic), responses, ("order",), surplus)
    gaps = [
        Gap(topic=topic, order=i, claim=claims[gap.claim], stance=gap.stance, note=gap.note)
        for i, gap in enumerate(document.gaps)
    ]
    sync(Gap.objects.filter(topic=topic), gaps, ("order",), surplus)


def _load_common(topic: Topic, document: TopicDocument, sources: Mapping[str, Source], surplus: Surplus) -> None:
    agreements = [Agreement(topic=topic, order=i, text=item.text) for i, item in enumerate(document.common_ground)]
    sync(Agreement.objects.filter(topic=topic), agreements, ("order",), surplus)
    cruxes = [
        Crux(topic=topic, order=i, **crux.model_dump(exclude={"kind"}), kind=crux.kind)
        for i, crux in enumerate(document.cruxes)
    ]
    sync(Crux.objects.filter(topic=topic), cruxes, ("order",), surplus)
    events = [
        Event(topic=topic, order=i, date=event.date, title=event.title, description=event.description)
        for i, event in enumerate(document.events)
    ]
    sync(Event.objects.filter(topic=topic), events, ("order",), surplus)
    for owner, rows, items in (
        ("agreement", agreements, document.common_ground),
        ("event", events, document.events),
    ):
        sync(
            Citation.objects.filter(**{f"{owner}__topic": topic}),
            [
                citation
                for row, item in zip(rows, items, strict=True)
                for citation in _citations(owner, row, item.cites, sources)
            ],
            (f"{owner}_id", "order"),
            surplus,
        )


def _sources(keys: Iterable[str]) -> dict[str, Source]:
    return Source.objects.in_bulk(set(keys), field_name="key")


def _citations(
    name: str,
    owner: Owner,
    cites: Iterable[Cite],
    sources: Mapping[str, Source],
) -> list[Citation]:
    return [
        Citation(
            **{name: owner},
            order=i,
            source=sources[cite.source],
            relation=cite.relation,
            locator=cite.locator or "",
            quote=cite.quote or "",
            quote_status=cite.quote_status or "",
            quote_language=cite.quote_language or "",
            translation=cite.translation or "",
            translator=cite.translator or "",
        )
        for i, cite in enumerate(cites)
    ]


def _people(names: set[str]) -> dict[str, Person]:
    """Find people by name and add those who are new; a slug that is taken gets a number."""
    people = {person.name: person for person in Person.objects.filter(name__in=names)}
    for name in sorted(names - set(people)):
        base = slugify(name)[:100] or "person"
        taken = set(Person.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        slug = next(
            candidate
            for candidate in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
            if candidate not in taken
        )
        people[name] = Person.objects.create(name=name, slug=slug)
    return people
