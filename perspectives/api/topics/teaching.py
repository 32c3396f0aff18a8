"""A lesson on a topic: plans, prompts, roles, papers to print and links, also as a cartridge."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.request import Request

from perspectives.api.http import caching, formats
from perspectives.api.topics import teaching_shapes
from perspectives.api.topics.study import StudyView
from perspectives.errors import NotFoundError
from perspectives.queries.publication import published
from perspectives.queries.publication.edition_cache import Stored
from perspectives.rules.documents.topic_document import TopicEdition
from perspectives.rules.formats.quiz import common_cartridge
from perspectives.rules.study import lesson
from perspectives.rules.study.roles import Heard, Point, Role, roles
from perspectives.serving import teaching


def _cartridge(view: Any, document: TopicEdition) -> bytes:
    return common_cartridge.package(document.topic, document.title, teaching.links(view.base, document.topic))


class TopicTeachView(StudyView):
    """What a teacher needs for a lesson on a topic: as much for each side, made from its edition by rules.

    The suffix `.imscc` gives the links alone as a Common Cartridge 1.3. Of a retracted edition there is none.
    """

    shape = teaching_shapes.Teaching
    renderer_classes = [formats.JsonRenderer, formats.CARTRIDGE.renderer(_cartridge)]

    def get(self, request: Request, slug: str, **_: Any) -> HttpResponse:
        """Give the lesson, or the cartridge. Raises NotFoundError."""
        if self.form is formats.JSON:
            return super().get(request, slug)
        document, stored = published.topic_document(slug)
        _refuse_retracted(stored, slug)
        response = self.respond(document)
        name = f"debatekb-{slug}-links-edition-{stored.number}.imscc"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        caching.tell_of_edition(response, stored)
        return response

    def told(self, document: TopicEdition, stored: Stored) -> dict[str, Any]:
        """Give the lesson. Raises NotFoundError."""
        slug = document.topic
        _refuse_retracted(stored, slug)
        return {
            "url": f"{self.base}{reverse('topic-teach', args=[slug])}",
            "title": document.title,
            "plans": [_plan(minutes) for minutes in lesson.LENGTHS],
            **_by_editors(document),
            "prompts": [
                {
                    "question": one.crux.question,
                    "kind": one.crux.kind.value,
                    "ask": list(one.ask),
                    "would_settle": one.crux.would_settle,
                }
                for one in lesson.prompts(document)
            ],
            "roles": [_role(role) for role in roles(document)],
            "papers": [
                {
                    "name": one.name,
                    "title": one.paper.title,
                    "about": one.paper.sentence,
                    "is_key": one.paper.is_key,
                    "url": one.address,
                }
                for one in teaching.printed(self.base, slug)
            ],
            "links": [_link(one) for one in teaching.links(self.base, slug)],
            "files": [
                *(_link(one) for one in teaching.quiz_files(self.base, slug)),
                {"name": "links", "title": "Common Cartridge 1.3", "url": teaching.cartridge(self.base, slug)},
            ],
            "embeds": [
                {"title": one.name, "html": one.code} for one in teaching.embeds(self.base, slug, document.title)
            ],
        }


def _refuse_retracted(stored: Stored, slug: str) -> None:
    if stored.retracted_at:
        raise NotFoundError(f"The edition of '{slug}' was retracted, so there is no lesson on it.")


def _by_editors(document: TopicEdition) -> dict[str, Any]:
    told = document.teaching.model_dump(exclude_none=True) if document.teaching else {}
    return {**told, "terms": [vars(term) for term in document.terms]}


def _plan(minutes: int) -> dict[str, Any]:
    return {"minutes": minutes, "steps": [vars(step) for step in lesson.plan(minutes)]}


def _link(one: common_cartridge.Link) -> dict[str, Any]:
    return {"name": one.name, "title": one.title, "url": one.address}


def _role(role: Role) -> dict[str, Any]:
    return {
        "stance": role.stance.value,
        "name": role.name,
        "positions": [
            {"perspective": side.id, "label": side.label, "words": side.plain or side.summary}
            for side in role.positions
        ],
        "claims": [_point(point) for point in role.points],
        "will_hear": [_heard(heard) for heard in role.heard],
        "cruxes": [{"question": one.crux.question, "answer": one.answer} for one in role.partings],
    }


def _point(point: Point) -> dict[str, Any]:
    quotation = point.quotation
    quoted = {"quote": quotation.words, "quote_status": quotation.status.value} if quotation else {}
    told = {"claim": point.voice.public_id, "text": point.voice.claim.text, "evidence": point.source}
    return {**told, **quoted}


def _heard(heard: Heard) -> dict[str, Any]:
    told = {"claim": heard.voice.public_id, "stance": heard.voice.stance.value, "text": heard.voice.claim.text}
    return {**told, **({"type": heard.how, "answer": heard.answer} if heard.answer else {})}
