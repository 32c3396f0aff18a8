"""People: the lines of the list, and the page of one with the claims that he or she holds, topic by topic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import ClaimKind, Relation, ResponseType, Stance
from perspectives.web.topics.references import Run, plain_runs

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """A person in the list."""

    slug: str
    name: str
    topics: int
    claims: int
    stances: tuple[Stance, ...]


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
    """A claim with what it answers, what answers it, and the person's own works that state it."""

    id: str
    text: str
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
    """A perspective that the person holds, with its claims."""

    stance: Stance
    label: str
    summary: str
    role: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True)
class Held:
    """What the person holds on one topic."""

    topic: str
    title: str
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
        record["counts"]["claims"],
        tuple(stance for stance in Stance if stance.value in held),
    )


def works(found: Iterable[tuple[str, SourceRecord]]) -> tuple[Work, ...]:
    """Prepare the person's works, newest first; those without a date last."""
    ordered = sorted(found, key=lambda one: (one[1].issued or "", one[0]), reverse=True)
    return tuple(Work(key, record, plain_runs(record)) for key, record in ordered)


def refs(record: Record) -> list[str]:
    """List the public ids of the person's claims."""
    return [ref for position in record["positions"] for ref in position["claims"]]


def others(claims: Iterable[Record]) -> set[str]:
    """List the public ids of the claims that these answer or that answer these."""
    return {tie["claim"] for claim in claims for tie in (*claim["answers"], *claim["answered_by"])}


class Holder:
    """Everything that the page of a person shows.

    `claims` holds the records of the person's claims, `stances` who makes the claims tied to them, `own` the records
    of the person's works, each by its key.
    """

    def __init__(
        self, record: Record, claims: Mapping[str, Record], stances: Mapping[str, str], own: Mapping[str, SourceRecord]
    ) -> None:
        self.line = line(record)
        self.claims = claims
        self.stances = stances
        self.own = own
        by_topic = groupby(record["positions"], key=lambda position: (position["topic"], position["title"]))
        self.held = tuple(
            Held(topic, title, tuple(self._position(one) for one in found)) for (topic, title), found in by_topic
        )

    def _position(self, position: Record) -> Position:
        claims = (self.claims[ref] for ref in position["claims"] if ref in self.claims)
        return Position(
            Stance.of(position["stance"]),
            position["label"],
            position["summary"],
            position.get("role", ""),
            tuple(self._claim(claim) for claim in claims),
        )

    def _claim(self, claim: Record) -> ClaimView:
        cites = [Cite.model_validate(cite) for cite in claim["cites"] if cite["source"] in self.own]
        return ClaimView(
            claim["id"],
            claim["text"],
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
