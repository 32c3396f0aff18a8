"""The pages of people who hold perspectives or state claims: the list of them, and one with both."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from perspectives.models import PublishedPerson
from perspectives.queries.publication import published
from perspectives.queries.topics import people as queries
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.web.browse import people_pages
from perspectives.web.http import parameters
from perspectives.web.http.page_cache import LIFETIME, cached_page
from perspectives.web.http.view_decorators import BadQueryError, query_value


@cached_page("letter", "page", uncached=["name"])
def people(request: HttpRequest) -> HttpResponse:
    """List the people, by the first letter of the last name or by words of the name if asked."""
    letter, words = parameters.initial(request), query_value(request, "name").strip()
    shown = parameters.numbered_page(request, queries.people(letter=letter, words=words), of="people")
    context = {
        "letters": queries.initials(),
        "letter": letter,
        "words": words,
        "here": f"?{urlencode({'letter': letter, 'name': words})}&",
        "shown": shown,
        "lines": [people_pages.line(one.record) for one in shown],
    }
    return render(request, "perspectives/people.html", context)


def person(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a person, or lead from somebody who only wrote, edited or translated cited works to a search for the name.

    So there is something at the address of everybody whom the linked data names.
    """
    response = _person(request, slug)
    if response.status_code == HTTPStatus.NOT_FOUND and (name := queries.name_in_works(slug)):
        response = redirect(f"{reverse('search')}?{urlencode({'q': name})}")
        response["Cache-Control"] = LIFETIME
    return response


@cached_page()
def _person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a person states and holds, topic by topic, and the person's works that are cited."""
    found = queries.person(slug)
    works = queries.works(found)
    context = {"page": _page(found, dict(works)), "works": people_pages.works(works)}
    return render(request, "perspectives/person.html", context)


@cached_page(uncached=["a", "b"])
def compare(request: HttpRequest) -> HttpResponse:
    """Set two people side by side on the questions they share; with one alone, list those who share a question.

    Raises NotFoundError and BadQueryError.
    """
    slugs = [query_value(request, name) for name in ("a", "b")]
    if not slugs[0] or slugs[0] == slugs[1]:
        raise BadQueryError("Name two different people: ?a= and ?b= take what stands last in the address of a person.")
    found = [queries.person(slug) for slug in slugs if slug]
    pages = [_page(one, dict(queries.works(one))) for one in found]
    context: dict[str, Any] = {"pages": pages}
    if len(found) == 1:
        context["sharing"] = people_pages.sharing(
            found[0].record, queries.on_topics(people_pages.topics_of(found[0].record))
        )
    else:
        context["shared"] = people_pages.shared(*pages)
    return render(request, "perspectives/people/compare.html", context)


def _page(found: PublishedPerson, works: Mapping[str, SourceRecord]) -> people_pages.PersonPage:
    titles = published.titles(people_pages.topics_of(found.record))
    claims = published.claim_records(found.record["states"])
    stances = queries.stances(people_pages.others(claims.values()))
    return people_pages.PersonPage(found.record, titles, claims, stances, works)
