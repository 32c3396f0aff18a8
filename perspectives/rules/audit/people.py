"""People whose place in the debate needs a word: in office, of two stances, or older than what they judge."""

from perspectives.rules.audit.walking import Findings, claims, holders
from perspectives.rules.documents.consistency import all_source_keys
from perspectives.rules.documents.packs import Packs
from perspectives.rules.documents.topic_document import Perspective
from perspectives.rules.publication import balance, disclosure
from perspectives.rules.sources.source_record import Name, SourceRecord
from perspectives.rules.topics.people import is_written_by, person_slug
from perspectives.vocab import Relation, Stance


def without_a_role(content: Packs) -> Findings:
    """Find people of whom readers are not told an office, or another side elsewhere, as the gate does."""
    everything = [one for topic in content.topics for one in disclosure.held(topic)]
    for topic in content.topics:
        cited = all_source_keys([topic])
        sources = {key: record for key, record in content.sources.items() if key in cited}
        others = disclosure.elsewhere(everything, topic.topic)
        for where, message in disclosure.undisclosed(topic, sources, others):
            yield f"{topic.topic}/{where}", message


def before_the_events(content: Packs) -> Findings:
    """Find holders whose works cited for the perspective are all older than the topic's events, without a note."""
    for name, _, topic, side, where in holders(content):
        newest = newest_work(name, side, content)
        if newest and newest < topic.period.start[:4] and not disclosure.is_noted(name, side):
            yield where, f"{name} is cited for {newest}, and the topic begins {topic.period.start}"


def without_a_work(content: Packs) -> Findings:
    """Find holders of answering perspectives who wrote none of the works that state its claims, and have no role."""
    for name, role, _, side, where in holders(content):
        needs_one = side.stance is not Stance.AUTHOR and not role
        if needs_one and not newest_work(name, side, content) and not disclosure.is_noted(name, side):
            yield where, f"{name} holds it, and no work of theirs is cited"


def unanswered_by_a_side(content: Packs) -> Findings:
    """Find author claims that the opposing or the neutral side neither answers nor leaves as a gap."""
    for topic in content.topics:
        for breach in balance.broken(topic, content.sources):
            if breach.code == "answered-or-gap":
                yield breach.where, breach.message


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
