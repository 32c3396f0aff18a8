"""`manage.py check_evidence --files DIR`: whether texts that you have hold the words that are quoted from them."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from perspectives.clients import file_texts
from perspectives.errors import NotFoundError
from perspectives.queries.publication.quotations import Quotation, quotations
from perspectives.rules.evidence import file_matching, quotation
from perspectives.rules.evidence.folded_text import FoldedText
from perspectives.rules.evidence.quotation import Match
from perspectives.vocab import QuotationMatch, QuoteStatus


class Command(BaseCommand):
    """Match the quotations of the published editions with a folder of files; nothing of these is kept."""

    help = (
        "Look in a folder of texts (PDF, HTML, EPUB, plain text) for the words that published topics quote from them. "
        "A file is known by its name (citekey, DOI or title), or by the DOI or title at its beginning; it is only read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and the topics where not all are meant."""
        parser.add_argument("--files", required=True, type=Path, help="folder of the texts, with those within it")
        parser.add_argument("--topic", action="append", help="only this topic; may be given several times")

    def handle(self, *_: Any, files: Path, topic: list[str] | None, **__: Any) -> None:
        """Exit 1 where words are not in their text, or stand there otherwise."""
        if not files.is_dir():
            raise CommandError(f"There is no folder {files}; name the one that holds the texts.")
        try:
            quoted, self.records = quotations(topic)
        except NotFoundError as error:
            raise CommandError(str(error)) from error
        self.by_source: dict[str, list[Quotation]] = {}
        for one in quoted:
            self.by_source.setdefault(one.source, []).append(one)
        outcomes: Counter[QuotationMatch] = Counter()
        paths = sorted(path for path in files.rglob("*") if path.is_file())
        for place, path in enumerate(paths, 1):
            outcomes.update(self._check(f"{place} of {len(paths)}: {path.relative_to(files)}", path))
        self._sum_up(outcomes, len(quoted))
        if wrong := sum(outcomes[one] for one in (QuotationMatch.ALTERED, QuotationMatch.MISSING)):
            raise CommandError(f"{wrong} quotations are not in their texts as they are quoted.")

    def _check(self, name: str, path: Path) -> list[QuotationMatch]:
        """Check the quotations from one file, and say what was found."""
        try:
            text = file_texts.text(path)
        except file_texts.FileTextError as error:
            self.stdout.write(f"{name}: {error}")
            return []
        belonging = file_matching.source_of(path.stem, text, self.records)
        if belonging is None:
            self.stdout.write(
                f"{name}: no published source has this key, DOI or title; give the file its source's citekey as name."
            )
            return []
        self.stdout.write(f"{name}: {belonging.key}, by its {belonging.by}")
        folded = FoldedText(text)
        matches = [(one, _found(one, folded)) for one in self.by_source.get(belonging.key, [])]
        for one, match in matches:
            self.stdout.write(f"  {match.outcome.value:13} {_place(one)}{_told(match)}")
        return [match.outcome for _, match in matches]

    def _sum_up(self, outcomes: Counter[QuotationMatch], quoted: int) -> None:
        self.stdout.write("")
        for outcome in QuotationMatch:
            self.stdout.write(f"{outcomes[outcome]:5}  {outcome.value:13} {outcome.sentence}")
        self.stdout.write(f"{quoted - outcomes.total():5}  {'no text':13} No file of the source was given.")


def _found(one: Quotation, text: FoldedText) -> Match:
    return quotation.find(one.words, text, is_translated=one.state is QuoteStatus.TRANSLATED)


def _place(one: Quotation) -> str:
    return one.where if one.where.startswith(f"{one.slug}/") else f"{one.slug} {one.where}"


def _told(match: Match) -> str:
    """Say what an editor should look at."""
    if match.left_out:
        return f": beside it or left out: {', '.join(match.left_out)}; in the text: {match.sentence}"
    differences = "; ".join(f"quoted {one.quoted!r}, text {one.text!r}" for one in match.differences)
    return f": {differences}; in the text: {match.sentence}" if differences else ""
