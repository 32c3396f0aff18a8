"""Intake: what was handed in to become sources, entry by entry."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from perspectives.models.accounts.people import person, person_or_nobody
from perspectives.models.constraints import is_known, not_blank
from perspectives.models.source import Source
from perspectives.vocab import IntakeFormat, IntakeKind, IntakeState

UNDECIDED = (IntakeState.READY, IntakeState.DUPLICATE, IntakeState.FAILED)
"""States of what was read, or could not be, and waits for a person."""
_DECIDED = (IntakeState.ADDED, IntakeState.MERGED, IntakeState.DISMISSED)
_INTO_SOURCE = (IntakeState.ADDED, IntakeState.MERGED)
_WITH_RECORD = (IntakeState.READY, IntakeState.DUPLICATE, *_INTO_SOURCE)


class IntakeBatch(models.Model):
    """One paste or file, kept whole; how far it has come is what its entries say.

    `beside` is what stands beside its entries and was not read, as `{"line", "text"}`; `definitions` are what its
    entries may refer to.
    """

    by = person("intakes")
    at = models.DateTimeField()
    note = models.TextField(blank=True, default="")
    file_name = models.CharField(max_length=200, blank=True, default="")
    encoding = models.CharField(max_length=20)
    format = models.CharField(max_length=20, choices=IntakeFormat.choices)
    text = models.TextField()
    beside = models.JSONField(default=list)
    definitions = models.JSONField(default=list)
    library = models.CharField(max_length=100, blank=True, default="")
    """The library of Zotero that it was read from, as its API names it; empty: none."""
    library_version = models.PositiveBigIntegerField(null=True)
    """The version that the library had then; the next time only what changed after it is read."""

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "intake batches"
        indexes: ClassVar = [
            models.Index(fields=["-at", "-id"], name="intakebatch_newest"),
            models.Index(fields=["library", "-at"], condition=~Q(library=""), name="intakebatch_by_library"),
        ]
        constraints: ClassVar = [
            is_known("intakebatch", "format", IntakeFormat),
            not_blank("intakebatch", "text", "encoding"),
            models.CheckConstraint(
                condition=Q(library="", library_version=None) | (~Q(library="") & Q(library_version__isnull=False)),
                name="perspectives_intakebatch_library_has_its_version",
                violation_error_message="What was read from a library names its version, and nothing else does.",
            ),
        ]

    def __str__(self) -> str:
        return f"intake {self.pk}"


class IntakeEntry(models.Model):
    """One entry as it was written (`raw`), what was made of it (`record`), and what became of it.

    `match` is the source, and `twin` the earlier entry of the batch, that it looks like, `likeness` per cent (100: the
    same identifier); `source` is what it was added as or merged into.
    """

    batch = models.ForeignKey(IntakeBatch, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    raw = models.TextField()
    kind = models.CharField(max_length=20, choices=IntakeKind.choices)
    key = models.CharField(max_length=200, blank=True, default="")
    identifier = models.TextField(blank=True, default="")
    state = models.CharField(max_length=20, choices=IntakeState.choices, default=IntakeState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    """When a worker began to read it; after a while without a word it is taken for lost."""
    next_try_at = models.DateTimeField(null=True)
    """Not before then is it tried; None: at once."""
    last_error = models.TextField(blank=True, default="")
    fetched_at = models.DateTimeField(null=True)
    record = models.JSONField(null=True)
    problems = models.JSONField(default=list)
    match = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="intake_matches")
    twin = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="twins")
    likeness = models.FloatField(null=True)
    reason = models.TextField(blank=True, default="")
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="intake_entries")
    decided_by = person_or_nobody("intake_decisions")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("batch_id", "number")
        verbose_name_plural = "intake entries"
        indexes: ClassVar = [
            models.Index(fields=["batch", "state", "number"], name="intakeentry_by_state"),
            models.Index(
                fields=["state", "next_try_at"],
                condition=Q(state__in=[IntakeState.WAITING, IntakeState.FETCHING]),
                name="intakeentry_to_be_read",
            ),
            models.Index(fields=["batch", "number"], condition=Q(state__in=UNDECIDED), name="intakeentry_to_decide"),
            models.Index(fields=["batch", "key"], condition=~Q(key=""), name="intakeentry_by_key"),
        ]
        constraints: ClassVar = [
            is_known("intakeentry", "kind", IntakeKind),
            is_known("intakeentry", "state", IntakeState),
            not_blank("intakeentry", "raw"),
            models.UniqueConstraint(fields=["batch", "number"], name="perspectives_intakeentry_number_is_unique"),
            models.CheckConstraint(
                condition=Q(state=IntakeState.FETCHING, claimed_at__isnull=False, attempts__gte=1)
                | (~Q(state=IntakeState.FETCHING) & Q(claimed_at=None)),
                name="perspectives_intakeentry_is_read_since",
                violation_error_message="What is being read says since when, and nothing else does.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=_DECIDED) & Q(decided_by=None, decided_at=None)),
                name="perspectives_intakeentry_is_decided_by_somebody",
                violation_error_message="Say when and by whom it was decided, or neither.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_INTO_SOURCE, source__isnull=False)
                | (~Q(state__in=_INTO_SOURCE) & Q(source=None)),
                name="perspectives_intakeentry_became_a_source",
                violation_error_message="What was added or merged names its source, and nothing else does.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_WITH_RECORD) | Q(record__isnull=False, fetched_at__isnull=False),
                name="perspectives_intakeentry_has_a_record",
                violation_error_message="What was read has a record.",
            ),
            models.CheckConstraint(
                condition=~Q(state=IntakeState.DUPLICATE) | Q(match__isnull=False) | Q(twin__isnull=False),
                name="perspectives_intakeentry_looks_like_something",
                violation_error_message="Name what it looks like.",
            ),
            models.CheckConstraint(
                condition=Q(match=None, twin=None, likeness=None)
                | (
                    Q(likeness__gt=0, likeness__lte=100)
                    & (Q(match=None, twin__isnull=False) | Q(match__isnull=False, twin=None))
                ),
                name="perspectives_intakeentry_likeness_is_to_one",
                violation_error_message="A likeness is to one work, and more than 0, at most 100.",
            ),
            models.CheckConstraint(
                condition=~Q(state=IntakeState.FAILED) | Q(last_error__regex=r"\S"),
                name="perspectives_intakeentry_failure_has_a_reason",
                violation_error_message="A failure has its reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, entry {self.number}: {self.state}"
