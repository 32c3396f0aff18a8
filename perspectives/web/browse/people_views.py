"""The pages of people who hold perspectives: the list of them, and one with all claims."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from perspectives.queries import people as queries
from perspectives.queries import published
from perspectives.web import choices, holders
from perspectives.web.answering import query_value
from perspectives.web.keeping import kept_page


@kept_page
def people(request: HttpRequest) -> HttpResponse:
    """List the people, by the first letter of the last name or by words of the name if asked."""
    letter, words = choices.initial(request), query_value(request, "name").strip()
    shown = choices.numbered_page(request, queries.people(letter=letter, words=words), of="people")
    context = {
        "letters": queries.initials(),
        "letter": letter,
        "words": words,
        "here": f"?{urlencode({'letter': letter, 'name': words})}&",
        "shown": shown,
        "lines": [holders.line(one.record) for one in shown],
    }
    return render(request, "perspectives/people.html", context)


@kept_page
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a person holds, topic by topic, with the answers, and the person's works that are cited."""
    found = queries.person(slug)
    claims = published.claim_records(holders.refs(found.record))
    works = queries.works(found)
    context = {
        "page": holders.Holder(found.record, claims, queries.stances(holders.others(claims.values())), dict(works)),
        "works": holders.works(works),
    }
    return render(request, "perspectives/person.html", context)
