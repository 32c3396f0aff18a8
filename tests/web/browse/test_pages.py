"""What the pages say, told with the invented footbridge."""

import re

import pytest
from django.template.loader import render_to_string

from perspectives.actions.publication import publishing
from perspectives.models import Article, Holding
from perspectives.rules.documents.topic_document import Cite
from perspectives.rules.topics.people import person_slug
from perspectives.templatetags.wording import holders
from perspectives.vocab import BibliographyStyle, QuoteStatus, Relation, Stance
from perspectives.web.sources.source_pages import reliance
from perspectives.web.topics.comparison import Comparison
from perspectives.web.topics.reading_modes import Modes, Reading
from perspectives.web.topics.references import References
from tests import factories

MODES = Modes(Reading.SIDES, Stance.AUTHOR, BibliographyStyle.APA, "Hale")
TOPIC = f"/topics/{factories.TOPIC}/"
ARTICLE = f"/articles/{factories.ARTICLE}/"

pytestmark = pytest.mark.django_db


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_drafts_are_shown_nowhere(client, drafts):
    assert text(client, TOPIC, 404)
    assert "Mend what stands" not in text(client, "/")


def test_topic_opens_with_question_positions_and_crux(client, published):
    page = text(client, TOPIC)
    opening = page.partition('id="part_background"')[0]
    assert "<h1>Should the village of Nether Wending replace its old footbridge?</h1>" in opening
    for words in (
        "Mend what stands",
        "Build anew in steel",
        "Measure first",
        "Is the frame rotten beneath the planks?",
    ):
        assert words in opening


def test_topic_says_relations_notes_and_gaps(client, published):
    page = text(client, TOPIC)
    assert 'href="/about/#response-rebuts">rebuts</a>' in page
    assert "The survey reports rot where Ellingwood sees soundness." in page
    assert "No engineer was found who prices the repair." in page


def test_each_claim_has_one_place_to_link_to(client, published):
    page = text(client, TOPIC)
    for claim in ("s1", "s2", "s3", "o1", "o2", "o3", "n1", "n2", "n3"):
        assert page.count(f'id="{claim}"') == 1


def test_what_the_author_did_not_say_is_argued_by_others(client, published):
    page = text(client, TOPIC)
    assert page.count("Argued by others on this side") == 1
    own, others = page.partition('id="s2"')[0], page.partition('id="s3"')[2]
    assert "<q>oak that has carried us dry-shod</q>" in own
    assert "Argued by others on this side" in others.partition('class="claim-text"')[0]


def test_a_claim_shown_before_is_linked_and_not_cited_again():
    again = {"from": "o1", "to": "s2", "type": "undercuts", "note": "Rot makes the sum worthless."}
    document = factories.topic_edition(responses=[*factories.topic_document()["responses"], again])
    page = Comparison(document, References(document.sources, None), {}, MODES)
    written = render_to_string("perspectives/topic/row.html", {"row": page.author_rows[1], "document": document})
    assert 'href="#o1">See o1 above</a>' in written
    assert "Rot makes the sum worthless." in written
    assert 'id="o1"' not in written
    assert "soft to the depth of a thumb" not in written


def test_a_quotation_tells_where_its_words_were_seen(client, published):
    cite = Cite(
        source="pratt2018timber",
        relation=Relation.STATES,
        quote="x",
        quote_status=QuoteStatus.SECOND_HAND,
        quote_seen_in="Hale’s review, p. 4",
        quote_seen_on="2026-11",
    )
    told = " ".join(render_to_string("perspectives/shared/quotation_state.html", {"cite": cite}).split())
    assert (
        "Quotation: An editor read these words quoted in another work. Seen in: Hale’s review, p. 4, November 2026."
        in told
    )
    translated = cite.model_copy(update={"quote_status": QuoteStatus.TRANSLATED, "translator": "the ministry"})
    told = render_to_string("perspectives/shared/quotation_state.html", {"cite": translated})
    assert (
        "translation, not in the original. Seen in: Hale’s review, p. 4, November 2026. Translated by the ministry."
        in told
    )


