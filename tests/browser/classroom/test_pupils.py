"""Five journeys of pupils at phones: answer first, come back, poll and compare, a controversy, the end of a class."""

from playwright.sync_api import expect

from perspectives.actions.classroom import classes
from perspectives.models import Contribution, Pupil
from perspectives.rules.documents.topic_document import TopicDocument
from tests import factories
from tests.browser.classroom.steps import BY_ITSELF, PHONE, come_in, follow, hand_in, look_at, show
from tests.browser.keyboard import press

TOPIC = TopicDocument.model_validate(factories.topic_document())
CRUX = TOPIC.cruxes[0]
SAID = "The oak is <b>sound</b>."


def test_somebody_answers_first_and_then_sees_what_others_have_written(phone_of, lesson):
    one, other = phone_of(), phone_of(script=False)
    names = [come_in(phone, lesson.room.code)[0] for phone in (one, other)]
    look_at(one, "wait", PHONE)
    lesson.plan("answer", "writing")
    follow(one)
    show(other)
    expect(one.get_by_role("heading", name=CRUX.question)).to_be_visible()
    for phone in (one, other):
        phone.get_by_label("Your answer").fill(SAID)
        hand_in(phone)
        expect(phone.get_by_text(CRUX.author)).to_have_count(0)
    look_at(one, "answer", PHONE)
    lesson.go(lesson.room.activities.get(), "revealed")
    follow(one)
    show(other)
    for phone in (one, other):
        expect(phone.get_by_text(SAID)).to_have_count(2)
        expect(phone.get_by_text(CRUX.author)).to_be_visible()
    expect(one.get_by_text(names[1], exact=True)).to_have_count(0)
    look_at(one, "revealed", PHONE)


