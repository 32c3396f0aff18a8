"""The pages of one's own notices: what happened, and what of it is mailed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from perspectives.actions.notices import own_notices as actions
from perspectives.errors import NotFoundError
from perspectives.models import User
from perspectives.policy import Permission, can
from perspectives.queries.notices import notices
from perspectives.rules.notices import mail_times
from perspectives.vocab import MailFrequency, NoticeKind
from perspectives.web.accounts.own_account import own_page, person
from perspectives.web.http.parameters import numbered_page
from perspectives.web.http.view_decorators import READING, SENDING, taking

_LONGEST_NUMBER = 18


class MailForm(forms.Form):
    """How often each kind of notices is mailed: those kinds that the person can get."""

    def __init__(self, data: Any = None, *, own: User) -> None:
        super().__init__(data)
        kinds = tuple(NoticeKind) if can(own, Permission.DESK_SEE) else mail_times.FOR_READERS
        for kind, chosen in notices.choices(own).items():
            if kind in kinds:
                self.fields[kind.value] = forms.ChoiceField(
                    label=kind.label,
                    help_text=kind.sentence,
                    choices=MailFrequency.choices,
                    initial=chosen.value,
                )


@own_page(*READING)
def notice_list(request: HttpRequest) -> HttpResponse:
    """List one's notices, those that are not read first."""
    own = person(request)
    shown = numbered_page(request, notices.listed(own), of="your notices")
    context = {
        "rows": [notices.told(one) for one in shown],
        "shown": shown,
        "here": "?",
        "unread": notices.unread_count(own),
        "days": mail_times.KEPT.days,
    }
    return render(request, "perspectives/account/notices.html", context)


@own_page(*SENDING)
def read(request: HttpRequest) -> HttpResponse:
    """Mark a notice as read (`notice`), and go to what it is about (`open`); without a number mark all."""
    own, given = person(request), request.POST.get("open") or request.POST.get("notice")
    if not given:
        count = actions.mark_read(by=own)
        messages.success(request, f"{count} notice{'' if count == 1 else 's'} marked as read.")
        return redirect("account-notices")
    if not given.isdecimal() or len(given) > _LONGEST_NUMBER:
        raise NotFoundError("There is no such notice.")
    one = notices.notice(own, int(given))
    actions.mark_read(by=own, notice_ids=[one.pk])
    return redirect(notices.told(one).address if "open" in request.POST else "account-notices")


@own_page(*READING, *SENDING)
def mails(request: HttpRequest) -> HttpResponse:
    """Show what is mailed, and how often, and change it."""
    own = person(request)
    form = MailForm(request.POST if request.method in SENDING else None, own=own)
    if form.is_valid():
        actions.choose_mails(by=own, choices=form.cleaned_data)
        messages.success(request, "Your choice is kept.")
        return redirect("account-notices-mail")
    return render(request, "perspectives/account/notice_mails.html", {"form": form})


@csrf_exempt  # RFC 8058: the mailbox's provider sends it, and the signed token says whose mails may stop
@never_cache
@taking(*READING, *SENDING)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop all mails of notices, and stop them when that is sent. Raises NotFoundError."""
    own = notices.person_of(token)
    if request.method in SENDING:
        actions.choose_mails(by=own, choices=dict.fromkeys(NoticeKind.values, MailFrequency.NEVER.value))
    return render(request, "perspectives/account/unsubscribe.html", {"is_done": request.method in SENDING})
