"""People whose place in the debate needs a word: of two stances, or older than what they are said to judge."""

from collections import defaultdict

from perspectives.rules.audit.evidence import Findings
from perspectives.rules.audit.walking import Content
from perspectives.rules.documents.topic_document import Perspective, TopicDocument
from perspectives.rules.sources.source_record import Name, SourceRecord
from perspectives.rules.topics.people import is_written_by, person_slug
from perspectives.vocab import Relation, Stance


def of_two_stances(content: Content) -> Findings:
    """Find people who are neutral in one topic and on a side in another, where the perspective has no note on it."""
    places = defaultdict(list)
    for topic in content.topics:
        for side in topic.perspectives:
            for name in side.held_by:
                places[same_person(name)].append((name, topic, side))
    for held in places.values():
        if Stance.NEUTRAL in {side.stance for *_, side in held} and len({side.stance for *_, side in held}) > 1:
            for name, topic, side in held:
                if not is_noted(name, side):
                    others = sorted(
                        {f"{one.stance.value} in {where.topic}" for _, where, one in held if one is not side}
                    )
                    yield f"{topic.topic}/{side.id}", f"{name} is {', '.join(others)}; say so in held_by_note"


def before_the_events(content: Content) -> Findings:
    """Find holders whose works cited for the perspective are all older than the topic's events, without a note."""
    for topic in content.topics:
        for side in topic.perspectives:
            for name in side.held_by:
                newest = newest_work(name, side, content)
                if newest and newest < topic.period.start[:4] and not is_noted(name, side):
                    yield (
                        f"{topic.topic}/{side.id}",
                        f"{name} is cited for {newest}, and the topic begins {topic.period.start}",
                    )


def without_a_work(content: Content) -> Findings:
    """Find holders of answering perspectives who wrote none of the works that state its claims."""
    for topic in content.topics:
        for side in topic.perspectives:
            for name in side.held_by:
                if (
                    side.stance is not Stance.AUTHOR
                    and not newest_work(name, side, content)
                    and not is_noted(name, side)
                ):
                    yield f"{topic.topic}/{side.id}", f"{name} holds it, and no work of theirs is cited"


def unanswered(content: Content) -> Findings:
    """Find claims of an answering side that no claim of the others answers, and author claims without a say."""
    for topic in content.topics:
        answered = {answer.to_claim for answer in topic.responses} | {gap.claim for gap in topic.gaps}
        for side in topic.perspectives:
            for claim in side.claims:
                if side.stance is not Stance.NEUTRAL and claim.id not in answered | answering(topic):
                    yield f"{topic.topic}/{claim.id}", "answers nothing and is answered by nothing"


def answering(topic: TopicDocument) -> set[str]:
    """Give the claims that answer another."""
    return {answer.from_claim for answer in topic.responses}


def newest_work(name: str, side: Perspective, content: Content) -> str | None:
    """Give the year of the newest work by a person that the perspective's claims cite; None where there is none."""
    slug = person_slug(name)
    cited = {cite.source for claim in side.claims for cite in claim.cites if cite.relation is not Relation.CONTEXT}
    works = [content.sources[key] for key in cited if key in content.sources]
    years = [work.issued[:4] for work in works if work.issued and any(is_written_by(one, slug) for one in people(work))]
    return max(years, default=None)


def people(work: SourceRecord) -> tuple[Name, ...]:
    """Give authors and editors alike."""
    return (*work.author, *work.editor, *work.container_author)


def is_noted(name: str, side: Perspective) -> bool:
    """Whether the note of a perspective names the person."""
    family = printed(name).rsplit(maxsplit=1)[-1]
    return family in printed(side.held_by_note or "")


def printed(text: str) -> str:
    """Give a text with the apostrophe of print."""
    return text.replace("'", "’")


def same_person(name: str) -> str:
    """Give what spellings of a name share, its first and last word: a middle name makes no second person."""
    words = name.split()
    return person_slug(f"{words[0]} {words[-1]}")
