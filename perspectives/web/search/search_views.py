"""The search page: whole, or only what was found, for the same address."""

from django.http import HttpRequest, HttpResponse

from perspectives.errors import NotFoundError
from perspectives.queries.evidence import check_reports
from perspectives.queries.publication import page_reads, published
from perspectives.queries.search import claim_search as finding
from perspectives.rules.topics.brief import Brief, brief
from perspectives.serving.lanes import Work
from perspectives.web.http.costly import costly
from perspectives.web.http.view_decorators import page, whole_or_part
from perspectives.web.search import search_query
from perspectives.web.search.search_results import FoundPage, topics_named

EXAMPLES = 6
"""How many questions are offered to whom has none, or found nothing."""


@page
@costly(Work.COSTLY)
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found for a question, or what can be asked. Raises NotFoundError for a page that is not there."""
    asked = search_query.read(request)
    found = _found(asked) if asked.text else None
    context = {
        "asked": asked,
        "found": found,
        "brief": _brief(asked, found),
        "examples": [] if found and found.hits else _examples(),
        "longest": finding.MAX_CHARACTERS,
        "deepest": finding.MAX_HITS,
    }
    return whole_or_part(request, "perspectives/search.html", "perspectives/search/part.html", context)


def _found(asked: search_query.Question) -> FoundPage:
    answer = finding.search(asked.text, filters=asked.values, limit=search_query.PER_PAGE, offset=asked.offset)
    if asked.page > 1 and not answer["results"]:
        raise NotFoundError(f"This search has no page {asked.page}.")
    return FoundPage(asked, answer, page_reads.named_topics(topics_named(asked, answer)))


def _brief(asked: search_query.Question, found: FoundPage | None) -> Brief | None:
    """Give the best topic in brief, which is the answer itself, unless a reader leafs or narrows the claims."""
    if found is None or asked.page > 1 or found.chosen or not found.answer["topics"]:
        return None
    document, _ = published.topic_document(found.answer["topics"][0]["topic"])
    return brief(document, check_reports.checked([*document.sources]).notes)


def _examples() -> list[search_query.Question]:
    return [search_query.Question(text) for text in page_reads.search_examples(EXAMPLES)]
