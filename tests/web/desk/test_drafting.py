"""Drafts at the desk: every form sent back unchanged changes nothing, and no edit is lost."""

import re
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from perspectives.actions.documents import drafting, packs
from perspectives.models import Citation, LogEntry, Source, Topic
from perspectives.policy import OPERATOR
from perspectives.queries.documents import draft_documents, drafts
from perspectives.rules.documents import consistency, parts, yaml_text
from perspectives.rules.documents.parts import Change
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication.index_records import plain
from perspectives.web.desk.documents import edit_token
from perspectives.web.desk.documents.draft_status import cached_statuses
from perspectives.web.desk.documents.part_form import Claims, PartForm
from perspectives.web.desk.documents.part_table import anchor, kind_of, name
from tests import factories
from tests.repo.test_routes import FIXTURES

SLUG = factories.TOPIC
CLAIM = "perspectives/repair/claims/s1"
OTHER_CLAIM = "perspectives/replace/claims/o2"
PATHS = [path for path, _ in parts.parts(plain(TopicDocument.model_validate(factories.topic_document())))]
HOSTILE = ["<script>alert(1)</script>", "safe\N{RIGHT-TO-LEFT OVERRIDE}text", "x" * 1_000_000, "a\0b"]


def shown(form):
    """What a browser sends of a form as it is shown: one value of each field."""
    sent = QueryDict(mutable=True)
    for each in (form, *form.rows):
        for field in each:
            sent[field.html_name] = str(field.value() or "").replace("\n", "\r\n")
    sent["cites-count"] = str(len(form.rows))
    return sent


def sent_back(draft, path, **changed):
    """What comes back of the form of a part, with other values where `changed` names them."""
    part = parts.find(draft, path)
    fields = shown(PartForm(kind_of(path), Claims(draft), part=part)).dict()
    token = edit_token.signed(Topic.objects.get(slug=draft["topic"]).pk, path, part)
    return {**fields, edit_token.FIELD: token, **changed}


def draft(slug=SLUG):
    return plain(draft_documents.topic_document(Topic.objects.get(slug=slug).pk))


def edit_address(path, slug=SLUG):
    return reverse("desk-topic-edit", args=[slug, path])


def changes():
    return LogEntry.objects.filter(code="topic.changed").count()


def fixture_topics():
    return sorted((FIXTURES / "topics").glob("*.yaml"))


@pytest.mark.parametrize("file", fixture_topics(), ids=lambda file: file.stem)
def test_the_form_of_every_part_of_every_topic_gives_the_part_back(file):
    document = plain(TopicDocument.model_validate(yaml_text.read(file.read_bytes()).data))
    claims = Claims(document)
    for path, part in parts.parts(document):
        sent = shown(PartForm(kind_of(path), claims, part=part))
        form = PartForm(kind_of(path), claims, part=part, sent=MultiValueDict(sent))
        assert form.is_valid(), (path, form.errors)
        assert form.made() == part, path


@pytest.mark.parametrize("path", PATHS)
def test_a_form_that_is_sent_unchanged_changes_nothing(path, signed_in, published):
    client, _ = signed_in("moderator")
    page = client.get(edit_address(path))
    assert page.status_code == 200
    assert "Why (for the history)" in page.content.decode()
    before = draft()
    answer = client.post(edit_address(path), shown(page.context["form"]).dict() | {"began": page.context["edit_token"]})
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('desk-topic', args=[SLUG])}#{anchor(path)}"
    assert draft() == before
    assert not changes()


CHANGED = {
    "head": {
        "title": "Another title",
        "asked_as": "why a bridge?",
        "tags": "bridges",
        "period.start": "1821-05",
        "teaching.aim": "Pupils weigh repairs.",
        "teaching.note": "Soft is not rotten.",
    },
    "perspectives/repair": {"summary": "Said anew.", "plain": "Mend it.", "held_by": "Mara Ellingwood"},
    CLAIM: {"text": "Said anew.", "kind": "causal", "cites-0-locator": "section 2"},
    "responses/0": {"from": "o2", "to": "s2", "type": "qualifies", "note": "Said anew."},
    "gaps/0": {"note": "Nobody was found."},
    "common_ground/0": {"text": "Said anew."},
    "cruxes/0": {"would_settle": "Said anew.", "prompts": "What would a probe show?"},
    "events/1": {"date": "2020-03", "cites-0-relation": "supports"},
    "bibliography/1": {"argues": "Said anew."},
}


