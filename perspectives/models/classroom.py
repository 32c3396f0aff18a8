"""A class: its code, pupils without names, what they do together, and ballots that lead to nobody.

All of it is deleted at the end of the class (`actions.classroom.classes`). No row of a pupil has a time, so that
nothing can be told from when somebody did something.
"""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from perspectives.models.accounts.people import person
from perspectives.models.constraints import is_known, is_sha256, not_blank
from perspectives.vocab import ActivityKind, ActivityPhase, PollCorner

LONGEST_TEXT: Final = 2000
"""The most characters that a pupil, or a teacher in a comment, writes at once."""
_LONGEST_SLUG: Final = 80


def _is_short(field: str) -> LessThanOrEqual:
    return LessThanOrEqual(Length(field), LONGEST_TEXT)


class Classroom(models.Model):
    """Whom a teacher leads through one topic or several, until it expires; pupils come by the code."""

    owner = person("classes")
    code = models.CharField(max_length=8, unique=True)
    topics = ArrayField(models.CharField(max_length=_LONGEST_SLUG))
    groups = models.PositiveSmallIntegerField(default=0)
    """How many groups there are; 0 for none."""
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    is_stopped = models.BooleanField(default=False)

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(code__regex="^[2-9A-HJKMNP-Z]{8}$"),
                name="perspectives_classroom_code_can_be_read_out",
                violation_error_message="A code has eight letters and digits that nobody takes for others.",
            ),
            CheckConstraint(
                condition=Q(topics__len__gte=1),
                name="perspectives_classroom_has_a_topic",
                violation_error_message="Choose a topic at least.",
            ),
            CheckConstraint(
                condition=Q(expires_at__gt=models.F("opened_at")),
                name="perspectives_classroom_ends_after_it_begins",
                violation_error_message="A class ends after it begins.",
            ),
        ]

    def __str__(self) -> str:
        return f"class {self.pk}"


class Pupil(models.Model):
    """Somebody of a class: a nickname from our list, the hash of a PIN, perhaps a group; nothing else is known."""

    classroom = models.ForeignKey(Classroom, on_delete=models.PROTECT, related_name="pupils")
    nickname = models.CharField(max_length=20)
    pin_sha256 = models.CharField(max_length=64)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    group = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("nickname",)
        constraints: ClassVar = [
            not_blank("pupil", "nickname"),
            is_sha256("pupil_pin_is_hashed", "pin_sha256"),
            UniqueConstraint(
                fields=["classroom", "nickname"],
                name="perspectives_pupil_nickname_is_taken_once",
                violation_error_message="Somebody of the class has this nickname.",
            ),
        ]

    def __str__(self) -> str:
        return self.nickname


class Activity(models.Model):
    """What a class does together about a topic; at most one is shown to pupils at a time."""

    classroom = models.ForeignKey(Classroom, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=20, choices=ActivityKind.choices)
    topic = models.CharField(max_length=_LONGEST_SLUG)
    phase = models.CharField(max_length=20, choices=ActivityPhase.choices, default=ActivityPhase.PLANNED)
    phase_ends_at = models.DateTimeField(null=True)
    """Until when a phase is meant to last; nothing ends by itself."""
    settings = models.JSONField(default=dict)
    """`edition`, the number of the topic's; `crux`, its place in it (not in all kinds); `sheet`, of a quiz."""
    is_shown = models.BooleanField(default=False)
    is_feedback_released = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "activities"
        constraints: ClassVar = [
            is_known("activity", "kind", ActivityKind),
            is_known("activity", "phase", ActivityPhase),
            UniqueConstraint(
                fields=["classroom"],
                condition=Q(is_shown=True),
                name="perspectives_activity_one_is_shown_at_a_time",
                violation_error_message="Another activity is shown.",
            ),
            CheckConstraint(
                condition=~Q(phase=ActivityPhase.PLANNED) | Q(is_shown=False),
                name="perspectives_activity_is_shown_when_it_has_begun",
                violation_error_message="What is planned only is not shown.",
            ),
        ]

    def __str__(self) -> str:
        return f"activity {self.pk}: {self.kind}"


class Contribution(models.Model):
    """What a pupil wrote or chose in a phase of an activity, and what the teacher says to it."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="contributions")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="contributions")
    phase = models.CharField(max_length=20, choices=ActivityPhase.choices)
    text = models.TextField(blank=True, default="")
    references = models.JSONField(default=list)
    """What was chosen, as `rules.classroom.contributions` reads it: claims, answers, agreements, cruxes."""
    feedback = models.TextField(blank=True, default="")
    """Shown to the pupil once the activity's feedback is released."""

    class Meta:
        ordering = ("pupil__nickname", "pk")
        constraints: ClassVar = [
            is_known("contribution", "phase", ActivityPhase),
            UniqueConstraint(fields=["activity", "pupil", "phase"], name="perspectives_contribution_is_one_a_phase"),
            CheckConstraint(
                condition=Q(_is_short("text"), _is_short("feedback")),
                name="perspectives_contribution_is_short",
                violation_error_message=f"Write at most {LONGEST_TEXT} characters.",
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"


class Ballot(models.Model):
    """Where somebody stands in a poll, before and after; nobody can tell who.

    `number` is made from a random one that the browser alone keeps. All ballots of a poll are written anew, in random
    order, with each vote (`actions.classroom.voting`), so that their order tells nothing either.
    """

    number = models.CharField(max_length=64, primary_key=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="ballots")
    before = models.CharField(max_length=20, choices=PollCorner.choices, blank=True, default="")
    after = models.CharField(max_length=20, choices=PollCorner.choices, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            is_sha256("ballot_number_is_random", "number"),
            is_known("ballot", "before", PollCorner, may_be_blank=True),
            is_known("ballot", "after", PollCorner, may_be_blank=True),
            CheckConstraint(
                condition=~Q(before="", after=""),
                name="perspectives_ballot_says_something",
                violation_error_message="Choose a corner.",
            ),
        ]

    def __str__(self) -> str:
        return "a ballot"
