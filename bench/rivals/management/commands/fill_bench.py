"""Fill the bench's own database with synthetic topics, through the same actions as everything else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bench.rig import documents, filling


class Command(BaseCommand):
    """Load and publish all series."""

    help = "Fill the bench's database; never run it on another."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of topics."""
        parser.add_argument("--topics", type=int, required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load and publish them, series by series."""
        for series in documents.synthetic(options["topics"]):
            filling.load(filling.files(series))
            filling.publish(series.article["article"])
