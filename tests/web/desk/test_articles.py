"""Articles at the desk: forms sent back unchanged change nothing, no edit is lost, and pasted text goes nowhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from perspectives.actions.documents import article_drafting
from perspectives.models import Article, LogEntry, Source, Topic
from perspectives.queries.documents import draft_documents
from perspectives.rules.documents import parts
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.articles.article_kinds import GuideChoices, kind_of
from perspectives.web.desk.articles.new_article import NewArticleForm
from perspectives.web.desk.documents import edit_token
from perspectives.web.desk.documents.part_form import PartForm
from tests import factories
from tests.web.desk.test_drafting import shown

TEXT = (
    "Limes cool a street. Orla Finch counted the bees in every crown, and gave up at ten thousand of them one June day."
)
NEW = {
    "article": "plant-limes",
    "title": "Plant Limes",
    "author": "Finch, Orla",
    "author_short": "Finch",
    "type": "article-newspaper",
    "category": "opinion",
    "language": "en",
    "issued": "2024-05",
    "checked-metadata": "verified",
    "outline": "Shade | Finch praises the shade.",
}
GUIDE = {"slug": factories.ARTICLE}


@pytest.fixture
def editor(signed_in):
    client, _ = signed_in("moderator")
    return client


@pytest.fixture
def limes(editor, drafts):
    editor.post(reverse("desk-article-new"), NEW)
    return Article.objects.get(slug="plant-limes")


def document(article):
    return draft_documents.article_document(article.pk)


def sent_back(article, path, **changed):
    found = document(article)
    part = parts.find(plain(found), path)
    passage = path.split("/")[1] if path.endswith("findings/0") else ""
    sent = shown(PartForm(kind_of(path), GuideChoices(found, passage), part=part))
    for name in ("topics", "claims"):
        if name in part:
            sent.setlist(name, sorted(part[name]))
    sent[edit_token.FIELD] = edit_token.signed(article.pk, f"article/{path}", part)
    for name, value in changed.items():
        sent[name] = value
    return sent


def post(client, route, sent, **arguments):
    address = reverse(route, kwargs=arguments)
    return client.post(address, sent.urlencode(), content_type="application/x-www-form-urlencoded")


def test_an_article_is_begun_with_its_record_and_sections(editor, limes):
    made = plain(document(limes))
    assert (made["author"], made["source"]) == ("Orla Finch", "finch2024plant")
    assert made["outline"] == [{"section": "Shade", "summary": "Finch praises the shade."}]
    assert Source.objects.get(key="finch2024plant").record["author"] == [{"family": "Finch", "given": "Orla"}]
    page = editor.get(reverse("desk-article", args=["plant-limes"])).content.decode()
    assert "Before the guide can be proposed" in page
    assert "pick at least one passage" in page
    assert "plant-limes" in editor.get(reverse("desk-articles")).content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"category": ""}, "category"),
        ({"language": ""}, "language"),
        ({"outline": "Shade"}, "outline"),
        ({"author": '{"family": 5}'}, "author"),
        ({"article": "Not A Slug"}, "article"),
        ({"article": factories.ARTICLE}, "article"),
        ({"issued": "May"}, "issued"),
    ],
)
def test_what_a_new_article_lacks_is_told_beside_its_field(editor, drafts, changed, field):
    answer = editor.post(reverse("desk-article-new"), {**NEW, **changed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field], answer.context["form"].errors
    assert Article.objects.count() == 1


def test_rows_of_authors_are_added_without_a_script_and_nothing_is_begun(editor):
    sent = {"title": "Limes", "author-0-family": "Ellingwood", "author-0-given": "Mara", "names-more": "author"}
    answer = editor.post("/desk/articles/+new/", sent)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'value="Ellingwood"' in page
    assert 'name="author-3-family"' in page
    assert "was not begun" not in page


def test_a_known_source_needs_no_record(drafts):
    form = NewArticleForm({**NEW, "category": "", "source": "pratt2018timber"})
    assert form.is_valid(), form.errors
    made, record = form.made()
    assert (made["source"], record) == ("pratt2018timber", None)


@pytest.mark.parametrize(
    "path", ["head", "outline/0", "passages/p1", "passages/p2", "passages/p1/findings/0", "links/0"]
)
def test_a_form_sent_back_unchanged_changes_nothing(editor, article, path):
    assert editor.get(reverse("desk-article-edit", args=[article.slug, path])).status_code == 200
    before = LogEntry.objects.count()
    answer = post(editor, "desk-article-edit", sent_back(article, path), part=path, **GUIDE)
    assert answer.status_code == 302
    assert LogEntry.objects.count() == before


def test_a_passage_is_changed_and_takes_the_topics_of_its_claims(editor, article):
    sent = sent_back(article, "passages/p1", paraphrase="Said anew.")
    sent.setlist("topics", [])
    sent.setlist("claims", [f"{factories.OTHER_TOPIC}/s1", f"{factories.TOPIC}/s1"])
    answer = post(editor, "desk-article-edit", sent, part="passages/p1", **GUIDE)
    assert answer.status_code == 302, answer.context["form"].errors
    made = parts.find(plain(document(article)), "passages/p1")
    assert made["paraphrase"] == "Said anew."
    assert made["topics"] == [factories.TOPIC, factories.OTHER_TOPIC]


def test_a_broken_rule_is_told_beside_its_field(editor, article):
    sent = sent_back(article, "passages/p1/findings/0", note="")
    answer = post(editor, "desk-article-edit", sent, part="passages/p1/findings/0", **GUIDE)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["note"])
    sent = sent_back(article, "head", title="A\u202etitle")
    answer = post(editor, "desk-article-edit", sent, part="head", **GUIDE)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["title"])


def test_two_edits_of_a_passage_are_shown_side_by_side(editor, article, proposer):
    mine = sent_back(article, "passages/p1", paraphrase="Mine.")
    seen = parts.find(plain(document(article)), "passages/p1")
    change = parts.Change("passages/p1", seen, {**seen, "paraphrase": "Theirs."})
    article_drafting.change(article_id=article.pk, changes=[change], by=proposer)
    answer = post(editor, "desk-article-edit", mine, part="passages/p1", **GUIDE)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mine." in page
    assert "Theirs" in page
    article_drafting.remove(article_id=article.pk, path="passages/p1", version=parts.version(change.after), by=proposer)
    answer = post(editor, "desk-article-edit", mine, part="passages/p1", **GUIDE)
    assert "It is no longer there" in answer.content.decode()
    assert (
        post(editor, "desk-article-edit", sent_back(article, "passages/p2"), part="passages/p1", **GUIDE).status_code
        == 409
    )


def test_a_section_a_finding_and_a_link_are_added(editor, article):
    for path, typed in (
        ("outline", {"section": "Bees", "summary": "On bees."}),
        ("links", {"label": "Copy", "url": "https://copy.example/"}),
        (
            "passages/p1/findings",
            {"topic": factories.TOPIC, "finding": "accurate", "note": "It is so.", "cites-count": "0"},
        ),
    ):
        address = reverse("desk-article-add", args=[article.slug, path])
        assert editor.get(address).status_code == 200
        answer = editor.post(
            address, {**typed, edit_token.FIELD: edit_token.signed(article.pk, f"article/{path}", None)}
        )
        assert answer.status_code == 302, answer.context["form"].errors
    made = plain(document(article))
    assert made["outline"][-1]["section"] == "Bees"
    assert made["links"][-1]["label"] == "Copy"
    assert made["passages"][0]["findings"][-1]["note"] == "It is so."
    for path in ("passages", "head", "passages/p9/findings", "nonsense"):
        assert editor.get(reverse("desk-article-add", args=[article.slug, path])).status_code == 404
    assert editor.get(reverse("desk-article-edit", args=[article.slug, "outline"])).status_code == 404


def test_a_citation_is_added_to_a_finding_without_a_script(editor, article):
    path = "passages/p1/findings/0"
    answer = post(editor, "desk-article-edit", sent_back(article, path, more="1"), part=path, **GUIDE)
    assert (answer.status_code, len(answer.context["form"].rows)) == (200, 2)


def test_a_source_is_found_and_taken_within_a_finding(editor, article):
    path = "passages/p1/findings/0"
    sent = sent_back(article, path, find="cites-0-source", **{"cites-0-source": "timber"})
    answer = post(editor, "desk-article-edit", sent, part=path, **GUIDE)
    assert "pratt2018timber" in [one.key for one in answer.context["picking"].found]
    sent = sent_back(article, path, take="cites-0-source:pratt2018timber")
    answer = post(editor, "desk-article-edit", sent, part=path, **GUIDE)
    assert answer.context["form"].rows[0]["source"].value() == "pratt2018timber"


def test_parts_are_moved_and_removed(editor, article):
    seen = parts.version(parts.find(plain(document(article)), "passages/p1"))
    address = {"part": "passages/p1", **GUIDE}
    assert (
        editor.post(reverse("desk-article-move", kwargs=address), {"way": "down", "version": seen}).status_code == 302
    )
    assert [one.id for one in document(article).passages] == ["p2", "p1"]
    remove = reverse("desk-article-remove", kwargs=address)
    assert "What was found on it goes along" in editor.get(remove).content.decode()
    assert editor.post(remove, {"version": seen, "note": "x"}).status_code == 302
    assert [one.id for one in document(article).passages] == ["p2"]
    assert editor.get(reverse("desk-article-remove", kwargs={"part": "outline/1", **GUIDE})).status_code == 409


def picks(*rows, text=TEXT, **more):
    sent = {"text": text, "passages-count": str(len(rows) + 1), **more}
    for number, row in enumerate(rows):
        given = {"section": "Shade", "paraphrase": "Trees are praised.", **row}
        sent |= {f"passages-{number}-{name}": value for name, value in given.items()}
    return sent


def test_passages_are_picked_many_at_once(editor, limes):
    address = reverse("desk-article-pick", args=[limes.slug])
    assert "autosave" not in editor.get(address).content.decode()
    answer = editor.post(
        address, picks({"passage": "Limes cool a street."}, {"passage": TEXT[21:], "words": "one June day."})
    )
    assert answer.status_code == 302, answer.context["rows"][0].errors
    assert [one.quote for one in document(limes).passages] == ["Limes cool a street.", "one June day."]
    page = editor.get(reverse("desk-article", args=[limes.slug])).content.decode()
    assert "2 passages picked" in page
    assert "ten thousand" not in page


def test_what_cannot_be_picked_stands_beside_its_field(editor, limes):
    address = reverse("desk-article-pick", args=[limes.slug])
    answer = editor.post(
        address, picks({"passage": "Limes cool a street."}, {"passage": TEXT[21:]}, {"paraphrase": ""})
    )
    assert answer.status_code == 422
    assert "at most 12" in str(answer.context["rows"][1].errors["words"])
    answer = editor.post(address, picks({"passage": "Limes cool a street."}, text=" \u200b "))
    assert answer.context["form"].errors["text"]
    answer = editor.post(address, picks())
    assert "No passage was named" in str(answer.context["form"].errors)
    answer = editor.post(address, picks({"passage": "Limes cool", "paraphrase": "a\u202eb"}))
    assert answer.context["rows"][0].errors["paraphrase"]
    assert not document(limes).passages


def test_room_for_more_passages_is_made_without_a_script(editor, limes):
    address = reverse("desk-article-pick", args=[limes.slug])
    answer = editor.post(address, picks({"passage": "Limes"}, more="1"))
    assert (answer.status_code, len(answer.context["rows"])) == (200, 8)
    assert answer.context["rows"][0]["passage"].value() == "Limes"
    assert not answer.context["form"].errors
    assert editor.post(address, {**picks(more="1"), "passages-count": "999"}).context["rows"].__len__() == 60


def test_a_passage_is_picked_anew(editor, article):
    address = reverse("desk-article-pick-anew", args=[article.slug, "p1"])
    answer = editor.post(address, {"text": TEXT, "passage": TEXT[21:], "words": "one June day."})
    assert answer.status_code == 302, answer.context["row"].errors
    made = document(article).passages[0]
    assert (made.start, made.quote, made.findings != ()) == (21, "one June day.", True)
    answer = editor.post(address, {"text": TEXT, "passage": "Oaks"})
    assert answer.status_code == 422
    assert answer.context["row"].errors["passage"]
    assert editor.get(reverse("desk-article-pick-anew", args=[article.slug, "p9"])).status_code == 404


def test_a_topic_is_begun_under_the_article_that_was_chosen(editor, limes):
    address = reverse("desk-topic-new")
    assert 'value="plant-limes" selected' in editor.get(f"{address}?article=plant-limes").content.decode()
    assert editor.get(address).context["form"]["article"].value() == ""
    typed = {
        "topic": "plant-or-wait",
        "title": "Planting limes",
        "question": "Should the town plant limes?",
        "background": "An invented town.",
        "period.start": "2020",
        "period.end": "2024",
        "perspectives[0].label": "Plant now",
        "perspectives[0].summary": "Limes cool streets.",
    }
    answer = editor.post(address, typed)
    assert list(answer.context["form"].errors) == ["article"]
    assert editor.post(address, {**typed, "article": "plant-limes"}).status_code == 302
    topic = Topic.objects.get(slug="plant-or-wait")
    assert (topic.article, topic.order) == (limes, 10)


def test_the_draft_is_previewed_as_readers_will_see_it(editor, article):
    page = editor.get(reverse("desk-article-preview", args=[article.slug])).content.decode()
    assert "This is a draft" in page
    assert "oak that has carried us" in page


ASKED = (
    ("desk-articles", ()),
    ("desk-article", ("plant-limes",)),
    ("desk-article-preview", ("plant-limes",)),
    ("desk-article-pick", ("plant-limes",)),
    ("desk-article-pick-anew", ("plant-limes", "p1")),
    ("desk-article-edit", ("plant-limes", "passages/p1")),
    ("desk-article-add", ("plant-limes", "passages/p1/findings")),
    ("desk-article-remove", ("plant-limes", "passages/p1")),
    ("api:desk-articles", ()),
)


def test_what_the_pages_cost_does_not_grow_with_the_guide(editor, limes, proposer):
    def cost():
        found = {}
        for route, arguments in ASKED:
            with CaptureQueriesContext(connection) as queries:
                editor.get(reverse(route, args=arguments))
            found[route] = len(queries)
        return found

    def more(numbers):
        text = " ".join(f"Lime {number} stands here." for number in range(40))
        passages = [
            {"passage": f"Lime {number} stands here.", "section": "Shade", "paraphrase": "A tree."}
            for number in numbers
        ]
        article_drafting.pick(article_id=limes.pk, text=text, passages=passages, by=proposer)

    more(range(1))
    cost()
    few = cost()
    more(range(1, 40))
    assert cost() == few
    assert max(few.values()) <= 12, few


def test_contributors_see_and_do_not_change(signed_in, article):
    client, _ = signed_in("contributor")
    page = client.get(reverse("desk-article", args=[article.slug])).content.decode()
    assert "oak that has carried us" in page
    assert "Pick passages" not in page
    assert client.get(reverse("desk-article-pick", args=[article.slug])).status_code == 404


def test_a_change_of_a_guide_is_undone_in_the_history(editor, article):
    post(editor, "desk-article-edit", sent_back(article, "head", title="Another"), part="head", **GUIDE)
    entry = LogEntry.objects.latest("pk")
    assert editor.post(reverse("desk-history-entry", args=[entry.pk]), {"note": "No."}).status_code == 302
    assert document(article).title == "Leave the Old Bridge Alone"
