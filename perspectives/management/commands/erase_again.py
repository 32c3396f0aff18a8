"""`manage.py erase_again FILE`: after a recovery, what was erased since is erased again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debatekb.backup import erasures
from debatekb.backup.backup_file import BackupError
from debatekb.backup.own_database import serving
from debatekb.running.errors import StartError


class Command(BaseCommand):
    """Erase the accounts of a list that are there; `restore` does so by itself."""

    help = "Erase the accounts that a list names, which stands beside the nightly backups."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the list."""
        parser.add_argument("file", type=Path, help=f"the list, such as {erasures.LIST} in BACKUP_DIR")

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        """Erase them and say how many; exit 1 with a sentence otherwise."""
        if not file.exists():
            raise CommandError(f"There is no file {file}.")
        try:
            listed = erasures.read(file)
            with serving():
                done = erasures.again(listed)
        except (BackupError, StartError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{done} of {len(listed)} accounts were erased again; the others are erased or not there.")