@pytest.mark.parametrize(("path", "changed"), CHANGED.items(), ids=CHANGED)
def test_every_kind_of_part_is_changed_and_recorded(path, changed, signed_in, published):
    client, person = signed_in("moderator")
    if path == "responses/0":
        changed = changed | {"to": "s1"}
    answer = client.post(edit_address(path), sent_back(draft(), path, **changed, **{"note-on-change": "Clearer."}))
    assert answer.status_code == 302, re.findall(r"errorlist.*?</ul>", answer.content.decode())
    said = str(parts.find(draft(), path))
    assert all(value in said for key, value in changed.items() if "\n" not in value), said
    entry = LogEntry.objects.get(code="topic.changed")
    assert (entry.by, entry.note) == (person, "Clearer.")
    assert [Change.from_json(one).path for one in entry.changes] == [path]


@pytest.mark.parametrize(("steps", "order"), [("2", "231"), ("-1", "123"), ("9999", "231"), ("x", "213")])
def test_a_part_that_is_dragged_goes_as_far_as_it_is_dragged(steps, order, signed_in, published):
    client, _ = signed_in("moderator")
    version = parts.version(parts.find(draft(), CLAIM))
    address = reverse("desk-topic-move", args=[SLUG, CLAIM])
    assert client.post(address, {"steps": steps, "version": version}).status_code == 302
    claims = draft()["perspectives"][0]["claims"]
    assert "".join(one["id"][1:] for one in claims) == order


NEW = {
    "perspectives": {"id": "ferry", "stance": "neutral", "label": "A ferry", "summary": "Neither; take a boat."},
    "perspectives/wait/claims": {"id": "n4", "text": "It is wet.", "kind": "factual"},
    "responses": {"from": "o3", "to": "s2", "type": "concedes", "note": "So it does."},
    "gaps": {"claim": "s3", "stance": "opposing", "note": "None."},
    "common_ground": {"text": "It is old."},
    "cruxes": {
        "question": "How?",
        "kind": "value",
        "author": "A",
        "opposing": "B",
        "neutral": "C",
        "would_settle": "D",
    },
    "events": {"date": "1999", "title": "A flood", "description": "It rose."},
    "bibliography": {"source": "pratt2018timber", "argues": "Timber lasts."},
    "terms": {"term": "abutment", "gloss": "What carries the end of a bridge."},
}


@pytest.mark.parametrize(("path", "fields"), NEW.items(), ids=NEW)
def test_every_kind_of_part_is_added_and_removed(path, fields, signed_in, published):
    client, _ = signed_in("moderator")
    before = draft()
    if path in {"gaps", "responses"}:
        gone = {"gaps": "responses/3", "responses": "gaps/0"}[path]
        version = parts.version(parts.find(before, gone))
        client.post(reverse("desk-topic-remove", args=[SLUG, gone]), {"version": version})
        before = draft()
    address = reverse("desk-topic-add", args=[SLUG, path])
    page = client.get(address)
    assert page.status_code == 200
    cites = {"cites-count": "1", "cites-0-source": "pratt2018timber", "cites-0-relation": "supports"}
    answer = client.post(address, {**fields, **cites, "began": page.context["edit_token"]})
    assert answer.status_code == 302, re.findall(r"errorlist.*?</ul>", answer.content.decode())
    after = draft()
    new = [one for one, _ in parts.parts(after) if one not in dict(parts.parts(before))]
    assert len(new) == 1
    asked = client.get(reverse("desk-topic-remove", args=[SLUG, new[0]]))
    assert name(new[0]) in asked.content.decode()
    version = parts.version(parts.find(after, new[0]))
    answer = client.post(reverse("desk-topic-remove", args=[SLUG, new[0]]), {"version": version})
    assert answer.status_code == 302
    assert draft() == before


def test_a_next_id_is_suggested_and_a_taken_one_is_told_beside_its_field(signed_in, published):
    client, _ = signed_in("moderator")
    address = reverse("desk-topic-add", args=[SLUG, "perspectives/repair/claims"])
    page = client.get(address, {"text": "From the address."})
    assert page.context["form"]["id"].value() == "s4"
    assert page.context["form"]["text"].value() == "From the address."
    taken = {"id": "s1", "text": "Again.", "kind": "factual", "began": page.context["edit_token"]}
    answer = client.post(address, taken)
    assert answer.status_code == 409
    assert "is there already" in str(answer.context["form"].errors["id"])
    assert "Again." in answer.content.decode()


