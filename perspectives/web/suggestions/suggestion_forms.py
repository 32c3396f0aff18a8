"""The forms of suggestions, one for each kind: readers fill them in, moderators may alter them when they accept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from perspectives.rules.suggestions.suggested_changes import correctable
from perspectives.rules.suggestions.suggestion_kinds import LONGEST_WORDS, Plain
from perspectives.vocab import (
    ClaimKind,
    CslType,
    FindingKind,
    Relation,
    ResponseType,
    SourceCategory,
    Stance,
    SuggestionKind,
)
from perspectives.web.http import form_fields
from perspectives.web.http.field_specs import (
    QUOTED,
    TRANSLATED,
    FieldKind,
    FieldSpec,
    choice,
    group,
    line,
    optional,
    paragraphs,
)
from perspectives.web.http.form_fields import SpecForm

_UNKNOWN: Final = "I do not know"
_OTHER: Final = "Another work, described below"


@dataclass(frozen=True)
class FormContext:
    """What a form needs to know: the part it is about, works and perspectives to choose from."""

    part: Mapping[str, Any]
    sources: Mapping[str, str]
    sides: tuple[Mapping[str, Any], ...] = ()

    def choices(self) -> Mapping[FieldKind, list[Any]]:
        """List the works, the citations of the part, and the perspectives of its stance."""
        cites = self.part.get("cites", ())
        return {
            FieldKind.SOURCE: [(key, f"{title} ({key})") for key, title in self.sources.items()],
            FieldKind.CITATION: [(str(place), self._cited(cite)) for place, cite in enumerate(cites)],
            FieldKind.PERSPECTIVE: [(side["id"], side["label"]) for side in self.own_sides],
        }

    @property
    def own_sides(self) -> list[Mapping[str, Any]]:
        """The perspectives of the part's stance."""
        return [side for side in self.sides if side["stance"] == self.part.get("stance")]

    def _cited(self, cite: Mapping[str, Any]) -> str:
        return " · ".join(filter(None, (self.sources.get(cite["source"], cite["source"]), cite.get("locator"))))


_WORK: Final = optional(
    line("DOI", "DOI", "Such as 10.1162/isec.2016.41.1; most articles have one, and it is enough."),
    line("ISBN", "ISBN", "Of a book, such as 978-0-300-25993-3."),
    line("URL", "Web address", "Whole, beginning with https://."),
    line("title", "Title", "As on its title page."),
    FieldSpec("authors", "Authors", "One on a line: Family name, Given name.", FieldKind.LIST),
    line("issued", "Published", "A year, or 2021-06 or 2021-06-30."),
    line("container_title", "In", "The journal, newspaper or book that it is part of."),
    line("publisher", "Publisher"),
    choice("type", "What it is", CslType, nothing=_UNKNOWN),
    choice("category", "Kind of source", SourceCategory, nothing=_UNKNOWN),
    line("language", "Language", "A tag such as en, de or uk."),
)
_SOURCE: Final = optional(
    FieldSpec("source", "The work", "One that this topic uses already, or another.", FieldKind.SOURCE, nothing=_OTHER)
)
_RELATION: Final = choice("relation", "How it bears on the claim", Relation)
_NOT_ENGLISH: Final = group("If its words are not English", *TRANSLATED, is_closed=True)
_OTHER_WORK: Final = group("Another work than those of the list", *_WORK, is_closed=True)


class SuggestionForm(SpecForm):
    """Base of the forms: what was filled in is a payload, by the names of `rules.suggestions.suggestion_kinds`."""

    why = "What should the moderator know? Where did you look?"

    def __init__(
        self, *args: Any, form_context: FormContext, payload: Mapping[str, Any] | None = None, **more: Any
    ) -> None:
        """Make the form, empty and with a field for the reason, or of a payload, which has its reason elsewhere."""
        self.asked_of_kind = tuple(self.specs())
        begun = form_fields.written(self.asked_of_kind, self.begun(form_context))
        given = form_fields.written(self.asked_of_kind, payload or {})
        if payload is None:
            self.asked += (group("", *optional(paragraphs("words", "Why", self.why, longest=LONGEST_WORDS))),)
        initial = {name: given[name] or value for name, value in begun.items()}
        super().__init__(*args, initial=initial, choices=form_context.choices(), **more)

    def begun(self, form_context: FormContext) -> Plain:
        """Give what stands in the form before anybody fills it in, as a payload."""
        return {}

    def payload(self) -> Plain:
        """Give what was filled in."""
        return form_fields.read(self.asked_of_kind, self.cleaned_data)


class NewSourceForm(SuggestionForm):
    """A work, as far as a reader knows it."""

    why = "What does it say that matters, and for which claim?"
    asked = (group("", *_WORK),)