def test_somebody_comes_back_with_the_pin_on_another_device(phone_of, lesson):
    one, other = phone_of(), phone_of()
    nickname, pin = come_in(one, lesson.room.code)
    lesson.plan("answer", "writing")
    show(one)
    one.get_by_label("Your answer").fill(SAID)
    hand_in(one)
    other.goto(f"/class/join/{lesson.room.code}/")
    look_at(other, "nicknames", PHONE)
    other.get_by_text("I was here before").tap()
    refusal = other.get_by_role("alert")
    question = other.get_by_role("heading", name=CRUX.question, exact=True, level=1)
    for given, shown in (("wrong", refusal), (pin, question)):
        other.get_by_label("Your nickname").select_option(nickname)
        other.get_by_label("Your PIN").fill(given)
        other.get_by_role("button", name="Come back").tap()
        expect(shown).to_be_visible()
    expect(other.get_by_label("Your answer")).to_have_value(SAID)
    assert Pupil.objects.count() == 1
    other.get_by_role("link", name="Leave", exact=True).tap()
    other.get_by_role("button", name="Leave the class in this browser").tap()
    expect(other.get_by_role("heading", name="This browser is in a class")).to_have_count(0)
    look_at(other, "door", PHONE)
    show(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("There is no such page")


def test_somebody_votes_and_compares_with_citations_by_keyboard(phone_of, lesson):
    phone = phone_of()
    come_in(phone, lesson.room.code)
    lesson.plan("poll", "before")
    link = phone.get_by_role("link", name="Go on", exact=True)
    expect(link).to_be_visible(timeout=BY_ITSELF)
    press(link)
    press(phone.get_by_role("radio", name="The first answer"), "Space")
    look_at(phone, "poll", PHONE)
    press(phone.get_by_role("button", name="Cast the ballot"))
    expect(phone.get_by_text("Kept.")).to_be_visible()
    expect(phone.get_by_role("radio", name="The first answer")).to_be_checked()
    comparison = lesson.plan("comparison", "writing")
    show(phone)
    quote = next(cite.quote for claim in TOPIC.perspectives[0].claims for cite in claim.cites if cite.quote)
    for number, words in ((1, quote), (2, "wooden words of nobody")):
        pair = phone.get_by_role("group", name=f"Pair {number}")
        for label, claim in (("This claim", "s1"), ("answers this claim", "o1")):
            press(pair.get_by_label(label, exact=True), claim[0])
            expect(pair.get_by_label(label, exact=True)).to_have_value(claim)
        phone.keyboard.press("Tab")
        phone.keyboard.type(words)
    look_at(phone, "comparison", PHONE)
    press(phone.get_by_role("button", name="Hand in"))
    expect(phone.get_by_text("Kept.")).to_be_visible()
    lesson.go(comparison, "revealed")
    show(phone)
    expect(phone.get_by_text(f"“{quote}” (in the evidence)")).to_be_visible()
    expect(phone.get_by_text("“wooden words of nobody” (not found in the evidence)")).to_be_visible()


def test_a_pair_goes_from_the_cards_through_the_controversy_to_a_consensus(phone_of, lesson):
    phones = [phone_of(), phone_of(script=False)]
    for phone in phones:
        come_in(phone, lesson.room.code)
    debate = lesson.plan("controversy", "preparing")
    author, opposing, _ = TOPIC.perspectives
    for phone, side in zip(phones, (author, opposing), strict=True):
        show(phone)
        expect(phone.get_by_text("You present:")).to_contain_text(side.label)
        phone.get_by_role("checkbox", name=side.claims[0].text).check()
        phone.get_by_label("How you will present it").fill("So we say.")
        hand_in(phone)
    look_at(phones[0], "cards", PHONE)
    for phase, sides, label in (
        ("presenting", (author, opposing), "What you hear of the other side"),
        ("reversing", (opposing, author), "How you will present it"),
    ):
        lesson.go(debate, phase, minutes=5)
        for phone, side in zip(phones, sides, strict=True):
            show(phone)
            expect(phone.get_by_text("You present:")).to_contain_text(side.label)
            expect(phone.get_by_text("5 minutes left")).to_be_visible()
            phone.get_by_label(label).fill("So they say.")
            hand_in(phone)
    lesson.go(debate, "seeking")
    for phone in phones:
        show(phone)
        phone.get_by_role("checkbox", name=TOPIC.common_ground[0].text).check()
        phone.get_by_label("What your group agrees on").fill("Two planks.")
        hand_in(phone)
    look_at(phones[0], "consensus", PHONE)
    phones[0].get_by_role("checkbox", name=CRUX.question).check()
    hand_in(phones[0], "Hand in again")
    lesson.go(debate, "ended")
    for phone in phones:
        show(phone)
        expect(phone.get_by_text("The class: 1 of 2 agreements, 0 of 1 open questions")).to_be_visible()
        expect(phone.get_by_text("Two planks.", exact=True)).to_have_count(2)


def test_a_class_ends_while_somebody_writes_who_takes_the_words_along_without_scripts(phone_of, lesson):
    phone, seen = phone_of(script=False), phone_of()  # axe is a script
    for one in (phone, seen):
        come_in(one, lesson.room.code)
    quiz = lesson.plan("quiz", "writing")
    show(phone)
    for question in phone.locator(".quiz-sheet fieldset").all():
        question.get_by_role("radio").first.check()
    hand_in(phone)
    show(seen)
    look_at(seen, "quiz", PHONE)
    lesson.go(quiz, "ended")
    show(phone)
    expect(phone.get_by_role("heading", name="You found the side of")).to_be_visible()
    lesson.plan("answer", "writing")
    for one in (phone, seen):
        show(one)
        one.get_by_label("Your answer").fill(SAID)
    classes.delete(classroom_id=lesson.room.pk, by=lesson.teacher)
    for one in (phone, seen):
        one.get_by_role("button", name="Hand in").tap()
        expect(one.get_by_role("heading", name="Nothing was kept")).to_be_visible()
        expect(one.get_by_label("What you wrote, to copy")).to_have_value(SAID)
    look_at(seen, "words to take along", PHONE)
    assert not Contribution.objects.exists()
    phone.get_by_role("link", name="What the class does now").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("There is no such page")
