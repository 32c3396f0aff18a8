"""`manage.py make_chief_editor EMAIL`: the way in for the first chief editor."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from perspectives.actions.accounts import invitations
from perspectives.errors import DomainError
from perspectives.policy import OPERATOR


class Command(BaseCommand):
    """Invite a chief editor, and print the link by which the account is made."""

    help = "Invite a chief editor; prints the link, which works for a week and once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address."""
        parser.add_argument("email")

    def handle(self, *_: object, email: str, **__: object) -> None:
        """Do it; whatever prevents it is one sentence and exit status 1."""
        try:
            invitation, token = invitations.invite_chief_editor(email=email, by=OPERATOR)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Pass this link on to {invitation.email}; it works until {invitation.expires_at:%Y-%m-%d %H:%M} UTC:"
        )
        self.stdout.write(f"{settings.SITE_URL}{reverse('account-join', kwargs={'token': token})}")