def test_two_people_meet_and_neither_text_is_lost(signed_in, published, reviewer):
    client, _ = signed_in("moderator")
    mine = sent_back(draft(), CLAIM, text="Mine is the oak frame.", kind="causal")
    theirs = {**parts.find(draft(), CLAIM), "text": "Theirs is the oak frame."}
    drafting.change(
        topic_id=Topic.objects.get(slug=SLUG).pk,
        changes=[Change(CLAIM, parts.find(draft(), CLAIM), theirs)],
        by=reviewer,
    )
    answer = client.post(edit_address(CLAIM), mine)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert ">\nMine is the oak frame.</textarea>" in text
    assert re.search(r"<del>.*?Mine *</del>", text)
    assert re.search(r"<ins>.*?Theirs *</ins>", text)
    assert "Both of you changed this." in text
    assert "Only you changed this." in text
    assert parts.find(draft(), CLAIM)["text"] == "Theirs is the oak frame."
    answer = client.post(edit_address(CLAIM), {**mine, "began": answer.context["edit_token"]})
    assert answer.status_code == 302
    now = parts.find(draft(), CLAIM)
    assert (now["text"], now["kind"]) == ("Mine is the oak frame.", "causal")


def test_two_people_edit_different_parts_and_both_are_kept(signed_in, published, reviewer):
    client, _ = signed_in("moderator")
    mine = sent_back(draft(), CLAIM, text="Mine.")
    theirs = parts.find(draft(), OTHER_CLAIM)
    drafting.change(
        topic_id=Topic.objects.get(slug=SLUG).pk,
        changes=[Change(OTHER_CLAIM, theirs, {**theirs, "text": "Theirs."})],
        by=reviewer,
    )
    assert client.post(edit_address(CLAIM), mine).status_code == 302
    assert [parts.find(draft(), path)["text"] for path in (CLAIM, OTHER_CLAIM)] == ["Mine.", "Theirs."]


@pytest.mark.parametrize("path", ["events/0", "events/1", "perspectives/wait/claims/n3"])
def test_what_was_removed_meanwhile_can_be_added_again(path, signed_in, published, reviewer):
    client, _ = signed_in("moderator")
    mine = sent_back(draft(), path, **({"title": "Mine."} if path.startswith("events") else {"text": "Mine."}))
    topic = Topic.objects.get(slug=SLUG)
    version = parts.version(parts.find(draft(), path))
    drafting.remove(topic_id=topic.pk, path=path, version=version, by=reviewer)
    left = len(list(parts.parts(draft())))
    answer = client.post(edit_address(path), mine)
    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()
    assert "no longer there" in answer.content.decode()
    answer = client.post(edit_address(path), {**mine, "began": answer.context["edit_token"]})
    assert answer.status_code == 302
    after = [part for _, part in parts.parts(draft())]
    assert "Mine." in str(after)
    assert len(after) == left + 1


def test_what_belonged_to_something_that_is_gone_keeps_its_text(signed_in, published, reviewer):
    client, _ = signed_in("moderator")
    path = "perspectives/wait/claims/n1"
    mine = sent_back(draft(), path, text="Mine.")
    side = parts.version(parts.find(draft(), "perspectives/wait"))
    drafting.remove(topic_id=Topic.objects.get(slug=SLUG).pk, path="perspectives/wait", version=side, by=reviewer)
    answer = client.post(edit_address(path), mine)
    assert answer.status_code == 409
    assert ">\nMine.</textarea>" in answer.content.decode()


@pytest.mark.parametrize("token", ["", "forged", "WyJhIl0:1abc:def"])
def test_an_edit_that_does_not_say_what_it_began_with_is_a_conflict(token, signed_in, published):
    client, _ = signed_in("moderator")
    mine = sent_back(draft(), CLAIM, text="Mine.") | {"began": token}
    assert client.post(edit_address(CLAIM), mine).status_code == 409
    other = edit_token.signed(Topic.objects.get(slug=SLUG).pk, OTHER_CLAIM, parts.find(draft(), OTHER_CLAIM))
    assert client.post(edit_address(CLAIM), mine | {"began": other}).status_code == 409
    assert not changes()


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "bidi", "long", "null"])
def test_hostile_text_is_shown_as_text_or_refused_beside_its_field(text, signed_in, published):
    client, _ = signed_in("moderator")
    answer = client.post(edit_address(CLAIM), sent_back(draft(), CLAIM, text=text))
    if text.startswith("<"):
        assert answer.status_code == 302
        page = client.get(reverse("desk-topic", args=[SLUG])).content.decode()
        assert "<script>alert" not in page
        assert text in unescape(page)
    else:
        assert answer.status_code == 422
        assert answer.context["form"].errors["text"]
        assert not changes()


