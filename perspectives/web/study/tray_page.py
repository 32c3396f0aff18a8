"""The claims of a tray as its page and its export show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from perspectives.models import Edition, PublishedTopic
from perspectives.queries.study.study_claims import TrayContent
from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.rules.study.tray_document import Exported, Reference
from perspectives.vocab import ResponseType, Stance
from perspectives.web.topics.references import Run, formatted_runs, plain_runs, short_runs


@dataclass(frozen=True)
class TrayCite:
    """A citation with its source's reference in a line and in full."""

    cite: Cite
    short: tuple[Run, ...]
    full: tuple[Run, ...]


@dataclass(frozen=True)
class TrayReply:
    """A response to a claim of the tray, and the side from which it comes."""

    stance: Stance
    type: ResponseType
    claim: str
    anchor: str
    note: str


@dataclass(frozen=True)
class TrayClaim:
    """A claim of the tray; all but `public_id` is missing of one that is gone."""

    public_id: str
    record: dict[str, Any] | None = None
    topic: PublishedTopic | None = None
    cites: tuple[TrayCite, ...] = ()
    replies: tuple[TrayReply, ...] = ()

    @property
    def place(self) -> str:
        """The claim's place on the tray's page."""
        return self.public_id.replace("/", ".")

    @property
    def topic_slug(self) -> str:
        """The topic of the claim, published or not."""
        return self.public_id.partition("/")[0]

    @property
    def anchor(self) -> str:
        """The claim's place on its topic's page."""
        return self.public_id.partition("/")[2]

    @property
    def stance(self) -> Stance | None:
        """The side that makes the claim, unless it is gone."""
        return Stance.of(self.record["stance"]) if self.record else None

    @property
    def is_argued_by_others(self) -> bool:
        """Whether the claim stands on the author's side without being the author's own words."""
        return self.stance is Stance.AUTHOR and self.record is not None and not self.record["is_authors_own"]


class TrayView:
    """A tray with all that is shown of its claims."""

    def __init__(self, claims: tuple[str, ...], content: TrayContent) -> None:
        self._content = content
        self.claims = tuple(self._claim(public_id) for public_id in claims)

    @property
    def topics(self) -> list[PublishedTopic]:
        """The topics from which the claims come, in the order of the tray."""
        return list({one.topic_slug: one.topic for one in self.claims if one.topic}.values())

    @property
    def sources(self) -> dict[str, dict[str, Any]]:
        """The records of the works that the claims cite, by citekey in alphabetical order."""
        return dict(sorted(self._content.sources.items()))

    def exported(self, request: HttpRequest) -> Iterator[Exported]:
        """Give each claim as its export wants it: with addresses that last."""
        for one in self.claims:
            if one.record is None or one.topic is None:
                yield Exported(public_id=one.public_id)
                continue
            edition = one.topic.edition
            place = reverse("topic-edition", args=[one.topic.slug, edition.number])
            yield Exported(
                public_id=one.public_id,
                record=one.record,
                topic=one.topic.title,
                edition=_imprint(edition),
                address=request.build_absolute_uri(place),
                cites=tuple(
                    Reference(cite.cite, tuple((run.text, run.is_emphasised, run.href) for run in cite.full))
                    for cite in one.cites
                ),
                replies=tuple((reply.stance.label, reply.type.label, reply.claim, reply.note) for reply in one.replies),
            )

    def _claim(self, public_id: str) -> TrayClaim:
        record = self._content.claims.get(public_id)
        if record is None:
            return TrayClaim(public_id)
        cites = tuple(self._cite(Cite.model_validate(cite)) for cite in record["cites"])
        replies = tuple(_reply(link) for link in self._content.answers.get(public_id, ()))
        return TrayClaim(public_id, record, self._content.topics[record["topic"]], cites, replies)

    def _cite(self, cite: Cite) -> TrayCite:
        record = SourceRecord.model_validate(self._content.sources[cite.source])
        runs = self._content.formatted.get(cite.source)
        return TrayCite(cite, short_runs(record), formatted_runs(runs) if runs else plain_runs(record))


def _imprint(edition: Edition) -> str:
    retracted = " Retracted." if edition.is_retracted else ""
    return f"Edition {edition.number}, {edition.published_at:%-d %B %Y}. SHA-256 {edition.sha256[:16]}.{retracted}"


def _reply(link: dict[str, Any]) -> TrayReply:
    claim = link["from"]
    return TrayReply(
        Stance.of(link["from_stance"]), ResponseType.of(link["type"]), claim, claim.rpartition("/")[2], link["note"]
    )
