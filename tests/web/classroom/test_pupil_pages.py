"""The pages of pupils, without a browser."""

import re

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from perspectives.actions.classroom import activities, classes
from perspectives.actions.publication import publishing, retracting
from perspectives.models import Activity, Ballot, Claim, Contribution, Edition, Pupil, Topic, User
from perspectives.rules.classroom import codes, contributions
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.vocab import Role, Stance
from perspectives.web.classroom import limits, pupil_cookies
from tests import factories
from tests.lesson import DOOR, NOW, Lesson, at, browser, page, send
from tests.people import account

pytestmark = pytest.mark.measured

TOPIC = TopicDocument.model_validate(factories.topic_document())
CRUX = TOPIC.cruxes[0]


@pytest.fixture
def lesson(published):
    return Lesson(account("teacher"))


def test_a_pupil_comes_in_with_a_code_and_back_with_a_pin(lesson):
    pupil = lesson.pupil()
    assert "Wait for your teacher" in at(pupil)
    assert f"in a class, as {pupil.nickname}" in page(pupil.get(DOOR))
    join = f"/class/join/{lesson.room.code}/"
    assert pupil.get(join).status_code == 302
    other = browser()
    assert f'value="{pupil.nickname}"' not in page(other.get(join))
    wrong = {"action": "return", "nickname": pupil.nickname, "pin": "no"}
    assert "Look at both again" in page(other.post(join, wrong))
    assert other.post(join, {**wrong, "pin": pupil.pin})["Location"] == NOW
    assert pupil.nickname in at(other)
    other.post(DOOR, {"action": "leave"})
    assert "in no class" in page(other.get(NOW), 404)
    assert Pupil.objects.count() == 1


def test_wrong_codes_are_told_and_counted(lesson, valkey, monkeypatch):
    monkeypatch.setattr(limits, "MOST_A_MINUTE", 3)
    client = browser()
    assert "no open class" in page(client.post(DOOR, {"code": "<b>"}))
    assert "no open class" in page(client.get("/class/join/ABCDEFGH/"), 404)
    page(client.post(DOOR, {"code": "ABCDEFGH"}))
    refused = client.post(DOOR, {"code": "ABCDEFGH"})
    assert "wrong codes" in page(refused, 429)
    assert int(refused["Retry-After"]) > 0
    assert client.post(DOOR, {"code": lesson.room.code}).status_code == 302


def test_pins_are_guessed_five_times_a_minute_only(lesson, valkey):
    pupil, other = lesson.pupil(), browser()
    join, wrong = f"/class/join/{lesson.room.code}/", {"action": "return", "nickname": pupil.nickname, "pin": "no"}
    for _ in range(limits.MOST_PINS_A_MINUTE):
        page(other.post(join, wrong))
    assert "Too many PINs" in page(other.post(join, {**wrong, "pin": pupil.pin}), 429)


def test_two_hundred_come_from_one_address_but_sixty_into_a_class(lesson, valkey):
    """A school behind one address: nobody is refused for the address, and no class grows beyond its size."""
    statuses = []
    for number in range(200):
        if number % codes.MOST_PUPILS == 0:
            room = classes.begin(by=lesson.teacher, topics=[factories.TOPIC])
        nickname = codes.NICKNAMES[number % codes.MOST_PUPILS]
        statuses.append(browser().post(f"/class/join/{room.code}/", {"nickname": nickname}).status_code)
    assert statuses == [200] * 200
    assert Pupil.objects.count() == 200
    first = lesson.room
    for nickname in codes.NICKNAMES[: codes.MOST_PUPILS]:
        browser().post(f"/class/join/{first.code}/", {"nickname": nickname})
    assert "This class is full" in page(browser().post(f"/class/join/{first.code}/", {"nickname": codes.NICKNAMES[-1]}))


def test_answers_come_first_and_then_those_of_others_without_nicknames(lesson):
    one, other = lesson.pupil(), lesson.pupil()
    answer = lesson.plan("answer", "writing")
    assert CRUX.question in at(one)
    assert CRUX.author not in at(one)
    assert "Kept." in send(one, answer, text="<script>alert('frame')</script>")
    assert "alert" not in at(other)
    assert "nothing was written" in send(other, answer, status=200, text=" ")
    assert "The other view." in send(other, answer, text="The other view.")
    lesson.go(answer, "revealed")
    found = other.get(NOW, follow=True).content.decode()
    assert "&lt;script&gt;alert(&#x27;frame&#x27;)" in found
    assert CRUX.author in at(other)
    assert one.nickname not in at(other)