class CitationForm(SuggestionForm):
    """A source that bears on a claim: the work, how it bears on it, and where."""

    asked = (
        group("", *_SOURCE, _RELATION),
        group("Its words", *QUOTED),
        _NOT_ENGLISH,
        _OTHER_WORK,
    )


class QuotationForm(SuggestionForm):
    """Better words from a cited work: which citation is meant, its place and words."""

    asked = (
        group("", FieldSpec("cite", "Which citation", kind=FieldKind.CITATION), *QUOTED),
        _NOT_ENGLISH,
    )


class GapAnswerForm(SuggestionForm):
    """A claim with its source, and how it answers the claim that had none."""

    asked = (
        group(
            "",
            FieldSpec("text", "The claim", "One sentence that the source states or supports, in its side's own terms."),
            choice("kind", "Its kind", ClaimKind),
            choice("response", "How it answers", ResponseType),
            FieldSpec("note", "In what way", "One sentence: how it bears on the claim that had no answer."),
            FieldSpec("perspective", "Whose claim it is", kind=FieldKind.PERSPECTIVE),
        ),
        group("The source that states or supports it", *_SOURCE, _RELATION, *QUOTED),
        _NOT_ENGLISH,
        _OTHER_WORK,
    )

    def __init__(self, *args: Any, form_context: FormContext, **more: Any) -> None:
        super().__init__(*args, form_context=form_context, **more)
        if len(form_context.own_sides) <= 1:
            del self.fields["perspective"]


class CorrectionForm(SuggestionForm):
    """How the words of a part should read: each field that holds words, as it is, to be reworded."""

    why = "What is wrong, and how do you know? Name the source."

    def __init__(self, *args: Any, form_context: FormContext, **more: Any) -> None:
        self.words_now = correctable(form_context.part)
        self.asked = (group("", *optional(*self._reworded())),)
        super().__init__(*args, form_context=form_context, **more)

    def _reworded(self) -> Iterator[FieldSpec]:
        for name, value in self.words_now.items():
            label = f"{name.replace('_', ' ').replace('-', ' ').capitalize()}, as it should read"
            rows = min(8, 2 + len(value) // 80)
            yield paragraphs(f"wording_{name}", label, rows=rows, path=f"wording.{name}")

    def begun(self, form_context: FormContext) -> Plain:
        """Give the words as they stand."""
        return {"wording": self.words_now}

    def payload(self) -> Plain:
        """Give the fields that now read otherwise."""
        given = super().payload().get("wording", {})
        return {"wording": {name: value for name, value in given.items() if value != self.words_now[name]}}


class DisputeForm(SuggestionForm):
    """What a finding ought to be, and the sources for that."""

    why = "What does the finding leave out or get wrong?"
    asked = (
        group(
            "",
            *optional(choice("finding", "What it should be", FindingKind, nothing=_UNKNOWN)),
            paragraphs("sources", "Sources", "Which works, and where in them, bear you out."),
        ),
    )


class BrokenLinkForm(SuggestionForm):
    """An address that leads nowhere, and a better one."""

    why = "What happens when you open it?"
    asked = (
        group(
            "",
            line("url", "The address that does not work", "Whole, beginning with https://."),
            *optional(line("replacement", "One that does", "Leave it empty if you know none.")),
        ),
    )

    def begun(self, form_context: FormContext) -> Plain:
        """Give the address of the source that the form is about, if any."""
        return {"url": form_context.part.get("URL")}


class MissingViewForm(SuggestionForm):
    """A position that nobody speaks for, and who holds it where."""

    why = "Why does this position matter for the question?"
    asked = (
        group(
            "",
            choice("stance", "Where it stands", (one for one in Stance if one is not Stance.AUTHOR)),
            line("label", "The position in a few words", "Such as “Measure first”."),
            FieldSpec("summary", "What it holds", "In one sentence, as its holders would put it."),
            paragraphs("sources", "Who holds it, and where", "Names, works and pages."),
        ),
    )


FORMS: Mapping[SuggestionKind, type[SuggestionForm]] = {
    SuggestionKind.NEW_SOURCE: NewSourceForm,
    SuggestionKind.CITATION: CitationForm,
    SuggestionKind.QUOTATION: QuotationForm,
    SuggestionKind.GAP_ANSWER: GapAnswerForm,
    SuggestionKind.CORRECTION: CorrectionForm,
    SuggestionKind.DISPUTE: DisputeForm,
    SuggestionKind.BROKEN_LINK: BrokenLinkForm,
    SuggestionKind.MISSING_VIEW: MissingViewForm,
}
