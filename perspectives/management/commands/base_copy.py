"""`manage.py base_copy FOLDER`: the embedded database cluster, from which recovery begins."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debatekb import embedded
from debatekb.backup import recovery
from debatekb.backup.own_database import serving
from debatekb.running import home
from debatekb.running.errors import StartError


class Command(BaseCommand):
    """Copy the cluster; the system may run meanwhile."""

    help = "Copy the embedded database cluster into a new folder, from which `manage.py recover` begins."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder."""
        parser.add_argument("folder", type=Path, help="a folder that is not there yet")

    def handle(self, *_: Any, folder: Path, **__: Any) -> None:
        """Copy it; exit 1 with a sentence otherwise."""
        try:
            with serving():
                recovery.base_copy(home.settle(embedded.var_dir()), folder.absolute())
        except StartError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder} holds the cluster; keep what is archived from now on beside it.")
