"""Terms are explained in a list, and the first claim that uses one leads there."""

import pytest

from perspectives.rules.documents.topic_document import Claim, Term
from perspectives.web.topics.terms import pieces, views
from tests import factories


def claim(identifier, text):
    return Claim(id=identifier, text=text, kind="factual")


def term(words):
    return Term(term=words, gloss=f"What {words} means.")


def test_a_term_is_marked_where_it_first_stands_as_whole_words():
    claims = [claim("s1", "Dry rots."), claim("s2", "Dry rot, dry rot, and a Rot."), claim("s3", "Dry rot again.")]
    found = views([term("dry rot"), term("rot"), term("lime")], claims)
    assert [(one.term, one.anchor, one.first) for one in found] == [
        ("dry rot", "term_1", "s2"),
        ("rot", "term_2", "s2"),
        ("lime", "term_3", ""),
    ]
    cut = pieces(claims[1], found)
    assert "".join(piece.text for piece in cut) == claims[1].text
    assert [(piece.text, piece.term.term) for piece in cut if piece.term] == [("Dry rot", "dry rot")]
    assert [piece.term for piece in pieces(claims[2], found)] == [None]


@pytest.mark.django_db
def test_the_topic_page_leads_from_the_claim_to_the_gloss_and_back(client, published):
    page = client.get(f"/topics/{factories.TOPIC}/").text
    gloss = "The greatest weights that bridges may carry by rule."
    assert page.count(f'<a class="term" href="#term_1" title="{gloss}">load limits</a>') == 1
    assert f'<div id="term_1"><dt>load limits</dt><dd>{gloss} <a class="permalink" href="#o3">' in page
    assert '<a class="term" href="#term_2" title="The timbers that carry the deck of a bridge.">oak frame</a>' in page
    assert '<a href="#part_terms">Terms</a>' in page
    document = client.get(f"/api/v1/topics/{factories.TOPIC}/").json()
    assert document["terms"][0] == {"term": "load limits", "gloss": gloss}
    other = client.get("/topics/who-should-pay/").text
    assert "part_terms" not in other


def test_a_long_gloss_is_refused():
    with pytest.raises(ValueError, match="has 26 words; explain the term in at most 25"):
        Term(term="rot", gloss=" ".join(["word"] * 26))
