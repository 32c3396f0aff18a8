"""`manage.py verify_editions`: recompute the hash of every edition."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from perspectives.queries.publication import verification


class Command(BaseCommand):
    """Check that every edition still is what was published."""

    help = "Recompute the SHA-256 of every edition, and read each again as a document."

    def handle(self, *_: Any, **__: Any) -> None:
        """Say how many are sound; exit 1 and name the others."""
        count = 0
        faults = []
        for name, fault in verification.editions():
            count += 1
            if fault:
                faults.append(f"{name}: {fault}")
        if faults:
            raise CommandError(f"{len(faults)} of {count} editions are not what was published:\n" + "\n".join(faults))
        self.stdout.write(f"All {count} editions are what was published.")
