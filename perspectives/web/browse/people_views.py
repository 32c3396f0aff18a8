"""The pages of people who hold perspectives: the list of them, and one with all claims."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from perspectives.queries.publication import published
from perspectives.queries.topics import people as queries
from perspectives.web.browse import people_pages
from perspectives.web.http import parameters
from perspectives.web.http.page_cache import cached_page
from perspectives.web.http.view_decorators import query_value


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


@cached_page()
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a person holds, topic by topic, with the answers, and the person's works that are cited."""
    found = queries.person(slug)
    claims = published.claim_records(people_pages.refs(found.record))
    works = queries.works(found)
    context = {
        "page": people_pages.Holder(
            found.record, claims, queries.stances(people_pages.others(claims.values())), dict(works)
        ),
        "works": people_pages.works(works),
    }
    return render(request, "perspectives/person.html", context)
