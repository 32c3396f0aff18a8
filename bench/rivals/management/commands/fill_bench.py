"""Fill the bench's own database with synthetic topics, through the same actions as everything else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from bench.rig import documents
from perspectives.actions.documents import citing, topic_drafting
from perspectives.actions.publication import publishing
from perspectives.models import Article, Source
from perspectives.policy import OPERATOR


class Command(BaseCommand):
    """Draft and publish every `--of`-th series, so that several processes share the work."""

    help = "Fill the bench's database; never run it on another."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of topics and which share of them to write."""
        parser.add_argument("--topics", type=int, required=True)
        parser.add_argument("--share", type=int, default=0)
        parser.add_argument("--of", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the share, a transaction a series."""
        for series in documents.synthetic(options["topics"], share=options["share"], of=options["of"]):
            write(series)


@transaction.atomic
def write(series: documents.Series) -> None:
    """Draft and publish one series."""
    citing.load_sources(series.sources)
    head = series.article
    Article.objects.create(
        slug=head["article"],
        source=Source.objects.get(key=head["source"]),
        **{name: head[name] for name in ("author", "author_short", "title", "selector_note")},
    )
    for document in series.topics:
        topic = topic_drafting.load_topic(document)
        publishing.publish_first(subject=topic, by=OPERATOR)