def test_problems_stand_beside_the_fields_that_they_name(signed_in, published):
    client, _ = signed_in("moderator")
    wrong = {"cites-0-source": "nobody1999", "cites-0-quote": "word " * 41, "text": ""}
    answer = client.post(edit_address(CLAIM), sent_back(draft(), CLAIM, **wrong))
    assert answer.status_code == 422
    assert "text" in answer.context["form"].errors
    answer = client.post(edit_address(CLAIM), sent_back(draft(), CLAIM, **wrong | {"text": "Said."}))
    row = answer.context["form"].rows[0]
    assert "is not a known source" in str(row.errors["source"])
    assert "41 words" in str(row.errors["quote"])
    fields = {"period.start": "1820-13", "order": "ten", "tags": "bridges\nNo Tag", "asked_as": "x" * 121}
    answer = client.post(edit_address("head"), sent_back(draft(), "head", **fields))
    assert set(answer.context["form"].errors) == set(fields)
    unpaired = {"cites-0-quote": ""}
    answer = client.post(edit_address(CLAIM), sent_back(draft(), CLAIM, **unpaired))
    assert "together" in str(answer.context["form"].rows[0].non_field_errors())


def test_what_is_pasted_untidily_is_tidied(signed_in, published):
    client, _ = signed_in("moderator")
    untidy = {
        "background": " One\r\nline. \r\n \r\n\r\n\r\nCafe\N{COMBINING ACUTE ACCENT}  two. ",
        "tags": " bridges\r\n\r\n",
    }
    assert client.post(edit_address("head"), sent_back(draft(), "head", **untidy)).status_code == 302
    now = parts.find(draft(), "head")
    assert now["background"] == "One line.\n\nCaf\N{LATIN SMALL LETTER E WITH ACUTE} two."
    assert now["tags"] == ["bridges"]


def test_rows_are_added_and_removed_without_saving(signed_in, published):
    client, _ = signed_in("moderator")
    path = "perspectives/repair/claims/s2"
    sent = sent_back(draft(), path, text="Typed.")
    more = client.post(edit_address(path), {**sent, "more": "1"})
    assert [len(more.context["form"].rows), more.status_code] == [3, 200]
    assert "Typed." in more.content.decode()
    fewer = client.post(edit_address(path), {**sent, "drop": "0"})
    assert [row["source"].value() for row in fewer.context["form"].rows] == ["weir2016cost"]
    assert not changes()
    client.post(edit_address(path), shown(fewer.context["form"]).dict() | {"began": fewer.context["edit_token"]})
    assert [one["source"] for one in parts.find(draft(), path)["cites"]] == ["weir2016cost"]


