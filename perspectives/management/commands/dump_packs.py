"""`manage.py dump_packs DIR`: write the drafts of an article as packs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from perspectives.errors import DomainError
from perspectives.models import Article
from perspectives.queries.documents import draft_documents
from perspectives.queries.documents.packs import texts


class Command(BaseCommand):
    """Write packs: loading them again changes nothing, and dumping again gives the same bytes."""

    help = "Write the drafts of an article as packs, the form that load_packs reads."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder and, where there are several, the article."""
        parser.add_argument("folder", type=Path, help="the folder to write to; made if it is missing")
        parser.add_argument("--article", help="slug of the article; needed only where there are several")

    def handle(self, *_: Any, folder: Path, article: str | None, **__: Any) -> None:
        """Write the files; exit 1 with a sentence if that cannot be done."""
        try:
            written = texts(draft_documents.packs(article or _only_article()))
            for name, text in written.items():
                file = folder / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        except DomainError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Cannot write to {folder}: {error.strerror}.") from error
        self.stdout.write(f"Wrote {len(written)} packs to {folder}.")


def _only_article() -> str:
    slugs = list(Article.objects.values_list("slug", flat=True))
    if len(slugs) == 1:
        return slugs[0]
    if not slugs:
        raise CommandError("The database holds no article; load packs first.")
    raise CommandError(f"There are several articles; choose one with --article: {', '.join(slugs)}.")
