"""Invitations, for chief editors."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from perspectives.actions.accounts import invitations as actions
from perspectives.clients import mail
from perspectives.models import Invitation
from perspectives.policy import Permission
from perspectives.queries.accounts import members
from perspectives.vocab import InvitationState, Role
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.parameters import numbered_page

PER_PAGE = 50
_UNDECIDED = (InvitationState.OPEN, InvitationState.EXPIRED)


class InvitationForm(forms.Form):
    """Who is to be invited, as what."""

    email = forms.EmailField(
        label="E-mail address",
        help_text="The invitation goes there, such as ada@university.example.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        choices=[(role.value, f"{role.label}: {role.sentence[0].lower()}{role.sentence[1:]}") for role in Role],
        initial=Role.CONTRIBUTOR.value,
        widget=forms.RadioSelect,
    )


@desk_page(Permission.ACCOUNT_INVITE)
def invitations(request: HttpRequest) -> HttpResponse:
    """List the invitations; a form that is sent invites, and the answer to it alone shows the link."""
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        with refusals_in(form):
            invitation, token = actions.invite(email=told["email"], role=told["role"], by=person(request))
            return _sent(request, invitation, token)
    now = timezone.now()
    shown = numbered_page(request, members.invitations(), of="invitations", per_page=PER_PAGE)
    rows = [(one, Role.of(one.role), state, state in _UNDECIDED) for one in shown for state in [one.state(now)]]
    return show(request, "people/invitations.html", {"form": form, "shown": shown, "rows": rows, "here": "?"})


@desk_page(Permission.ACCOUNT_INVITE)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether an invitation is to be taken back, and take it back when that is sent. Raises NotFoundError."""
    found = members.invitation(number)
    if request.method != "POST":
        return show(request, "people/revoke_invitation.html", {"invitation": found, "role": Role.of(found.role)})
    actions.revoke_invitation(invitation_id=number, by=person(request))
    messages.success(request, f"The invitation of {found.email} is taken back.")
    return redirect("desk-invitations")


def _sent(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Mail the link and show it, since mail may fail or end among what nobody reads."""
    link = f"{settings.SITE_URL}{reverse('account-join', kwargs={'token': token})}"
    context = {"invitation": invitation, "role": Role.of(invitation.role), "link": link, "by": person(request)}
    try:
        mail.send("perspectives/mail/invitation.txt", to=invitation.email, subject="An invitation", context=context)
    except mail.NotSentError:
        is_sent = False
    else:
        is_sent = True
    return show(request, "people/invited.html", {**context, "is_sent": is_sent})