def test_roles_stand_beside_names_on_pages_and_in_the_api(client, published, proposer, reviewer):
    holding = Holding.objects.filter(perspective__topic__slug=factories.TOPIC).order_by("perspective__order", "order")[
        0
    ]
    Holding.objects.filter(pk=holding.pk).update(role="warden of the bridge, 2012–14")
    proposal = publishing.propose_topic(topic_id=holding.perspective.topic_id, by=proposer)
    publishing.approve(proposal_id=proposal.pk, by=reviewer)
    name = holding.person.name
    shown = f"{name}</a> <small>(warden of the bridge, 2012–14)</small>"
    assert shown in text(client, TOPIC)
    assert "Disclosed here: warden of the bridge, 2012–14." in text(client, f"/people/{person_slug(name)}/")
    claim = client.get(f"/api/v1/claims/{factories.TOPIC}/s1/").json()
    assert claim["roles"] == {name: "warden of the bridge, 2012–14"}
    assert name in claim["held_by"]
    assert holders(claim)[0] == (name, "warden of the bridge, 2012–14")
    position = client.get(f"/api/v1/people/{person_slug(name)}/").json()["positions"][0]
    assert position["role"] == "warden of the bridge, 2012–14"
    document = client.get(f"/api/v1/topics/{factories.TOPIC}/").json()
    assert {"name": name, "role": "warden of the bridge, 2012–14"} in document["perspectives"][0]["held_by"]


def test_a_foreign_quotation_stands_beside_its_translation(client, published):
    page = text(client, TOPIC)
    assert '<p lang="de">“ebenso oft erhalten wie ersetzt”</p>' in page
    assert "“kept as often as replaced”" in page
    assert "From German, translated by the editors of this test." in page
    assert "Quotation: An editor read these words in the work itself." in page
    assert "Nobody has compared these words with the source yet." in page


def test_dates_are_no_more_exact_than_they_are_known(client, published):
    page = text(client, TOPIC)
    assert '<time datetime="1820">1820</time>' in page
    assert '<time datetime="2020-02-29">29 February 2020</time>' in page


def test_references_are_plain_until_they_are_formatted(client, published):
    assert "References are being formatted." in text(client, TOPIC)


def test_references_are_shown_in_the_style_asked_for(client, formatted):
    page = text(client, f"{TOPIC}?style=modern-language-association")
    assert "In MLA: <em>a title</em>" in page
    assert "In APA" not in page
    assert 'href="https://works.example/"' in page
    assert "javascript:" not in page
    assert "References are being formatted." in text(client, f"{TOPIC}?style=ieee")


def test_topic_tells_how_to_cite_it(client, published):
    page = text(client, TOPIC)
    assert f"http://testserver{TOPIC}editions/1/" in page
    assert "Edition 1" in page


def test_edition_has_its_hash_and_nobody_behind_a_fixture(client, published):
    page = text(client, f"{TOPIC}editions/1/")
    edition = next(one for one in published if one.topic and one.topic.slug == factories.TOPIC)
    assert edition.sha256 in page
    assert "published from the fixtures without a second person" in page
    assert "Nobody proposed or approved it." in page
    assert f'href="/api/v1{TOPIC}editions/1/"' in page


def test_second_edition_names_its_people_and_what_changed(client, second_edition):
    page = text(client, f"{TOPIC}editions/2/")
    assert "Proposed by proposer, approved by reviewer." in page
    assert "A better test" in page
    assert "What changed since edition 1" in page
    assert "A new survey of the timbers." in page.partition('id="part_changes"')[2]
    assert "This is the current edition" in page


def test_old_edition_says_that_it_was_replaced(client, second_edition):
    page = text(client, f"{TOPIC}editions/1/")
    assert "This is not the current edition: edition 2 has replaced it." in page
    assert "A new survey of the timbers." not in page
    assert "About this source" not in page


def test_editions_are_listed_newest_first(client, second_edition):
    page = text(client, f"{TOPIC}editions/")
    assert page.index("Edition 2") < page.index("Edition 1")


def test_article_guide_quotes_fragments_and_leads_to_the_original(client, published):
    page = text(client, ARTICLE)
    assert "“let those who cross it pay”" in page
    assert "Words of Old Tom of the Mill, quoted in the article" in page
    assert "#:~:text=let%20those%20who%20cross%20it%20pay" in page
    assert "Unsupported" in page
    assert f'href="{TOPIC}"' in page


def test_article_editions_have_pages(client, published):
    assert "Edition 1" in text(client, f"{ARTICLE}editions/")
    assert "Nobody proposed or approved it." in text(client, f"{ARTICLE}editions/1/")


def test_second_edition_of_the_guide_says_what_changed(client, published, proposer, reviewer):
    guide = Article.objects.get()
    guide.sections.filter(order=0).update(summary="Ellingwood praises the oak.")
    proposal = publishing.propose_article(article_id=guide.pk, by=proposer)
    publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")
    changed = text(client, f"{ARTICLE}editions/2/").partition('id="part_changes"')[2]
    assert "Ellingwood praises the oak." in changed


