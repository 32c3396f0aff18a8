"""`manage.py first_start`: fill an empty database from the fixtures and publish the first editions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from perspectives.actions import bootstrap
from perspectives.errors import DomainError


class Command(BaseCommand):
    """What `manage.py up` does by itself, for those who run the processes one by one."""

    help = "Load the fixtures into an empty database and publish their first editions; later it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder of the packs."""
        parser.add_argument("--fixtures", type=Path, default=settings.BASE_DIR / "fixtures", help="folder of the packs")

    def handle(self, *_: Any, fixtures: Path, **__: Any) -> None:
        """Fill and publish; exit 1 with every problem if there is any."""
        try:
            bootstrap.first_start(fixtures=fixtures, show=self.stdout.write)
        except DomainError as error:
            raise CommandError(str(error)) from error
