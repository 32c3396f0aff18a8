"""Positions on a topic, their claims, and how claims answer each other."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from perspectives.models.constraints import in_order, is_known, not_blank, once, unique_identifier
from perspectives.models.documents.item import Item
from perspectives.models.documents.topic import Topic
from perspectives.vocab import ClaimKind, ResponseType, Stance


class Perspective(Item):
    """One position on a topic. A topic has one of stance `author`: an exclusion constraint sees to it at commit."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="perspectives")
    identifier = models.SlugField(max_length=80)
    stance = models.CharField(max_length=20, choices=Stance.choices)
    label = models.TextField()
    summary = models.TextField()
    plain = models.TextField(blank=True, default="")
    held_by_note = models.TextField(blank=True, default="")

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("perspective", "topic"),
            is_known("perspective", "stance", Stance),
            not_blank("perspective", "label", "summary"),
            unique_identifier("perspective", "topic"),
        ]

    def __str__(self) -> str:
        return self.identifier


class Person(models.Model):
    """Somebody who holds a position."""

    name = models.CharField(max_length=300, unique=True)
    slug = models.SlugField(max_length=120, unique=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "people"
        constraints: ClassVar = [not_blank("person", "name", "slug")]

    def __str__(self) -> str:
        return self.name


class Holding(Item):
    """That a person holds a perspective."""

    perspective = models.ForeignKey(Perspective, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("holding", "perspective"),
            once("holding_is_stated_once", "perspective", "person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.perspective_id}"


class Claim(Item):
    """One assertive sentence of a perspective. `topic` repeats the perspective's; a composite key keeps them equal."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="claims")
    perspective = models.ForeignKey(Perspective, on_delete=models.PROTECT, related_name="claims")
    identifier = models.SlugField(max_length=80)
    text = models.TextField()
    kind = models.CharField(max_length=20, choices=ClaimKind.choices)

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("claim", "perspective"),
            is_known("claim", "kind", ClaimKind),
            not_blank("claim", "text"),
            unique_identifier("claim", "topic"),
        ]

    def __str__(self) -> str:
        return self.identifier


class Response(Item):
    """A typed link between two claims of a topic; composite keys keep both in it."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="responses")
    from_claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="answers_given")
    to_claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="answers_received")
    type = models.CharField(max_length=20, choices=ResponseType.choices)
    note = models.TextField()

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("response", "topic"),
            is_known("response", "type", ResponseType),
            not_blank("response", "note"),
            models.CheckConstraint(
                condition=~Q(from_claim=F("to_claim")),
                name="perspectives_response_links_two_claims",
                violation_error_message="A claim cannot answer itself.",
            ),
            once("response_is_given_once", "from_claim", "to_claim", "type"),
        ]

    def __str__(self) -> str:
        return f"{self.from_claim_id} {self.type} {self.to_claim_id}"


class Gap(Item):
    """An author claim that a stance does not answer, said openly."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="gaps")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="gaps")
    stance = models.CharField(max_length=20, choices=Stance.choices)
    note = models.TextField()

    class Meta(Item.Meta):
        constraints: ClassVar = [
            in_order("gap", "topic"),
            not_blank("gap", "note"),
            models.CheckConstraint(
                condition=Q(stance__in=[Stance.OPPOSING, Stance.NEUTRAL]),
                name="perspectives_gap_is_of_an_answering_stance",
                violation_error_message="A gap is an answer missing from the opposing or the neutral side.",
            ),
            once("gap_is_stated_once", "claim", "stance"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.stance}"
