"""The forms of suggestions, one for each kind: readers fill them in, moderators may alter them when they accept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from perspectives.errors import BrokenRulesError
from perspectives.rules.documents.problems import Problem
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
    Term,
)

_LONG = 5000
Titles = tuple[tuple[str, tuple[str, ...], bool], ...]
_WORDING = "wording_"
_OF_A_TRANSLATION = ("quote_language", "translation", "translator")


@dataclass(frozen=True)
class FormContext:
    """What a form needs to know: the part it is about, works and perspectives to choose from."""

    part: Mapping[str, Any]
    sources: Mapping[str, str]
    sides: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a heading; a closed one is shown when it is asked for."""

    title: str
    fields: tuple[BoundField, ...]
    is_closed: bool = False


def _line(label: str, help_text: str = "", *, required: bool = False, longest: int = 300) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=longest)


def _text(label: str, help_text: str = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=_LONG, widget=area)


def _choice(label: str, terms: type[Term], *, required: bool = True, help_text: str = "") -> forms.ChoiceField:
    listed = [(term.value, f"{term.label}: {term.sentence}") for term in terms]
    none = [("", "Choose one" if required else "I do not know")]
    return forms.ChoiceField(label=label, choices=none + listed, required=required, help_text=help_text)


def _work_fields() -> dict[str, forms.Field]:
    types = [("", "I do not know"), *((one.value, one.value.replace("_", " ").replace("-", " ")) for one in CslType)]
    return {
        "DOI": _line("DOI", "Such as 10.1162/isec.2016.41.1; most articles have one, and it is enough."),
        "ISBN": _line("ISBN", "Of a book, such as 978-0-300-25993-3."),
        "URL": _line("Web address", "Whole, beginning with https://.", longest=2000),
        "title": _line("Title", "As on its title page.", longest=_LONG),
        "authors": _text("Authors", "One on a line: Family name, Given name.", rows=2),
        "issued": _line("Published", "A year, or 2021-06 or 2021-06-30."),
        "container_title": _line("In", "The journal, newspaper or book that it is part of.", longest=_LONG),
        "publisher": _line("Publisher", longest=_LONG),
        "type": forms.ChoiceField(label="What it is", choices=types, required=False),
        "category": _choice("Kind of source", SourceCategory, required=False),
        "language": _line("Language", "A tag such as en, de or uk.", longest=35),
    }


def _quotation_fields() -> dict[str, forms.Field]:
    return {
        "locator": _line("Where in it", "Such as p. 47, or ch. 3."),
        "quote": _text("Its words", "Exactly as printed, at most 40 words. Leave it empty rather than guess.", rows=2),
        "quote_language": _line(
            "Language of the quotation", "Only if it is not English: a tag such as de.", longest=35
        ),
        "translation": _text("Translation", "Of words in another language.", rows=2),
        "translator": _line("Translated by", "Who translated these words."),
    }


