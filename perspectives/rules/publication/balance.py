"""What a topic needs before it may be published: a table of named rules, and the figures behind them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

from perspectives.rules.documents.article_document import ArticleDocument
from perspectives.rules.documents.fields import word_count
from perspectives.rules.documents.topic_document import Claim, TopicDocument
from perspectives.rules.publication import disclosure, lesson_words, quotation_states
from perspectives.rules.publication.disclosure import Elsewhere
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import Stance

MIN_CLAIMS = 3
MIN_SOURCES = 5
MIN_SCHOLARLY = 3
MIN_AGREEMENTS = 2
WORDS_TOLERANCE = 0.5
"""How far the words of a stance may lie from the author's side, as a share of it."""

_QUOTATIONS = "quotations-as-seen"
_PASSAGES, _ONE_TEXT = "has-passages", "one-text"
ANSWERING = (Stance.OPPOSING, Stance.NEUTRAL)
Sources = Mapping[str, SourceRecord]
Breaches = Iterable[tuple[str, str]]
"""Pairs of where (a path in the document, or a claim's id) and what to mend."""


@dataclass(frozen=True)
class Around:
    """What a rule looks at besides the topic: the records of its sources, and what its people hold in other topics."""

    sources: Sources
    others: Elsewhere


@dataclass(frozen=True)
class Rule:
    """A named rule: `sentence` says what must hold, `breaches` where a document breaks it."""

    code: str
    sentence: str
    breaches: Callable[[TopicDocument, "Around"], Breaches]


