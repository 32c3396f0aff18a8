"""The words of what is published: claims, answers, sources, findings."""

from perspectives.vocab.term import Term


class Stance(Term):
    """Where a perspective stands towards the article's author."""

    AUTHOR = "author", "The position that the article's author takes, at its strongest.", "Author’s side"
    OPPOSING = "opposing", "A position of scholars or officials who dispute the author's.", "Opposing"
    NEUTRAL = "neutral", "A position that takes neither side, or accepts parts of both.", "Neutral"


class ClaimKind(Term):
    """What sort of statement a claim is, and so what could settle it."""

    FACTUAL = "factual", "Says that something is or was so; records can settle it.", "Factual"
    CAUSAL = "causal", "Says that one thing brought about another; comparison and evidence bear on it.", "Causal"
    LEGAL = "legal", "Says what law or an agreement requires; texts and rulings bear on it.", "Legal"
    NORMATIVE = "normative", "Says what is right or ought to be done; reasons bear on it.", "Normative"
    PREDICTIVE = "predictive", "Says what will or would happen; only time, or likeness, can tell.", "Predictive"


class Relation(Term):
    """How a cited source bears on the statement it is attached to."""

    STATES = "states", "The cited author holds this view in the work.", "states it"
    SUPPORTS = "supports", "The work gives evidence or argument for the statement.", "supports it"
    DISPUTES = "disputes", "The work gives evidence or argument against the statement.", "disputes it"
    CONTEXT = "context", "The work gives background that a reader needs to judge the statement.", "gives context"


class ResponseType(Term):
    """How one claim answers another."""

    REBUTS = "rebuts", "Says that the other claim is wrong.", "rebuts"
    UNDERCUTS = "undercuts", "Says that the other claim does not follow from its evidence.", "undercuts"
    QUALIFIES = "qualifies", "Accepts the other claim within limits that it names.", "qualifies"
    CONCEDES = "concedes", "Grants the other claim, against its own side's interest.", "concedes"
    CORROBORATES = "corroborates", "Gives independent support to the other claim.", "corroborates"


class FindingKind(Term):
    """The outcome of checking a passage of the article."""

    ACCURATE = "accurate", "The passage says what the sources say.", "Accurate"
    ACCURATE_WITH_CONTEXT = (
        "accurate-with-context",
        "The passage is right, but leaves out something a reader needs.",
        "Accurate, needs context",
    )
    IMPRECISE = "imprecise", "The passage is loosely worded or off in a detail.", "Imprecise"
    CONTESTED = "contested", "Serious sources disagree about what the passage says.", "Contested"
    UNSUPPORTED = "unsupported", "No source was found for what the passage says.", "Unsupported"
    INACCURATE = "inaccurate", "The sources say otherwise.", "Inaccurate"


class CruxKind(Term):
    """What kind of question the sides part on."""

    FACT = "fact", "The sides differ on what happened.", "Fact"
    CAUSE = "cause", "The sides differ on what brought it about.", "Cause"
    LAW = "law", "The sides differ on what law or an agreement requires.", "Law"
    DEFINITION = "definition", "The sides use a word differently.", "Definition"
    VALUE = "value", "The sides differ on what matters more.", "Value"
    FORECAST = "forecast", "The sides differ on what will or would happen.", "Forecast"


class SourceCategory(Term):
    """What kind of publication a source is; `is_scholarly_or_primary` says which of them the balance gate counts."""

    PEER_REVIEWED = "peer-reviewed", "An article or chapter reviewed by scholars before print.", "Peer-reviewed"
    UNIVERSITY_PRESS = "university-press", "A book of a university press or its like.", "University press"
    SCHOLARLY_ESSAY = (
        "scholarly-essay",
        "An essay by scholars or practitioners in a journal that does not use peer review.",
        "Scholarly essay",
    )
    TRADE_BOOK = "trade-book", "A book from a general publisher.", "Trade book"
    PRIMARY_DOCUMENT = "primary-document", "A record made by those who took part.", "Primary document"
    OFFICIAL_STATEMENT = "official-statement", "A statement by a government or an office-holder.", "Official statement"
    THINK_TANK = "think-tank", "A paper of a policy institute.", "Think tank"
    JOURNALISM = "journalism", "Reporting in a newspaper, magazine or broadcast.", "Journalism"
    OPINION = "opinion", "A comment, interview or speech that argues a view.", "Opinion"
    DATASET = "dataset", "A published collection of data.", "Dataset"

    @property
    def is_scholarly_or_primary(self) -> bool:
        """Whether the balance gate counts such a source as scholarly or primary."""
        return self in _SCHOLARLY_OR_PRIMARY


_SCHOLARLY_OR_PRIMARY = frozenset(
    {
        SourceCategory.PEER_REVIEWED,
        SourceCategory.UNIVERSITY_PRESS,
        SourceCategory.PRIMARY_DOCUMENT,
        SourceCategory.OFFICIAL_STATEMENT,
        SourceCategory.DATASET,
    },
)


class MetadataState(Term):
    """How far a source's bibliographic record was confirmed."""

    VERIFIED = "verified", "An editor saw the record in print or in a catalogue.", "Record confirmed"
    PARTLY = "partly", "An editor confirmed part of the record.", "Record partly confirmed"


class QuoteStatus(Term):
    """How an editor saw the words of a quotation, the closest look first; what a machine found is told apart."""

    OWN_TEXT = "own-text", "An editor read these words in the work itself.", "Own text seen"
    REPRODUCTION = "reproduction", "An editor read these words in a copy or reprint of the work.", "Reproduction seen"
    TRANSLATED = "translated", "An editor read these words in a translation, not in the original.", "Translation seen"
    DESCRIPTION = (
        "description",
        "An editor read these words in what describes the work: its abstract, blurb, standfirst or a review.",
        "From a description",
    )
    SECOND_HAND = "second-hand", "An editor read these words quoted in another work.", "Second-hand"
    NOT_CHECKED = "not-checked", "Nobody has compared these words with the source yet.", "Not checked"

    def claims_more_than(self, seen: "QuoteStatus | None") -> bool:
        """Whether it tells of a closer look at a work than `seen`, the closest that the work's record tells of.

        Without that, no word of the work itself was seen, and its words are second-hand or not checked.
        """
        states = list(QuoteStatus)
        return states.index(self) < states.index(seen or QuoteStatus.SECOND_HAND)


class QuotationMatch(Term):
    """What a machine found when it looked for the words of a quotation in a text of the source."""

    FOUND = "found", "The text has these words, in this order.", "Words found"
    CUT = "cut", "The text has these words; what stands beside them or was left out may turn their sense.", "Cut"
    NEAR = "near", "The text has nearly these words; what differs is shown.", "Nearly the words"
    ALTERED = "altered", "The text has nearly these words, and another number or a denial.", "Altered"
    MISSING = "missing", "The text has no words like these.", "Not found"
    NOT_CHECKABLE = "not-checkable", "The text has no words, or is written in another script.", "Not checkable"


class EditionOrigin(Term):
    """How an edition came to be published."""

    FIXTURE = "fixture", "First edition, published from the fixtures without a second person.", "From the fixtures"
    REVIEW = "review", "Proposed by one person and approved by another.", "Reviewed"
