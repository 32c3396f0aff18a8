"""The search page: what it finds, how it is narrowed, and what it does with what cannot be asked."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string

from perspectives.models import PublishedClaim
from perspectives.queries.search.claim_search import MAX_CHARACTERS, MAX_HITS
from perspectives.web.search import search_results
from perspectives.web.search.search_query import Question
from tests import factories

SEARCH = "/search/"
STANCES = ("author", "opposing", "neutral")

pytestmark = pytest.mark.django_db


def ask(client, text="", **more):
    response = client.get(SEARCH, {"q": text, **more})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def hits(page):
    """The public ids of the claims on a page, in their order."""
    return re.findall(r'class="hit-id">([^<]+)<', page)


def stances(page):
    return re.findall(r'class="hit is-(\w+)"', page)


def links(page):
    """All addresses that the results link to within the search, as they are followed."""
    return [unescape(address) for address in re.findall(r'href="(/search/\?[^"]+)"', page)]


def test_a_hit_shows_whose_it_is_what_matched_and_where_it_stands(client, published):
    page = ask(client, "timber")
    assert "Well-kept <mark>timber</mark> outlasts steel in damp valleys." in page
    assert f'href="/topics/{factories.TOPIC}/#s3"' in page
    first = page.partition('<li class="hit is-author">')[2].partition("</li> <li class")[0]
    for words in (
        "Ellingwood</span>",
        "Replacing or repairing the footbridge",
        "Mend what stands",
        "In its sources",
        "Found in the claim",
        "Argued by others",
    ):
        assert words.lower() in first.lower()
    assert "Ellingwood</a>" not in first, "no cited work states it, so that its holders are not named"
    stated = ask(client, "planks").partition('<li class="hit is-author">')[2]
    assert '<strong>Stated by</strong> <a href="/people/mara-ellingwood/">Mara Ellingwood</a>.' in stated


def test_the_first_page_shows_every_side_in_turn(client, many):
    page = ask(client, "claim side")
    assert len(hits(page)) == len(set(hits(page))) == 20
    assert set(stances(page)[:3]) == set(STANCES)
    assert max(map(stances(page).count, STANCES)) <= 7


def test_pages_lead_through_all_hits_once(client, many):
    address, seen = "/search/?q=claim&topic=replace-or-repair", []
    total = PublishedClaim.objects.filter(published_topic__slug=factories.TOPIC, claim_text__startswith="Claim").count()
    while address:
        page = client.get(address).content.decode()
        seen += hits(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(following[1]) if following else ""
    assert len(seen) == len(set(seen)) == total > 60
    assert "rel=" not in page.partition("Page 4 of 4")[2]
    assert 'rel="prev" href="/search/?q=claim&amp;topic=replace-or-repair&amp;page=3"' in page


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("stance", "neutral", lambda claim: claim.stance == "neutral"),
        ("kind", "legal", lambda claim: claim.kind == "legal"),
        ("topic", factories.OTHER_TOPIC, lambda claim: claim.public_id.startswith("who-should-pay/")),
        ("category", "primary-document", lambda claim: "primary-document" in claim.categories),
        ("year", "2020", lambda claim: 2020 in claim.years),
    ],
)
def test_each_filter_alone_keeps_what_fits_and_can_be_taken_away(client, published, name, value, fits):
    everything = set(hits(ask(client, "bridge OR charter")))
    page = ask(client, "bridge OR charter", **{name: value})
    rows = PublishedClaim.objects.filter(public_id__in=everything)
    assert set(hits(page)) == {claim.public_id for claim in rows if fits(claim)} != set()
    assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert "/search/?q=bridge+OR+charter" in links(page)


def test_filters_combine(client, published):
    page = ask(client, "charter", stance="opposing", kind="legal", topic=factories.OTHER_TOPIC, year="2020")
    assert hits(page) == ["who-should-pay/o3"]
    without_kind = "/search/?q=charter&stance=opposing&topic=who-should-pay&year=2020"
    assert without_kind in links(page)
    assert "Take all filters away" in page


def test_every_facet_leads_to_as_many_claims_as_it_says(client, published):
    page = ask(client, "bridge OR charter OR timber")
    choices = re.findall(r'<a href="(/search/\?[^"]+)"[^>]*>([^<]+)</a></span> <span class="count">(\d+)<', page)
    assert {"Neutral", "Legal", "Who should pay", "Primary document", "2020"} <= {label for _, label, _ in choices}
    for address, label, count in choices:
        assert len(hits(client.get(unescape(address)).content.decode())) == int(count), label


def test_empty_filters_are_none(client, published):
    assert hits(ask(client, "timber", stance="", year="")) == hits(ask(client, "timber"))


def test_a_misspelling_is_recognised(client, published):
    page = ask(client, "timbr", stance="author")
    assert "Did you mean" in page
    (address,) = [link for link in links(page) if "timber" in link]
    assert address == "/search/?q=timber&stance=author"
    assert hits(client.get(address).content.decode())


def test_nothing_found_says_what_to_do(client, published):
    page = ask(client, "zebra")
    assert "Nothing here has “zebra”" in page
    assert "No topic here covers this" in page
    narrowed = ask(client, "timber", stance="neutral", kind="legal")
    assert "/search/?q=timber" in links(narrowed)
    assert "Ask without filters" in narrowed


@pytest.mark.parametrize(("text", "words"), [("the of", "no word here"), ("-timber", "only says what not to find")])
def test_a_question_without_words_is_told_so(client, published, text, words):
    page = ask(client, text)
    assert words in page
    assert not hits(page)


def test_all_examples_find_something(client, published):
    page = ask(client)
    examples = links(page.partition('class="examples"')[2])
    assert len(examples) > 1
    for address in examples:
        assert hits(client.get(address).content.decode()), address


def test_topics_sources_and_people_stand_beside(client, published):
    page = ask(client, "footbridge").partition("Also found")[2]
    assert f'href="/topics/{factories.TOPIC}/"' in page
    assert re.search(r'href="/sources/\w+/"', page)
    people = ask(client, "Lemuel Pratt").partition("Also found")[2]
    assert "/search/?q=%22Lemuel+Pratt%22" in links(people)


def test_an_empty_knowledge_base_has_no_examples(client):
    assert "What to ask" in ask(client)
    assert "No topic here covers this" in ask(client, "timber")


def test_what_was_asked_and_what_was_found_are_escaped(client, published):
    PublishedClaim.objects.filter(public_id="replace-or-repair/s3").update(
        claim_text="<script>alert(1)</script> timber & <b>steel</b>"
    )
    page = ask(client, '"><script>alert(2)</script> OR timber')
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>timber</mark> &amp; &lt;b&gt;steel&lt;/b&gt;" in page
    assert 'value="&quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt; OR timber"' in page


def test_a_part_is_for_htmx_alone(client, published):
    whole = client.get(f"{SEARCH}?q=timber")
    part = client.get(f"{SEARCH}?q=timber", headers={"HX-Request": "true"})
    assert hits(part.content.decode()) == hits(whole.content.decode())
    assert b"<html" not in part.content
    assert b"timber \xe2\x80\x93 Search" in part.content
    assert b'id="search_status" hx-swap-oob="innerHTML"' in part.content
    for response in (whole, part):
        assert "HX-Request" in response["Vary"]


def test_the_form_for_every_page_leads_to_the_search():
    form = render_to_string("perspectives/shared/search_form.html")
    assert f'action="{SEARCH}" method="get"' in form
    assert f'name="q" maxlength="{MAX_CHARACTERS}"' in form


def test_search_engines_are_led_to_the_page_without_a_question(client, published):
    assert '<link rel="canonical" href="http://testserver/search/">' in ask(client, "timber")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        (f"q={'a' * (MAX_CHARACTERS + 1)}", 400, "too long"),
        (f"q={'a+' * 4096}", 400, "too long"),
        ("q=tim%00ber", 400, "cannot be read"),
        ("q=%ff", 400, "cannot be read"),
        ("q=timber&stance=left", 400, "&#x27;left&#x27; is no stance here"),
        ("q=timber&stance=<script>", 400, "&lt;script&gt;"),
        ("q=timber&kind=x", 400, "is no kind here"),
        ("q=timber&category=x", 400, "is no category here"),
        ("q=timber&year=19x", 400, "is no year"),
        ("q=timber&year=0", 400, "is no year"),
        ("q=timber&year=%D9%A1%D9%A2", 400, "is no year"),
        ("q=timber&topic=No", 400, "is no topic"),
        ("q=timber&topic=a'--", 400, "is no topic"),
        ("q=timber&page=0", 400, "is no number of a page"),
        ("q=timber&page=two", 400, "is no number of a page"),
        (f"q=timber&page={'9' * 30}", 400, "is no number of a page"),
        ("q=timber&page=2", 404, "This search has no page 2."),
        ("q=timber&page=9999", 404, "This search has no page 9999."),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_page(client, published, query, status, words):
    response = client.get(f"{SEARCH}?{query}")
    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE x; --", "((((", '"', "a & b | !c", "timber\u00ad", "\\", "%", ":*", "-" * 150, "\ue000timber"],
)
def test_any_words_can_be_asked(client, published, text):
    assert client.get(SEARCH, {"q": text}).status_code == 200


def test_a_topic_that_is_not_there_finds_nothing_and_can_be_taken_away(client, published):
    page = ask(client, "timber", topic="unheard-of")
    assert "No claims</h2>" in page
    assert "/search/?q=timber" in links(page)


@pytest.mark.parametrize(
    ("query", "price"), [("q=timber", 6), ("q=bridge+OR+charter&stance=author", 4), ("q=claim&page=2", 4)]
)
def test_a_search_costs_four_queries_and_one_for_the_brief(client, many, django_assert_num_queries, query, price):
    with django_assert_num_queries(price):
        assert hits(client.get(f"{SEARCH}?{query}").content.decode())


ANSWER = {
    "results": [],
    "total": {"value": 0, "is_at_least": False},
    "facets": {name: [] for name in ("stance", "kind", "topic", "category", "year")},
    "topics": [],
    "sources": [],
    "people": [],
    "relaxed": None,
    "not_found": [],
    "missing_stances": [],
    "has_more": False,
}


@pytest.mark.parametrize(
    ("value", "is_at_least", "words"),
    [
        (0, False, "No claims"),
        (1, False, "1 claim"),
        (1500, True, "At least 1,500 claims"),
        (1500, False, "1,500 claims"),
    ],
)
def test_totals_say_no_more_than_is_known(value, is_at_least, words):
    page = search_results.FoundPage(
        Question("a"), {**ANSWER, "total": {"value": value, "is_at_least": is_at_least}}, {}
    )
    assert page.count == words


def test_the_last_page_says_where_more_was_cut_off():
    answer = {**ANSWER, "total": {"value": MAX_HITS + 1, "is_at_least": False}}
    assert search_results.FoundPage(Question("a", page=50), answer, {}).is_cut_off
    assert not search_results.FoundPage(Question("a"), {**answer, "has_more": True}, {}).is_cut_off
    assert search_results.FoundPage(Question("a"), answer, {}).pages == 50


def test_a_long_facet_shows_the_most_frequent_and_what_is_chosen():
    years = [{"value": str(year), "claims": {"value": 9, "is_at_least": False}} for year in range(2000, 2012)]
    answer = {**ANSWER, "facets": {**ANSWER["facets"], "year": years}}
    (facet,) = search_results.FoundPage(Question("a", {"year": "2011"}), answer, {}).facets
    assert [one.value for one in facet.common] == ["2011", "2000", "2001", "2002", "2003", "2004"]
    assert [one.is_chosen for one in facet.common] == [True, *[False] * 5]
    assert len(facet.rare) == 6
