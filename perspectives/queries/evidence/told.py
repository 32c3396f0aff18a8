"""What readers are told of works and of the words quoted from them: by a machine, and by editors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from perspectives.rules.formats.linked_data.jsonld_checks import Found
from perspectives.rules.topics import dates
from perspectives.vocab import CheckKind, CheckOutcome, TextOrigin

GRAVE = (CheckOutcome.RETRACTED, CheckOutcome.CONCERN, CheckOutcome.CORRECTED)
"""Outcomes that readers are told of wherever a work is named."""
NOT_RELIED_ON = (CheckOutcome.RETRACTED, CheckOutcome.CONCERN)
"""Those of which whoever opens a page that cites the work is warned first."""


@dataclass(frozen=True)
class Told:
    """What a machine found, and on which day."""

    kind: CheckKind
    outcome: CheckOutcome
    sentence: str
    on: date
    origin: TextOrigin | None = None
    address: str = ""
    source: str = ""
    quote: str = ""
    archived_on: str = ""
    """The day of the copy at `address`, where that is what was found, which is one of the `original`."""
    original: str = ""

    @property
    def warning(self) -> str:
        """Write it as readers are warned, in words alone."""
        return f"{self.outcome.label}. {self.sentence} Looked up on {self.on.isoformat()}."

    @property
    def dated(self) -> str:
        """Write what a machine found in words alone."""
        return f"Machine check, {dates.partial_date(self.on.isoformat())}: {self.sentence}"

    @property
    def short(self) -> dict[str, str]:
        """Write the outcome, its day and its sentence, where it stands beside what it is about."""
        return {"outcome": self.outcome.value, "on": self.on.isoformat(), "sentence": self.sentence}

    @property
    def record(self) -> dict[str, Any]:
        """Write it as the API gives it out."""
        where = {"origin": self.origin.value} if self.origin else {}
        if self.origin and self.origin is not TextOrigin.FILE:  # the name of somebody's file is nobody's business
            where["address"] = self.address
        if self.archived_on:
            where |= {"address": self.address, "archived_on": self.archived_on}
        return {
            "kind": self.kind.value,
            "source": self.source,
            **({"quote": self.quote} if self.quote else {}),
            "outcome": self.outcome.value,
            "sentence": self.sentence,
            "on": self.on.isoformat(),
            **where,
        }


@dataclass(frozen=True)
class Confirmed:
    """What an editor saw of a quotation; `by` is a name only where that editor agreed."""

    source: str
    quote: str
    seen_in: str
    seen_on: date
    place: str = ""
    by: str = ""

    @property
    def sentence(self) -> str:
        """Say it to readers."""
        where = f"{self.seen_in}, {self.place}," if self.place else self.seen_in
        day = dates.partial_date(self.seen_on.isoformat())
        return f"Seen by {f'the editor {self.by}' if self.by else 'an editor'} in {where} on {day}."

    @property
    def record(self) -> dict[str, str]:
        """Write it as the API gives it out."""
        found = {"source": self.source, "quote": self.quote, "seen_in": self.seen_in, "place": self.place}
        return {name: value for name, value in (found | {"by": self.by}).items() if value} | {
            "seen_on": self.seen_on.isoformat(),
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Checked:
    """What was found of some works, by citekey, and of the words that are quoted from them."""

    works: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)
    quotations: Mapping[tuple[str, str], Told] = field(default_factory=dict)
    confirmations: Mapping[tuple[str, str], Confirmed] = field(default_factory=dict)
    """What editors saw, which is another thing than what a machine found."""

    @property
    def records(self) -> list[dict[str, Any]]:
        """Write what a machine found as the API gives it out: of each work, then of each quotation."""
        works = [one.record for found in self.works.values() for one in found]
        return [*works, *(one.record for one in self.quotations.values())]

    @property
    def found(self) -> Found:
        """Give all of it as linked data takes it."""
        return Found(self.records, [one.record for one in self.confirmations.values()])

    def notice(self, key: str) -> Told | None:
        """Give what readers are warned of: that a work was retracted, corrected, or raised concern."""
        return next((one for one in self.works.get(key, ()) if one.outcome in GRAVE), None)

    def quotation(self, key: str, quote: str | None) -> Told | None:
        """Give what came of looking for words in a work; None where that was not done."""
        return self.quotations.get((key, quote or ""))

    def confirmation(self, key: str, quote: str | None) -> Confirmed | None:
        """Give what an editor saw of these words; None where nobody confirmed them."""
        return self.confirmations.get((key, quote or ""))

    def notes(self, key: str, quote: str) -> tuple[str, ...]:
        """Say all that readers of a quotation are told: of its work, by an editor, by a machine."""
        notice, confirmed, told = self.notice(key), self.confirmation(key, quote), self.quotation(key, quote)
        said = (notice and notice.warning, confirmed and confirmed.sentence, told and told.dated)
        return tuple(sentence for sentence in said if sentence)

    def beside(self, key: str, quote: str) -> dict[str, Any]:
        """Write what stands beside a quotation: a machine's `check`, an editor's `confirmation`, a `notice`."""
        notice, confirmed, told = self.notice(key), self.confirmation(key, quote), self.quotation(key, quote)
        found = {"check": told and told.short, "confirmation": confirmed and confirmed.sentence}
        return {name: one for name, one in (found | {"notice": notice and notice.short}).items() if one}

    def snapshot(self, key: str, address: str | None) -> Told | None:
        """Give the archived copy of what the web address of a work leads to."""
        copies = (one for one in self.works.get(key, ()) if one.outcome is CheckOutcome.ARCHIVED)
        return next((one for one in copies if one.original == address), None)


NOTHING = Checked()