def test_parts_move_with_and_without_a_script(signed_in, published):
    client, _ = signed_in("moderator")
    address = reverse("desk-topic-move", args=[SLUG, CLAIM])
    version = {"version": parts.version(parts.find(draft(), CLAIM))}
    answer = client.post(address, {**version, "way": "down"})
    assert answer["Location"].endswith(f"#{anchor(CLAIM)}")
    assert [one["id"] for one in draft()["perspectives"][0]["claims"]] == ["s2", "s1", "s3"]
    part = client.post(address, {**version, "way": "up"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div class="draft" id="draft">')
    assert "HX-Request" in part["Vary"]
    assert [one["id"] for one in draft()["perspectives"][0]["claims"]] == ["s1", "s2", "s3"]
    assert client.post(address, {"version": "0" * 16, "way": "up"}).status_code == 409


def test_a_removal_says_what_goes_along_and_why_it_may_not(signed_in, published):
    client, _ = signed_in("moderator")
    page = client.get(reverse("desk-topic-remove", args=[SLUG, "perspectives/wait"])).content.decode()
    assert "6 other parts" in page
    version = {"version": parts.version(parts.find(draft(), CLAIM))}
    answer = client.post(reverse("desk-topic-remove", args=[SLUG, CLAIM]), version)
    assert answer.status_code == 422
    assert "names the claim" in answer.content.decode() or "passage" in answer.content.decode()
    assert client.get(reverse("desk-topic-remove", args=[SLUG, "head"])).status_code == 404


def test_a_draft_shows_every_part_and_where_a_rule_is_broken(signed_in, published):
    client, _ = signed_in("moderator")
    gone = "gaps/0"
    version = {"version": parts.version(parts.find(draft(), gone))}
    client.post(reverse("desk-topic-remove", args=[SLUG, gone]), version)
    page = client.get(reverse("desk-topic", args=[SLUG])).content.decode()
    for path, _ in parts.parts(draft()):
        assert f'id="{anchor(path)}"' in page
    assert "1 of 13 rules broken" in page
    assert f'#{anchor("perspectives/repair/claims/s2")}">S2 is answered by no opposing claim' in page
    listed = client.get(reverse("desk-topics")).content.decode()
    assert "1 rule broken" in listed
    assert "Differs" in listed


def test_contributors_look_and_change_nothing(signed_in, published):
    client, _ = signed_in("contributor")
    page = client.get(reverse("desk-topic", args=[SLUG])).content.decode()
    assert "The oak frame is sound" in page
    assert "Move up" not in page
    assert "/edit/" not in page
    assert "Begin a topic" not in client.get(reverse("desk-topics")).content.decode()


def test_the_balance_follows_the_form(signed_in, published):
    client, _ = signed_in("moderator")
    address = reverse("desk-topic-balance", args=[SLUG, CLAIM])
    sent = sent_back(draft(), CLAIM, text="word " * 300)
    page = client.post(address, sent).content.decode()
    assert "with what stands in the form" in page
    assert "rules broken" in page
    assert "cannot be saved yet" in client.post(address, sent | {"text": ""}).content.decode()
    assert "cannot be saved yet" in client.post(address, sent | {"cites-0-relation": ""}).content.decode()
    assert not changes()


def test_the_preview_is_the_page_that_readers_get(signed_in, published):
    client, _ = signed_in("contributor")
    preview = client.get(reverse("desk-topic-preview", args=[SLUG])).content.decode()
    page = client.get(reverse("topic", args=[SLUG])).content.decode()
    page = re.sub(r'<ul class="take-away".*?</ul>', "", page)  # only an edition is taken away
    start, end = "Claim by claim</h2>", "This edition</h2>"
    assert "This is a draft." in preview
    assert preview.split(start)[1].split(end)[0] == page.split(start)[1].split(end)[0]
    assert client.get(reverse("desk-topic-preview", args=[SLUG]), {"view": "nonsense"}).status_code == 400


TOPIC = {
    "article": factories.ARTICLE,
    "topic": "new-lamps",
    "title": "Lamps",
    "question": "Should there be lamps?",
    "background": "It is dark.",
    "period.start": "2020",
    "period.end": "2021",
    "perspectives[0].label": "No lamps",
    "perspectives[0].summary": "The dark is kind.",
}


def test_a_topic_is_begun(signed_in, published):
    client, person = signed_in("moderator")
    answer = client.post(reverse("desk-topic-new"), TOPIC)
    assert answer["Location"] == reverse("desk-topic", args=["new-lamps"])
    begun = draft("new-lamps")
    assert (begun["order"], begun["perspectives"][0]["claims"]) == (30, [])
    assert LogEntry.objects.get(code="topic.changed").by == person
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(reverse("desk-topic-preview", args=["new-lamps"])).status_code == 200
    again = client.post(reverse("desk-topic-new"), TOPIC)
    assert "already" in str(again.context["form"].errors["topic"])
    wrong = client.post(reverse("desk-topic-new"), TOPIC | {"topic": "New Lamps", "perspectives[0].label": "x\u202ey"})
    assert {"topic", "perspectives[0].label"} == set(wrong.context["form"].errors)


@pytest.mark.parametrize("path", ["nothing/0", "perspectives/repair/claims/s99", "events/99", "events", "events/1/x"])
def test_parts_that_are_not_there_are_not_found(path, signed_in, published):
    client, _ = signed_in("moderator")
    assert client.get(edit_address(path)).status_code == 404


@pytest.mark.parametrize("path", ["nothing", "head", "perspectives/nobody/claims", "claims"])
def test_lists_that_are_not_there_are_not_found(path, signed_in, published):
    client, _ = signed_in("moderator")
    assert client.get(reverse("desk-topic-add", args=[SLUG, path])).status_code == 404


def test_the_price_of_the_list_does_not_grow(signed_in, published):
    client, _ = signed_in("moderator")
    client.get(reverse("desk"))  # the first request of a session writes it
    prices = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("desk-topics"))
        prices.append(len(queries))
        copies = {
            factories.topic_file(f"copy-{number}"): factories.as_yaml(
                factories.topic_document(f"copy-{number}", order=100 + number)
            )
            for number in range(21)
        }
        packs.load(files=copies, by=OPERATOR, show=lambda _: None)
    assert prices[0] == prices[1]


def test_where_drafts_stand(published):
    found = list(drafts.topics())
    assert [(one.edition, one.is_proposed) for one in found] == [(1, False), (1, False)]
    assert set(drafts.statuses(found).values()) == {(False, 0)}
    assert drafts.statuses([]) == {}


def test_what_is_kept_of_where_drafts_stand_follows_every_change(published, proposer, settings):
    settings.PUBLICATION_VERSION_TTL = 5
    found = list(drafts.topics())
    first, second = found
    assert cached_statuses(found) == drafts.statuses(found)
    claim = parts.find(draft(), CLAIM)
    change = Change(CLAIM, claim, {**claim, "text": "word " * 300 + "end."})
    drafting.change(topic_id=first.pk, changes=[change], by=proposer)
    assert cached_statuses(found) == {first.pk: (True, 1), second.pk: (False, 0)}
    source = Source.objects.get(key="hale2021meeting")
    source.record = {**source.record, "title": "Another title"}
    source.save()
    assert cached_statuses(found) == drafts.statuses(found)
    assert cached_statuses(found)[second.pk].differs is drafts.statuses(found)[second.pk].differs
    with CaptureQueriesContext(connection) as queries:
        cached_statuses(found)
    assert len(queries) == 5


@pytest.mark.parametrize(
    ("key", "named_by"),
    [
        ("hale2021meeting", {factories.TOPIC}),  # a claim cites it
        ("weir2016cost", {factories.TOPIC}),  # the bibliography lists it
        (factories.ARTICLE_SOURCE, {factories.TOPIC, factories.OTHER_TOPIC}),  # it is the article
    ],
)
def test_a_source_changes_the_stamps_of_the_drafts_that_name_it(key, named_by, published):
    Citation.objects.filter(claim__topic__slug=factories.OTHER_TOPIC).delete()
    Citation.objects.filter(source__key="weir2016cost").delete()
    before = drafts.stamps(list(drafts.topics()))
    source = Source.objects.get(key=key)
    source.record = {**source.record, "title": "Another title"}
    source.save()
    after = drafts.stamps(list(drafts.topics()))
    assert {one.slug for one in drafts.topics() if before[one.pk] != after[one.pk]} == named_by


def offered(response):
    (listed,) = re.findall(r'<datalist id="known_sources"[^>]*>(.*?)</datalist>', response.content.decode())
    return re.findall(r'<option value="([^"]+)">', listed)


@pytest.fixture
def moderator(signed_in, published):
    client, _ = signed_in("moderator")
    return client


@pytest.fixture
def many_sources(published):
    record = {name: value for name, value in factories.source_record(title="Of ferries").items() if name != "DOI"}
    Source.objects.bulk_create(Source(key=f"ferry{number}", record=record) for number in range(300))


def test_a_form_offers_the_sources_of_its_draft_and_not_all_there_are(moderator, many_sources):
    named = {key for _, key in consistency.topic_source_keys(draft())} | {factories.ARTICLE_SOURCE}
    assert set(offered(moderator.get(edit_address(CLAIM)))) == named


def test_words_typed_for_a_source_find_some_with_a_script_and_without(moderator, many_sources):
    sent = sent_back(draft(), CLAIM, **{"cites-0-source": "Ferries"})
    refused = moderator.post(edit_address(CLAIM), sent)
    assert refused.status_code == 422
    for response in (refused, moderator.post(reverse("desk-topic-balance", args=[SLUG, CLAIM]), sent)):
        found = [key for key in offered(response) if key.startswith("ferry")]
        assert len(found) == drafts.MOST_ALIKE


@pytest.mark.parametrize("typed", [*HOSTILE, "%", "_", "\\"])
def test_hostile_words_find_no_source_and_do_no_harm(typed, moderator, many_sources):
    sent = sent_back(draft(), CLAIM, **{"cites-0-source": typed})
    response = moderator.post(edit_address(CLAIM), sent)
    assert response.status_code == 422
    assert not [key for key in offered(response) if key.startswith("ferry")]
