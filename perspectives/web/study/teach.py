"""A topic for teachers: a plan, prompts, role cards, papers to print, files for learning platforms."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from perspectives.clients.handout import handout_files
from perspectives.errors import NotFoundError
from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import published
from perspectives.rules.study import lesson, papers
from perspectives.rules.study.handout import Imprint
from perspectives.rules.study.roles import roles
from perspectives.serving import teaching
from perspectives.serving.lanes import Work
from perspectives.vocab import EditionOrigin
from perspectives.web.http.cached_files import cached, conditional, tag_of
from perspectives.web.http.costly import costly
from perspectives.web.http.page_cache import cached_page, one_topic
from perspectives.web.http.view_decorators import BadQueryError, page, query_value
from perspectives.web.topics.drawings import not_now
from perspectives.web.topics.edition_citation import topic_frame


@cached_page("minutes", about=one_topic)
def teach(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a teacher needs for a lesson on a topic. Raises NotFoundError and BadQueryError."""
    lengths = {str(minutes): minutes for minutes in lesson.LENGTHS}
    minutes = query_value(request, "minutes", str(lesson.USUAL))
    if minutes not in lengths:
        raise BadQueryError(f"There is no plan for {minutes} minutes; choose one of {', '.join(lengths)}.")
    document, stored = published.topic_document(slug)
    address = request.build_absolute_uri(reverse("topic-teach", args=[slug]))
    base = request.build_absolute_uri("/")[:-1]
    links = {link.name: link for link in teaching.links("", slug)}
    anchors = {"roles": ("#part_roles", "Role packs"), "prompts": ("#part_prompts", "Questions to ask")}
    materials = {name: (link.address, link.title.partition(":")[0]) for name, link in links.items()} | anchors
    context = {
        "lengths": lesson.LENGTHS,
        "minutes": lengths[minutes],
        "steps": [(step, materials.get(step.material)) for step in lesson.plan(lengths[minutes])],
        "prompts": lesson.prompts(document),
        "notes": (document.teaching.note or "").split("\n\n") if document.teaching else [],
        "roles": roles(document),
        "links": links.values(),
        "printed": list(teaching.printed("", slug)),
        "quiz_files": list(teaching.quiz_files("", slug)),
        "cartridge": teaching.cartridge("", slug),
        "classroom": teaching.classroom(address, document.question),
        "embeds": teaching.embeds(base, slug, document.title),
        **topic_frame(request, document, stored),
        "address": address,
    }
    return render(request, "perspectives/study/teach.html", context)


@page
@costly(Work.FILES)
def paper(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a paper of a lesson as PDF; where it cannot be made now, answer 503 and say when to ask again.

    Of a retracted edition there is none. Raises NotFoundError.
    """
    if name not in papers.PAPERS:
        raise NotFoundError(f"There is no paper '{name}'; choose one of {', '.join(papers.PAPERS)}.")
    document, stored = published.topic_document(slug)
    if stored.retracted_at:
        raise NotFoundError(f"The edition of '{slug}' was retracted, so there is nothing to hand out of it.")
    checked = check_reports.checked([*document.sources])
    notices = {key: notice.warning for key in document.sources if (notice := checked.notice(key))}
    imprint = Imprint(stored.sha256, stored.published_at, EditionOrigin.of(stored.origin), settings.SITE_URL, notices)
    tag = tag_of(f"paper {papers.FORM} {settings.SITE_URL} {stored.sha256} {name} {sorted(notices.items())}")
    file_name = papers.file_name(slug, stored.number, name)
    held = conditional(request, HttpResponse(content_type="application/pdf"), file_name, tag, stored)
    if held.status_code == HTTPStatus.OK:
        try:
            tree, meta = papers.tree(document, imprint, name), papers.meta(document, imprint, name)
            held.content = cached(
                f"paper:{tag}", lambda: handout_files.paper(tree, meta=meta, moment=stored.published_at)
            )
        except handout_files.NotMadeError:
            return not_now("The paper cannot be made now; ask again in a moment.")
    return held
