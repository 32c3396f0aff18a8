"""What teachers hand out of a topic: a sheet of the quiz, also as files, and the state of its handouts."""

import json
from collections.abc import Callable, Mapping
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
from perspectives.rules.formats.quiz import gift, moodle_xml, qti
from perspectives.rules.formats.quiz.exercise import Quiz, exercise
from perspectives.rules.study import quiz
from perspectives.rules.study.handout import MEDIA_TYPES, MOST_ATTEMPTS
from perspectives.rules.study.quiz_questions import KINDS, SIDE, evidence, told
from perspectives.vocab import HandoutState, Stance


class StudyView(ResourceView):
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


def _file(view: Any, made: Quiz) -> bytes:
    writers: Mapping[str, Callable[[Quiz], bytes]] = {
        "gift": lambda one: gift.text(one).encode(),
        "moodle": moodle_xml.document,
        "qti": qti.package,
    }
    return writers[view.form.suffix](made)


class TopicQuizView(StudyView):
    """A sheet of the quiz: claims of which one is to find the stance, or (`ask=rebuttal`) what rebuts them.

    The same number gives the same sheet as the page, until an edition changes the claims. Answers are given on request
    (`answers=yes`), with reason and evidence, so that a tool which pupils read in their browsers can be given questions
    alone. The files for learning platforms always have the answers. Of a retracted edition there is none.
    """

    shape = extract_shapes.Quiz
    queries: Mapping[str, Parameter] = {
        "sheet": Parameter(
            "The number of the sheet.", {"type": "integer", "minimum": 1, "maximum": quiz.SHEETS, "default": 1}
        ),
        "ask": Parameter("What is asked.", {"type": "string", "enum": [*KINDS], "default": SIDE}),
        "answers": Parameter(
            "Whether each question has its answer, with reason and evidence.",
            {"type": "string", "enum": ["yes", "no"], "default": "no"},
        ),
    }
    renderer_classes = [
        formats.JsonRenderer,
        *(one.renderer(_file) for one in (formats.GIFT, formats.MOODLE_XML, formats.QTI)),
    ]

    def get(self, request: Request, slug: str, **_: Any) -> HttpResponse:
        """Give the sheet, or its file. Raises NotFoundError and RefusedError."""
        if self.form is formats.JSON:
            return super().get(request, slug)
        document, stored = published.topic_document(slug)
        number, kind = _sheet(self.query.get("sheet", "1")), self.query.get("ask", SIDE)
        response = self.respond(self.exercises(document, number, kind))
        ending = {"moodle": "xml", "qti": "zip"}.get(self.form.suffix, self.form.suffix)
        name = f"debatekb-{slug}-quiz-{kind}-{number}-edition-{stored.number}.{ending}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        caching.tell_of_edition(response, stored)
        return response

    def told(self, document: TopicEdition, stored: Stored) -> dict[str, Any]:
        """Give the sheet. Raises NotFoundError and RefusedError."""
        del stored
        number, kind = _sheet(self.query.get("sheet", "1")), self.query.get("ask", SIDE)
        questions = CACHE.published(
            ("quiz", document.topic, number, kind, has_answers := self.query.get("answers") == "yes"),
            lambda: formats.json_bytes(_questions(document, number, kind, has_answers=has_answers)),
        )
        asked = {"topic": document.topic, "sheet": number, **({} if kind == SIDE else {"ask": kind})}
        return {
            "url": f"{self.base}{reverse('quiz')}?{urlencode(asked)}",
            "title": document.title,
            "sheet": number,
            "ask": kind,
            "choices": Stance.values if kind == SIDE else [],
            "questions": json.loads(questions),
        }

    def exercises(self, document: TopicEdition, number: int, kind: str) -> Quiz:
        """Write a sheet as learning platforms take it in. Raises NotFoundError."""
        slug = document.topic
        page = f"{self.base}{reverse('topic', args=[slug])}#"
        made = [
            exercise(one, evidence(one.answer, document.sources), page + one.answer["id"].rpartition("/")[2])
            for one in study_claims.quiz_sheet(seed=number, topic=slug, kind=kind).questions
        ]
        title = f"Debate KB: {document.title}. {KINDS[kind]} Sheet {number}"
        return Quiz(f"{slug}-{kind}-{number}", title, tuple(made))


class TopicHandoutsView(StudyView):
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


def _questions(document: TopicEdition, number: int, kind: str, *, has_answers: bool) -> list[dict[str, Any]]:
    sheet = study_claims.quiz_sheet(seed=number, topic=document.topic, kind=kind)
    return [*told(sheet.questions, document.sources if has_answers else None)]


def _sheet(text: str) -> int:
    """Read the number of a sheet. Raises RefusedError."""
    is_short = text.isascii() and text.isdigit() and len(text) <= len(str(quiz.SHEETS))
    if not is_short or not 1 <= int(text) <= quiz.SHEETS:
        sentence = f"'sheet' is a whole number from 1 to {quiz.SHEETS}."
        raise RefusedError(problems.INVALID_PARAMETER, sentence, parameter="sheet")
    return int(text)
