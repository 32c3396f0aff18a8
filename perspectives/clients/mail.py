"""Mail: plain text from templates, sent at once; what cannot be sent is told."""

from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string


class NotSentError(Exception):
    """The mail server could not be reached or refused the mail."""


def send(template: str, *, to: str, subject: str, context: Mapping[str, Any]) -> None:
    """Send a mail to one person. Raises NotSentError."""
    body = render_to_string(template, dict(context))
    try:
        EmailMessage(subject=f"Debate KB: {subject}", body=body, to=[to]).send()
    except (SMTPException, OSError) as error:
        raise NotSentError(str(error)) from error
