"""Readers are told of an office, and of another side elsewhere; who has neither needs no word."""

import pytest

from perspectives.rules.documents.topic_document import TopicDocument
from perspectives.rules.publication import disclosure
from perspectives.rules.publication.disclosure import Held
from perspectives.rules.sources.source_record import SourceRecord
from perspectives.vocab import Stance
from tests import factories

ADA = "Ada J. Pratt"


def topic(stance, *, role="", note=""):
    data = factories.topic_document()
    holder = {"name": ADA, "role": role} if role else ADA
    for side in data["perspectives"]:
        is_hers = side["stance"] == stance.value
        side.update(held_by=[holder] if is_hers else [], held_by_note=note or None)
    return TopicDocument.model_validate(data)


def found(document, *others, sources=None):
    known = disclosure.elsewhere([*disclosure.held(document), *others], document.topic)
    return [message for _, message in disclosure.undisclosed(document, sources or {}, known)]


def other(stance, role="", name="Ada Pratt", where="the-weir"):
    return Held(where, name, stance, role)


@pytest.mark.parametrize("here", Stance)
@pytest.mark.parametrize("there", Stance)
def test_who_is_neutral_in_one_place_and_not_in_another_needs_a_word(here, there):
    is_told_of = here is not there and Stance.NEUTRAL in (here, there)
    wanted = [f"{ADA} is {there.value} in the-weir; say so in 'role' or in held_by_note"] if is_told_of else []
    assert found(topic(here), other(there)) == wanted
    assert found(topic(here, role="warden"), other(there)) == []
    assert found(topic(here, note="Pratt changes her mind."), other(there)) == []


def test_a_role_that_is_told_elsewhere_is_told_here():
    told = found(topic(Stance.NEUTRAL, note="Pratt wrote early."), other(Stance.NEUTRAL, "warden, 2012–14"))
    assert told == [f"{ADA} has a role in 'the-weir' (warden, 2012–14) and none here; give it here too"]
    assert found(topic(Stance.NEUTRAL, role="warden"), other(Stance.NEUTRAL, "warden, 2012–14")) == []


@pytest.mark.parametrize("category", ["official-statement", "opinion"])
def test_who_speaks_in_office_needs_a_role(category):
    author = [{"family": "Pratt", "given": "Ada J."}]
    record = SourceRecord.model_validate(factories.source_record(category=category, author=author))
    office = [f"{ADA} speaks in office in a source; give a 'role', with years"]
    wanted = office if category == "official-statement" else []
    assert found(topic(Stance.OPPOSING, note="Pratt is known."), sources={"decree": record}) == wanted
    assert found(topic(Stance.OPPOSING, role="warden"), sources={"decree": record}) == []


def test_other_people_and_the_topic_itself_do_not_count():
    document = topic(Stance.NEUTRAL)
    assert found(document, other(Stance.AUTHOR, name="Bea Pratt")) == []
    assert found(document, other(Stance.AUTHOR, where=document.topic)) == []
