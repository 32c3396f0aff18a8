"""Citations and quotations as nodes of our linked data, each with an address of its own, and with CiTO's intents."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from perspectives.rules.formats.linked_data import addresses
from perspectives.rules.formats.linked_data.addresses import CONTENT_LANGUAGE
from perspectives.rules.formats.linked_data.vocabulary import CITATION_INTENTS, Node, code
from perspectives.vocab import QuoteStatus, Relation

Record = Mapping[str, Any]


def of_owner(address: str, owner: Record, base: str) -> Node:
    """Give the members that tell what a statement at `address` cites: each citation, and by each intent the works."""
    cites = owner.get("cites", ())
    found: Node = {"evidence": list(_evidence(address, cites, base))}
    for cite in cites:
        works = found.setdefault(f"cito:{CITATION_INTENTS[Relation.of(cite['relation'])]}", [])
        if (work := addresses.source(base, cite["source"])) not in works:
            works.append(work)
    return found


def _evidence(owner: str, cites: Iterable[Record], base: str) -> Iterator[Node]:
    places: Counter[str] = Counter()
    for cite in cites:
        places[cite["source"]] += 1
        address = addresses.citation(owner, cite["source"], places[cite["source"]])
        work = addresses.source(base, cite["source"])
        node: Node = {
            "@id": address,
            "@type": ["Evidence", "cito:Citation"],
            "relation": code("relation", cite["relation"]),
            "source": {"@id": work},
            "cito:hasCitingEntity": owner,
            "cito:hasCitedEntity": work,
            "cito:hasCitationCharacterization": f"cito:{CITATION_INTENTS[Relation.of(cite['relation'])]}",
        }
        if "locator" in cite:
            node["locator"] = cite["locator"]
        if "quote" in cite:
            node["quotation"] = _quotation(address, cite, work)
        yield node


def _quotation(citation: str, cite: Record, work: str) -> Node:
    node: Node = {
        "@id": f"{citation}.quotation",
        "@type": "Quotation",
        "text": cite["quote"],
        "isPartOf": {"@id": work},
        "quoteStatus": code("quoteStatus", cite["quote_status"]),
    }
    seen = {"quoteSeenIn": "quote_seen_in", "quoteSeenOn": "quote_seen_on"}
    node |= {term: cite[name] for term, name in seen.items() if name in cite}
    if cite["quote_status"] == QuoteStatus.TRANSLATED:
        node["translatedBy"] = cite["translator"]
    if "quote_language" in cite:
        node["inLanguage"] = cite["quote_language"]
    if "translation" in cite:
        # Who translated is a name, and may be an institution's or a description: no Person is made of it.
        words = {"text": cite["translation"], "inLanguage": CONTENT_LANGUAGE, "translatedBy": cite["translator"]}
        node["workTranslation"] = {"@id": f"{citation}.translation", "@type": "Quotation", **words}
    return node
