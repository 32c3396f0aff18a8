"""What a pupil chose, written out for the teacher."""

from perspectives.rules.classroom import contributions
from perspectives.rules.classroom.contributions import Reference
from perspectives.rules.documents.topic_document import TopicEdition


def chosen_words(reference: Reference, document: TopicEdition) -> str:
    """Write out a claim, a pair of claims, or what is accepted, in a line; answers of a quiz are none of these."""
    if "accepted" in reference:
        return contributions.acceptable(document)[reference["accepted"]]
    known = contributions.claims(document)
    if "claim" in reference:
        return f"{reference['claim']}: {known[reference['claim']][1].text}"
    quote = f" “{reference['quote']}”" if reference["quote"] else ""
    found = contributions.is_quoted(reference["quote"], known[reference["from"]][1])
    told = " (found in the evidence)" if found else " (not found in the evidence)" if quote else ""
    return f"{reference['from']} answers {reference['to']}.{quote}{told}"
