"""One's own webhooks: addresses that are told of new editions and retractions. Nothing here may be kept by a cache."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from perspectives.actions.webhooks import webhooks as actions
from perspectives.errors import NotPossibleError
from perspectives.models import User, Webhook, WebhookDelivery
from perspectives.models.webhook import LONGEST_ADDRESS
from perspectives.queries.webhooks import webhooks
from perspectives.vocab import DeliveryState, MessageType, WebhookState
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.http.form_fields import refusals_in
from perspectives.web.http.view_decorators import READING, SENDING

_TEST_IS_SENT = "A test is on its way. Load this page again in a moment to see what came of it."


class WebhookForm(forms.Form):
    """The address that is to be told."""

    address = forms.CharField(
        max_length=LONGEST_ADDRESS,
        help_text="Where your server takes messages, such as https://tool.school.example/debatekb.",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )


@own_page(*READING, *SENDING)
def webhook_list(request: HttpRequest) -> HttpResponse:
    """List one's webhooks; a form that is sent adds one, and the answer to it alone shows the secret."""
    own = person(request)
    form = WebhookForm(request.POST or None)
    if request.method in SENDING and form.is_valid():
        with refusals_in(form):
            webhook, secret = actions.add(by=own, address=form.cleaned_data["address"])
            context = {"webhook": webhook, "secret": secret}
            return render(request, "perspectives/account/webhook_added.html", context)
    rows = [(one, WebhookState.of(one.state)) for one in webhooks.own(own)]
    context = {"form": form, "rows": rows, "most": actions.MOST_WEBHOOKS}
    return render(request, "perspectives/account/webhooks.html", context)


@own_page(*READING, *SENDING)
def webhook(request: HttpRequest, number: int) -> HttpResponse:
    """Show a webhook with its last deliveries; send a test or a message again, or resume it. Raises NotFoundError."""
    own = person(request)
    found = webhooks.own_webhook(own, number)
    if request.method in SENDING:
        try:
            messages.success(request, _done(request, found, own))
        except NotPossibleError as error:
            messages.warning(request, error.message)
        return redirect("account-webhook", found.pk)
    rows = [_row(one) for one in webhooks.deliveries(found)[: webhooks.SHOWN]]
    context = {"webhook": found, "state": WebhookState.of(found.state), "rows": rows, "most": webhooks.SHOWN}
    return render(request, "perspectives/account/webhook.html", context)


@own_page(*READING, *SENDING)
def webhook_remove(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether a webhook is to be removed, and remove it when that is sent. Raises NotFoundError."""
    own = person(request)
    found = webhooks.own_webhook(own, number)
    if request.method not in SENDING:
        return render(request, "perspectives/account/webhook_remove.html", {"webhook": found})
    actions.remove(webhook_id=found.pk, by=own)
    messages.success(request, "The webhook is removed; nothing is sent there any more.")
    return redirect("account-webhooks")


def _done(request: HttpRequest, found: Webhook, own: User) -> str:
    """Do what a button asks for, and say so. Raises NotPossibleError and NotFoundError."""
    action, _, number = request.POST.get("action", "").partition(" ")
    if action == "test":
        actions.send_test(webhook_id=found.pk, by=own)
        return _TEST_IS_SENT
    if action == "resume":
        actions.resume(webhook_id=found.pk, by=own)
        return "The webhook goes on; what it missed is being sent."
    if action == "again" and number.isdecimal() and number.isascii():
        delivery = webhooks.own_delivery(own, found.pk, int(number))
        actions.send_again(delivery_id=delivery.pk, by=own)
        return "The message is sent again, under the same id."
    raise NotPossibleError("Nothing was done: use one of the buttons of the page.")


def _row(delivery: WebhookDelivery) -> dict[str, Any]:
    """Tell of a delivery what its line shows."""
    state = DeliveryState.of(delivery.state)
    data = json.loads(delivery.body)["data"]
    owner = data.get("topic") or data.get("article")
    can_be_sent_again = delivery.edition_id and state in {DeliveryState.DELIVERED, DeliveryState.FAILED}
    return {
        "delivery": delivery,
        "type": MessageType.of(delivery.type),
        "state": state,
        "about": f"{owner}, edition {data['edition']}" if delivery.edition_id else "",
        "can_be_sent_again": can_be_sent_again,
    }