@dataclass(frozen=True)
class Breach:
    """One place at which a rule is broken."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        """Write it as one line."""
        return f"{self.code}: {self.where}: {self.message}"


def broken(document: TopicDocument, sources: Sources, others: Elsewhere | None = None) -> tuple[Breach, ...]:
    """Apply every rule; an empty answer means that the topic may be published.

    Without `others` nothing is known of other topics, and nobody is asked to disclose what they hold there.
    """
    around = Around(sources, others or {})
    return tuple(
        Breach(rule.code, where, message) for rule in RULES for where, message in rule.breaches(document, around)
    )


def broken_in_guide(document: ArticleDocument, sources: Sources) -> tuple[Breach, ...]:
    """Apply to an article guide, which has no sides to balance, the rules about passages and about quotations."""
    found = quotation_states.overstated(quotation_states.article_cites(document), sources)
    return (*_broken_passages(document), *(Breach(_QUOTATIONS, where, message) for where, message in found))


def _broken_passages(document: ArticleDocument) -> Iterable[Breach]:
    if not document.passages:
        yield Breach(_PASSAGES, "passages", "is empty; pick at least one passage of the article")
    texts = [passage.text_sha256 for passage in document.passages if passage.text_sha256]
    for passage in document.passages:
        if passage.text_sha256 and passage.text_sha256 != max(texts, key=texts.count):
            where = f"{document.article}/{passage.id}"
            yield Breach(_ONE_TEXT, where, "was picked from another text than most; pick it anew from the same text")


@dataclass(frozen=True)
class Figures:
    """The balance of a topic in numbers, by stance; words count summaries and claims."""

    words: Mapping[Stance, int]
    claims: Mapping[Stance, int]
    sources: Mapping[Stance, int]
    answering: int
    """Distinct sources cited by opposing and neutral claims together."""
    scholarly: int
    """Distinct scholarly or primary sources cited by opposing and neutral claims together."""


def figures(document: TopicDocument, sources: Sources) -> Figures:
    """Count words, claims and distinct sources of each stance."""
    return Figures(
        words={stance: _words(document, stance) for stance in Stance},
        claims={stance: len(_claims(document, stance)) for stance in Stance},
        sources={stance: len(_cited(document, (stance,))) for stance in Stance},
        answering=len(_cited(document, ANSWERING)),
        scholarly=len(_scholarly(_cited(document, ANSWERING), sources)),
    )


def words_limits(author: int) -> tuple[int, int]:
    """Say how many words an answering stance must have at least, and may have at most, by those of the author."""
    return ceil(author * (1 - WORDS_TOLERANCE)), floor(author * (1 + WORDS_TOLERANCE))


def _claims(document: TopicDocument, *stances: Stance) -> list[Claim]:
    return [claim for side in document.perspectives if side.stance in stances for claim in side.claims]


def _cited(document: TopicDocument, stances: Iterable[Stance]) -> set[str]:
    return {cite.source for claim in _claims(document, *stances) for cite in claim.cites}


def _scholarly(keys: Iterable[str], sources: Sources) -> set[str]:
    return {key for key in keys if key in sources and sources[key].category.is_scholarly_or_primary}


def _words(document: TopicDocument, stance: Stance) -> int:
    return sum(
        word_count(side.summary) + sum(word_count(claim.text) for claim in side.claims)
        for side in document.perspectives
        if side.stance is stance
    )


def _one_author(document: TopicDocument, _: Around) -> Breaches:
    count = sum(side.stance is Stance.AUTHOR for side in document.perspectives)
    if count != 1:
        yield "perspectives", f"has {count} perspectives of stance 'author'; keep exactly one"


def _each_stance(document: TopicDocument, _: Around) -> Breaches:
    present = {side.stance for side in document.perspectives}
    for stance in ANSWERING:
        if stance not in present:
            yield "perspectives", f"has no perspective of stance '{stance.value}'; add one"


def _enough_claims(document: TopicDocument, _: Around) -> Breaches:
    for index, side in enumerate(document.perspectives):
        if len(side.claims) < MIN_CLAIMS:
            yield (
                f"perspectives[{index}].claims",
                f"'{side.id}' has {len(side.claims)} claims; at least {MIN_CLAIMS} are needed",
            )


def _every_claim_cited(document: TopicDocument, _: Around) -> Breaches:
    for claim in _claims(document, *Stance):
        if not claim.cites:
            yield f"{document.topic}/{claim.id}", "has no citation; cite a source or cut the claim"


def _enough_sources(document: TopicDocument, _: Around) -> Breaches:
    count = len(_cited(document, ANSWERING))
    if count < MIN_SOURCES:
        yield "perspectives", f"opposing and neutral claims cite {count} sources; at least {MIN_SOURCES} are needed"


def _enough_scholarly(document: TopicDocument, around: Around) -> Breaches:
    count = len(_scholarly(_cited(document, ANSWERING), around.sources))
    if count < MIN_SCHOLARLY:
        yield (
            "perspectives",
            f"opposing and neutral claims cite {count} scholarly or primary sources; {MIN_SCHOLARLY} are needed",
        )


def _answered_or_gap(document: TopicDocument, _: Around) -> Breaches:
    stance_of = {claim.id: side.stance for side in document.perspectives for claim in side.claims}
    answered = {(answer.to_claim, stance_of.get(answer.from_claim)) for answer in document.responses}
    answered |= {(gap.claim, gap.stance) for gap in document.gaps}
    for claim in _claims(document, Stance.AUTHOR):
        for stance in ANSWERING:
            if (claim.id, stance) not in answered:
                yield (
                    f"{document.topic}/{claim.id}",
                    f"is answered by no {stance.value} claim; add a response, or a gap that says what is missing",
                )


def _enough_agreements(document: TopicDocument, _: Around) -> Breaches:
    count = len(document.common_ground)
    if count < MIN_AGREEMENTS:
        yield "common_ground", f"has {count} agreements; at least {MIN_AGREEMENTS} are needed"


def _a_crux(document: TopicDocument, _: Around) -> Breaches:
    if not document.cruxes:
        yield "cruxes", "is empty; name the question on which the sides part, and its kind"


def _similar_length(document: TopicDocument, _: Around) -> Breaches:
    author = _words(document, Stance.AUTHOR)
    low, high = words_limits(author)
    for stance in ANSWERING:
        words = _words(document, stance)
        if author and words and not low <= words <= high:
            yield (
                "perspectives",
                f"the {stance.value} side has {words} words, the author's {author}; keep it within {low} to {high}",
            )


def _quotations_as_seen(document: TopicDocument, around: Around) -> Breaches:
    return quotation_states.overstated(quotation_states.topic_cites(document), around.sources)


def _roles_told(document: TopicDocument, around: Around) -> Breaches:
    return disclosure.undisclosed(document, around.sources, around.others)


def _lessons_even(document: TopicDocument, _: Around) -> Breaches:
    return lesson_words.uneven(document)


RULES = (
    Rule("one-author", "One perspective holds the author's position.", _one_author),
    Rule("each-stance", "At least one opposing and one neutral perspective answer it.", _each_stance),
    Rule("enough-claims", f"Each perspective makes at least {MIN_CLAIMS} claims.", _enough_claims),
    Rule("claims-cited", "Every claim has a citation.", _every_claim_cited),
    Rule(
        "enough-sources",
        f"Opposing and neutral claims together cite at least {MIN_SOURCES} sources.",
        _enough_sources,
    ),
    Rule(
        "enough-scholarly",
        f"At least {MIN_SCHOLARLY} of these are scholarly or primary.",
        _enough_scholarly,
    ),
    Rule(
        "answered-or-gap",
        "Each author claim is answered by an opposing and by a neutral claim, or the gap is said.",
        _answered_or_gap,
    ),
    Rule("agreements", f"At least {MIN_AGREEMENTS} agreements are recorded.", _enough_agreements),
    Rule("crux", "At least one crux is named, with its kind.", _a_crux),
    Rule(
        "similar-length",
        f"The words of each stance lie within {WORDS_TOLERANCE:.0%} of the author's side.",
        _similar_length,
    ),
    Rule(
        _QUOTATIONS,
        "No quotation says more of how its words were seen than its source's record does.",
        _quotations_as_seen,
    ),
    Rule(
        "roles-told",
        "Who held office in the events, or is neutral here and not elsewhere, has a role or a note that says so.",
        _roles_told,
    ),
    Rule("lessons-even", "What is told to teachers names people of every side or of none.", _lessons_even),
)
"""The gate. Editing this table edits the gate; `docs/curation.md` repeats it and a test compares the two."""
