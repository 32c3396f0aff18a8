"""With two articles nothing speaks of the one: lists, addresses, questions, filters and packs hold both."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from perspectives.actions.documents import packs
from perspectives.actions.publication import publishing
from perspectives.models import Article
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents
from perspectives.queries.documents import packs as folders
from perspectives.rules.documents import packs as rules
from perspectives.rules.documents.pack_references import Known
from perspectives.web.browse import home
from tests import factories

LIMES, LIME_TOPIC = "plant-limes", "plant-or-wait"


def second_article():
    """A guide to another article, whose source is one of the footbridge's, and a topic of it."""
    passages = [
        {"id": "p1", "section": "Shade", "start": 0, "end": 20, "quote": "Limes cool", "paraphrase": "She says so."}
    ]
    guide = {
        "article": LIMES,
        "source": "ellingwood2019walks",
        "author": "Orla Finch",
        "author_short": "Finch",
        "title": "Plant Limes",
        "about": "About limes.",
        "selector_note": "Invented.",
        "outline": [{"section": "Shade", "summary": "On shade."}],
        "passages": [{**passages[0], "topics": [LIME_TOPIC], "claims": [f"{LIME_TOPIC}/s1"], "text_sha256": "a" * 64}],
    }
    topic = factories.topic_document(
        LIME_TOPIC, article=LIMES, title="Planting limes", question="Should limes be planted?"
    )
    return {"article.yaml": factories.as_yaml(guide), factories.topic_file(LIME_TOPIC): factories.as_yaml(topic)}


@pytest.fixture
def drafted(published):
    packs.load(files=second_article(), by=OPERATOR, show=lambda _: None)
    return Article.objects.get(slug=LIMES)


@pytest.fixture
def both(drafted):
    publishing.publish_first(subjects=[*drafted.topics.all(), drafted], by=OPERATOR)
    return drafted


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_home_lists_both_with_their_topics(client, both):
    page = text(client, "/")
    assert "What 2 articles claim" in page
    assert page.index(f'id="article_{factories.ARTICLE}"') < page.index(f'id="article_{LIMES}"')
    assert page.index(f'id="article_{LIMES}"') < page.index(f"/topics/{LIME_TOPIC}/", page.index('id="topics"'))
    assert ">Finch</th>" in page.replace("</span> ", ">")


def test_home_of_one_article_says_so(client, published):
    assert "One article’s claims" in text(client, "/")


def test_the_list_of_articles_names_their_topics(client, both):
    page = text(client, reverse("articles"))
    assert page.index("Leave the Old Bridge Alone") < page.index("Plant Limes")
    assert f"/topics/{LIME_TOPIC}/" in page
    assert client.get(reverse("only-article"))["Location"] == reverse("articles")
    assert "Leave the Old Bridge Alone" in text(client, reverse("article", args=[factories.ARTICLE]))


def test_the_list_of_articles_is_empty_at_first(client, db):
    assert "No article guide has been published yet" in text(client, reverse("articles"))


def test_a_topic_whose_guide_is_not_published_is_listed_and_nothing_of_the_draft_told(client, drafted):
    publishing.publish_first(subjects=list(drafted.topics.all()), by=OPERATOR)
    page = text(client, "/")
    assert "An article whose guide is not published yet" in page
    assert f"/topics/{LIME_TOPIC}/" in page
    assert "Plant Limes" not in page
    text(client, reverse("topic", args=[LIME_TOPIC]))
    assert client.get(reverse("article", args=[LIMES])).status_code == 404


def test_questions_of_articles_take_turns():
    def summary(article, number):
        return {"article": article, "asked_as": [f"{article} {number}?"], "question": "?"}

    asked = home.ready_questions([summary("one", 1), summary("one", 2), summary("two", 1)])
    assert asked == ["one 1?", "two 1?", "one 2?"]


@pytest.mark.parametrize("resource", ["topics", "claims", "responses", "events", "passages"])
def test_the_api_narrows_by_article(client, both, resource):
    def found(query):
        return client.get(f"/api/v1/{resource}/?limit=100{query}").json()["results"]

    of_first, of_second = found(f"&article={factories.ARTICLE}"), found(f"&article={LIMES}")
    assert of_first
    assert of_second
    assert len(of_first) + len(of_second) == len(found(""))


def test_search_and_sources_narrow_by_article(client, both):
    hits = client.get(f"/api/v1/search/?q=oak&article={LIMES}").json()["results"]
    assert {hit["topic"] for hit in hits} == {LIME_TOPIC}
    of_first = {
        one["key"] for one in client.get(f"/api/v1/sources/?limit=100&article={factories.ARTICLE}").json()["results"]
    }
    of_second = {one["key"] for one in client.get(f"/api/v1/sources/?limit=100&article={LIMES}").json()["results"]}
    assert factories.ARTICLE_SOURCE in of_first
    assert "hale2021meeting" in of_first & of_second
    unknown = client.get("/api/v1/claims/?article=plant-lime")
    assert (unknown.status_code, unknown.json()["known"][0]) == (404, LIMES)


def test_packs_hold_a_second_article_and_give_it_back(both, tmp_path):
    call_command("dump_packs", tmp_path, article=LIMES, stdout=io.StringIO())
    read, problems = rules.parse(folders.files(tmp_path), Known())
    assert not problems
    assert read.article == draft_documents.article_document(both.pk)
    assert read.topics == [draft_documents.topic_document(both.topics.get().pk)]
    assert read.article.passages[0].text_sha256 == "a" * 64
    said = []
    packs.load(files=folders.files(tmp_path), by=OPERATOR, show=said.append)
    assert said[-1] == f"article: {LIMES} (unchanged)"
