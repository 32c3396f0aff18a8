"""Source records one by one: checked, compared and changed field by field, and put in another's place."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from perspectives.errors import BrokenRulesError, ConflictError
from perspectives.rules.documents.fields import CiteKey
from perspectives.rules.documents.parts import Change, Plain
from perspectives.rules.documents.problems import Problem, problems_of, shown
from perspectives.rules.publication.index_records import plain
from perspectives.rules.sources.source_record import SourceRecord

Record = Mapping[str, Any] | SourceRecord
"""A source's record, read or as plain data."""

_KEY: TypeAdapter[str] = TypeAdapter(CiteKey)
_NAMED_BY = "key"


def checked(record: Record, *, key: str, dois: Mapping[str, str], taken: bool = False) -> SourceRecord:
    """Read a record that is to stand under `key`.

    `dois` are those of other sources, in small letters, with their citekeys; `taken` says that the key of a new source
    has one already. Raises BrokenRulesError with every problem; its path is the field, `key` for the citekey itself.
    """
    problems = [*_of_key(key, taken=taken)]
    data = plain(record) if isinstance(record, SourceRecord) else record
    try:
        read = SourceRecord.model_validate(data)
    except ValidationError as error:
        problems += problems_of(error, SourceRecord)
    other = dois.get(str(data.get("DOI", "")).lower())
    if other not in {None, key}:
        problems.append(Problem("", 0, "DOI", f"is also the DOI of '{shown(other)}'; merge the two, or correct it"))
    if problems:
        raise BrokenRulesError(f"{len(problems)} problems found; nothing was changed.", tuple(problems))
    return read


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Find what differs between two records, field by field, by the fields' names."""
    names = sorted({*before, *after})
    return tuple(
        Change(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )


def applied(record: Mapping[str, Any], changes: Iterable[Change]) -> Plain:
    """Change fields of a record. Raises ConflictError where a field is no longer as a change found it."""
    result = dict(record)
    for change in changes:
        if result.get(change.path) != change.before:
            raise ConflictError(
                f"'{change.path}' was changed by somebody else in the meantime.", path=change.path, now=dict(record)
            )
        result[change.path] = change.after
    return {name: value for name, value in result.items() if value is not None}


def repointed(document: Any, survivors: Mapping[str, str]) -> Any:
    """Put other sources in the place of those that a document names; what stood there twice is told once.

    Citations of a statement that become the same are kept once. Where a bibliography lists both works, what was said
    of the second is joined to what was said of the first.
    """
    if isinstance(document, list):
        return [repointed(item, survivors) for item in document]
    if not isinstance(document, dict):
        return document
    made = {name: repointed(value, survivors) for name, value in document.items()}
    if isinstance(document.get("source"), str):
        made["source"] = survivors.get(made["source"], made["source"])
    for name, tidy in (("cites", _each_once), ("bibliography", _joined)):
        if made.get(name) != document.get(name):
            made[name] = tidy(made[name])
    return made


def carried_over(edition: Plain, key: str, record: Mapping[str, Any], merged: Iterable[str]) -> Plain:
    """Give the next edition that differs in a source's record alone, or names it where works merged into it stood."""
    gone = dict.fromkeys(merged, key)
    made = repointed(edition, gone)
    sources = {name: one for name, one in edition["sources"].items() if name not in gone}
    return {**made, "edition": edition["edition"] + 1, "sources": {**sources, key: dict(record)}}


def _of_key(key: str, *, taken: bool) -> list[Problem]:
    if taken:
        return [Problem("", 0, _NAMED_BY, f"'{shown(key)}' is the key of another source; choose another")]
    try:
        _KEY.validate_python(key)
    except ValidationError as error:
        return [*problems_of(error, SourceRecord, path=_NAMED_BY)]
    return []


def _each_once(items: list[Plain]) -> list[Plain]:
    return [item for at, item in enumerate(items) if item not in items[:at]]


def _joined(entries: list[Plain]) -> list[Plain]:
    by_source: dict[str, Plain] = {}
    for entry in entries:
        first = by_source.setdefault(entry["source"], entry)
        if entry["argues"] not in first["argues"]:
            by_source[entry["source"]] = {**first, "argues": f"{first['argues']} {entry['argues']}"}
    return list(by_source.values())
