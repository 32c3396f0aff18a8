"""The quiz: the address holds the sheet and the answers, so nothing is stored anywhere."""

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
from perspectives.rules.study.quiz_questions import KINDS, SIDE, Choice, Evidence, Question, evidence
from perspectives.serving.teaching import quiz_files
from perspectives.vocab import Stance
from perspectives.web.http.view_decorators import BadQueryError, page, query_value
from perspectives.web.topics.edition_pages import checked_of_records


@dataclass(frozen=True)
class Asked:
    """A question of the sheet, and what the reader answered (None for nothing)."""

    question: Question
    topic: Mapping[str, Any]
    answer: Choice | None
    evidence: tuple[Evidence, ...]

    @property
    def stance(self) -> Stance:
        """The side of the claim that the evidence is of."""
        return Stance.of(self.question.answer["stance"])

    @property
    def is_right(self) -> bool:
        """Whether the reader found the answer."""
        return self.answer is not None and self.answer.value == self.question.right

    @property
    def anchor(self) -> str:
        """The place of the claim that the evidence is of, on its topic's page."""
        return str(self.question.answer["id"]).rpartition("/")[2]


@dataclass(frozen=True)
class Answered:
    """A sheet with what the reader answered; `topic` is blank for a sheet of all topics."""

    number: int
    topic: str
    kind: str
    sheet: study_claims.Sheet
    asked: list[Asked]
    is_sent: bool

    @property
    def is_answered(self) -> bool:
        """Whether any answer was sent."""
        return self.is_sent and any(one.answer for one in self.asked)

    @property
    def right(self) -> int:
        """How many were answered rightly."""
        return sum(one.is_right for one in self.asked)


@page
def quiz(request: HttpRequest) -> HttpResponse:
    """Ask the questions of a sheet or, where answers were sent, say what is right and why. Raises NotFoundError.

    A sheet that was sent without any answer is not scored, but asked again.
    """
    kind = _kind(request)
    if "sheet" not in request.GET:
        return _another_sheet(request, kind)
    found = answered(request)
    number, topic, sheet, course = found.number, found.topic, found.sheet, query_value(request, "course")
    context = {
        "asked": found.asked,
        "topic": sheet.topics.get(topic),
        "number": number,
        "kind": kind,
        "title": KINDS[kind],
        "is_answered": found.is_answered,
        "is_empty": found.is_sent and not found.is_answered,
        "right": found.right,
        "course": course,
        "again": _address(topic, kind, sheet=number, course=course),
        "sheet": request.build_absolute_uri(_address(topic, kind, sheet=number)),
        "another": _address(topic, kind),
        "kinds": [(name, words, _address(topic, name)) for name, words in KINDS.items()],
        **(checked_of_records(sheet.sources) if found.is_answered else {}),
        "files": list(quiz_files("", topic, sheet=number, kinds=(kind,))) if topic else [],
    }
    return render(request, "perspectives/study/quiz.html", context)


def answered(request: HttpRequest) -> Answered:
    """Read the sheet and the answers that an address holds. Raises NotFoundError and BadQueryError."""
    kind, number, topic = _kind(request), _number(request), query_value(request, "topic")
    is_sent = "done" in request.GET
    sheet = study_claims.quiz_sheet(seed=number, topic=topic, kind=kind, has_sources=is_sent)
    asked = [_asked(request, one, sheet) for one in sheet.questions]
    return Answered(number, topic, kind, sheet, asked, is_sent)


def _asked(request: HttpRequest, question: Question, sheet: study_claims.Sheet) -> Asked:
    value, choices = query_value(request, question.claim["id"]), {one.value: one for one in question.choices}
    if value and value not in choices:
        known = "the sides are " + ", ".join(choices) if question.kind == SIDE else "choose one of those on the sheet"
        what = "side" if question.kind == SIDE else "answer"
        raise BadQueryError(f"There is no {what} '{value}'; {known}.")
    works = evidence(question.answer, sheet.sources)
    return Asked(question, sheet.topics[question.claim["topic"]], choices.get(value), works)


@never_cache
def _another_sheet(request: HttpRequest, kind: str) -> HttpResponse:
    """Lead to a sheet whose number chance has chosen."""
    return redirect(_address(query_value(request, "topic"), kind, sheet=1 + secrets.randbelow(SHEETS)))


def _address(topic: str, kind: str, **more: int | str) -> str:
    chosen = {"topic": topic, "ask": "" if kind == SIDE else kind}
    query = urlencode({name: value for name, value in {**chosen, **more}.items() if value})
    return f"{reverse('quiz')}?{query}" if query else reverse("quiz")


def _kind(request: HttpRequest) -> str:
    kind = query_value(request, "ask", SIDE)
    if kind not in KINDS:
        raise BadQueryError(f"There is no quiz '{kind}'; choose one of {', '.join(KINDS)}.")
    return kind


def _number(request: HttpRequest) -> int:
    value = query_value(request, "sheet")
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= SHEETS):
        raise BadQueryError(f"There is no sheet '{value}'; sheets are numbered from 1 to {SHEETS}.")
    return int(value)
