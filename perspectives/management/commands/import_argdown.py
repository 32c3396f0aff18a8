"""`manage.py import_argdown FILE`: take a topic's claims and responses over from an Argdown or AIF file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from perspectives.actions.documents import argument_drafting
from perspectives.errors import DomainError
from perspectives.models import Topic
from perspectives.policy import OPERATOR
from perspectives.rules.documents.yaml_text import MAX_BYTES
from perspectives.rules.formats.argument import aif_reading, argdown_reading
from perspectives.rules.topics.argument_merging import Merge

READERS = {"argdown": argdown_reading.read, "aif": aif_reading.read}


class Command(BaseCommand):
    """Import an argument; nothing is written unless the whole file can be taken over."""

    help = "Replace the claims and responses of a topic's draft by those of a file; nothing is published."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, its format, and whether claims may go."""
        parser.add_argument("file", type=Path, help="the file; it names its topic")
        parser.add_argument("--format", choices=sorted(READERS), default="argdown", help="how the file is written")
        parser.add_argument("--remove", action="store_true", help="remove claims that the file lacks")

    def handle(self, *_: Any, file: Path, remove: bool, **options: Any) -> None:
        """Import and say what changed; exit 1 with every problem if there is any."""
        try:
            argument = READERS[options["format"]](_text(file), file.name)
            topic = Topic.objects.filter(slug=argument.topic).first()
            if topic is None:
                raise CommandError(f"There is no topic '{argument.topic}'; load its pack first.")
            merge = argument_drafting.import_argument(
                topic_id=topic.pk, argument=argument, may_remove=remove, by=OPERATOR
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{argument.topic}: {_outcome(merge)}")


def _text(file: Path) -> str:
    """Read the file, one that is too long only far enough to be refused."""
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        text = content.decode()
    except OSError as error:
        raise CommandError(f"Cannot read {file}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8 at byte {error.start}; save it as UTF-8.") from error
    if len(content) > MAX_BYTES:
        raise CommandError(f"{file} is too long; the limit is {MAX_BYTES:,} bytes.")
    return text


def _outcome(merge: Merge) -> str:
    lists = {"added": merge.added, "changed": merge.changed, "removed": merge.removed}
    parts = [f"{len(claims)} claims {word} ({', '.join(claims)})" for word, claims in lists.items() if claims]
    if merge.moot_gaps:
        parts.append(f"{len(merge.moot_gaps)} gaps closed")
    return "; ".join(parts or ["no claim differs"]) + f". The draft has {len(merge.document.responses)} responses."
