"""The thesaurus at the desk: all groups as lines of text, one group a line."""

from collections.abc import Mapping, Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from pydantic import ValidationError

from perspectives.actions.search import thesaurus as actions
from perspectives.errors import ConflictError
from perspectives.policy import Permission
from perspectives.queries.search import thesaurus as standing
from perspectives.rules.documents.fields import Part
from perspectives.rules.documents.problems import from_validation
from perspectives.rules.search.thesaurus import THESAURUS
from perspectives.web.desk.layout import desk_page, person, show

MAX_CHARACTERS = 200_000


class ThesaurusForm(forms.Form):
    """The groups as text, and the version that they were read in."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    groups = forms.CharField(
        label="Groups",
        help_text="One group a line: its name, a colon, and its terms with commas between, such as “killed: killed, "
        "dead, casualties, загин*”. A star at the end of a term takes every ending.",
        max_length=MAX_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false"}),
    )
    note = forms.CharField(label="Why", required=False, max_length=300)

    def clean_groups(self) -> dict[str, tuple[str, ...]]:
        """Read the lines. Raises ValidationError with every problem, each with its line."""
        try:
            return THESAURUS.validate_python(_read(self.cleaned_data["groups"]))
        except ValidationError as error:
            problems = [f"{' '.join(map(str, path))}: {words}" for path, words in from_validation(error, Part)]
            raise forms.ValidationError(problems) from error


@desk_page(Permission.THESAURUS_CHANGE)
def thesaurus(request: HttpRequest) -> HttpResponse:
    """Show the groups; a form that is sent puts its lines in their place, unless somebody else was quicker."""
    groups = standing.groups()
    first = {"groups": written(groups), "version": standing.version(groups)}
    form = ThesaurusForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.change(groups=told["groups"], version=told["version"], by=person(request), note=told["note"])
        except ConflictError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "The thesaurus is as you wrote it; searches use it from now on.")
            return redirect("desk-thesaurus")
    return show(request, "search/thesaurus.html", {"form": form, "count": len(groups)})


def written(groups: Mapping[str, Sequence[str]]) -> str:
    """Write groups as lines."""
    return "\n".join(f"{name}: {', '.join(terms)}" for name, terms in groups.items())


def _read(text: str) -> dict[str, list[str]]:
    """Read lines as groups. Raises forms.ValidationError for a line that is none, and for a name that comes twice."""
    groups: dict[str, list[str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, colon, terms = line.partition(":")
        if not line.strip():
            continue
        if not colon:
            raise forms.ValidationError(f"Line {number} has no colon; write “name: term, term”.")
        if name.strip() in groups:
            raise forms.ValidationError(f"Line {number} names the group “{name.strip()}” again; join the two.")
        groups[name.strip()] = [term.strip() for term in terms.split(",") if term.strip()]
    return groups
