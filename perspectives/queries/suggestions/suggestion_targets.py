"""What a suggestion is about, as readers see it: a part of a published edition, or the record of a source."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from perspectives.errors import NotFoundError, require_found
from perspectives.queries.publication import published
from perspectives.rules.documents import parts
from perspectives.rules.documents.topic_document import TopicDocument

Plain = dict[str, Any]
_PLACE = re.compile(r"\d{1,3}", re.ASCII)


@dataclass(frozen=True)
class Target:
    """The public names of what a suggestion is about; `path` names the part. All empty: the site as a whole.

    In an article, parts are `passages/<id>` and `passages/<id>/findings/<place>`, counted from 0.
    """

    topic: str = ""
    article: str = ""
    source: str = ""
    path: str = ""


@dataclass(frozen=True)
class Shown:
    """A target with what stands there now: the part, and what gives it a name."""

    target: Target
    part: Plain
    title: str
    """Of the topic, the article or the source."""
    edition: int = 0
    claim: Plain | None = None
    """The claim that a gap or a response is about."""

    @property
    def version(self) -> str:
        """Name the part by its content, so that a form can say what it was filled in from."""
        return parts.version(self.part)


def shown(target: Target) -> Shown:
    """Find what stands at a target in what is published, in one query or none. Raises NotFoundError."""
    if target.topic:
        return _in_topic(target)
    if target.article:
        return _in_article(target)
    if target.source:
        found = published.sources().filter(key=target.source).values_list("record", flat=True).first()
        found = require_found(found, f"No published edition cites a source '{target.source}'.")
        return Shown(target, found, found["title"])
    return Shown(target, {}, "")


def path_of_claim(slug: str, claim: str) -> str:
    """Name the part of a published topic in which a claim stands. Raises NotFoundError."""
    document, _ = _document(slug)
    for side in document["perspectives"]:
        if any(one["id"] == claim for one in side["claims"]):
            return f"perspectives/{side['id']}/claims/{claim}"
    raise NotFoundError(f"The topic '{slug}' has no claim '{claim}'.")


def path_of_gap(slug: str, claim: str, stance: str) -> str:
    """Name the part of a published topic that says that a stance does not answer a claim. Raises NotFoundError."""
    document, _ = _document(slug)
    for place, gap in enumerate(document.get("gaps", ())):
        if (gap["claim"], gap["stance"]) == (claim, stance):
            return f"gaps/{place}"
    raise NotFoundError(f"No gap is recorded for the claim '{claim}' in '{slug}'.")


def sources_of_topic(slug: str) -> dict[str, str]:
    """Map the citekeys of the works that a published topic uses to their titles. Raises NotFoundError."""
    body = json.loads(published.topic_bytes(slug).body)
    return {key: record["title"] for key, record in sorted(body["sources"].items())}


def sides_of_topic(slug: str) -> list[Plain]:
    """List the perspectives of a published topic, without their claims. Raises NotFoundError."""
    document, _ = _document(slug)
    return [{name: value for name, value in side.items() if name != "claims"} for side in document["perspectives"]]


def _document(slug: str) -> tuple[Plain, int]:
    """Read a topic's edition as a draft would be written: without what only editions have."""
    stored = published.topic_bytes(slug)
    names = {field.alias or name for name, field in TopicDocument.model_fields.items()}
    body = json.loads(stored.body)
    return {name: value for name, value in body.items() if name in names}, stored.number


def _in_topic(target: Target) -> Shown:
    document, number = _document(target.topic)
    try:
        part = parts.find(document, target.path or parts.HEAD)
    except NotFoundError:
        raise NotFoundError(f"The topic '{target.topic}' has no part '{target.path}'.") from None
    name = part.get("claim") or part.get("to")
    return Shown(target, part, document["title"], number, _claim(document, name) if name else None)


def _claim(document: Mapping[str, Any], identifier: str) -> Plain | None:
    claims = (claim for side in document["perspectives"] for claim in side["claims"])
    return next((claim for claim in claims if claim["id"] == identifier), None)


def _in_article(target: Target) -> Shown:
    stored = published.article_bytes(target.article)
    body = json.loads(stored.body)
    match target.path.split("/"):
        case [""]:
            part = {name: value for name, value in body.items() if isinstance(value, str)}
            return Shown(target, part, body["title"], stored.number)
        case ["passages", identifier]:
            part = {name: value for name, value in _passage(body, identifier).items() if name != "findings"}
            if part:
                return Shown(target, part, body["title"], stored.number)
        case ["passages", identifier, "findings", place] if _PLACE.fullmatch(place):
            findings = _passage(body, identifier).get("findings", [])
            if int(place) < len(findings):
                return Shown(target, findings[int(place)], body["title"], stored.number)
    raise NotFoundError(f"The guide '{target.article}' has no part '{target.path}'.")


def _passage(guide: Plain, identifier: str) -> Plain:
    """Give a passage of a guide, or nothing."""
    passages: list[Plain] = guide.get("passages", [])
    return next((one for one in passages if one["id"] == identifier), {})
