"""`manage.py audit_content`: what a machine can see of weak content in a folder of packs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from perspectives.queries.documents import packs as folders
from perspectives.rules.audit.kinds import KINDS, audit
from perspectives.rules.documents.pack_references import Known
from perspectives.rules.documents.packs import parse


class Command(BaseCommand):
    """Print every finding of the audit, and a table of how many there are of each kind."""

    help = "Audit packs: cut quotations, missing pages and ways, people of two stances, long sentences and more."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and whether the findings themselves are wanted."""
        parser.add_argument(
            "path", nargs="?", default=str(Path(settings.BASE_DIR) / "fixtures"), help="folder of packs"
        )
        parser.add_argument("--kind", choices=[kind.code for kind in KINDS], help="only findings of this kind")
        parser.add_argument("--counts", action="store_true", help="only the table")

    def handle(self, *_: Any, path: str, kind: str | None, counts: bool, **__: Any) -> None:
        """Exit 1 where the packs themselves are wrong; findings are no errors."""
        found, problems = parse(folders.files(Path(path)), Known())
        if problems:
            raise CommandError("The packs are not valid, so they cannot be audited:\n" + "\n".join(map(str, problems)))
        findings = [one for one in audit(found) if kind in (None, one.code)]
        for one in () if counts else findings:
            self.stdout.write(f"{one.code}: {one.where}: {one.message}")
        for each in KINDS:
            number = sum(one.code == each.code for one in findings)
            self.stdout.write(
                f"{number:5}  {each.code:17}{'' if each.is_decided else '(for an editor) '}{each.sentence}"
            )