class SuggestionForm(forms.Form):
    """Base of the forms: from fields to a payload, from problems to errors beside the fields."""

    titles: ClassVar[Titles] = ()
    """Heading, names of fields and whether it is closed, of each group but the first."""
    why = "What should the moderator know? Where did you look?"

    def __init__(self, *args: Any, form_context: FormContext, has_words: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(self.make_fields(form_context))
        if has_words:
            area = forms.Textarea(attrs={"rows": 3})
            self.fields["words"] = forms.CharField(
                label="Why", help_text=self.why, required=False, max_length=LONGEST_WORDS, widget=area
            )

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Make the fields of the kind."""
        raise NotImplementedError

    def payload(self) -> Plain:
        """Give what was filled in, by the names of `rules.suggestions.suggestion_kinds`."""
        given = {
            name: value for name, value in self.cleaned_data.items() if value not in ("", None) and name != "words"
        }
        if "authors" in given:
            given["authors"] = [" ".join(line.split()) for line in given["authors"].splitlines() if line.strip()]
        return {name: _tidy(value) for name, value in given.items()}

    @classmethod
    def initial_of(cls, payload: Mapping[str, Any]) -> Plain:
        """Give the values of fields that make a payload."""
        return {name: "\n".join(value) if isinstance(value, list) else value for name, value in payload.items()}

    def add_problems(self, error: BrokenRulesError) -> None:
        """Show each problem beside its field, or above the form."""
        for problem in error.problems:
            path, words = (problem.path, problem.message) if isinstance(problem, Problem) else ("", str(problem))
            name = self.field_of(path)
            if name in self.fields:
                self.add_error(name, f"{words}." if words.startswith("'") else f"This {words}.")
            else:
                self.add_error(None, f"{path}: {words}." if path else f"This {words}.")

    def field_of(self, path: str) -> str:
        """Name the field that holds the value at a path of the payload."""
        return path.partition("[")[0].partition(".")[0]

    def groups(self) -> list[Group]:
        """List the fields in groups, for the page."""
        later = {name for _, names, _ in self.titles for name in names}
        first = [self[name] for name in self.fields if name not in later and name != "words"]
        made = [Group("", tuple(first))]
        for title, names, is_closed in self.titles:
            fields = tuple(self[name] for name in names if name in self.fields)
            has_something = any(field.value() or field.errors for field in fields)
            made.append(Group(title, fields, is_closed and not has_something))
        return [*made, Group("", (self["words"],))] if "words" in self.fields else made


class NewSourceForm(SuggestionForm):
    """A work."""

    why = "What does it say that matters, and for which claim?"

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Ask for what a reader may know of a work."""
        del form_context
        return _work_fields()


class CitationForm(SuggestionForm):
    """A source that bears on a claim."""

    titles: ClassVar[Titles] = (
        ("Its words", ("locator", "quote"), False),
        ("If they are not English", _OF_A_TRANSLATION, True),
        ("Another work than those of the list", tuple(_work_fields()), True),
    )

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Ask for the work, how it bears on the claim, and where."""
        listed = [
            ("", "Another work, described below"),
            *((key, f"{title} ({key})") for key, title in form_context.sources.items()),
        ]
        source = forms.ChoiceField(
            label="The work",
            choices=listed,
            required=False,
            help_text="A work that this topic uses already, or another.",
        )
        return {
            "source": source,
            "relation": _choice("How it bears on the claim", Relation),
            **_quotation_fields(),
            **_work_fields(),
        }


class QuotationForm(SuggestionForm):
    """Better words from a cited work."""

    titles = (("If it is not English", _OF_A_TRANSLATION, True),)

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Ask which citation is meant, and for its place and words."""
        cites = [
            (
                str(place),
                " · ".join(
                    filter(None, (form_context.sources.get(cite["source"], cite["source"]), cite.get("locator")))
                ),
            )
            for place, cite in enumerate(form_context.part.get("cites", ()))
        ]
        cite = forms.TypedChoiceField(label="Which citation", choices=cites, coerce=int)
        return {"cite": cite, **_quotation_fields()}

    def payload(self) -> Plain:
        """Keep the first citation, whose number is 0, too."""
        return {**super().payload(), "cite": self.cleaned_data["cite"]}


class GapAnswerForm(CitationForm):
    """A claim with its source."""

    titles = (
        ("The source that states or supports it", ("source", "relation", "locator", "quote"), False),
        ("If its words are not English", _OF_A_TRANSLATION, True),
        ("Another work than those of the list", tuple(_work_fields()), True),
    )

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Ask for the claim, how it answers, and its source."""
        sides = [side for side in form_context.sides if side["stance"] == form_context.part.get("stance")]
        fields: dict[str, forms.Field] = {
            "text": _text(
                "The claim", "One sentence that the source states or supports, in its side's own terms.", required=True
            ),
            "kind": _choice("Its kind", ClaimKind),
            "response": _choice("How it answers", ResponseType),
            "note": _text(
                "In what way", "One sentence: how it bears on the claim that had no answer.", required=True, rows=2
            ),
        }
        if len(sides) > 1:
            listed = [(side["id"], side["label"]) for side in sides]
            fields["perspective"] = forms.ChoiceField(label="Whose claim it is", choices=listed)
        return {**fields, **super().make_fields(form_context)}


class CorrectionForm(SuggestionForm):
    """How the words of a part should read."""

    why = "What is wrong, and how do you know? Name the source."

    def __init__(self, *args: Any, form_context: FormContext, **kwargs: Any) -> None:
        self.words_now = correctable(form_context.part)
        super().__init__(*args, form_context=form_context, **kwargs)

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Show each field that holds words, as it is, to be reworded."""
        del form_context
        fields: dict[str, forms.Field] = {}
        for name, value in self.words_now.items():
            rows = min(8, 2 + len(value) // 80)
            field = _text(f"{name.replace('_', ' ').replace('-', ' ').capitalize()}, as it should read", rows=rows)
            field.initial = value
            fields[_WORDING + name] = field
        return fields

    def payload(self) -> Plain:
        """Give the fields that now read otherwise."""
        given = {name.removeprefix(_WORDING): value for name, value in super().payload().items()}
        return {"wording": {name: value for name, value in given.items() if value != self.words_now.get(name)}}

    @classmethod
    def initial_of(cls, payload: Mapping[str, Any]) -> Plain:
        """Give the values of fields that make a payload."""
        return {_WORDING + name: value for name, value in payload.get("wording", {}).items()}

    def field_of(self, path: str) -> str:
        """Name the field of `wording.<name>`."""
        return path if path == "words" else _WORDING + path.removeprefix("wording.")


class DisputeForm(SuggestionForm):
    """What a finding ought to be."""

    why = "What does the finding leave out or get wrong?"

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Ask for the right finding and for sources."""
        del form_context
        return {
            "finding": _choice("What it should be", FindingKind, required=False),
            "sources": _text("Sources", "Which works, and where in them, bear you out.", required=True),
        }


class BrokenLinkForm(SuggestionForm):
    """An address that leads nowhere."""

    why = "What happens when you open it?"

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Ask for the address and a better one."""
        url = _line("The address that does not work", "Whole, beginning with https://.", required=True, longest=2000)
        url.initial = form_context.part.get("URL", "")
        return {"url": url, "replacement": _line("One that does", "Leave it empty if you know none.", longest=2000)}


class MissingViewForm(SuggestionForm):
    """A position that nobody speaks for."""

    why = "Why does this position matter for the question?"

    def make_fields(self, form_context: FormContext) -> dict[str, forms.Field]:
        """Ask for the position, and who holds it where."""
        del form_context
        stances = [(one.value, f"{one.label}: {one.sentence}") for one in Stance if one is not Stance.AUTHOR]
        return {
            "stance": forms.ChoiceField(label="Where it stands", choices=stances),
            "label": _line("The position in a few words", "Such as “Measure first”.", required=True),
            "summary": _text("What it holds", "In one sentence, as its holders would put it.", required=True),
            "sources": _text("Who holds it, and where", "Names, works and pages.", required=True),
        }


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


def _tidy(value: Any) -> Any:
    """Take text as people type it: paragraphs of single-spaced words."""
    if not isinstance(value, str):
        return value
    paragraphs = value.replace("\r\n", "\n").split("\n\n")
    return "\n\n".join(" ".join(part.split()) for part in paragraphs if part.strip())
