"""The words of what is decided at the desk."""

from perspectives.vocab.term import Term


class ProposalStatus(Term):
    """Where a proposed edition stands."""

    OPEN = "open", "Waits for a second person.", "Open"
    APPROVED = "approved", "A second person agreed; an edition was published.", "Approved"
    RETURNED = "returned", "A second person asked for changes.", "Returned"
    WITHDRAWN = "withdrawn", "The proposer took it back.", "Withdrawn"


class ProposalQueue(Term):
    """Which proposals wait for a person at the desk."""

    TO_DECIDE = "to-decide", "Others proposed them; you may decide.", "For you to decide"
    RETURNED = "returned", "You proposed them; somebody asked for changes, and nothing was proposed since.", "Returned"
    OWN = "own", "You proposed them; another moderator decides.", "Waiting for others"


class SourceState(Term):
    """Whether a source may be cited in drafts."""

    CURRENT = "current", "May be cited.", "Current"
    DEPRECATED = "deprecated", "Is not to be cited any more; where it stands, it stays.", "Deprecated"
    SUPERSEDED = "superseded", "Was merged into another source, which is cited in its place.", "Superseded"


class EvidenceProblem(Term):
    """What is still to be done about a citation of a draft; `queries/desk/evidence.py` says how it is found."""

    NOT_CHECKED = "not-checked", "Nobody has compared the quotation with the source yet.", "Quotation not checked"
    NO_LOCATOR = "no-locator", "A work that has pages is cited without the place in it.", "No page or section"
    DEPRECATED = "deprecated", "The source is not to be cited any more.", "Source deprecated"
    SUPERSEDED = "superseded", "The source was merged into another.", "Source superseded"


class SuggestionKind(Term):
    """What a suggestion asks for; `rules/suggestions/suggestion_kinds.py` says what each has to give."""

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


class IntakeFormat(Term):
    """How what was handed in is written."""

    IDENTIFIERS = "identifiers", "DOIs, ISBNs, PMIDs, titles and web addresses, one a line.", "Identifiers"
    BIBTEX = "bibtex", "BibTeX or BibLaTeX, as LaTeX and most reference managers write it.", "BibTeX"
    RIS = "ris", "RIS, as library catalogues and reference managers export it.", "RIS"
    CSL_JSON = "csl-json", "CSL-JSON, as citation programs exchange it.", "CSL-JSON"


class IntakeKind(Term):
    """What one entry of an intake is, and so how its record is found."""

    DOI = "doi", "A DOI; its record is asked for at the registry.", "DOI"
    ISBN = "isbn", "An ISBN; its record is asked for at the library.", "ISBN"
    PMID = "pmid", "A number of PubMed; its record is asked for there.", "PMID"
    PMCID = "pmcid", "A number of PubMed Central; its record is asked for there.", "PMCID"
    TITLE = "title", "A title; the one work that has it is searched for at OpenAlex.", "Title"
    URL = "url", "A web address; what the page says of itself is its record.", "Web address"
    BIBTEX = "bibtex", "A BibTeX entry, which holds its record.", "BibTeX"
    RIS = "ris", "A RIS entry, which holds its record.", "RIS"
    CSL_JSON = "csl-json", "A CSL-JSON item, which is its record.", "CSL-JSON"
    UNKNOWN = "unknown", "A line that names no work in a way that is known here.", "Not recognised"


class IntakeState(Term):
    """Where an entry of an intake stands; `rules.publication.transitions` says what may follow."""

    WAITING = "waiting", "Waits for its turn, or to be tried again.", "Waiting"
    FETCHING = "fetching", "Is being read, or asked for elsewhere.", "Being read"
    READY = "ready", "Its record was read; nothing like it is known here.", "Ready"
    DUPLICATE = "duplicate", "Its record was read; it looks like one that is here already.", "Looks known"
    FAILED = "failed", "No record could be read or found; the entry says why.", "Failed"
    ADDED = "added", "Became a source.", "Added"
    MERGED = "merged", "Was merged into a source that was here.", "Merged"
    DISMISSED = "dismissed", "Was put aside by a person.", "Dismissed"
