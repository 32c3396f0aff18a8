"""The page for teachers, its papers, and the worksheets of all sides."""

import io
import json
import re
from html import unescape

import pypdf
import pytest

from perspectives.actions.publication import publishing, retracting
from perspectives.clients.handout import handout_files
from perspectives.models import CruxPrompt, Edition, Topic
from perspectives.rules.documents import parts
from perspectives.rules.study import lesson
from perspectives.rules.study.papers import PAPERS
from perspectives.valkey import cache
from perspectives.vocab import Role
from perspectives.web.desk.publication.differences import differences
from tests import factories, people

TEACH = f"/topics/{factories.TOPIC}/teach/"
WORKSHEET = f"/topics/{factories.TOPIC}/worksheet/"

pytestmark = [pytest.mark.django_db, pytest.mark.measured]


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return unescape(" ".join(response.content.decode().split()))


def test_a_teacher_finds_a_plan_of_each_length(client, published):
    for minutes in lesson.LENGTHS:
        page = text(client, f"{TEACH}?minutes={minutes}")
        assert f"Plan for {minutes} minutes" in page
        assert sum(map(int, re.findall(r'plan-minutes">(\d+) min', page))) == minutes
    assert f"Plan for {lesson.USUAL} minutes" in text(client, TEACH)


TOLD = ["Pupils weigh repairs.", "Soft is not rotten.", "A survey is no probe."]
ASKED = "What would a probe show?"


def test_words_for_teachers_are_there_from_the_edition_on_that_has_them(client, published, proposer, reviewer):
    first = bytes(Edition.objects.get(current_for_topic__slug=factories.TOPIC).body)
    page, lesson_before = text(client, TEACH), client.get(f"/api/v1{TEACH}").json()
    assert "Aim:" not in page
    assert "Words to know" in page
    assert {"aim", "note"}.isdisjoint(lesson_before)
    topic = Topic.objects.get(slug=factories.TOPIC)
    Topic.objects.filter(pk=topic.pk).update(teaching_aim=TOLD[0], teaching_note="\n\n".join(TOLD[1:]))
    CruxPrompt.objects.create(crux=topic.cruxes.get(order=0), order=0, text=ASKED)
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="Words for teachers")
    publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")
    page, told = text(client, TEACH), client.get(f"/api/v1{TEACH}").json()
    assert all(words in page for words in (*TOLD, ASKED))
    assert (told["aim"], told["note"]) == (TOLD[0], "\n\n".join(TOLD[1:]))
    assert ASKED in told["prompts"][0]["ask"]
    assert [one["term"] for one in told["terms"]] == ["load limits", "Oak frame"]
    assert not any(words in text(client, f"/topics/{factories.TOPIC}/") for words in (*TOLD, ASKED))
    bodies = [bytes(one.body) for one in Edition.objects.filter(topic=topic).order_by("number")]
    assert bodies[0] == first
    assert {"For teachers", "Questions to a class"} <= fields_that_differ(*map(json.loads, bodies))


def fields_that_differ(before, after):
    """Name what a reviewer sees changed."""
    groups = differences(parts.compare(before, after), after).groups
    return {field.name for group in groups for part in group.parts for field in part.fields}


@pytest.mark.parametrize("minutes", ["30", "0", "<b>", "45.0", "٤٥"])
def test_a_plan_of_another_length_is_refused(client, published, minutes):
    page = text(client, f"{TEACH}?minutes={minutes}", 400)
    assert "choose one of 20, 45, 90" in page


def test_every_address_on_the_page_leads_somewhere(client, published):
    page = text(client, TEACH)
    inside = {
        one for one in re.findall(r'href="(/[^"#]*)', page) if ".pdf" not in one and not one.startswith("/static/")
    }
    assert {f"/topics/{factories.TOPIC}/brief/", WORKSHEET} < inside
    assert {client.get(address).status_code for address in inside} <= {200, 302}
    frames = re.findall(r'<iframe src="http://testserver(/embed/[^"]+)"', page)
    assert [client.get(address).status_code for address in frames] == [200] * 3
    assert "https://classroom.google.com/share?url=http%3A%2F%2Ftestserver%2F" in page
    assert 'src="https://' not in page


def test_papers_are_made_once_and_held_by_their_tag(client, published, monkeypatch):
    cache.clear()
    made = client.get(f"{TEACH}roles.pdf")
    assert (made.status_code, made["Content-Type"]) == (200, "application/pdf")
    assert 'filename="debatekb-replace-or-repair-roles-edition-1.pdf"' in made["Content-Disposition"]
    assert len(pypdf.PdfReader(io.BytesIO(made.content)).pages) == 6
    monkeypatch.setattr(handout_files, "paper", None)
    assert client.get(f"{TEACH}roles.pdf").content == made.content
    assert client.get(f"{TEACH}roles.pdf", headers={"If-None-Match": made["ETag"]}).status_code == 304


def test_a_paper_that_cannot_be_made_now_says_when_to_ask_again(client, published, monkeypatch):
    def refuse(*_, **__):
        raise handout_files.NotMadeError("The file could not be made.")

    cache.clear()
    monkeypatch.setattr(handout_files, "paper", refuse)
    response = client.get(f"{TEACH}roles-key.pdf")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "no-store" in response["Cache-Control"]


def test_a_paper_that_there_is_not_is_told_with_those_there_are(client, published):
    page = text(client, f"{TEACH}secret.pdf", 404)
    assert all(name in page for name in PAPERS)


def test_of_a_retracted_edition_nothing_is_handed_out(client, published):
    edition = Edition.objects.get(current_for_topic__slug=factories.TOPIC)
    retracting.retract(
        edition_id=edition.pk, note="A source was withdrawn.", by=people.account("chief", role=Role.CHIEF_EDITOR)
    )
    assert ".pdf" not in text(client, TEACH)
    assert "was retracted" in text(client, f"{TEACH}roles.pdf", 404)


def test_a_worksheet_is_of_one_side_or_of_all(client, published):
    counts = {}
    for side in ("author", "opposing", "neutral", "all"):
        page = text(client, f"{WORKSHEET}?side={side}")
        counts[side] = len(re.findall(r'<h3 class="is-', page))
        assert f'aria-current="true">{"All three" if side == "all" else ""}' in page
        assert f"{TEACH}worksheet-{side}.pdf" in page
    assert counts["all"] == counts["author"] + counts["opposing"] + counts["neutral"]
    assert "choose one of author, opposing, neutral, all" in text(client, f"{WORKSHEET}?side=left", 400)


def test_the_map_can_be_embedded(client, published):
    page = text(client, f"/embed/topics/{factories.TOPIC}/map/")
    assert f'src="/topics/{factories.TOPIC}/map.svg"' in page
    said = client.get(f"/api/v1/oembed/?url=http://testserver/topics/{factories.TOPIC}/map/").json()
    assert f"/embed/topics/{factories.TOPIC}/map/" in said["html"]
