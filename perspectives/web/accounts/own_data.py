"""What is kept of a person: to look at, to download, and to have erased."""

from allauth.account.decorators import reauthentication_required
from allauth.account.forms import ReauthenticateForm
from allauth.core import ratelimit
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from perspectives.actions.accounts import erasing
from perspectives.queries.accounts import own_data
from perspectives.web.accounts import known_device
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.view_decorators import READING, SENDING, View

FILE = "debate-kb-account.json"


class EraseForm(ReauthenticateForm):
    """The password, as the word that one means it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Your password"
        self.fields["password"].help_text = "Asked for even if you have just signed in, since this cannot be undone."
        self.fields["password"].widget.attrs.pop("placeholder", None)


@own_page(*READING)
def about(request: HttpRequest) -> HttpResponse:
    """Say what is kept, and lead to the file and to erasing."""
    return render(request, "perspectives/account/data.html", {"left_out": own_data.LEFT_OUT})


def _file(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{FILE}"'}
    return JsonResponse(own_data.kept(person(request)), json_dumps_params={"indent": 1}, headers=headers)


export: View[[]] = own_page(*READING)(reauthentication_required(_file))
"""Gives all that is kept as a file, to who has typed the password within the last minutes."""


@sensitive_post_parameters("password")
@own_page(*READING, *SENDING)
def erase(request: HttpRequest) -> HttpResponse:
    """Ask for the password, erase the account, and let this browser forget it."""
    own = person(request)
    refused: HttpResponse | None = ratelimit.consume_or_429(request, action="reauthenticate", user=own)
    if refused:
        return refused
    form = EraseForm(request.POST if request.method in SENDING else None, user=own)
    if form.is_valid():
        with refusals_in(form):
            erasing.erase(account_id=own.pk, by=own)
            logout(request)
            answer = render(request, "perspectives/account/erased.html")
            known_device.forget(answer)
            return answer
    return render(request, "perspectives/account/erase.html", {"form": form})
