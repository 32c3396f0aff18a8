"""`manage.py restore FILE`: a backup in the place of the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debatekb.backup import backups
from debatekb.backup.backup_file import BackupError
from debatekb.backup.own_database import keep_key, serving
from debatekb.running.errors import StartError


class Command(BaseCommand):
    """Restore a backup; until it is restored and verified, nothing is touched."""

    help = "Check a backup, restore it beside the database, verify it there, and let it take the database's place."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and whether what is there may go."""
        parser.add_argument("file", type=Path, help="what `manage.py backup` wrote")
        parser.add_argument("--replace", action="store_true", help="drop what is in the database now")

    def handle(self, *_: Any, file: Path, replace: bool, **__: Any) -> None:
        """Restore it and say what to do next; exit 1 with a sentence otherwise."""
        try:
            with serving():
                made = backups.restore(file, is_replacing=replace, show=self.stdout.write)
                key = keep_key(file, made)
        except (BackupError, StartError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored what was backed up at {made.made_at}: {made.counts['perspectives_edition']} editions."
        )
        self.stdout.write(key)
        self.stdout.write("Start web server, worker and beat anew now.")
