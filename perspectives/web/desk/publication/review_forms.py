"""The forms by which people propose, decide, restore, retract and ask the history."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict

from perspectives.queries.desk.history import Question
from perspectives.vocab import EventCode
from perspectives.web.http.form_fields import NoteField

APPROVE, RETURN, WITHDRAW = "approve", "return", "withdraw"


class ProposeForm(forms.Form):
    """What the proposer tells the reviewer, and later the readers."""

    note = NoteField(
        label="What this edition changes, and why",
        help_text="Readers see it in the list of editions, such as “Adds the survey of 2020 to the opposing side”.",
    )


class DecisionForm(forms.Form):
    """A decision on a proposal; only a return needs its reason."""

    action = forms.ChoiceField(
        choices=[(action, action) for action in (APPROVE, RETURN, WITHDRAW)], widget=forms.HiddenInput
    )
    reason = NoteField(required=False)

    def __init__(self, data: Any = None, *, action: str, label: str, help_text: str) -> None:
        super().__init__(data, initial={"action": action}, auto_id=f"id_{action}_%s")
        self.fields["reason"].required = action == RETURN
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class BundleForm(forms.Form):
    """A decision on a bundle, and which of its proposals are to be published."""

    action = forms.ChoiceField(choices=[(action, action) for action in (APPROVE, RETURN, WITHDRAW)])
    proposal = forms.TypedMultipleChoiceField(coerce=int, required=False)
    reason = NoteField(
        required=False,
        label="Reasons",
        help_text="Needed for what goes back, such as “Page 58 is the plate, the text ends on 57”.",
    )

    def __init__(self, data: Any = None, *, numbers: Sequence[int]) -> None:
        super().__init__(data)
        cast("forms.TypedMultipleChoiceField", self.fields["proposal"]).choices = [(one, str(one)) for one in numbers]

    def show_as_typed(self) -> None:
        """Leave out the complaints, where no decision was asked for."""
        self._errors = ErrorDict()


class RestoreForm(forms.Form):
    """Why a draft is made anew, and which state of it the confirmation showed."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = NoteField(
        label="Why the draft is made anew", help_text="For the history, such as “The new wording lost a source”."
    )


class RetractForm(forms.Form):
    """What readers are told of a retracted edition."""

    note = NoteField(
        label="Note for readers",
        help_text="Everybody sees it on the edition’s page, such as “Claim o2 rests on a quotation that is not in "
        "the source; edition 4 corrects it”.",
    )


class ArchiveForm(forms.Form):
    """What readers are told of an archived topic or guide, or why it is back."""

    note = NoteField()

    def __init__(self, data: Any = None, *, is_archived: bool) -> None:
        super().__init__(data)
        note = self.fields["note"]
        note.label = "Why it comes back" if is_archived else "Note for readers"
        note.help_text = (
            "For the history, such as “The question is open again since the ruling of May”."
            if is_archived
            else "Whoever comes to its address sees it, such as “Settled by the ruling of May; see Repair or replace”."
        )


class RevertForm(forms.Form):
    """Why a change is undone."""

    note = NoteField(required=False, label="Why it is undone", help_text="For the history; it may stay empty.")


class HistoryForm(forms.Form):
    """What is asked of the history."""

    person = forms.CharField(required=False, max_length=150, label="Done by", help_text="A username.")
    code = forms.ChoiceField(required=False, label="Action", choices=[("", "All"), *EventCode.choices])
    topic = forms.ChoiceField(required=False)
    part = forms.CharField(
        required=False, max_length=300, help_text="A path in the draft, such as perspectives/author/claims/s1."
    )
    article = forms.SlugField(required=False, max_length=80, help_text="Its slug.")
    source = forms.SlugField(required=False, max_length=80, help_text="Its citekey.")
    account = forms.CharField(required=False, max_length=150, label="Done to", help_text="A username.")
    words = forms.CharField(required=False, max_length=200, label="Words in the note")
    since = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, topics: dict[str, str]) -> None:
        super().__init__(data)
        cast("forms.ChoiceField", self.fields["topic"]).choices = [("", "All"), *topics.items()]

    def question(self) -> Question:
        """Give what is asked; a field that cannot be read asks nothing, and the form says so beside it."""
        given = {name: value for name, value in self.cleaned_data.items() if value and name not in {"before", "after"}}
        return Question(**given)
