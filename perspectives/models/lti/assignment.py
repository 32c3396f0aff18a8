"""What courses of learning platforms link to, who launches it, and the grades that go back."""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from perspectives.models.classroom import Classroom, Pupil
from perspectives.models.constraints import is_known, not_blank
from perspectives.models.lti.registration import LONGEST_ADDRESS, LONGEST_ID, LtiDeployment
from perspectives.vocab import LtiContent, LtiGradeState

_LONGEST_SLUG: Final = 80


class LtiCourse(models.Model):
    """A course of a platform, and its services as the last launch of a teacher named them."""

    deployment = models.ForeignKey(LtiDeployment, on_delete=models.PROTECT, related_name="courses")
    context_id = models.CharField(max_length=LONGEST_ID)
    memberships_url = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            not_blank("lticourse", "context_id"),
            UniqueConstraint(fields=["deployment", "context_id"], name="perspectives_lticourse_is_one_a_context"),
        ]

    def __str__(self) -> str:
        return f"course {self.pk}"


class LtiAssignment(models.Model):
    """A link of a course to this tool: a page, a quiz or a class, and the platform's line item for it."""

    course = models.ForeignKey(LtiCourse, on_delete=models.PROTECT, related_name="assignments")
    resource_link_id = models.CharField(max_length=LONGEST_ID)
    content = models.CharField(max_length=20, choices=LtiContent.choices)
    path = models.CharField(max_length=LONGEST_ID, blank=True, default="")
    """The address of a page, without the site."""
    topic = models.CharField(max_length=_LONGEST_SLUG, blank=True, default="")
    """Of a quiz."""
    sheet = models.PositiveIntegerField(null=True)
    """The number of a quiz's sheet."""
    classroom = models.ForeignKey(Classroom, null=True, on_delete=models.PROTECT, related_name="lti_assignments")
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    lineitem_url = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """Blank where the platform named none and none was found or made yet."""
    lineitems_url = models.CharField(max_length=LONGEST_ADDRESS, blank=True, default="")
    """Where the line items of the course are listed and made."""
    scopes = ArrayField(models.CharField(max_length=LONGEST_ID), default=list)
    """What the platform allows, as it names it."""

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            is_known("ltiassignment", "content", LtiContent),
            not_blank("ltiassignment", "resource_link_id"),
            UniqueConstraint(fields=["course", "resource_link_id"], name="perspectives_ltiassignment_is_one_a_link"),
            CheckConstraint(
                condition=Q(content=LtiContent.MATERIAL, path__startswith="/", topic="", sheet=None, classroom=None)
                | Q(content=LtiContent.QUIZ, path="", topic__regex=r"\S", sheet__isnull=False, classroom=None)
                | Q(content=LtiContent.CLASS, path="", topic="", sheet=None, classroom__isnull=False),
                name="perspectives_ltiassignment_opens_one_thing",
                violation_error_message="A link opens a page, a quiz or a class.",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}: {self.content}"


class LtiLearner(models.Model):
    """Somebody who came into a class by an assignment: the platform's opaque id, and the pupil."""

    assignment = models.ForeignKey(LtiAssignment, on_delete=models.PROTECT, related_name="learners")
    user_id = models.CharField(max_length=LONGEST_ID)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="lti_learners")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            not_blank("ltilearner", "user_id"),
            UniqueConstraint(fields=["assignment", "user_id"], name="perspectives_ltilearner_is_one_an_assignment"),
        ]

    def __str__(self) -> str:
        return f"learner {self.pk}"


class LtiGradeRun(models.Model):
    """A sending of the grades of an assignment; one at a time."""

    assignment = models.ForeignKey(LtiAssignment, on_delete=models.PROTECT, related_name="runs")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    asked_again_at = models.DateTimeField(null=True)
    """Until when the platform wants to be left alone."""

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            UniqueConstraint(
                fields=["assignment"],
                condition=Q(finished_at=None),
                name="perspectives_ltigraderun_one_is_open_an_assignment",
                violation_error_message="The grades of this assignment are being sent.",
            )
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"


class LtiGrade(models.Model):
    """A learner's grade in a run; `timestamp` is sent with each try, so that a repeated post is the same post."""

    run = models.ForeignKey(LtiGradeRun, on_delete=models.PROTECT, related_name="grades")
    learner = models.ForeignKey(LtiLearner, on_delete=models.PROTECT, related_name="grades")
    score = models.DecimalField(max_digits=9, decimal_places=2)
    maximum = models.DecimalField(max_digits=9, decimal_places=2)
    timestamp = models.DateTimeField()
    state = models.CharField(max_length=20, choices=LtiGradeState.choices, default=LtiGradeState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True, default="")
    """Why the last try failed, in a sentence for the teacher."""

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            is_known("ltigrade", "state", LtiGradeState),
            UniqueConstraint(fields=["run", "learner"], name="perspectives_ltigrade_is_one_a_learner"),
            CheckConstraint(
                condition=Q(score__gte=0, score__lte=models.F("maximum"), maximum__gt=0),
                name="perspectives_ltigrade_score_is_possible",
                violation_error_message="A score lies between 0 and its maximum.",
            ),
            CheckConstraint(
                condition=~Q(state=LtiGradeState.REFUSED) | Q(last_error__regex=r"\S"),
                name="perspectives_ltigrade_refusal_has_a_reason",
                violation_error_message="A refusal has its reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"grade {self.pk}: {self.state}"
