"""What is made of editions: references and handouts."""

from perspectives.vocab.term import Term


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
