"""The quiz "who would say this?": the address holds the sheet and the answers, so nothing is stored anywhere."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from perspectives.queries.study import study_claims
from perspectives.rules.study.quiz import SHEETS
from perspectives.vocab import Stance
from perspectives.web.http.view_decorators import BadQueryError, page, query_value


@dataclass(frozen=True)
class Question:
    """A claim of the sheet, and what the reader answered (None for nothing)."""

    record: Mapping[str, Any]
    topic: Mapping[str, Any]
    answer: Stance | None

    @property
    def stance(self) -> Stance:
        """The side that makes the claim."""
        return Stance.of(self.record["stance"])

    @property
    def is_right(self) -> bool:
        """Whether the reader found the side."""
        return self.answer is self.stance

    @property
    def anchor(self) -> str:
        """The claim's place on its topic's page."""
        return str(self.record["id"]).rpartition("/")[2]


@page
def quiz(request: HttpRequest) -> HttpResponse:
    """Ask about the claims of a sheet, or say, where answers were sent, who makes them. Raises NotFoundError."""
    if "sheet" not in request.GET:
        return _another_sheet(request)
    number, topic = _number(request), query_value(request, "topic")
    sheet, topics = study_claims.quiz_sheet(seed=number, topic=topic)
    questions = [Question(record, topics[record["topic"]], _answer(request, record["id"])) for record in sheet]
    address = f"{reverse('quiz')}?{urlencode({'topic': topic, 'sheet': number} if topic else {'sheet': number})}"
    context = {
        "questions": questions,
        "topic": topics.get(topic),
        "number": number,
        "is_answered": "done" in request.GET,
        "right": sum(question.is_right for question in questions),
        "stances": Stance,
        "sheet": request.build_absolute_uri(address),
    }
    return render(request, "perspectives/study/quiz.html", context)


@never_cache
def _another_sheet(request: HttpRequest) -> HttpResponse:
    """Lead to a sheet whose number chance has chosen."""
    topic = query_value(request, "topic")
    chosen = {"topic": topic} if topic else {}
    return redirect(f"{reverse('quiz')}?{urlencode({**chosen, 'sheet': 1 + secrets.randbelow(SHEETS)})}")


def _number(request: HttpRequest) -> int:
    value = query_value(request, "sheet")
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= SHEETS):
        raise BadQueryError(f"There is no sheet '{value}'; sheets are numbered from 1 to {SHEETS}.")
    return int(value)


def _answer(request: HttpRequest, claim: str) -> Stance | None:
    value = query_value(request, claim)
    if value and value not in Stance:
        raise BadQueryError(f"There is no side '{value}'; the sides are {', '.join(Stance.values)}.")
    return Stance.of(value) if value else None
