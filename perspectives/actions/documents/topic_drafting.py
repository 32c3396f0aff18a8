"""Topic documents to drafts: `load_topic` and `queries.documents.draft_documents.topic_document` are inverse."""

from collections.abc import Mapping

from django.utils.text import slugify

from perspectives.actions.documents import citing
from perspectives.actions.documents.syncing import Surplus, sync
from perspectives.models import (
    Agreement,
    Article,
    BibliographyEntry,
    Citation,
    Claim,
    Crux,
    Event,
    Gap,
    Holding,
    PassageClaim,
    Person,
    Perspective,
    Response,
    Source,
    Topic,
    TopicTag,
)
from perspectives.rules.documents import consistency
from perspectives.rules.documents.topic_document import TopicDocument


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
    sources = citing.cited_sources(consistency.all_source_keys([document]))
    entries = [
        BibliographyEntry(topic=topic, order=i, source=sources[entry.source], argues=entry.argues)
        for i, entry in enumerate(document.bibliography)
    ]
    sync(BibliographyEntry.objects.filter(topic=topic), entries, ("order",), surplus)
    claims = _load_perspectives(topic, document, sources, surplus)
    _load_links(topic, document, claims, surplus)
    _load_common(topic, document, sources, surplus)
    surplus.clear()
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
        [citation for claim, cites in claims for citation in citing.citations("claim", claim, cites, sources)],
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
    made = [*zip(agreements, document.common_ground, strict=True)]
    citations = [citation for row, item in made for citation in citing.citations("agreement", row, item.cites, sources)]
    sync(Citation.objects.filter(agreement__topic=topic), citations, ("agreement_id", "order"), surplus)
    happened = [*zip(events, document.events, strict=True)]
    citations = [citation for row, item in happened for citation in citing.citations("event", row, item.cites, sources)]
    sync(Citation.objects.filter(event__topic=topic), citations, ("event_id", "order"), surplus)


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
