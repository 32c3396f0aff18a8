"""The words of the domain that have codes, shared by all layers; each value has a sentence that explains it.

A value is declared as `NAME = "code", "Sentence.", "Label"`: Django takes the label from the end.
"""

from collections.abc import Mapping
from typing import Self

from django.db.models import TextChoices


class Term(TextChoices):
    """A code with a sentence that explains it and a label for people."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        """Keep the sentence beside the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        return member

    @classmethod
    def of(cls, code: str) -> Self:
        """Find the value with this code. Raises KeyError."""
        return {member.value: member for member in cls}[code]


class Stance(Term):
    """Where a perspective stands towards the article's author."""

    AUTHOR = "author", "The position that the article's author takes, at its strongest.", "Author"
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


class SourceState(Term):
    """Whether a source may be cited in drafts."""

    CURRENT = "current", "May be cited.", "Current"
    DEPRECATED = "deprecated", "Is not to be cited any more; where it stands, it stays.", "Deprecated"
    SUPERSEDED = "superseded", "Was merged into another source, which is cited in its place.", "Superseded"


class EvidenceProblem(Term):
    """What is still to be done about a citation of a draft; `queries/evidence.py` says how it is found."""

    UNVERIFIED = "unverified", "Nobody has compared the quotation with the source yet.", "Quotation not checked"
    NO_LOCATOR = "no-locator", "A work that has pages is cited without the place in it.", "No page or section"
    DEPRECATED = "deprecated", "The source is not to be cited any more.", "Source deprecated"
    SUPERSEDED = "superseded", "The source was merged into another.", "Source superseded"


class ProposalQueue(Term):
    """Which proposals wait for a person at the desk."""

    TO_DECIDE = "to-decide", "Others proposed them; you may decide.", "For you to decide"
    RETURNED = "returned", "You proposed them; somebody asked for changes, and nothing was proposed since.", "Returned"
    OWN = "own", "You proposed them; another moderator decides.", "Waiting for others"


class QuoteStatus(Term):
    """How far a quotation was compared with its source."""

    VERIFIED = (
        "verified",
        "An editor saw these words in print or in a reproduction; no machine has matched them yet.",
        "Seen in print by an editor",
    )
    UNVERIFIED = "unverified", "Nobody has compared these words with the source yet.", "Not checked"


class ProposalStatus(Term):
    """Where a proposed edition stands."""

    OPEN = "open", "Waits for a second person.", "Open"
    APPROVED = "approved", "A second person agreed; an edition was published.", "Approved"
    RETURNED = "returned", "A second person asked for changes.", "Returned"
    WITHDRAWN = "withdrawn", "The proposer took it back.", "Withdrawn"


class SuggestionKind(Term):
    """What a suggestion asks for; `rules/suggestion.py` says what each has to give."""

    CITATION = "citation", "A source that bears on a claim and is not cited there yet.", "Citation for a claim"
    QUOTATION = "quotation", "Better words from a cited work, or the exact place in it.", "Better quotation or locator"
    GAP_ANSWER = "gap-answer", "A claim, with its source, that answers where no answer was found.", "Answer to a gap"
    CORRECTION = "correction", "Something that is wrong or badly said, and how it should read.", "Correction"
    DISPUTE = (
        "dispute",
        "A finding about a passage of the article that the sources do not bear out.",
        "Dispute of a finding",
    )
    NEW_SOURCE = "new-source", "A work that ought to be among the sources.", "New source"
    BROKEN_LINK = "broken-link", "A web address that leads nowhere, or somewhere else.", "Broken link"
    MISSING_VIEW = "missing-view", "A position on the question that nobody here speaks for.", "Missing view"


class SuggestionStatus(Term):
    """Where a suggestion stands."""

    OPEN = "open", "Waits for a moderator.", "Open"
    NEEDS_INFO = (
        "needs-info",
        "A moderator has asked its author something and waits for the answer.",
        "Needs information",
    )
    ACCEPTED = (
        "accepted",
        "A moderator agreed; the draft has the change, and the next edition will show it.",
        "Accepted",
    )
    DECLINED = "declined", "A moderator did not take it over, and said why.", "Declined"
    WITHDRAWN = "withdrawn", "Its author took it back.", "Withdrawn"


