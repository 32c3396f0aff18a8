"""The types of RIS and of CSL: one table for the way out and the way back."""

from collections.abc import Mapping

from perspectives.vocab import CslType

GENERIC = "GEN"
OWN_WORD_TAG = "C1"
"""Where an entry says its CSL type itself, if its RIS type does not: a tag that RIS leaves to its users."""
STATUS_NOTE = "Status:"
"""How a note begins that says how far a work is which has not appeared: RIS has no tag for that."""
READ_AS: Mapping[str, CslType] = {
    GENERIC: CslType.DOCUMENT,
    "JOUR": CslType.ARTICLE_JOURNAL,
    "ABST": CslType.ARTICLE_JOURNAL,
    "EJOUR": CslType.ARTICLE_JOURNAL,
    "INPR": CslType.ARTICLE_JOURNAL,
    "MGZN": CslType.ARTICLE_MAGAZINE,
    "NEWS": CslType.ARTICLE_NEWSPAPER,
    "PRESS": CslType.ARTICLE_NEWSPAPER,
    "BILL": CslType.BILL,
    "BOOK": CslType.BOOK,
    "CONF": CslType.BOOK,
    "EBOOK": CslType.BOOK,
    "EDBOOK": CslType.BOOK,
    "SER": CslType.BOOK,
    "CHAP": CslType.CHAPTER,
    "ECHAP": CslType.CHAPTER,
    "CLSWK": CslType.CLASSIC,
    "DATA": CslType.DATASET,
    "AGGR": CslType.DATASET,
    "DBASE": CslType.DATASET,
    "DICT": CslType.ENTRY_DICTIONARY,
    "ENCYC": CslType.ENTRY_ENCYCLOPEDIA,
    "FIGURE": CslType.FIGURE,
    "ART": CslType.GRAPHIC,
    "HEAR": CslType.HEARING,
    "CASE": CslType.LEGAL_CASE,
    "STAT": CslType.LEGISLATION,
    "MANSCPT": CslType.MANUSCRIPT,
    "UNPB": CslType.MANUSCRIPT,
    "MAP": CslType.MAP,
    "MPCT": CslType.MOTION_PICTURE,
    "ADVS": CslType.MOTION_PICTURE,
    "VIDEO": CslType.MOTION_PICTURE,
    "MUSIC": CslType.MUSICAL_SCORE,
    "PAMP": CslType.PAMPHLET,
    "CPAPER": CslType.PAPER_CONFERENCE,
    "PAT": CslType.PATENT,
    "JFULL": CslType.PERIODICAL,
    "PCOMM": CslType.PERSONAL_COMMUNICATION,
    "ICOMM": CslType.PERSONAL_COMMUNICATION,
    "BLOG": CslType.POST_WEBLOG,
    "LEGAL": CslType.REGULATION,
    "RPRT": CslType.REPORT,
    "GOVDOC": CslType.REPORT,
    "COMP": CslType.SOFTWARE,
    "SLIDE": CslType.SPEECH,
    "SOUND": CslType.SONG,
    "STAND": CslType.STANDARD,
    "THES": CslType.THESIS,
    "ELEC": CslType.WEBPAGE,
    "WEB": CslType.WEBPAGE,
}
"""RIS type -> what it is read as. Of several that are read alike the first is written."""
_NEAREST: Mapping[CslType, str] = {
    CslType.ARTICLE: "UNPB",
    CslType.BROADCAST: "VIDEO",
    CslType.INTERVIEW: "PCOMM",
    CslType.POST: "ICOMM",
    CslType.REVIEW: "JOUR",
    CslType.REVIEW_BOOK: "JOUR",
    CslType.TREATY: "STAT",
}
"""What other programs take a type for that RIS has no type for; the rest is GEN."""
_OWN: Mapping[CslType, str] = {kind: code for code, kind in reversed(list(READ_AS.items()))}


def written(kind: CslType) -> str:
    """Give the RIS type of a CSL type."""
    return _OWN.get(kind) or _NEAREST.get(kind, GENERIC)


def is_exact(kind: CslType) -> bool:
    """Whether the RIS type alone says which CSL type it was."""
    return kind in _OWN


def read(code: str, own_word: str) -> str:
    """Give the CSL type of a RIS type, or `own_word` where that is a CSL type.

    A type that RIS does not define is given as it stands, so that whoever reads the record can say so.
    """
    if own_word in CslType.values:
        return own_word
    return READ_AS[code].value if code in READ_AS else code
