"""Sources: the list of them, and the page of one with everything it is used for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from perspectives.queries.evidence.told import Checked, Confirmed, Told
from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import BibliographyStyle, Relation, SourceCategory, Stance
from perspectives.web.topics.evidence import language_name
from perspectives.web.topics.references import Run, formatted_runs, plain_runs, written_names

_SHOWN = (
    ("container_title", "In"),
    ("collection_title", "Series"),
    ("collection_number", "Number in the series"),
    ("event_title", "Event"),
    ("event_place", "Place of the event"),
    ("genre", "Genre"),
    ("medium", "Medium"),
    ("edition", "Edition"),
    ("number", "Number"),
    ("volume", "Volume"),
    ("issue", "Issue"),
    ("page", "Pages"),
    ("number_of_pages", "Number of pages"),
    ("section", "Section"),
    ("authority", "Authority"),
    ("archive", "Archive"),
    ("archive_location", "Place in the archive"),
    ("publisher", "Publisher"),
    ("publisher_place", "Place of publication"),
    ("DOI", "DOI"),
    ("ISBN", "ISBN"),
)
_PEOPLE = (
    ("author", "Author"),
    ("editor", "Editor"),
    ("translator", "Translator"),
    ("container_author", "Author of the volume"),
    ("interviewer", "Interviewer"),
)


@dataclass(frozen=True)
class Listed:
    """A source as a line of the list."""

    key: str
    record: SourceRecord
    reference: tuple[Run, ...]


@dataclass(frozen=True)
class Use:
    """One use: where, for what, and in what words. `claim` and `stance` are of claims only."""

    kind: str
    text: str
    cite: Cite | None
    stance: Stance | None = None
    claim: str = ""
    passage: str = ""
    told: Told | None = None
    """What a machine found when it looked for the quotation; nothing where it did not."""
    confirmed: Confirmed | None = None

    @property
    def anchor(self) -> str:
        """The claim's place on its topic's page."""
        return self.claim.rpartition("/")[2]

    @property
    def language(self) -> str:
        """The name of the quotation's language, where it is not English."""
        return language_name(self.cite.quote_language or "") if self.cite else ""


@dataclass(frozen=True)
class Group:
    """The uses of a source in one topic, or in one article guide."""

    topic: str
    article: str
    title: str
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Reliance:
    """What a source does for the claims of one stance: how many cite it, on how many topics, and what for."""

    stance: Stance
    claims: int
    topics: int
    relations: tuple[tuple[Relation, int], ...]


def listed(key: str, record: Mapping[str, Any]) -> Listed:
    """Prepare a line of the list."""
    read = SourceRecord.model_validate(record)
    return Listed(key, read, plain_runs(read))


def counts(by_category: Mapping[str, int]) -> tuple[tuple[SourceCategory, int], ...]:
    """List the categories that have sources, in the order of the vocabulary."""
    return tuple((one, by_category[one.value]) for one in SourceCategory if by_category.get(one.value))


def facts(record: SourceRecord) -> Iterator[tuple[str, str]]:
    """List the fields of a record that have a value, in words."""
    for name, label in _PEOPLE:
        if people := getattr(record, name):
            yield label, written_names(people)
    for name, label in _SHOWN:
        if value := getattr(record, name):
            yield label, value
    yield "Language", language_name(record.language)
    yield "Type of item", record.type.value.replace("_", " ")


def groups(records: Iterable[Mapping[str, Any]], checked: Checked) -> tuple[Group, ...]:
    """Group the uses of a source by topic, claims of the author's side first, keeping the order of the editors."""
    made = []
    for (topic, article), found in groupby(records, key=_owner):
        members = list(found)
        uses = sorted((_use(record, checked) for record in members), key=_by_stance)
        made.append(Group(topic, article, members[0].get("title", ""), tuple(uses)))
    return tuple(made)


def reliance(records: Iterable[Mapping[str, Any]]) -> tuple[Reliance, ...]:
    """Count the claims that cite a source by stance, each claim once; a stance that does not cite it is left out."""
    by_stance: dict[str, list[Mapping[str, Any]]] = {}
    for record in records:
        if record["in"] == "claim":
            by_stance.setdefault(record["stance"], []).append(record)
    return tuple(_reliance(stance, by_stance[stance.value]) for stance in Stance if stance.value in by_stance)


def _reliance(stance: Stance, uses: list[Mapping[str, Any]]) -> Reliance:
    ties = {(use["claim"], use["cite"]["relation"]) for use in uses}
    counts = Counter(relation for _, relation in ties)
    return Reliance(
        stance,
        claims=len({use["claim"] for use in uses}),
        topics=len({use["topic"] for use in uses}),
        relations=tuple((one, counts[one.value]) for one in Relation if counts[one.value]),
    )


def styles(entries: Mapping[str, Any]) -> tuple[tuple[BibliographyStyle, tuple[Run, ...]], ...]:
    """List the formatted references of one source by style, in the order of the vocabulary."""
    return tuple((style, formatted_runs(entries[style])) for style in BibliographyStyle if entries.get(style))


def _owner(record: Mapping[str, Any]) -> tuple[str, str]:
    is_topic = record["in"] not in {"article", "finding"}
    return (record["topic"], "") if is_topic else ("", record["article"])


def _use(record: Mapping[str, Any], checked: Checked) -> Use:
    cite = Cite.model_validate(record["cite"]) if "cite" in record else None
    return Use(
        kind=record["in"],
        text=record.get("text", ""),
        cite=cite,
        stance=Stance.of(record["stance"]) if "stance" in record else None,
        claim=record.get("claim", ""),
        passage=record.get("passage", ""),
        told=checked.quotation(cite.source, cite.quote) if cite else None,
        confirmed=checked.confirmation(cite.source, cite.quote) if cite else None,
    )


def _by_stance(use: Use) -> int:
    return list(Stance).index(use.stance) if use.stance else len(Stance)
