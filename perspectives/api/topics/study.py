"""What teachers hand out of a topic: a sheet of the quiz "who would say this?", and the state of its handouts."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from perspectives.api.http import caching, formats, problems
from perspectives.api.http.conventions import Parameter
from perspectives.api.http.errors import RefusedError
from perspectives.api.http.views import ResourceView
from perspectives.api.schema import extract_shapes
from perspectives.queries.publication import published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.queries.publication.publication_cache import CACHE
from perspectives.queries.study import handouts, study_claims
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.study import quiz
from perspectives.rules.study.handout import MEDIA_TYPES, MOST_ATTEMPTS
from perspectives.vocab import HandoutState, Stance


class _StudyView(ResourceView):
    """The base: what is made of a topic's current edition, with its number in the headers."""

    def get(self, request: Request, slug: str, **_: Any) -> HttpResponse:
        """Give it. Raises NotFoundError and RefusedError."""
        document, stored = published.topic_document(slug)
        head = {"topic": slug, "edition": stored.number, "question": document.question}
        response = self.respond({**head, **self.told(document, stored)})
        caching.tell_of_edition(response, stored)
        return response

    def told(self, document: TopicEdition, stored: Stored) -> dict[str, Any]:
        """Give what there is besides topic, edition and question."""
        raise NotImplementedError


class TopicQuizView(_StudyView):
    """A sheet of the quiz "who would say this?": claims of the topic, of which one is to find the stance.

    The same number gives the same sheet as the page, until an edition changes the claims. Answers are given on request
    (`answers=yes`), so that a tool which pupils read in their browsers can be given questions alone. Of a retracted
    edition there is none.
    """

    shape = extract_shapes.Quiz
    queries: Mapping[str, Parameter] = {
        "sheet": Parameter(
            "The number of the sheet.", {"type": "integer", "minimum": 1, "maximum": quiz.SHEETS, "default": 1}
        ),
        "answers": Parameter(
            "Whether each question says whose claim it is.", {"type": "string", "enum": ["yes", "no"], "default": "no"}
        ),
    }

    def told(self, document: TopicEdition, stored: Stored) -> dict[str, Any]:
        """Give the sheet. Raises NotFoundError and RefusedError."""
        del stored
        number = _sheet(self.query.get("sheet", "1"))
        questions = CACHE.published(
            ("quiz", document.topic, number, has_answers := self.query.get("answers") == "yes"),
            lambda: formats.json_bytes(_questions(document.topic, number, has_answers=has_answers)),
        )
        return {
            "url": f"{self.base}{reverse('quiz')}?{urlencode({'topic': document.topic, 'sheet': number})}",
            "title": document.title,
            "sheet": number,
            "choices": Stance.values,
            "questions": json.loads(questions),
        }


class TopicHandoutsView(_StudyView):
    """The handouts of a topic, each with its state: they are made in the background after each publication.

    Of a retracted edition there are none.
    """

    shape = extract_shapes.Handouts

    def told(self, document: TopicEdition, stored: Stored) -> dict[str, Any]:
        """Give the handouts as far as they are made."""
        slug = document.topic
        offered = () if stored.retracted_at else handouts.of_topic(slug, most_attempts=MOST_ATTEMPTS)
        return {
            "url": f"{self.base}{reverse('handout', args=[slug])}",
            "handouts": [self._handout(slug, one) for one in offered],
        }

    def _handout(self, slug: str, one: handouts.Described) -> dict[str, Any]:
        told = {"format": one.format.value, "media_type": MEDIA_TYPES[one.format], "state": one.state.value}
        if one.state is not HandoutState.READY:
            return told
        return {
            **told,
            "url": f"{self.base}{reverse('handout-file', args=[slug, one.format.value])}",
            "bytes": one.size,
        }


def _questions(topic: str, number: int, *, has_answers: bool) -> list[dict[str, Any]]:
    claims, _ = study_claims.quiz_sheet(seed=number, topic=topic)
    return quiz.questions(claims, has_answers=has_answers)


def _sheet(text: str) -> int:
    """Read the number of a sheet. Raises RefusedError."""
    is_short = text.isascii() and text.isdigit() and len(text) <= len(str(quiz.SHEETS))
    if not is_short or not 1 <= int(text) <= quiz.SHEETS:
        sentence = f"'sheet' is a whole number from 1 to {quiz.SHEETS}."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="sheet")
    return int(text)
