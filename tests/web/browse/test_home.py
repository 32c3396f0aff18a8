"""The home page: the matrix and what narrows it, where to start, and figures that can be counted again."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from perspectives.actions.publication import publishing
from perspectives.models import Citation, PublishedClaim, PublishedSource, PublishedTopic, PublishedUse, Topic
from perspectives.vocab import QuoteStatus, SourceCategory, Stance
from perspectives.web.browse import statistics
from perspectives.web.browse.home import MOST_READY, first_to_read, ready_questions
from perspectives.web.browse.topic_filters import MAX_CHARACTERS, Narrowing, decades
from tests import factories

TOPIC = f"/topics/{factories.TOPIC}/"
OTHER = f"/topics/{factories.OTHER_TOPIC}/"

pytestmark = pytest.mark.django_db


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def shown(page):
    """The addresses of the topics in the matrix, in its order."""
    return re.findall(r'class="topic-title" href="([^"]+)"', page)


def test_home_shows_each_topic_with_the_positions_under_the_authors_name(client, published):
    page = text(client, "/")
    assert "Ellingwood</th>" in page
    for words in ("Replacing or repairing the footbridge", "Mend what stands", "Build anew in steel", "Measure first"):
        assert words in page
    assert "<strong>2</strong> questions" in page


def test_home_filters_by_tag(client, published):
    tags = {
        slug: set(factories.topic_document(slug).get("tags", [])) for slug in (factories.TOPIC, factories.OTHER_TOPIC)
    }
    only_one = min(tags[factories.TOPIC] - tags[factories.OTHER_TOPIC])
    page = text(client, f"/?tag={only_one}")
    assert shown(page) == [TOPIC]
    assert "1 of 2 questions with the tag" in page


def test_home_is_honest_where_nothing_is_published(client):
    assert "Nothing has been published yet." in text(client, "/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [TOPIC, OTHER]),
        ("text=footbridge", [TOPIC, OTHER]),
        ("text=FOOTBRIDGE+mend", [TOPIC]),
        ("text=county+pays", [OTHER]),
        ("text=m\u00e9nd", [TOPIC]),
        ("text=mend+county", []),
        ("decade=1820", [TOPIC]),
        ("decade=1990", [TOPIC]),
        ("decade=2020", [TOPIC, OTHER]),
        ("decade=2020&text=walkers", [OTHER]),
        ("decade=1990&text=walkers", []),
        ("tag=bridges&decade=2020", [TOPIC]),
        ("tag=bridges&text=steel&decade=1900", [TOPIC]),
        ("tag=bridges&text=walkers", []),
        ("tag=&decade=&text=", [TOPIC, OTHER]),
        ("text=%22%3Cscript%3Ealert(1)%3C/script%3E", []),
        ("text=100%25", []),
    ],
)
def test_topics_are_narrowed_by_tag_decade_and_words(client, published, query, expected):
    page = text(client, f"/?{query}")
    assert shown(page) == expected
    assert ("No question here fits." in page) == (not expected)
    assert (f"{len(expected)} of 2 questions" in page) == (not query.endswith("text=") and query != "")
    assert "<script>alert" not in page


def test_tags_keep_what_else_was_chosen(client, published):
    page = text(client, "/?text=mend&decade=2020")
    assert "/?tag=bridges&text=mend&decade=2020" in unescape(page)
    assert '<option value="2020" selected>2020s (2)</option>' in page
    page = text(client, "/?tag=bridges")
    assert '<input type="hidden" name="tag" value="bridges">' in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("decade=1810", 404, "No published topic reaches into the 1810s."),
        ("decade=1994", 400, "is no decade"),
        ("decade=90", 400, "is no decade"),
        ("decade=199%D9%A0", 400, "is no decade"),
        ("decade=%00", 400, "cannot be read"),
        (f"text={'a' * (MAX_CHARACTERS + 1)}", 400, "too long"),
        (f"text={'a+' * 4096}", 400, "too long"),
        ("text=%00", 400, "cannot be read"),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_a_page(client, published, query, status, words):
    assert words in text(client, f"/?{query}", status)


def test_a_part_is_for_htmx_alone(client, published):
    whole = client.get("/?text=mend")
    part = client.get("/?text=mend", headers={"HX-Request": "true"})
    assert shown(part.content.decode()) == shown(whole.content.decode()) == [TOPIC]
    assert b"<html" not in part.content
    assert b'id="home_status" hx-swap-oob="innerHTML"' in part.content
    for response in (whole, part):
        assert "HX-Request" in response["Vary"]


def test_a_newcomer_is_led_to_the_topic_with_most_answers(client, published):
    counts = {topic.slug: topic.summary["counts"]["responses"] for topic in PublishedTopic.objects.all()}
    most = max(counts, key=counts.get)
    assert list(counts.values()).count(counts[most]) == 1
    start = text(client, "/").partition("Start here")[2].partition("</section>")[0]
    assert re.findall(r'href="([^"]+)"', start) == [f"/topics/{most}/", "/article/", "/about/"]
    assert first_to_read([]) is None


def test_home_says_what_it_is_about_and_offers_questions(client, published):
    opening = text(client, "/").partition('id="topics"')[0]
    assert "About a footbridge in the invented village of Nether Wending, by Mara Ellingwood" in opening
    assert 'action="/search/"' in opening
    questions = re.findall(r'<li><a href="/search/\?q=([^"]+)">([^<]+)</a></li>', opening)
    assert [unquote(asked) for asked, _ in questions] == [unescape(shown) for _, shown in questions]
    assert len(questions) == 2
    assert 'href="#topics"' in opening


def test_questions_are_phrasings_of_readers_before_those_of_editors():
    def topic(number, *phrasings):
        return {"article": "one", "question": f"Is it {number}?", "asked_as": list(phrasings)}

    known = [topic(1, "is it one"), topic(2, "Is it really two?", "Is it?"), topic(3), topic(4, "Four?")]
    assert ready_questions(known) == ["Is it really two?", "Four?", "Is it 1?", "Is it 3?"]
    assert len(ready_questions([topic(number) for number in range(30)])) == MOST_READY
    assert ready_questions([]) == []


def test_figures_are_those_of_what_is_published(client, published):
    page = text(client, "/").partition("In figures")[2]
    for stance in Stance:
        count = PublishedClaim.objects.filter(stance=stance).count()
        assert f"</span> {stance.label}</dt><dd>{count}</dd>" in page
    assert f"{PublishedSource.objects.count()} sources, by kind" in page
    for name, categories in statistics.GROUPS.items():
        count = PublishedSource.objects.filter(category__in=categories).count()
        assert f"<dt>{name}</dt><dd>{count}</dd>" in page
    quoted = [
        use["cite"]["quote_status"]
        for use in PublishedUse.objects.values_list("record", flat=True)
        if "quote" in use.get("cite", {})
    ]
    assert set(quoted) == {"own-text", "not-checked"}
    assert f"{len(quoted)} quotations, by how they were seen" in page
    for status in set(quoted):
        term = QuoteStatus.of(status)
        assert f"<dt>{term.label}</dt><dd>{quoted.count(status)}</dd>" in page


def test_figures_are_counted_anew_after_a_publication_alone(
    client, published, proposer, reviewer, settings, django_assert_num_queries
):
    settings.PUBLICATION_VERSION_TTL, settings.SITE_URL = 1e-9, "http://testserver"
    for price in (5, 1):
        with django_assert_num_queries(price):
            assert client.get("/").status_code == 200
    topic = Topic.objects.get(slug=factories.TOPIC)
    unquoted = Citation.objects.filter(claim__perspective__topic=topic, quote="")
    Citation.objects.filter(pk=unquoted.first().pk).update(
        quote="a plank is a plank", quote_status=QuoteStatus.NOT_CHECKED
    )
    before = quoted()
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="A quotation")
    publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")
    assert quoted() > before
    expected = f"{quoted()} quotations"
    with django_assert_num_queries(6):  # one tells what the publication changed
        assert expected in text(client, "/")


def quoted():
    return PublishedUse.objects.filter(record__cite__has_key="quote").count()


def test_every_category_is_in_one_group():
    assert sorted(one for group in statistics.GROUPS.values() for one in group) == sorted(SourceCategory)


def test_decades_are_counted_from_what_is_published():
    periods = [{"start": "1989-11", "end": "2001"}, {"start": "2000", "end": "2000-02-03"}]
    found = decades({"period": period} for period in periods)
    assert [(one.year, one.topics) for one in found] == [(1980, 1), (1990, 1), (2000, 2)]


def test_nothing_chosen_keeps_every_topic():
    assert not Narrowing()
    assert Narrowing(decade=0)
    assert Narrowing().beside_tag == ""
