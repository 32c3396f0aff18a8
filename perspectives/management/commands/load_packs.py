"""`manage.py load_packs PATH`: validate packs and load them into the drafts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from perspectives.actions.documents import packs
from perspectives.errors import DomainError
from perspectives.policy import OPERATOR
from perspectives.queries.documents.packs import files


class Command(BaseCommand):
    """Load packs; nothing is written unless every file is valid."""

    help = "Validate the packs in a folder (or one file) and load them into the drafts; nothing is published."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder or file."""
        parser.add_argument("path", type=Path, help="a folder with article.yaml, sources.yaml, topics/, or one of them")

    def handle(self, *_: Any, path: Path, **__: Any) -> None:
        """Load with progress; exit 1 with every problem if there is any."""
        try:
            loaded = packs.load(files=files(path), by=OPERATOR, show=self.stdout.write)
        except DomainError as error:
            raise CommandError(str(error)) from error
        claims = sum(len(side.claims) for topic in loaded.topics for side in topic.perspectives)
        self.stdout.write(f"Loaded {len(loaded.topics)} topics, {claims} claims, {len(loaded.sources)} sources.")
