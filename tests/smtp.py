"""A real mail server on this machine, which keeps what it takes and refuses what it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """What was taken, and what is answered to an address (`RCPT`) or to a mail (`DATA`) instead."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refused: dict[str, str] = {}
        self.answer = "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Take an address, unless it is one to refuse."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail."""
        if self.answer.startswith("250"):
            mail: Any = message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default)
            self.mails.append(mail)
            self.recipients += envelope.rcpt_tos
        return self.answer


@contextmanager
def served(settings: Any, port: int = 0) -> Iterator[Mailbox]:
    """Run a server and let Django send to it."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port or _free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    try:
        yield mailbox
    finally:
        controller.stop()


def _free_port() -> int:
    """Find a port that is free now; the controller cannot choose one itself and say which."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def header(mail: EmailMessage, name: str) -> str:
    """Give a header without the places at which its line was folded."""
    return str(mail[name]).strip()
