"""Mail: plain text from templates, sent at once; what cannot be sent is told."""

from collections.abc import Mapping
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

_REFUSED_FOR_GOOD = 500
"""From this code on a mail server says that trying again will not help."""


class NotSentError(Exception):
    """The mail server could not be reached or refused the mail; the message names no address.

    `is_final` says that it refused this mail or its address for good.
    """

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final


def send(
    template: str, *, to: str, subject: str, context: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> None:
    """Send a mail to one person. Raises NotSentError."""
    body = render_to_string(template, dict(context))
    try:
        EmailMessage(subject=f"Debate KB: {subject}", body=body, to=[to], headers=dict(headers or {})).send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        is_final = all(code >= _REFUSED_FOR_GOOD for code in codes)
        told = ", ".join(map(str, codes))
        raise NotSentError(f"The mail server refused the address ({told}).", is_final=is_final) from error
    except SMTPDataError as error:
        is_final = error.smtp_code >= _REFUSED_FOR_GOOD
        raise NotSentError(f"The mail server refused the mail ({error.smtp_code}).", is_final=is_final) from error
    except (SMTPException, OSError) as error:
        raise NotSentError(f"The mail server could not be reached or gave up: {type(error).__name__}.") from error
