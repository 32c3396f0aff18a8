"""Copies of works that anyone may read: looked for at Unpaywall, and taken into the record by an editor."""

from perspectives.actions.sources import source_records
from perspectives.clients import http
from perspectives.clients.intake import unpaywall
from perspectives.clients.intake.unpaywall import OpenCopy
from perspectives.errors import ConflictError, NotPossibleError
from perspectives.models import Source
from perspectives.policy import Actor, Permission, require
from perspectives.queries.sources import source_catalogue

_OFF = "Open copies are not looked for here: UNPAYWALL_EMAIL is not set (docs/operations.md)."


def find(*, key: str, by: Actor | None) -> OpenCopy | None:
    """Ask where the work of a source can be read without paying; None where nobody knows of a copy.

    Raises NotFoundError, NotPermittedError, and NotPossibleError where it is not looked for, the source has no DOI, or
    Unpaywall cannot be asked now.
    """
    require(by, Permission.SOURCE_CHANGE)
    source = source_catalogue.source(key)
    if not unpaywall.is_set_up():
        raise NotPossibleError(_OFF)
    if not (doi := source.record.get("DOI")):
        raise NotPossibleError(f"'{key}' has no DOI, by which open copies are found; add it to the record first.")
    try:
        return unpaywall.open_copy(doi)
    except http.FetchError as error:
        raise NotPossibleError(f"{error} Try again later.") from error


def accept(*, key: str, address: str, version: str, by: Actor | None) -> Source:
    """Write the address of the copy that was found into the record's `URL`; readers see it with the next edition.

    Raises like `find` and `source_records.change`, and ConflictError where no copy is known at that address any more.
    """
    found = find(key=key, by=by)
    if found is None or found.address != address:
        raise ConflictError("Unpaywall names another copy now, or none; look again.", path=key)
    record = {**source_catalogue.source(key).record, "URL": address}
    return source_records.change(key=key, record=record, version=version, by=by, note="Open copy that Unpaywall names.")
