"""A class as PDF: all that was handed in, in an order to read, and nobody's words are code."""

import io

import pypdf
import pytest

from perspectives.models import Contribution
from perspectives.rules.classroom.breakable import breakable
from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.web.classroom import paper
from tests import factories
from tests.clients.test_handout_files import letters
from tests.lesson import Lesson, page, send
from tests.people import account

pytestmark = pytest.mark.measured

TOPIC = TopicDocument.model_validate(factories.topic_document())
HOSTILE = (
    '#panic("x") $x^2$ @ref // /* \\ `raw` *bold* _em_ <label> ] } ${\n= heading\n- list\n1. one\n#import "x"'
    "\nאבג العربية é"
)


@pytest.fixture
def held(client, published):
    person = account("teacher")
    client.force_login(person)
    return Lesson(person)


def text(response):
    assert response.status_code == 200, response.content[:500]
    assert response["Content-Type"] == "application/pdf"
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(response.content)).pages]


def test_a_class_is_printed_with_results_and_hostile_words_as_they_are(client, held):
    assert "no activities yet" in text(client.get(f"{held.address}export.pdf"))[0]
    pupils = [held.pupil() for _ in range(7)]
    poll = held.plan("poll", "before")
    for place, pupil in enumerate(pupils):
        send(pupil, poll, corner="author" if place else "neutral")
    held.go(poll, "ended")
    answer = held.plan("answer", "writing")
    for pupil in pupils[:2]:
        send(pupil, answer, text=HOSTILE)
    Contribution.objects.update(feedback=f"Cite. {HOSTILE}")
    sheet = held.plan("quiz", "writing")
    debate = held.plan("controversy", "seeking")
    send(pupils[0], debate, accepted=["crux-0"], text="W" * 2000)
    held.go(debate, "ended")
    whole = text(client.get(f"{held.address}export.pdf"))
    said = letters("".join(whole))
    for words in (HOSTILE[: HOSTILE.index("\nא")], "Where the class stands", "From where (rows) to where (columns)"):
        assert letters(words) in said
    for words in ("Nothing was handed in.", "What the groups have found", "é", TOPIC.cruxes[0].question):
        assert letters(words) in said
    assert said.count(letters("Cite. #panic")) == 2
    assert "".join(whole).count("W") >= 2000
    only = letters("".join(text(client.get(f"{held.address}export.pdf?activity={sheet.pk}"))))
    assert letters("#panic") not in only


def test_an_open_poll_tells_nothing_on_paper(client, held):
    pupil = held.pupil()
    poll = held.plan("poll", "before")
    send(pupil, poll, corner="author")
    said = letters("".join(text(client.get(f"{held.address}export.pdf"))))
    assert letters("What was chosen is shown when the poll is closed.") in said
    assert letters("Where the class stands") not in said


def test_what_is_too_much_or_not_there_is_told(client, held, monkeypatch):
    answer = held.plan("answer", "writing")
    send(held.pupil(), answer, text="Words.")
    assert client.get(f"{held.address}export.pdf?activity=0").status_code == 404
    assert "whole number" in page(client.get(f"{held.address}export.pdf?activity=x", follow=True))
    monkeypatch.setattr(paper, "MOST_CHARACTERS", 100)
    assert "too much for one PDF" in page(client.get(f"{held.address}export.pdf", follow=True))
    assert f"activity={answer.pk}" in page(client.get(f"{held.address}activities/{answer.pk}/"))


def test_words_without_end_break_and_marks_stay_with_their_letters():
    assert breakable("short words stay") == "short words stay"
    assert breakable("x" * 61) == f"{'x' * 30}\u200b{'x' * 30}\u200bx"
    accented = "e\u0301" * 40
    assert "\u200b\u0301" not in breakable(accented)