class AcceptReason(Term):
    """In what way a suggestion was accepted."""

    AS_SENT = "as-sent", "The change was made as you sent it.", "Made as sent"
    EDITED = "edited", "The change was made, with alterations by a moderator.", "Made with alterations"
    DONE_OTHERWISE = "done-otherwise", "A moderator did by hand what you asked for.", "Done by hand"


class DeclineReason(Term):
    """Why a suggestion was declined, in words for its author."""

    NO_SOURCE = "no-source", "It names no source, and nothing is stated here without one.", "No source"
    NOT_VERIFIABLE = "not-verifiable", "We could not find what it says in the source that it names.", "Not verifiable"
    ALREADY_COVERED = "already-covered", "What it asks for is there already.", "Already covered"
    DUPLICATE = "duplicate", "Another suggestion asks for the same.", "Duplicate"
    OUT_OF_SCOPE = "out-of-scope", "It is about something that this topic does not ask.", "Out of scope"
    ONE_SIDED = "one-sided", "Its wording takes a side where we state each side in its own terms.", "One-sided wording"
    SPAM = "spam", "It advertises, or has nothing to do with the subject.", "Spam"
    OTHER = "other", "For another reason, which the moderator gives below.", "Other"


class EditionOrigin(Term):
    """How an edition came to be published."""

    FIXTURE = "fixture", "First edition, published from the fixtures without a second person.", "From the fixtures"
    REVIEW = "review", "Proposed by one person and approved by another.", "Reviewed"


class EventCode(Term):
    """What was done, as the event log records it."""

    PACK_LOADED = "pack.loaded", "A pack was loaded into the drafts.", "Pack loaded"
    EDITION_PROPOSED = "edition.proposed", "A draft was proposed for publication.", "Edition proposed"
    EDITION_RETURNED = "edition.returned", "A proposal was sent back with reasons.", "Proposal returned"
    EDITION_WITHDRAWN = "edition.withdrawn", "A proposal was taken back.", "Proposal withdrawn"
    EDITION_PUBLISHED = "edition.published", "An edition was published.", "Edition published"
    EDITION_RESTORED = "edition.restored", "A draft was made anew from an old edition.", "Edition restored"
    ARGUMENT_IMPORTED = (
        "argument.imported",
        "Claims and responses of a draft were read from a file.",
        "Argument imported",
    )
    ACCOUNT_CREATED = "account.created", "An account was made.", "Account made"
    API_KEY_CREATED = "api-key.created", "A person made an API key.", "API key made"
    API_KEY_REVOKED = "api-key.revoked", "An API key was ended for good.", "API key revoked"
    TOPIC_CHANGED = "topic.changed", "Parts of a topic's draft were changed.", "Draft changed"
    TOPIC_REVERTED = "topic.reverted", "A change of a topic's draft was undone.", "Change undone"
    ARTICLE_CHANGED = "article.changed", "Parts of an article guide's draft were changed.", "Guide changed"
    EDITION_RETRACTED = "edition.retracted", "An edition was retracted with a public note.", "Edition retracted"
    SOURCE_ADDED = "source.added", "A source was added.", "Source added"
    SOURCE_CHANGED = "source.changed", "The record of a source was changed.", "Source changed"
    SOURCE_REVERTED = "source.reverted", "A change of a source's record was undone.", "Source's change undone"
    SOURCE_DEPRECATED = "source.deprecated", "A source was marked as one not to cite any more.", "Source deprecated"
    SOURCE_REINSTATED = "source.reinstated", "A source may be cited again.", "Source reinstated"
    SOURCE_MERGED = "source.merged", "A source was merged into another.", "Sources merged"
    INTAKE_STARTED = "intake.started", "Sources were handed in to be taken in.", "Intake started"
    INTAKE_DECIDED = "intake.decided", "An entry of an intake was decided on.", "Intake decided"
    SUGGESTION_SENT = "suggestion.sent", "A change was suggested.", "Suggestion sent"
    SUGGESTION_ANSWERED = "suggestion.answered", "The author of a suggestion added to it.", "Suggestion answered"
    SUGGESTION_QUESTIONED = "suggestion.questioned", "A moderator asked the author for more.", "More asked for"
    SUGGESTION_ACCEPTED = "suggestion.accepted", "A suggestion was accepted.", "Suggestion accepted"
    SUGGESTION_DECLINED = "suggestion.declined", "A suggestion was declined.", "Suggestion declined"
    SUGGESTION_REOPENED = "suggestion.reopened", "A declined suggestion was opened again.", "Suggestion reopened"
    SUGGESTION_WITHDRAWN = "suggestion.withdrawn", "Its author took a suggestion back.", "Suggestion withdrawn"
    SUGGESTION_RELEASED = "suggestion.released", "A suggestion was let out of quarantine.", "Suggestion released"
    ACCOUNT_INVITED = "account.invited", "Somebody was invited.", "Invitation sent"
    ACCOUNT_JOINED = "account.joined", "An invitation was accepted.", "Invitation accepted"
    ACCOUNT_CHANGED = "account.changed", "A person's profile was changed.", "Profile changed"
    ACCOUNT_ROLE_CHANGED = "account.role-changed", "A person's role was changed.", "Role changed"
    ACCOUNT_DEACTIVATED = "account.deactivated", "An account was closed; its record stays.", "Account closed"
    ACCOUNT_REACTIVATED = "account.reactivated", "A closed account was opened again.", "Account opened again"


