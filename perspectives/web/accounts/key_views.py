"""The keys for one's programs. Nothing here may be kept by a cache."""

from datetime import datetime, timedelta
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from perspectives.actions.accounts import api_keys as actions
from perspectives.errors import NotPossibleError
from perspectives.models import User
from perspectives.policy import Permission, can
from perspectives.queries.accounts import api_keys
from perspectives.vocab import Scope
from perspectives.web.accounts import second_factor
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.view_decorators import READING, SENDING

_FOREVER: Final = ""
_YEAR: Final = 365
_LIFETIMES: Final = {"30": "30 days", "90": "90 days", str(_YEAR): "One year", _FOREVER: "Until I revoke it"}


class KeyForm(forms.Form):
    """What a person says of a new key."""

    name = forms.CharField(
        max_length=actions.LONGEST_NAME,
        help_text="Where you will use it, such as “Reading room terminal”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
        label="It may be used to",
        error_messages={"required": "Choose at least one."},
    )
    lifetime = forms.ChoiceField(
        choices=list(_LIFETIMES.items()), initial=str(_YEAR), required=False, label="It works for"
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [scope for scope in Scope if scope is not Scope.CURATE or can(person, Permission.DESK_SEE)]
        scopes = cast("forms.MultipleChoiceField", self.fields["scopes"])
        scopes.choices = [(scope.value, scope.sentence) for scope in offered]

    def expires_at(self) -> datetime | None:
        """Give the end of the chosen lifetime, counted from now."""
        days = self.cleaned_data["lifetime"]
        return timezone.now() + timedelta(days=int(days)) if days else None


@own_page(*READING, *SENDING)
def key_list(request: HttpRequest) -> HttpResponse:
    """List one's keys; a form that is sent makes one, and the answer to it alone shows the secret.

    That answer is no redirect, since the secret would then have to be kept somewhere until the next page. Sending the
    form twice does no harm: the second time the name is taken.
    """
    own = person(request)
    form = KeyForm(request.POST or None, person=own)
    if request.method in SENDING and form.is_valid():
        if Scope.CURATE in form.cleaned_data["scopes"] and second_factor.is_missing(request):
            return second_factor.ask(request)
        with refusals_in(form):
            key, secret = actions.create(
                by=own,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=form.expires_at(),
            )
            return render(request, "perspectives/account/key_made.html", {"key": key, "secret": secret})
    now = timezone.now()
    rows = [(key, key.state(now), [Scope.of(code) for code in key.scopes]) for key in api_keys.own(own)]
    return render(request, "perspectives/account/keys.html", {"form": form, "rows": rows})


@own_page(*READING, *SENDING)
def key_revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether a key of one's own is to be revoked, and revoke it when that is sent. Raises NotFoundError."""
    own = person(request)
    key = api_keys.own_key(own, number)
    if request.method not in SENDING:
        return render(request, "perspectives/account/key_revoke.html", {"key": key})
    try:
        actions.revoke(key_id=key.pk, by=own)
    except NotPossibleError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, f"The key “{key.name}” is revoked; it works no more.")
    return redirect("account-keys")