def test_an_essay_is_refused_with_a_sentence_and_stays_in_the_form(lesson):
    pupil = lesson.pupil()
    answer = lesson.plan("answer", "writing")
    said = send(pupil, answer, status=200, text="essay " * 17_000)
    assert "write at most 2,000" in said
    assert "essay essay" in said
    assert not Contribution.objects.exists()


def test_who_writes_while_the_class_goes_on_or_ends_gets_the_words_back(lesson):
    pupil = lesson.pupil()
    answer = lesson.plan("answer", "writing")
    lesson.go(answer, "revealed")
    answer.phase = "writing"
    assert "My long thoughts." in send(pupil, answer, status=409, text="My long thoughts.")
    classes.delete(classroom_id=lesson.room.pk, by=lesson.teacher)
    said = send(pupil, answer, status=409, text="My long thoughts.")
    assert "My long thoughts." in said
    assert "deleted" in said
    assert "deleted" in page(pupil.get(NOW), 404)
    assert "My long thoughts." in send(browser(), answer, status=409, text="My long thoughts.")
    elsewhere = Lesson(lesson.teacher).pupil()
    assert "Mine." in page(elsewhere.post(NOW, {"activity": "x", "phase": "writing", "text": "Mine."}), 409)


def test_the_page_tells_when_the_class_goes_on_and_takes_no_words_away(lesson):
    pupil = lesson.pupil()
    part = {"headers": {"HX-Request": "true"}}
    assert "Wait for your teacher" in page(pupil.get(f"{NOW}?at=none", **part))
    answer = lesson.plan("answer", "writing")
    here = f"{NOW}?at={answer.pk}-writing"
    assert f'href="{here}">Go on' in page(pupil.get(f"{NOW}?at=none", **part))
    assert "textarea" not in page(pupil.get(here, **part))
    lesson.go(answer, "writing", minutes=3)
    assert "3 minutes left" in page(pupil.get(here, **part))
    assert pupil.get(NOW)["Location"] == here
    classes.stop(classroom_id=lesson.room.pk, by=lesson.teacher, is_stopped=True)
    assert "has stopped the class" in at(pupil)


def test_a_poll_shows_nothing_while_it_is_open_and_joins_no_ballot_to_a_pupil(lesson):
    pupils = [lesson.pupil() for _ in range(12)]
    poll = lesson.plan("poll", "before")
    corners = ["author"] * 6 + ["opposing"] * 5 + ["neutral"]
    for pupil, corner in zip(pupils, corners, strict=True):
        assert "Kept." in send(pupil, poll, corner=corner)
    assert 'value="author" required checked' in at(pupils[0])
    assert "Where the class stands" not in at(pupils[0])
    assert "Choose one of the corners" in send(pupils[0], poll, corner="winner")
    lesson.go(poll, "between")
    said = at(pupils[0])
    assert re.findall(r'data-name="Before">(\w+)<', said) == ["6", "5", "hidden", "hidden"]
    poll = lesson.go(poll, "after")
    for pupil in pupils[:11]:
        send(pupil, poll, corner="neutral" if pupil in pupils[:5] else "unsure")
    lesson.go(poll, "ended")
    said = at(pupils[0])
    assert re.findall(r'data-name="After">(\w+)<', said) == ["hidden", "hidden", "5", "6"]
    assert "no corner wins" in said
    numbers = {pupil_cookies.ballot_number(_request(pupil), poll.pk) for pupil in pupils}
    assert set(Ballot.objects.values_list("pk", flat=True)) == numbers
    assert not Contribution.objects.exists()


def _request(client):
    """Give what the cookies of a client say to the server."""
    return type("Request", (), {"COOKIES": {name: morsel.value for name, morsel in client.cookies.items()}})()


def test_without_the_ballot_cookie_nobody_votes(lesson):
    pupil = lesson.pupil()
    poll = lesson.plan("poll", "before")
    del pupil.cookies["ballot"]
    assert "keeps no cookies" in send(pupil, poll, status=200, corner="author")


