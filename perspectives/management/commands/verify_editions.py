"""`manage.py verify_editions`: whether everything published, and the log of it, still is what was written."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from perspectives.actions.publication import index_checking
from perspectives.queries.publication import verification


class Command(BaseCommand):
    """Check editions, their numbers, retractions, the log's chain and the published index."""

    help = (
        "Recompute the SHA-256 of every edition and read each again as a document; check numbers, retractions and the "
        "hash chain of the log; cut the published index anew and compare."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        """Say how many are sound; exit 1 and name what is not."""
        found = list(verification.editions())
        of_editions = [f"{name}: {fault}" for name, fault in found if fault]
        others = list(chain(verification.numbering(), verification.unlogged(), verification.log_chain()))
        if not of_editions:  # an index cannot be cut from what is no edition
            others += index_checking.index_faults()
        if of_editions:
            said = f"{len(of_editions)} of {len(found)} editions are not what was published:"
            raise CommandError("\n".join([said, *of_editions, *others]))
        if others:
            raise CommandError(f"{len(others)} faults were found:\n" + "\n".join(others))
        links, last = verification.last_link()
        self.stdout.write(f"All {len(found)} editions are what was published.")
        self.stdout.write(f"The log is whole: {links} links, the last one {last or 'none'}.")
