"""The first page of one's account, the profile, and the way in by an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from perspectives.actions.accounts import invitations
from perspectives.actions.accounts import members as actions
from perspectives.policy import Permission, can, needs_second_factor
from perspectives.queries.accounts import members
from perspectives.vocab import Leaning, Role
from perspectives.web.accounts.forms import JoinForm, ProfileForm
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.view_decorators import READING, SENDING, taking


@own_page(*READING)
def index(request: HttpRequest) -> HttpResponse:
    """Show what there is to one's account."""
    own = person(request)
    context = {
        "role": Role.of(own.role),
        "leaning": Leaning.of(own.leaning),
        "has_totp": members.has_totp(own),
        "needs_totp": needs_second_factor(own),
        "sees_desk": can(own, Permission.DESK_SEE),
    }
    return render(request, "perspectives/account/index.html", context)


@own_page(*READING, *SENDING)
def profile(request: HttpRequest) -> HttpResponse:
    """Show what one says of oneself, and change it."""
    own = person(request)
    said = {"display_name": own.get_full_name(), "leaning": own.leaning, "interests": own.interests}
    form = ProfileForm(request.POST if request.method in SENDING else None, initial=said)
    if form.is_valid():
        with refusals_in(form):
            actions.change_profile(by=own, **form.cleaned_data)
            messages.success(request, "Your profile is changed.")
            return redirect("account-profile")
    return render(request, "perspectives/account/profile.html", {"form": form})


@sensitive_post_parameters("password", "repeated")
@never_cache
@taking(*READING, *SENDING)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Make an account by an invitation. Raises NotFoundError where the link does not work, or no longer."""
    invitation = members.open_invitation(token)
    form = JoinForm(request.POST if request.method in SENDING else None)
    if form.is_valid():
        told = form.cleaned_data
        with refusals_in(form):
            action = invitations.join(token=token, password=told["password"], display_name=told["display_name"])
            messages.success(request, f"Your account is made, {action}. Sign in with {action.email} and your password.")
            return redirect("sign-in")
    context = {"form": form, "invitation": invitation, "role": Role.of(invitation.role)}
    return render(request, "perspectives/account/join.html", context)
