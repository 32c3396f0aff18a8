"""What an identifier alone says of the record of its work."""

from typing import Any, Final

from perspectives.vocab import CslType, IntakeKind

PUBMED: Final = "https://pubmed.ncbi.nlm.nih.gov"
PUBMED_CENTRAL: Final = "https://pmc.ncbi.nlm.nih.gov/articles"
_TYPES: Final = {
    IntakeKind.DOI: CslType.ARTICLE_JOURNAL,
    IntakeKind.PMID: CslType.ARTICLE_JOURNAL,
    IntakeKind.PMCID: CslType.ARTICLE_JOURNAL,
    IntakeKind.ISBN: CslType.BOOK,
}


def identified(kind: IntakeKind, identifier: str) -> dict[str, str]:
    """Give the field in which a record holds an identifier; numbers of PubMed stand in an address, a title nowhere."""
    return {
        IntakeKind.DOI: {"DOI": identifier},
        IntakeKind.ISBN: {"ISBN": identifier},
        IntakeKind.PMID: {"URL": f"{PUBMED}/{identifier}/"},
        IntakeKind.PMCID: {"URL": f"{PUBMED_CENTRAL}/{identifier}/"},
        IntakeKind.URL: {"URL": identifier},
    }.get(kind, {})


def begun(kind: IntakeKind, identifier: str) -> dict[str, Any]:
    """Begin the record of a work of which nothing else could be found, for a person to fill in."""
    titled = {"title": identifier} if kind is IntakeKind.TITLE else {}
    return {"type": _TYPES.get(kind, CslType.WEBPAGE).value, **titled, **identified(kind, identifier)}
