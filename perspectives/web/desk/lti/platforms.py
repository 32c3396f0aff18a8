"""Learning platforms, for chief editors: listed, invited, registered by hand, stopped."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from perspectives.actions.lti import inviting, registering
from perspectives.models.lti.registration import LONGEST_ADDRESS, LONGEST_ID, LONGEST_NAME
from perspectives.policy import Permission
from perspectives.queries.lti import registrations
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.view_decorators import SENDING
from perspectives.web.lti.registering import tool


class PlatformForm(forms.Form):
    """A platform, as its administrator sees it there."""

    name = forms.CharField(max_length=LONGEST_NAME, help_text="By which you know it, such as “Moodle of Elm School”.")
    issuer = forms.CharField(
        max_length=LONGEST_ID, help_text="Also: platform id; such as https://moodle.school.example."
    )
    client_id = forms.CharField(label="Client id", max_length=LONGEST_ID)
    deployment_id = forms.CharField(label="Deployment id", max_length=LONGEST_ID)
    login_url = forms.CharField(
        label="Authentication request address", max_length=LONGEST_ADDRESS, help_text="Begins with https://."
    )
    token_url = forms.CharField(
        label="Access token address", max_length=LONGEST_ADDRESS, help_text="Begins with https://."
    )
    jwks_url = forms.CharField(
        label="Public key set address", max_length=LONGEST_ADDRESS, help_text="Begins with https://."
    )
    token_audience = forms.CharField(
        label="Token audience",
        max_length=LONGEST_ADDRESS,
        required=False,
        help_text="Only where the platform names one, as D2L Brightspace does.",
    )


class InvitationForm(forms.Form):
    """A platform that will register itself."""

    platform = forms.CharField(
        label="Name of the platform",
        max_length=LONGEST_NAME,
        help_text="By which you will know it, such as “Moodle of Elm School”.",
    )


@desk_page(Permission.PLATFORM_CHANGE)
def platforms(request: HttpRequest) -> HttpResponse:
    """List the platforms and what their administrators enter; a form that is sent registers one."""
    form = PlatformForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            made = registering.register(by=person(request), told=form.cleaned_data)
            messages.success(request, f"{made.name} is registered; its launches are taken.")
            return redirect("desk-platform", made.pk)
    return _shown(request, form, InvitationForm())


@desk_page(Permission.PLATFORM_CHANGE, methods=SENDING)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a platform to register itself, and show the address for its administrator, once."""
    form = InvitationForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            name = form.cleaned_data["platform"]
            token = inviting.invite(by=person(request), name=name)
            address = f"{settings.SITE_URL}{reverse('lti-register', args=[token])}"
            context = {"name": name, "address": address, "days": inviting.HOLDS.days}
            return show(request, "lti/invited.html", context)
    return _shown(request, PlatformForm(), form)


@desk_page(Permission.PLATFORM_CHANGE)
def platform(request: HttpRequest, number: int) -> HttpResponse:
    """Show a platform; stop or resume its launches, add a deployment. Raises NotFoundError."""
    found, action = registrations.registration(number), request.POST.get("action", "")
    if action in {"stop", "resume"}:
        registering.stop(registration_id=found.pk, by=person(request), is_active=action == "resume")
        done = "taken again" if action == "resume" else "refused from now on"
        messages.success(request, f"Launches of {found.name} are {done}.")
        return redirect("desk-platform", number)
    if action == "deploy":
        told = request.POST.get("deployment_id", "")
        registering.deploy(registration_id=found.pk, by=person(request), deployment_id=told)
        messages.success(request, "The deployment is added.")
        return redirect("desk-platform", number)
    return show(request, "lti/platform.html", {"platform": found, "deployments": found.deployments.all()})


def _shown(request: HttpRequest, form: PlatformForm, invitation: InvitationForm) -> HttpResponse:
    ours = tool()
    told = [
        ("Login", ours.login),
        ("Launch and redirect", ours.launch),
        ("Deep linking", ours.launch),
        ("Public keys", ours.keys),
    ]
    context = {"form": form, "invitation": invitation, "rows": registrations.listed(), "ours": told}
    return show(request, "lti/platforms.html", context)
