"""Confirming a quotation: an editor says in which copy of the work the words were seen, where in it and when."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from perspectives.actions.evidence import confirmations as actions
from perspectives.errors import NotFoundError
from perspectives.models import Source
from perspectives.policy import Permission
from perspectives.queries.evidence import check_reports, confirmations
from perspectives.queries.sources import source_catalogue
from perspectives.rules.evidence.confirmations import LONGEST_COPY, LONGEST_PLACE, Seen
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.view_decorators import SENDING


class SeenForm(forms.Form):
    """In which copy the words were seen, where and when."""

    seen_in = forms.CharField(
        label="Copy",
        max_length=LONGEST_COPY,
        help_text="What you held or had on the screen, such as: print of 2014, city library; or: PDF of the publisher.",
    )
    place = forms.CharField(
        label="Where in it", max_length=LONGEST_PLACE, required=False, help_text="A page or a section, such as: p. 84."
    )
    seen_on = forms.DateField(label="Seen on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    is_named = forms.BooleanField(label="Readers may see my name", required=False)


@desk_page(Permission.QUOTATION_CONFIRM)
def confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form for the quotation in `words`, and the confirmation that counts; what is sent confirms or withdraws.

    Raises NotFoundError where nothing quotes these words from the source.
    """
    source, words = source_catalogue.source(key), request.GET.get("words", "")
    if not confirmations.is_quoted(source, words):
        raise NotFoundError(f"Neither a draft nor an edition quotes these words from '{key}'.")
    if request.method in SENDING and (number := request.POST.get("withdraw", "")).isdecimal():
        actions.withdraw(confirmation_id=int(number), by=person(request))
        messages.success(request, "The confirmation is withdrawn. Readers do not see it any more within minutes.")
        return redirect("desk-source", key)
    form = SeenForm(request.POST if request.method in SENDING else None, initial={"seen_on": timezone.now().date()})
    if form.is_valid():
        with refusals_in(form):
            actions.confirm(key=key, quote=words, seen=Seen(**form.cleaned_data), by=person(request))
            messages.success(request, "The quotation is confirmed. Readers see it within minutes.")
            return redirect("desk-source", key)
    return show(request, "sources/confirmation.html", _shown(source, words, form), status=400 if form.errors else 200)


def _shown(source: Source, words: str, form: SeenForm) -> dict[str, object]:
    told = check_reports.checked([source.key]).quotation(source.key, words)
    counting = confirmations.counting(source.pk, words)
    return {"source": source, "words": words, "form": form, "told": told, "counting": counting}