class IntakeFormat(Term):
    """How what was handed in is written."""

    IDENTIFIERS = "identifiers", "DOIs, ISBNs and web addresses, one a line.", "Identifiers"
    BIBTEX = "bibtex", "BibTeX or BibLaTeX, as LaTeX and most reference managers write it.", "BibTeX"
    RIS = "ris", "RIS, as library catalogues and reference managers export it.", "RIS"
    CSL_JSON = "csl-json", "CSL-JSON, as citation programs exchange it.", "CSL-JSON"


class IntakeKind(Term):
    """What one entry of an intake is, and so how its record is found."""

    DOI = "doi", "A DOI; its record is asked for at the registry.", "DOI"
    ISBN = "isbn", "An ISBN; its record is asked for at the library.", "ISBN"
    URL = "url", "A web address; what the page says of itself is its record.", "Web address"
    BIBTEX = "bibtex", "A BibTeX entry, which holds its record.", "BibTeX"
    RIS = "ris", "A RIS entry, which holds its record.", "RIS"
    CSL_JSON = "csl-json", "A CSL-JSON item, which is its record.", "CSL-JSON"
    UNKNOWN = "unknown", "A line that is no DOI, ISBN or web address.", "Not recognised"


class IntakeState(Term):
    """Where an entry of an intake stands; `rules.transitions` says what may follow."""

    WAITING = "waiting", "Waits for its turn, or to be tried again.", "Waiting"
    FETCHING = "fetching", "Is being read, or asked for elsewhere.", "Being read"
    READY = "ready", "Its record was read; nothing like it is known here.", "Ready"
    DUPLICATE = "duplicate", "Its record was read; it looks like one that is here already.", "Looks known"
    FAILED = "failed", "No record could be read or found; the entry says why.", "Failed"
    ADDED = "added", "Became a source.", "Added"
    MERGED = "merged", "Was merged into a source that was here.", "Merged"
    DISMISSED = "dismissed", "Was put aside by a person.", "Dismissed"


class Role(Term):
    """What a person may do here; `policy.py` says what each role may."""

    READER = "reader", "Reads and may suggest.", "Reader"
    CONTRIBUTOR = "contributor", "May also look at drafts and hand sources in.", "Contributor"
    MODERATOR = "moderator", "Curates drafts and sources, decides suggestions, proposes and approves.", "Moderator"
    CHIEF_EDITOR = "chief-editor", "May also retract editions, invite people and change their roles.", "Chief editor"


class Leaning(Term):
    """Where a person who curates says to stand on the subject; declared, so that others can weigh their decisions."""

    AUTHOR_SIDE = "author-side", "Finds the article's author more convincing on the whole.", "Author's side"
    OPPOSING_SIDE = "opposing-side", "Finds the author's critics more convincing on the whole.", "Opposing side"
    NEITHER = "neither", "Finds neither side more convincing on the whole.", "Neither side"
    NOT_DECLARED = "not-declared", "Has not said.", "Not declared"


