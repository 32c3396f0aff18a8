"""People: the lines of the list, and the page of one: the claims that he or she states, the perspectives held."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import ClaimKind, Relation, ResponseType, Stance
from perspectives.web.topics.references import Run, plain_runs

Record = Mapping[str, Any]
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Line:
    """A person in the list."""

    slug: str
    name: str
    topics: int
    stated: int
    stances: tuple[Stance, ...]
    """The stances of the perspectives that the person holds."""


@dataclass(frozen=True)
class Tie:
    """A response as seen from a claim of the person: the other claim, who makes it, and how the two are tied."""

    claim: str
    stance: Stance
    type: ResponseType
    note: str

    @property
    def topic(self) -> str:
        """The topic of the other claim."""
        return self.claim.partition("/")[0]

    @property
    def anchor(self) -> str:
        """The other claim's place on its topic's page."""
        return self.claim.partition("/")[2]


@dataclass(frozen=True)
class ClaimView:
    """A claim that the person states: where, on whose side it stands here, what it answers and what answers it."""

    id: str
    text: str
    stance: Stance
    kind: ClaimKind
    answers: tuple[Tie, ...]
    answered_by: tuple[Tie, ...]
    own_works: tuple[tuple[Cite, SourceRecord], ...]

    @property
    def anchor(self) -> str:
        """The claim's place on its topic's page."""
        return self.id.partition("/")[2]


@dataclass(frozen=True)
class Position:
    """A perspective that the person holds; `claims` are the places of its claims on the topic's page."""

    stance: Stance
    label: str
    summary: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class OnTopic:
    """What the person states and holds on one topic."""

    topic: str
    title: str
    claims: tuple[ClaimView, ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True)
class Work:
    """A cited work of the person."""

    key: str
    record: SourceRecord
    reference: tuple[Run, ...]


def line(record: Record) -> Line:
    """Prepare a line of the list."""
    held = {position["stance"] for position in record["positions"]}
    return Line(
        record["person"],
        record["name"],
        record["counts"]["topics"],
        record["counts"]["stated"],
        tuple(stance for stance in Stance if stance.value in held),
    )


def works(found: Iterable[tuple[str, SourceRecord]]) -> tuple[Work, ...]:
    """Prepare the person's works, newest first; those without a date last."""
    ordered = sorted(found, key=lambda one: (one[1].issued or "", one[0]), reverse=True)
    return tuple(Work(key, record, plain_runs(record)) for key, record in ordered)


def others(claims: Iterable[Record]) -> set[str]:
    """List the public ids of the claims that these answer or that answer these."""
    return {tie["claim"] for claim in claims for tie in (*claim["answers"], *claim["answered_by"])}


def topics_of(record: Record) -> set[str]:
    """List the topics on which the person holds or states something."""
    return {*(one["topic"] for one in record["positions"]), *(ref.partition("/")[0] for ref in record["states"])}


class PersonPage:
    """Everything that the page of a person shows.

    `titles` holds the titles of the topics concerned in their order, `claims` the records of the claims that the person
    states, `stances` who makes the claims tied to them, `own` the records of the person's works, each by its key.
    """

    def __init__(
        self,
        record: Record,
        titles: Mapping[str, str],
        claims: Mapping[str, Record],
        stances: Mapping[str, str],
        own: Mapping[str, SourceRecord],
    ) -> None:
        self.line = line(record)
        self.stances = stances
        self.own = own
        made = [self._claim(claims[ref]) for ref in record["states"] if ref in claims]
        stated = _by_topic(made, lambda claim: claim.id.partition("/")[0])
        held = _by_topic(record["positions"], lambda position: position["topic"])
        self.topics = tuple(
            OnTopic(topic, title, tuple(stated.get(topic, ())), tuple(map(_position, held.get(topic, ()))))
            for topic, title in titles.items()
        )

    def _claim(self, claim: Record) -> ClaimView:
        cites = [Cite.model_validate(cite) for cite in claim["cites"] if cite["source"] in self.own]
        return ClaimView(
            claim["id"],
            claim["text"],
            Stance.of(claim["stance"]),
            ClaimKind.of(claim["kind"]),
            self._ties(claim["answers"]),
            self._ties(claim["answered_by"]),
            tuple((cite, self.own[cite.source]) for cite in cites if cite.relation is Relation.STATES),
        )

    def _ties(self, found: Iterable[Record]) -> tuple[Tie, ...]:
        return tuple(
            Tie(tie["claim"], Stance.of(self.stances[tie["claim"]]), ResponseType.of(tie["type"]), tie["note"])
            for tie in found
            if tie["claim"] in self.stances
        )


@dataclass(frozen=True)
class Sharing:
    """Somebody who is named on questions that another is named on too, and on how many."""

    line: Line
    topics: int


def sharing(record: Record, found: Iterable[Record]) -> list[Sharing]:
    """Say who shares questions with a person: those who share most first, then in the order in which they come."""
    own = topics_of(record)
    made = [Sharing(line(one), len(own & topics_of(one))) for one in found if one["person"] != record["person"]]
    return sorted((one for one in made if one.topics), key=lambda one: -one.topics)


def shared(one: PersonPage, other: PersonPage) -> list[tuple[OnTopic, OnTopic]]:
    """Pair what two people state and hold on each topic on which both are named."""
    others = {each.topic: each for each in other.topics}
    return [(each, others[each.topic]) for each in one.topics if each.topic in others]


def _position(position: Record) -> Position:
    claims = tuple(ref.partition("/")[2] for ref in position["claims"])
    return Position(Stance.of(position["stance"]), position["label"], position["summary"], claims)


def _by_topic(items: Iterable[_Item], topic: Callable[[_Item], str]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = {}
    for item in items:
        found.setdefault(topic(item), []).append(item)
    return found
