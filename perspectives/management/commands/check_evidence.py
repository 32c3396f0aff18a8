"""`manage.py check_evidence`: check what published topics rest on, over the network or in files that you have."""

import hashlib
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from perspectives.actions.evidence import check_planning, check_reports, check_running, file_checks, retraction_loading
from perspectives.clients import http
from perspectives.clients.evidence import file_texts
from perspectives.errors import NotFoundError
from perspectives.policy import OPERATOR
from perspectives.queries.evidence import checks
from perspectives.queries.publication.quotations import Quotation, quotations
from perspectives.rules.evidence import file_matching, findings, quotation
from perspectives.rules.evidence.findings import Reading
from perspectives.rules.evidence.folded_text import FoldedText
from perspectives.rules.evidence.quotation import Match
from perspectives.vocab import CheckKind, QuotationMatch, QuoteStatus, TextOrigin

_LONGEST_SLEEP = 2.0
_LONGEST_WAIT = 60.0
"""Servers that want to be left alone for longer are left to the worker."""


class Command(BaseCommand):
    """Make checks, and write down what came of each; of files and pages nothing is kept but the sentence matched."""

    help = (
        "Check now what published topics rest on: links, quotations and retractions over the network, as far as "
        "EVIDENCE_CHECKS allows; or, with --files, quotations in a folder of texts (PDF, HTML, EPUB, plain text). "
        "A file is known by its name (citekey, DOI or title), or by the DOI or title at its beginning; it is only read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and the topics where not all are meant."""
        parser.add_argument("--files", type=Path, help="folder of the texts, with those within it; no server is asked")
        parser.add_argument("--topic", action="append", help="only this topic; may be given several times")
        parser.add_argument("--offline", action="store_true", help="ask no server: sum up what was found so far")

    def handle(self, *_: Any, files: Path | None, topic: list[str] | None, offline: bool, **__: Any) -> None:
        """Exit 1 where words are not in a file that was given, or stand there otherwise."""
        if files is not None and not files.is_dir():
            raise CommandError(f"There is no folder {files}; name the one that holds the texts.")
        try:
            quoted, self.records = quotations(topic)
        except NotFoundError as error:
            raise CommandError(str(error)) from error
        if files is not None:
            self._check_files(files, quoted)
            return
        if not offline:
            self._ask(topic or [""])
        self._sum_up_all()

    def _ask(self, topics: list[str]) -> None:
        """Make all checks of these topics ('': all) over the network, and show how far that is."""
        kinds = [kind for kind in CheckKind if kind in settings.EVIDENCE_CHECKS]
        if not kinds:
            raise CommandError(
                "Checks over the network are switched off; set EVIDENCE_CHECKS, or give --files DIR or --offline."
            )
        if CheckKind.RETRACTION in kinds:
            self._load_retractions()
        left = {pk for topic in topics for pk in check_planning.plan(kinds=kinds, topic=topic, at_once=True)}
        total = len(left)
        while left:
            wait = checks.seconds_to_next(timezone.now(), only=left)
            if wait is None or wait > _LONGEST_WAIT:
                break
            done = check_running.run_next(only=left)
            if not done:
                time.sleep(min(max(wait, 0.1), _LONGEST_SLEEP))
            for one in checks.over(done):
                left.discard(one.pk)
                self.stdout.write(f"{total - len(left)} of {total}: {one.source.key}: {one.sentence}")
            left -= checks.tried(left)
        check_reports.report(at_once=True)

    def _load_retractions(self) -> None:
        try:
            self.stdout.write(f"The data set of retractions has {retraction_loading.load():,} notices.")
        except http.FetchError as error:
            self.stdout.write(f"The data set of retractions was not loaded, and what was loaded before counts: {error}")

    def _sum_up_all(self) -> None:
        self.stdout.write("")
        for (kind, outcome), number in sorted(checks.counts(checks.current()).items()):
            self.stdout.write(f"{number:5}  {kind.value:10} {outcome.value:13} {outcome.sentence}")
        self.stdout.write(f"{checks.live().count():5}  still wait to be made, or to be tried again.")

    def _check_files(self, files: Path, quoted: list[Quotation]) -> None:
        self.by_source: dict[str, list[Quotation]] = {}
        for one in quoted:
            self.by_source.setdefault(one.source, []).append(one)
        outcomes: Counter[QuotationMatch] = Counter()
        paths = sorted(path for path in files.rglob("*") if path.is_file())
        for place, path in enumerate(paths, 1):
            outcomes.update(self._check(f"{place} of {len(paths)}: {path.relative_to(files)}", path))
        check_reports.report(at_once=True)
        self._sum_up(outcomes, len(quoted))
        if wrong := sum(outcomes[one] for one in (QuotationMatch.ALTERED, QuotationMatch.MISSING)):
            raise CommandError(f"{wrong} quotations are not in their texts as they are quoted.")

    def _check(self, name: str, path: Path) -> list[QuotationMatch]:
        """Check the quotations from one file, say what was found, and write it down."""
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
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        lacks_spaces = findings.lacks_spaces(text)
        reading = Reading(TextOrigin.FILE, path.name, sha256, timezone.now(), lacks_spaces=lacks_spaces)
        file_checks.record(key=belonging.key, found=matches, reading=reading, by=OPERATOR)
        if lacks_spaces:
            self.stdout.write("  Words run together in this text, so that it says nothing where some are missing.")
        found = [match.outcome for _, match in matches]
        return [one for one in found if not (lacks_spaces and one is QuotationMatch.MISSING)]

    def _sum_up(self, outcomes: Counter[QuotationMatch], quoted: int) -> None:
        self.stdout.write("")
        for outcome in QuotationMatch:
            self.stdout.write(f"{outcomes[outcome]:5}  {outcome.value:13} {outcome.sentence}")
        self.stdout.write(
            f"{quoted - outcomes.total():5}  {'no text':13} No file of the source was given, or its words run together."
        )


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