class InvitationState(Term):
    """Where an invitation stands."""

    OPEN = "open", "Its link can be used.", "Open"
    EXPIRED = "expired", "Its time is over; the person can be invited again.", "Expired"
    ACCEPTED = "accepted", "Somebody made an account by it.", "Accepted"
    REVOKED = "revoked", "It was taken back; its link no longer works.", "Taken back"


class Scope(Term):
    """What an API key may be used for."""

    READ = "read", "Read what is published, with a higher rate limit than without a key.", "Read"
    SUGGEST = "suggest", "Suggest changes in the name of its owner.", "Suggest"
    CURATE = "curate", "Do in the name of its owner what the owner may do at the desk.", "Curate"


class KeyState(Term):
    """Whether an API key works."""

    LIVE = "live", "The key works.", "Works"
    EXPIRED = "expired", "The key's time is over.", "Expired"
    REVOKED = "revoked", "The key was ended for good.", "Revoked"


class BibliographyStyle(Term):
    """The citation styles in which every edition's bibliography is formatted; codes are names of CSL styles."""

    APA = "apa", "American Psychological Association, 7th edition.", "APA"
    MLA = "modern-language-association", "Modern Language Association, 9th edition.", "MLA"
    CHICAGO = "chicago-author-date", "Chicago Manual of Style, author and date.", "Chicago"
    HARVARD = "harvard-cite-them-right", "Harvard, after Cite Them Right.", "Harvard"
    IEEE = "ieee", "Institute of Electrical and Electronics Engineers.", "IEEE"


class HandoutFormat(Term):
    """The files in which a handout can be had; codes are their suffixes."""

    PDF = "pdf", "Pages to print and to hand out.", "PDF"
    DOCX = "docx", "To change and to add to, in a word processor.", "Word (DOCX)"
    EPUB = "epub", "To read on a phone or an e-reader.", "EPUB"


class HandoutState(Term):
    """How far the making of a handout has come."""

    WAITING = "waiting", "Waits for its turn.", "Waiting"
    MAKING = "making", "Is being made.", "Being made"
    READY = "ready", "Can be downloaded.", "Ready"
    FAILED = "failed", "Could not be made.", "Failed"


class CslType(TextChoices):
    """The item types of CSL 1.0.2; the Citation Style Language specification explains them."""

    ARTICLE = "article"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    ARTICLE_NEWSPAPER = "article-newspaper"
    BILL = "bill"
    BOOK = "book"
    BROADCAST = "broadcast"
    CHAPTER = "chapter"
    CLASSIC = "classic"
    COLLECTION = "collection"
    DATASET = "dataset"
    DOCUMENT = "document"
    ENTRY = "entry"
    ENTRY_DICTIONARY = "entry-dictionary"
    ENTRY_ENCYCLOPEDIA = "entry-encyclopedia"
    EVENT = "event"
    FIGURE = "figure"
    GRAPHIC = "graphic"
    HEARING = "hearing"
    INTERVIEW = "interview"
    LEGAL_CASE = "legal_case"
    LEGISLATION = "legislation"
    MANUSCRIPT = "manuscript"
    MAP = "map"
    MOTION_PICTURE = "motion_picture"
    MUSICAL_SCORE = "musical_score"
    PAMPHLET = "pamphlet"
    PAPER_CONFERENCE = "paper-conference"
    PATENT = "patent"
    PERFORMANCE = "performance"
    PERIODICAL = "periodical"
    PERSONAL_COMMUNICATION = "personal_communication"
    POST = "post"
    POST_WEBLOG = "post-weblog"
    REGULATION = "regulation"
    REPORT = "report"
    REVIEW = "review"
    REVIEW_BOOK = "review-book"
    SOFTWARE = "software"
    SONG = "song"
    SPEECH = "speech"
    STANDARD = "standard"
    THESIS = "thesis"
    TREATY = "treaty"
    WEBPAGE = "webpage"


PUBLIC: Mapping[str, type[Term]] = {
    "stance": Stance,
    "claim_kind": ClaimKind,
    "response_type": ResponseType,
    "relation": Relation,
    "source_category": SourceCategory,
    "crux_kind": CruxKind,
    "finding": FindingKind,
    "quote_status": QuoteStatus,
    "metadata_state": MetadataState,
    "edition_origin": EditionOrigin,
}
"""The lists of codes that published content uses, by the names of the members that hold them."""
