"""`manage.py recover FOLDER`: the embedded database as it was at a moment."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debatekb import embedded
from debatekb.backup import recovery
from debatekb.running.errors import StartError


class Command(BaseCommand):
    """Recover the cluster; the system must not run."""

    help = "Make the embedded database as it was at a moment, from a base copy and the archive of the write-ahead log."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the base copy, the archive and the time."""
        parser.add_argument("folder", type=Path, help="what `manage.py base_copy` made before that moment")
        parser.add_argument("--archive", type=Path, required=True, help="the folder of WAL_ARCHIVE_DIR")
        parser.add_argument("--to", required=True, help="the moment with its zone, such as '2026-11-28 12:40:00+00'")

    def handle(self, *_: Any, folder: Path, archive: Path, to: str, **__: Any) -> None:
        """Recover it; exit 1 with a sentence otherwise."""
        try:
            recovery.recover(embedded.var_dir(), base=folder.absolute(), archive=archive.absolute(), until=to)
        except StartError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The database is as it was at {to}. The one before lies beside it as postgres.before-….")
