"""The people who take part: who they are, and for chief editors what they may do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from perspectives.actions.accounts import api_keys as key_actions
from perspectives.actions.accounts import erasing
from perspectives.actions.accounts import members as actions
from perspectives.models import User
from perspectives.policy import Permission, can
from perspectives.queries.accounts import api_keys, members
from perspectives.rules.accounts.profile import LONGEST_INTERESTS
from perspectives.vocab import Leaning, Role, Scope
from perspectives.web.desk.layout import desk_page, person, show
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.parameters import numbered_page
from perspectives.web.http.view_decorators import READING, query_value

PER_PAGE = 50


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(
        max_length=LONGEST_INTERESTS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It is kept in the log for good, so leave out what is private; such as “Leaves the project”.",
    )


class RoleForm(ReasonForm):
    """Which role somebody is to have, and why."""

    role = forms.ChoiceField(
        choices=[(role.value, f"{role.label}: {role.sentence[0].lower()}{role.sentence[1:]}") for role in Role],
        widget=forms.RadioSelect,
    )
    field_order = ("role", "reason")


@desk_page(methods=READING)
def people(request: HttpRequest) -> HttpResponse:
    """List who takes part; chief editors can also list the people of one role, readers among them."""
    is_chief = can(person(request), Permission.ACCOUNT_INVITE)
    chosen = query_value(request, "role") if is_chief else ""
    found = members.people([chosen] if chosen in Role.values else members.CURATORS)
    shown = numbered_page(request, found, of="people", per_page=PER_PAGE)
    context = {
        "shown": shown,
        "rows": [(one, Role.of(one.role), Leaning.of(one.leaning)) for one in shown],
        "here": f"?role={chosen}&" if chosen in Role.values else "?",
        "roles": list(Role),
        "chosen": chosen,
        "is_chief": is_chief,
        "is_moderator": can(person(request), Permission.API_KEY_REVOKE),
    }
    return show(request, "people/list.html", context)


@desk_page(Permission.API_KEY_REVOKE, READING)
def account(request: HttpRequest, number: int) -> HttpResponse:
    """Show a person, with their keys. Raises NotFoundError."""
    found = members.account(number)
    now = timezone.now()
    rows = [(key, key.state(now), [Scope.of(code) for code in key.scopes]) for key in api_keys.own(found)]
    return show(request, "people/person.html", {**_about(request, found), "keys": rows})


@desk_page(Permission.ACCOUNT_INVITE)
def change_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give somebody another role. Raises NotFoundError."""
    found = members.account(number)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": found.role})
    if form.is_valid():
        told = form.cleaned_data
        with refusals_in(form):
            changed = actions.change_role(
                account_id=number, role=told["role"], by=person(request), reason=told["reason"]
            )
            messages.success(
                request, f"{changed} is now {Role.of(changed.role).label.lower()}, and has to sign in anew."
            )
            return redirect("desk-person", number)
    return show(request, "people/role.html", {**_about(request, found), "form": form})


@desk_page(Permission.ACCOUNT_INVITE)
def deactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why an account is to be closed, and close it. Raises NotFoundError."""
    done = "The account of {0} is closed; what {0} did stays on record."
    return _with_reason(request, number, "people/deactivate.html", actions.deactivate, done)


@desk_page(Permission.ACCOUNT_INVITE)
def reactivate(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why an account is to be opened again, and open it. Raises NotFoundError."""
    done = "The account of {} is open again."
    return _with_reason(request, number, "people/reactivate.html", actions.reactivate, done)


@desk_page(Permission.ACCOUNT_INVITE)
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Ask why an account is to be erased, and erase it; one's own takes one's password. Raises NotFoundError."""
    if number == person(request).pk:
        return redirect("account-erase")
    done = "The account is erased; what was done with it stays on record."
    return _with_reason(request, number, "people/erase.html", erasing.erase, done)


def _with_reason(
    request: HttpRequest, number: int, template: str, action: Callable[..., object], done: str
) -> HttpResponse:
    found = members.account(number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            action(account_id=number, by=person(request), reason=form.cleaned_data["reason"])
            messages.success(request, done.format(found))
            return redirect("desk-person", number)
    return show(request, template, {**_about(request, found), "form": form})


@desk_page(Permission.API_KEY_REVOKE)
def revoke_key(request: HttpRequest, number: int, key: int) -> HttpResponse:
    """Ask whether a key of this person is to be revoked, and revoke it when that is sent. Raises NotFoundError."""
    found = members.account(number)
    chosen = api_keys.own_key(found, key)
    if request.method != "POST":
        return show(request, "people/revoke_key.html", {**_about(request, found), "key": chosen})
    key_actions.revoke(key_id=chosen.pk, by=person(request))
    messages.success(request, f"The key “{chosen.name}” of {found} is revoked; it works no more.")
    return redirect("desk-person", number)


def _about(request: HttpRequest, found: User) -> dict[str, Any]:
    own = person(request)
    return {
        "account": found,
        "role": Role.of(found.role),
        "leaning": Leaning.of(found.leaning),
        "is_chief": can(own, Permission.ACCOUNT_INVITE),
        "may_change": can(own, Permission.ACCOUNT_CHANGE_ROLE, begun_by=found.pk),
    }
