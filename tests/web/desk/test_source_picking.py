"""A source is found, or added, from within the form of a claim, without a script and without losing a word."""

import pytest
from django.urls import reverse

from perspectives.models import Source, Topic
from perspectives.web.desk.documents import edit_token
from tests import factories

KEY = "pratt2018timber"
SLUG, PATH = factories.TOPIC, "perspectives/wait/claims"
PLACE = "cites-0-source"


@pytest.fixture
def moderator(signed_in, published):
    client, _ = signed_in("moderator")
    return client


@pytest.fixture
def send(moderator):
    """Send the form of a new claim, with other values where they are named."""

    def answer(**changed):
        typed = {
            "id": "n9",
            "text": "It is wet.",
            "kind": "factual",
            "cites-count": "1",
            "cites-0-relation": "supports",
            "cites-0-source": "",
            edit_token.FIELD: edit_token.signed(Topic.objects.get(slug=SLUG).pk, PATH, None),
        }
        return moderator.post(reverse("desk-topic-add", args=[SLUG, PATH]), {**typed, **changed})

    return answer


def source_of(answer):
    return answer.context["form"].rows[0]["source"].value()


@pytest.mark.parametrize("words", ["timber", "Pratt", "10.5555", "2018timber"])
def test_a_source_is_found_by_title_author_doi_or_key_and_taken(words, send):
    found = send(**{PLACE: words, "find": PLACE})
    assert found.status_code == 200
    assert f'value="{PLACE}:{KEY}"' in found.text
    assert source_of(found) == words
    taken = send(**{PLACE: words, "take": f"{PLACE}:{KEY}"})
    assert source_of(taken) == KEY
    assert taken.context["form"]["text"].value() == "It is wet."
    saved = send(**{PLACE: KEY})
    assert saved.status_code == 302


@pytest.mark.parametrize(
    ("words", "said"), [("", "Type words of the title"), ("nowhere", "No source holds"), ("x" * 101, "No source holds")]
)
def test_what_is_not_found_is_told(words, said, send):
    assert said in send(**{PLACE: words, "find": PLACE}).text


NEW = {
    "source-type": "book",
    "source-category": "trade-book",
    "source-title": "Wet Planks",
    "source-author-0-kind": "person",
    "source-author-0-family": "Reed",
    "source-author-0-given": "Ida",
    "source-issued": "2019",
    "source-language": "en",
    "source-checked-metadata": "partly",
    "new-source-at": PLACE,
}


def test_a_source_is_added_and_cited(send):
    asked = send(**{"new-source": PLACE})
    assert "A new source" in asked.text
    added = send(**NEW, **{"add-source": PLACE})
    assert source_of(added) == "reed2019wet"
    assert Source.objects.get(key="reed2019wet").record["author"] == [{"family": "Reed", "given": "Ida"}]
    assert "A new source</legend>" not in added.text
    assert send(**{PLACE: "reed2019wet"}).status_code == 302


def test_all_that_is_wrong_with_a_new_source_is_told_at_once_and_nothing_is_lost(send):
    wrong = {**NEW, "source-title": "", "source-issued": "2019-13", "source-DOI": "x"}
    refused = send(**wrong, **{"add-source": PLACE})
    assert "3 things are to be mended" in refused.text
    assert 'value="Reed"' in refused.text
    assert refused.context["form"]["text"].value() == "It is wet."
    assert not Source.objects.filter(record__title="Wet Planks").exists()
    doi = Source.objects.get(key=KEY).record["DOI"]
    assert "merge the two" in send(**{**NEW, "source-DOI": doi}, **{"add-source": PLACE}).text


def test_the_new_source_stays_open_while_rows_come_and_go(send):
    more = send(**NEW, **{"names-more": "source-author"})
    assert more.text.count('name="source-author-') == 3 * 4
    assert 'value="Wet Planks"' in more.text
    other = send(**NEW, more="1")
    assert 'value="Wet Planks"' in other.text
    assert len(other.context["form"].rows) == 2
    without = send(**NEW, take=f"{PLACE}:")
    assert "A new source</legend>" not in without.text


def test_all_mistakes_of_a_claim_are_told_at_once_with_links(send):
    answer = send(id="No Id", text="", **{PLACE: "nobody1999", "cites-0-quote": "w " * 50, "cites-0-relation": ""})
    assert answer.status_code == 422
    told = {(one.label, one.anchor) for one in answer.context["form"].mistakes_told}
    assert {("Id", "id_id"), ("Claim", "id_text")} <= told
    assert {label for label, _ in told} >= {"Citation 1: How it bears on the statement", "Citation 1: Quotation"}
    for _, anchor in told:
        assert f'href="#{anchor}"' in answer.text
        assert f'id="{anchor}"' in answer.text
