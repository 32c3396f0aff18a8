"""Checks of evidence by a machine: each a row with its state, what came of it, and on what that rests."""

from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import Q

from perspectives.models.constraints import is_known
from perspectives.models.source import Source
from perspectives.vocab import OUTCOMES, CheckKind, CheckOutcome, CheckState, TextOrigin

LIVE = (CheckState.WAITING, CheckState.RUNNING)
FINAL = (CheckState.DONE, CheckState.FAILED)
MOST_PASSAGE = 1400
"""The most characters of a work that are kept: the sentence around a quotation, never its text."""
_TARGET = ("kind", "source", "quote")


class CheckReport(models.Model):
    """A moment from which on readers see the outcomes that came before it; pages are cached until the next."""

    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checks until {self.at}"


class CheckHost(models.Model):
    """A server that checks ask, and when it may be asked next: one lease for all workers."""

    name = models.CharField(max_length=255, unique=True)
    free_at = models.DateTimeField()

    class Meta:
        ordering = ("free_at",)

    def __str__(self) -> str:
        return self.name


class RetractionNotice(models.Model):
    """A line of the data set of retractions, under the number that it has there."""

    number = models.PositiveIntegerField(primary_key=True)
    doi = models.TextField(db_index=True)
    """Of the work, in small letters."""
    outcome = models.CharField(max_length=20, choices=CheckOutcome.choices)
    """What its nature means for the work; NOT_LISTED where a retraction was taken back."""
    noticed_on = models.CharField(max_length=10, blank=True, default="")
    notice_doi = models.TextField(blank=True, default="")
    reasons = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=OUTCOMES[CheckKind.RETRACTION]),
                name="perspectives_retractionnotice_outcome_is_known",
                violation_error_message="Say what the notice means for the work.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.doi}"


class Check(models.Model):
    """One check of a source, or of words (`quote`) that are quoted from it wherever that may be.

    A check that is over stays; `is_current` marks the newest of its target. `address` is where was looked, or the name
    of a file; `passage` the sentence around the words, `text_sha256` the hash of what was read and `fetched_at` when.
    """

    kind = models.CharField(max_length=20, choices=CheckKind.choices)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="checks")
    quote = models.TextField(blank=True, default="")
    is_translated = models.BooleanField(default=False)
    """Whether editors saw the words in a translation, so that the original need not have them."""
    asked = models.TextField(blank=True, default="")
    """The address where the work is looked for; nothing where a file was read."""
    host = models.ForeignKey(CheckHost, null=True, on_delete=models.PROTECT, related_name="checks")
    """Its server."""
    state = models.CharField(max_length=20, choices=CheckState.choices, default=CheckState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """Not before then is it made, or tried again."""
    lease_until = models.DateTimeField(null=True)
    """While it runs: after this time the worker is taken for lost."""
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=CheckOutcome.choices, blank=True, default="")
    sentence = models.TextField(blank=True, default="")
    """What came of it, or of the last attempt."""
    is_current = models.BooleanField(default=False)
    again_at = models.DateTimeField(null=True)
    """When its target is due again."""
    report = models.ForeignKey(CheckReport, null=True, on_delete=models.PROTECT, related_name="checks")
    origin = models.CharField(max_length=20, choices=TextOrigin.choices, blank=True, default="")
    address = models.TextField(blank=True, default="")
    passage = models.CharField(max_length=MOST_PASSAGE, blank=True, default="")
    text_sha256 = models.CharField(max_length=64, blank=True, default="")
    fetched_at = models.DateTimeField(null=True)
    detail = models.JSONField(default=dict)
    """What a repair needs: see `rules.evidence.findings`."""

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], condition=Q(state__in=LIVE), name="check_to_be_made"),
            models.Index(fields=["finished_at"], condition=Q(is_current=True, report=None), name="check_unreported"),
            models.Index(fields=["report"], name="check_by_report"),
        ]
        constraints: ClassVar = [
            is_known("check", "kind", CheckKind),
            is_known("check", "state", CheckState),
            is_known("check", "outcome", CheckOutcome, may_be_blank=True),
            is_known("check", "origin", TextOrigin, may_be_blank=True),
            models.UniqueConstraint(
                fields=_TARGET,
                condition=Q(state__in=LIVE),
                name="perspectives_check_one_is_live_a_target",
                violation_error_message="This is being checked already.",
            ),
            models.UniqueConstraint(
                fields=_TARGET,
                condition=Q(is_current=True),
                name="perspectives_check_one_is_current_a_target",
                violation_error_message="This has a newer outcome already.",
            ),
            models.CheckConstraint(
                condition=Q(kind=CheckKind.QUOTATION, quote__regex=r"\S")
                | (~Q(kind=CheckKind.QUOTATION) & Q(quote="")),
                name="perspectives_check_of_a_quotation_has_its_words",
                violation_error_message="A quotation's check names its words, and no other does.",
            ),
            models.CheckConstraint(
                condition=reduce(
                    or_, (Q(kind=kind, outcome__in=[*outcomes, ""]) for kind, outcomes in OUTCOMES.items())
                ),
                name="perspectives_check_outcome_is_of_its_kind",
                violation_error_message="A check of this kind cannot end so.",
            ),
            models.CheckConstraint(
                condition=Q(state=CheckState.RUNNING, lease_until__isnull=False, attempts__gte=1)
                | (~Q(state=CheckState.RUNNING) & Q(lease_until=None)),
                name="perspectives_check_runs_under_a_lease",
                violation_error_message="What runs says until when, and nothing else does.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINAL, finished_at__isnull=False, sentence__regex=r"\S", again_at__isnull=False)
                & ~Q(outcome="")
                | Q(state__in=LIVE, finished_at=None, outcome="", is_current=False, report=None, again_at=None),
                name="perspectives_check_has_an_outcome_when_it_is_over",
                violation_error_message="What is over has its outcome, a sentence and a time; nothing else has.",
            ),
            models.CheckConstraint(
                condition=Q(origin="", passage="", text_sha256="", fetched_at=None)
                | ~Q(origin="")
                & Q(text_sha256__regex="^[0-9a-f]{64}$", fetched_at__isnull=False, address__regex=r"\S"),
                name="perspectives_check_says_what_was_read",
                violation_error_message="A text that was read has its hash, its place and its time.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINAL) | Q(host__isnull=False) & ~Q(asked=""),
                name="perspectives_check_knows_whom_to_ask",
                violation_error_message="What is to be checked names an address and its server.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CheckState.FAILED) | Q(outcome=CheckOutcome.UNREACHABLE),
                name="perspectives_check_failed_found_nothing",
                violation_error_message="A check that failed has found nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.source_id}: {self.outcome or self.state}"
