"""Whether a rival's answer holds what ours holds: both are brought into one form, which must be equal."""

from collections.abc import Iterable, Mapping
from typing import Any

Plain = dict[str, Any]

_NAMES = {"identifier": "id", "slug": "topic", "citations": "cites", "from_claim": "from", "to_claim": "to"}
_TOPIC_NAMES = {"agreements": "common_ground", "article": "article_head"}
_NOT_OF_RIVALS = frozenset({"edition", "article", "terms"})
_ONLY_OURS = frozenset({"edition", "is_authors_own", "stated_by", "id"})


class UnfairError(Exception):
    """A rival's answer holds something else than ours, so that the two cannot be compared."""


def topic_of_ours(document: Plain) -> Plain:
    """Bring our topic into the common form."""
    common: Plain = _given({name: value for name, value in document.items() if name not in _NOT_OF_RIVALS})
    return common


def topic_of_rival(answer: Plain) -> Plain:
    """Bring a rival's topic into the common form, which is that of our documents."""
    named = {_TOPIC_NAMES.get(name, name): value for name, value in answer.items()}
    period = {"start": named.pop("period_start"), "end": named.pop("period_end")}
    head = {("article" if name == "slug" else name): value for name, value in named.pop("article_head").items()}
    sources = named.pop("sources")
    common: Plain = _renamed(_given(named))
    return {**common, "period": period, "article_head": head, "sources": sources}


def claims_of_ours(records: Iterable[Plain]) -> list[Plain]:
    """Bring our claims into the common form, in a common order."""
    common = []
    for record in records:
        links = {
            name: [{**link, "claim": link["claim"].rsplit("/", 1)[1]} for link in record[name]]
            for name in ("answers", "answered_by")
        }
        own = {name: value for name, value in record.items() if name not in _ONLY_OURS}
        common.append(_given({**own, **links, "key": record["id"].rsplit("/", 1)[1]}))
    return sorted(common, key=_claim_key)


def claims_of_rival(records: Iterable[Plain]) -> list[Plain]:
    """Bring a rival's claims into the common form, in a common order."""
    names = {"identifier": "key", "citations": "cites", "answers_given": "answers", "answers_received": "answered_by"}
    common = []
    for record in records:
        gaps = [{"stance": gap["stance"], "note": gap["note"]} for gap in record["gaps"]]
        common.append(_given({**{names.get(name, name): value for name, value in record.items()}, "gaps": gaps}))
    return sorted(common, key=_claim_key)


def lines_of_ours(records: Iterable[Plain]) -> list[Plain]:
    """Bring our summaries of topics into the common form: which topics, whose positions, how many of what."""
    return [
        {
            **{name: record[name] for name in ("topic", "article", "order", "title", "question", "period")},
            "tags": record["tags"],
            "positions": [_given(position) for position in record["positions"]],
            "cruxes": record["cruxes"],
            "responses": record["counts"]["responses"],
            "events": record["counts"]["events"],
        }
        for record in records
    ]


def lines_of_rival(records: Iterable[Plain]) -> list[Plain]:
    """Bring a rival's summaries of topics into the common form."""
    common = []
    for record in records:
        kept = {name: record[name] for name in ("article", "order", "title", "question", "tags", "responses", "events")}
        positions = [
            _given({**{name: side[name] for name in side if name != "identifier"}, "perspective": side["identifier"]})
            for side in record["perspectives"]
        ]
        period = {"start": record["period_start"], "end": record["period_end"]}
        more = {"topic": record["slug"], "period": period, "positions": positions, "cruxes": record["cruxes"]}
        common.append({**kept, **more})
    return common


def require_equal(name: str, ours: Any, theirs: Any) -> None:
    """Raise UnfairError that names the first place where two answers in the common form differ."""
    place = _difference(ours, theirs)
    if place is not None:
        raise UnfairError(f"{name}: the answers differ at {place}, so they cannot be compared.")


def _difference(ours: Any, theirs: Any, place: str = "") -> str | None:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if odd := sorted(ours.keys() ^ theirs.keys()):
            return f"{place}.{odd[0]}"
        return next((found for key in ours if (found := _difference(ours[key], theirs[key], f"{place}.{key}"))), None)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return next((found for i, (a, b) in pairs if (found := _difference(a, b, f"{place}[{i}]"))), None)
    return None if ours == theirs else place or "the top"


def _given(value: Any) -> Any:
    """Leave out what is empty: our documents do not write it, the rivals do."""
    if isinstance(value, Mapping):
        return {name: _given(inner) for name, inner in value.items() if inner not in ("", None, [])}
    return [_given(inner) for inner in value] if isinstance(value, list) else value


def _renamed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_NAMES.get(name, name): _renamed(inner) for name, inner in value.items()}
    return [_renamed(inner) for inner in value] if isinstance(value, list) else value


def _claim_key(record: Plain) -> tuple[str, str]:
    return record["topic"], record["key"]
