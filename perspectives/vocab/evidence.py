"""Checks of evidence by a machine: what is checked, how far that is, what came of it."""

from perspectives.vocab.content import QuotationMatch
from perspectives.vocab.term import Term


class CheckKind(Term):
    """What a machine checks of a source or of words that are quoted from it."""

    QUOTATION = "quotation", "Whether a text of the source has the words that are quoted from it.", "Quotation"
    LINK = "link", "Whether the address of the source leads to it.", "Link"
    RETRACTION = "retraction", "Whether the work was retracted or corrected by its publisher.", "Retraction"
    METADATA = "metadata", "Whether a register of works has the record of the source as it is here.", "Record"
    SNAPSHOT = "snapshot", "Whether a web archive has a copy from about when editors read the page.", "Archived copy"


class CheckState(Term):
    """How far a check is; `rules.publication.transitions` says what may follow."""

    WAITING = "waiting", "Waits for its turn, or to be tried again.", "Waiting"
    RUNNING = "running", "Is being made.", "Running"
    DONE = "done", "Was made; its outcome says what was found.", "Done"
    FAILED = "failed", "Could not be made, and is given up until it is due again.", "Failed for good"


class CheckOutcome(Term):
    """What a machine found; which of these a kind of check can have, `OUTCOMES` says."""

    FOUND = QuotationMatch.FOUND.value, QuotationMatch.FOUND.sentence, "Words found"
    CUT = QuotationMatch.CUT.value, QuotationMatch.CUT.sentence, "Cut"
    NEAR = QuotationMatch.NEAR.value, QuotationMatch.NEAR.sentence, "Nearly the words"
    ALTERED = QuotationMatch.ALTERED.value, QuotationMatch.ALTERED.sentence, "Altered"
    MISSING = QuotationMatch.MISSING.value, QuotationMatch.MISSING.sentence, "Words not found"
    NOT_CHECKABLE = QuotationMatch.NOT_CHECKABLE.value, QuotationMatch.NOT_CHECKABLE.sentence, "Not checkable"
    NO_TEXT = "no-text", "No text of the work could be read where it was looked for.", "No text"
    OK = "ok", "The address leads to a page or a file.", "Works"
    MOVED = "moved", "The address leads on, for good, to another.", "Moved"
    GONE = "gone", "The server says that there is nothing at this address.", "Gone"
    SOFT_404 = "soft-404", "The server answers, but its page says that there is nothing here.", "Says that it is gone"
    BLOCKED = "blocked", "The server lets no program read this address; people may be let in.", "Closed to programs"
    NOT_LISTED = "not-listed", "No retraction or correction of the work is on record.", "None on record"
    CORRECTED = "corrected", "The publisher has corrected the work.", "Corrected"
    CONCERN = "concern", "The publisher has expressed concern about the work.", "Expression of concern"
    RETRACTED = "retracted", "The publisher has retracted the work.", "Retracted"
    AGREES = "agrees", "A register of works has the same record.", "Record agrees"
    DIFFERS = "differs", "A register of works has some fields of the record otherwise.", "Record differs"
    NOT_REGISTERED = "not-registered", "The register that was asked has no record of the work.", "Not registered"
    ARCHIVED = "archived", "A web archive has a copy of the page.", "Copy in an archive"
    NOT_ARCHIVED = "not-archived", "The web archive that was asked has no copy of the page.", "No copy in the archive"
    UNREACHABLE = "unreachable", "Who was to be asked could not be reached, however often it was tried.", "Unreachable"


class TextOrigin(Term):
    """Where the text that a machine read came from."""

    ADDRESS = "address", "What the address of the source leads to.", "At its address"
    ARCHIVE = "archive", "A copy in a web archive.", "In an archived copy"
    FILE = "file", "A file that an editor has.", "In a file"


OUTCOMES = {
    CheckKind.QUOTATION: (
        *(CheckOutcome.of(one.value) for one in QuotationMatch),
        CheckOutcome.NO_TEXT,
        CheckOutcome.UNREACHABLE,
    ),
    CheckKind.LINK: (
        CheckOutcome.OK,
        CheckOutcome.MOVED,
        CheckOutcome.GONE,
        CheckOutcome.SOFT_404,
        CheckOutcome.BLOCKED,
        CheckOutcome.UNREACHABLE,
    ),
    CheckKind.RETRACTION: (
        CheckOutcome.NOT_LISTED,
        CheckOutcome.CORRECTED,
        CheckOutcome.CONCERN,
        CheckOutcome.RETRACTED,
        CheckOutcome.UNREACHABLE,
    ),
    CheckKind.METADATA: (
        CheckOutcome.AGREES,
        CheckOutcome.DIFFERS,
        CheckOutcome.NOT_REGISTERED,
        CheckOutcome.UNREACHABLE,
    ),
    CheckKind.SNAPSHOT: (CheckOutcome.ARCHIVED, CheckOutcome.NOT_ARCHIVED, CheckOutcome.UNREACHABLE),
}
"""What can come of each kind of check."""
NEEDS_EDITOR = (
    CheckOutcome.RETRACTED,
    CheckOutcome.CONCERN,
    CheckOutcome.ALTERED,
    CheckOutcome.MISSING,
    CheckOutcome.CUT,
    CheckOutcome.NEAR,
    CheckOutcome.GONE,
    CheckOutcome.SOFT_404,
    CheckOutcome.MOVED,
    CheckOutcome.CORRECTED,
    CheckOutcome.DIFFERS,
)
"""What an editor should look at, the gravest first."""
