"""What `include=` adds to records: each function takes all records of an answer and asks once."""

from collections.abc import Collection, Sequence

from perspectives.api.http.sparse import Record
from perspectives.queries.publication import published


def sources_of_claims(claims: Sequence[Record]) -> None:
    """Add to each claim the records of the sources that it cites, by citekey."""
    found = published.source_records({cite["source"] for claim in claims for cite in claim["cites"]})
    for claim in claims:
        claim["sources"] = {cite["source"]: found[cite["source"]] for cite in claim["cites"]}


def claims_of_responses(responses: Sequence[Record]) -> None:
    """Add to each response the records of its two claims, by public id."""
    _add_claims(responses, "claims", [[response["from"], response["to"]] for response in responses])


def claims_of_people(people: Sequence[Record]) -> None:
    """Add to each person the records of the claims of the positions held, and of those stated, by public id."""
    refs = [
        [*(ref for position in person["positions"] for ref in position["claims"]), *person["states"]]
        for person in people
    ]
    _add_claims(people, "claims", refs)


def claims_of_passages(passages: Sequence[Record]) -> None:
    """Add to each passage the records of the claims that take it up, by public id, as far as they are published."""
    _add_claims(passages, "claim_records", [passage.get("claims", []) for passage in passages])


def _add_claims(records: Sequence[Record], member: str, refs: Sequence[Collection[str]]) -> None:
    found = published.claim_records({ref for mine in refs for ref in mine})
    for record, mine in zip(records, refs, strict=True):
        record[member] = {ref: found[ref] for ref in mine if ref in found}


def uses_of_sources(sources: Sequence[Record]) -> None:
    """Add to each source its uses in current editions."""
    found = published.uses_by_source({source["key"] for source in sources})
    for source in sources:
        source["uses"] = found[source["key"]]
