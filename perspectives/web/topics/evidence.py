"""Citations with what a reader needs to judge them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf.locale import LANG_INFO

from perspectives.queries.evidence.told import Confirmed, Told
from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.sources.short_reference import address, other_address
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.web.topics.references import References, Run, library


@dataclass(frozen=True)
class Evidence:
    """A citation with its source's record and reference."""

    cite: Cite
    record: SourceRecord
    reference: tuple[Run, ...]
    told: Told | None = None
    """What a machine found when it looked for the quotation; nothing where it did not."""
    confirmed: Confirmed | None = None
    """What an editor saw of the quotation, by a confirmation of its own."""
    snapshot: Told | None = None
    """The archived copy of what its address leads to."""
    notice: Told | None = None
    """What readers are warned of: that the work was retracted, say."""

    @property
    def address(self) -> str:
        """Where the work can be found, or nothing."""
        return address(self.record)

    @property
    def other_address(self) -> str:
        """Where the work can be read besides, such as an open copy, or nothing."""
        return other_address(self.record)

    @property
    def library(self) -> str:
        """Where the work can be searched for in a library, or nothing."""
        return library(self.record)

    @property
    def language(self) -> str:
        """The name of the quotation's language, where it is quoted in another than English."""
        return language_name(self.cite.quote_language or "")


def evidence(cites: Iterable[Cite], references: References) -> tuple[Evidence, ...]:
    """Join each citation with its source."""
    return tuple(
        Evidence(
            cite,
            references.sources[cite.source],
            references.of(cite.source),
            references.checked.quotation(cite.source, cite.quote),
            references.checked.confirmation(cite.source, cite.quote),
            references.checked.snapshot(cite.source, references.sources[cite.source].URL),
            references.checked.notice(cite.source),
        )
        for cite in cites
    )


def language_name(tag: str) -> str:
    """Name a language in English by its tag; the tag itself where the name is not known."""
    known: dict[str, Any] = LANG_INFO.get(tag.lower()) or LANG_INFO.get(tag.partition("-")[0].lower()) or {}
    return str(known.get("name", tag))