def test_claims_are_compared_and_what_is_cited_is_shown(lesson):
    pupil = lesson.pupil()
    comparison = lesson.plan("comparison", "writing")
    known = contributions.claims(TOPIC)
    first = next(key for key, (_, claim) in known.items() if any(cite.quote for cite in claim.cites))
    other = next(key for key, (side, _) in known.items() if side is not known[first][0])
    quote = next(cite.quote for cite in known[first][1].cites if cite.quote)
    asked = at(pupil)
    assert "Pair 3" in asked
    assert asked.count('<details class="class-cards') == len(TOPIC.perspectives)
    assert "open>" not in asked
    said = send(pupil, comparison, status=200, from_1=first, quote_1=quote)
    assert "choose both claims" in said
    assert f'value="{first}" selected' in said
    said = send(
        pupil, comparison, from_1=first, to_1=other, quote_1=quote, from_2=other, to_2=first, quote_2="invented"
    )
    assert f'value="{other}" selected' in said
    send(lesson.pupil(), comparison, from_1=first, to_1=other, quote_1="invented, too")
    lesson.go(comparison, "revealed")
    said = at(pupil)
    assert said.count(known[other][1].text) == 2  # each pair once, with what all have quoted
    assert "“invented, too” (not found in the evidence)" in said
    assert f"“{quote}” (in the evidence)" in said
    assert "“invented” (not found in the evidence)" in said


def test_a_quiz_tells_the_sides_at_its_end(lesson):
    pupil, idle = lesson.pupil(), lesson.pupil()
    sheet = lesson.plan("quiz", "writing")
    asked = re.findall(r'name="(q_\w+)"', at(pupil))
    assert len(asked) == len(Stance) * len(set(asked)) > 0
    assert "of the three sides" in send(pupil, sheet, status=200, **{asked[0]: "nobody"})
    assert "checked" in send(pupil, sheet, **dict.fromkeys(asked, "author"))
    lesson.go(sheet, "ended")
    assert re.search(r"You found the side of \d of \d claims", at(pupil))
    assert "Who says it" in at(idle)


def test_a_quiz_keeps_to_its_edition_and_says_when_that_is_retracted(lesson, proposer, reviewer):
    pupil = lesson.pupil()
    sheet = lesson.plan("quiz", "writing")
    asked = set(re.findall(r'name="(q_\w+)"', at(pupil)))
    topic = Topic.objects.get(slug=factories.TOPIC)
    Claim.objects.filter(perspective__topic=topic).update(text=Concat("text", Value(" Anew.")))
    proposal = publishing.propose_topic(topic_id=topic.pk, by=proposer, note="Other words")
    publishing.approve(proposal_id=proposal.pk, by=reviewer, reason="Agreed")
    assert " Anew." not in at(pupil)
    send(pupil, sheet, **dict.fromkeys(asked, "author"))
    chief = User.objects.create_user("chief", role=Role.CHIEF_EDITOR)
    first = Edition.objects.get(topic=topic, number=sheet.settings["edition"])
    retracting.retract(edition_id=first.pk, by=chief, note="Its survey was invented.")
    assert set(re.findall(r'name="(q_\w+)"', at(pupil))) == asked
    assert "Its survey was invented." in at(pupil)


def test_a_controversy_gives_sides_exchanges_them_and_measures_the_consensus(lesson):
    one, other = lesson.pupil(), lesson.pupil()
    classes.make_groups(classroom_id=lesson.room.pk, by=lesson.teacher, number=1)
    debate = lesson.plan("controversy", "preparing")
    sides = {side.stance: side for side in TOPIC.perspectives}
    for pupil, stance in ((one, Stance.AUTHOR), (other, Stance.OPPOSING)):
        said = at(pupil)
        assert f"{stance.label}: {sides[stance].label}" in said
        assert "Group 1" in said
        assert sides[stance].claims[0].cites[0].source not in said  # works are named by their authors
        claim = sides[stance].claims[0].id
        assert f'value="{claim}" checked' in send(pupil, debate, claims=[claim], text="Like this.")
    debate = lesson.go(debate, "presenting")
    send(one, debate, text="They said this.")
    debate = lesson.go(debate, "reversing")
    assert sides[Stance.OPPOSING].label in at(one)
    debate = lesson.go(debate, "seeking")
    send(one, debate, accepted=["agreement-0", "crux-0"], text="The frame matters.")
    assert "checked" in send(other, debate, accepted=["agreement-0"])
    lesson.go(debate, "ended")
    said = at(one)
    assert f"Group 1: 1 of {len(TOPIC.common_ground)} agreements, 0 of {len(TOPIC.cruxes)} open questions" in said
    assert "The frame matters." in said


def test_feedback_is_held_until_it_is_released(lesson):
    pupil = lesson.pupil()
    answer = lesson.plan("answer", "writing")
    send(pupil, answer, text="Words.")
    activities.say(contribution_id=Contribution.objects.get().pk, by=lesson.teacher, feedback="Well cited.")
    assert "Well cited." not in at(pupil)
    activities.release_feedback(activity_id=answer.pk, by=lesson.teacher, is_released=True)
    assert "Well cited." in at(pupil)
    assert Activity.objects.get().is_feedback_released
