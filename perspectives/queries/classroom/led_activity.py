"""An activity as its teacher sees it, on pages, in files and over the API: what was handed in, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from perspectives.models import Activity, Contribution
from perspectives.queries.classroom import classes
from perspectives.queries.publication import published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.rules.classroom import contributions, groups
from perspectives.rules.classroom.chosen_words import chosen_words
from perspectives.rules.classroom.contributions import Figures
from perspectives.rules.classroom.poll_corners import Corner, corners
from perspectives.rules.documents.topic_document import Crux, TopicEdition
from perspectives.vocab import ActivityKind, ActivityPhase


@dataclass(frozen=True)
class HandedIn:
    """A contribution with what is counted of it; `right` answers of a quiz alone, None otherwise."""

    contribution: Contribution
    phase: ActivityPhase
    figures: Figures
    chosen: list[str]
    right: int | None


@dataclass(frozen=True)
class LedActivity:
    """An activity, about the edition of the topic that it keeps to."""

    activity: Activity

    @property
    def kind(self) -> ActivityKind:
        """What the class does."""
        return ActivityKind.of(self.activity.kind)

    @property
    def phase(self) -> ActivityPhase:
        """How far it has come."""
        return ActivityPhase.of(self.activity.phase)

    @cached_property
    def edition(self) -> tuple[TopicEdition, Stored]:
        """The edition of the topic that the activity keeps to, and what is known of it since."""
        return published.topic_document(self.activity.topic, number=self.activity.settings["edition"])

    @property
    def document(self) -> TopicEdition:
        """The content of that edition."""
        return self.edition[0]

    @property
    def stored(self) -> Stored:
        """Whether it was retracted."""
        return self.edition[1]

    @property
    def crux(self) -> Crux | None:
        """The question on which the sides part that it is about."""
        place = self.activity.settings.get("crux")
        return None if place is None else self.document.cruxes[place]

    @property
    def question(self) -> str:
        """What it is about, in a sentence."""
        return self.crux.question if self.crux else self.document.question

    @cached_property
    def sheet(self) -> list[Mapping[str, Any]]:
        """The claims of the quiz; none for other kinds."""
        return classes.quiz_claims(self.activity, self.document)

    @cached_property
    def handed_in(self) -> list[HandedIn]:
        """What was handed in, by nickname; nothing for a poll."""
        return [self._counted(one) for one in classes.contributions(self.activity)]

    @property
    def consensus(self) -> list[groups.Consensus]:
        """What each group has found that all of it accept."""
        kept = classes.contributions(self.activity).filter(phase=ActivityPhase.SEEKING)
        return groups.consensus(
            groups.HandedIn(one.pupil.group or 0, one.text, frozenset(link["accepted"] for link in one.references))
            for one in kept
        )

    @property
    def has_result(self) -> bool:
        """Whether the poll's result may be shown: never while it is open, since a number that changes tells whose."""
        return self.phase in {ActivityPhase.BETWEEN, ActivityPhase.ENDED}

    @property
    def is_whole(self) -> bool:
        """Whether the activity has ended, and a poll has its result after the lesson too."""
        return self.phase is ActivityPhase.ENDED

    @cached_property
    def corners(self) -> list[Corner]:
        """The corners in their order, with numbers where there is a result."""
        return corners(self.crux, classes.ballots(self.activity) if self.has_result else [])

    def _counted(self, one: Contribution) -> HandedIn:
        is_quiz = self.kind is ActivityKind.QUIZ
        references = [] if is_quiz else one.references
        return HandedIn(
            contribution=one,
            phase=ActivityPhase.of(one.phase),
            figures=contributions.figures(one.text, references, self.document),
            chosen=[chosen_words(reference, self.document) for reference in references],
            right=contributions.right(one.references, self.sheet) if is_quiz else None,
        )
