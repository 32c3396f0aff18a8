"""`manage.py backup FILE`: the database and the secret key in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debatekb.backup import backups
from debatekb.backup.backup_file import BackupError
from debatekb.backup.own_database import serving
from debatekb.running.errors import StartError


class Command(BaseCommand):
    """Make a backup; the system may run meanwhile."""

    help = "Write the database, of one moment, and the secret key into one file, which only its owner can read."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and whether the key stays out."""
        parser.add_argument("file", type=Path, help="the file to write; one that is there is replaced")
        parser.add_argument("--without-key", action="store_true", help="leave the secret key out")

    def handle(self, *_: Any, file: Path, without_key: bool, **__: Any) -> None:
        """Write it and say what is in it; exit 1 with a sentence otherwise."""
        try:
            with serving():
                made = backups.make(file, with_key=not without_key)
        except (BackupError, StartError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{file}: {sum(made.counts.values())} rows of {len(made.counts)} tables, "
            f"{made.counts['perspectives_edition']} editions; secret key {made.secret_key}."
        )
