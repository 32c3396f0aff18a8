"""A suggestion as pages show it: what it is about, what it proposes beside what stands there, what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from perspectives.models import Suggestion
from perspectives.queries.suggestions.suggestion_targets import Shown
from perspectives.rules.documents.word_diff import Piece, words_diff
from perspectives.vocab import AcceptReason, DeclineReason, SuggestionKind, SuggestionStatus, Term
from perspectives.web.desk.documents.part_table import KINDS
from perspectives.web.suggestions.suggestion_forms import FORMS

_TELLING = ("text", "question", "summary", "quote", "title", "note", "label", "paraphrase", "argues")
_SPECS = {spec.name: spec for form in FORMS.values() for group in form.asked for spec in group.specs}
"""Name of a value that suggestions give -> the field that asks for it."""
_PARTS = {"passages": "Passage", "findings": "Finding"} | {name: one.noun.capitalize() for name, one in KINDS.items()}
"""Name of a list of a document -> what one of its parts is called."""


@dataclass(frozen=True)
class ProposedValue:
    """One value that is proposed; `pieces` compare it with what stands there, if something does."""

    label: str
    value: str
    pieces: tuple[Piece, ...] = ()


class SuggestionView:
    """What pages show of a suggestion."""

    def __init__(self, suggestion: Suggestion) -> None:
        self.one = suggestion
        self.kind = SuggestionKind.of(suggestion.kind)
        self.status = SuggestionStatus.of(suggestion.status)

    @property
    def title(self) -> str:
        """Name what the suggestion is about."""
        owner = self.one.topic.title if self.one.topic else self.one.article.title if self.one.article else ""
        return owner or (self.one.source.title if self.one.source else "The site as a whole")

    @property
    def part(self) -> str:
        """Name the part, such as `Claim s1`."""
        return part_name(self.one.path)

    @property
    def telling(self) -> str:
        """The words of the part as the author of the suggestion saw them."""
        return telling(self.one.seen) if self.one.path else ""

    @property
    def address(self) -> str:
        """Where readers see what the suggestion is about, or nothing."""
        return address(self.one)

    @property
    def excerpt(self) -> str:
        """The most telling words of what is proposed."""
        values = [row.value for row in self.rows if row.label not in {"Citation", _SPECS["relation"].label}]
        return " · ".join(filter(None, [*values, self.one.words][:3]))

    @property
    def rows(self) -> tuple[ProposedValue, ...]:
        """What is proposed, value by value."""
        return tuple(rows(self.one.payload, self.one.seen))

    @property
    def reason(self) -> Term | None:
        """Why it was decided as it was."""
        if not self.one.reason:
            return None
        return (
            AcceptReason.of(self.one.reason)
            if self.status is SuggestionStatus.ACCEPTED
            else DeclineReason.of(self.one.reason)
        )


def rows(payload: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[ProposedValue]:
    """Put the values of a payload into words, each beside what stands there."""
    now: Mapping[str, Any] = {}
    if "cite" in payload or "locator" in payload or "quote" in payload:
        cites, place = seen.get("cites", []), payload.get("cite")
        now = cites[place] if isinstance(place, int) and place < len(cites) else {}
    if "replacement" in payload:
        now = {"replacement": payload["url"]}
    for name, value in payload.items():
        if name == "wording":
            for field, text in value.items():
                yield _compared(_named(field), text, seen.get(field, ""))
        elif name == "cite":
            yield ProposedValue("Citation", str(now.get("source", value + 1)))
        else:
            label = _SPECS[name].label if name in _SPECS else _named(name)
            yield _compared(label, _words(name, value), str(now.get(name, "")))


def telling(part: Mapping[str, Any]) -> str:
    """Give the words by which a part is known."""
    return str(next((part[name] for name in _TELLING if part.get(name)), ""))


def part_name(path: str) -> str:
    """Name the part at a path for people."""
    names = path.split("/")
    kind = _PARTS.get(names[-2], "") if len(names) > 1 else ""
    if not kind:
        return ""
    label = names[-1]
    return f"{kind} {int(label) + 1 if label.isdecimal() else label}"


def address(one: Suggestion) -> str:
    """Give the page and the place on it that a suggestion is about."""
    names = one.path.split("/")
    if one.topic:
        place = f"#{names[-1]}" if "claims" in names else f"#{one.seen['claim']}" if names[0] == "gaps" else ""
        return reverse("topic", args=[one.topic.slug]) + place
    if one.article:
        return reverse("article", args=[one.article.slug]) + (f"#{names[1]}" if len(names) > 1 else "")
    return reverse("source", args=[one.source.key]) if one.source else ""


@dataclass(frozen=True)
class TargetView:
    """What a form is about, as published."""

    shown: Shown

    @property
    def part(self) -> str:
        """Name the part."""
        return part_name(self.shown.target.path)

    @property
    def words(self) -> str:
        """The words of the part; of a gap, those of the claim that has no answer."""
        return telling(self.shown.claim or self.shown.part) if self.shown.target.path else ""

    @property
    def note(self) -> str:
        """What is said of a gap or a finding."""
        return str(self.shown.part.get("note", "")) if self.shown.claim or "finding" in self.shown.part else ""


def _compared(label: str, value: str, now: str) -> ProposedValue:
    return ProposedValue(label, value, words_diff(now, value) if now else ())


def _named(field: str) -> str:
    return field.replace("_", " ").replace("-", " ").capitalize()


def _words(name: str, value: Any) -> str:
    terms = _SPECS[name].terms if name in _SPECS else ()
    named = next((str(term.label) for term in terms if term.value == value), str(value))
    return "; ".join(map(str, value)) if isinstance(value, list) else named
