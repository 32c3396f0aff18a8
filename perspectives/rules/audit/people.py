"""People whose place in the debate needs a word: of two stances, or older than what they are said to judge."""

from collections import defaultdict

from perspectives.rules.audit.walking import Findings, claims, holders
from perspectives.rules.documents.packs import Packs
from perspectives.rules.documents.topic_document import Perspective
from perspectives.rules.sources.source_record import Name, SourceRecord
from perspectives.rules.topics.people import is_written_by, person_slug
from perspectives.vocab import Relation, Stance


def of_two_stances(content: Packs) -> Findings:
    """Find people who are neutral in one topic and on a side in another, where the perspective has no note on it."""
    places = defaultdict(list)
    for name, topic, side, where in holders(content):
        places[same_person(name)].append((name, topic, side, where))
    for held in places.values():
        stances = {side.stance for _, _, side, _ in held}
        if Stance.NEUTRAL in stances and len(stances) > 1:
            for name, _, side, where in held:
                if not is_noted(name, side):
                    others = {f"{one.stance.value} in {topic.topic}" for _, topic, one, _ in held if one is not side}
                    yield where, f"{name} is {', '.join(sorted(others))}; say so in held_by_note"


def before_the_events(content: Packs) -> Findings:
    """Find holders whose works cited for the perspective are all older than the topic's events, without a note."""
    for name, topic, side, where in holders(content):
        newest = newest_work(name, side, content)
        if newest and newest < topic.period.start[:4] and not is_noted(name, side):
            yield where, f"{name} is cited for {newest}, and the topic begins {topic.period.start}"


def without_a_work(content: Packs) -> Findings:
    """Find holders of answering perspectives who wrote none of the works that state its claims."""
    for name, _, side, where in holders(content):
        is_answering = side.stance is not Stance.AUTHOR
        if is_answering and not newest_work(name, side, content) and not is_noted(name, side):
            yield where, f"{name} holds it, and no work of theirs is cited"


def unanswered(content: Packs) -> Findings:
    """Find claims of an answering side that no claim of the others answers, and author claims without a say."""
    linked = set()
    for topic in content.topics:
        ends = [gap.claim for gap in topic.gaps]
        for answer in topic.responses:
            ends += [answer.from_claim, answer.to_claim]
        linked |= {f"{topic.topic}/{end}" for end in ends}
    for side, _, where in claims(content):
        if side.stance is not Stance.NEUTRAL and where not in linked:
            yield where, "answers nothing and is answered by nothing"


def newest_work(name: str, side: Perspective, content: Packs) -> str | None:
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
