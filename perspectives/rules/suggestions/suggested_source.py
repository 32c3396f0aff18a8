"""From the work that a suggestion describes to the record of a source."""

from pydantic import ValidationError

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents.problems import problems_of
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.suggestions.suggestion_kinds import Plain, Work
from perspectives.vocab import MetadataState

_FIELDS = {"container_title": "container-title"}


def record_of(work: Work) -> SourceRecord:
    """Make the record of a work that a moderator took over. Raises BrokenRulesError where something needed is missing.

    Nobody has seen the whole record in print by that, so it counts as partly confirmed.
    """
    data: Plain = {
        _FIELDS.get(name, name): value
        for name in Work.model_fields
        if name != "authors" and (value := getattr(work, name)) is not None
    }
    data |= {"author": [_name(author) for author in work.authors]} if work.authors else {}
    data["checked"] = {
        "metadata": MetadataState.PARTLY,
        "note": "Suggested by a reader and looked over by a moderator.",
    }
    try:
        return SourceRecord.model_validate(data)
    except ValidationError as error:
        problems = problems_of(error, SourceRecord)
        raise BrokenRulesError("The work is not described well enough to become a source.", problems) from error


def _name(author: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in author.partition(","))
    return {"family": family, "given": given} if comma and family and given else {"literal": author}