def test_the_article_leads_to_the_guide(client, published):
    assert client.get("/article/").headers["Location"] == ARTICLE


def test_there_is_no_article_yet(client):
    assert "No article guide has been published yet." in text(client, "/article/", 404)


def test_source_page_shows_record_state_and_every_use(client, published):
    page = text(client, "/sources/council2020survey/")
    assert "What it is used for" in page
    assert f'href="{TOPIC}#o1"' in page
    assert "soft to the depth of a thumb" in page
    assert f'href="{ARTICLE}#p1"' in page
    assert "References are being formatted." in page


def test_source_page_shows_the_reference_in_every_style_made(client, formatted):
    page = text(client, "/sources/council2020survey/")
    assert "In APA: " in page
    assert "In MLA: " in page


def test_source_page_says_who_relies_on_it(client, published):
    page = text(client, "/sources/pratt2018timber/").partition('id="part_reliance"')[2].partition("</section>")[0]
    assert 'class="mark mark-author"' in page
    assert '<td data-name="Claims" class="number">1</td>' in page
    assert "supports it (1)" in page
    assert "mark-neutral" not in page


def test_source_that_no_claim_cites_says_so():
    uses = [{"in": "bibliography", "topic": "t", "title": "T", "text": "Much."}]
    assert reliance(uses) == ()
    assert "No claim cites it." in render_to_string("perspectives/source/reliance.html", {"reliance": ()})


def test_a_claim_that_cites_a_source_twice_relies_on_it_once():
    use = {"in": "claim", "topic": "t", "claim": "t/o1", "stance": "opposing", "cite": {"relation": "states"}}
    uses = [use, use, {**use, "cite": {"relation": "disputes"}}, {**use, "topic": "u", "claim": "u/o1"}]
    (found,) = reliance(uses)
    assert (found.claims, found.topics) == (2, 2)
    assert found.relations == ((Relation.STATES, 2), (Relation.DISPUTES, 1))


def test_source_page_is_read_by_citation_programs(client, published):
    page = text(client, "/sources/pratt2018timber/")
    head, _, body = page.partition("</head>")
    assert '<meta name="citation_title" content="Does timber outlast steel?">' in head
    assert '<meta name="citation_doi" content="10.5555/bridges.2018.14">' in head
    assert '<span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi' in body
    for suffix in ("bib", "ris", "csljson"):
        address = f"/api/v1/sources/pratt2018timber.{suffix}"
        assert f'href="{address}"' in body
        assert client.get(address).status_code == 200


def test_metadata_of_a_source_cannot_leave_its_attribute(client, published):
    page = text(client, "/sources/hale2021meeting/")
    assert 'content="Footbridge meeting ends in song: &quot;No!&quot;"' in page
    assert "rft.atitle=Footbridge%20meeting%20ends%20in%20song%3A%20%22No%21%22" in page


def test_article_guide_leads_to_the_claims_that_answer(client, published):
    passage = text(client, ARTICLE).partition('id="p1"')[2].partition("</section>")[0]
    assert f'href="{TOPIC}#s1">s1</a>' in passage


def test_sources_are_listed_and_filtered(client, published):
    assert "council2020survey" in text(client, "/sources/")
    page = text(client, "/sources/?category=peer-reviewed")
    assert "pratt2018timber" in page
    assert "council2020survey" not in page


def test_about_explains_every_word_and_rule(client):
    page = text(client, "/about/")
    assert "At least one opposing and one neutral perspective answer it." in page
    assert 'id="response-concedes"' in page
    assert "Grants the other claim, against its own side&#x27;s interest." in page


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ("", "whoever runs this site"),
        ("mailto:editors@kb.example", '<a href="mailto:editors@kb.example">the editors</a>'),
    ],
)
def test_about_tells_how_to_suggest_and_to_cite(client, settings, contact, words):
    settings.CONTACT = contact
    page = text(client, "/about/")
    assert words in page
    assert all(title in page for title in ("How balance is judged", "How to cite", "CC BY 4.0"))


def test_pages_hold_no_inline_script_or_style(client, formatted):
    addresses = ("/", TOPIC, f"{TOPIC}editions/1/", f"{TOPIC}editions/", ARTICLE, "/sources/", "/about/", "/nowhere/")
    addresses += ("/timeline/", "/people/", f"/people/{factories.PERSON}/", "/search/", "/search/?q=timber")
    for address in (*addresses, "/sources/council2020survey/"):
        response = client.get(address)
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        page = response.content.decode()
        assert not re.search(r"<script(?![^>]* src=)(?! type=\"application/ld\+json\")", page)
        assert "<style" not in page
        assert " style=" not in page
