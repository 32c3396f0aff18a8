"""Where the record of each kind of identifier is asked for."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from perspectives.clients.intake import doi_registries, openalex, openlibrary, pubmed, web_page
from perspectives.rules.intake import bare_record
from perspectives.vocab import IntakeKind

Item = dict[str, Any]
LOOK_UPS: Final[Mapping[str, Callable[[str], Item]]] = {
    IntakeKind.DOI: doi_registries.item,
    IntakeKind.ISBN: openlibrary.item,
    IntakeKind.PMID: pubmed.by_pmid,
    IntakeKind.PMCID: pubmed.by_pmcid,
    IntakeKind.TITLE: openalex.item,
    IntakeKind.URL: web_page.item,
}
"""Each gives a CSL-JSON item, or raises http.FetchError or http.UnreachableError."""


def looked_up(kind: IntakeKind, identifier: str) -> Item:
    """Ask for the record of an identifier, which it keeps. Raises http.FetchError and http.UnreachableError."""
    return {**LOOK_UPS[kind](identifier), **bare_record.identified(kind, identifier)}
